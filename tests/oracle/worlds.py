"""Possible worlds: what a criterion comes to when some of what it rests on is unknown.

A criterion rests on things (a fact, a record, an award). Each thing has the answers that what
is absent could still get, and each answer the worlds that then remain, which differ in nothing
but the day. A world says what it comes to on any day.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from oracle.days import ONE_DAY, REACH, add_years

State = Callable[[date], str]
WORST_FIRST = ("unmet", "office", "to_be_judged", "met")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a criterion rests on; `unasked` where it is a whole kind of record."""

    answers: list[list[State]]
    unasked: bool = False


@dataclass(frozen=True, slots=True)
class Criterion:
    """What a criterion rests on, and whether it binds this applicant: yes, no, or not known."""

    things: list[Thing]
    gates: tuple[bool | None, ...] = ()


def always(outcome: str) -> State:
    """Return a world that comes to the same on every day."""
    return lambda _day: outcome


def worse(one: str, other: str) -> str:
    """Return the worse of two outcomes."""
    return min(one, other, key=WORST_FIRST.index)


def settle(outcomes: Iterable[str]) -> str:
    """Return the status that a set of possible outcomes allows to be given."""
    possible = set(outcomes)
    if possible == {"unmet"}:
        return "unmet"
    if possible & {"unmet", "office"}:
        return "unknown"
    if possible == {"not_applicable"}:
        return "not_applicable"
    return "to_be_judged" if "to_be_judged" in possible else "met"


def by_answer(things: list[Thing], day: date) -> set[frozenset[str]]:
    """Return, for every way to answer what is absent, the outcomes that then remain possible."""
    spread = {frozenset({"met"})}
    for thing in things:
        each = {frozenset(state(day) for state in answer) for answer in thing.answers}
        spread = {
            frozenset(worse(one, other) for one in before for other in now)
            for before in spread
            for now in each
        }
    return spread


def needed(spread: set[frozenset[str]]) -> str:
    """Return what an unknown criterion waits for."""
    if any(settle(outcomes) != "unknown" for outcomes in spread):
        return "answer"
    return "precision" if any(len(outcomes) > 1 for outcomes in spread) else "office"


def first_day_met(things: list[Thing], as_of: date) -> date | None:
    """Return the first day from which the worst of all worlds no longer stands in the way."""
    states = [
        state
        for thing in things
        if not thing.unasked
        for answer in thing.answers
        for state in answer
    ]
    horizon = add_years(as_of, REACH)
    if any(state(horizon) in {"unmet", "office"} for state in states):
        return None
    day = as_of
    for state in states:
        while state(day) in {"unmet", "office"}:
            day += ONE_DAY
    return day


def weigh(criterion: Criterion, as_of: date) -> dict[str, str | None]:
    """Return status, `met_from` and `needs` of one criterion on one day."""
    finding: dict[str, str | None] = {"status": "not_applicable", "met_from": None, "needs": None}
    if False in criterion.gates:
        return finding
    spread = by_answer(criterion.things, as_of)
    if None in criterion.gates:
        spread = spread | {frozenset({"not_applicable"})}
    finding["status"] = settle(frozenset().union(*spread))
    if finding["status"] == "unknown":
        finding["needs"] = needed(spread)
    if finding["status"] == "unmet":
        day = first_day_met(criterion.things, as_of)
        finding["met_from"] = day.isoformat() if day else None
    return finding
