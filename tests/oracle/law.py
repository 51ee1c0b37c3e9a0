"""The oracle's verdict on one case."""

from collections.abc import Callable
from datetime import date
from typing import Any

from oracle import changning, jian, lianyungang, qingshanhu, qinzhou
from oracle.conditions import Case, Rules
from oracle.worlds import weigh

BOOKS: dict[tuple[str, str], Callable[[Case], Rules]] = {
    ("qingshanhu", "organisation"): qingshanhu.organisation,
    ("qingshanhu", "individual"): qingshanhu.individual,
    ("lianyungang", "organisation"): lianyungang.organisation,
    ("lianyungang", "individual"): lianyungang.individual,
    ("changning", "organisation"): changning.organisation,
    ("changning", "individual"): changning.individual,
    ("jian", "organisation"): jian.organisation,
    ("jian", "individual"): jian.individual,
    ("qinzhou", "organisation"): qinzhou.organisation,
}

# First and last day in force; Qinzhou's text names no day.
IN_FORCE = {
    "qingshanhu": (date(2022, 5, 18), date.max),
    "lianyungang": (date(2021, 4, 26), date.max),
    "changning": (date(2023, 11, 15), date(2028, 11, 14)),
    "jian": (date(2023, 2, 5), date.max),
    "qinzhou": (date.min, date.max),
}


def verdict(case: dict[str, Any], *, every: bool = False) -> dict[str, Any]:
    """Return outcome, eligible_from, in_force and criteria of one valid input object.

    `as_of` has to be given. With `every`, all days of a partial date are tried, not only those
    on which something could turn.
    """
    as_of = date.fromisoformat(case["as_of"])
    facts = case.get("facts", {})
    told = Case(case["jurisdiction"], case.get("tier", "award"), as_of, facts, every)
    rules = BOOKS[told.jurisdiction, case["track"]](told)
    found = {identifier: weigh(rule, as_of) for identifier, rule in rules.items()}
    first, last = IN_FORCE[told.jurisdiction]
    in_force = first <= as_of <= last
    outcome = sum_up(list(found.values())) if in_force else "undetermined"
    return {
        "outcome": outcome,
        "eligible_from": from_when(outcome, list(found.values()), case["as_of"]),
        "in_force": in_force,
        "criteria": found,
    }


def sum_up(found: list[dict[str, str | None]]) -> str:
    """Return the outcome of a regulation in force."""
    unmet = [finding for finding in found if finding["status"] == "unmet"]
    if any(finding["met_from"] is None for finding in unmet):
        return "ineligible"
    if unmet:
        return "not_yet"
    if any(finding["status"] == "unknown" for finding in found):
        return "undetermined"
    return "eligible"


def from_when(outcome: str, found: list[dict[str, str | None]], as_of: str) -> str | None:
    """Return the day from which the applicant may apply, where there is one."""
    if outcome == "eligible":
        return as_of
    if outcome != "not_yet":
        return None
    return max(finding["met_from"] for finding in found if finding["met_from"] is not None)
