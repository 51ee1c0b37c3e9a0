"""One measurement: so many chats at once, each of which says something when it has its answer.

A worker takes one chat after another and plays the whole script in it, so that whoever wants many
chats gets them without more than ``at_once`` updates under way.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.telegram import bot_api
from benchmarks.telegram.script import Scripts, Turn

SILENCE = 15.0
"""Seconds without any answer after which a bot counts as broken."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be measured: chats ``first`` and the ``chats`` - 1 after it.

    After ``warm_up`` updates it is timed for ``seconds``; or, with ``updates``, it goes on until
    there have been so many of all kinds. ``date`` is the moment that messages bear.
    """

    first: int
    chats: int
    at_once: int
    scripts: Scripts
    date: int
    warm_up: int = 0
    seconds: float = 0
    updates: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured; times in seconds.

    ``busy`` is what share of one core the measuring itself took, ``processor`` the bot's time on
    any core for an update, if that was looked at.
    """

    updates: int
    rate: float
    p50: float
    p99: float
    busy: float
    processor: float = 0.0


class BrokenError(Exception):
    """The bot did something else than it should: then nothing is measured."""


@dataclass(frozen=True, slots=True)
class _Step:
    turn: Turn
    spellings: tuple[tuple[bytes, ...], ...]

    def fits(self, body: bytes) -> bool:
        """Whether a reply says what is expected."""
        return any(all(line in body for line in lines) for lines in self.spellings)


