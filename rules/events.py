"""Operators over dated events: adverse records, awards won, sanctions.

Each event on its own may stand in the way, for a time or for good. The worlds of one event are
its possible days times the possible values of the attributes that are unknown; since events do
not depend on one another, a criterion is unmet exactly if one event stands in the way in all of
its worlds, and met exactly if none does in any.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from itertools import product
from typing import NamedTuple

from rules.catalog import catalog
from rules.model import Event, Facts, Finding, Judge, Needs, Severity, Status
from rules.operators import MET, TO_BE_JUDGED, unknown
from rules.periods import Interval, add_years, day_after, latest_outside, latest_start, new_year

LEVELS = ("national", "industry", "provincial", "municipal", "county")


class Weight(IntEnum):
    """What an event comes to by the text, from nothing to a hard bar."""

    NOTHING = 0
    FOR_REVIEWERS = 1
    FOR_OFFICE = 2
    BAR = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """Which records a passage names, and what they come to.

    ``fatal`` asks for a death (true) or for none (false); ``from_severity`` and
    ``below_severity`` bound the severity; ``levels`` lists the levels of inspection that count.
    """

    kinds: frozenset[str]
    weight: Weight = Weight.BAR
    from_severity: Severity | None = None
    below_severity: Severity | None = None
    fatal: bool | None = None
    levels: frozenset[str] | None = None

    def names(self, severity: Severity, deaths: int, level: str) -> bool:
        """Whether the passage names a record with these attributes."""
        return (
            (self.from_severity is None or severity >= self.from_severity)
            and (self.below_severity is None or severity < self.below_severity)
            and (self.fatal is None or (deaths > 0) is self.fatal)
            and (self.levels is None or level in self.levels)
        )


@dataclass(frozen=True, slots=True)
class Period:
    """How long an event stands in the way.

    ``cleared(day)`` is the first day on which an event of ``day`` no longer does (``None``:
    never); ``line(as_of)`` the latest day of an event that no longer does on ``as_of`` (``None``:
    there is none). Both say the same; the line serves many events at once.
    """

    cleared: Callable[[date], date | None]
    line: Callable[[date], date | None]


def within_years(years: int) -> Period:
    """ "近N年无 …", "N年内不得 …": the anniversary is still inside."""
    return Period(
        cleared=lambda day: day_after(add_years(day, years)),
        line=lambda as_of: latest_outside(as_of, years),
    )


def full_years(years: int) -> Period:
    """ "满N年": over on the anniversary."""
    return Period(
        cleared=lambda day: add_years(day, years), line=lambda as_of: latest_start(as_of, years)
    )


def calendar_years(years: int) -> Period:
    """ "N年（不包含获奖当年）后": over on 1 January of the year N + 1 years on."""
    return Period(
        cleared=lambda day: new_year(day.year + years + 1),
        line=lambda as_of: _year_end(as_of.year - years - 1),
    )


def _year_end(year: int) -> date | None:
    return date(year, 12, 31) if year > 0 else None


def for_good() -> Period:
    """No period is named: time does not mend it."""
    return Period(cleared=lambda _day: None, line=lambda _as_of: None)


def record_path(kind: str) -> str:
    """Where the records of a kind stand among the facts."""
    return kind if kind in catalog().own_records else f"records.{kind}"


def no_records(clauses: Sequence[Clause], period: Period) -> Judge:
    """Met if no record that the ``clauses`` name lies within ``period``."""
    kinds = tuple(dict.fromkeys(kind for clause in clauses for kind in sorted(clause.kinds)))
    passages = {kind: _passage([c for c in clauses if kind in c.kinds]) for kind in kinds}
    paths = {kind: record_path(kind) for kind in kinds}
    hard = {kind for clause in clauses if clause.weight is Weight.BAR for kind in clause.kinds}

    def judge(facts: Facts, as_of: date) -> Finding:
        records = facts.records
        missing: list[str] = []
        may_bar = False
        threats: list[_Threat] = []
        line = period.line(as_of)
        for kind in kinds:
            events = records.get(kind)
            if events is None:
                missing.append(paths[kind])
                may_bar = may_bar or kind in hard
            elif events:
                threats += _record_threats(paths[kind], events, passages[kind], as_of, line)
        if threats:
            return _weigh(threats, as_of, period, missing, may_bar=may_bar)
        return unknown(*missing) if missing else MET

    return judge


def waiting_period(jurisdiction: str, tiers: frozenset[str], period: Period) -> Judge:
    """Met if no award of these tiers, won here, lies within ``period``."""
    absent = unknown("past_awards")

    def judge(facts: Facts, as_of: date) -> Finding:
        if facts.past_awards is None:
            return absent
        return _bar(facts.past_awards, jurisdiction, tiers, as_of, period)

    return judge


def no_ban(jurisdiction: str, kinds: frozenset[str], period: Period) -> Judge:
    """Met if no sanction of these kinds, decided here, lies within ``period``."""
    absent = unknown("sanctions")

    def judge(facts: Facts, as_of: date) -> Finding:
        if facts.sanctions is None:
            return absent
        return _bar(facts.sanctions, jurisdiction, kinds, as_of, period)

    return judge


class _Threat(NamedTuple):
    """One event that may stand in the way: its days, its possible weights, what would tell."""

    event: Event
    days: Interval
    weights: frozenset[Weight]
    unknown: tuple[str, ...] = ()


def _bar(
    events: Iterable[Event], jurisdiction: str, kinds: frozenset[str], as_of: date, period: Period
) -> Finding:
    threats = [
        _Threat(event, days, _JUST[Weight.BAR])
        for event in events
        if event.jurisdiction == jurisdiction and event.kind in kinds
        if (days := event.when.until(as_of)) is not None
    ]
    return _weigh(threats, as_of, period) if threats else MET


@dataclass(frozen=True, slots=True)
class _Passage:
    """The clauses about one kind of record, and the attributes that they ask for."""

    clauses: Sequence[Clause]
    asked: tuple[str, ...]


def _passage(clauses: Sequence[Clause]) -> _Passage:
    asked = {
        "deaths": any(c.fatal is not None for c in clauses),
        "severity": any(c.from_severity or c.below_severity for c in clauses),
        "level": any(c.levels is not None for c in clauses),
    }
    return _Passage(clauses, tuple(name for name, is_asked in asked.items() if is_asked))


def _record_threats(
    path: str, events: Sequence[Event], passage: _Passage, as_of: date, line: date | None
) -> Iterable[_Threat]:
    for index, event in enumerate(events):
        days = event.when.until(as_of)
        if days is None or _is_over(days.last, line):
            continue
        telling = [name for name in passage.asked if getattr(event, name) is None]
        weights = _weights(event, passage.clauses, telling)
        if weights == {Weight.NOTHING}:
            continue
        missing = tuple(f"{path}[{index}].{name}" for name in telling) if len(weights) > 1 else ()
        yield _Threat(event, days, weights, missing)


def _weights(
    event: Event, clauses: Sequence[Clause], telling: Collection[str]
) -> frozenset[Weight]:
    """What the event may come to; what is not ``telling`` is known, or does not matter."""
    if not telling:
        severity = event.severity or Severity.ORDINARY
        return _JUST[_weight(clauses, severity, event.deaths or 0, event.level or "")]
    severities = Severity if "severity" in telling else [event.severity or Severity.ORDINARY]
    deaths = (0, 1) if "deaths" in telling else [event.deaths or 0]
    levels = LEVELS if "level" in telling else [event.level or ""]
    return frozenset(_weight(clauses, *world) for world in product(severities, deaths, levels))


_JUST = {weight: frozenset({weight}) for weight in Weight}


def _weight(clauses: Sequence[Clause], severity: Severity, deaths: int, level: str) -> Weight:
    heaviest = Weight.NOTHING
    for clause in clauses:
        if clause.weight > heaviest and clause.names(severity, deaths, level):
            heaviest = clause.weight
    return heaviest


def _is_over(day: date, line: date | None) -> bool:
    return line is not None and day <= line


def _weigh(
    threats: Sequence[_Threat],
    as_of: date,
    period: Period,
    missing: Sequence[str] = (),
    *,
    may_bar: bool = False,
) -> Finding:
    """What the threats come to together; a kind that is ``missing`` may hold a bar or not."""
    line = period.line(as_of)
    standing = [
        threat
        for threat in threats
        if max(threat.weights) >= Weight.FOR_OFFICE and not _is_over(threat.days.last, line)
    ]
    evidence = tuple(threat.event for threat in standing)
    gaps = (*missing, *(path for threat in standing for path in threat.unknown))
    inside = [threat for threat in standing if not _is_over(threat.days.first, line)]
    if any(threat.weights == {Weight.BAR} for threat in inside):
        cleared = [period.cleared(threat.days.last) for threat in standing]
        known = [day for day in cleared if day is not None]
        met_from = max(known) if len(known) == len(cleared) else None
        return Finding(Status.UNMET, met_from=met_from, missing=gaps, evidence=evidence)
    may_bar = may_bar or any(Weight.BAR in threat.weights for threat in inside)
    may_clear = all(min(threat.weights) < Weight.FOR_OFFICE for threat in standing)
    if gaps and (may_bar or may_clear):
        return Finding(Status.UNKNOWN, Needs.ANSWER, missing=gaps, evidence=evidence)
    straddling = [threat for threat in standing if threat not in inside]
    # Against an event that only the office can weigh, neither answer nor precise day helps.
    fixed = any(min(threat.weights) >= Weight.FOR_OFFICE for threat in inside)
    if straddling and (not fixed or any(Weight.BAR in threat.weights for threat in straddling)):
        return Finding(Status.UNKNOWN, Needs.PRECISION, line=line, missing=gaps, evidence=evidence)
    if standing:
        return Finding(Status.UNKNOWN, Needs.OFFICE, missing=gaps, evidence=evidence)
    judged = any(Weight.FOR_REVIEWERS in threat.weights for threat in threats)
    return TO_BE_JUDGED if judged else MET
