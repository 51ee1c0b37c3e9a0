"""The dialogues on Telegram: the real program as a process, its database, what a user sees."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from dialogues import Dialogue, dialogues, event_of
from nursery import Nursery
from office import Office, opened
from talks import timeless
from visitor import Seen, Visitor, labelled

from conversations.language import language
from conversations.model import (
    Command,
    Edited,
    Event,
    Pressed,
    Said,
    State,
    Unreadable,
)
from conversations.report import headline
from conversations.step import step
from conversations.view import RESULT, view
from rules.cases import parse_case
from rules.evaluate import evaluate
from rules.model import Verdict

DIALOGUES = {dialogue.name: dialogue for dialogue in dialogues()}
# Each by polling or by webhook; some by both, some on PostgreSQL.
BY_BOTH = {"jian_individual", "detours", "double_tap"}
BY_POLLING = {"changning_gold", "english", "lianyungang_ineligible", "privacy", *BY_BOTH}
SETTINGS = [
    *(("polling", "sqlite", name) for name in sorted(BY_POLLING)),
    *(("webhook", "sqlite", name) for name in DIALOGUES if name not in BY_POLLING - BY_BOTH),
    ("polling", "postgresql", "qinzhou_eligible"),
    ("webhook", "postgresql", "english"),
]

Offices = Callable[[str, str, str], Office]


@pytest.fixture(scope="module")
def offices(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    """Gives the program by polling or webhook, on a kind of database, at a moment."""
    with ExitStack() as stack:

        @cache
        def office(mode: str, database: str, moment: str) -> Office:
            folder: Path = tmp_path_factory.mktemp("office")
            running = opened(nursery, folder, mode=mode, database=database, moment=moment)
            return stack.enter_context(running)

        yield office


@pytest.mark.parametrize(("mode", "database", "name"), SETTINGS)
def test_dialogue_on_telegram(offices: Offices, mode: str, database: str, name: str) -> None:
    """Each turn is heard, and what is kept is what the conversation by itself comes to."""
    dialogue = DIALOGUES[name]
    play(dialogue, offices(mode, database, dialogue.now.isoformat()).visitor())


def test_dialogues_at_once(offices: Offices) -> None:
    """Those of one moment, all at the same time, do not disturb each other."""
    moment = DIALOGUES["english"].now
    together = [dialogue for dialogue in DIALOGUES.values() if dialogue.now == moment]
    office = offices("webhook", "sqlite", moment.isoformat())
    with ThreadPoolExecutor() as pool:
        playing = [pool.submit(play, dialogue, office.visitor()) for dialogue in together]
    assert len([done.result() for done in playing]) > 4


def play(dialogue: Dialogue, visitor: Visitor) -> None:
    """Hold a dialogue, turn by turn, beside the conversation by itself."""
    state, told = step(State(), Command("start"), dialogue.now)
    seen = visitor.say("/start")
    assert all(piece in seen.text for piece in dialogue.greeting)
    for turn in dialogue.turns:
        event = event_of(turn, told)
        seen = act(visitor, turn, event)
        for piece in turn.get("hears", []):
            assert piece in seen.text, (turn, seen.text)
        for piece in turn.get("not_hears", []):
            assert piece not in seen.text, (turn, seen.text)
        state, replies = step(state, event, dialogue.now)
        told = (*told, *replies)
        assert timeless(visitor.rows.state(visitor.chat.id)) == timeless(state), turn
    if dialogue.case is not None:
        assert seen.new
        check_verdict(dialogue, dialogue.case, state, seen)


def act(visitor: Visitor, turn: dict[str, Any], event: Event) -> Seen:
    """Do on Telegram what a turn says; it means ``event``."""
    match event:
        case Said(text=text):
            return visitor.say(text)
        case Command():
            return visitor.say(f"/{turn['command']}")
        case Unreadable(kind=kind):
            return visitor.send("dice" if kind == "other" else kind)
        case Edited():
            return visitor.edit("又想了想")
        case Pressed(token=token) if "pick" in turn:
            return visitor.pick(token.removesuffix(f":{turn['pick']}"), turn["pick"])
        case Pressed(token=token):
            message, button = labelled(visitor.chat, turn["press"])
            assert button.data == token
            return visitor.press(message, token)
    raise ValueError(f"nothing like {event} happens in a private chat")


def check_verdict(dialogue: Dialogue, case: dict[str, Any], state: State, seen: Seen) -> None:
    """The verdict that is seen, and the one that is kept, are those of ``screen``."""
    parsed = parse_case(case, dialogue.now)
    verdict = evaluate(parsed.rule_set, parsed.facts, parsed.as_of)
    assert headline(language(state.locale), verdict) in seen.text
    assert state.screening is not None
    reached = view(state, state.screening, dialogue.now)
    assert reached.current == RESULT
    assert reached.agenda.verdict is not None
    assert standing(reached.agenda.verdict) == standing(verdict)


def standing(verdict: Verdict) -> tuple[object, ...]:
    """What a verdict comes to."""
    findings = [(finding.status, finding.met_from) for finding in verdict.findings]
    return verdict.outcome, verdict.eligible_from, findings
