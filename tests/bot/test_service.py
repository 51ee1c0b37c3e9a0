"""The running system: what it takes, what it sweeps up, how it ends."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest
from delivery import NO_LIMIT, chats, heard, messages, refusing, running, spoiling
from sqlalchemy.engine import URL
from structlog.testing import capture_logs

from bot.app import Step
from bot.database import Database
from bot.errors import DatabaseError
from bot.platform import Left, TryLater
from bot.service import Limits
from conversations.model import Choice, Event, House, Pressed, Reply, State

Open = Callable[[URL], Awaitable[Database]]


async def test_the_sweep_leaves_alone_what_cannot_be_sent(
    url: URL, opened: Open, step: Step
) -> None:
    """Who is waiting, has left or is being sent to by another process is not taken up."""
    async with (
        running(await opened(url), step) as first,
        running(await opened(url), step, first.clock) as second,
    ):
        first.platform.refuse("等", TryLater("busy", 20))
        await first.hear("等", address="waiting")
        first.platform.hold_back("忙")
        await first.hear("忙", address="held")
        await first.platform.tries(2)
        first.platform.refuse("走", TryLater("busy", 1))
        await first.hear("走", address="left")
        await first.platform.tries(3)
        await first.take(Left(), address="left")
        second.clock.advance(10)
        assert not await second.service.sweep()
        second.clock.advance(10)
        assert await second.service.sweep()
        await second.settled()
        assert second.platform.sent == [("waiting", "第1句：等")]


async def test_the_sweep_mends_a_wrong_count(database: Database, step: Step) -> None:
    """A chat for which something is said to wait, and nothing does, is not looked at for ever."""
    async with running(database, step) as process:
        await process.hear("一")
        await process.settled()
        async with database.transaction() as connection:
            await connection.exec_driver_sql("UPDATE chat SET waiting = 1")
        assert not await process.service.sweep()
    assert [chat.waiting for chat in await chats(database)] == [0]


async def test_whoever_stops_lets_go(
    url: URL, opened: Open, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a process ends, what it has not sent is sent by another one without delay."""
    monkeypatch.setattr("bot.service.STOP_SECONDS", 0)
    async with (
        running(await opened(url), step) as first,
        running(await opened(url), step, first.clock) as second,
    ):
        first.platform.hold_back("一")
        await first.hear("一", "二")
        await first.platform.tries(1)
        await first.service.stop()
        assert await second.service.sweep()
        await second.settled()
        assert second.platform.texts == ["第1句：一", "第2句：二"]
        assert first.platform.texts == []


async def test_what_is_under_way_at_the_end_is_finished(database: Database, step: Step) -> None:
    """A message that is being sent when the program ends is sent and noted; the next one stays."""
    async with running(database, step) as process:
        gate = process.platform.hold_back("一")
        await process.hear("一", "二")
        await process.platform.tries(1)
        stopping = asyncio.create_task(process.service.stop())
        await asyncio.sleep(0)
        gate.set()
        await stopping
        assert process.platform.texts == ["第1句：一"]
    assert [row.status for row in await messages(database)] == ["sent", "queued"]


async def test_after_the_end_nothing_is_taken(database: Database, step: Step) -> None:
    """An update that comes when the program is ending has not happened: it is delivered again."""
    async with running(database, step) as process:
        await process.service.stop()
        with pytest.raises(DatabaseError, match="ending"):
            await process.hear("一")
    assert await chats(database) == []


async def test_an_update_that_cannot_be_kept_is_told(database: Database, step: Step) -> None:
    """If the database gives way the update may be accepted again, and is then answered once."""
    async with running(database, step) as process:
        async with refusing(database, "INSERT ON outgoing"):
            with pytest.raises(DatabaseError, match="full"):
                await process.hear("一")
        await process.settled()
        assert process.platform.tried == []
        await process.hear("一")
        await process.hear("一")
        await process.settled()
        assert process.platform.texts == ["第1句：一"]


async def test_an_update_that_can_never_be_kept_is_acknowledged(
    database: Database, step: Step
) -> None:
    """It would fail every time it came again and stand in the way; the log quotes nobody."""
    with capture_logs() as lines:
        async with running(database, spoiling(step)) as process:
            await process.hear("怪", "好")
            await process.settled()
            assert process.platform.texts == ["第1句：好"]
    assert "cannot be dealt with" in str(lines)
    assert "怪" not in str(lines)
    assert await heard(database) == ["好"]


async def test_who_does_not_wait_for_the_commit_is_answered_all_the_same(
    database: Database, step: Step
) -> None:
    """If whoever brought an update hangs up, it is dealt with, and answered at once."""
    async with running(database, step) as process:
        bringing = asyncio.create_task(process.hear("一"))
        await asyncio.sleep(0)
        bringing.cancel()
        await process.platform.tries(1)
        await process.settled()
        assert process.platform.texts == ["第1句：一"]


async def test_a_pressed_question_is_replaced_by_the_next(database: Database) -> None:
    """The platform's id of the latest message with buttons is kept, so that it can be edited."""

    def ask(
        state: State, _event: Event, _now: datetime, _house: House
    ) -> tuple[State, tuple[Reply, ...]]:
        return state, (Reply("第几年？", question="q", choices=(Choice("q:1", "一"),)),)

    async with running(database, ask) as process:
        await process.hear("好")
        await process.settled()
        await process.take(Pressed("q:1"), pressed="m1")
        await process.settled()
        await process.take(Pressed("q:2"), pressed="m1")
        await process.settled()
        assert [message.replaces for message in process.platform.messages] == [None, "m1", None]


async def test_whether_the_database_is_reached_can_be_asked(database: Database, step: Step) -> None:
    """A ping reaches the database, and a chat is known once something was said in it."""
    async with running(database, step) as process:
        await process.service.ping()
        assert not await process.service.knows("a")
        await process.hear("一")
        assert await process.service.knows("a")


async def test_many_chats_at_once_are_all_answered(database: Database, step: Step) -> None:
    """Chats that speak at the same moment, several times each, get all answers in order."""
    async with running(database, step, limits=Limits(rate=NO_LIMIT)) as process:
        spoken = [(f"{chat}", f"{text}") for text in range(5) for chat in range(40)]
        await asyncio.gather(*[process.hear(text, address=chat) for chat, text in spoken])
        await process.settled()
        await process.later(0)
        expected = [f"第{text + 1}句：{text}" for text in range(5)]
        assert all(process.platform.sent_to(f"{chat}") == expected for chat in range(40))
