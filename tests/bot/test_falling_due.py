"""What falls due is told once, when it is time, by whichever process comes first."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from delivery import NO_LIMIT, Clock, chats, messages, running
from sqlalchemy import select, update
from sqlalchemy.engine import URL
from sqlmodel import col
from structlog.testing import capture_logs
from watching import step

from bot.database import Database
from bot.falling_due import fall_due
from bot.houses import Houses, Lookup
from bot.outgoing import Priority
from bot.platform import ChatLeft, Left, Moved, Returned, TryLater
from bot.reminders import AGAIN
from bot.service import Limits
from bot.tables import ChatRow, FollowRow, ReminderRow

Open = Callable[[URL], Awaitable[Database]]

# In Shanghai, where chats begin, reminders come at 9 o'clock: 1:00 in UTC.
EVENING = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""A week before the first of December."""


def _clock(moment: datetime = EVENING) -> Clock:
    return Clock(moment)


async def _names(database: Database) -> list[str]:
    async with database.transaction() as connection:
        return sorted((await connection.execute(select(col(ReminderRow.name)))).scalars())


async def _follows(database: Database) -> list[str]:
    async with database.transaction() as connection:
        return sorted((await connection.execute(select(col(FollowRow.award)))).scalars())


def _seconds(moment: datetime, clock: Clock) -> float:
    return (moment - clock()).total_seconds()


async def test_a_date_is_told_at_its_time_and_once(database: Database) -> None:
    """Not a second before nine o'clock a week ahead, then once, whoever asks again."""
    async with running(database, step, _clock()) as process:
        await process.hear("记 2026-12-01")
        await process.settled()
        await process.later(_seconds(NINE, process.clock) - 1)
        assert process.platform.texts == ["好"]
        for _ in range(3):
            await process.later(1)
        assert len(process.platform.texts) == 2
        assert "内审" in process.platform.texts[1]
    (_, reminder) = await messages(database)
    assert reminder.priority == Priority.REMINDER
    assert len(await _names(database)) == 1


async def test_several_of_a_day_come_in_one_message(database: Database) -> None:
    """Two dates of which both are due make one message, and a name each."""
    async with running(database, step, _clock()) as process:
        await process.hear("记 2026-12-01", "记 2026-11-27")
        await process.settled()
        await process.later(_seconds(NINE, process.clock))
        assert len(process.platform.texts) == 3
    assert len(await _names(database)) == 2


async def test_the_row_says_when_to_look_again(database: Database) -> None:
    """After each step and each reminder; when nothing is watched any more, never."""
    async with running(database, step, _clock()) as process:
        await process.hear("好")
        (chat,) = await chats(database)
        assert (chat.remind_at, chat.reminded_at) == (None, None)
        await process.hear("记 2026-12-01")
        (chat,) = await chats(database)
        assert (chat.remind_at, chat.reminded_at) == (NINE, EVENING)
        await process.settled()
        await process.later(_seconds(NINE, process.clock))
        (chat,) = await chats(database)
        assert (chat.remind_at, chat.reminded_at) == (NINE + timedelta(days=4), NINE)
        await process.hear("停")
        (chat,) = await chats(database)
        assert chat.remind_at is None


async def test_who_follows_an_award_can_be_found(database: Database) -> None:
    """The awards followed are those of the state, after each step."""
    async with running(database, step, _clock()) as process:
        await process.hear("关注 jian", "关注 qinzhou")
        assert await _follows(database) == ["jian", "qinzhou"]
        await process.hear("停")
        assert await _follows(database) == []


async def test_after_a_downtime_what_was_missed_is_told_once(database: Database) -> None:
    """Of two reminders of one date that were missed, one message, marked as late."""
    async with running(database, step, _clock()) as process:
        await process.hear("记 2026-12-01")
        await process.settled()
        await process.later(_seconds(NINE + timedelta(days=4, hours=3), process.clock))
        assert len(process.platform.texts) == 2
        assert "晚了" in process.platform.texts[1]
    assert len(await _names(database)) == 2


