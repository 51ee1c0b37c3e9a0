"""From when one may apply again, after an award that was won or a sanction.

The days are those of the award's own criteria, judged for somebody of whom nothing else is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from conversations.scope import PAST_AWARDS, SANCTIONS
from rules.award import Award, Criterion, RuleSet
from rules.catalog import catalog
from rules.evaluate import evaluate
from rules.model import Event, Facts, Status, Tier, Track
from rules.periods import Interval
from rules.spec import Ban, WaitingPeriod


@dataclass(frozen=True, slots=True)
class Wait:
    """From when somebody may apply for some tiers again, and by which criteria.

    ``first`` and ``last`` differ where the day of the event is not known exactly; without
    ``criteria`` there is no waiting.
    """

    tiers: tuple[Tier, ...]
    criteria: tuple[Criterion, ...]
    first: date | None
    last: date | None


def events(award: Award) -> Iterator[tuple[str, str]]:
    """What can have happened: a prize won or a sanction, each with its label."""
    for tier, name in award.spec.tier_names.items():
        yield f"{PAST_AWARDS}.{tier.value}", name
    for option in catalog().facts[SANCTIONS].kinds:
        yield f"{SANCTIONS}.{option.value}", option.label


def waits(award: Award, track: Track, event: str, when: Interval) -> tuple[Wait, ...]:
    """From when one may apply again after an event, by tier; tiers that stand alike together."""
    found: dict[tuple[object, ...], Wait] = {}
    for tier in award.tiers(track):
        rules = award.rule_sets[track, tier]
        early = _cleared(rules, event, when.first)
        late = _cleared(rules, event, when.last)
        criteria = tuple(criterion for criterion, _ in late)
        first = max((day for _, day in early), default=None)
        last = max((day for _, day in late), default=None)
        key = (tuple(criterion.id for criterion in criteria), first, last)
        tiers = (*found[key].tiers, tier) if key in found else (tier,)
        found[key] = Wait(tiers, criteria, first, last)
    return tuple(found.values())


def _cleared(rules: RuleSet, event: str, day: date) -> list[tuple[Criterion, date]]:
    """The criteria that an event of this day stands against, with the day from which it doesn't."""
    verdict = evaluate(rules, happened(rules.award, event, Interval(day, day)), day)
    return [
        (criterion, finding.met_from)
        for criterion, finding in zip(rules.criteria, verdict.findings, strict=True)
        if isinstance(criterion.rule, WaitingPeriod | Ban)
        and finding.status is Status.UNMET
        and finding.met_from is not None
    ]


def happened(award: str, event: str, when: Interval) -> Facts:
    """One event, and that there was no other."""
    fact, _, kind = event.partition(".")
    happened = (Event(kind, when, jurisdiction=award),)
    return Facts(
        past_awards=happened if fact == PAST_AWARDS else (),
        sanctions=happened if fact == SANCTIONS else (),
    )


def latest(found: tuple[Wait, ...]) -> date | None:
    """The day from which nothing of it stands in the way any more."""
    return max((wait.last for wait in found if wait.last is not None), default=None)
