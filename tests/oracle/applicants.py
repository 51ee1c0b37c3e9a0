"""Random applicants: plausible, incomplete, and spiteful about days."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from oracle.conditions import ACCIDENTS, LEVELS, SEVERITIES
from oracle.days import add_years, month_length
from oracle.judged import JUDGED

KINDS = (
    *ACCIDENTS,
    "quality_complaint",
    "quality_claim",
    "failed_inspection",
    "labour_dishonesty",
    "tax_dishonesty",
    "financial_dishonesty",
    "serious_dishonesty",
    "export_rejection",
    "other_violation",
)
SANCTIONS = ("false_materials", "fraudulent_award", "post_award_incident")
OTHERS = ("shenzhen", "qingshanhu", "lianyungang", "changning", "jian", "qinzhou")
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draw:
    """What one random applicant is drawn by; the last three are probabilities."""

    rng: Random
    as_of: date
    missing: float
    blurred: float
    trouble: float

    def happens(self, probability: float) -> bool:
        """Say whether a thing of this probability happens."""
        return self.rng.random() < probability


def tiers(jurisdiction: str, track: str) -> tuple[str, ...]:
    """Return the tiers that an award has for a track."""
    if jurisdiction == "changning":
        return ("award", "gold")
    if (jurisdiction, track) == ("qingshanhu", "individual"):
        return ("award",)
    return ("award", "nomination")


def applicants(  # noqa: PLR0913 - five name the case, the last says how much of it is told
    rng: Random,
    jurisdiction: str,
    track: str,
    tier: str,
    as_of: str,
    *,
    completeness: float = 0.7,
) -> Facts:
    """Return the facts of a random applicant; all known and exact where completeness is 1."""
    draw = Draw(
        rng,
        date.fromisoformat(as_of),
        missing=(1 - completeness) * rng.choice((0.0, 0.3, 1.0)),
        blurred=min(1.0, (1 - completeness) * rng.choice((0.0, 1.0, 2.0))),
        trouble=rng.choice((0.0, 0.05, 0.2, 0.5)),
    )
    own = organisation(draw) if track == "organisation" else individual(draw)
    facts = own | {
        "exporter": draw.happens(0.5),
        "safety_standardisation_level": "none"
        if draw.happens(draw.trouble)
        else rng.choice((1, 2, 3)),
        "applied_same_year_municipal": draw.happens(draw.trouble),
        "records": {kind: records(draw, kind) for kind in KINDS if not draw.happens(draw.missing)},
        "past_awards": past_awards(draw, jurisdiction, track, tier),
        "sanctions": sanctions(draw, jurisdiction),
    }
    kept = {key: value for key, value in facts.items() if not draw.happens(draw.missing)}
    if draw.happens(draw.trouble / 2):
        kept["does_not_hold"] = [rng.choice(JUDGED[jurisdiction, track])]
    return kept


def organisation(draw: Draw) -> Facts:
    """Return the facts that only an organisation has."""
    rng, bad = draw.rng, draw.trouble
    facts: Facts = {
        key: not draw.happens(bad / 4)
        for key in (
            "registered_in_area",
            "legal_person",
            "operating_continuously",
            "policy_compliant",
            "has_registered_trademark",
            "quality_staff_ratio_rising",
            "chief_quality_officer",
        )
    }
    years = range(draw.as_of.year - 4, draw.as_of.year)
    return facts | {
        "operating_since": start(draw),
        "nonprofit": draw.happens(0.2),
        "qms_certified_since": "none" if draw.happens(bad / 4) else start(draw),
        "excellence_model_since": "none" if draw.happens(bad / 4) else start(draw),
        "annual_results": {str(y): result(draw) for y in years if not draw.happens(draw.missing)},
        "invention_patents": 0 if draw.happens(bad) else rng.randrange(1, 40),
        "supervision_colour": rng.choice(("yellow", "orange", "red"))
        if draw.happens(bad)
        else "green",
    }


def individual(draw: Draw) -> Facts:
    """Return the facts that only a person has."""
    return {
        "quality_work_since": start(draw),
        "quality_work_in_area_since": "none" if draw.happens(draw.trouble / 4) else start(draw),
        "is_head_of_organisation": draw.happens(0.6),
        "own_violations": records(draw, "own_violations"),
        "own_tax_or_credit_dishonesty": records(draw, "own_tax_or_credit_dishonesty"),
    }


def result(draw: Draw) -> str:
    """Return a year's result."""
    bad = ("break_even", "loss", "policy_loss")
    return draw.rng.choice(bad) if draw.happens(draw.trouble) else "profit"


