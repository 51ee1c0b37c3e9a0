"""Updates a second, latency and memory of award-bot on Telegram, beside bare echo bots.

Exits with 1 if a bar is missed. ``README.md`` says how to run it and what was measured.
"""

import argparse
import os
import platform
import pstats
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.telegram import crowd, script
from benchmarks.telegram.bots import (
    AIOGRAM,
    BOTS,
    ECHOES,
    ON_POSTGRES,
    ON_SQLITE,
    PTB,
    Bot,
    running,
)
from benchmarks.telegram.control import Generator, generator
from benchmarks.telegram.databases import MakeUrl, postgresql, sqlite
from benchmarks.telegram.load import BrokenError, Found
from benchmarks.telegram.measures import (
    MEMORY_AT,
    Fresh,
    Plan,
    Subject,
    measure,
    memory,
    start_up,
    subjects,
)
from bot.clock import now

AT_ONCE = (1, 32)
MANY = 32
FEW_CHATS, MANY_CHATS = 100, 100_000
LOADED = 10_000  # of many chats, those that one round goes through

SLOWEST = 0.050  # seconds
MOST_MEMORY = 150.0  # megabytes
MOST_GROWTH = 5.0  # megabytes, between the first figure and the last
AS_WITH_FEW = 0.8  # with many chats, at least this share of the rate with few

PARTS = ("speed", "memory", "crowd")

Bars = dict[str, bool]


class Bench:
    """Everything that the parts share: the measuring process, the databases, how long."""

    def __init__(self, telegram: Generator, makers: Mapping[str, MakeUrl], plan: Plan) -> None:
        self.telegram, self.plan = telegram, plan
        self._makers = makers

    def on(self, bot: Bot, name: str) -> Bot:
        """The bot on an empty database of its own, if it needs one."""
        maker = self._makers.get(bot.name)
        return bot if maker is None else bot.against(maker(name))


def speed(bench: Bench, bots: Sequence[Bot], numbers: Sequence[int]) -> Bars:
    """Measure and print updates a second and latency; say which bars are held."""
    bars: Bars = {}
    with ExitStack() as stack:
        api = bench.telegram.api_base
        up = [stack.enter_context(running(bench.on(bot, "speed"), api)) for bot in bots]
        rows = subjects(up, now(), Fresh())
        for at_once in numbers:
            found = measure(bench.telegram, rows, at_once, bench.plan, now())
            _print_speed(f"{at_once} at once", found)
            if at_once == MANY and PTB.label in found:
                bars |= _speed_bars(found)
    return bars


def _speed_bars(found: Mapping[str, Found]) -> Bars:
    bars: Bars = {}
    for bot in (ON_SQLITE, ON_POSTGRES):
        if bot.label in found:
            ours = found[bot.label]
            bars[f"{bot.label}: more updates a second than python-telegram-bot's echo"] = (
                ours.rate > found[PTB.label].rate
            )
            bars[f"{bot.label}: p99 under {SLOWEST * 1000:.0f} ms"] = ours.p99 < SLOWEST
    return bars


def _print_speed(title: str, found: Mapping[str, Found]) -> None:
    base, beyond = found.get(PTB.label), found.get(AIOGRAM.label)
    print(f"\n{title:42}{'updates/s':>10}{'to ptb':>8}{'to aiogram':>12}", end="")
    print(f"{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}")
    for label, each in found.items():
        ratios = f"{_ratio(each, base):>8}{_ratio(each, beyond):>12}"
        times = (each.p50, each.p99, each.processor)
        shown = "".join(f"{seconds * 1000:>9.2f}" for seconds in times)
        print(f"{label:42}{each.rate:>10,.0f}{ratios}{shown}")
    most = max(each.busy for each in found.values())
    print(f"(the measuring took at most {most:.0%} of a core)", flush=True)


def _ratio(each: Found, base: Found | None) -> str:
    return "" if base is None else f"{each.rate / base.rate:.2f}"


def memories(bench: Bench, bots: Sequence[Bot]) -> Bars:
    """Measure and print memory after many updates; say which bars are held."""
    print(f"\n{'megabytes after so many updates':42}" + "".join(f"{n:>10,}" for n in MEMORY_AT))
    bars: Bars = {}
    for bot in bots:
        with running(bench.on(bot, "memory"), bench.telegram.api_base) as up:
            held = memory(bench.telegram, up, script.typed(now()), now())
        print(f"{bot.label:42}" + "".join(f"{each:>10.1f}" for each in held), flush=True)
        bars[f"{bot.label}: under {MOST_MEMORY:.0f} MB"] = max(held) < MOST_MEMORY
        bars[f"{bot.label}: memory does not grow"] = held[-1] - held[0] < MOST_GROWTH
    return bars


