"""Random ways in which what a case leaves open could turn out."""

from datetime import date, timedelta
from random import Random
from typing import Any

from oracle.applicants import Draw, Facts, applicants, spiteful_day
from oracle.conditions import ACCIDENTS, LEVELS, SEVERITIES
from oracle.days import add_years, first_day, last_day


def completions(case: Facts, rng: Random, count: int) -> list[Facts]:
    """Return random cases that agree with this one and leave nothing unknown or imprecise."""
    return [completion(case, rng) for _ in range(count)]


def completion(case: Facts, rng: Random) -> Facts:
    """Return one such case."""
    as_of, facts = case["as_of"], case.get("facts", {})
    where, track, tier = case["jurisdiction"], case["track"], case.get("tier", "award")
    full = applicants(rng, where, track, tier, as_of, completeness=1.0)
    full.pop("does_not_hold", None)
    exact = {
        key: exactly(value, key, date.fromisoformat(as_of), rng) for key, value in facts.items()
    }
    merged = full | exact
    for key in ("records", "annual_results"):
        if key in full:
            merged[key] = full[key] | exact.get(key, {})
    return case | {"facts": merged}


def exactly(value: Any, key: str, as_of: date, rng: Random) -> Any:  # noqa: ANN401 - JSON
    """Return a fact as told, with each partial date a day and each record filled in."""
    if key.endswith("_since") and value != "none":
        return some_day(value, as_of, rng)
    if key == "records":
        return {kind: [filled(one, kind, as_of, rng) for one in value[kind]] for kind in value}
    if key in {"past_awards", "sanctions"}:
        return [one | {"date": some_day(one["date"], as_of, rng)} for one in value]
    if key.startswith("own_"):
        return [filled(one, key, as_of, rng) for one in value]
    return value


def filled(told: Facts, kind: str, as_of: date, rng: Random) -> Facts:
    """Return a record with a day and with every value that its kind has."""
    every: Facts = {"severity": rng.choice(SEVERITIES)}
    if kind in ACCIDENTS:
        every["deaths"] = rng.choice((0, 1, 3))
    if kind == "failed_inspection":
        every["level"] = rng.choice(LEVELS)
    return every | told | {"date": some_day(told["date"], as_of, rng)}


def some_day(text: str, as_of: date, rng: Random) -> str:
    """Return a possible day, near a line or anywhere; a date wholly after `as_of` is kept."""
    left, right = text[1:-1].split("..") if text.startswith("[") else (text, text)
    high = min(last_day(right) if right else as_of, as_of)
    low = first_day(left) if left else add_years(high, -30)
    if low > high:
        return text
    nearby = [low, high, low + timedelta(days=rng.randrange((high - low).days + 1))]
    near = spiteful_day(Draw(rng, as_of, 0.0, 0.0, 0.0))
    return rng.choice([*nearby, near] if low <= near <= high else nearby).isoformat()
