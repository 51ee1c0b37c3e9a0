"""From a criterion as written to its judge: one line an operator."""

from rules import events, operators
from rules.events import Clause, Period, Weight
from rules.model import Judge, Severity, Tier
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
    Rule,
    WaitingPeriod,
)

_PERIODS = {
    "within": events.within_years,
    "full": events.full_years,
    "calendar": events.calendar_years,
}
_WEIGHTS = {"office": Weight.FOR_OFFICE, "reviewers": Weight.FOR_REVIEWERS, None: Weight.BAR}


def compile_rule(criterion: CriterionSpec, award: str, tier: Tier) -> Judge:
    """The judge of one criterion for applications for one tier of one award."""
    judge = _operator(criterion, award, tier)
    for gate in reversed(criterion.only_if):
        judge = operators.only_if(gate.fact, gate.answer, judge)
    return judge


def _operator(criterion: CriterionSpec, award: str, tier: Tier) -> Judge:
    match criterion.rule:
        case IsTrue(fact=fact):
            return operators.is_true(fact)
        case OneOf(fact=fact, values=values):
            return operators.one_of(fact, [str(value) for value in values])
        case AtLeast(fact=fact, number=number):
            return operators.at_least(fact, number)
        case InPlace(fact=fact):
            return operators.in_place(fact)
        case ForYears(fact=fact, years=years):
            return operators.for_years(fact, years)
        case EachCompletedYear(years=years, accepted=accepted):
            return operators.each_completed_year(years, accepted)
        case NotSameYear(fact=fact):
            return operators.not_same_year(fact)
        case NoRecords() as rule:
            return _no_records(criterion.id, rule)
        case WaitingPeriod(years=years, counted=counted, tiers=tiers, same_tier=same_tier):
            won = frozenset([tier] if same_tier else tiers)
            return events.waiting_period(award, won, _PERIODS[counted](years))
        case Ban(kinds=kinds, years=years):
            return events.no_ban(award, frozenset(kinds), events.within_years(years))
        case Declared():
            return operators.judged(criterion.id)


def facts_of(criterion: CriterionSpec) -> tuple[str, ...]:
    """The facts a criterion depends on, its gates first; kinds of record as ``records.KIND``."""
    gates = tuple(gate.fact for gate in criterion.only_if)
    match criterion.rule:
        case EachCompletedYear():
            own: tuple[str, ...] = ("annual_results",)
        case NoRecords(records=records):
            kinds = dict.fromkeys(kind for clause in records for kind in clause.kinds)
            own = tuple(events.record_path(kind) for kind in kinds)
        case WaitingPeriod():
            own = ("past_awards",)
        case Ban():
            own = ("sanctions",)
        case Declared():
            own = ()
        case rule:
            own = (rule.fact,)
    return gates + own


def period_of(rule: Rule) -> Period | None:
    """How long an event stands in the way by this rule; ``None`` for rules not about events."""
    match rule:
        case NoRecords(within_years=years):
            return events.within_years(years) if years else events.for_good()
        case WaitingPeriod(years=years, counted=counted):
            return _PERIODS[counted](years)
        case Ban(years=years):
            return events.within_years(years)
        case _:
            return None


def _no_records(criterion: str, rule: NoRecords) -> Judge:
    period = period_of(rule)
    assert period is not None  # noqa: S101 - a rule about events
    judge = events.no_records([_clause(clause) for clause in rule.records], period)
    if any(clause.left_to == "reviewers" for clause in rule.records):
        return operators.unless_declared(criterion, judge)
    return judge


def _clause(clause: RecordClause) -> Clause:
    return Clause(
        kinds=frozenset(clause.kinds),
        weight=_WEIGHTS[clause.left_to],
        from_severity=Severity[clause.from_severity.upper()] if clause.from_severity else None,
        below_severity=Severity[clause.below_severity.upper()] if clause.below_severity else None,
        fatal=clause.fatal,
        levels=frozenset(clause.levels) or None,
    )
