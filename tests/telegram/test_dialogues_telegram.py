"""The dialogues on Telegram: the real program as a process, its database, what a user sees."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from dialogues import Dialogue, Talk, all_dialogues, event_of
from held import FOLLOWING, Held, follower, held, report_heard
from nursery import Nursery
from surroundings import announced, prepared, told
from visitor import Seen, Visitor, labelled, sending

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
from conversations.view import RESULT, view
from rules.cases import parse_case
from rules.evaluate import evaluate
from rules.model import Verdict

DIALOGUES = {dialogue.name: dialogue for dialogue in all_dialogues()}
PLAIN = {name: dialogue for name, dialogue in DIALOGUES.items() if dialogue.plain}
# Each by polling or by webhook; some by both, some on PostgreSQL.
BY_BOTH = {"jian_individual", "detours", "double_tap"}
BY_POLLING = {"changning_gold", "english", "lianyungang_ineligible", "privacy", *BY_BOTH}
SETTINGS = [
    *(("polling", "sqlite", name) for name in sorted(BY_POLLING)),
    *(("webhook", "sqlite", name) for name in PLAIN if name not in BY_POLLING - BY_BOTH),
    ("polling", "postgresql", "qinzhou_eligible"),
    ("webhook", "postgresql", "english"),
]
# Those with rounds, officers or the passing of time: each with a program of its own.
POLLED = {"officer_announce", "officer_mistakes", "own_date", "plan_jian", "rounds_lianyungang"}
HOOKED = DIALOGUES.keys() - PLAIN - POLLED | {"officer_announce", "own_date", "plan_jian"}
OWN_SETTINGS = [
    *(("polling", "sqlite", name) for name in sorted(POLLED)),
    *(("webhook", "postgresql", name) for name in sorted(HOOKED)),
]

Offices = Callable[[str, str, datetime], Held]


@pytest.fixture(scope="module")
def offices(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    """Gives the program by polling or webhook, on a kind of database, at a moment."""
    with ExitStack() as stack:

        @cache
        def office(mode: str, database: str, moment: datetime) -> Held:
            folder = tmp_path_factory.mktemp("office")
            return stack.enter_context(held(nursery, folder, mode, database, moment))

        yield office


@pytest.mark.parametrize(("mode", "database", "name"), SETTINGS)
def test_dialogue_on_telegram(offices: Offices, mode: str, database: str, name: str) -> None:
    """Each turn is heard, and what is kept is what the conversation by itself comes to."""
    dialogue = DIALOGUES[name]
    play(dialogue, offices(mode, database, dialogue.now))


@pytest.mark.parametrize(("mode", "database", "name"), OWN_SETTINGS)
def test_dialogue_with_dates_on_telegram(
    nursery: Nursery, tmp_path: Path, mode: str, database: str, name: str
) -> None:
    """So it is with rounds that were announced, with officers, and when time passes."""
    dialogue = DIALOGUES[name]
    with held(nursery, tmp_path, mode, database, dialogue.now) as there:
        play(dialogue, there, by_link=mode == "webhook")


def test_dialogues_at_once(offices: Offices) -> None:
    """Those of one moment, all at the same time, do not disturb each other."""
    moment = DIALOGUES["english"].now
    together = [dialogue for dialogue in PLAIN.values() if dialogue.now == moment]
    there = offices("webhook", "sqlite", moment)
    with ThreadPoolExecutor() as pool:
        playing = [pool.submit(play, dialogue, there) for dialogue in together]
    assert len([done.result() for done in playing]) > 4


def play(dialogue: Dialogue, there: Held, *, by_link: bool = False) -> None:
    """Hold a dialogue, turn by turn, beside the conversation by itself.

    ``by_link``: officers become officers by a link, not by a command.
    """
    codes = prepared(there.url, dialogue)
    talk = Talk(replace(dialogue.house, officer_of=frozenset()), dialogue.now, codes)
    visitor = there.office.visitor()
    follows = follower(there, dialogue.name) if dialogue.name in FOLLOWING else None
    talk.hear(Command("start"))
    seen = visitor.say("/start")
    check({"hears": dialogue.greeting}, seen)
    joining = ({"command": f"start staff_{code}" if by_link else f"staff {code}"} for code in codes)
    for turn in (*joining, *dialogue.turns):
        if "wait" in turn:
            seen = there.later(talk, turn["wait"], visitor)
        else:
            event = event_of(turn, talk.shown)
            seen = act(visitor, turn, event)
            talk.turn(turn)
        check(turn, seen)
        assert visitor.rows.state(visitor.chat.id) == talk.state, turn
        if "does" in turn:
            assert follows is not None, "nobody would hear of it"
            follows.hears(talk)
            if turn["does"] == "Broadcast":
                report_heard(there, talk, visitor)
            kept = [told(each) for each in announced(there.url)]
            assert sorted(kept) == sorted(told(each) for each in talk.house.rounds)
    assert talk.house.officer_of == dialogue.house.officer_of
    if dialogue.case is not None:
        assert seen.new
        check_verdict(dialogue, dialogue.case, talk.state, seen)


def check(turn: dict[str, Any], seen: Seen) -> None:
    """What is heard in a turn is what it says; the names of files can be read, too."""
    text = "\n".join([seen.text, *(message.file.name for message in seen.new if message.file)])
    for piece in turn.get("hears", []):
        assert piece in text, (turn, text)
    for piece in turn.get("not_hears", []):
        assert piece not in text, (turn, text)


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
            if button.data != token:  # an older one that is still there; this one is not any more
                message, _ = sending(visitor.chat, token)
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
