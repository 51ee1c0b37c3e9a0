"""The dialogues through a pipe: the program's own processes, database and plain text.

Where time passes in a dialogue the program ends, and is started again at the later moment.
"""

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dialogues import Dialogue, Talk, all_dialogues, lines_of
from surroundings import announced, prepared, told
from terminals import Terminal, beginning

from bot.platforms.plain import event_of
from conversations.language import language
from conversations.model import Command
from conversations.report import headline
from rules.cases import parse_case
from rules.evaluate import evaluate

DIALOGUES = {dialogue.name: dialogue for dialogue in all_dialogues()}
NOBODY = "群发完成：现在还没有人关注这个奖"
"""There is nobody else at a terminal."""

Turns = Sequence[tuple[dict[str, Any], Sequence[str]]]
"""Turns of a dialogue, each with the lines that are typed in it."""


def hold(terminal: Terminal, talk: Talk, opening: dict[str, Any], turns: Turns) -> str:
    """Have a process hold a part of a dialogue, which begins with what is heard at its start.

    What is kept then is what ``talk`` has come to. Gives what was said last.
    """
    first, *answers = terminal.talk(talk.now, [line for _, lines in turns for line in lines])
    check(opening, first)
    last = first
    for turn, lines in turns:
        if lines:
            last, answers = "".join(answers[: len(lines)]), answers[len(lines) :]
            check(turn, last)
            assert turn.get("does") != "Broadcast" or NOBODY in last
    assert terminal.state() == talk.state
    kept = [told(each) for each in announced(terminal.url)]
    assert sorted(kept) == sorted(told(each) for each in talk.house.rounds)
    return last


@pytest.fixture(scope="module")
def server() -> Iterator[subprocess.Popen[str]]:
    """Begins processes of the program at once."""
    with beginning() as server:
        yield server


@pytest.fixture
def terminal(server: subprocess.Popen[str], tmp_path: Path) -> Terminal:
    """A terminal at which nobody has ever talked."""
    return Terminal(server, tmp_path)


@pytest.mark.parametrize("name", DIALOGUES)
def test_piped_dialogue(terminal: Terminal, name: str) -> None:
    """Each turn is heard, and what is kept is what the conversation by itself comes to."""
    last = play(DIALOGUES[name], terminal)
    if DIALOGUES[name].case is not None:
        assert verdict_of(DIALOGUES[name]) in last


def play(dialogue: Dialogue, terminal: Terminal) -> str:
    """Hold a dialogue, as far as it can be typed; gives what was said last."""
    codes = prepared(terminal.url, dialogue)
    nobody = replace(dialogue.house, officer_of=frozenset())
    talk = Talk(nobody, dialogue.now, codes)
    talk.hear(Command("start"))
    opening: dict[str, Any] = {"hears": dialogue.greeting}
    turns: list[tuple[dict[str, Any], list[str]]] = []
    for turn in (*({"command": f"staff {code}"} for code in codes), *dialogue.turns):
        if "wait" in turn:
            hold(terminal, talk, opening, turns)
            opening, turns = turn, []
            if not talk.wait(turn["wait"]):
                talk.hear(Command("resume"))
            continue
        lines = lines_of(talk, turn)
        for line in lines:
            event = event_of(line)
            assert event is not None
            talk.hear(event)
        turns.append((turn, lines))
    assert talk.house.officer_of == dialogue.house.officer_of
    return hold(terminal, talk, opening, turns)


def check(turn: dict[str, Any], text: str) -> None:
    """What is heard in a turn is what it says."""
    for piece in turn.get("hears", []):
        assert piece in text, (turn, text)
    for piece in turn.get("not_hears", []):
        assert piece not in text, (turn, text)


def verdict_of(dialogue: Dialogue) -> str:
    """The verdict that ``screen`` gives for the applicant of a dialogue, in a line."""
    assert dialogue.case is not None
    case = parse_case(dialogue.case, dialogue.now)
    return headline(language("zh_Hans"), evaluate(case.rule_set, case.facts, case.as_of))


def test_every_award_has_a_dialogue() -> None:
    """Each of the five awards is talked about to the end."""
    awards = {each.case["jurisdiction"] for each in DIALOGUES.values() if each.case}
    assert awards == {"qingshanhu", "lianyungang", "changning", "jian", "qinzhou"}


def test_a_conversation_in_pieces_is_the_same(terminal: Terminal) -> None:
    """Leaving after every line and coming back loses nothing."""
    dialogue = DIALOGUES["qinzhou_eligible"]
    talk = Talk(dialogue.house, dialogue.now)
    talk.hear(Command("start"))
    said = ""
    for seconds, turn in enumerate(dialogue.turns):
        for line in lines_of(talk, turn):
            said = terminal.talk(dialogue.now + timedelta(seconds=seconds), [line])[-1]
        talk.turn(turn)
    assert verdict_of(dialogue) in said


def test_a_reminder_is_told_after_the_next_line(terminal: Terminal) -> None:
    """Whoever leaves the terminal open hears what fell due meanwhile behind the next answer."""
    begun, due = map(datetime.fromisoformat, ("2026-11-20T12:00+08:00", "2026-12-01T09:00+08:00"))
    lines = ["提醒我12月15日内审", "谢谢", "谢谢"]
    _, noted, answer, after = terminal.talk(begun, lines, [begun, due, due])
    assert "记下了：2026年12月15日（周二） 内审" in noted
    assert answer.index("不客气") < answer.index("⏰ 还有14天\n内审")
    assert "⏰" not in after
    assert "⏰" not in terminal.talk(due, [])[0]
