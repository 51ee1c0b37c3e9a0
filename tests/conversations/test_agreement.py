"""The chat and the screening contract: the same answers, the same verdict."""

import os
import random
from datetime import UTC, date, datetime
from typing import Any

import pytest
from oracle.applicants import applicants, tiers
from oracle.law import BOOKS
from talkative import Applicant

from conversations.applicant import relevant_kinds
from conversations.model import Command, Pressed, Said
from conversations.scope import group_kinds
from conversations.view import RESULT
from rules.award import RuleSet
from rules.cases import parse_case
from rules.evaluate import evaluate
from rules.model import Status, Verdict

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = date(2026, 11, 20)
# Questions that one applicant could be asked at the most; more means going round in circles.
MOST_QUESTIONS = 200
# Applicants per award and track; `make agreement` talks to a thousand each.
APPLICANTS = int(os.environ.get("APPLICANTS", "60"))
QUICK = max(APPLICANTS // 3, 20)
DETOURS = ("back", "why", "result", "full")


def random_case(rng: random.Random, jurisdiction: str, track: str) -> dict[str, Any]:
    """A case that can be told in a chat: a question about many kinds is answered as a whole."""
    tier = str(rng.choice(list(tiers(jurisdiction, track))))
    completeness = rng.choice([1.0, 0.97, 0.85])
    facts = applicants(rng, jurisdiction, track, tier, TODAY.isoformat(), completeness=completeness)
    return {
        "jurisdiction": jurisdiction,
        "track": track,
        "tier": tier,
        "as_of": TODAY.isoformat(),
        "facts": facts,
    }


def as_told(applicant: Applicant) -> dict[str, Any]:
    """The case as it can be told: where one kind of a question is unknown, all are."""
    case = applicant.case
    seen = applicant.seen()
    facts = dict(case["facts"])
    records = dict(facts.get("records", {}))
    for question, (fact, _) in group_kinds().items():
        if fact != "records":
            continue
        keys = [key.partition(".")[2] for key in relevant_kinds(seen.applicant, question)]
        if any(key not in records for key in keys):
            for key in keys:
                records.pop(key, None)
    return {**case, "facts": {**facts, "records": records}}


def standing(rules: RuleSet, verdict: Verdict) -> dict[str, Any]:
    """What a verdict says, criterion by criterion.

    What cannot matter is not asked, so that a condition may be met without it being known
    whether it binds the applicant at all: met and not applicable count as the same here.
    """
    free = (Status.MET, Status.NOT_APPLICABLE)
    return {
        "outcome": verdict.outcome,
        "eligible_from": verdict.eligible_from,
        **{
            criterion.id: "free"
            if finding.status in free
            else (finding.status, finding.met_from, finding.needs)
            for criterion, finding in zip(rules.criteria, verdict.findings, strict=True)
        },
    }


def screened(case: dict[str, Any]) -> tuple[RuleSet, Verdict]:
    """The verdict of the screening contract."""
    parsed = parse_case(case, NOW)
    return parsed.rule_set, evaluate(parsed.rule_set, parsed.facts, parsed.as_of)


def hold_conversation(applicant: Applicant, mode: str, *, detours: bool) -> None:
    """Answer until the result is there, wandering about on the way."""
    applicant.say(Command("start", applicant.case["jurisdiction"]))
    for _ in range(MOST_QUESTIONS):
        seen = applicant.seen()
        if seen.current == RESULT and seen.agenda.verdict is not None:
            return
        if seen.current == "mode":
            applicant.say(Pressed(f"a{seen.screening.id}:mode:{mode}"))
            continue
        if detours and applicant.rng.random() < 0.25:
            wander(applicant)
            continue
        applicant.answer()
    pytest.fail(f"still asking {applicant.seen().current}")


def wander(applicant: Applicant) -> None:
    """Go back, ask why, look at the result, jump to another question, say something strange."""
    seen = applicant.seen()
    roads = [*seen.agenda.open, *seen.agenda.done]
    strange = ["嗯……让我想想", "为什么", "2月30日", "不是2019年", "帮助", "天气真好"]
    if seen.agenda.verdict is not None and roads and applicant.rng.random() < 0.5:
        question = applicant.rng.choice(roads)
        if question not in ("award", "track", "tier", "day", "mode"):
            applicant.say(Pressed(f"c{seen.screening.id}:{question}"))
    elif applicant.rng.random() < 0.5:
        applicant.say(Command(applicant.rng.choice(DETOURS)))
        if applicant.state.focus in ("award", "track", "tier", "day", "mode"):
            applicant.say(Command("continue"))
    else:
        applicant.say(Said(applicant.rng.choice(strange)))


@pytest.mark.parametrize(("jurisdiction", "track"), sorted(BOOKS))
@pytest.mark.parametrize("detours", [False, True], ids=["straight", "wandering"])
def test_chat_and_screen_agree(jurisdiction: str, track: str, *, detours: bool) -> None:
    """Whatever the order and the detours, the full conversation ends in the contract's verdict."""
    rng = random.Random(f"{jurisdiction} {track} {detours}")
    for _ in range(APPLICANTS // 2):
        applicant = Applicant(random_case(rng, jurisdiction, track), rng, NOW)
        hold_conversation(applicant, "full", detours=detours)
        seen = applicant.seen()
        rules, verdict = screened(as_told(applicant))
        assert seen.agenda.verdict is not None
        told = seen.applicant.facts_json()
        expected = standing(rules, verdict)
        found = standing(seen.applicant.rules, seen.agenda.verdict)
        different = {
            key: (found[key], expected[key]) for key in found if found[key] != expected[key]
        }
        assert not different, (different, applicant.case["facts"], told)


@pytest.mark.parametrize(("jurisdiction", "track"), sorted(BOOKS))
def test_quick_conclusion_is_that_of_the_full_conversation(jurisdiction: str, track: str) -> None:
    """Stopping as soon as the verdict is certain never changes what it comes to."""
    rng = random.Random(f"quick {jurisdiction} {track}")
    for _ in range(QUICK):
        case = random_case(rng, jurisdiction, track)
        # A quick conversation does not ask about matters of judgement.
        case["facts"].pop("does_not_hold", None)
        applicant = Applicant(case, rng, NOW)
        hold_conversation(applicant, "quick", detours=False)
        quick = applicant.seen().agenda.verdict
        _, verdict = screened(as_told(applicant))
        assert quick is not None
        assert (quick.outcome, quick.eligible_from) == (verdict.outcome, verdict.eligible_from)
