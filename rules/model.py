"""What the rules speak of: facts, events, findings and verdicts. Frozen, without wording.

A fact that is absent is unknown, never "no"; every type here keeps that difference.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import NamedTuple

from rules.periods import Interval


class Track(StrEnum):
    """Who applies."""

    ORGANISATION = "organisation"
    INDIVIDUAL = "individual"


class Tier(StrEnum):
    """Which of an award's prizes is applied for, or was won."""

    AWARD = "award"
    NOMINATION = "nomination"
    GOLD = "gold"


class Status(StrEnum):
    """How one criterion stands for one applicant on one day."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    TO_BE_JUDGED = "to_be_judged"


class Needs(StrEnum):
    """What an unknown criterion waits for."""

    ANSWER = "answer"
    PRECISION = "precision"
    OFFICE = "office"


class Outcome(StrEnum):
    """What a verdict comes to; the first that holds, in this order."""

    INELIGIBLE = "ineligible"
    NOT_YET = "not_yet"
    UNDETERMINED = "undetermined"
    ELIGIBLE = "eligible"


class Severity(IntEnum):
    """一般 < 较大 < 重大 < 特别重大."""

    ORDINARY = 1
    CONSIDERABLE = 2
    MAJOR = 3
    EXTRAORDINARY = 4


@dataclass(frozen=True, slots=True)
class Event:
    """A dated thing that can stand in the way: an adverse record, an award won, a sanction.

    ``kind`` is the kind of record or sanction, or the tier of the award. An attribute that is
    ``None`` is unknown (or means nothing for this kind); ``jurisdiction`` is set for awards and
    sanctions.
    """

    kind: str
    when: Interval
    severity: Severity | None = None
    deaths: int | None = None
    level: str | None = None
    jurisdiction: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an applicant, by kind of fact and by name; what is absent is unknown.

    ``since`` holds ``None`` where the applicant has said that there is no such thing.
    """

    yes_no: Mapping[str, bool] = field(default_factory=dict)
    since: Mapping[str, Interval | None] = field(default_factory=dict)
    count: Mapping[str, int] = field(default_factory=dict)
    choice: Mapping[str, str] = field(default_factory=dict)
    annual_results: Mapping[int, str] = field(default_factory=dict)
    records: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    past_awards: tuple[Event, ...] | None = None
    sanctions: tuple[Event, ...] | None = None
    does_not_hold: frozenset[str] = frozenset()


class Finding(NamedTuple):
    """How one criterion stands, and why.

    ``met_from``: first day from which an unmet criterion is met, if time mends it.
    ``line``: the latest day that would make the criterion met, where precision is needed.
    ``missing``: paths of facts that are absent and could change the finding.
    ``evidence``: the events that stand, or may stand, in the way.
    ``years``: the years whose results stand in the way.
    """

    status: Status
    needs: Needs | None = None
    met_from: date | None = None
    line: date | None = None
    missing: tuple[str, ...] = ()
    evidence: tuple[Event, ...] = ()
    years: tuple[int, ...] = ()


Judge = Callable[[Facts, date], Finding]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``evaluate`` found: one finding a criterion, in the order of the rule set."""

    as_of: date
    outcome: Outcome
    eligible_from: date | None
    findings: tuple[Finding, ...]
    in_force: bool = True
