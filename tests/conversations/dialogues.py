"""Conversations as data: what is said, and what must be heard in answer.

A dialogue file holds ``title``, ``now``, a list of ``[[turn]]`` tables (``say``, ``press`` the
label of a choice shown, ``pick`` a day, a month or a year from the calendar shown, ``command``,
``unreadable`` a kind of message, or ``edited = true``; then ``hears`` and ``not_hears``, pieces of
the answer), and, where it ends in a verdict, the ``[case]`` that ``screen`` is given for the same
applicant. ``hears`` at the top is heard when the chat begins.

``[[round]]`` tables are the rounds that the offices have announced, ``officer_of`` the awards for
which whoever speaks is an officer. With ``wait`` a turn lets time pass up to a moment, and hears
the reminder that has fallen due; with ``does`` it names the order that its answer gives, such as
``Publish``: that is carried out. Such a dialogue is not ``plain``: others would disturb it.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from conversations.due import due
from conversations.model import (
    Command,
    Correct,
    Edited,
    Event,
    House,
    Pressed,
    Publish,
    Redeem,
    Reply,
    Said,
    State,
    Unreadable,
)
from conversations.reminders import reminder, settled
from conversations.step import step
from rules.load import load_award
from rules.rounds import Milestone, Round

FOLDER = Path(__file__).resolve().parent.parent / "dialogues"


@dataclass(frozen=True)
class Dialogue:
    """One conversation."""

    name: str
    now: datetime
    turns: tuple[dict[str, Any], ...]
    case: dict[str, Any] | None
    greeting: tuple[str, ...] = ()
    house: House = field(default_factory=House)

    @property
    def plain(self) -> bool:
        """Whether it needs neither rounds nor officers nor the passing of time."""
        return self.house == House() and not any("wait" in turn for turn in self.turns)


def all_dialogues() -> list[Dialogue]:
    """All dialogues, in the order of their names."""
    return [read(path) for path in sorted(FOLDER.glob("*.toml"))]


def read(path: Path) -> Dialogue:
    """Read one dialogue file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    greeting = tuple(data.get("hears", ()))
    tables = enumerate(data.get("round", ()), 1)
    rounds = tuple(_round(number, table, data["now"]) for number, table in tables)
    house = House(rounds=rounds, officer_of=frozenset(data.get("officer_of", ())))
    return Dialogue(path.stem, data["now"], tuple(data["turn"]), data.get("case"), greeting, house)


def _round(number: int, table: dict[str, Any], now: datetime) -> Round:
    """A round; unless the table says ``since``, all of it was announced at the opening or now.

    Moments may be written as in the office's files: ``2027-01-11 09:00``, by the office's clocks.
    """
    zone = ZoneInfo(load_award(table["award"]).spec.timezone)
    moments = {key: _moment(table[key], zone) for key in ("opens", "closes")}
    since = table.get("since", min(now, moments["opens"]))
    milestones = table.get("milestones", ())
    if isinstance(milestones, str):
        lines = [line.strip().partition(" ") for line in re.split("[;；\n]", milestones)]
        milestones = [{"title": title, "day": date.fromisoformat(day)} for day, _, title in lines]
    return Round(
        id=number,
        award=table["award"],
        year=table["year"],
        title=table["title"],
        number=table.get("number", ""),
        opens=moments["opens"],
        closes=moments["closes"],
        opens_since=since,
        closes_since=since,
        hand_in=table.get("hand_in", ""),
        where=table.get("where", ""),
        milestones=tuple(Milestone(each["title"], each["day"], since) for each in milestones),
    )


def _moment(written: str | datetime, zone: ZoneInfo) -> datetime:
    if isinstance(written, datetime):
        return written
    return datetime.fromisoformat(written).replace(tzinfo=zone)


