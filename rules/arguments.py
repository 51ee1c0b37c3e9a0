"""Whether the arguments of an operator make sense: the right kind of fact, values that exist."""

from collections.abc import Iterable, Iterator, Sized

from rules.catalog import FactType, catalog
from rules.compile import facts_of
from rules.facts import SEVERITIES
from rules.model import Tier
from rules.spec import (
    AtLeast,
    AwardSpec,
    Ban,
    CriterionSpec,
    Declared,
    EachCompletedYear,
    ForYears,
    InPlace,
    IsTrue,
    NoRecords,
    NoteSpec,
    NotSameYear,
    OneOf,
    RecordClause,
    WaitingPeriod,
)


def wrong_arguments(criterion: CriterionSpec, spec: AwardSpec) -> Iterator[str]:
    """What is wrong with a criterion's rule and its gates, in Chinese."""
    yield from _unknown_facts(criterion)
    for gate in criterion.only_if:
        yield from _wants(gate.fact, "yes_no")
    match criterion.rule:
        case IsTrue(fact=fact) | NotSameYear(fact=fact):
            yield from _wants(fact, "yes_no")
        case OneOf(fact=fact, values=values):
            yield from _wants(fact, "choice")
            yield from _strangers(values, _options(fact), f"{fact} 的选项")
        case AtLeast(fact=fact):
            yield from _wants(fact, "count")
        case InPlace(fact=fact):
            yield from _wants(fact, "since_or_none")
        case ForYears(fact=fact):
            yield from _wants(fact, "since", "since_or_none")
        case EachCompletedYear(accepted=accepted):
            yield from _nonempty(accepted, "accepted 是空的：没有一种结果符合")
        case NoRecords(records=records):
            yield from (reason for clause in records for reason in _wrong_clause(clause))
        case WaitingPeriod(tiers=tiers):
            yield from _strangers(tiers, _tiers(spec), "这个奖的奖项（tiers）")
        case Ban(kinds=kinds):
            yield from _nonempty(kinds, "kinds 是空的：没有一种处理会禁止申报")
        case Declared():
            pass


def wrong_when(note: NoteSpec, spec: AwardSpec) -> Iterator[str]:
    """What is wrong with the condition under which a note is shown, in Chinese."""
    when = note.when
    if when is None:
        return
    if when.fact is not None:
        yield from _wants(when.fact, "yes_no")
    if (when.fact is None) != (when.answer is None):
        yield "when 里的 fact 和 answer 要一起写"
    if when.sanction is not None:
        yield from _strangers([when.sanction], catalog().kinds("sanctions"), "处理的种类")
    if when.past_award is not None:
        yield from _strangers([when.past_award], _tiers(spec), "这个奖的奖项（tiers）")


def _unknown_facts(criterion: CriterionSpec) -> Iterator[str]:
    known = catalog()
    for path in facts_of(criterion):
        key, _, kind = path.partition(".")
        fact = known.facts.get(key)
        if fact is None:
            yield f"facts.toml 里没有 {key}"
            continue
        for track in criterion.tracks:
            if track not in fact.tracks:
                yield f"{key} 不是 {track.value} 的事实"
        if kind:
            yield from _strangers([kind], known.kinds(key), f"{key} 的种类")


def _tiers(spec: AwardSpec) -> list[Tier]:
    return list(dict.fromkeys(tier for tiers in spec.tiers.values() for tier in tiers))


def _nonempty(values: Sized, reason: str) -> Iterator[str]:
    if not values:
        yield reason


def _wants(fact: str, *types: FactType) -> Iterator[str]:
    known = catalog().facts.get(fact)
    if known is not None and known.type not in types:
        yield f"{fact} 是 {known.type} 型的事实，这里要 {' 或 '.join(types)} 型的"


def _options(fact: str) -> list[int | str]:
    known = catalog().facts.get(fact)
    return [option.value for option in known.options] if known else []


def _strangers(
    values: Iterable[int | str], known: Iterable[int | str], of_what: str
) -> Iterator[str]:
    there = list(known)
    for value in values:
        # By type as well: "1" is no level.
        if not any(type(value) is type(one) and value == one for one in there):
            listed = "、".join(str(one) for one in there)
            yield f"{value} 不在{of_what}里，有：{listed}"


def _wrong_clause(clause: RecordClause) -> Iterator[str]:
    low, high = clause.from_severity, clause.below_severity
    if low and high and SEVERITIES[low] >= SEVERITIES[high]:
        yield f"from_severity（{low}）不低于 below_severity（{high}）：没有这样的记录"
    if clause.levels and set(clause.kinds) != {"failed_inspection"}:
        yield "levels 只用于 failed_inspection"
    if clause.fatal is not None and not all(kind.endswith("_accident") for kind in clause.kinds):
        yield "fatal 只用于事故"