def crowds(bench: Bench, bots: Sequence[Bot], numbers: Sequence[int]) -> Bars:
    """Measure and print speed and start-up with few chats and with many; say which bars hold."""
    bars: Bars = {}
    rows: list[Subject] = []
    starts = {}
    with ExitStack() as stack:
        for bot in bots:
            for count in (FEW_CHATS, MANY_CHATS):
                label = f"{bot.label}, {count:,} chats"
                filled = _filled(bench, bot, count)
                starts[label] = start_up(bench.telegram, filled)
                up = stack.enter_context(running(filled, bench.telegram.api_base))
                rows.append(Subject(label, up, script.begun(script.typed(now())), _Spread(count)))
        for at_once in numbers:
            found = measure(bench.telegram, rows, at_once, bench.plan, now())
            _print_speed(f"{at_once} at once, of all the chats", found)
            for bot in bots if at_once == MANY else ():
                few, many = (found[f"{bot.label}, {n:,} chats"] for n in (FEW_CHATS, MANY_CHATS))
                told = f"{bot.label}, {MANY_CHATS:,} chats"
                bars[f"{told}: as fast as with {FEW_CHATS}"] = many.rate > AS_WITH_FEW * few.rate
                bars[f"{told}: p99 under {SLOWEST * 1000:.0f} ms"] = many.p99 < SLOWEST
    print(f"\n{'start-up, seconds':42}{'/healthz':>10}{'/readyz':>10}")
    for label, (alive, ready) in starts.items():
        print(f"{label:42}{alive:>10.2f}{ready:>10.2f}", flush=True)
    return bars


class _Spread:
    """Some of the chats that are there, other ones in each round."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __call__(self, number: int, at_once: int) -> range:
        """The chats of a round."""
        size = min(LOADED, self._count)
        place = (2 * number + (at_once == MANY)) * size % self._count
        return range(place + 1, place + size + 1)


def _filled(bench: Bench, bot: Bot, count: int) -> Bot:
    made = bench.on(bot, f"crowd_{count}")
    with running(made, bench.telegram.api_base):
        pass  # it makes its tables
    crowd.fill(made.environment["AWARD_BOT_DATABASE_URL"], count, now())
    return made


def profile(bench: Bench, bot: Bot, at_once: int, folder: Path) -> None:
    """Measure one bot under cProfile and print where its time goes."""
    file = folder / "profile"
    wrapped = ("-m", "cProfile", "-o", str(file))
    with running(bench.on(bot, "profile"), bench.telegram.api_base, wrapped) as up:
        rows = subjects([up], now(), Fresh())[:1]
        _print_speed(
            f"{at_once} at once, profiled",
            measure(bench.telegram, rows, at_once, bench.plan, now()),
        )
    for order in ("tottime", "cumulative"):
        pstats.Stats(str(file)).sort_stats(order).print_stats(45)


@contextmanager
def ready(plan: Plan, folder: Path, bots: Sequence[Bot]) -> Iterator[Bench]:
    """What the parts need for these bots, as long as the block lasts."""
    makers = {ON_SQLITE.name: sqlite(folder)}
    with ExitStack() as stack:
        if ON_POSTGRES in bots:
            makers[ON_POSTGRES.name] = stack.enter_context(postgresql(folder))
        yield Bench(stack.enter_context(generator()), makers, plan)


def arguments() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.telegram", description=__doc__)
    names = [bot.name for bot in BOTS]
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="BOT")
    parser.add_argument("--part", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--chats", nargs="+", type=int, default=AT_ONCE, help="so many at once")
    parser.add_argument("--seconds", type=float, default=4.0, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="the first of --only, profiled")
    return parser.parse_args()


def main() -> int:
    """Run what is asked for; 1 if a bar is missed."""
    asked = arguments()
    bots = [bot for bot in BOTS if bot.name in asked.only]
    ours = [bot for bot in bots if bot not in ECHOES]
    packages = ("python-telegram-bot", "aiogram", "aiohttp", "httpx", "uvloop")
    print(f"Python {platform.python_version()}, {platform.machine()}; ", end="")
    print(", ".join(f"{name} {version(name)}" for name in packages))
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    bars: Bars = {}
    with (
        TemporaryDirectory() as name,
        ready(Plan(asked.seconds, asked.rounds), Path(name), bots) as bench,
    ):
        if asked.profile:
            profile(bench, bots[0], max(asked.chats), Path(name))
            return 0
        if "speed" in asked.part:
            bars |= speed(bench, bots, asked.chats)
        if "memory" in asked.part and ours:
            bars |= memories(bench, ours)
        if "crowd" in asked.part and ours:
            bars |= crowds(bench, ours, asked.chats)
    print()
    for bar, held in bars.items():
        print(f"{'held' if held else 'MISSED'}: {bar}")
    return 0 if all(bars.values()) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenError as error:
        print(f"not measured: {error}", file=sys.stderr)
        sys.exit(1)
