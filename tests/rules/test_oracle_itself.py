"""The oracle against cases worked by hand from the texts, and against itself."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.applicants import KINDS, applicants, tiers
from oracle.completions import completions
from oracle.days import add_years, bounds, possible_days
from oracle.judged import JUDGED
from oracle.law import BOOKS, verdict
from oracle.worked import DAY, Facts, Table, accidents, case
from oracle.worked_matters import BESIDE, GATES, GRAVITY
from oracle.worked_periods import ANNIVERSARIES, BARS, WINDOWS

STATUSES = {"met", "unmet", "unknown", "to_be_judged", "not_applicable"}
FILING_DAYS = ("2026-11-20", "2027-02-28", "2028-02-29", "2027-01-01", "2026-12-31", "2027-03-01")


def rows(table: Table) -> list[tuple[str, str, Facts, str]]:
    """Return a table's rows, each with the award and criterion it is about."""
    return [(title, *row) for title, cases in table.items() for row in cases]


def found(title: str, as_of: str, facts: Facts) -> str:
    """Return what the oracle finds, written as in the tables."""
    award, criterion = title.split()
    finding = verdict(case(award, as_of, facts))["criteria"][criterion]
    detail = finding["met_from"] or finding["needs"]
    if finding["status"] == "unmet":
        return f"unmet {detail or 'never'}"
    return f"{finding['status']} {detail}" if detail else str(finding["status"])


def random_case(seed: int, completeness: float) -> Facts:
    """Return a random case of a random award."""
    rng = Random(seed)
    jurisdiction, track = rng.choice(list(BOOKS))
    tier, as_of = rng.choice(tiers(jurisdiction, track)), rng.choice(FILING_DAYS)
    facts = applicants(rng, jurisdiction, track, tier, as_of, completeness=completeness)
    named = {"jurisdiction": jurisdiction, "track": track, "tier": tier, "as_of": as_of}
    return named | {"facts": facts}


@pytest.mark.parametrize(("title", "as_of", "facts", "expected"), rows(ANNIVERSARIES))
def test_n_years_and_more_are_met_from_the_anniversary_on(
    title: str, as_of: str, facts: Facts, expected: str
) -> None:
    """A period of "N年以上" is met on the anniversary and not on the day before."""
    assert found(title, as_of, facts) == expected


@pytest.mark.parametrize(("title", "as_of", "facts", "expected"), rows(WINDOWS))
def test_a_record_counts_up_to_and_on_the_anniversary(
    title: str, as_of: str, facts: Facts, expected: str
) -> None:
    """A clean period looks back to the anniversary itself, and where none is named for ever."""
    assert found(title, as_of, facts) == expected


@pytest.mark.parametrize(("title", "as_of", "facts", "expected"), rows(GRAVITY))
def test_what_counts_depends_on_kind_severity_level_and_deaths(
    title: str, as_of: str, facts: Facts, expected: str
) -> None:
    """Each text names its own kinds, severities and levels; the others do not count."""
    assert found(title, as_of, facts) == expected


@pytest.mark.parametrize(("title", "as_of", "facts", "expected"), rows(BARS))
def test_awards_and_sanctions_bar_for_their_own_time(
    title: str, as_of: str, facts: Facts, expected: str
) -> None:
    """Only this award's own wins and sanctions bar, each for the time that its article states."""
    assert found(title, as_of, facts) == expected


@pytest.mark.parametrize(("title", "as_of", "facts", "expected"), rows(GATES))
def test_a_condition_binds_only_those_it_speaks_of(
    title: str, as_of: str, facts: Facts, expected: str
) -> None:
    """Who is not addressed is not bound, and who may not be is asked only where it matters."""
    assert found(title, as_of, facts) == expected


@pytest.mark.parametrize(("title", "as_of", "facts", "expected"), rows(BESIDE))
def test_of_several_open_matters_the_one_that_can_settle_it_is_asked_for(
    title: str, as_of: str, facts: Facts, expected: str
) -> None:
    """A deciding answer is asked for before a closer date, and both before the office."""
    assert found(title, as_of, facts) == expected


