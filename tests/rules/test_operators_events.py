"""The operators over records, awards won and sanctions: what counts, for how long, from when."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.events import (
    Clause,
    Period,
    Weight,
    calendar_years,
    for_good,
    full_years,
    no_ban,
    no_records,
    waiting_period,
    within_years,
)
from rules.model import Event, Facts, Finding, Judge, Severity, Status
from rules.periods import add_years, parse_interval

DAY = "2026-11-20"
MAJOR = Severity.MAJOR
# "Major fires are a bar; what else is major is for the office; lesser floods for the reviewers."
CLAUSES = (
    Clause(frozenset({"fire"}), from_severity=MAJOR),
    Clause(frozenset({"storm"}), Weight.FOR_OFFICE, from_severity=MAJOR),
    Clause(frozenset({"flood"}), from_severity=MAJOR),
    Clause(frozenset({"flood"}), Weight.FOR_REVIEWERS, below_severity=MAJOR),
)
# Days about the ends of months and years, where counting goes wrong.
TURNS = st.builds(
    lambda year, turn, off: date(year, *turn) + timedelta(days=off),
    st.integers(2000, 2100),
    st.sampled_from([(3, 1), (1, 1), (12, 31), (6, 30)]),
    st.integers(-2, 2),
)
ALL_TOLD = ("fire", "storm", "flood")


def shown(finding: Finding) -> str:
    """Return a finding as the tables write it."""
    if finding.status is Status.UNMET:
        return f"unmet {finding.met_from or 'never'}"
    return f"unknown {finding.needs}" if finding.needs else finding.status.value


def event(text: str) -> Event:
    """Return an event as the tables write it: kind, date, then severity, deaths or level."""
    kind, when, *rest = text.split()
    known: dict[str, Any] = {}
    for word in rest:
        if word.upper() in Severity.__members__:
            known["severity"] = Severity[word.upper()]
        elif word.isdigit():
            known["deaths"] = int(word)
        else:
            known["level"] = word
    return Event(kind, parse_interval(when), **known)


def records(*texts: str, told: tuple[str, ...] = ALL_TOLD) -> Facts:
    """Return facts with these records, and with none of the other kinds that are told."""
    events = [event(text) for text in texts]
    kinds = dict.fromkeys([*told, *(each.kind for each in events)])
    return Facts(records={k: tuple(e for e in events if e.kind == k) for k in kinds})


def judged(judge: Judge, facts: Facts, as_of: str = DAY) -> str:
    """Return what an operator finds."""
    return shown(judge(facts, date.fromisoformat(as_of)))


@pytest.mark.parametrize(
    ("period", "when", "as_of", "expected"),
    [
        (within_years(3), "2023-11-20", "2026-11-20", "unmet 2026-11-21"),
        (within_years(3), "2023-11-20", "2026-11-21", "met"),
        (within_years(3), "2024-02-29", "2027-02-28", "unmet 2027-03-01"),
        (within_years(3), "2024-02-29", "2027-03-01", "met"),
        (within_years(4), "2024-02-29", "2028-02-29", "unmet 2028-03-01"),
        (within_years(3), "2025-02-28", "2028-02-29", "met"),
        (full_years(3), "2023-11-20", "2026-11-19", "unmet 2026-11-20"),
        (full_years(3), "2023-11-20", "2026-11-20", "met"),
        (full_years(3), "2024-02-29", "2027-02-28", "met"),
        (calendar_years(10), "2020-05-10", "2030-12-31", "unmet 2031-01-01"),
        (calendar_years(10), "2020-05-10", "2031-01-01", "met"),
        (calendar_years(10), "2020-12-31", "2030-12-31", "unmet 2031-01-01"),
        (calendar_years(5), "2020-01-01", "2025-12-31", "unmet 2026-01-01"),
        (for_good(), "1999-01-01", "2026-11-20", "unmet never"),
        (within_years(3), "2026-11-20", "2026-11-20", "unmet 2029-11-21"),
        (within_years(3), "2026-11-21", "2026-11-20", "met"),
        (for_good(), "2026-11-21", "2026-11-20", "met"),
        (within_years(3), "2023", DAY, "unknown precision"),
        (within_years(3), "2026", DAY, "unmet 2029-11-21"),
        (within_years(3), "2022", DAY, "met"),
        (within_years(3), "[..2023-11-19]", DAY, "met"),
        (within_years(3), "[2023-11-20..]", DAY, "unmet 2029-11-21"),
        (calendar_years(5), "2021", DAY, "unmet 2027-01-01"),
        (calendar_years(5), "[2020..2021]", DAY, "unknown precision"),
        (for_good(), "[..2026]", DAY, "unmet never"),
    ],
)
def test_how_long_an_event_stands_in_the_way(
    period: Period, when: str, as_of: str, expected: str
) -> None:
    """Each way of counting has its own last day; what is yet to happen does not count."""
    facts = Facts(records={"fire": (Event("fire", parse_interval(when)),)})
    assert judged(no_records([Clause(frozenset({"fire"}))], period), facts, as_of) == expected


@pytest.mark.parametrize(
    ("period", "line"),
    [
        (within_years(3), "2023-11-19"),
        (full_years(3), "2023-11-20"),
        (calendar_years(3), "2022-12-31"),
    ],
)
def test_the_line_is_the_latest_day_that_does_not_count(period: Period, line: str) -> None:
    """Where precision is asked for, the line is where the event ceases to count."""
    judge = no_records([Clause(frozenset({"fire"}))], period)
    facts = Facts(records={"fire": (Event("fire", parse_interval("[2020..2025]")),)})
    assert judge(facts, date.fromisoformat(DAY)).line == date.fromisoformat(line)


@pytest.mark.parametrize("years", [1, 3, 5, 10])
@pytest.mark.parametrize("counted", [within_years, full_years, calendar_years])
@given(as_of=TURNS, back=st.integers(-1, 1), turn=TURNS)
def test_the_line_and_the_day_of_clearance_say_the_same(
    counted: Callable[[int], Period], years: int, as_of: date, back: int, turn: date
) -> None:
    """An event no longer counts exactly from its day of clearance on, and up to the line."""
    period, event = counted(years), add_years(turn, as_of.year - turn.year - years + back)
    assert event is not None
    cleared, line = period.cleared(event), period.line(as_of)
    assert (cleared is not None and cleared <= as_of) is (line is not None and event <= line)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (records(), "met"),
        (records("fire 2025-01-01 major"), "unmet 2028-01-02"),
        (records("fire 2025-01-01 extraordinary"), "unmet 2028-01-02"),
        (records("fire 2025-01-01 considerable"), "met"),
        (records("fire 2025-01-01"), "unknown answer"),
        (records("fire 2020-01-01"), "met"),
        (records("storm 2025-01-01 major"), "unknown office"),
        (records("storm 2025-01-01 ordinary"), "met"),
        (records("storm 2025-01-01"), "unknown answer"),
        (records("storm 2023 major"), "unknown precision"),
        (records("flood 2025-01-01 ordinary"), "to_be_judged"),
        (records("flood 2025-01-01"), "unknown answer"),
        (records("flood 2020-01-01 ordinary"), "met"),
        (records("fire 2025-01-01 major", "storm 2026-01-01 major"), "unmet 2029-01-02"),
        (records("fire 2025-01-01 major", "fire 2026-01-01"), "unmet 2029-01-02"),
        (records("fire 2025-01-01 major", "flood 2026-01-01 ordinary"), "unmet 2028-01-02"),
        (records("storm 2025-01-01 major", "fire 2025-01-01"), "unknown answer"),
        (records("storm 2025-01-01 major", "fire 2023 major"), "unknown precision"),
        (records("storm 2025-01-01 major", "storm 2023 major"), "unknown office"),
        (records("storm 2025-01-01", "storm 2023 major"), "unknown precision"),
        (records("fire 2025-01-01", "storm 2023 major"), "unknown answer"),
        (records(told=("fire", "storm")), "unknown answer"),
        (records(told=("flood", "fire")), "unknown answer"),
        (records("fire 2025-01-01 major", told=()), "unmet 2028-01-02"),
        (records("storm 2025-01-01 major", told=("fire", "flood")), "unknown office"),
        (records("storm 2025-01-01 major", told=("fire",)), "unknown answer"),
    ],
)
def test_what_counts_is_named_by_kind_and_severity(facts: Facts, expected: str) -> None:
    """Named records bar, unnamed ones are for the office, lesser ones for the reviewers.

    What is open is asked for if the answer, or a closer day, can settle it; the office is asked
    only where nothing else can.
    """
    assert judged(no_records(CLAUSES, within_years(3)), facts) == expected


@pytest.mark.parametrize(
    ("clause", "record", "expected"),
    [
        (Clause(frozenset({"fire"}), fatal=True), "fire 2025-01-01 1", "unmet never"),
        (Clause(frozenset({"fire"}), fatal=True), "fire 2025-01-01 0", "met"),
        (Clause(frozenset({"fire"}), fatal=True), "fire 2025-01-01 major", "unknown answer"),
        (Clause(frozenset({"fire"}), fatal=False), "fire 2025-01-01 0", "unmet never"),
        (Clause(frozenset({"fire"}), levels=frozenset({"national"})),
         "fire 2025-01-01 national", "unmet never"),
        (Clause(frozenset({"fire"}), levels=frozenset({"national"})),
         "fire 2025-01-01 county", "met"),
        (Clause(frozenset({"fire"}), levels=frozenset({"national"})),
         "fire 2025-01-01 major", "unknown answer"),
    ],
)  # fmt: skip
def test_deaths_and_levels_count_where_the_text_says_so(
    clause: Clause, record: str, expected: str
) -> None:
    """What the text asks for and the record does not tell is unknown, never inferred."""
    assert judged(no_records([clause], for_good()), records(record, told=())) == expected


def test_what_is_missing_is_named_by_its_path() -> None:
    """A kind that was not told and an attribute that a record lacks are named where they belong."""
    facts = records("fire 2020-01-01", "fire 2025-01-01", told=("fire", "flood"))
    finding = no_records(CLAUSES, within_years(3))(facts, date.fromisoformat(DAY))
    assert set(finding.missing) == {"records.storm", "records.fire[1].severity"}
    assert finding.evidence == (event("fire 2025-01-01"),)


def test_a_persons_own_records_stand_beside_the_others() -> None:
    """A person's own violations are asked for under their own name."""
    judge = no_records([Clause(frozenset({"own_violations"}))], for_good())
    assert judge(Facts(), date.fromisoformat(DAY)).missing == ("own_violations",)


