"""Desk stories as data: several people talk to the bot, and each hears what they should.

A story file holds ``title``, ``now``, ``[people]`` (by name the award of which somebody is an
officer, ``all``, ``admin``, or ``""`` for anybody else) and ``[[turn]]`` tables. In each somebody
(``who``) says something (``say``, with ``answers``: in answer to the last message with these
words), presses a button by its label (``press``) or any at all (``token``), gives a ``command``,
leaves (``left``) or returns (``returned``); ``group`` says in which group. With ``restart`` the
program ends and begins again before anything of the turn is sent, with ``wait`` time passes up to a
moment. ``hears`` and ``not_hears`` are pieces of what they then hear, ``others`` of what others do;
who is ``silent`` hears nothing at all.
"""

import re
import tomllib
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from delivery import NO_LIMIT, Clock, Mailbox, Process

from bot import staff
from bot.database import Database
from bot.platform import Left, OutgoingMessage, Returned
from bot.service import Limits, Service
from conversations.model import Command, Event, Mentioned, Pressed, Said
from conversations.step import step

FOLDER = Path(__file__).parent / "desk"
INVITED = timedelta(days=7)


@dataclass(frozen=True)
class Story:
    """One story."""

    name: str
    now: datetime
    people: dict[str, str]
    turns: tuple[dict[str, Any], ...]


def stories() -> list[Story]:
    """All stories, in the order of their names."""
    return [read(path) for path in sorted(FOLDER.glob("*.toml"))]


