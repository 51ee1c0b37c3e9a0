"""Replies go before reminders, reminders before broadcasts: in a chat, over all, in the budget."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
import watching
from delivery import NOW, Clock, Process, chats, messages, running
from sqlalchemy.engine import URL

from bot import outgoing, store
from bot.app import Step
from bot.budget import KEPT_BACK, Budget
from bot.database import Database
from bot.outbox import MOST_AT_ONCE, MOST_PATIENT
from bot.outgoing import Letter, Priority
from bot.platform import TryLater
from bot.service import Limits
from conversations.model import Reply

Open = Callable[[URL], Awaitable[Database]]
EVENING = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
FOR_EVER = NOW + timedelta(days=1)
RATE = 30.0
REPLY, REMINDER, BROADCAST = Priority


async def _queue(
    database: Database, text: str, priority: Priority, count: int = 1, first: int = 0
) -> None:
    """Messages for chats of numbers from ``first`` on, as another process leaves them."""
    addresses: dict[str, str | None] = {f"{first + number}": None for number in range(count)}
    async with database.transaction() as connection:
        known = await store.lock_chats(connection, "p", addresses, [])
        missing = addresses.keys() - {chat.address for chat in known}
        await store.make_chats(connection, "p", dict.fromkeys(missing), NOW)
        rows = []
        found = await store.lock_chats(connection, "p", addresses, [])
        for chat in found:
            letter = Letter(Reply(text), "zh_Hans")
            more, _ = outgoing.number(chat, "p", [letter], NOW, priority)
            rows += more
        await outgoing.queue(connection, rows)
        await store.save(connection, found)


async def _sweep(process: Process) -> None:
    await process.service.sweep()
    await process.settled()


async def test_in_a_chat_the_most_urgent_goes_first(database: Database, step: Step) -> None:
    """Whatever was queued before, a reply goes before a reminder, and that before a broadcast."""
    async with running(database, step) as process:
        for priority in reversed(Priority):
            await _queue(database, priority.name, priority)
        await _sweep(process)
        assert process.platform.texts == ["REPLY", "REMINDER", "BROADCAST"]


async def test_over_all_chats_the_most_urgent_goes_first(
    database: Database, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sweep that has not room for all takes replies first, then reminders."""
    monkeypatch.setattr("bot.outbox.MOST_AT_ONCE", 2)
    async with running(database, step) as process:
        for number, priority in enumerate(reversed(Priority)):
            await _queue(database, priority.name, priority, 2, first=10 * number)
        for _ in range(3):
            await _sweep(process)
        assert process.platform.texts == ["REPLY"] * 2 + ["REMINDER"] * 2 + ["BROADCAST"] * 2


async def test_what_is_queued_says_how_urgent_it_is(database: Database) -> None:
    """The chat's row has the priority of what goes first."""
    await _queue(database, "一", BROADCAST)
    assert [chat.next_priority for chat in await chats(database)] == [BROADCAST]
    await _queue(database, "二", REMINDER)
    await _queue(database, "三", BROADCAST)
    assert [chat.next_priority for chat in await chats(database)] == [REMINDER]


async def test_when_the_reply_is_sent_the_rest_is_less_urgent(
    database: Database, step: Step
) -> None:
    """What is left is as urgent as the next message, no more."""
    async with running(database, step) as process:
        await _queue(database, "群发", BROADCAST)
        await _queue(database, "回答", REPLY)
        process.platform.refuse("群发", TryLater("busy", 60))
        await _sweep(process)
        assert process.platform.texts == ["回答"]
    assert [chat.next_priority for chat in await chats(database)] == [BROADCAST]


async def test_reminders_leave_places_for_replies(database: Database, step: Step) -> None:
    """While as many reminders as may be are under way and hang, replies are sent at once."""
    async with running(database, step) as process:
        process.platform.hold_back("提醒")
        await _queue(database, "提醒", REMINDER, 2 * MOST_AT_ONCE)
        await process.service.sweep()
        await process.platform.tries(MOST_PATIENT)
        for number in range(MOST_PATIENT):
            await process.hear("好", address=f"new {number}")
        await process.platform.tries(2 * MOST_PATIENT)
        assert process.platform.texts == ["第1句：好"] * MOST_PATIENT
        begun = [text for _, text in process.platform.tried]
        assert begun.count("提醒") == MOST_PATIENT


async def test_a_reply_overtakes_the_reminder_of_its_own_chat(
    database: Database, step: Step
) -> None:
    """A reminder that waits for the budget holds up nobody who speaks in that chat."""
    async with running(database, step, limits=Limits(rate=RATE)) as process:
        await _queue(database, "提醒", REMINDER, MOST_AT_ONCE)
        await process.service.sweep()
        await process.clock.asleep(1)  # the budget is spent: the others stand in line
        for _ in range(100):
            await asyncio.sleep(0)
        begun = {address for address, _ in process.platform.tried}
        waiting = next(each.address for each in await chats(database) if each.address not in begun)
        tries = len(process.platform.tried)
        await process.hear("好", address=waiting)
        await process.platform.tries(tries + 1)
        assert process.platform.tried[tries] == (waiting, "第1句：好")


