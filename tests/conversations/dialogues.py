"""Conversations as data: what is said, and what must be heard in answer.

A dialogue file holds ``title``, ``now``, a list of ``[[turn]]`` tables (``say``, ``press`` the
label of a choice shown, ``pick`` a day, a month or a year from the calendar shown, ``command``,
``unreadable`` a kind of message, or ``edited = true``; then ``hears`` and ``not_hears``, pieces of
the answer), and, where it ends in a verdict, the ``[case]`` that ``screen`` is given for the same
applicant. ``hears`` at the top is heard when the chat begins.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from conversations.model import Command, Edited, Event, Pressed, Reply, Said, Unreadable

FOLDER = Path(__file__).resolve().parent.parent / "dialogues"


@dataclass(frozen=True)
class Dialogue:
    """One conversation."""

    name: str
    now: datetime
    turns: tuple[dict[str, Any], ...]
    case: dict[str, Any] | None
    greeting: tuple[str, ...] = ()


def dialogues() -> list[Dialogue]:
    """All dialogues, in the order of their names."""
    return [read(path) for path in sorted(FOLDER.glob("*.toml"))]


def read(path: Path) -> Dialogue:
    """Read one dialogue file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    greeting = tuple(data.get("hears", ()))
    return Dialogue(path.stem, data["now"], tuple(data["turn"]), data.get("case"), greeting)


def event_of(turn: dict[str, Any], shown: tuple[Reply, ...]) -> Event:
    """What is said in a turn; ``press`` looks the label up among what was shown."""
    if "say" in turn:
        return Said(turn["say"])
    if "command" in turn:
        name, _, argument = turn["command"].partition(" ")
        return Command(name, argument)
    if "unreadable" in turn:
        return Unreadable(turn["unreadable"])
    if turn.get("edited"):
        return Edited()
    if "pick" in turn:
        calendars = [reply.day_token for reply in shown if reply.day_token is not None]
        assert calendars, "no calendar was shown"
        return Pressed(f"{calendars[-1]}:{turn['pick']}")
    found = [
        choice
        for reply in shown
        for choice in (*reply.choices, *reply.actions)
        if choice.label == turn["press"]
    ]
    assert found, f"no choice {turn['press']!r} was shown"
    return Pressed(found[-1].token)


def heard(replies: tuple[Reply, ...]) -> str:
    """All that can be read in some replies."""
    lines = []
    for reply in replies:
        lines.append(reply.text)
        lines += [f"{number}. {choice.label}" for number, choice in enumerate(reply.choices, 1)]
        lines += [f"{citation.label}：{citation.quote}" for citation in reply.citations]
    return "\n".join(lines)
