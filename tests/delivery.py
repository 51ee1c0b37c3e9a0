"""A platform that is a list, a clock that moves when told to, and the service between them."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Row, select, text
from sqlmodel import col

from bot import store
from bot.app import Step
from bot.database import Database
from bot.platform import Incoming, Notice, OutgoingMessage
from bot.service import Limits, Service
from bot.tables import ChatRow, InboundRow, OutgoingRow
from conversations.model import Event, House, Reply, Said, State

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
NO_LIMIT = 1e6


@dataclass(slots=True)
class Clock:
    """A clock that stands still. Who sleeps by it is woken by ``advance``, or at once if it jumps.

    ``slept`` is how long each sleep was to be.
    """

    moment: datetime = NOW
    jumps: bool = False
    slept: list[float] = field(default_factory=list)
    _sleeping: list[tuple[datetime, asyncio.Event]] = field(default_factory=list)
    _asleep: asyncio.Event = field(default_factory=asyncio.Event)

    def __call__(self) -> datetime:
        """The present moment."""
        return self.moment

    def advance(self, seconds: float = 0, **more: float) -> None:
        """Let time pass."""
        self.moment += timedelta(seconds=seconds, **more)
        for moment, wake in self._sleeping:
            if moment <= self.moment:
                wake.set()

    async def sleep(self, seconds: float) -> None:
        """What stands for asyncio.sleep."""
        if seconds > 0:
            self.slept.append(seconds)
            if self.jumps:
                self.advance(seconds)
            else:
                wake = asyncio.Event()
                self._sleeping.append((self.moment + timedelta(seconds=seconds), wake))
                self._asleep.set()
                await wake.wait()
        await asyncio.sleep(0)

    def _seconds(self) -> float:
        return self.moment.timestamp()

    async def asleep(self, times: int) -> None:
        """Wait until somebody has gone to sleep so many times in all."""
        async with asyncio.timeout(60):
            while len(self.slept) < times:
                self._asleep.clear()
                await self._asleep.wait()

    def used(self, patch: pytest.MonkeyPatch) -> None:
        """Have those sleep by this clock who send."""
        by_this = SimpleNamespace(**{**vars(asyncio), "sleep": self.sleep})
        told = SimpleNamespace(monotonic=self._seconds, perf_counter=time.perf_counter)
        patch.setattr("bot.outbox.asyncio", by_this)
        patch.setattr("bot.outbox.time", told)
        patch.setattr("bot.budget.asyncio", by_this)


@dataclass(slots=True)
class Mailbox:
    """A platform: ``sent`` is what it took, by address; a text is cut into parts at ``|``.

    ``refuse`` and ``hold_back`` are asked for by a word in a part.
    """

    name: str = "p"
    sent: list[tuple[str, str]] = field(default_factory=list)
    tried: list[tuple[str, str]] = field(default_factory=list)
    messages: list[OutgoingMessage] = field(default_factory=list)
    most_at_once: int = 0
    _at_once: int = 0
    _refusals: list[tuple[str, Exception]] = field(default_factory=list)
    _gates: list[tuple[str, asyncio.Event]] = field(default_factory=list)
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def texts(self) -> list[str]:
        """What was sent, wherever to."""
        return [text for _, text in self.sent]

    def sent_to(self, address: str) -> list[str]:
        """What was sent to one address."""
        return [text for to, text in self.sent if to == address]

    def refuse(self, word: str, *errors: Exception) -> None:
        """Refuse the next parts with this word, with an error each."""
        self._refusals += [(word, error) for error in errors]

    def hold_back(self, word: str) -> asyncio.Event:
        """Take parts with this word only once the event is set."""
        gate = asyncio.Event()
        self._gates.append((word, gate))
        return gate

    def open(self) -> None:
        """Hold nothing back any more."""
        for _, gate in self._gates:
            gate.set()

    async def tries(self, count: int) -> None:
        """Wait until so many attempts in all have begun."""
        async with asyncio.timeout(60):
            while len(self.tried) < count:
                self._heard.clear()
                await self._heard.wait()

    def parts(self, message: OutgoingMessage) -> Sequence[str]:
        """Cut a message; one with the word “看不懂” cannot be."""
        if "看不懂" in message.reply.text:
            raise ValueError(message.reply.text)
        return message.reply.text.split("|")

    async def send(self, message: OutgoingMessage, part: str) -> str | None:
        """Take a part, or raise what it is to be refused with."""
        self.tried.append((message.address, part))
        self._heard.set()
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            for word, gate in self._gates:
                if word in part:
                    await gate.wait()
            for refusal in self._refusals:
                if refusal[0] in part:
                    self._refusals.remove(refusal)
                    raise refusal[1]
        finally:
            self._at_once -= 1
        self.sent.append((message.address, part))
        self.messages.append(message)
        return f"m{len(self.sent)}"


@dataclass(frozen=True, slots=True)
class Process:
    """A running program."""

    service: Service
    platform: Mailbox
    clock: Clock

    async def hear(self, *texts: str, address: str = "a") -> None:
        """Somebody says this, one thing after the other; the answers are on their way."""
        for each in texts:
            await self.service.accept(said(each, address=address))

    async def take(self, event: Event | Notice, address: str = "a", **more: Any) -> None:  # noqa: ANN401 - fields of Incoming
        """Something happens in a chat."""
        await self.service.accept(incoming(event, address=address, **more))

    async def later(self, seconds: float) -> None:
        """Time passes, what can be sent now is sent."""
        self.clock.advance(seconds)
        await self.service.remind()
        await self.service.sweep()
        await self.service.settled()

    async def settled(self) -> None:
        """Wait until nothing is being sent."""
        await self.service.settled()


async def _never(_seconds: float, _work: object) -> None:
    """What stands for doing something again and again."""


@asynccontextmanager
async def running(
    database: Database,
    step: Step,
    clock: Clock | None = None,
    limits: Limits | None = None,
) -> AsyncIterator[Process]:
    """A program that sweeps and reminds once when it starts, and then only when it is told to."""
    platform, clock = Mailbox(), clock or Clock()
    with pytest.MonkeyPatch.context() as patch:
        clock.used(patch)
        patch.setattr("bot.service._every", _never)
        service = Service(database, platform, step, clock, limits or Limits(rate=NO_LIMIT))
        await service.start()
        await service.remind()
        await service.sweep()
        try:
            yield Process(service, platform, clock)
        finally:
            platform.open()
            clock.advance(days=1)
            await service.stop()


def incoming(event: Event | Notice, address: str = "a", **more: Any) -> Incoming:  # noqa: ANN401 - fields of Incoming
    """Something that has happened; by default no two are the same update."""
    made = {"platform": "p", "update_id": f"{address}:{event}", "event": event}
    return Incoming(address=address, **{**made, **more})


def said(text: str, update: str | None = None, address: str = "a", platform: str = "p") -> Incoming:
    """Somebody says something."""
    update = update or f"{address}:{text}"
    return incoming(Said(text), address, update_id=update, platform=platform)


def spoiling(step: Step) -> Step:
    """The same conversation, but its answer to 怪 is one that no database can keep."""

    def spoil(
        state: State, event: Event, now: datetime, house: House
    ) -> tuple[State, tuple[Reply, ...]]:
        if event == Said("怪"):
            return state, (Reply("怪\ud800"),)
        return step(state, event, now, house)

    return spoil


async def chats(database: Database) -> list[Row[Any]]:
    """All that is kept of chats."""
    query = select(ChatRow.__table__).order_by(col(ChatRow.id))  # type: ignore[attr-defined]
    async with database.transaction() as connection:
        return [*(await connection.execute(query))]


async def messages(database: Database) -> list[Row[Any]]:
    """All that is kept of messages."""
    query = select(OutgoingRow.__table__)  # type: ignore[attr-defined]
    query = query.order_by(col(OutgoingRow.chat_id), col(OutgoingRow.position))
    async with database.transaction() as connection:
        return [*(await connection.execute(query))]


async def updates(database: Database) -> list[str]:
    """The updates that have been dealt with."""
    query = select(col(InboundRow.update_id)).order_by(col(InboundRow.id))
    async with database.transaction() as connection:
        return [*(await connection.execute(query)).scalars()]


async def heard(database: Database, address: str = "a", platform: str = "p") -> list[str]:
    """What a chat has been heard to say, by the conversation that repeats what is said."""
    for chat in await chats(database):
        if (chat.platform, chat.address) == (platform, address):
            state = store.load_state(chat.state)
            return [*state.screenings[0].answers["said"]] if state.screenings else []
    return []


_REFUSED = "CREATE TRIGGER refuse BEFORE {what} "
_REFUSE = {
    "sqlite": [_REFUSED + "WHEN {when} BEGIN SELECT RAISE(ABORT, 'full'); END"],
    "postgresql": [
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {full} $$",
        _REFUSED + "FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse()",
    ],
}
_FULL = "BEGIN RAISE EXCEPTION 'full'; END"
_ALLOW = {"sqlite": ["DROP TRIGGER refuse"], "postgresql": ["DROP FUNCTION refuse CASCADE"]}


@asynccontextmanager
async def refusing(database: Database, what: str, when: str = "1 = 1") -> AsyncIterator[None]:
    """Have the database refuse, for instance, ``INSERT ON outgoing`` for some rows."""

    async def run(commands: list[str]) -> None:
        async with database.transaction() as connection:
            for command in commands:
                await connection.execute(text(command.format(what=what, when=when, full=_FULL)))

    kind = database.engine.dialect.name
    await run(_REFUSE[kind])
    try:
        yield
    finally:
        await run(_ALLOW[kind])
