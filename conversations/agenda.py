"""What is still to be asked, and in which order.

A question is open if its answer could change a finding: the evaluator names the facts that are
missing, so that what cannot matter is never asked. Question ids are

- ``award``, ``track``, ``tier``, ``day``, ``mode``: what is being asked about at all;
- a fact's key, or a group of kinds of event (``accidents``);
- ``KIND#0.date`` (severity, deaths, level): a detail of an event; ``KIND#more``: another one?
- ``annual_results.2025``: one year's result;
- ``FACT#line``, ``KIND#0.line``: on which side of the line a vague date lies, asked only where
  the verdict hangs on it;
- ``judgement``: matters of judgement that clearly do not hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from conversations.applicant import (
    PAST_AWARDS,
    SANCTIONS,
    Applicant,
    group_kinds,
    kind_key,
    kinds_of,
    only_track,
    path_of,
    relevant_kinds,
    setup,
    submission_day,
)
from conversations.details import detail_questions, line_questions
from conversations.model import DONT_KNOW, Screening
from knowledge.load import awards as award_ids
from rules.catalog import catalog
from rules.evaluate import evaluate
from rules.load import load_award
from rules.model import Facts, Outcome, Status, Verdict
from rules.spec import AtLeast, InPlace, IsTrue, OneOf

SETUP = ("award", "track", "tier", "day", "mode")
JUDGEMENT = "judgement"
DECISIVE = (IsTrue, OneOf, AtLeast, InPlace)


@dataclass(frozen=True, slots=True)
class Agenda:
    """Where a screening stands: open questions in order, answered ones, and what they come to."""

    open: tuple[str, ...]
    done: tuple[str, ...]
    applicant: Applicant | None = None
    facts: Facts | None = None
    verdict: Verdict | None = None

    @property
    def progress(self) -> tuple[int, int]:
        """How many questions are done, and about how many there are."""
        done = len([question for question in self.done if question not in SETUP])
        return done, done + len(self.open)


def agenda(screening: Screening, today: date) -> Agenda:
    """Work out the agenda of a screening on ``today``."""
    start = tuple(_open_setup(screening, today))
    applicant = setup(screening, today)
    done = tuple(_done(screening, applicant))
    if start or applicant is None:
        return Agenda(start, done, applicant)
    facts = applicant.facts()
    verdict = evaluate(applicant.rules, facts, applicant.as_of)
    quick = screening.answers["mode"] == "quick"
    if quick and verdict.outcome is Outcome.INELIGIBLE:
        return Agenda((), done, applicant, facts, verdict)
    questions = _ordered(applicant, facts, verdict)
    asked = f"{applicant.judgement_slot}#done" in screening.answers
    if applicant.rules.judged and not quick and not asked:
        questions = (*questions, JUDGEMENT)
    return Agenda(questions, done, applicant, facts, verdict)


def question_of(path: str, applicant: Applicant) -> str:
    """The question that asks for what is missing at a path of the facts."""
    key = path.partition("[")[0]
    if "[" in path:
        index, _, attribute = path.partition("[")[2].partition("].")
        return f"{key}#{index}.{attribute}"
    fact, _, kind = key.partition(".")
    if fact == "annual_results":
        # Year by year once the applicant has begun to answer so.
        return fact if applicant.answer(fact) is None else key
    for question, (owner, kinds) in group_kinds().items():
        if owner == fact and (kind in kinds or not kind):
            return question
    return fact


def _open_setup(screening: Screening, today: date) -> Iterator[str]:
    answers = screening.answers
    known = answers.get("award") in award_ids()
    day = submission_day(answers.get("day"), today)
    award = load_award(answers["award"], day) if known else None
    if award is None:
        yield "award"
    if award is None or (only_track(award) is None and answers.get("track") not in award.tracks):
        yield "track"
    elif award is not None:
        track = only_track(award) or next(t for t in award.tracks if t == answers["track"])
        if award.tier_matters(track) and answers.get("tier") not in award.tiers(track):
            yield "tier"
    if day is None:
        yield "day"
    if answers.get("mode") not in ("quick", "full"):
        yield "mode"


def _ordered(applicant: Applicant, facts: Facts, verdict: Verdict) -> tuple[str, ...]:
    """The open questions about facts.

    Details of an event that was just named come first, vague dates last. In between, topics are
    in the order of the catalog, and within a topic a question that can settle the whole verdict
    by itself comes before the others.
    """
    decisive: dict[str, bool] = {}
    details: dict[str, None] = {}
    lines: dict[str, None] = {}
    for criterion, finding in zip(applicant.rules.criteria, verdict.findings, strict=True):
        details |= dict.fromkeys(detail_questions(applicant, facts, criterion, finding))
        lines |= dict.fromkeys(line_questions(applicant, facts, criterion, finding))
        if finding.status not in (Status.UNKNOWN, Status.UNMET):
            continue
        for path in finding.missing:
            question = question_of(path, applicant)
            if not _is_settled(applicant, question, path):
                settles = isinstance(criterion.rule, DECISIVE)
                decisive[question] = decisive.get(question, False) or settles
    details |= dict.fromkeys(question for question in decisive if "#" in question)
    plain = [question for question in decisive if "#" not in question]
    plain.sort(key=lambda question: _rank(question, decisive=decisive[question]))
    # One event after another, its date first: it decides whether the rest matters.
    kinds = list(dict.fromkeys(question.partition("#")[0] for question in details))
    told = sorted(
        details,
        key=lambda q: (kinds.index(q.partition("#")[0]), "#more" in q, ".date" not in q),
    )
    return (*told, *plain, *lines)


def _is_settled(applicant: Applicant, question: str, path: str) -> bool:
    """Whether what is missing has been asked: "I don't know" is an answer."""
    if "#" in question:
        key, index, attribute = path_of(question)
        return attribute in (applicant.entries(key) or ())[index]
    if path.startswith("annual_results."):
        said = applicant.answer("annual_results")
        return said == DONT_KNOW or path.rpartition(".")[2] in (said or {})
    if question in group_kinds():
        slots = [applicant.slot(key) for key in relevant_kinds(applicant, question)]
        return all(slot in applicant.screening.answers for slot in slots)
    return applicant.answer(question) is not None


def _rank(question: str, *, decisive: bool) -> tuple[int, bool, int, str]:
    key = question.partition(".")[0]
    fact, _ = group_kinds().get(key, (key, ()))
    known = catalog()
    topic = list(known.topics).index(known.facts[fact].topic)
    return topic, not decisive, _places()[key], question


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    """The place of each question in the catalog."""
    places: dict[str, int] = {}
    for key, spec in catalog().facts.items():
        for question in [group.key for group in spec.groups] or [key]:
            places[question] = len(places)
    return places


def _done(screening: Screening, applicant: Applicant | None) -> Iterator[str]:
    """The questions answered so far, in the order first answered; details count with their own."""
    owners: dict[str, str] = {}
    if applicant is not None:
        for question, (fact, kinds) in group_kinds().items():
            own = kinds_of(applicant.award, fact) if fact in (PAST_AWARDS, SANCTIONS) else kinds
            owners |= {applicant.slot(kind_key(fact, kind)): question for kind in own}
        owners |= {applicant.slot(key): key for key in catalog().facts if key not in group_kinds()}
        owners[f"{applicant.judgement_slot}#done"] = JUDGEMENT
    seen: set[str] = set()
    for slot in screening.answers:
        question = slot if slot in SETUP else owners.get(slot, "")
        if question and question not in seen and _is_done(question, screening,
                                                                      applicant):  # fmt: skip
            seen.add(question)
            yield question


def _is_done(question: str, screening: Screening, applicant: Applicant | None) -> bool:
    if question in SETUP or applicant is None or question not in group_kinds():
        return True
    slots = [applicant.slot(key) for key in relevant_kinds(applicant, question)]
    return bool(slots) and all(slot in screening.answers for slot in slots)