@pytest.mark.parametrize(
    ("jurisdiction", "as_of", "expected"),
    [
        ("qingshanhu", "2022-05-17", False),
        ("qingshanhu", "2022-05-18", True),
        ("lianyungang", "2021-04-25", False),
        ("lianyungang", "2021-04-26", True),
        ("changning", "2023-11-14", False),
        ("changning", "2023-11-15", True),
        ("changning", "2028-11-14", True),
        ("changning", "2028-11-15", False),
        ("jian", "2023-02-04", False),
        ("jian", "2023-02-05", True),
        ("qinzhou", "2020-01-01", True),
    ],
)
def test_a_regulation_is_in_force_from_its_first_day_to_its_last(
    jurisdiction: str,
    as_of: str,
    expected: bool,  # noqa: FBT001 - a table's column
) -> None:
    """Outside its days in force a regulation leaves the outcome undetermined."""
    asked = {"jurisdiction": jurisdiction, "track": "organisation", "as_of": as_of, "facts": {}}
    result = verdict(asked)
    assert result["in_force"] is expected
    assert (result["outcome"], result["eligible_from"]) == ("undetermined", None)


# An individual in Qingshanhu of whom nothing is wanting.
PERFECT: Facts = accidents() | {
    "quality_work_since": "2010",
    "own_violations": [],
    "past_awards": [],
}


@pytest.mark.parametrize(
    ("change", "outcome", "eligible_from"),
    [
        ({}, "eligible", DAY),
        ({"quality_work_since": "2016"}, "undetermined", None),
        ({"quality_work_since": "2017-03"}, "not_yet", "2027-03-31"),
        ({"quality_work_since": "2017-03", "records": {}}, "not_yet", "2027-03-31"),
        (
            {"quality_work_since": "2017-03", "own_violations": [{"date": "1999"}]},
            "ineligible",
            None,
        ),
        ({"does_not_hold": ["ethics_and_standing"]}, "ineligible", None),
        (
            {
                "quality_work_since": "2017-03",
                "past_awards": [{"jurisdiction": "qingshanhu", "tier": "award", "date": "2020"}],
            },
            "not_yet",
            "2031-01-01",
        ),
    ],
)
def test_the_outcome_is_the_first_that_holds(
    change: Facts, outcome: str, eligible_from: str | None
) -> None:
    """What time cannot mend comes first, then what it can, then what is unknown."""
    result = verdict(case("Qi", DAY, PERFECT | change))
    assert (result["outcome"], result["eligible_from"]) == (outcome, eligible_from)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2019-05-12", "2019-05-12", "2019-05-12"),
        ("[2023-11-21..2024-11-20]", "2023-11-21", "2024-11-20"),
        ("[..2019-05]", "0001-01-01", "2019-05-31"),
        ("[2022..]", "2022-01-01", "9999-12-31"),
    ],
)
def test_a_partial_date_spans_its_year_month_day_or_bounds(text: str, low: str, high: str) -> None:
    """A partial date means one day between its bounds, ends included."""
    assert [day.isoformat() for day in bounds(text)] == [low, high]


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2023-02-28", 1, "2024-02-28"),
        ("2096-02-29", 4, "2100-02-28"),
        ("2023-11-20", 3, "2026-11-20"),
    ],
)
def test_a_missing_corresponding_day_is_the_months_last(
    day: str, years: int, expected: str
) -> None:
    """A corresponding day that does not exist is the month's last day."""
    assert add_years(date.fromisoformat(day), years).isoformat() == expected


@given(seed=st.integers(0, 10**9))
@settings(deadline=None, max_examples=60)
def test_the_decisive_days_stand_for_all_days(seed: int) -> None:
    """Trying every possible day changes nothing."""
    asked = random_case(seed, 0.5)
    assert verdict(asked) == verdict(asked, every=True)


@given(seed=st.integers(0, 10**9), completeness=st.sampled_from((0.3, 0.6, 0.9)))
@settings(deadline=None, max_examples=150)
def test_what_is_certain_stays_so_however_the_rest_turns_out(
    seed: int, completeness: float
) -> None:
    """What is met or unmet with answers missing stays so under every completion of them."""
    asked = random_case(seed, completeness)
    before = verdict(asked)["criteria"]
    for completed in completions(asked, Random(seed), 8):
        after = verdict(completed)["criteria"]
        for identifier, finding in after.items():
            was, now = before[identifier]["status"], finding["status"]
            assert finding["needs"] in {None, "office"}
            assert was in {now, "unknown"} or (was, now) in {
                ("met", "not_applicable"),  # the condition held, and turns out not to bind
                ("to_be_judged", "not_applicable"),
                ("to_be_judged", "met"),  # a lesser complaint turns out to lie outside the window
            }


