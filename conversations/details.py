"""What is still to be asked about an event that was named, and about a date that is vague."""

from collections.abc import Iterator
from datetime import date

from conversations.applicant import Applicant
from conversations.model import DONT_KNOW
from conversations.scope import PAST_AWARDS, SANCTIONS, Dated
from rules.award import Criterion
from rules.events import Period
from rules.model import Event, Facts, Finding, Status
from rules.spec import ForYears


def detail_questions(
    applicant: Applicant, facts: Facts, dated: Dated, finding: Finding
) -> Iterator[str]:
    """Dates that are missing where they count, and whether there was another event.

    The latest event is asked for first. Another one matters unless the latest lies outside the
    period, or is what makes the criterion unmet.
    """
    told = [(key, entries) for key in dated.keys if (entries := applicant.entries(key))]
    if not told or finding.status is Status.NOT_APPLICABLE:
        return
    if any(
        gate.fact in finding.missing and applicant.answer(gate.fact) is None
        for gate in dated.criterion.only_if
    ):
        return  # whether the criterion binds the applicant at all comes first
    for key, entries in told:
        events = _events(facts, key)
        if len(entries) != len(events):
            continue  # the list of kinds is still being ticked
        # Where no period is named, or the event could not count anyway, its day does not matter.
        open_ = finding.status is Status.TO_BE_JUDGED
        undated = [
            index
            for index, entry in enumerate(entries)
            if dated.timed and "date" not in entry and (open_ or events[index] in finding.evidence)
        ]
        yield from (f"{key}#{index}.date" for index in undated)
        if undated or applicant.answer(f"{key}#more") is not None:
            continue
        latest = max(events, key=lambda event: event.when.last)
        stands = finding.status is Status.UNMET and latest in finding.evidence
        if not stands and not _is_over(latest, applicant.as_of, dated.period):
            yield f"{key}#more"


def line_questions(
    applicant: Applicant,
    facts: Facts,
    criterion: Criterion,
    finding: Finding,
    keys: tuple[str, ...],
) -> Iterator[str]:
    """Vague dates on which the finding hangs, unless the applicant could not tell.

    ``keys`` are the kinds of event that the criterion weighs.
    """
    if finding.line is None:
        return
    said = finding.line.isoformat()
    if isinstance(criterion.rule, ForYears):
        question = f"{criterion.rule.fact}#line"
        if applicant.answer(question) != said:
            yield question
        return
    for key in keys:
        for index, event in enumerate(_events(facts, key)):
            question = f"{key}#{index}.line"
            straddles = event.when.first <= finding.line < event.when.last
            known = (applicant.entries(key) or ())[index].get("date", DONT_KNOW) != DONT_KNOW
            asked = applicant.answer(question) == said
            if event in finding.evidence and straddles and known and not asked:
                yield question


def _events(facts: Facts, key: str) -> tuple[Event, ...]:
    """The events of a kind, in the order in which they were told."""
    fact, _, kind = key.partition(".")
    if fact not in (PAST_AWARDS, SANCTIONS):
        return facts.records.get(kind or fact, ())
    decisions = (facts.past_awards if fact == PAST_AWARDS else facts.sanctions) or ()
    return tuple(event for event in decisions if event.kind == kind)


def _is_over(event: Event, as_of: date, period: Period) -> bool:
    days = event.when.until(as_of)
    cleared = period.cleared(days.last) if days else as_of
    return cleared is not None and cleared <= as_of
