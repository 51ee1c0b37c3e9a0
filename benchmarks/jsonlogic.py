"""The six rules for json-logic-qubit, as one rule over the facts as they come.

Dates are compared as ISO strings. JsonLogic cannot reckon with dates, nor see anything but the
record at hand within a list, so the day's limits are worked out beforehand and stand in the rule.
"""

from typing import Any

from json_logic import jsonLogic

from benchmarks.sample import ACCIDENTS, Json

Rule = dict[str, Any]

YEARS_AGO = {2: "2024-11-20", 3: "2023-11-20"}
FIRST_YEAR_THAT_BARS = "2016-01-01"
LAST_YEARS = ("2025", "2024")


def var(name: str) -> Rule:
    """The value of a fact."""
    return {"var": name}


SERIOUS = {"in": [var("severity"), ["considerable", "major", "extraordinary"]]}
RECENT_ACCIDENT = {"and": [SERIOUS, {">=": [var("date"), YEARS_AGO[3]]}]}
WON_HERE_LATELY = {
    "and": [
        {"==": [var("jurisdiction"), "qingshanhu"]},
        {"==": [var("tier"), "award"]},
        {">=": [var("date"), FIRST_YEAR_THAT_BARS]},
    ]
}
MAY_APPLY: Rule = {
    "and": [
        var("registered_in_area"),
        {"<=": [var("operating_since"), YEARS_AGO[3]]},
        {"<=": [var("qms_certified_since"), YEARS_AGO[2]]},
        {
            "or": [
                var("nonprofit"),
                {"and": [{"==": [var(f"annual_results.{y}"), "profit"]} for y in LAST_YEARS]},
            ]
        },
        {"none": [{"merge": [var(f"records.{kind}") for kind in ACCIDENTS]}, RECENT_ACCIDENT]},
        {"none": [var("past_awards"), WON_HERE_LATELY]},
    ]
}
NEEDED = [
    "registered_in_area",
    "operating_since",
    "qms_certified_since",
    "nonprofit",
    *(f"annual_results.{year}" for year in LAST_YEARS),
    *(f"records.{kind}" for kind in ACCIDENTS),
    "past_awards",
]
# The language's own way to mind gaps: no answer at all unless every fact is there.
MAY_APPLY_IF_ALL_IS_TOLD: Rule = {"if": [{"missing": NEEDED}, "unknown", MAY_APPLY]}


def may_apply(facts: Json) -> bool:
    """The plain rule's answer."""
    return bool(jsonLogic(MAY_APPLY, facts))


def each_rule(facts: Json) -> list[bool]:
    """How each of the six stands, as a verdict says it: the plain rule stops at the first no."""
    return [bool(answer) for answer in jsonLogic(MAY_APPLY["and"], facts)]


def may_apply_if_all_is_told(facts: Json) -> bool | None:
    """The guarded rule's answer; None where it gives none."""
    answer = jsonLogic(MAY_APPLY_IF_ALL_IS_TOLD, facts)
    return None if answer == "unknown" else bool(answer)
