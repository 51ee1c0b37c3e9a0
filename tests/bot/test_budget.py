"""How fast messages may be sent: over all processes, and to one chat."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from delivery import NOW, Clock, refusing
from sqlalchemy.engine import URL

from bot.budget import BURST, CHAT_BURST, CHATS_AT_FULL_PACE, Budget, Pace
from bot.database import Database
from bot.errors import DatabaseError

Open = Callable[[URL], Awaitable[Database]]
FOR_EVER = NOW + timedelta(days=1)
RATE = 30.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time that has passed as soon as somebody waits for it."""
    clock = Clock(jumps=True)
    clock.used(monkeypatch)
    return clock


def _most_within(moments: list[datetime], span: timedelta) -> int:
    return max(sum(first <= each < first + span for each in moments) for first in moments)


@pytest.mark.parametrize("processes", [1, 2, 3])
async def test_the_rate_holds_over_all_processes(
    url: URL, opened: Open, clock: Clock, processes: int
) -> None:
    """However many processes send, together they send no more than the budget allows."""
    budgets = [Budget(await opened(url), "p", RATE, clock) for _ in range(processes)]
    moments = []
    for number in range(300):
        assert await budgets[number % processes].take(FOR_EVER)
        moments.append(clock())
    # What was not sent in the second before may be sent as well, and a portion of each process.
    spare = RATE * BURST.total_seconds() + processes * RATE / 10
    assert _most_within(moments, timedelta(seconds=1)) <= RATE + spare
    assert _most_within(moments, timedelta(seconds=5)) <= 5 * RATE + spare
    # And it is not much slower than that.
    assert (moments[-1] - moments[0]).total_seconds() <= 300 / RATE


async def test_what_is_not_used_for_long_is_lost(database: Database, clock: Clock) -> None:
    """After a quiet hour no more is sent at once than after a quiet second."""
    budget = Budget(database, "p", RATE, clock)
    await budget.take(FOR_EVER)
    clock.advance(hours=1)
    since, at_once = clock(), 0
    while await budget.take(FOR_EVER) and clock() == since:
        at_once += 1
    assert RATE <= at_once <= RATE * (BURST.total_seconds() + 0.2)


async def test_each_platform_has_a_budget_of_its_own(database: Database, clock: Clock) -> None:
    """That one platform's budget is spent slows no other."""
    spent, other = (Budget(database, name, RATE, clock) for name in ("p", "q"))
    while not clock.slept:
        await spent.take(FOR_EVER)
    since = clock()
    for _ in range(int(RATE)):
        assert await other.take(FOR_EVER)
    assert clock() == since


async def test_who_cannot_send_in_time_gives_up(database: Database, clock: Clock) -> None:
    """A message that may only be sent too late is not waited for, and takes nothing."""
    budget = Budget(database, "p", RATE, clock)
    assert not await budget.take(clock())
    while not clock.slept:
        await budget.take(FOR_EVER)
    for _ in range(10):
        await budget.take(FOR_EVER)
    clock.moment -= timedelta(seconds=10)  # as if another process had spent ten seconds' worth
    slept = len(clock.slept)
    for _ in range(5):
        assert not await budget.take(clock() + timedelta(seconds=1))
    assert len(clock.slept) == slept


async def test_a_pause_is_seen_by_all_processes(url: URL, opened: Open, clock: Clock) -> None:
    """When the platform tells one process to wait, the others wait as well, just as long."""
    first, second = [Budget(await opened(url), "p", RATE, clock) for _ in range(2)]
    await second.take(FOR_EVER)
    await first.pause(60)
    assert first.paused == 60
    clock.advance(1.5)  # a portion that was taken before may still be used for a moment
    await second.take(FOR_EVER)
    assert second.paused == first.paused == 58.5
    clock.advance(59.5)
    assert second.paused == first.paused == 0


async def test_a_pause_is_never_shortened(url: URL, opened: Open, clock: Clock) -> None:
    """Of two pauses the longer one holds, whoever has been told of it."""
    first, second = [Budget(await opened(url), "p", RATE, clock) for _ in range(2)]
    await first.pause(60)
    await first.pause(5)
    await second.pause(5)
    assert first.paused == 60
    third = Budget(await opened(url), "p", RATE, clock)
    await third.take(FOR_EVER)
    assert third.paused == 60


async def test_a_pause_that_the_others_cannot_be_told_of_holds_here(
    database: Database, clock: Clock
) -> None:
    """If the database is away this process waits all the same."""
    budget = Budget(database, "p", RATE, clock)
    await budget.take(FOR_EVER)
    async with refusing(database, "UPDATE ON sending"):
        with pytest.raises(DatabaseError):
            await budget.pause(60)
    assert budget.paused == 60


def test_a_chat_is_slowed_after_a_while() -> None:
    """The first messages go at once, then one at a time; other chats are as fast as ever."""
    clock = Clock()
    pace = Pace(RATE, clock)
    assert [pace.wait(1) for _ in range(CHAT_BURST)] == [0] * CHAT_BURST
    step = CHATS_AT_FULL_PACE / RATE
    assert [pace.wait(1) for _ in range(3)] == [step, 2 * step, 3 * step]
    assert pace.wait(2) == 0


def test_a_chat_that_rests_is_fast_again() -> None:
    """Each second of rest is worth a message, up to as many as may go at once."""
    clock = Clock()
    pace = Pace(RATE, clock)
    for _ in range(CHAT_BURST):
        pace.wait(1)
    clock.advance(5)
    assert [pace.wait(1) for _ in range(6)] == [0] * 5 + [1]
    clock.advance(days=1)
    assert [pace.wait(1) for _ in range(CHAT_BURST + 1)] == [0] * CHAT_BURST + [1]


@pytest.mark.parametrize(("rate", "step"), [(1.0, 1.0), (30.0, 1.0), (60.0, 0.5), (300.0, 0.1)])
def test_the_pace_is_a_part_of_the_budget(rate: float, step: float) -> None:
    """A chat gets a thirtieth of the budget for long, and at least a message a second."""
    pace = Pace(rate, Clock())
    waits = [pace.wait(1) for _ in range(CHAT_BURST + 1)]
    assert waits[-1] == pytest.approx(step)


def test_chats_that_rest_are_not_remembered() -> None:
    """The memory of who has sent when does not grow without end."""
    clock = Clock()
    pace = Pace(RATE, clock)
    for chat in range(30_000):
        pace.wait(chat)
        clock.advance(0.01)
    assert len(pace._free_at) <= 10_001  # noqa: SLF001 - what must not grow


async def test_a_clock_that_is_put_back_stops_nothing(url: URL, opened: Open, clock: Clock) -> None:
    """An hour that was wrong, and is put right, holds no message up, here or in another process."""
    first, second = [Budget(await opened(url), "p", RATE, clock) for _ in range(2)]
    pace = Pace(RATE, clock)
    clock.advance(hours=8)
    for _ in range(int(RATE) * 2):
        await first.take(FOR_EVER)
        pace.wait(1)
    clock.advance(hours=-8)
    began = clock()
    for _ in range(3):
        assert await first.take(clock() + timedelta(seconds=10))
        assert await second.take(clock() + timedelta(seconds=10))
    assert clock() - began < timedelta(seconds=5)
    assert pace.wait(1) == 0
