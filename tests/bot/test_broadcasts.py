"""What is told to all who follow an award: once each, in portions, by officers only."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from delivery import Clock, Process, messages, running, said
from sqlalchemy.engine import URL
from watching import AWARD, REFUSED, step

from bot import broadcasts, staff
from bot.database import Database
from bot.followed_up import LARGE
from bot.outgoing import Priority
from bot.platform import ChatLeft, Left, TryLater, Undeliverable

Open = Callable[[URL], Awaitable[Database]]
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
"""Noon in Shanghai, where chats begin."""
HOUR = timedelta(hours=1).total_seconds()


async def _officer(database: Database, process: Process, address: str = "officer") -> None:
    async with database.transaction() as connection:
        code = await staff.invite(connection, AWARD, NOON + timedelta(days=7), NOON)
    await process.hear(f"加入 {code}", address=address)
    await process.settled()


async def _followers(process: Process, count: int) -> None:
    for number in range(count):
        await process.hear(f"关注 {AWARD}", address=f"{number}")
    await process.settled()


async def _heard(process: Process, count: int) -> list[list[str]]:
    return [process.platform.sent_to(f"{number}")[1:] for number in range(count)]


async def test_everybody_who_follows_is_told_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Followers get it, others don't; the officer hears what came of it."""
    monkeypatch.setattr("bot.broadcasts.PORTION", 2)
    async with running(database, step, Clock(NOON)) as process:
        await _officer(database, process)
        await _followers(process, 5)
        await process.hear("关注 qinzhou", address="other")
        await process.hear("群发 请交自评报告", address="officer")
        await process.settled()
        for _ in range(3):
            await process.later(1)
        assert all("请交自评报告" in text for (text,) in await _heard(process, 5))
        assert len(process.platform.sent_to("other")) == 1
        _, confirmed, report = process.platform.sent_to("officer")
        assert confirmed == "群发了"
        assert report == "群发完成：送到5位，0位已停用或屏蔽了我，0位没发出去。"
    copies = [row for row in await messages(database) if row.broadcast_id]
    assert {row.priority for row in copies} == {Priority.BROADCAST}


async def test_the_report_tells_who_did_not_get_it(database: Database) -> None:
    """Those who had left, who turn out to have left, and what was refused are told apart."""
    async with running(database, step, Clock(NOON)) as process:
        await _officer(database, process)
        await _followers(process, 4)
        await process.take(Left(), address="0")
        process.platform.refuse("注意", ChatLeft("blocked"), Undeliverable("no"))
        await process.hear("群发 注意", address="officer")
        await process.settled()
        for _ in range(3):
            await process.later(1)
        report = "群发完成：送到1位，2位已停用或屏蔽了我，1位没发出去。"
        assert process.platform.sent_to("officer")[-1] == report


async def test_a_broadcast_that_waits_is_not_over(database: Database) -> None:
    """The report comes when the last copy has gone out."""
    async with running(database, step, Clock(NOON)) as process:
        await _officer(database, process)
        await _followers(process, 2)
        process.platform.refuse("注意", TryLater("busy", 60))
        await process.hear("群发 注意", address="officer")
        await process.settled()
        await process.later(1)
        await process.later(1)
        assert "完成" not in process.platform.sent_to("officer")[-1]
        await process.later(60)
        await process.later(1)
        assert "送到2位" in process.platform.sent_to("officer")[-1]


async def test_a_broadcast_to_nobody_says_so(database: Database) -> None:
    """Where nobody follows the award the officer is told."""
    async with running(database, step, Clock(NOON)) as process:
        await _officer(database, process)
        await process.hear("群发 注意", address="officer")
        await process.settled()
        for _ in range(2):
            await process.later(1)
        assert "没有人关注" in process.platform.sent_to("officer")[-1]


async def test_of_a_large_one_the_officer_hears_how_it_goes(database: Database) -> None:
    """While hundreds of copies go out it is told at the quarters, then what came of it."""
    async with running(database, step, Clock(NOON)) as process:
        await _officer(database, process)
        await _followers(process, LARGE)
        gate = process.platform.hold_back("注意")
        await process.hear("群发 注意", address="officer")
        process.clock.advance(1)
        await process.service.remind()
        gate.set()
        for _ in range(20):
            await process.later(20)
        told = process.platform.sent_to("officer")[2:]
        assert f"共{LARGE}位" in told[0]
        assert told[-1] == f"群发完成：送到{LARGE}位，0位已停用或屏蔽了我，0位没发出去。"
        assert len(told) <= 5


@pytest.mark.parametrize("order", ["发布", "群发 注意", "加入 made-up"])
async def test_orders_are_for_officers(database: Database, order: str) -> None:
    """Whatever the conversation asks for: without the right nothing is done, and that is said."""
    async with running(database, step, Clock(NOON)) as process:
        await _followers(process, 1)
        await process.hear(order, address="anybody")
        await process.settled()
        await process.later(1)
        assert process.platform.sent_to("anybody") == [REFUSED]
        assert await _heard(process, 1) == [[]]


