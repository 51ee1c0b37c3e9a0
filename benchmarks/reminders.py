"""Very many reminders that fall due in the same hour: made, and sent while others are talking.

First they are made ready with nothing else to do, then by a running service that sends them within
its budget while chats are answered. Everything is in one process, the stand-in platform too.
"""

import argparse
import asyncio
import gc
import os
import platform
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle, pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import uvloop
from sqlalchemy import select
from sqlmodel import col

from benchmarks.followers import DUE, PLATFORM, TALKS, check, settle
from benchmarks.telegram.databases import MakeUrl, postgresql, sqlite
from benchmarks.telegram.script import typed
from bot.config import Settings
from bot.database import Database, open_database
from bot.platform import Incoming, OutgoingMessage
from bot.service import Limits, Service
from bot.tables import ChatRow
from conversations.model import Said
from conversations.step import step
from rules import workdays

BASES = ("SQLite", "PostgreSQL")
RATE = 30.0
TALKERS = 32
PAUSE_SECONDS = 4.0
"""From an answer to what is said next, on the average."""
NETWORK_SECONDS = 0.05
"""How long the platform takes for a message."""
MOST_SECONDS, MOST_STOP, MOST_P99 = 30.0, 0.05, 0.1
TICK = 0.001

Bars = dict[str, bool]


@dataclass(slots=True)
class Clock:
    """The hour in which the reminders fall due; it goes on as time does."""

    begun: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        """The present moment."""
        return DUE + timedelta(seconds=10 + time.monotonic() - self.begun)


@dataclass(slots=True)
class Phone:
    """A platform that takes everything: when it was given each message, and who waits for one."""

    name: str = PLATFORM
    sent: list[tuple[float, int]] = field(default_factory=list)
    waiting: dict[str, asyncio.Future[None]] = field(default_factory=dict)

    def parts(self, message: OutgoingMessage) -> Sequence[OutgoingMessage]:
        """Every message is of one part."""
        return (message,)

    async def send(self, message: OutgoingMessage, _part: OutgoingMessage) -> str:
        """Take a message."""
        self.sent.append((time.perf_counter(), message.priority))
        wanted = self.waiting.get(message.address)
        if wanted is not None and not wanted.done():  # those who talk get only replies
            wanted.set_result(None)
        await asyncio.sleep(NETWORK_SECONDS)
        return "1"


@dataclass(frozen=True, slots=True)
class Made:
    """How long it took to make the reminders; ``stop`` is how long the loop stood still at most."""

    seconds: float
    processor: float
    stop: float


@dataclass(frozen=True, slots=True)
class Talk:
    """What those who talked have seen in a while, and how much was sent to everybody in it."""

    seconds: float
    processor: float
    sends: int
    replies: Sequence[float]

    def percentile(self, part: float) -> float:
        """So many of the replies came within these seconds."""
        ordered = sorted(self.replies)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


