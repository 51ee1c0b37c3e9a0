"""What has to be done before an application is handed in, beside the five texts."""

import re
from pathlib import Path

import pytest
from small_award import AWARD, REGULATION, assert_told, line_of, write

from knowledge.parse import parse_regulation
from rules.award import Award
from rules.check import check
from rules.coverage import coverage
from rules.load import AwardError, build_award, load_awards
from rules.model import Track
from rules.spec import Unbound

AWARDS = load_awards()
APPLICANT, RECOMMENDER = "申报者", "推荐单位"

# Each award's steps in their order: id, who acts, where the text says so, working days.
STEPS: dict[str, list[tuple[str, str, str, int | None]]] = {
    "jian": [
        ("self_evaluation", APPLICANT, "第十三条第（二）项", None),
        ("materials", APPLICANT, "第十三条第（二）项", None),
        ("internal_notice", "申报组织", "第十三条第（二）项", 5),
        (
            "recommendation",
            "井冈山经开区或所在县（市、区）的质量强县（市、区）领导小组，或者市有关部门",
            "第十三条第（二）项",
            None,
        ),
        ("public_notice", RECOMMENDER, "第十三条第（二）项", 5),
        ("hand_in", RECOMMENDER, "第十三条第（二）项", None),
    ],
    "lianyungang": [
        ("self_evaluation", APPLICANT, "第十条第（一）项", None),
        ("materials", APPLICANT, "第十条第（一）项", None),
        ("recommendation", "所在县区政府或市级部门", "第十条第（一）项", None),
        ("hand_in", APPLICANT, "第十条第（一）项", None),
    ],
    "changning": [
        ("self_evaluation", APPLICANT, "第二十条", None),
        ("materials", APPLICANT, "第二十条", None),
        ("recommendation", "所在街镇、园区，或者主管部门", "第二十条", None),
        ("hand_in", APPLICANT, "第二十条", None),
    ],
    "qingshanhu": [
        ("self_evaluation", APPLICANT, "第十四条", None),
        ("materials", APPLICANT, "第十四条", None),
        (
            "recommendation",
            "区直主管部门、镇人民政府、高新园区管委会、市场监督管理部门或行业协会",
            "第九条",
            None,
        ),
        ("hand_in", APPLICANT, "第十四条", None),
    ],
    "qinzhou": [
        ("self_evaluation", APPLICANT, "第五条", None),
        ("materials", APPLICANT, "第十五条", None),
        ("recommendation", "所在地县级以上行业主管部门或质量强县（区）办公室", "第十五条", None),
        ("hand_in", APPLICANT, "第十五条", None),
    ],
}

# Where each text says which standard is used, as the reading of the self-evaluation tells, or
# as its citation does itself.
STANDARD = {
    "jian": ("art-6", "第六条"),
    "lianyungang": ("art-10", "第十条"),
    "changning": ("art-5", "第五条"),
    "qingshanhu": ("art-4", "第四条"),
    "qinzhou": ("art-5", None),
}

# Clauses of the provisions on applying that ask nothing of the applicant or who recommends.
NO_STEP = {
    "jian": {"自愿申报", "凡符合申报条件自愿参评的组织和个人"},
    "lianyungang": {
        "市质量发展委员会办公室公布年度评奖事项",
        "会同各县区和相关部门开展申报动员工作",
        "符合申报条件的组织和个人",
    },
    "changning": {"(申报推荐)符合区政府质量奖申报条件的各类组织和个人", "根据自愿的原则"},
    "qingshanhu": {
        "组织申报",
        "凡符合申报条件",
        "自愿参评的组织和个人",
        "负责宣传、推广获奖组织和个人的先进经验、成果",
    },
    "qinzhou": {"凡符合申报条件的企业或组织", "在自愿的基础上"},
}


@pytest.mark.parametrize("award", AWARDS, ids=lambda award: award.id)
def test_the_steps_are_those_of_the_text(award: Award) -> None:
    """Each track of each award has its steps, each with who acts, its article and its length."""
    for track, steps in award.steps.items():
        expected = [
            (name, "所在单位" if name == "internal_notice" and track is Track.INDIVIDUAL else who,
             label, workdays)
            for name, who, label, workdays in STEPS[award.id]
        ]  # fmt: skip
        found = [(step.id, step.who, step.citation.label, step.workdays) for step in steps]
        assert found == expected, track