class Load:
    """A measurement under way: ``post`` sends an update; the server tells of what comes back."""

    def __init__(self, order: Order, numbers: "Numbers", post: Callable[[bytes], None]) -> None:
        self.order, self.post, self.numbers = order, post, numbers
        self.prepare = _steps(order.scripts.prepare)
        self.cycle = _steps(order.scripts.cycle)
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.last: dict[int, tuple[int, bytes]] = {}  # of each chat whose buttons are needed
        self.keeps_last = any(turn.tap for turn in order.scripts.cycle)
        self.stopping = False
        self.taps = self.taps_answered = self.total = 0
        self.latencies: list[float] = []
        self._in_window = 0
        self._started = self._ends = float("inf")
        self._since = 0
        self._processor = 0.0
        self._busy = 0.0
        count = min(order.at_once, order.chats)
        ids = range(order.first, order.first + order.chats)
        self._workers = [_Worker(self, ids[place::count]) for place in range(count)]
        self._resting = 0

    async def run(self) -> Found:
        """Play it. Raises BrokenError."""
        self._resting = len(self._workers)
        if self.prepare:
            await self._play(self.prepare, again=False)
        self._since = self.total
        if self.order.updates is None or self.total < self.order.updates:
            await self._play(self.cycle, again=True)
        await self._settle()
        times = sorted(self.latencies) or [0.0]
        return Found(
            updates=self.total,
            rate=self._in_window / self.order.seconds if self.order.seconds else 0.0,
            p50=times[len(times) // 2],
            p99=times[len(times) * 99 // 100],
            busy=self._busy,
        )

    async def _play(self, steps: Sequence[_Step], *, again: bool) -> None:
        self.done = asyncio.get_running_loop().create_future()
        self._resting = 0
        for worker in self._workers:
            worker.begin(steps, again=again)
        before = -1
        while not self.done.done():
            if self.total == before:
                raise BrokenError(f"no answer for {SILENCE:.0f} s to {self._workers[0].waits_for}")
            before = self.total
            await asyncio.wait([self.done], timeout=SILENCE)
        self.done.result()

    async def _settle(self) -> None:
        # The last taps may still have to be answered; and nothing may come that nobody asked for.
        for _ in range(100):
            if self.taps_answered >= self.taps:
                break
            await asyncio.sleep(0.05)
        if self.taps_answered != self.taps:
            raise BrokenError(f"{self.taps} taps, {self.taps_answered} answered")

    def message(self, method: bytes, body: bytes) -> bytes:
        """A message has come: the server's answer to it."""
        chat = bot_api.chat_of(body)
        edits = method == bot_api.EDIT
        number = bot_api.edited(body) if edits else self.numbers.message()
        if self.keeps_last:
            self.last[chat] = number, body
        return bot_api.message_answer(number, self.order.date, chat)

    def replied(self, body: bytes, at: float) -> None:
        """The same message, now that it is answered: its chat goes on."""
        chat = bot_api.chat_of(body)
        self._workers[(chat - self.order.first) % len(self._workers)].replied(chat, body, at)

    def completed(self, since: float, at: float) -> None:
        """A turn has its reply."""
        self.total += 1
        order = self.order
        if order.updates is not None:
            self.stopping = self.total >= order.updates
        elif self._started > at:
            if self.total - self._since >= order.warm_up and not self._in_preparation:
                self._started, self._ends = at, at + order.seconds
                self._processor = time.process_time()
        elif at >= self._ends:
            if not self.stopping:
                self._busy = (time.process_time() - self._processor) / (at - self._started)
            self.stopping = True
        else:
            self._in_window += 1
            if since >= self._started:
                self.latencies.append(at - since)

    @property
    def _in_preparation(self) -> bool:
        return self._workers[0].steps is self.prepare

    def rest(self) -> None:
        """A worker has nothing more to do."""
        self._resting += 1
        if self._resting == len(self._workers):
            self.done.set_result(None)

    def fail(self, reason: str) -> None:
        """Something is wrong: end."""
        if not self.done.done():
            self.done.set_exception(BrokenError(reason))


class Numbers:
    """Numbers of updates and messages, each used once."""

    def __init__(self) -> None:
        self._update = 1_000_000
        self._message = 0

    def update(self) -> int:
        """The next update's."""
        self._update += 1
        return self._update

    def message(self) -> int:
        """The next message's."""
        self._message += 1
        return self._message


class _Worker:
    """Plays a script in one of its chats after the other."""

    def __init__(self, load: Load, chats: Sequence[int]) -> None:
        self._load, self._chats = load, chats
        self.steps: Sequence[_Step] = ()
        self._again = self._waiting = False
        self._chat = self._step = 0
        self._sent = 0.0

    @property
    def waits_for(self) -> str:
        return repr(self.steps[self._step].turn) if self._waiting else "nothing"

    def begin(self, steps: Sequence[_Step], *, again: bool) -> None:
        self.steps, self._again, self._chat, self._step = steps, again, 0, 0
        self._send()

    def _send(self) -> None:
        load, turn, chat = self._load, self.steps[self._step].turn, self._chats[self._chat]
        update, date = load.numbers.update(), load.order.date
        if turn.tap:
            message, shown = load.last[chat]
            data = bot_api.buttons(shown).get(turn.text)
            if data is None:
                load.fail(f"there is no button {turn.text!r}")
                return
            load.taps += 1
            body = bot_api.pressed(update, message, date, chat, data)
        else:
            body = bot_api.said(update, load.numbers.message(), date, chat, turn.text)
        self._waiting = True
        self._sent = time.perf_counter()
        load.post(body)

    def replied(self, chat: int, body: bytes, at: float) -> None:
        load, step = self._load, self.steps[self._step]
        fits = chat == self._chats[self._chat] and step.fits(body)
        if not fits or not self._waiting:
            # Before the middle of a screening, more than the question may be said.
            if self.steps is not load.prepare:
                load.fail(f"an unexpected reply to {step.turn}: {body.decode(errors='replace')}")
            return
        self._waiting = False
        load.completed(self._sent, at)
        self._step += 1
        if self._step == len(self.steps):
            self._step = 0
            self._chat = (self._chat + 1) % len(self._chats)
            if load.stopping or (not self._again and self._chat == 0):
                load.rest()
                return
        self._send()


def _steps(turns: Sequence[Turn]) -> tuple[_Step, ...]:
    return tuple(_Step(turn, bot_api.spellings(turn.expects)) for turn in turns)