def read(path: Path) -> Story:
    """Read one story file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Story(path.stem, data["now"].astimezone(UTC), data["people"], tuple(data["turn"]))


@dataclass
class Stage:
    """Where a story is played: a program that is running, and what everybody has heard.

    ``code`` is the last one that was heard, to be sent as ``{code}``.
    """

    database: Database
    clock: Clock
    ends: AsyncExitStack
    process: Process
    happened: int = 0
    read: int = 0
    code: str = ""
    buttons: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    async def turn(self, turn: dict[str, Any], story: Story) -> None:
        """Play a turn, and check what is heard."""
        self.mark()
        if "wait" in turn:
            await self._waited(turn["wait"])
        elif "who" in turn:
            await self._acted(turn)
        where = turn.get("group") or turn.get("who")
        if where is not None:
            self._check(turn, where, turn.get("hears", ()))
        assert {*turn.get("silent", ())} <= {*story.people, "group"}
        self.check_others(turn)
        for piece in turn.get("not_hears", ()):
            assert piece not in "\n".join(self.heard(str(where))), turn

    def mark(self) -> None:
        """What is heard from now on belongs to a new turn."""
        self.read = len(self.process.platform.sent)

    def check_others(self, turn: dict[str, Any], but: str = "") -> None:
        """Who has not spoken hears what they should, and who is to hear nothing does not."""
        for name, pieces in turn.get("others", {}).items():
            self._check(turn, name, pieces)
        for name in turn.get("silent", ()):
            assert name == but or self.heard(name) == [], (turn, self.heard(name))

    def _check(self, turn: dict[str, Any], name: str, pieces: Sequence[str]) -> None:
        heard = "\n".join(self.heard(name))
        for piece in pieces:
            assert piece in heard, f"{turn}\n{name} should hear {piece!r} and hears:\n{heard}"

    def heard(self, name: str) -> list[str]:
        """What somebody has heard in this turn, buttons and all."""
        return [shown(each) for each in self._new() if each.address == name]

    def _new(self) -> list[OutgoingMessage]:
        return self.process.platform.messages[self.read :]

    async def _acted(self, turn: dict[str, Any]) -> None:
        self.happened += 1
        address = turn.get("group") or turn["who"]
        more: dict[str, Any] = {"update_id": f"{self.happened}"}
        if "group" in turn:
            more["speaker"] = turn["who"]
        if "answers" in turn:
            more["reply_to"] = self._message(address, turn["answers"])
        if "press" in turn:
            more["pressed"] = self.buttons[address, turn["press"]][1]
        event = self._event(turn, address)
        await self.process.take(event, address, **more)
        if turn.get("restart"):
            await self.restarted()
        await self.told()

    def _event(self, turn: dict[str, Any], address: str) -> Event | Left | Returned:
        if turn.get("left"):
            return Left()
        if turn.get("returned"):
            return Returned()
        if "press" in turn:
            return Pressed(self.buttons[address, turn["press"]][0])
        if "token" in turn:
            return Pressed(turn["token"])
        if "command" in turn:
            return Command(turn["command"], turn.get("argument", "").format(code=self.code))
        return Mentioned(turn["say"]) if "group" in turn else Said(turn["say"])

    def _message(self, address: str, words: str) -> str:
        found = [
            number
            for number, each in enumerate(self.process.platform.messages, 1)
            if each.address == address and words in each.reply.text
        ]
        return f"m{found[-1]}"

    async def told(self) -> None:
        """All that follows from a turn is sent."""
        await self.process.settled()
        for _ in range(2):
            await self.process.later(1)
        for number, each in enumerate(self._new(), self.read + 1):
            for choice in (*each.reply.choices, *each.reply.actions):
                self.buttons[each.address, choice.label] = choice.token, f"m{number}"
            found = re.search(r"/staff (\S+)", each.reply.text)
            self.code = found[1] if found else self.code

    async def restarted(self) -> None:
        """The program ends, and another one takes over."""
        platform = self.process.platform
        await self.ends.aclose()
        another = program(self.database, platform, self.clock)
        self.process = await self.ends.enter_async_context(another)

    async def staffed(self, story: Story, but: str = "") -> None:
        """Those who are officers become so; all have begun. ``but`` sees to it elsewhere."""
        for name, of in story.people.items():
            if name == but:
                continue
            await self.process.take(Command("menu"), name, update_id=f"{name}:menu")
            if of:
                code = Command("staff", await invited(self, name, of))
                await self.process.take(code, name, update_id=f"{name}:staff")
        await self.process.settled()
        self.clock.advance(5)

    async def _waited(self, until: datetime) -> None:
        self.clock.moment = until.astimezone(UTC)
        await self.told()


def shown(message: OutgoingMessage) -> str:
    """A message with the labels of its buttons."""
    reply = message.reply
    return "\n".join(
        [reply.text, *(f"[{each.label}]" for each in (*reply.choices, *reply.actions))]
    )


async def _never(_seconds: float, _work: object) -> None:
    """What stands for doing something again and again."""


@asynccontextmanager
async def program(database: Database, platform: Mailbox, clock: Clock) -> AsyncIterator[Process]:
    """A program that reminds and sweeps when it starts, and then only when it is told to."""
    with pytest.MonkeyPatch.context() as patch:
        clock.used(patch)
        patch.setattr("bot.service._every", _never)
        service = Service(database, platform, step, clock, Limits(rate=NO_LIMIT))
        await service.start()
        await service.remind()
        await service.sweep()
        yield Process(service, platform, clock)
        await service.stop()


async def play(story: Story, database: Database) -> Stage:
    """Play a story from beginning to end."""
    clock = Clock(story.now)
    async with AsyncExitStack() as ends:
        process = await ends.enter_async_context(program(database, Mailbox(), clock))
        stage = Stage(database, clock, ends, process)
        await stage.staffed(story)
        for turn in story.turns:
            await stage.turn(turn, story)
        return stage


async def invited(stage: Stage, name: str, of: str) -> str:
    """A code that makes somebody what they are in a story."""
    async with stage.database.transaction() as connection:
        return await staff.invite(
            connection, None if of in ("all", "admin") else of,
            stage.clock() + INVITED, stage.clock(), administrator=of == "admin", label=name,
        )  # fmt: skip