async def test_several_processes_tell_everything_once(url: URL, opened: Open) -> None:
    """Processes that look at the same moment share the chats; none is told twice."""
    async with running(await opened(url), step, _clock()) as process:
        for number in range(40):
            await process.hear("记 2026-12-01", address=f"{number}")
        await process.settled()
    databases = [await opened(url) for _ in range(3)]

    async def look(database: Database) -> None:
        for _ in range(10):
            async with database.transaction() as connection:
                lookup = Lookup(connection, Houses(30), NINE)
                await fall_due(connection, lookup, "p", NINE, 7)
            await asyncio.sleep(0)

    await asyncio.gather(*[look(database) for database in databases])
    found = [row.chat_id for row in await messages(databases[0]) if row.priority]
    assert sorted(found) == sorted({*found})
    assert len(found) == len(await _names(databases[0])) == 40


async def test_who_has_left_is_told_on_return_and_once(database: Database) -> None:
    """Nothing piles up meanwhile: what is still of use comes in one message, as late or over."""
    async with running(database, step, _clock()) as process:
        await process.hear("记 2026-12-01", "记 2026-11-25")
        await process.settled()
        process.platform.refuse("内审", ChatLeft("blocked"))
        await process.later(_seconds(NINE, process.clock))
        for _ in range(5):
            await process.later(timedelta(days=1).total_seconds())
        assert len(process.platform.tried) == 3
        await process.take(Returned())
        await process.later(0)
        await process.settled()
        (told,) = process.platform.texts[2:]
        assert told.count("内审") == 2
        assert "已经过了" in told
    assert [row.status for row in await messages(database)] == ["sent", "sent", "skipped", "sent"]


async def test_a_reminder_that_could_not_be_sent_for_long_is_renewed(database: Database) -> None:
    """After hours in which the platform was away it is told once, as late, with the days left."""
    async with running(database, step, _clock()) as process:
        await process.hear("记 2026-12-01")
        await process.settled()
        process.platform.refuse("内审", TryLater("away", timedelta(hours=30).total_seconds()))
        await process.later(_seconds(NINE, process.clock))
        waiting = (await messages(database))[-1]
        await process.later(timedelta(hours=31).total_seconds())
        await process.later(1)
        told = process.platform.texts[1:]
        assert len(told) == 1
        assert "晚了" in told[0]
        assert json.loads(waiting.body)["text"] not in told
    assert [row.status for row in await messages(database)] == ["sent", "skipped", "sent"]


async def test_a_chat_that_moves_takes_its_reminders_along(database: Database) -> None:
    """Also to where somebody has spoken before: the dates are told there, and once."""
    async with running(database, step, _clock()) as process:
        await process.hear("记 2026-12-01", "关注 jian")
        await process.hear("好", address="b")
        await process.settled()
        await process.take(Moved("b"))
        await process.later(_seconds(NINE, process.clock))
        assert "内审" in process.platform.sent_to("b")[-1]
        assert await _follows(database) == ["jian"]


async def test_to_forget_ends_all_reminders(database: Database) -> None:
    """Nothing is followed, remembered or told any more, though something waits."""
    async with running(database, step, _clock()) as process:
        await process.hear("记 2026-12-01", "关注 jian")
        await process.settled()
        await process.later(_seconds(NINE, process.clock))
        await process.hear("忘")
        await process.settled()
        assert (await _names(database), await _follows(database)) == ([], [])
        await process.later(timedelta(days=10).total_seconds())
        assert process.platform.texts[-1] == "都删掉了"
    assert await chats(database) == []


async def test_an_export_has_what_is_followed_and_was_told(database: Database) -> None:
    """What is kept of a chat beside its row and its messages is in the file, and nobody else's."""
    async with running(database, step, _clock()) as process:
        for address in "ab":
            await process.hear("记 2026-12-01", "关注 jian", address=address)
        await process.settled()
        await process.later(_seconds(NINE, process.clock))
        await process.hear("导出")
        await process.settled()
        attachment = process.platform.messages[-1].reply.attachment
        assert attachment is not None
        kept = json.loads(attachment.text)
    assert [row["award"] for row in kept["follow"]] == ["jian"]
    (told,) = kept["reminder"]
    assert (told["chat_id"], told["told_at"]) == (kept["id"], NINE.isoformat())
    assert kept["remind_at"] == (NINE + timedelta(days=4)).isoformat()
    assert kept["staff"] == kept["broadcast"] == kept["deferred"] == []


