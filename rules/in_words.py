"""A rule in one line of Chinese, for its author: what the operator does, and to which fact."""

from collections.abc import Iterable

from rules.catalog import Option, catalog
from rules.spec import (
    AtLeast,
    Ban,
    CriterionSpec,
    Declared,
    EachCompletedYear,
    ForYears,
    InPlace,
    IsTrue,
    NoRecords,
    NotSameYear,
    OneOf,
    RecordClause,
    WaitingPeriod,
)

_LEFT_TO = {"office": "由评审办公室认定", "reviewers": "由评审判断"}
_COUNTED = {
    "within": "获奖后 {years} 年内不得申报，满 {years} 年的当天仍在内",
    "full": "获奖满 {years} 年的当天起可以再报",
    "calendar": "获奖的下一年起满 {years} 个整年，此后的1月1日起可以再报",
}


def in_words(criterion: CriterionSpec) -> str:
    """What a criterion's rule says, with those whom it binds if not everybody."""
    gates = "、".join(
        f"{gate.fact} 为“{'是' if gate.answer else '否'}”" for gate in criterion.only_if
    )
    return f"{f'仅限 {gates}：' if gates else ''}{_operator(criterion)}"


def _operator(criterion: CriterionSpec) -> str:
    match criterion.rule:
        case IsTrue(fact=fact):
            return f"回答“是”：{fact}"
        case OneOf(fact=fact, values=values):
            known = catalog().facts.get(fact)
            return f"是{_labels(values, known.options if known else (), '或')}：{fact}"
        case AtLeast(fact=fact, number=number):
            return f"不少于 {number}：{fact}"
        case InPlace(fact=fact):
            return f"已经有：{fact}"
        case ForYears(fact=fact, years=years):
            return f"满 {years} 年：{fact}"
        case EachCompletedYear(years=years, accepted=accepted):
            results = _labels(accepted, catalog().choices["annual_results"], "或")
            return f"近 {years} 个完整年度每年都是{results}：annual_results"
        case NotSameYear(fact=fact):
            return f"同一年里没有：{fact}"
        case NoRecords(within_years=years, records=records):
            period = f"近 {years} 年没有" if years else "不论多久以前，都没有"
            return f"{period}：{'；'.join(_clause(clause) for clause in records)}"
        case WaitingPeriod(years=years, counted=counted, tiers=tiers, same_tier=same_tier):
            won = "只看申报的同一奖项" if same_tier else "、".join(tiers)
            return f"{_COUNTED[counted].format(years=years)}：past_awards（{won}）"
        case Ban(kinds=kinds, years=years):
            sanctions = _labels(kinds, catalog().facts["sanctions"].kinds, "、")
            return f"{sanctions}，{years} 年内不得申报，满 {years} 年的当天仍在内：sanctions"
        case Declared():
            return "由评审判断；申报者自己说不成立的，不符合"


def _clause(clause: RecordClause) -> str:
    facts = catalog().facts
    kinds = [option for fact in facts.values() for option in fact.kinds]
    limits = []
    if clause.from_severity:
        limits.append(f"{_labels([clause.from_severity], catalog().choices['severity'])}及以上")
    if clause.below_severity:
        limits.append(f"不到{_labels([clause.below_severity], catalog().choices['severity'])}")
    if clause.fatal is not None:
        limits.append("有人死亡" if clause.fatal else "没有人死亡")
    if clause.levels:
        limits.append(_labels(clause.levels, catalog().choices["level"], "、"))
    if clause.left_to:
        limits.append(_LEFT_TO[clause.left_to])
    return _labels(clause.kinds, kinds, "、") + (f"（{'，'.join(limits)}）" if limits else "")


def _labels(values: Iterable[int | str], options: Iterable[Option], joined: str = "") -> str:
    """The labels of values; a value that is not known stands for itself."""
    labels = {option.value: option.label for option in options}
    return joined.join(labels.get(value, str(value)) for value in values)