@pytest.mark.parametrize("award", AWARDS, ids=lambda award: award.id)
def test_self_evaluation_is_by_the_standard_of_the_text(award: Award) -> None:
    """GB/T 19580 is named to the user, with the article of this text that says so."""
    provision, article = STANDARD[award.id]
    says = "".join(award.regulation.provision(provision).text.split())
    assert "GB/T19580" in says
    for steps in award.steps.values():
        step = steps[0]
        assert "GB/T 19580" in step.title
        assert article is None or article in (step.reading or "")
        assert article is not None or step.citation.provision == provision


@pytest.mark.parametrize("award", AWARDS, ids=lambda award: award.id)
def test_nothing_that_the_text_asks_is_left_out(award: Award) -> None:
    """Every clause of the provisions on applying is quoted by a step, or asks nothing."""
    cites = [step.cite for step in award.spec.step]
    # What is quoted, put where the coverage of an article is looked for.
    quoted = tuple(Unbound(cite=cite, reason="步骤") for cite in cites)
    spec = award.spec.model_copy(update={"criterion": (), "unbound": quoted})
    applying = {step.cite.provision for step in award.spec.step if step.id != "self_evaluation"}
    articles = {award.regulation.provision(provision).article for provision in applying}
    left = {
        clause
        for covered in coverage(spec, award.regulation, articles)
        if covered.provision.id in applying
        for clause in covered.open
    }
    assert left == NO_STEP[award.id]


@pytest.mark.parametrize("award", AWARDS, ids=lambda award: award.id)
def test_what_is_read_into_a_step_names_articles_that_are(award: Award) -> None:
    """The articles that a reading points to are there: those of the text by their numbers."""
    labels = {provision.label.partition("第（")[0] for provision in award.regulation.provisions}
    for step in award.spec.step:
        own = (step.reading or "").replace("《民法典》第二百零一条", "")
        assert set(re.findall("第[一二三四五六七八九十百零]+条", own)) <= labels, step.id


@pytest.mark.parametrize("award", AWARDS, ids=lambda award: award.id)
def test_the_last_step_is_handing_in(award: Award) -> None:
    """It is over on the closing day, and what that day means is told."""
    for steps in award.steps.values():
        assert (steps[-1].id, steps[-1].beside) == ("hand_in", False)
        assert "截止日" in (steps[-1].reading or "")


def test_an_individual_is_announced_where_they_work() -> None:
    """Ji'an: an organisation in its own house, an individual in the unit they belong to."""
    (jian,) = (award for award in AWARDS if award.id == "jian")
    titles = {
        track: next(step.title for step in steps if step.id == "internal_notice")
        for track, steps in jian.steps.items()
    }
    assert titles == {
        Track.ORGANISATION: "在本组织内部公示不少于5个工作日，无异议的出具推荐意见",
        Track.INDIVIDUAL: "在所在单位内部公示不少于5个工作日，无异议的出具推荐意见",
    }


NOTICE = AWARD[AWARD.index('[[step]]\nid = "notice"') : AWARD.index('[[step]]\nid = "hand_in"')]
HAND_IN = AWARD[AWARD.index('[[step]]\nid = "hand_in"') : AWARD.index("[[base]]")]