def here(kind: str, when: str, place: str = "here") -> tuple[Event, ...]:
    """Return one award or sanction of a place."""
    return (Event(kind, parse_interval(when), jurisdiction=place),)


@pytest.mark.parametrize(
    ("won", "expected"),
    [
        (None, "unknown answer"),
        ((), "met"),
        (here("award", "2020-05-10"), "unmet 2031-01-01"),
        (here("award", "2016-01-01"), "unmet 2027-01-01"),
        (here("award", "2015-12-31"), "met"),
        (here("award", "[2015..2016]"), "unknown precision"),
        (here("award", "2027"), "met"),
        (here("nomination", "2020-05-10"), "met"),
        (here("award", "2020-05-10", place="elsewhere"), "met"),
        (here("award", "2020") + here("award", "2018"), "unmet 2031-01-01"),
        (here("award", "2020") + here("award", "[2015..2023]"), "unmet 2034-01-01"),
    ],
)
def test_an_award_won_here_has_to_be_waited_out(
    won: tuple[Event, ...] | None, expected: str
) -> None:
    """ "10年（不包含获奖当年）后": from 1 January, for this award and this prize only."""
    judge = waiting_period("here", frozenset({"award"}), calendar_years(10))
    assert judged(judge, Facts(past_awards=won)) == expected


@pytest.mark.parametrize(
    ("decided", "expected"),
    [
        (None, "unknown answer"),
        ((), "met"),
        (here("fraudulent_award", "2021-11-20"), "unmet 2026-11-21"),
        (here("fraudulent_award", "2021-11-19"), "met"),
        (here("fraudulent_award", "2021-11"), "unknown precision"),
        (here("false_materials", "2025"), "met"),
        (here("fraudulent_award", "2025", place="elsewhere"), "met"),
        (here("fraudulent_award", "2021-12") + here("fraudulent_award", "2021"),
         "unmet 2027-01-01"),
    ],
)  # fmt: skip
def test_a_sanction_decided_here_bars_for_its_years(
    decided: tuple[Event, ...] | None, expected: str
) -> None:
    """ "5年内不得再次申报" runs from the decision, for the sanctions that the article names."""
    judge = no_ban("here", frozenset({"fraudulent_award"}), within_years(5))
    assert judged(judge, Facts(sanctions=decided)) == expected
