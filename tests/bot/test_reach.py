"""Who cannot be reached, has moved, or gets too much."""

import pytest
from delivery import chats, heard, running

from bot.app import Step
from bot.database import Database
from bot.platform import ChatLeft, ChatMoved, Left, Moved, Returned, TryLater


async def test_who_has_left_gets_nothing_until_they_return(database: Database, step: Step) -> None:
    """To a chat that has blocked the bot nothing is sent until the platform says it is back."""
    async with running(database, step) as process:
        process.platform.refuse("一", ChatLeft("blocked"))
        await process.hear("一", "二")
        await process.settled()
        await process.later(100_000)
        assert process.platform.tried == [("a", "第1句：一")]
        await process.take(Returned())
        await process.later(0)
        assert process.platform.texts == ["第1句：一", "第2句：二"]


async def test_who_writes_has_returned(database: Database, step: Step) -> None:
    """A chat that was told to have left and writes again gets what waited and its answer."""
    async with running(database, step) as process:
        gate = process.platform.hold_back("一")
        await process.hear("一", "二")
        await process.platform.tries(1)
        await process.take(Left())
        gate.set()
        await process.settled()
        assert process.platform.texts == ["第1句：一"]
        await process.hear("三")
        await process.settled()
        assert process.platform.texts == ["第1句：一", "第2句：二", "第3句：三"]


async def test_who_moves_gets_the_message_at_the_new_address(
    database: Database, step: Step
) -> None:
    """A group that has moved goes on where it was, and the message that was refused follows."""
    async with running(database, step) as process:
        process.platform.refuse("一", ChatMoved("b"))
        await process.hear("一", "二")
        await process.settled()
        assert process.platform.sent == [("b", "第1句：一"), ("b", "第2句：二")]
        await process.hear("三", address="b")
        await process.settled()
        assert process.platform.sent_to("b")[-1] == "第3句：三"
    assert [chat.address for chat in await chats(database)] == ["b"]


async def test_who_tells_of_a_move_has_moved(database: Database, step: Step) -> None:
    """The platform may tell of a move, even twice, before anything is refused."""
    async with running(database, step) as process:
        await process.hear("一")
        await process.settled()
        await process.take(Moved("b"))
        await process.take(Moved("b"), address="b")
        await process.hear("二", address="b")
        await process.settled()
        assert process.platform.sent == [("a", "第1句：一"), ("b", "第2句：二")]


@pytest.mark.parametrize("told", [True, False])
async def test_who_moves_to_where_somebody_talks_already_keeps_everything(
    database: Database, step: Step, *, told: bool
) -> None:
    """If somebody has spoken there before the move is known, nothing kept or waiting is lost."""
    async with running(database, step) as process:
        await process.hear("新", address="b")
        process.platform.refuse("一", *[TryLater("busy", 5)] if told else [ChatMoved("b")])
        await process.hear("一")
        await process.settled()
        if told:
            await process.take(Moved("b"))
        await process.later(1000)
        await process.hear("又", address="b")
        await process.settled()
        said = ["第1句：新", "第1句：一", "第2句：又"]
        assert process.platform.sent == [("b", text) for text in said]
    assert [chat.address for chat in await chats(database)] == ["b"]
    assert await heard(database, "b") == ["一", "又"]


async def test_one_chat_that_is_limited_waits_alone(database: Database, step: Step) -> None:
    """That a platform refuses one chat for a while, even again and again, slows no other."""
    async with running(database, step) as process:
        process.platform.refuse("一", *[TryLater("too many", 30, limited=True)] * 2)
        await process.hear("一")
        await process.settled()
        await process.later(30)
        await process.hear("好", address="b")
        await process.settled()
        assert process.platform.sent == [("b", "第1句：好")]


async def test_when_two_chats_are_limited_all_wait(database: Database, step: Step) -> None:
    """If two chats are refused at the same time the whole bot is meant: nothing is sent."""
    async with running(database, step) as process:
        process.platform.refuse("一", *[TryLater("too many", 30, limited=True)] * 2)
        for address in "ab":
            await process.hear("一", address=address)
            await process.settled()
        await process.hear("好", address="c")
        await process.settled()
        await process.later(29)
        assert len(process.platform.tried) == 2
        await process.later(1)
        assert sorted(process.platform.sent) == [
            ("a", "第1句：一"), ("b", "第1句：一"), ("c", "第1句：好"),
        ]  # fmt: skip


async def test_limits_long_after_each_other_are_of_one_chat_each(
    database: Database, step: Step
) -> None:
    """Two chats that are refused a minute apart say nothing of the others."""
    async with running(database, step) as process:
        process.platform.refuse("一", *[TryLater("too many", 600, limited=True)] * 2)
        for address in "ab":
            await process.hear("一", address=address)
            await process.settled()
            process.clock.advance(60)
        await process.hear("好", address="c")
        await process.settled()
        assert process.platform.sent == [("c", "第1句：好")]
