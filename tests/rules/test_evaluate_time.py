"""From the day that is named on, time has mended what it can; on the day before it has not."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from oracle.days import bounds
from random_cases import Json, found, random_case

SEEDS = st.integers(0, 10**9)
ONE_DAY = timedelta(days=1)
FOR_THE_OFFICE = {"status": "unknown", "met_from": None, "needs": "office"}
EVENTS = ("past_awards", "sanctions", "own_violations", "own_tax_or_credit_dishonesty")


def later(case: Json, as_of: str) -> Json:
    """Return the case at a later day, if nothing else happens and no year goes badly.

    What the case puts after its own day has not happened; it does not happen now either.
    """

    def past(events: list[Json]) -> list[Json]:
        return [event for event in events if event["date"] <= case["as_of"]]

    facts = dict(case["facts"])
    facts |= {key: past(facts[key]) for key in EVENTS if key in facts}
    facts["records"] = {kind: past(events) for kind, events in facts["records"].items()}
    facts["applied_same_year_municipal"] &= as_of[:4] == case["as_of"][:4]
    if "annual_results" in facts:
        good = {str(year): "profit" for year in range(int(case["as_of"][:4]), int(as_of[:4]))}
        facts["annual_results"] = facts["annual_results"] | good
    return case | {"as_of": as_of, "facts": facts}


def day_before(day: str) -> str:
    """Return the day before."""
    return (date.fromisoformat(day) - ONE_DAY).isoformat()


def some_days(first: str, last: str, seed: int) -> list[str]:
    """Return both days, if there are any, and one between them."""
    low, high = date.fromisoformat(first), date.fromisoformat(last)
    between = low + timedelta(days=seed % ((high - low).days + 1))
    return [first, between.isoformat(), last]


@given(seed=SEEDS)
@settings(deadline=None, max_examples=250)
def test_each_shortfall_is_mended_on_its_day_and_not_before(seed: int) -> None:
    """On its met_from a criterion no longer stands in the way; until the day before it does.

    Where a record of an unnamed kind outlasts the others, the office is asked in between.
    """
    case = random_case(seed, 1.0)
    for criterion, finding in found(case)["criteria"].items():
        if finding["met_from"] is None:
            continue
        day = finding["met_from"]
        for before in some_days(case["as_of"], day_before(day), seed):
            then = found(later(case, before))["criteria"][criterion]
            assert then in (finding, FOR_THE_OFFICE), (criterion, before)
        then = found(later(case, day))["criteria"][criterion]
        assert then["status"] in {"met", "to_be_judged"}, criterion


@given(seed=SEEDS)
@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.filter_too_much])
def test_one_may_apply_from_the_day_that_is_named_and_not_before(seed: int) -> None:
    """On eligible_from what was unmet is mended; on the day before some of it is not."""
    case = random_case(seed, 1.0)
    result = found(case)
    assume(result["outcome"] == "not_yet")
    day = result["eligible_from"]
    unmet = {name for name, each in result["criteria"].items() if each["status"] == "unmet"}
    then, before = found(later(case, day)), found(later(case, day_before(day)))
    assert {then["criteria"][name]["status"] for name in unmet} <= {"met", "to_be_judged"}
    assert {before["criteria"][name]["status"] for name in unmet} & {"unmet", "unknown"}
    if then["in_force"] and FOR_THE_OFFICE not in then["criteria"].values():
        assert (then["outcome"], then["eligible_from"]) == ("eligible", day)
    assert before["outcome"] != "eligible"


@given(seed=SEEDS)
@settings(deadline=None, max_examples=250)
def test_of_the_days_that_are_possible_the_latest_counts(seed: int) -> None:
    """With dates known in part, met_from is what it is if each is the latest possible day."""
    case = blurred(random_case(seed, 1.0), seed)
    vague, sharp = found(case)["criteria"], found(latest(case))["criteria"]
    for criterion, finding in vague.items():
        if finding["status"] == "unmet":
            assert sharp[criterion] == finding, criterion


@given(seed=SEEDS)
@settings(deadline=None, max_examples=250)
def test_precision_is_asked_for_only_where_the_day_decides(seed: int) -> None:
    """Where more precision is needed, the earliest and the latest days come to different ends."""
    case = blurred(random_case(seed, 1.0), seed)
    first = found(earliest(case))["criteria"]
    last = found(latest(case))["criteria"]
    for criterion, finding in found(case)["criteria"].items():
        if finding["needs"] == "precision":
            assert first[criterion]["status"] != last[criterion]["status"], criterion


def blurred(case: Json, seed: int) -> Json:
    """Return the case with every exact day told as its year, its month, or within bounds."""
    rng = Random(seed)

    def blur(day: str) -> str:
        near = timedelta(days=rng.randrange(200))
        low = max(date.fromisoformat(day) - near, date(1900, 1, 1)).isoformat()
        high = (date.fromisoformat(day) + near).isoformat()
        return rng.choice((day, day[:4], day[:7], f"[{low}..{high}]", f"[{low}..]"))

    return dated(case, blur)


def earliest(case: Json) -> Json:
    """Return the case with every date the earliest day that it can be."""
    return dated(case, lambda text: bounds(text)[0].isoformat())


def latest(case: Json) -> Json:
    """Return the case with every date the latest day that it can be, which is no day to come."""
    as_of = date.fromisoformat(case["as_of"])

    def last(text: str) -> str:
        low, high = bounds(text)
        return max(low, min(high, as_of)).isoformat()

    return dated(case, last)


def dated(case: Json, change: Callable[[str], str]) -> Json:
    """Return the case with every date in it changed."""

    def redated(events: list[Json]) -> list[Json]:
        return [event | {"date": change(event["date"])} for event in events]

    facts = dict(case["facts"])
    for key, value in facts.items():
        if key.endswith("_since") and value != "none":
            facts[key] = change(value)
        elif key in EVENTS:
            facts[key] = redated(value)
    facts["records"] = {kind: redated(events) for kind, events in facts["records"].items()}
    return case | {"facts": facts}