@given(seed=st.integers(0, 10**9), completeness=st.sampled_from((0.3, 0.6, 0.9)))
@settings(deadline=None, max_examples=150)
def test_no_completion_mends_later_than_the_day_named(seed: int, completeness: float) -> None:
    """The day named is the worst there is, as long as no further kind of record turns up."""
    asked = random_case(seed, completeness)
    told = {kind: [] for kind in KINDS} | asked["facts"].get("records", {})
    asked["facts"]["records"] = told
    before = verdict(asked)["criteria"]
    unmet = {name: each["met_from"] for name, each in before.items() if each["status"] == "unmet"}
    for completed in completions(asked, Random(seed), 8):
        after = verdict(completed)["criteria"]
        for identifier, day in unmet.items():
            now = after[identifier]["met_from"]
            assert now == day or (now is not None and day is not None and now < day)


@given(seed=st.integers(0, 10**9))
@settings(deadline=None, max_examples=150)
def test_time_mends_from_the_day_named_and_not_before(seed: int) -> None:
    """With all known, a shortfall is mended on `met_from` and stands on the day before."""
    asked = random_case(seed, 1.0)
    for identifier, finding in verdict(asked)["criteria"].items():
        if finding["met_from"] is None or identifier.startswith(("profitable", "no_loss")):
            continue
        day = date.fromisoformat(finding["met_from"])
        before = (day - timedelta(days=1)).isoformat()
        records_since = [later(asked, moment) for moment in (before, day.isoformat())]
        then = [verdict(each)["criteria"][identifier]["status"] for each in records_since]
        assert then[0] != "met"
        assert then[1] in {"met", "to_be_judged"}


def later(asked: Facts, as_of: str) -> Facts:
    """Return a case at a later day, without what had not happened on its own."""
    facts = dict(asked["facts"])
    start = date.fromisoformat(asked["as_of"])

    def past(entries: list[Facts]) -> list[Facts]:
        return [entry for entry in entries if possible_days(entry["date"], start)]

    for key in ("past_awards", "sanctions", "own_violations", "own_tax_or_credit_dishonesty"):
        facts[key] = past(facts.get(key, []))
    facts["records"] = {kind: past(entries) for kind, entries in facts["records"].items()}
    facts["applied_same_year_municipal"] = (
        facts["applied_same_year_municipal"] and as_of[:4] == asked["as_of"][:4]
    )
    return asked | {"as_of": as_of, "facts": facts}


@pytest.mark.parametrize(("jurisdiction", "track"), BOOKS)
def test_random_applicants_reach_every_side_of_every_criterion(
    jurisdiction: str, track: str
) -> None:
    """Among enough random applicants each hard criterion is met, unmet and unknown."""
    rng = Random(7)
    seen: dict[str, set[str]] = {}
    for _ in range(400):
        facts = applicants(rng, jurisdiction, track, "award", DAY, completeness=0.7)
        asked = {"jurisdiction": jurisdiction, "track": track, "as_of": DAY, "facts": facts}
        for identifier, finding in verdict(asked)["criteria"].items():
            seen.setdefault(identifier, set()).add(finding["status"])
    for identifier, statuses in seen.items():
        judged = identifier in JUDGED[jurisdiction, track]
        assert statuses <= STATUSES
        assert statuses >= ({"to_be_judged", "unmet"} if judged else {"met", "unmet", "unknown"})


@given(seed=st.integers(0, 10**9))
@settings(deadline=None, max_examples=100)
def test_a_complete_applicant_leaves_nothing_to_ask(seed: int) -> None:
    """Where everything is known and exact, only the office can leave a criterion open."""
    found_needs = {
        finding["needs"] for finding in verdict(random_case(seed, 1.0))["criteria"].values()
    }
    assert found_needs <= {None, "office"}
