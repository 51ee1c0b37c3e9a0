"""How the sending stands: what waits and since when, who is out of reach, what went wrong."""

from datetime import timedelta

import pytest
from delivery import NOW, running
from sqlalchemy.engine import URL

from bot import broadcasts, store
from bot.app import Step
from bot.config import Settings
from bot.database import Database, open_database
from bot.errors import DatabaseError
from bot.metrics import BACKLOG, OLDEST
from bot.platform import ChatLeft, Returned, TryLater, Undeliverable
from bot.status import Status, read_status, status


async def _status(database: Database) -> Status:
    async with database.transaction() as connection:
        return await status(connection, "p", NOW)


async def test_at_first_nothing_waits(database: Database) -> None:
    """A database without chats has no backlog and no trouble."""
    assert await _status(database) == Status(0, None, 0, 0, None, None)


async def test_what_is_sent_does_not_count(database: Database, step: Step) -> None:
    """When everything has arrived nothing waits."""
    async with running(database, step) as process:
        await process.hear("一", "二")
        await process.settled()
        assert await _status(database) == Status(0, None, 0, 0, None, None)


async def test_what_waits_is_counted_from_the_oldest(database: Database, step: Step) -> None:
    """Messages that wait in any chat are counted, with the time of the first and its trouble."""
    async with running(database, step) as process:
        process.platform.refuse("一", *[TryLater("busy", 600)] * 2)
        await process.hear("一")
        await process.settled()
        process.clock.advance(60)
        await process.hear("一", "二", address="b")
        await process.settled()
        tried = NOW + timedelta(seconds=60)
        assert await _status(database) == Status(3, NOW, 0, 0, "busy", tried)


async def test_who_is_out_of_reach_is_counted_apart(database: Database, step: Step) -> None:
    """What waits for a chat that has left is no backlog, until the chat returns."""
    async with running(database, step) as process:
        process.platform.refuse("一", ChatLeft("blocked"))
        await process.hear("一", "二")
        await process.settled()
        assert await _status(database) == Status(0, None, 1, 0, "blocked", NOW)
        await process.take(Returned())
        found = await _status(database)
        assert (found.waiting, found.oldest, found.blocked) == (2, NOW, 0)


async def test_what_can_never_be_sent_is_counted(database: Database, step: Step) -> None:
    """Messages that were given up are counted; the last trouble is the one told."""
    async with running(database, step) as process:
        process.platform.refuse("一", Undeliverable("first"))
        process.platform.refuse("二", Undeliverable("second"))
        await process.hear("一")
        await process.settled()
        process.clock.advance(60)
        await process.hear("二", "三")
        await process.settled()
        later = NOW + timedelta(seconds=60)
        assert await _status(database) == Status(0, None, 0, 2, "second", later)


async def test_the_status_is_read_beside_the_running_program(
    database: Database, url: URL, step: Step
) -> None:
    """Whoever asks needs not be the program itself, and disturbs it in nothing."""
    async with running(database, step) as process:
        process.platform.refuse("一", TryLater("busy", 600))
        await process.hear("一")
        await process.settled()
        assert (await read_status(url, "p", NOW)).waiting == 1
        await process.later(600)
        assert process.platform.texts == ["第1句：一"]
        assert (await read_status(url, "p", NOW)).waiting == 0


async def test_what_falls_due_and_is_told_to_many_is_counted(database: Database) -> None:
    """Chats to be reminded now that can be reached, and broadcasts that are not over."""
    async with database.transaction() as connection:
        await store.make_chats(connection, "p", dict.fromkeys("abcd"), NOW)
        found = await store.lock_chats(connection, "p", "abcd", [])
        for chat, moment in zip(found, (NOW, NOW, NOW + timedelta(seconds=1), None), strict=True):
            chat.remind_at, chat.changed = moment, True
        found[0].left_at = NOW
        await store.save(connection, found)
        await broadcasts.begin(connection, "jian", "注意", found[1].id, NOW)
    kept = await _status(database)
    assert (kept.due, kept.broadcasts, kept.blocked) == (1, 1, 1)


async def test_a_database_that_is_away_is_told() -> None:
    """Without a database there is no status."""
    with pytest.raises(DatabaseError):
        await read_status(
            Settings(database_url="postgresql://x@127.0.0.1:1/x").database_url, "p", NOW
        )


async def test_the_backlog_is_measured(database: Database, step: Step) -> None:
    """What waits, and how long the oldest has waited, can be watched."""
    async with running(database, step) as process:
        process.platform.refuse("一", TryLater("busy", 600))
        await process.hear("一", "二")
        await process.settled()
        process.clock.advance(30)
        await process.service._measure()  # noqa: SLF001 - what runs every ten seconds
        assert (_read(BACKLOG), _read(OLDEST)) == (2, 30)
        await process.later(600)
        await process.service._measure()  # noqa: SLF001 - the same
        assert (_read(BACKLOG), _read(OLDEST)) == (0, 0)


@pytest.mark.parametrize("rows", [1, 2, 3, 7])
async def test_the_backlog_is_measured_in_parts(
    database: Database, step: Step, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    """However many messages are counted at once: all of those who are in reach, each once."""
    monkeypatch.setattr("bot.service.MEASURE_ROWS", rows)
    async with running(database, step) as process:
        for address in "abcd":
            gone = ChatLeft("blocked") if address == "b" else TryLater("busy", 600)
            process.platform.refuse(address, gone)
            await process.hear(f"{address}一", f"{address}二", address=address)
            await process.settled()
            process.clock.advance(10)
        await process.service._measure()  # noqa: SLF001 - what runs every ten seconds
        assert (_read(BACKLOG), _read(OLDEST)) == (6, 40)


def _read(gauge: object) -> float:
    ((sample,),) = [metric.samples for metric in gauge.collect()]  # type: ignore[attr-defined]
    return float(sample.value)


async def test_each_platform_has_its_own(database: Database, step: Step) -> None:
    """What waits on one platform is no backlog of another."""
    async with running(database, step) as process:
        process.platform.refuse("一", TryLater("busy", 600))
        await process.hear("一")
        await process.settled()
        async with database.transaction() as connection:
            assert await status(connection, "q", NOW) == Status(0, None, 0, 0, None, None)


async def test_asking_changes_no_schema(blank: URL) -> None:
    """A newer version that is asked beside an older program leaves the tables as they are."""
    database = await open_database(blank, alone=False)
    async with database.transaction() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    await database.close()
    with pytest.raises(DatabaseError, match="start this version first"):
        await read_status(blank, "p", NOW)
