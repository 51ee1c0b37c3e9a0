"""The dialogues through a pipe: the program's own process, database and plain text."""

import subprocess
import sys
from pathlib import Path

import pytest
from dialogues import Dialogue, dialogues

from conversations.language import language
from conversations.report import headline
from rules.cases import parse_case
from rules.evaluate import evaluate

SCRIPT = Path(__file__).with_name("timed_chat.py")


def typed(dialogue: Dialogue) -> str:
    """The dialogue as lines of input: buttons by their labels, commands with their slash."""
    lines = (
        turn.get("say") or turn.get("press") or f"/{turn['command']}" for turn in dialogue.turns
    )
    return "".join(f"{line}\n" for line in lines)


def chat(url: str, dialogue: Dialogue, lines: str) -> str:
    """What the program prints in answer to some lines."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), url, dialogue.now.isoformat()],
        input=lines,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "Traceback" not in done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "dialogue",
    [dialogue for dialogue in dialogues() if dialogue.case is not None],
    ids=lambda dialogue: dialogue.name,
)
def test_piped_dialogue_ends_in_the_verdict_of_screen(dialogue: Dialogue, file: Path) -> None:
    """The verdict at the end of the conversation is the one `screen` gives for the same facts."""
    assert dialogue.case is not None
    printed = chat(f"sqlite:///{file}", dialogue, typed(dialogue))
    case = parse_case(dialogue.case, dialogue.now)
    verdict = evaluate(case.rule_set, case.facts, case.as_of)
    assert headline(language("zh_Hans"), verdict) in printed.rpartition("结论：")[2]
    for turn in dialogue.turns:
        for piece in turn.get("hears", []):
            assert piece in printed


def test_every_award_has_a_dialogue() -> None:
    """Each of the five awards is talked about to the end."""
    awards = {dialogue.case["jurisdiction"] for dialogue in dialogues() if dialogue.case}
    assert awards == {"qingshanhu", "lianyungang", "changning", "jian", "qinzhou"}


def test_a_conversation_in_pieces_is_the_same(file: Path) -> None:
    """Leaving after every line and coming back loses nothing."""
    dialogue = next(d for d in dialogues() if d.name == "qinzhou_eligible")
    url = f"sqlite:///{file}"
    printed = [chat(url, dialogue, f"{line}\n") for line in typed(dialogue).splitlines()]
    assert "结论：按您说的情况，可以申报" in printed[-1]