@asynccontextmanager
async def _watched() -> AsyncIterator[Callable[[], float]]:
    """Gives how long the loop has stood still at most, in seconds."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK)
            longest = max(longest, time.perf_counter() - before - TICK)

    task = asyncio.create_task(watch())
    try:
        yield lambda: longest
    finally:
        task.cancel()


async def make(url: str, followers: int) -> Made:
    """Make all reminders, with nothing else to do."""
    async with _filled(url, followers) as database:
        clock = Clock()
        service = Service(database, Phone(), step, clock, Limits(RATE))
        async with _watched() as longest:
            await asyncio.sleep(0.1)
            begun, processor = time.perf_counter(), time.process_time()
            await service.remind()
            seconds, used = time.perf_counter() - begun, time.process_time() - processor
            stop = longest()
        await check(database, followers)
    return Made(seconds, used, stop)


async def talk(url: str, followers: int, seconds: float) -> tuple[Talk, Talk]:
    """A running service with chats that talk: while reminders are made, and while they are sent."""
    async with _filled(url, followers) as database:
        phone, clock = Phone(), Clock()
        service = Service(database, phone, step, clock, Limits(RATE))
        replies: list[tuple[float, float]] = []
        talking = [
            asyncio.create_task(_talk(service, phone, number, replies)) for number in range(TALKERS)
        ]
        moments = [(time.perf_counter(), time.process_time())]
        await service.start()
        while await _anybody_due(database, clock()):  # noqa: ASYNC110 - as an operator would look
            await asyncio.sleep(0.2)
        moments.append((time.perf_counter(), time.process_time()))
        await asyncio.sleep(seconds)
        moments.append((time.perf_counter(), time.process_time()))
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        await service.stop()
        await check(database, followers)
    (making, sending) = (
        Talk(
            to[0] - since[0],
            to[1] - since[1],
            sum(since[0] <= at < to[0] for at, _ in phone.sent),
            [took for at, took in replies if since[0] <= at < to[0]],
        )
        for since, to in pairwise(moments)
    )
    return making, sending


async def _talk(
    service: Service, phone: Phone, number: int, replies: list[tuple[float, float]]
) -> None:
    random, address = Random(number), f"{TALKS}{number}"
    turns = cycle(typed(DUE).cycle)
    for update, turn in enumerate(turns):
        await asyncio.sleep(random.expovariate(1 / PAUSE_SECONDS))
        begun = time.perf_counter()
        wanted = phone.waiting[address] = asyncio.get_running_loop().create_future()
        said = Said(turn.text)
        await service.accept(Incoming(PLATFORM, address, f"{number}:{update}", said))
        await wanted
        replies.append((begun, time.perf_counter() - begun))


async def _anybody_due(database: Database, now: datetime) -> bool:
    query = select(col(ChatRow.id)).where(
        col(ChatRow.platform) == PLATFORM,
        col(ChatRow.remind_at) <= now,
        col(ChatRow.left_at).is_(None),
    )
    async with database.transaction() as connection:
        return (await connection.execute(query.limit(1))).first() is not None


@asynccontextmanager
async def _filled(url: str, followers: int) -> AsyncIterator[Database]:
    """A database with the chats; memory as the program has it when it runs."""
    database = await open_database(Settings(database_url=url).database_url, alone=True)
    try:
        await settle(database, followers, TALKERS)
        if not database.lock:  # as the server would have done by itself in the meantime
            await _analysed(database)
        workdays.look_up(DUE.year, DUE.year + 1)
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        yield database
    finally:
        await database.close()


async def _analysed(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.exec_driver_sql("ANALYZE")


@contextmanager
def _makers(bases: Sequence[str], folder: Path) -> Iterator[dict[str, MakeUrl]]:
    with ExitStack() as stack:
        makers = {"SQLite": sqlite(folder)}
        if "PostgreSQL" in bases:
            makers["PostgreSQL"] = stack.enter_context(postgresql(folder))
        yield makers


def _run(makers: dict[str, MakeUrl], asked: argparse.Namespace) -> Bars:
    bars: Bars = {}
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        print(f"\n| {asked.chats:,} reminders made | seconds | CPU s | reminders/s | stop ms |")
        print("|---|---:|---:|---:|---:|")
        for base in asked.only:
            made = runner.run(make(makers[base]("made"), asked.chats))
            print(f"| {base} | {made.seconds:.1f} | {made.processor:.1f} "
                  f"| {asked.chats / made.seconds:,.0f} | {made.stop * 1000:.0f} |",
                  flush=True)  # fmt: skip
            bars[f"{base}: made in {MOST_SECONDS:.0f} s"] = made.seconds < MOST_SECONDS
            bars[f"{base}: no stop of {MOST_STOP * 1000:.0f} ms"] = made.stop < MOST_STOP
        print(f"\n| {TALKERS} chats talk | seconds | CPU s | sends/s | replies | p50 ms | p99 ms |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        for base in asked.only:
            found = runner.run(talk(makers[base]("talk"), asked.chats, asked.seconds))
            for while_, each in zip(("made", "sent"), found, strict=True):
                print(f"| {base}, while they are {while_} | {each.seconds:.1f} "
                      f"| {each.processor:.1f} | {each.sends / each.seconds:.1f} "
                      f"| {len(each.replies)} | {each.percentile(0.5) * 1000:.1f} "
                      f"| {each.percentile(0.99) * 1000:.1f} |", flush=True)  # fmt: skip
                bar = f"{base}: p99 under {MOST_P99 * 1000:.0f} ms while they are {while_}"
                bars[bar] = each.percentile(0.99) < MOST_P99
            rate = found[1].sends / found[1].seconds
            bars[f"{base}: {RATE:.0f} sends a second and no more"] = 0.95 * RATE < rate < RATE + 1
    return bars


def main() -> int:
    """Run what is asked for; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks.reminders", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=BASES, default=BASES, metavar="BASE")
    parser.add_argument("--chats", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=60.0, help="of sending, once all are made")
    asked = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    with TemporaryDirectory() as name, _makers(asked.only, Path(name)) as makers:
        bars = _run(makers, asked)
    print()
    for bar, held in bars.items():
        print(f"{'held' if held else 'MISSED'}: {bar}")
    return 0 if all(bars.values()) else 1


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(main())
