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

from bot.app import Clock, Incoming, Step, deliver, handle, is_new, left_unsent
from bot.database import Database, open_database
from bot.platforms.plain import event_of, render
from bot.store import OutgoingMessage
from conversations.model import Command, Event

PLATFORM = "console"
ADDRESS = "local"

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


@dataclass(frozen=True, slots=True)
class Talk:
    """The one chat of this terminal."""

    database: Database
    step: Step
    clock: Clock
    screen: Screen

    async def begin(self) -> None:
        """Say what a crash has left unsaid, else where the conversation stands."""
        if await is_new(self.database, PLATFORM, ADDRESS):
            await self.answer(Command("start"))
        elif left := await left_unsent(self.database, PLATFORM, ADDRESS):
            await deliver(self.database, left, self._send, self.clock)
        else:
            await self.answer(Command("resume"))

    async def answer(self, event: Event) -> None:
        """Handle an event and show the answers."""
        incoming = Incoming(PLATFORM, ADDRESS, uuid.uuid4().hex, event)
        messages = await handle(self.database, incoming, self.step, self.clock())
        await deliver(self.database, messages, self._send, self.clock)

    async def _send(self, message: OutgoingMessage) -> None:
        self.screen.show(message)


def run(url: URL, step: Step, commands: Commands, clock: Clock) -> None:
    """Talk until the input ends, Ctrl-C or SIGTERM. Raises DatabaseError."""
    with _signals() as stop, asyncio.Runner() as runner:
        database = runner.run(open_database(url, alone=True))
        talk = Talk(database, step, clock, _screen(commands))
        try:
            runner.run(talk.begin())
            for line in _lines(talk.screen.read, stop):
                if event := event_of(line):
                    runner.run(talk.answer(event))
            talk.screen.leave()
        except BrokenPipeError:
            _forget_output()
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
