"""Applicants for Qingshanhu's award, and what is certain of them by the six rules compared.

The six: registered here; at least three years in operation; a certificate for at least two years;
a profit in each of the last two years; no considerable accident in three years; ten calendar
years since the award was last won.
"""

from random import Random
from typing import Any

from oracle.applicants import applicants
from oracle.law import verdict

Json = dict[str, Any]

AS_OF = "2026-11-20"
SIX = (
    "registered_in_area",
    "operating_3_years",
    "qms_certified_2_years",
    "profitable_2_years",
    "no_accidents_3_years",
    "waiting_period_10_years",
)
ACCIDENTS = (
    "quality_accident",
    "safety_accident",
    "pollution_accident",
    "public_health_accident",
    "food_safety_accident",
)


def told_in_full(count: int, seed: int) -> list[Json]:
    """Applicants of whom everything is known and every day exact, up to the day of filing."""
    rng = Random(seed)
    return [
        past(applicants(rng, "qingshanhu", "organisation", "award", AS_OF, completeness=1.0))
        for _ in range(count)
    ]


def past(facts: Json) -> Json:
    """The facts without what lies in the future, and without what only the office can settle."""
    records = {
        kind: [event for event in events if event["date"] <= AS_OF]
        for kind, events in facts["records"].items()
    }
    decided = {
        key: [event for event in facts[key] if event["date"] <= AS_OF]
        for key in ("past_awards", "sanctions")
    }
    return facts | decided | {"records": records | {"drug_safety_accident": []}}


def with_gaps(facts: Json, rng: Random, missing: float) -> Json:
    """The facts, each answer of which is left out with this probability."""

    def some(table: Json) -> Json:
        return {key: value for key, value in table.items() if rng.random() >= missing}

    records = some(facts["records"]) | {"drug_safety_accident": []}
    nested = {"records": records, "annual_results": some(facts["annual_results"])}
    return some({key: value for key, value in facts.items() if key not in nested}) | nested


def certain(facts: Json) -> bool | None:
    """Whether one may apply by the six rules, however what is missing turns out; None: it hangs."""
    criteria = verdict(case(facts))["criteria"]
    return together([criteria[name]["status"] for name in SIX])


def together(statuses: list[str]) -> bool | None:
    """What statuses come to: no if one is unmet, yes if all are met or do not bind, else open."""
    if "unmet" in statuses:
        return False
    return None if "unknown" in statuses else True


def case(facts: Json) -> Json:
    """The case of the screening contract."""
    return {
        "jurisdiction": "qingshanhu",
        "track": "organisation",
        "as_of": AS_OF,
        "facts": facts,
    }