async def test_chats_that_nobody_uses_are_removed_with_all_of_theirs(database: Database) -> None:
    """What was told is removed with the chat that nobody has used for long."""
    async with running(database, step, _clock(), Limits(NO_LIMIT, retention_days=30)) as process:
        await process.hear("记 2026-12-01")
        await process.settled()
        await process.later(_seconds(NINE, process.clock))
        await process.later(15 * 86_400)
        process.clock.advance(days=31)
        await process.service.keep_up()
    assert (await chats(database), await _names(database), await _follows(database)) == ([], [], [])


@pytest.mark.parametrize("wish", ["记 2028-12-01", "关注 jian"])
async def test_who_waits_to_be_told_is_kept_as_long_as_they_can_be(
    database: Database, wish: str
) -> None:
    """A date, or the next round of an award, may be years away; who blocks the bot is removed."""
    async with running(database, step, _clock(), Limits(NO_LIMIT, retention_days=30)) as process:
        await process.hear(wish)
        await process.settled()
        process.clock.advance(days=400)
        await process.service.keep_up()
        assert len(await chats(database)) == 1
        await process.take(Left())
        await process.service.keep_up()
    assert await chats(database) == []


async def test_one_that_fails_harms_no_other(database: Database) -> None:
    """A chat for which nothing can be derived is tried again later; the log quotes nobody."""
    async with running(database, step, _clock()) as process:
        await process.hear("记 2026-12-01")
        await process.hear("记 2026-12-01", address="b")
        await process.settled()
        async with database.transaction() as connection:
            await connection.exec_driver_sql("UPDATE chat SET state = '{秘密' WHERE address = 'a'")
        with capture_logs() as lines:
            await process.later(_seconds(NINE, process.clock))
        assert len(process.platform.sent_to("b")) == 2
    assert "cannot be told" in str(lines)
    assert "秘密" not in str(lines)
    assert (await chats(database))[0].remind_at == NINE + AGAIN


async def test_who_leaves_with_an_unreadable_state_harms_no_other(database: Database) -> None:
    """A date that was put off and is not told cannot be noted in it; that is all that is lost."""
    snoozed = "w1@2026-12-01~2026-11-24T01:00:00+00:00"
    async with running(database, step, _clock()) as process:
        await process.hear("记 2026-12-01")
        await process.settled()
        process.platform.refuse("内审", TryLater("away", 60))
        await process.later(_seconds(NINE, process.clock))
        async with database.transaction() as connection:
            await connection.execute(update(ReminderRow).values(name=snoozed))
            await connection.exec_driver_sql("UPDATE chat SET state = '{秘密'")
        with capture_logs() as lines:
            await process.take(Left())
    assert "cannot be told" in str(lines)
    assert "秘密" not in str(lines)
    assert [row.status for row in await messages(database)] == ["sent", "skipped"]
    assert (await chats(database))[0].left_at is not None


async def test_what_is_told_is_forgotten_in_the_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are kept as long as they could come up again, then removed."""
    monkeypatch.setattr("bot.service.UPKEEP_ROWS", 1)
    async with running(database, step, _clock()) as process:
        for address in "ab":
            await process.hear("记 2026-12-01", address=address)
        await process.settled()
        await process.later(_seconds(NINE, process.clock))
        process.clock.advance(days=399)
        await process.service.keep_up()
        assert len(await _names(database)) == 2
        process.clock.advance(days=2)
        await process.service.keep_up()
        assert await _names(database) == []


async def test_who_is_quiet_is_told_afterwards(database: Database) -> None:
    """What falls into quiet hours comes at the end of them."""
    async with running(database, step, _clock()) as process:
        await process.hear("记 2026-12-01", "安静 8-12")
        await process.settled()
        await process.later(_seconds(NINE, process.clock))
        assert len(process.platform.texts) == 2
        await process.later(timedelta(hours=3).total_seconds())
        assert "内审" in process.platform.texts[-1]


def test_what_is_looked_for_has_an_index() -> None:
    """Chats are found by when to look at them, without those that cannot be reached."""
    names = {index.name for index in ChatRow.__table__.indexes}  # type: ignore[attr-defined]
    assert "ix_chat_remind_at" in names