# What is changed in the award file, into what, what stands at the line of the mistake then, and
# what is said of it.
MISTAKES = {
    "no step": (NOTICE + HAND_IN, "", "[tiers]", "organisation 没有写报送材料之前的步骤"),
    "no title": (
        'title = "公示5个工作日"\n',
        "",
        '[[step]]\nid = "notice"',
        "step.title：缺少这一项",
    ),
    "an empty title": (
        'title = "公示5个工作日"',
        'title = ""',
        'title = ""',
        "step.title：不能是空的",
    ),
    "nobody who acts": (
        'who = "企业自己"\n',
        "",
        '[[step]]\nid = "hand_in"',
        "step.who：缺少这一项",
    ),
    "no citation": (
        'cite = { provision = "art-1.p2", quote = "再报送办公室" }\n',
        "",
        '[[step]]\nid = "hand_in"',
        "step.cite：缺少这一项",
    ),
    "a quote that is not in the text": (
        'quote = "再报送办公室"',
        'quote = "再送办公室"',
        'cite = { provision = "art-1.p2", quote = "再送办公室" }',
        "第一条（art-1.p2）里没有这句话：“再送办公室”",
    ),
    "a provision that is not": (
        'cite = { provision = "art-1.p2", quote = "再',
        'cite = { provision = "art-1.p3", quote = "再',
        'cite = { provision = "art-1.p3"',
        "办法里没有 art-1.p3",
    ),
    "a length that the text does not set": (
        "workdays = 5",
        "workdays = 15",
        "workdays = 15",
        "notice：cite 的 quote 里没有“15个工作日”",
    ),
    "a length without its words": (
        'quote = "申报企业先公示不少于5个工作日"',
        'quote = "申报企业先公示"',
        "workdays = 5",
        "notice：cite 的 quote 里没有“5个工作日”",
    ),
    "a length that is forgotten": (
        "workdays = 5\n",
        "",
        '[[step]]\nid = "notice"',
        "notice：引文写了 5 个工作日，要写 workdays",
    ),
    "a length of nothing": ("workdays = 5", "workdays = 0", "workdays = 0", "要大于 0"),
    "a key that is not": ("workdays = 5", "days = 5", "days = 5", "step.days：没有这个键"),
    "a last step beside nothing": (
        'quote = "再报送办公室" }',
        'quote = "再报送办公室" }\nbeside = true',
        "beside = true",
        "hand_in：organisation 的最后一步不能写 beside",
    ),
    "two steps of one id": (
        'id = "hand_in"',
        'id = "notice"',
        'id = "notice"\ntracks = ["organisation"]\ntitle = "报送',
        "notice 重复",
    ),
    "a track that is not given": (
        'id = "hand_in"\ntracks = ["organisation"]',
        'id = "hand_in"\ntracks = ["organisation", "individual"]',
        'tracks = ["organisation", "individual"]',
        "hand_in：[tiers] 里没有 individual",
    ),
    "an id too long for a button": (
        'id = "hand_in"',
        f'id = "{"x" * 33}"',
        'id = "xxx',
        "step.id：",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_in_a_step_is_told_with_its_line(
    tmp_path: Path, mistake: tuple[str, str, str, str]
) -> None:
    """Each kind of mistake in a step is found, at its line, in words."""
    assert_told(tmp_path, mistake)


def test_a_length_may_be_written_in_characters(tmp_path: Path) -> None:
    """五个工作日 is as good as 5 个工作日, and a space between changes nothing."""
    for written in ("五个工作日", "5 个工作日"):
        regulation = REGULATION.replace("5个工作日", written)
        damaged = AWARD.replace("先公示不少于5个工作日", f"先公示不少于{written}")
        problems = check(*write(tmp_path, damaged, regulation)).problems
        assert not [problem for problem in problems if "个工作日" in problem.reason], written


@pytest.mark.parametrize("spoken", ["公示5个工作日", "企业自己"])
def test_a_step_without_translation_is_told_at_its_line(tmp_path: Path, spoken: str) -> None:
    """What is to be done, and who does it, are read in every language."""
    problems = check(*write(tmp_path), lambda text: text != spoken).problems
    assert [(problem.file, problem.line) for problem in problems] == [
        ("small.toml", line_of(AWARD, f'= "{spoken}"'))
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('id = "hand_in"', 'id = "notice"', "a second step notice of this track"),
        ('quote = "再报送办公室"', 'quote = "再送办公室"', "does not say"),
    ],
    ids=["two of one id", "a quote that is not"],
)
def test_an_award_with_such_a_step_is_not_loaded(old: str, new: str, reason: str) -> None:
    """The loader refuses a step that it cannot cite, or a second one of its name, with its line."""
    regulation = parse_regulation("small.md", REGULATION)
    with pytest.raises(AwardError, match=reason) as refused:
        build_award(AWARD.replace(old, new), "small.toml", regulation)
    assert refused.value.line is not None
