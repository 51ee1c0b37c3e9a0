"""Whole conversations, as written in ``tests/dialogues``."""

from typing import Any

import pytest
from dialogues import Dialogue, Talk, all_dialogues, heard

from conversations.model import Command
from conversations.view import RESULT, view
from rules.cases import parse_case
from rules.evaluate import evaluate
from rules.model import Verdict


@pytest.mark.parametrize("dialogue", all_dialogues(), ids=lambda dialogue: dialogue.name)
def test_dialogue(dialogue: Dialogue) -> None:
    """What is heard in each turn is what the dialogue says, and the verdict is the contract's."""
    talk = Talk(dialogue.house, dialogue.now)
    shown = talk.hear(Command("start"))
    assert all(piece in heard(shown) for piece in dialogue.greeting), heard(shown)
    for turn in dialogue.turns:
        text = heard(talk.turn(turn))
        for piece in turn.get("hears", []):
            assert piece in text, (turn, text)
        for piece in turn.get("not_hears", []):
            assert piece not in text, (turn, text)
    if dialogue.case is not None:
        assert talk.state.screening is not None
        seen = view(talk.state, talk.state.screening, talk.now)
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
