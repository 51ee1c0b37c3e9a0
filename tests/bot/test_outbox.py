"""Sending: in order and once, with patience, and what can never be sent stands in no way."""

import pytest
from delivery import NOW, chats, heard, messages, refusing, running
from sqlalchemy import update
from sqlmodel import col
from structlog.testing import capture_logs

from bot.app import MOST_WAITING, TOO_FAST, Step
from bot.budget import CHAT_BURST
from bot.database import Database
from bot.outbox import LONGEST_WAIT
from bot.platform import TryLater, Undeliverable
from bot.service import Limits
from bot.tables import OutgoingRow


async def _statuses(database: Database) -> list[tuple[str, int]]:
    return [(row.status, row.attempts) for row in await messages(database)]


async def _waits(database: Database) -> list[float]:
    found = [chat.wait_until for chat in await chats(database)]
    return [(until.replace(tzinfo=NOW.tzinfo) - NOW).total_seconds() for until in found if until]


async def test_messages_are_sent_in_order_and_once(database: Database, step: Step) -> None:
    """Messages go out in the order in which they were made, and then no more."""
    async with running(database, step) as process:
        await process.hear("一", "二", "三")
        await process.settled()
        await process.later(1000)
        assert process.platform.texts == ["第1句：一", "第2句：二", "第3句：三"]
    assert await _statuses(database) == [("sent", 1)] * 3
    (chat,) = await chats(database)
    assert (chat.waiting, chat.held_by, chat.asked) == (0, None, "m3")


async def test_what_is_sent_is_no_longer_kept(database: Database, step: Step) -> None:
    """Of a message that is sent, only that it was is kept, not its text."""
    async with running(database, step) as process:
        await process.hear("一")
        await process.settled()
    (row,) = await messages(database)
    assert (row.body, row.sent_at.replace(tzinfo=NOW.tzinfo)) == ("", NOW)


async def test_one_message_a_chat_is_under_way(database: Database, step: Step) -> None:
    """The next message waits until the one before has arrived; other chats don't."""
    async with running(database, step) as process:
        gate = process.platform.hold_back("一")
        await process.hear("一", "二")
        await process.hear("好", address="b")
        await process.platform.tries(2)
        assert process.platform.tried == [("a", "第1句：一"), ("b", "第1句：好")]
        gate.set()
        await process.settled()
        assert process.platform.sent_to("a") == ["第1句：一", "第2句：二"]