def spiteful_day(draw: Draw) -> date:
    """Return a day up to `as_of` on or beside an anniversary, a leap day or a year's end."""
    rng, back = draw.rng, draw.rng.randrange(12)
    year = draw.as_of.year - back
    leap_year = year - year % 4
    day = rng.choice(
        (
            add_years(draw.as_of, -back),
            add_years(draw.as_of, -back) + timedelta(days=rng.choice((-1, 1))),
            date(year, 1, 1),
            date(year, 12, 31),
            date(leap_year, 2, month_length(leap_year, 2)),
            date(year, 3, 1),
            draw.as_of - timedelta(days=rng.randrange(4000)),
        )
    )
    return min(day, draw.as_of)


def start(draw: Draw) -> str:
    """Return when something began: mostly long ago, at times near a line."""
    if draw.happens(0.15 + draw.trouble):
        return written(draw, spiteful_day(draw))
    return written(draw, draw.as_of - timedelta(days=draw.rng.randrange(4400, 9000)))


def happened(draw: Draw) -> str:
    """Return when something happened: near a line, at times after `as_of`."""
    if draw.happens(0.05):
        return written(draw, draw.as_of + timedelta(days=draw.rng.randrange(1, 500)))
    return written(draw, spiteful_day(draw))


def written(draw: Draw, day: date) -> str:
    """Return a day as it is told: exactly, or as one of the forms of a partial date."""
    if not draw.happens(draw.blurred):
        return day.isoformat()
    widths = (0, 1, 2, 40, 400)
    low = day - timedelta(days=draw.rng.choice(widths))
    high = day + timedelta(days=draw.rng.choice(widths))
    first = low.isoformat()[: draw.rng.choice((4, 7, 10, 10))]
    last = high.isoformat()[: draw.rng.choice((4, 7, 10, 10))]
    return draw.rng.choice(
        (
            day.isoformat()[:4],
            day.isoformat()[:7],
            f"[{first}..{last}]",
            f"[{first}..{last}]",
            f"[..{last}]",
            f"[{first}..]",
        )
    )


def records(draw: Draw, kind: str) -> list[Facts]:
    """Return the records of a kind; most have none."""
    if not draw.happens(draw.trouble):
        return []
    return [record(draw, kind) for _ in range(draw.rng.choice((1, 1, 2, 3)))]


def record(draw: Draw, kind: str) -> Facts:
    """Return one record of a kind."""
    rng = draw.rng
    each: Facts = {"date": happened(draw), "severity": rng.choice(SEVERITIES)}
    if kind in ACCIDENTS:
        each["deaths"] = rng.choice((0, 0, 1, 3))
    if kind == "failed_inspection":
        each["level"] = rng.choice(LEVELS)
    return {key: each[key] for key in each if key == "date" or not draw.happens(draw.missing)}


def past_awards(draw: Draw, jurisdiction: str, track: str, tier: str) -> list[Facts]:
    """Return awards won, here and elsewhere."""
    if not draw.happens(2 * draw.trouble):
        return []
    won = []
    for _ in range(draw.rng.choice((1, 1, 2))):
        where = draw.rng.choice((jurisdiction, jurisdiction, *OTHERS))
        here = (tier, *tiers(jurisdiction, track))
        which = draw.rng.choice(here if where == jurisdiction else ("award",))
        won.append({"jurisdiction": where, "tier": which, "date": happened(draw)})
    return won


def sanctions(draw: Draw, jurisdiction: str) -> list[Facts]:
    """Return sanctions, of here and elsewhere."""
    if not draw.happens(2 * draw.trouble):
        return []
    return [
        {
            "jurisdiction": draw.rng.choice((jurisdiction, jurisdiction, *OTHERS)),
            "kind": draw.rng.choice(SANCTIONS),
            "date": happened(draw),
        }
        for _ in range(draw.rng.choice((1, 1, 2)))
    ]