async def test_all_reminders_are_sent_in_the_end(database: Database, step: Step) -> None:
    """At the pace of the budget, each once, while others speak in between."""
    clock = Clock(jumps=True)
    async with running(database, step, clock, Limits(rate=RATE)) as process:
        await _queue(database, "提醒", REMINDER, 200)
        begun = clock()
        for number in range(20):
            await process.service.sweep()
            await process.hear("好", address=f"{10 * number}")
            await process.settled()
        while await process.service.sweep():
            await process.settled()
        assert sorted(process.platform.texts) == sorted(["提醒"] * 200 + ["第1句：好"] * 20)
        assert (clock() - begun).total_seconds() >= (200 - RATE) / RATE
    assert {row.status for row in await messages(database)} == {"sent"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time that has passed as soon as somebody waits for it."""
    clock = Clock(jumps=True)
    clock.used(monkeypatch)
    return clock


async def _spent(budget: Budget, priority: Priority, clock: Clock) -> None:
    """Take what can be had at once."""
    slept = len(clock.slept)
    while len(clock.slept) == slept:
        await budget.take(FOR_EVER, priority)


@pytest.mark.parametrize("waiting", [REMINDER, BROADCAST])
async def test_a_reply_finds_something_to_spend_at_once(
    url: URL, opened: Open, clock: Clock, waiting: Priority
) -> None:
    """Whatever else is waiting, in this process or another, a reply is not slowed by it."""
    mine, other = [Budget(await opened(url), "p", RATE, clock) for _ in range(2)]
    for budget in (mine, other):
        for _ in range(60):
            await budget.take(FOR_EVER, waiting)
        since = clock()
        for _ in range(int(RATE * KEPT_BACK.total_seconds()) - 3):
            assert await mine.take(FOR_EVER)
        assert clock() == since


async def test_a_reminder_finds_something_to_spend_before_a_broadcast(
    database: Database, clock: Clock
) -> None:
    """Broadcasts leave something to reminders, as reminders do to replies."""
    budget = Budget(database, "p", RATE, clock)
    await _spent(budget, BROADCAST, clock)
    since = clock()
    assert await budget.take(FOR_EVER, REMINDER)
    assert clock() == since


async def test_while_reminders_wait_no_broadcast_is_sent(database: Database, clock: Clock) -> None:
    """Of reminders and broadcasts that wait side by side all reminders go first."""
    clock.jumps = False
    budget = Budget(database, "p", RATE, clock)
    order: list[tuple[Priority, datetime]] = []

    async def send(priority: Priority, count: int) -> None:
        for _ in range(count):
            await budget.take(FOR_EVER, priority)
            order.append((priority, clock()))

    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(send(BROADCAST, 60)),
            group.create_task(send(REMINDER, 60)),
        ]
        while not all(task.done() for task in tasks):
            for _ in range(20):
                await asyncio.sleep(0.001)
            clock.advance(0.05)
    last_reminder = max(number for number, each in enumerate(order) if each[0] is REMINDER)
    early = [each for each in order[:last_reminder] if each[0] is BROADCAST]
    # What nobody had used in the second before is for everybody.
    assert len(early) <= RATE * 0.7


async def test_the_rate_holds_with_all_kinds(database: Database, clock: Clock) -> None:
    """Going first takes nothing from the limit: so many a second, whatever they are."""
    budget = Budget(database, "p", RATE, clock)
    moments = []
    for number in range(300):
        assert await budget.take(FOR_EVER, list(Priority)[number % 3])
        moments.append(clock())
    for first in moments:
        within = sum(first <= each < first + timedelta(seconds=1) for each in moments)
        assert within <= 2 * RATE + 3
    assert (moments[-1] - moments[0]).total_seconds() <= 300 / RATE + 1


async def test_an_update_does_not_wait_for_all_that_falls_due(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who writes while very many are to be told is heard between two portions of them."""
    monkeypatch.setattr("bot.service.PORTION", 1)
    async with running(database, watching.step, Clock(EVENING)) as process:
        for number in range(40):
            await process.hear("记 2026-12-01", address=f"{number}")
        await process.settled()
        process.clock.advance(days=4)
        reminding = asyncio.create_task(process.service.remind())
        await asyncio.sleep(0)
        await process.hear("好", address="b")
        assert len(await messages(database)) < 40 + 1 + 20
        await reminding
    assert len(await messages(database)) == 40 + 1 + 40