async def test_a_round_is_announced_corrected_and_withdrawn(database: Database) -> None:
    """Each is told to those who follow, once, with what is changed; the dates follow it."""
    async with running(database, step, Clock(NOON)) as process:
        await _officer(database, process)
        await _followers(process, 3)
        for order in ("发布", "更正 5", "撤回"):
            await process.hear(order, address="officer")
            await process.settled()
            for _ in range(2):
                await process.later(60)
        for told in await _heard(process, 3):
            assert [("公布" in text, "更正" in text, "撤回" in text) for text in told] == [
                (True, False, False), (False, True, False), (False, False, True),
            ]  # fmt: skip
        assert process.platform.sent_to("officer")[1:] == ["发布了", "更正了", "撤回了"]
        await process.later(timedelta(days=60).total_seconds())
        assert all(len(told) == 3 for told in await _heard(process, 3))


async def test_an_order_that_comes_too_late_is_refused(database: Database) -> None:
    """A second round of the year is not announced, and nobody is told of it."""
    async with running(database, step, Clock(NOON)) as process:
        await _officer(database, process)
        await _followers(process, 1)
        for update in ("1", "2"):
            await process.service.accept(said("发布", update, address="officer"))
            await process.settled()
            await process.later(1)
        assert process.platform.sent_to("officer")[1:] == ["发布了", REFUSED]
        assert len((await _heard(process, 1))[0]) == 1


async def test_what_is_announced_is_what_falls_due(database: Database) -> None:
    """Whoever followed before the round was announced is reminded of its days."""
    async with running(database, step, Clock(NOON)) as process:
        await _officer(database, process)
        await _followers(process, 1)
        await process.hear("发布", address="officer")
        await process.settled()
        await process.later(1)
        await process.later(timedelta(days=3).total_seconds())
        assert len((await _heard(process, 1))[0]) == 2


async def test_a_reminder_of_a_day_that_holds_no_longer_is_not_sent(database: Database) -> None:
    """What waits to be sent when a round is withdrawn is taken back."""
    async with running(database, step, Clock(NOON)) as process:
        await _officer(database, process)
        await _followers(process, 1)
        await process.hear("发布", address="officer")
        await process.settled()
        await process.later(1)
        process.platform.refuse("", *[TryLater("busy", 600)])
        process.clock.advance(days=2)
        await process.later(0)
        await process.hear("撤回", address="officer")
        await process.settled()
        await process.later(1)
        await process.later(600)
        told = (await _heard(process, 1))[0]
        assert len(told) == 2
        assert "撤回" in told[1]


async def test_nobody_is_woken(database: Database) -> None:
    """Whoever is in their quiet hours gets their copy at the end of them; the report waits."""
    night = NOON + timedelta(hours=11)
    async with running(database, step, Clock(night)) as process:
        await _officer(database, process)
        await _followers(process, 2)
        await process.hear("安静 0-0", address="1")
        await process.hear("群发 注意", address="officer")
        await process.settled()
        await process.later(1)
        await process.later(1)
        assert await _heard(process, 1) == [[]]
        assert "注意" in process.platform.sent_to("1")[-1]
        assert "完成" not in process.platform.sent_to("officer")[-1]
        await process.later(9 * HOUR)
        for _ in range(2):
            await process.later(1)
        assert "注意" in process.platform.sent_to("0")[-1]
        assert "送到2位" in process.platform.sent_to("officer")[-1]


async def test_several_processes_copy_once(url: URL, opened: Open) -> None:
    """Processes that are at the same broadcast leave nobody out and tell none twice."""
    async with running(await opened(url), step, Clock(NOON)) as process:
        await _officer(await opened(url), process)
        await _followers(process, 50)
        await process.hear("群发 注意", address="officer")
        await process.settled()
    databases = [await opened(url) for _ in range(3)]

    async def work(database: Database) -> None:
        for _ in range(12):
            async with database.transaction() as connection:
                await broadcasts.copy(connection, NOON, 7)
            await asyncio.sleep(0)

    await asyncio.gather(*[work(database) for database in databases])
    found = [row.chat_id for row in await messages(databases[0]) if row.broadcast_id]
    assert len(found) == len({*found}) == 50


async def test_who_has_everything_forgotten_gets_nothing_more(database: Database) -> None:
    """An officer who is forgotten hears no report; a follower no copy."""
    async with running(database, step, Clock(NOON)) as process:
        await _officer(database, process)
        await _followers(process, 2)
        await process.hear("群发 注意", address="officer")
        for address in ("0", "officer"):
            await process.hear("忘", address=address)
        await process.settled()
        for _ in range(3):
            await process.later(1)
        assert process.platform.sent_to("0")[-1] == "都删掉了"
        assert process.platform.sent_to("officer")[-1] == "都删掉了"
        assert "注意" in process.platform.sent_to("1")[-1]
