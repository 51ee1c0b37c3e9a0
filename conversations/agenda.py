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

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from conversations.applicant import Applicant, only_track, path_of, setup, submission_day
from conversations.details import detail_questions, line_questions
from conversations.model import DONT_KNOW, Answers, Screening
from conversations.scope import group_kinds
from knowledge.load import awards as award_ids
from rules.award import Award
from rules.catalog import catalog
from rules.evaluate import evaluate
from rules.load import load_award
from rules.model import Facts, Needs, Outcome, Status, Tier, Verdict
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
    return worked_out(json.dumps(screening.answers), today)


# What one step leaves is what the next one of that chat finds; an entry takes about 8 KB.
@lru_cache(maxsize=2048)
def worked_out(kept: str, today: date) -> Agenda:
    """The agenda of answers that are written as JSON."""
    answers = json.loads(kept)
    start = tuple(_open_setup(answers, today))
    applicant = setup(answers, today)
    done = tuple(_done(answers, today, applicant))
    if start or applicant is None:
        return Agenda(start, done, applicant)
    facts = applicant.facts()
    verdict = evaluate(applicant.rules, facts, applicant.as_of)
    quick = answers["mode"] == "quick"
    if quick and verdict.outcome is Outcome.INELIGIBLE:
        return Agenda((), done, applicant, facts, verdict)
    questions = _ordered(applicant, facts, verdict)
    asked = f"{applicant.judgement_slot}#done" in answers
    if applicant.scope.judged and not quick and not asked:
        questions = (*questions, JUDGEMENT)
    return Agenda(questions, done, applicant, facts, verdict)


def question_of(path: str, applicant: Applicant) -> str:
    """The question that asks for what is missing at a path of the facts."""
    key, _, rest = path.partition("[")
    if rest:
        index, _, attribute = rest.partition("].")
        return f"{key}#{index}.{attribute}"
    if key.startswith("annual_results."):
        # Year by year once the applicant has begun to answer so.
        return "annual_results" if applicant.answer("annual_results") is None else key
    return _askers().get(key, key.partition(".")[0])


@lru_cache(maxsize=1)
def _askers() -> dict[str, str]:
    """The group question that asks for a kind of event, or for all kinds of a fact."""
    askers: dict[str, str] = {}
    for question, (fact, kinds) in group_kinds().items():
        for key in (fact, *(f"{fact}.{kind}" for kind in kinds)):
            askers.setdefault(key, question)
    return askers


def _open_setup(answers: Answers, today: date) -> Iterator[str]:
    day = submission_day(answers.get("day"), today)
    award = _award(answers, day)
    if award is None:
        yield "award"
    if award is None or (only_track(award) is None and answers.get("track") not in award.tracks):
        yield "track"
    elif (tiers := _tiers(award, answers)) and answers.get("tier") not in tiers:
        yield "tier"
    if day is None:
        yield "day"
    if answers.get("mode") not in ("quick", "full"):
        yield "mode"


def _award(answers: Answers, day: date | None) -> Award | None:
    return load_award(answers["award"], day) if answers.get("award") in award_ids() else None


def _tiers(award: Award, answers: Answers) -> tuple[Tier, ...]:
    """The tiers among which one has to be named; none where it makes no difference."""
    chosen = (track for track in award.tracks if track == answers.get("track"))
    track = only_track(award) or next(chosen, None)
    return award.tiers(track) if track is not None and award.tier_matters(track) else ()


def _ordered(applicant: Applicant, facts: Facts, verdict: Verdict) -> tuple[str, ...]:
    """The open questions about facts.

    Details of an event that was just named come first, vague dates last. In between, topics are
    in the order of the catalog, and within a topic a question that can settle the whole verdict
    by itself comes before the others.
    """
    decisive = _missing(applicant, verdict)
    details: dict[str, None] = {}
    lines: dict[str, None] = {}
    scope = applicant.scope
    for criterion, dated, finding in zip(
        scope.rules.criteria, scope.dated, verdict.findings, strict=True
    ):
        if dated is not None:
            details |= dict.fromkeys(detail_questions(applicant, facts, dated, finding))
        if finding.needs is Needs.PRECISION:
            keys = dated.keys if dated is not None else ()
            lines |= dict.fromkeys(line_questions(applicant, facts, criterion, finding, keys))
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


def _missing(applicant: Applicant, verdict: Verdict) -> dict[str, bool]:
    """The questions whose answers are missing, and whether one of them could settle it all."""
    paths: dict[str, bool] = {}
    for criterion, finding in zip(applicant.rules.criteria, verdict.findings, strict=True):
        if finding.missing and finding.status in (Status.UNKNOWN, Status.UNMET):
            settles = isinstance(criterion.rule, DECISIVE)
            for path in finding.missing:
                paths[path] = paths.get(path, False) or settles
    decisive: dict[str, bool] = {}
    for path, settles in paths.items():
        question = question_of(path, applicant)
        if question in decisive or not _is_settled(applicant, question, path):
            decisive[question] = decisive.get(question, False) or settles
    return decisive


def _is_settled(applicant: Applicant, question: str, path: str) -> bool:
    """Whether what is missing has been asked: "I don't know" is an answer."""
    if "#" in question:
        key, index, attribute = path_of(question)
        return attribute in (applicant.entries(key) or ())[index]
    if path.startswith("annual_results."):
        said = applicant.answer("annual_results")
        return said == DONT_KNOW or path.rpartition(".")[2] in (said or {})
    if question in applicant.scope.kinds:
        return _all_told(question, applicant)
    return applicant.answer(question) is not None


def _all_told(question: str, applicant: Applicant) -> bool:
    """Whether every kind that a group question asks about has been answered."""
    scope, answers = applicant.scope, applicant.answers
    return all(scope.slots[key] in answers for key in scope.kinds[question])


@lru_cache(maxsize=512)
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


def _done(answers: Answers, today: date, applicant: Applicant | None) -> Iterator[str]:
    """The questions answered so far, in the order first answered; details count with their own."""
    owners = applicant.scope.owners if applicant is not None else {}
    seen: set[str] = set()
    for slot, value in answers.items():
        question = slot if slot in SETUP else owners.get(slot, "")
        if not question or question in seen:
            continue
        if question == "tier":
            # Named for one award, it may mean nothing for another.
            award = _award(answers, submission_day(answers.get("day"), today))
            done = award is not None and value in _tiers(award, answers)
        else:
            done = _is_done(question, applicant)
        if done:
            seen.add(question)
            yield question


def _is_done(question: str, applicant: Applicant | None) -> bool:
    if applicant is None or question not in applicant.scope.kinds:
        return True
    return bool(applicant.scope.kinds[question]) and _all_told(question, applicant)
