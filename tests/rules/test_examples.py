"""The examples in the award files, each a test, and the harness that holds them."""

from typing import Any

import pytest

from rules.award import Award
from rules.examples import base_failures, failure, lacking
from rules.load import load_award, load_awards
from rules.spec import CriterionSpec, Example

AWARDS = load_awards()
EXAMPLES = [
    pytest.param(
        award,
        example,
        id=f"{award.id}-{number:03}-{'-'.join(example.criterion[:1])}-{example.status}",
    )
    for award in AWARDS
    for number, example in enumerate(award.spec.example, start=1)
]
CRITERIA = [
    pytest.param(award, criterion, id=f"{award.id}-{criterion.tracks[0]}-{criterion.id}")
    for award in AWARDS
    for criterion in award.spec.criterion
]
# Readings of unclear passages, by what tells them apart: the example that shows each is named by
# its award and the beginning of its sentence.
READINGS = {
    "近3年 governs what follows": [
        ("qingshanhu", "“近3年”也管质量投诉"),
        ("qingshanhu", "“近3年”也管质量异议"),
        ("lianyungang", "“近3年”也管质量投诉"),
        ("changning", "“近3年”也管严重失信"),
        ("jian", "“近3年”也管到分号后面"),
        ("qinzhou", "重大投诉算“突出问题”；“近3年”也管这一项"),
    ],
    "近2年, and exports without a period": [
        ("lianyungang", "“近2年”也管劳动保障失信"),
        ("lianyungang", "“近2年”也管其他不良记录"),
        ("lianyungang", "出口企业十年前被退运过"),
    ],
    "accidents not named": [
        ("qingshanhu", "药品安全事故没有列名"),
        ("qingshanhu", "有没有药品安全事故也要问到"),
        ("lianyungang", "药品安全事故没有列名"),
        ("jian", "药品安全事故没有列名"),
        ("jian", "较大安全事故、没有人死亡"),
        ("qinzhou", "重大食品安全事故没有列名"),
    ],
    "fatal accidents of any severity": [
        ("jian", "一般安全事故，死亡一人"),
        ("jian", "所属组织亡人事故，哪怕是一般的"),
    ],
    "prominent complaints": [
        ("qinzhou", "较大投诉是不是“突出问题”"),
        ("qinzhou", "没有投诉；质量异议、索赔不是投诉"),
    ],
    "credit and dishonesty": [
        ("qingshanhu", "成绩、地位、声誉由评审判断"),
        ("qinzhou", "体系、地位、诚信由评审判断"),
        ("lianyungang", "一般的信用失信"),
        ("changning", "纳税失信没有被认定为严重失信"),
        ("jian", "较大而不到“重大”的信用失信"),
    ],
    "levels and severities not listed, residual clauses": [
        ("qingshanhu", "区县级抽查不合格"),
        ("qingshanhu", "一般的劳动保障失信"),
        ("qingshanhu", "本人没有违法行为；纳税、信用失信不归入"),
        ("lianyungang", "县级检查不合格"),
        ("jian", "县级抽查不合格"),
        ("qinzhou", "纳税失信、抽查不合格不归入"),
    ],
    "false materials while applying": [
        ("qingshanhu", "申报中被发现材料虚假"),
        ("changning", "申报中被发现材料虚假"),
        ("qinzhou", "申报中弄虚作假"),
    ],
    "individuals and bans": [
        ("qingshanhu", "第二十七条的禁止申报写的是“组织”"),
        ("lianyungang", "第十五条也适用于个人"),
    ],
    "no ban after an incident": [
        ("qingshanhu", "获奖后因事故被撤销"),
        ("jian", "获奖后因事故被取消奖励"),
        ("qinzhou", "获奖后因事故被撤销"),
    ],
    "a revoked award, and the nomination": [
        (award, beginning)
        for award in ("qingshanhu", "lianyungang", "jian", "qinzhou")
        for beginning in ("间隔里也不能申报提名奖", "只得过提名奖")
    ]
    + [
        ("qingshanhu", "称号后来被撤销"),
        ("lianyungang", "称号2023年被撤销"),
        ("jian", "个人获奖，称号后来被撤销"),
        ("qinzhou", "称号后来被撤销"),
    ],
    "model, certificate, patents": [
        ("lianyungang", "没有推行卓越绩效"),
        ("lianyungang", "申报当天才拿到认证证书"),
        ("lianyungang", "一项发明专利"),
        ("qinzhou", "没有推行卓越绩效"),
        ("qinzhou", "没有认证证书也一样"),
    ],
    "interruption": [("jian", "运营有过中断"), ("lianyungang", "停产过一年")],
    "non-profit losses": [("changning", "非营利性的组织也一样")],
    "no period": [
        ("qingshanhu", "违法行为没有写期限"),
        ("lianyungang", "违法行为没有写期限"),
        ("jian", "违纪行为没有写期限"),
        ("jian", "重大金融失信没有写期限"),
        ("qinzhou", "其他违法行为没有写期限"),
    ],
    "first day in force": [
        ("qingshanhu", "办法2022年5月18日发布之日起施行"),
        ("qinzhou", "办法没有写明从哪天起施行"),
    ],
    "第八条第六款": [("lianyungang", "组织负责人，所在组织没有任何不良记录")],
    "same year": [("changning", "今年还申报市级"), ("changning", "个人也一样。")],
    "29 February": [
        ("qingshanhu", "2024年2月29日开始经营"),
        ("changning", "2024年2月29日开始经营"),
    ],
}


