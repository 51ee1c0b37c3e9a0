"""How cases worked by hand are written down: what a criterion comes to for given facts.

An award is written with a letter (Q Qingshanhu, L Lianyungang, C Changning, G Changning's gold,
J Ji'an, Z Qinzhou) and o or i, for an organisation or an individual. What is unmet is so until
a day, or "never" mends.
"""

from typing import Any

Facts = dict[str, Any]
Row = tuple[str, Facts, str]  # as_of, facts, and the status with met_from or needs
Table = dict[str, list[Row]]  # by award and criterion

NAMES = {
    "Q": "qingshanhu",
    "L": "lianyungang",
    "C": "changning",
    "G": "changning",
    "J": "jian",
    "Z": "qinzhou",
}
KINDS = ("quality", "safety", "pollution", "public_health", "food_safety", "drug_safety")
DAY = "2026-11-20"


def case(award: str, as_of: str, facts: Facts) -> Facts:
    """Return the input object of a row."""
    return {
        "jurisdiction": NAMES[award[0]],
        "track": "organisation" if award[1] == "o" else "individual",
        "tier": "gold" if award[0] == "G" else "award",
        "as_of": as_of,
        "facts": facts,
    }


def has(kind: str, *dates: str, **more: Any) -> Facts:  # noqa: ANN401 - JSON
    """Return facts with records of one kind."""
    return {"records": {kind: [{"date": day, **more} for day in dates]}}


def accidents(**kinds: list[Facts] | None) -> Facts:
    """Return facts with some accidents, and none of every other kind; None leaves a kind out."""
    told = {each: kinds.get(each, []) for each in KINDS}
    return {"records": {f"{each}_accident": told[each] for each in KINDS if told[each] is not None}}


def won(where: str, tier: str, day: str) -> Facts:
    """Return facts with one award won."""
    return {"past_awards": [{"jurisdiction": where, "tier": tier, "date": day}]}


def punished(where: str, kind: str, day: str) -> Facts:
    """Return facts with one sanction."""
    return {"sanctions": [{"jurisdiction": where, "kind": kind, "date": day}]}
