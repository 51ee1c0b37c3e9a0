"""Each operator on plain facts: met, unmet until a day or for good, or waiting for something.

A finding is written as in "unmet 2026-11-21", "unmet never", "unknown precision" or "met".
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from rules import operators
from rules.model import Facts, Finding, Judge, Status
from rules.periods import parse_interval

NOTHING = Facts()
DAY = "2026-11-20"


def shown(finding: Finding) -> str:
    """Return a finding as the tables write it."""
    if finding.status is Status.UNMET:
        return f"unmet {finding.met_from or 'never'}"
    return f"unknown {finding.needs}" if finding.needs else finding.status.value


def judged(judge: Judge, facts: Facts, as_of: str = DAY) -> str:
    """Return what an operator finds."""
    return shown(judge(facts, date.fromisoformat(as_of)))


def since(text: str | None) -> Facts:
    """Return facts that say since when, or that there is no such thing."""
    if text is None:
        return NOTHING
    return Facts(since={"start": None if text == "none" else parse_interval(text)})


@pytest.mark.parametrize(
    ("judge", "facts", "expected"),
    [
        (operators.is_true("a"), Facts(yes_no={"a": True}), "met"),
        (operators.is_true("a"), Facts(yes_no={"a": False}), "unmet never"),
        (operators.is_true("a"), Facts(yes_no={"b": True}), "unknown answer"),
        (operators.one_of("a", ["green"]), Facts(choice={"a": "green"}), "met"),
        (operators.one_of("a", ["1", "2"]), Facts(choice={"a": "2"}), "met"),
        (operators.one_of("a", ["green"]), Facts(choice={"a": "red"}), "unmet never"),
        (operators.one_of("a", ["green"]), NOTHING, "unknown answer"),
        (operators.at_least("a", 1), Facts(count={"a": 1}), "met"),
        (operators.at_least("a", 1), Facts(count={"a": 0}), "unmet never"),
        (operators.at_least("a", 1), NOTHING, "unknown answer"),
        (operators.in_place("start"), since("2026-11-20"), "met"),
        (operators.in_place("start"), since("[2026..]"), "met"),
        (operators.in_place("start"), since("none"), "unmet never"),
        (operators.in_place("start"), NOTHING, "unknown answer"),
        (operators.judged("a"), NOTHING, "to_be_judged"),
        (operators.judged("a"), Facts(does_not_hold=frozenset({"a"})), "unmet never"),
        (operators.judged("a"), Facts(does_not_hold=frozenset({"b"})), "to_be_judged"),
    ],
)
def test_a_plain_fact_decides_and_its_absence_does_not(
    judge: Judge, facts: Facts, expected: str
) -> None:
    """A plain fact that fails is not mended by time; one that is absent is never "no"."""
    assert judged(judge, facts) == expected


@pytest.mark.parametrize(
    ("years", "as_of", "start", "expected"),
    [
        (3, "2026-05-09", "2023-05-10", "unmet 2026-05-10"),
        (3, "2026-05-10", "2023-05-10", "met"),
        (3, "2027-02-27", "2024-02-29", "unmet 2027-02-28"),
        (3, "2027-02-28", "2024-02-29", "met"),
        (4, "2028-02-28", "2024-02-29", "unmet 2028-02-29"),
        (4, "2028-02-29", "2024-02-29", "met"),
        (3, "2028-02-28", "2025-02-28", "met"),
        (1, "2024-02-29", "2023-03-01", "unmet 2024-03-01"),
        (1, "2024-02-29", "2023-02-28", "met"),
        (10, "2026-12-31", "2016-12-31", "met"),
        (2, DAY, "[2023-11-21..2024-11-20]", "met"),
        (2, DAY, "[2023-11-21..2024-11-21]", "unknown precision"),
        (2, DAY, "[2024-11-21..2025-01]", "unmet 2027-01-31"),
        (2, DAY, "2026", "unmet 2028-11-20"),
        (2, DAY, "2024", "unknown precision"),
        (2, DAY, "[..2024]", "unknown precision"),
        (2, DAY, "[2025..]", "unmet 2028-11-20"),
        (2, DAY, "none", "unmet never"),
        (2, DAY, None, "unknown answer"),
    ],
)
def test_n_years_and_more(years: int, as_of: str, start: str | None, expected: str) -> None:
    """ "N年以上" holds from the anniversary on, for the latest day on which it can have begun."""
    assert judged(operators.for_years("start", years), since(start), as_of) == expected


@pytest.mark.parametrize(
    ("as_of", "line"), [(DAY, "2024-11-20"), ("2027-02-28", "2025-02-28"), ("2026-02-28", None)]
)
def test_the_line_is_named_where_precision_is_asked_for(as_of: str, line: str | None) -> None:
    """An unknown that hangs on the day says up to which day it would be met; others do not."""
    finding = operators.for_years("start", 2)(
        since("2024-03" if line is None else "[2024..2025]"), date.fromisoformat(as_of)
    )
    assert finding.line == (date.fromisoformat(line) if line else None)


@pytest.mark.parametrize(
    ("as_of", "results", "expected"),
    [
        (DAY, {2025: "profit", 2024: "profit"}, "met"),
        (DAY, {2025: "profit", 2024: "profit", 2023: "loss"}, "met"),
        (DAY, {2025: "profit", 2024: "loss"}, "unmet 2027-01-01"),
        (DAY, {2025: "loss", 2024: "profit"}, "unmet 2028-01-01"),
        (DAY, {2025: "break_even", 2024: "loss"}, "unmet 2028-01-01"),
        (DAY, {2024: "loss"}, "unmet 2028-01-01"),  # 2025 may turn out a loss as well
        (DAY, {2025: "loss"}, "unmet 2028-01-01"),
        (DAY, {2024: "profit"}, "unknown answer"),
        (DAY, {}, "unknown answer"),
        ("2026-12-31", {2025: "profit", 2024: "loss"}, "unmet 2027-01-01"),
        ("2027-01-01", {2026: "profit", 2025: "profit", 2024: "loss"}, "met"),
        ("2027-01-01", {2025: "profit", 2024: "profit"}, "unknown answer"),
    ],
)
def test_each_of_the_last_completed_years(
    as_of: str, results: Mapping[int, str], expected: str
) -> None:
    """ "近2年持续盈利" looks at the two calendar years before the year of filing."""
    judge = operators.each_completed_year(2, ["profit"])
    assert judged(judge, Facts(annual_results=results), as_of) == expected


def test_a_year_that_is_missing_and_one_that_is_bad_are_told_apart() -> None:
    """The finding names the bad years, and as missing only the years that were not told."""
    judge = operators.each_completed_year(3, ["profit", "policy_loss"])
    facts = Facts(annual_results={2025: "policy_loss", 2023: "loss"})
    finding = judge(facts, date.fromisoformat(DAY))
    assert (finding.years, finding.missing) == ((2023,), ("annual_results.2024",))


@pytest.mark.parametrize(
    ("as_of", "applied", "expected"),
    [
        (DAY, False, "met"),
        (DAY, True, "unmet 2027-01-01"),
        ("2027-01-01", True, "unmet 2028-01-01"),
        ("2026-12-31", True, "unmet 2027-01-01"),
    ],
)
def test_not_in_the_same_year(
    as_of: str,
    applied: bool,  # noqa: FBT001 - a table's column
    expected: str,
) -> None:
    """Who applied elsewhere this calendar year may apply from 1 January."""
    facts = Facts(yes_no={"applied": applied})
    assert judged(operators.not_same_year("applied"), facts, as_of) == expected
    assert judged(operators.not_same_year("applied"), NOTHING, as_of) == "unknown answer"


@pytest.mark.parametrize(
    ("gate", "start", "expected"),
    [
        (True, "2020", "met"),
        (True, "2025-05-20", "unmet 2028-05-20"),
        (True, None, "unknown answer"),
        (True, "2023", "unknown precision"),
        (False, "2020", "not_applicable"),
        (False, "2025-05-20", "not_applicable"),
        (False, None, "not_applicable"),
        (None, "2020", "met"),
        (None, "2025-05-20", "unknown answer"),
        (None, "2023", "unknown answer"),
        (None, None, "unknown answer"),
    ],
)
def test_a_condition_binds_only_those_it_speaks_of(
    gate: bool | None,  # noqa: FBT001 - a table's column
    start: str | None,
    expected: str,
) -> None:
    """Who is not addressed is not bound; who may not be is asked only where it matters."""
    judge = operators.only_if("gate", value=True, judge=operators.for_years("start", 3))
    facts = since(start)
    if gate is not None:
        facts = replace(facts, yes_no={"gate": gate})
    assert judged(judge, facts) == expected


def test_who_is_bound_is_asked_before_what_binds_them() -> None:
    """Where both answers are missing, the one that says whom the condition binds comes first."""
    judge = operators.only_if("gate", value=False, judge=operators.is_true("fact"))
    assert judge(NOTHING, date.fromisoformat(DAY)).missing == ("gate", "fact")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts(yes_no={"fact": True}), "met"),
        (Facts(yes_no={"fact": True}, does_not_hold=frozenset({"id"})), "unmet never"),
        (Facts(does_not_hold=frozenset({"id"})), "unmet never"),
        (Facts(does_not_hold=frozenset({"other"})), "unknown answer"),
    ],
)
def test_what_is_in_part_a_matter_of_judgement_can_be_declared_not_to_hold(
    facts: Facts, expected: str
) -> None:
    """Such a condition is unmet if it is declared not to hold, and else what its facts say."""
    assert judged(operators.unless_declared("id", operators.is_true("fact")), facts) == expected
