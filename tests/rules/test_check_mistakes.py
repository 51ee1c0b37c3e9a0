"""Each kind of mistake that an author can make in an award file, and where it is told."""

from pathlib import Path

import pytest
from small_award import AWARD, assert_told

IS_TRUE = 'rule = { operator = "is_true", fact = "registered_in_area" }'
FOR_YEARS = 'rule = { operator = "for_years", fact = "operating_since", years = 2 }'
WAITING = 'rule = { operator = "waiting_period", years = 5, counted = "within" }'
BAN = 'rule = { operator = "ban", years = 3, kinds = ["fraudulent_award"] }'
REJECTIONS = 'records = [{ kinds = ["export_rejection"] }] }'
MAJOR = '{ kinds = ["quality_accident"], from_severity = "major" },'

# What is changed in the award file, into what, what stands at the line of the mistake then, and
# what is said of it.
MISTAKES = {
    "a quote that is not in the text": (
        'cite = { provision = "art-2.1", quote = "经营2年以上" }',
        'cite = { provision = "art-2.1", quote = "经营3年以上" }',
        'cite = { provision = "art-2.1", quote = "经营3年以上" }',
        "第二条第（一）项（art-2.1）里没有这句话：“经营3年以上”",
    ),
    "a provision that is not": (
        'cite = { provision = "art-4" }',
        'cite = { provision = "art-4.1" }',
        'cite = { provision = "art-4.1" }',
        "办法里没有 art-4.1",
    ),
    "a cycle that is not in the text": (
        'quote = "质量奖每年评审一次"',
        'quote = "质量奖每两年评审一次"',
        "cycle",
        "里没有这句话",
    ),
    "a cycle longer than its text says": (
        "years = 1 }",
        "years = 2 }",
        "cycle",
        "cycle 的 quote 里没有说每 2 年评一次",
    ),
    "a cycle whose quote says no number": (
        'quote = "质量奖每年评审一次"',
        'quote = "评审一次"',
        "cycle",
        "cycle 的 quote 里没有说每 1 年评一次",
    ),
    "a cycle without its years": (", years = 1 }", " }", "cycle", "cycle.years：缺少这一项"),
    "a cycle of no years": ("years = 1 }", "years = 0 }", "cycle", "cycle.years：要大于 0"),
    "an article on conditions that is not": (
        "conditions = [2, 3, 4, 5]",
        "conditions = [2, 3, 4, 5, 6]",
        "conditions",
        "办法里没有第 6 条",
    ),
    "a year out of range": (
        FOR_YEARS,
        FOR_YEARS.replace("2", "1000"),
        FOR_YEARS.replace("2", "1000"),
        "years：要不大于 100",
    ),
    "an operator that is not": (IS_TRUE, IS_TRUE.replace("is_true", "is"), "rule", "operator"),
    "a key that is not": ('area = "小城"', 'area = "小城"\nzone = 1', "zone", "zone：没有这个键"),
    "a tier that is not": (
        "counted = ",
        'tiers = ["bronze"], counted = ',
        'rule = { operator = "waiting_period"',
        "要是下列之一",
    ),
    "years on what is no date": (
        FOR_YEARS,
        FOR_YEARS.replace("operating_since", "registered_in_area"),
        'rule = { operator = "for_years"',
        "registered_in_area 是 yes_no 型的事实，这里要 since 或 since_or_none 型的",
    ),
    "yes or no to a date": (
        IS_TRUE,
        IS_TRUE.replace("registered_in_area", "operating_since"),
        "rule",
        "operating_since 是 since 型的事实，这里要 yes_no 型的",
    ),
    "a number of what is not counted": (
        IS_TRUE,
        'rule = { operator = "at_least", fact = "registered_in_area", number = 1 }',
        "rule",
        "这里要 count 型的",
    ),
    "a thing in place that cannot be missing": (
        FOR_YEARS,
        'rule = { operator = "in_place", fact = "operating_since" }',
        'rule = { operator = "in_place"',
        "这里要 since_or_none 型的",
    ),
    "a choice that is not offered": (
        IS_TRUE,
        'rule = { operator = "one_of", fact = "supervision_colour", values = ["green", "blue"] }',
        "rule",
        "blue 不在supervision_colour 的选项里",
    ),
    "a level written as text": (
        IS_TRUE,
        'rule = { operator = "one_of", fact = "safety_standardisation_level", values = ["1"] }',
        "rule",
        "1 不在safety_standardisation_level 的选项里",
    ),
    "no result that is good": (
        IS_TRUE,
        'rule = { operator = "each_completed_year", years = 2, accepted = [] }',
        "rule",
        "accepted 是空的",
    ),
    "no sanction that bars": (BAN, BAN.replace('"fraudulent_award"', ""), BAN[:25], "kinds 是空的"),
    "a prize that is not given": (
        WAITING,
        WAITING.replace("counted", 'tiers = ["gold"], counted'),
        WAITING[:35],
        "gold 不在这个奖的奖项（tiers）里",
    ),
    "a fact that is not": (
        IS_TRUE,
        IS_TRUE.replace("registered_in_area", "registered"),
        "rule",
        "facts.toml 里没有 registered",
    ),
    "a fact of the other track": (
        FOR_YEARS,
        FOR_YEARS.replace("operating_since", "quality_work_since"),
        'rule = { operator = "for_years"',
        "quality_work_since 不是 organisation 的事实",
    ),
    "a kind of record that is not": (
        REJECTIONS,
        REJECTIONS.replace("export_rejection", "export_refusal"),
        'rule = { operator = "no_records", records',
        "export_refusal 不在records 的种类里",
    ),
    "severities that cross": (
        MAJOR,
        MAJOR.replace(" }", ', below_severity = "considerable" }'),
        'rule = { operator = "no_records", within',
        "from_severity（major）不低于 below_severity（considerable）",
    ),
    "levels of what is no inspection": (
        MAJOR,
        MAJOR.replace(" }", ', levels = ["county"] }'),
        'rule = { operator = "no_records", within',
        "levels 只用于 failed_inspection",
    ),
    "deaths of what is no accident": (
        REJECTIONS,
        'records = [{ kinds = ["export_rejection"], fatal = true }] }',
        'rule = { operator = "no_records", records',
        "fatal 只用于事故",
    ),
    "a gate that is no yes or no": (
        'only_if = [{ fact = "exporter"',
        'only_if = [{ fact = "operating_since"',
        'rule = { operator = "no_records", records',
        "operating_since 是 since 型的事实",
    ),
    "a note on a prize that is not": (
        'when = { past_award = "award" }',
        'when = { past_award = "gold" }',
        "when",
        "gold 不在这个奖的奖项（tiers）里",
    ),
    "a note on a sanction that is not": (
        'when = { past_award = "award" }',
        'when = { sanction = "fraud" }',
        "when",
        "fraud 不在处理的种类里",
    ),
    "a note on half an answer": (
        'when = { past_award = "award" }',
        'when = { fact = "exporter" }',
        "when",
        "fact 和 answer 要一起写",
    ),
    "no proof": (
        'proof = "自我评价报告"\n',
        "",
        '[[criterion]]\nid = "awareness"',
        "awareness：没有证明材料",
    ),
    "no advice": (
        'advice = "整理材料。"\n',
        "",
        '[[criterion]]\nid = "awareness"',
        "awareness：没有建议",
    ),
    "no question": (
        FOR_YEARS,
        'rule = { operator = "at_least", fact = "no_such_fact", number = 1 }',
        '[[criterion]]\nid = "operating"',
        "operating：没有问法",
    ),
    "a track without conditions": (
        'organisation = ["award"]',
        'organisation = ["award"]\nindividual = ["award"]',
        "[tiers]",
        "individual 一项条件也没有",
    ),
    "a track that is not given": (
        'id = "second"\ntracks = ["organisation"]',
        'id = "second"\ntracks = ["individual"]',
        'tracks = ["individual"]',
        "second：[tiers] 里没有 individual",
    ),
    "a tier without a name": ('award = "质量奖"', "", "[tier_names]", "award 没有名称"),
    "an absence without its article": (
        "[[absent]]\n",
        '[[absent]]\ntiers = ["gold"]\n',
        "[tiers]",
        "organisation 没有 nomination，要在 [[absent]] 里引出依据的条文",
    ),
    "two conditions of one id": (
        'id = "operating"',
        'id = "registered"',
        'id = "registered"\ntracks = ["organisation"]\ntitle = "经营',
        "registered 重复",
    ),
    "two notes of one id": (
        "[[base]]\n",
        '[[note]]\nid = "second"\ntracks = ["organisation"]\ntext = "又"\n\n[[base]]\n',
        'id = "second"\ntracks = ["organisation"]\ntext = "又"',
        "second 重复",
    ),
    "another award's file": ('award = "small"', 'award = "large"', "award", "办法是 small 的"),
    "a time zone that is not": ("Asia/Shanghai", "Asia/Xiaocheng", "timezone", "没有这个时区"),
    "an example that fails": (
        "met_from = 2026-11-21",
        "met_from = 2026-11-22",
        'says = "差一天"',
        "met_from = 2026-11-22，得出 status = unmet, met_from = 2026-11-21",
    ),
    "a kind of example that is lacking": (
        'criterion = "exports"\nstatus = "not_applicable"',
        'outcome = "eligible"',
        'id = "exports"',
        "exports 缺少例子：not_applicable",
    ),
    "no example of what the office decides": (
        'criterion = "accidents"\nstatus = "unknown"\nneeds = "office"',
        'outcome = "undetermined"',
        'id = "accidents"',
        "accidents 缺少例子：unknown（needs = office）",
    ),
    "no base": (
        AWARD[AWARD.index("[[base]]") : AWARD.index("[[example]]")],
        "",
        "[tiers]",
        "没有 organisation 的 [[base]]",
    ),
    "a base that does not meet everything": (
        'operating_since = "2015-06-01"',
        'operating_since = "2026-06-01"',
        'track = "organisation"\nas_of',
        "[[base]] 应当什么都符合",
    ),
    "a base of whom not everything is known": (
        "exporter = true\n",
        "",
        'track = "organisation"\nas_of',
        "[[base]] 缺少 exporter（exports 要用）",
    ),
    "a base too many": (
        "[[base]]\n",
        '[[base]]\ntrack = "individual"\nas_of = 2026-11-20\nfacts = {}\n\n[[base]]\n',
        'track = "individual"\nas_of',
        "多余的 [[base]]：individual",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_a_mistake_is_told_with_its_line(
    tmp_path: Path, mistake: tuple[str, str, str, str]
) -> None:
    """Each kind of mistake in an award file is found, at its line, in words."""
    assert_told(tmp_path, mistake)