async def test_only_so_many_messages_are_under_way(
    database: Database, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many chats there are, so many messages at a time are given to the platform."""
    monkeypatch.setattr("bot.outbox.MOST_AT_ONCE", 3)
    async with running(database, step) as process:
        gate = process.platform.hold_back("好")
        for number in range(10):
            await process.hear("好", address=str(number))
        await process.platform.tries(3)
        gate.set()
        await process.settled()
        assert len(process.platform.sent) == 10
        assert process.platform.most_at_once == 3


async def test_a_long_message_is_sent_part_by_part(database: Database, step: Step) -> None:
    """The parts of a message go out in order, before the next message; it counts as one attempt."""
    async with running(database, step) as process:
        await process.hear("一|二|三", "四")
        await process.settled()
        assert process.platform.texts == ["第1句：一", "二", "三", "第2句：四"]
    assert await _statuses(database) == [("sent", 1), ("sent", 1)]


async def test_after_a_trouble_only_the_parts_not_sent_are_sent(
    database: Database, step: Step
) -> None:
    """A message whose second part is refused for now goes on with that part."""
    async with running(database, step) as process:
        process.platform.refuse("二", TryLater("busy", 5))
        await process.hear("一|二|三")
        await process.settled()
        assert (await messages(database))[0].parts_sent == 1
        await process.later(5)
        assert process.platform.texts == ["第1句：一", "二", "三"]


async def test_the_platform_says_how_long_to_wait(database: Database, step: Step) -> None:
    """A message that is refused for some seconds is tried again after them, and not before."""
    async with running(database, step) as process:
        process.platform.refuse("一", TryLater("busy", 40))
        await process.hear("一", "二")
        await process.settled()
        await process.later(39)
        assert process.platform.tried == [("a", "第1句：一")]
        await process.later(1)
        assert process.platform.texts == ["第1句：一", "第2句：二"]


async def test_what_comes_in_while_a_chat_waits_does_not_overtake(
    database: Database, step: Step
) -> None:
    """A new answer stands behind the one that has to wait."""
    async with running(database, step) as process:
        process.platform.refuse("一", TryLater("busy", 40))
        await process.hear("一")
        await process.settled()
        await process.hear("二")
        await process.settled()
        assert process.platform.sent == []
        await process.later(40)
        assert process.platform.texts == ["第1句：一", "第2句：二"]


@pytest.mark.parametrize("error", [TryLater("away"), TimeoutError("away"), KeyError("away")])
async def test_patience_grows_with_every_attempt(
    database: Database, step: Step, error: Exception
) -> None:
    """If it is not said how long to wait, each wait is about twice the one before, to a limit."""
    async with running(database, step) as process:
        process.platform.refuse("一", *[error] * 12)
        await process.hear("一")
        await process.settled()
        for number in range(12):
            (until,) = await _waits(database)
            wait = until - (process.clock() - NOW).total_seconds()
            longest = min(LONGEST_WAIT, 2.0**number)
            assert longest / 2 <= wait <= longest
            await process.later(wait)
        assert process.platform.texts == ["第1句：一"]
    assert await _statuses(database) == [("sent", 13)]


async def test_an_unknown_trouble_is_logged_without_a_word_of_the_message(
    database: Database, step: Step
) -> None:
    """Whatever sending raises, the log has its kind and not its words."""
    with capture_logs() as lines:
        async with running(database, step) as process:
            process.platform.refuse("秘密", KeyError("秘密"))
            await process.hear("秘密", "看不懂的秘密")
            await process.settled()
            await process.later(2)
    assert "KeyError" in str(lines)
    assert "ValueError" in str(lines)
    assert "秘密" not in str(lines)


@pytest.mark.parametrize("text", ["一", "看不懂"])
async def test_what_can_never_be_sent_is_given_up(
    database: Database, step: Step, text: str
) -> None:
    """A message that the platform never takes, or that cannot be shown, has failed: the next."""
    async with running(database, step) as process:
        process.platform.refuse("一", Undeliverable("no such thing"))
        await process.hear(text, "二")
        await process.settled()
        assert process.platform.texts == ["第2句：二"]
    first, second = await messages(database)
    assert (first.status, first.body, second.status) == ("failed", "", "sent")
    assert first.last_error in {"no such thing", "cannot be shown: ValueError"}


async def test_a_kept_message_that_cannot_be_read_is_given_up(
    database: Database, step: Step, caplog: pytest.LogCaptureFixture
) -> None:
    """A kept message that cannot be read has failed; it stands in nobody's way."""
    async with running(database, step) as process:
        process.platform.refuse("一", TryLater("busy", 5))
        await process.hear("一", "二")
        await process.settled()
        spoil = update(OutgoingRow).where(col(OutgoingRow.position) == 1)
        async with database.transaction() as connection:
            await connection.execute(spoil.values(body='{"text": 一}'))
        await process.later(5)
        assert process.platform.texts == ["第2句：二"]
    assert [status for status, _ in await _statuses(database)] == ["failed", "sent"]
    assert "一" not in caplog.text


async def test_what_is_sent_but_not_noted_is_not_sent_again(database: Database, step: Step) -> None:
    """If the database gives way after sending, the note is made as soon as it is back."""
    async with running(database, step) as process:
        gate = process.platform.hold_back("一")
        await process.hear("一", "二")
        await process.platform.tries(1)
        async with refusing(database, "UPDATE ON outgoing"):
            gate.set()
            await process.clock.asleep(1)
            process.clock.advance(5)
            await process.clock.asleep(2)
        process.clock.advance(5)
        await process.settled()
        assert process.platform.texts == ["第1句：一", "第2句：二"]
    assert await _statuses(database) == [("sent", 1)] * 2


async def test_without_a_budget_nothing_is_sent(database: Database, step: Step) -> None:
    """If it cannot be seen how much may be sent, messages wait a moment."""
    async with running(database, step) as process:
        async with refusing(database, "UPDATE ON sending"):
            await process.hear("一")
            await process.settled()
            assert process.platform.tried == []
        await process.later(1)
        assert process.platform.texts == ["第1句：一"]


async def test_a_flood_gets_the_newest_answer_alone(database: Database, step: Step) -> None:
    """Once too many answers wait for a chat they are skipped; all that was said is kept."""
    texts = [str(number) for number in range(1, MOST_WAITING + 4)]
    async with running(database, step) as process:
        gate = process.platform.hold_back("第1句")
        await process.hear(*texts)
        gate.set()
        await process.settled()
        n = MOST_WAITING + 2
        assert process.platform.texts == [
            "第1句：1",
            f"{TOO_FAST}\n\n第{n}句：{n}",
            f"第{n + 1}句：{n + 1}",
        ]
    assert await heard(database) == texts
    statuses = [status for status, _ in await _statuses(database)]
    assert statuses == ["skipped"] * (MOST_WAITING + 1) + ["sent"] * 2
    assert [chat.waiting for chat in await chats(database)] == [0]


async def test_a_chat_that_is_fast_is_slowed_down_alone(database: Database, step: Step) -> None:
    """After so many messages a chat gets one a second; another one gets its answer at once."""
    async with running(database, step, limits=Limits(rate=30)) as process:
        for number in range(CHAT_BURST):
            await process.hear(str(number))
            await process.settled()
        process.clock.advance(0.5)
        await process.hear("还有")
        await process.clock.asleep(1)
        await process.hear("好", address="b")
        await process.platform.tries(CHAT_BURST + 1)
        assert process.platform.sent[-1] == ("b", "第1句：好")
        process.clock.advance(0.5)
        await process.settled()
        assert process.platform.sent[-1] == ("a", f"第{CHAT_BURST + 1}句：还有")