@dataclass
class Talk:
    """A conversation that is going on: what is kept of it, what was shown, what the clock says.

    ``codes`` make whoever speaks an officer of an award; ``latest`` is what was shown last.
    """

    house: House
    now: datetime
    codes: Mapping[str, str] = field(default_factory=dict)
    state: State = field(default_factory=State)
    shown: tuple[Reply, ...] = ()
    latest: tuple[Reply, ...] = ()
    since: datetime | None = None

    def turn(self, turn: dict[str, Any]) -> tuple[Reply, ...]:
        """What is heard in a turn."""
        if "wait" in turn:
            return self.wait(turn["wait"])
        replies = self.hear(event_of(turn, self.shown))
        if "does" in turn:
            assert turn["does"] in {type(reply.effect).__name__ for reply in replies}, replies
        return replies

    def hear(self, event: Event) -> tuple[Reply, ...]:
        """What is said in answer to an event, its orders carried out."""
        self.since = self.since or self.now
        self.state, replies = step(self.state, event, self.now, self.house)
        self._kept(replies)
        for reply in replies:
            if isinstance(reply.effect, Publish | Correct):
                self._announced(reply.effect.round)
            elif isinstance(reply.effect, Redeem):
                awards = self.house.officer_of | {self.codes[reply.effect.code]}
                self.house = replace(self.house, officer_of=awards)
        return replies

    def wait(self, moment: datetime) -> tuple[Reply, ...]:
        """What has fallen due up to a moment, in one message, if anything has."""
        assert moment > self.now
        found = due(self.state, self.house.rounds, self.since or self.now, moment)
        self.now, self.since = moment, found.until
        if not found.told:
            return ()
        replies = (reminder(self.state, found, moment),)
        self.state = settled(self.state, found)
        self._kept(replies)
        return replies

    def _kept(self, replies: tuple[Reply, ...]) -> None:
        # Each turn could be the last before a restart: all that matters survives as JSON.
        self.state = State.from_json(json.loads(json.dumps(self.state.to_json())))
        self.shown, self.latest = (*self.shown, *replies), replies

    def _announced(self, each: Round) -> None:
        """Keep a round that an officer has published or corrected."""
        others = [known for known in self.house.rounds if known.id != each.id or not each.id]
        number = each.id or max((known.id for known in others), default=0) + 1
        kept = replace(each, id=number, opens_since=self.now, closes_since=self.now)
        self.house = replace(self.house, rounds=(*others, kept))


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


def lines_of(talk: Talk, turn: dict[str, Any]) -> list[str]:
    """What is typed in a turn where there are no buttons; nothing if all of it is not possible.

    That is so for buttons of earlier messages, ticks, and messages that are no text. Words that may
    mean several dates are followed by the number of the one that is asked for.
    """
    if "command" in turn:
        return [f"/{turn['command']}"]
    if "pick" in turn:
        return [turn["pick"]] if any(reply.day_token for reply in talk.latest) else []
    if "press" not in turn:
        return [turn["say"]] if "say" in turn else []
    label, wanted = turn["press"], event_of(turn, talk.shown)
    shown = [each for reply in talk.latest for each in (*reply.choices, *reply.actions)]
    there = [each for each in shown if Pressed(each.token) == wanted]
    pressed, typed = replace(talk), replace(talk)
    pressed.hear(wanted)
    typed.hear(Said(label))
    if typed.state == pressed.state:
        return [label] if there else []
    for reply in typed.latest:
        for number, choice in enumerate(reply.choices, 1):
            if Pressed(choice.token) == wanted:
                return [label, str(number)]
    assert all(each.ticked is not None for each in there), f"{label} is not understood as typed"
    return []


def heard(replies: tuple[Reply, ...]) -> str:
    """All that can be read in some replies."""
    lines = []
    for reply in replies:
        lines.append(reply.text)
        lines += [f"{number}. {choice.label}" for number, choice in enumerate(reply.choices, 1)]
        lines += [choice.label for choice in reply.actions]
        lines += [f"{citation.label}：{citation.quote}" for citation in reply.citations]
        lines += [reply.attachment.name] if reply.attachment else []
    return "\n".join(lines)
