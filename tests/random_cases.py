"""Random cases for every award, track and tier, and the program's verdict in the contract's words.

A verdict has the form of the oracle's, so that the two can be compared.
"""

from datetime import UTC, date, datetime
from random import Random
from typing import Any

from oracle.applicants import applicants, tiers
from oracle.law import BOOKS

from rules.cases import Case, parse_case
from rules.evaluate import evaluate

Json = dict[str, Any]
Seat = tuple[str, str, str]

# Every award, track and tier that there is.
SEATS: list[Seat] = [(award, track, tier) for award, track in BOOKS for tier in tiers(award, track)]
# Days of filing: ordinary, ends of February and of years, and days out of force.
DAYS = (
    "2026-11-20",
    "2024-02-29",
    "2027-02-28",
    "2028-02-29",
    "2027-03-01",
    "2027-01-01",
    "2026-12-31",
    "2028-11-14",
    "2028-11-15",
    "2021-04-25",
)
NOW = datetime(2026, 11, 20, tzinfo=UTC)


def random_case(seed: int, completeness: float, seat: Seat | None = None) -> Json:
    """Return a case drawn by a seed, in any seat or in the one named; 1.0 tells everything."""
    rng = Random(seed)
    award, track, tier = seat or rng.choice(SEATS)
    as_of = rng.choice(DAYS)
    facts = applicants(rng, award, track, tier, as_of, completeness=completeness)
    named = {"jurisdiction": award, "track": track, "tier": tier, "as_of": as_of}
    return named | {"facts": facts}


def parsed(case: Json) -> Case:
    """Return a case as the program reads it."""
    return parse_case(case, NOW)


def found(case: Json) -> Json:
    """Return the program's verdict."""
    read = parsed(case)
    verdict = evaluate(read.rule_set, read.facts, read.as_of)
    return {
        "outcome": verdict.outcome.value,
        "eligible_from": written(verdict.eligible_from),
        "in_force": verdict.in_force,
        "criteria": {
            criterion.id: {
                "status": finding.status.value,
                "met_from": written(finding.met_from),
                "needs": finding.needs.value if finding.needs else None,
            }
            for criterion, finding in zip(read.rule_set.criteria, verdict.findings, strict=True)
        },
    }


def written(day: date | None) -> str | None:
    """Return a day as the contract writes it."""
    return day.isoformat() if day else None
