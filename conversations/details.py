"""What is still to be asked about an event that was named, and about a date that is vague."""

from collections.abc import Iterator
from datetime import date

from conversations.applicant import PAST_AWARDS, SANCTIONS, Applicant
from conversations.model import DONT_KNOW
from rules.award import Criterion
from rules.catalog import catalog
from rules.compile import period_of
from rules.events import Period
from rules.model import Event, Facts, Finding, Needs, Status
from rules.spec import Ban, ForYears, WaitingPeriod


def detail_questions(
    applicant: Applicant, facts: Facts, criterion: Criterion, finding: Finding
) -> Iterator[str]:
    """Dates that are missing where they count, and whether there was another event.

    The latest event is asked for first. Another one matters unless the latest lies outside the
    period, or is what makes the criterion unmet.
    """
    period = period_of(criterion.rule)
    if period is None or finding.status is Status.NOT_APPLICABLE:
        return
    if any(
        gate.fact in finding.missing and applicant.answer(gate.fact) is None
        for gate in criterion.only_if
    ):
        return  # whether the criterion binds the applicant at all comes first
    for key, events in _by_kind(applicant, facts, criterion).items():
        entries = applicant.entries(key) or ()
        if len(entries) != len(events):
            continue  # the list of kinds is still being ticked
        # Where no period is named, or the event could not count anyway, its day does not matter.
        timed = period.cleared(applicant.as_of) is not None
        open_ = finding.status is Status.TO_BE_JUDGED
        undated = [
            index
            for index, entry in enumerate(entries)
            if timed and "date" not in entry and (open_ or events[index] in finding.evidence)
        ]
        yield from (f"{key}#{index}.date" for index in undated)
        if undated or not events or applicant.answer(f"{key}#more") is not None:
            continue
        latest = max(events, key=lambda event: event.when.last)
        stands = finding.status is Status.UNMET and latest in finding.evidence
        if not stands and not _is_over(latest, applicant.as_of, period):
            yield f"{key}#more"


def line_questions(
    applicant: Applicant, facts: Facts, criterion: Criterion, finding: Finding
) -> Iterator[str]:
    """Vague dates on which the finding hangs, unless the applicant could not tell."""
    if finding.needs is not Needs.PRECISION or finding.line is None:
        return
    said = finding.line.isoformat()
    if isinstance(criterion.rule, ForYears):
        question = f"{criterion.rule.fact}#line"
        if applicant.answer(question) != said:
            yield question
        return
    for key, events in _by_kind(applicant, facts, criterion).items():
        for index, event in enumerate(events):
            question = f"{key}#{index}.line"
            straddles = event.when.first <= finding.line < event.when.last
            known = (applicant.entries(key) or ())[index].get("date", DONT_KNOW) != DONT_KNOW
            asked = applicant.answer(question) == said
            if event in finding.evidence and straddles and known and not asked:
                yield question


def _by_kind(
    applicant: Applicant, facts: Facts, criterion: Criterion
) -> dict[str, tuple[Event, ...]]:
    """The events a criterion weighs, in the order in which they were told, by key."""
    found: dict[str, tuple[Event, ...]] = {}
    for name in criterion.facts:
        fact, _, kind = name.partition(".")
        if fact == "records" or fact in catalog().own_records:
            found[name] = facts.records.get(kind or name, ())
        elif fact in (PAST_AWARDS, SANCTIONS):
            decisions = (facts.past_awards if fact == PAST_AWARDS else facts.sanctions) or ()
            for own in _weighed(applicant, criterion):
                found[f"{fact}.{own}"] = tuple(e for e in decisions if e.kind == own)
    return found


def _weighed(applicant: Applicant, criterion: Criterion) -> tuple[str, ...]:
    """The tiers of awards, or the kinds of sanction, that a criterion weighs."""
    match criterion.rule:
        case WaitingPeriod(same_tier=True):
            return (applicant.rules.tier.value,)
        case WaitingPeriod(tiers=tiers):
            return tuple(tier.value for tier in tiers)
        case Ban(kinds=kinds):
            return kinds
        case _:
            return ()


def _is_over(event: Event, as_of: date, period: Period) -> bool:
    days = event.when.until(as_of)
    cleared = period.cleared(days.last) if days else as_of
    return cleared is not None and cleared <= as_of
