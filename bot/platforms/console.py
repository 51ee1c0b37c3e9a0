"""The assistant in a terminal, or with a pipe on its standard input."""

import asyncio
import os
import signal
import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Protocol

from sqlalchemy.engine import URL

from bot.app import Clock, Step
from bot.database import open_database
from bot.platform import Incoming, OutgoingMessage, TryLater
from bot.platforms.plain import event_of, render
from bot.service import RETENTION_DAYS, Limits, Service
from conversations.model import Command, Event

PLATFORM = "console"
ADDRESS = "local"

AT_ONCE = 1e6
"""Messages a second: nobody limits what a terminal shows."""

Commands = Sequence[tuple[str, str]]
"""The commands to be offered: name without the slash, description."""


class Screen(Protocol):
    """Where lines come from and messages go to."""

    def read(self) -> str | None:
        """The next line; None when there are no more."""

    def show(self, message: OutgoingMessage) -> None:
        """Show a message."""

    def leave(self) -> None:
        """Say goodbye, if a person is there."""


@dataclass(slots=True)
class Pipe:
    """One message a line on standard input, plain text on standard output, both UTF-8."""

    def read(self) -> str | None:
        """The next line; bytes that are no UTF-8 are replaced."""
        # Standard input is missing if the caller has closed it.
        line = sys.stdin.buffer.readline() if sys.stdin else b""
        return line.decode("utf-8", "replace").lstrip("\ufeff") if line else None

    def show(self, message: OutgoingMessage) -> None:
        """Print a message and a blank line after it. Raises BrokenPipeError if nobody reads."""
        text = render(message.reply, message.locale)
        sys.stdout.buffer.write(f"{text}\n\n".encode("utf-8", "replace"))
        sys.stdout.buffer.flush()

    def leave(self) -> None:
        """Nothing: nobody is there."""


@dataclass(slots=True)
class Stop:
    """Whether somebody has asked to end: at once while waiting for a line, else after the work."""

    asked: bool = False
    waiting: bool = False

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Note it. Raises KeyboardInterrupt if nothing is under way."""
        self.asked = True
        if self.waiting:
            raise KeyboardInterrupt


@dataclass(slots=True)
class Console:
    """The platform that this terminal is: whole messages, shown at once."""

    screen: Screen
    name: str = PLATFORM
    closed: bool = False

    def read(self) -> str | None:
        """The next line, as long as somebody reads what is answered."""
        return None if self.closed else self.screen.read()

    def parts(self, message: OutgoingMessage) -> tuple[OutgoingMessage]:
        """A message as it is."""
        return (message,)

    async def send(self, _message: OutgoingMessage, part: OutgoingMessage) -> None:
        """Show a message. Raises TryLater if nobody reads any more."""
        try:
            self.screen.show(part)
        except BrokenPipeError:
            self.closed = True
            raise TryLater("nobody reads", seconds=0.01) from None  # shown at the next start


@dataclass(frozen=True, slots=True)
class Talk:
    """The one chat of this terminal."""

    service: Service

    async def begin(self) -> None:
        """Say what is due or a crash has left unsaid, else where the conversation stands."""
        new = not await self.service.knows(ADDRESS)
        await self.service.start()
        if new:
            await self.answer(Command("start"))
            return
        left = await self.service.sweep()
        await self.service.remind()
        left = await self.service.sweep() or left
        await self.service.settled()
        if not left:
            await self.answer(Command("resume"))

    async def answer(self, event: Event) -> None:
        """Handle an event and show the answers. Raises DatabaseError."""
        await self.service.accept(Incoming(PLATFORM, ADDRESS, uuid.uuid4().hex, event))
        await self.service.settled()
        # Between two lines nothing runs: what has fallen due meanwhile is told now.
        await self.service.remind()
        if await self.service.sweep():
            await self.service.settled()


def run(
    url: URL,
    step: Step,
    commands: Commands,
    clock: Clock,
    retention_days: int = RETENTION_DAYS,
) -> None:
    """Talk until the input ends, Ctrl-C or SIGTERM. Raises DatabaseError."""
    with _signals() as stop, asyncio.Runner() as runner:
        database = runner.run(open_database(url, alone=True))
        console = Console(_screen(commands))
        limits = Limits(rate=AT_ONCE, retention_days=retention_days)
        service = Service(database, console, step, clock, limits)
        talk = Talk(service)
        try:
            runner.run(talk.begin())
            for line in _lines(console.read, stop):
                if event := event_of(line):
                    runner.run(talk.answer(event))
            runner.run(service.stop())
            if console.closed:
                _forget_output()
            else:
                console.screen.leave()
        finally:
            runner.run(database.close())


def _lines(read: Callable[[], str | None], stop: Stop) -> Iterator[str]:
    while True:
        try:
            stop.waiting = True
            line = None if stop.asked else read()
        except (KeyboardInterrupt, EOFError):
            return
        finally:
            stop.waiting = False
        if line is None:
            return
        yield line


@contextmanager
def _signals() -> Iterator[Stop]:
    stop = Stop()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, stop.on_signal) for number in numbers]
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _screen(commands: Commands) -> Screen:
    if sys.stdin and sys.stdin.isatty() and sys.stdout.isatty():
        from bot.platforms.terminal import Terminal  # noqa: PLC0415 - slow to load

        return Terminal(commands)
    return Pipe()


def _forget_output() -> None:
    # Python flushes standard output when it ends, and would complain about the broken pipe then.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
