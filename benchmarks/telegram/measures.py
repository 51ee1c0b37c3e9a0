"""What is measured, and how: everything takes turns, and the median of the rounds counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from statistics import median

from benchmarks.telegram import script
from benchmarks.telegram.bots import SECRET, Bot, Running, running
from benchmarks.telegram.control import Generator
from benchmarks.telegram.load import BrokenError, Found, Order
from benchmarks.telegram.script import Scripts

WARM_UP = 300  # updates before each measurement

MEMORY_AT = (10_000, 50_000, 100_000)  # updates
UPDATES_A_CHAT = 50
MEMORY_AT_ONCE = 32

STARTS = 5

Chats = Callable[[int, int], range]
"""The chats for the round of this number with so many at once."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A row of a table: a bot that is up, what is said to it, and in which chats."""

    label: str
    bot: Running
    scripts: Scripts
    chats: Chats


@dataclass(frozen=True, slots=True)
class Plan:
    """How long everything is measured."""

    seconds: float
    rounds: int


class Fresh:
    """Chats of which the bot has never heard."""

    def __init__(self) -> None:
        self._next = count(1_000_000, 1000)

    def __call__(self, _number: int, at_once: int) -> range:
        """The chats of a round."""
        first = next(self._next)
        return range(first, first + at_once)


def subjects(bots: Sequence[Running], now: datetime, chats: Chats) -> list[Subject]:
    """The rows for these bots: words for all, and buttons where there are some."""
    typed = script.typed(now)
    echoed = script.echoed(typed)
    rows = [
        Subject(up.bot.label, up, echoed if up.bot.echoes else typed, chats) for up in bots
    ]  # fmt: skip
    taps = script.tapped(now)
    rows += [
        Subject(f"{up.bot.label}, buttons", up, taps, chats) for up in bots if not up.bot.echoes
    ]
    return rows


def measure(
    telegram: Generator, rows: Sequence[Subject], at_once: int, plan: Plan, now: datetime
) -> dict[str, Found]:
    """Measure all, by label. Raises BrokenError."""
    found: dict[str, list[Found]] = {row.label: [] for row in rows}
    for number in range(plan.rounds):
        for row in rows:
            ids = row.chats(number, at_once)
            order = Order(
                first=ids.start,
                chats=len(ids),
                at_once=at_once,
                scripts=row.scripts,
                date=int(now.timestamp()),
                warm_up=WARM_UP,
                seconds=plan.seconds,
            )
            found[row.label].append(_measured(telegram, row.bot, order))
    return {label: _median(each) for label, each in found.items()}


def _measured(telegram: Generator, bot: Running, order: Order) -> Found:
    before = bot.processor()
    try:
        found = telegram.measure(order, bot.port, SECRET)
        return replace(found, processor=(bot.processor() - before) / found.updates)
    except BrokenError as error:
        raise BrokenError(f"{bot.bot.name}: {error}") from None


def _median(rounds: Sequence[Found]) -> Found:
    return Found(
        updates=sum(each.updates for each in rounds),
        rate=median(each.rate for each in rounds),
        p50=median(each.p50 for each in rounds),
        p99=median(each.p99 for each in rounds),
        busy=median(each.busy for each in rounds),
        processor=median(each.processor for each in rounds),
    )


def memory(telegram: Generator, bot: Running, scripts: Scripts, now: datetime) -> list[float]:
    """Megabytes at each of ``MEMORY_AT`` updates, in ever new chats. Raises BrokenError."""
    held, done, first = [], 0, 2_000_000
    for updates in MEMORY_AT:
        chats = (updates - done) // UPDATES_A_CHAT
        order = Order(
            first=first,
            chats=chats,
            at_once=MEMORY_AT_ONCE,
            scripts=scripts,
            date=int(now.timestamp()),
            updates=updates - done,
        )
        done += _measured(telegram, bot, order).updates
        first += chats
        held.append(bot.memory())
    return held


def start_up(telegram: Generator, bot: Bot) -> tuple[float, float]:
    """Seconds from the start of the process until it is alive, and ready, as it says: medians."""
    taken = []
    for _ in range(STARTS):
        with running(bot, telegram.api_base) as up:
            taken.append((up.alive, up.ready))
    alive, ready = zip(*taken, strict=True)
    return median(alive), median(ready)