@pytest.mark.parametrize(("award", "example"), EXAMPLES)
def test_an_example_holds(award: Award, example: Example) -> None:
    """What an example says follows from the text follows from the rules."""
    assert failure(award, example) is None, example.says


@pytest.mark.parametrize(("award", "criterion"), CRITERIA)
def test_a_criterion_has_every_kind_of_example(award: Award, criterion: CriterionSpec) -> None:
    """Each condition is shown met, unmet and unknown, or whatever else it can come to."""
    assert lacking(award.spec, criterion) == ()


@pytest.mark.parametrize("award", AWARDS, ids=lambda award: award.id)
def test_a_base_is_known_to_meet_everything(award: Award) -> None:
    """Of the applicant that the examples change every fact is known, and all are good."""
    assert [list(base_failures(award, track)) for track in award.tracks] == [[]] * len(award.tracks)


@pytest.mark.parametrize(
    ("award", "beginning"), [pair for pairs in READINGS.values() for pair in pairs]
)
def test_a_reading_is_shown_by_an_example(award: str, beginning: str) -> None:
    """Where the text leaves room, an example shows how it is read."""
    shown = [e for e in load_award(award).spec.example if e.says.startswith(beginning)]
    assert shown


def three_years(**expected: Any) -> Example:  # noqa: ANN401 - fields of an example
    """An organisation in Qinzhou that began on 21 November 2023, a day late for 2026-11-20."""
    table = {
        "says": "差一天",
        "track": "organisation",
        "change": {"operating_since": "2023-11-21"},
        "criterion": "operating_3_years",
        "status": "unmet",
        "met_from": "2026-11-21",
        **expected,
    }
    return Example.model_validate(table)


@pytest.mark.parametrize(
    ("expected", "reason"),
    [
        ({"outcome": "not_yet", "eligible_from": "2026-11-21"}, None),
        ({"status": "met", "met_from": None}, "status = unmet, met_from = 2026-11-21"),
        ({"met_from": "2026-11-22"}, "应为 status = unmet, met_from = 2026-11-22，得出"),
        ({"met_from": None}, "应为 status = unmet，得出 status = unmet, met_from = 2026-11-21"),
        ({"needs": "answer"}, "needs = answer"),
        ({"outcome": "ineligible"}, "应为 outcome = ineligible，得出 outcome = not_yet"),
        ({"outcome": "not_yet", "eligible_from": "2026-11-20"}, "得出 outcome = not_yet"),
        ({"outcome": "not_yet"}, "eligible_from = 2026-11-21"),
        ({"criterion": "operating_4_years"}, "没有 operating_4_years 这项条件"),
        ({"criterion": ["operating_3_years", "legal_person"]}, "legal_person 应为"),
        ({"criterion": []}, "没有写 criterion"),
        ({"status": None}, "要一起写"),
        ({"criterion": [], "outcome": "not_yet"}, "要一起写"),
        ({"track": "individual"}, "没有 individual 的 [[base]]"),
        ({"tier": "gold"}, "tier"),
        ({"drop": ["records.quality_claim"]}, "records.quality_claim"),
        ({"drop": ["legal_person.x"]}, "legal_person.x"),
        ({"change": {"operating_since": "2023-13-01"}}, "facts.operating_since"),
        ({"change": {"operating": True}}, "facts.operating"),
        ({"as_of": "2026-11-21"}, "得出 status = met"),
    ],
)
def test_an_example_that_fails_says_what_came_out(
    expected: dict[str, Any], reason: str | None
) -> None:
    """A wrong expectation, or facts that cannot be, are told with what came out instead."""
    found = failure(load_award("qinzhou"), three_years(**expected))
    assert found is None if reason is None else reason in (found or "")


def test_what_is_dropped_is_dropped_before_the_change() -> None:
    """A table can be replaced as a whole: dropped first, then written anew."""
    example = Example.model_validate(
        {
            "says": "只知道2025年的结果",
            "track": "organisation",
            "drop": ["annual_results"],
            "change": {"annual_results": {"2025": "profit"}},
            "criterion": "profitable_2_years",
            "status": "unknown",
            "needs": "answer",
        }
    )
    assert failure(load_award("jian"), example) is None
