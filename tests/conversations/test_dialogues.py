"""Whole conversations, as written in ``tests/dialogues``."""

import json
from typing import Any

import pytest
from dialogues import Dialogue, dialogues, event_of, heard

from conversations.model import Command, Reply, State
from conversations.step import step
from conversations.view import RESULT, view
from rules.cases import parse_case
from rules.evaluate import evaluate
from rules.model import Verdict


@pytest.mark.parametrize("dialogue", dialogues(), ids=lambda dialogue: dialogue.name)
def test_dialogue(dialogue: Dialogue) -> None:
    """What is heard in each turn is what the dialogue says, and the verdict is the contract's."""
    state, shown = step(State(), Command("start"), dialogue.now)
    assert all(piece in heard(shown) for piece in dialogue.greeting), heard(shown)
    remembered: tuple[Reply, ...] = shown
    for turn in dialogue.turns:
        event = event_of(turn, remembered)
        state, shown = step(state, event, dialogue.now)
        # Each turn could be the last before a restart: all that matters survives as JSON.
        state = State.from_json(json.loads(json.dumps(state.to_json())))
        remembered = (*remembered, *shown)
        text = heard(shown)
        for piece in turn.get("hears", []):
            assert piece in text, (turn, text)
        for piece in turn.get("not_hears", []):
            assert piece not in text, (turn, text)
    if dialogue.case is not None:
        assert state.screening is not None
        seen = view(state, state.screening, dialogue.now)
        assert seen.current == RESULT
        assert seen.agenda.verdict is not None
        assert standing(seen.agenda.verdict) == standing(screened(dialogue, dialogue.case))


def screened(dialogue: Dialogue, case: dict[str, Any]) -> Verdict:
    """The contract's verdict on a case."""
    parsed = parse_case(case, dialogue.now)
    return evaluate(parsed.rule_set, parsed.facts, parsed.as_of)


def standing(verdict: Verdict) -> tuple[object, ...]:
    """What a verdict comes to."""
    findings = [(finding.status, finding.met_from) for finding in verdict.findings]
    return verdict.outcome, verdict.eligible_from, findings
