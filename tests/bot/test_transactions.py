"""Transactions: what they keep, how long they wait, and what is told if they fail."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import pytest
from postgres import Postgres
from sqlalchemy import func, insert, select, text
from sqlalchemy.engine import URL
from sqlmodel import col

from bot import store
from bot.database import Database, UnreachableError, open_database
from bot.errors import DatabaseError
from bot.tables import ChatRow, InboundRow

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
Open = Callable[[URL], Awaitable[Database]]
ALONE = {"platform": "p", "update_id": "1", "received_at": NOW}


async def _count(database: Database) -> int:
    async with database.transaction() as connection:
        found = await connection.execute(select(func.count()).select_from(InboundRow))
        return found.scalar_one()


async def test_a_transaction_happens_wholly_or_not_at_all(database: Database) -> None:
    """Whatever is raised in a transaction, nothing of it is kept."""

    async def fail() -> None:
        async with database.transaction() as connection:
            await connection.execute(insert(InboundRow), ALONE)
            raise KeyError

    with pytest.raises(KeyError):
        await fail()
    assert await _count(database) == 0


async def test_whoever_reads_before_writing_is_not_overtaken(url: URL, opened: Open) -> None:
    """Transactions that first read what they then change wait for each other: none is lost."""
    databases = [await opened(url) for _ in range(2)]

    async def write_one_more(database: Database) -> None:
        async with database.transaction() as connection:
            (chat,) = await store.lock_chats(connection, "p", ["a"], [])
            chat.state, chat.changed = f"{chat.state}x", True
            await store.save(connection, [chat])

    async with databases[0].transaction() as connection:
        await store.make_chats(connection, "p", {"a": "en"}, NOW)
        (fresh,) = await store.lock_chats(connection, "p", ["a"], [])
    await asyncio.gather(*(write_one_more(database) for database in databases * 5))
    async with databases[0].transaction() as connection:
        state = (await connection.execute(select(col(ChatRow.state)))).scalar_one()
    assert state == fresh.state + "x" * 10


async def test_references_hold(database: Database) -> None:
    """Rows that refer to nothing are refused."""
    orphan = (
        "INSERT INTO outgoing (chat_id, position, locale, body, status, attempts, created_at)"
        " VALUES (99, 1, 'en', '{}', 'queued', 0, '2026-11-20 00:00:00')"
    )
    with pytest.raises(DatabaseError, match=r"(?i)foreign key"):
        async with database.transaction() as connection:
            await connection.execute(text(orphan))


async def test_an_error_quotes_no_row(database: Database) -> None:
    """Of a row that the database refuses the error says nothing, in one line."""
    refused = text(
        "INSERT INTO outgoing (chat_id, position, locale, body, status, created_at)"
        " VALUES (1, 1, 'en', :secret, :secret, '2026-11-20 00:00:00')"
    )
    with pytest.raises(DatabaseError) as caught:
        async with database.transaction() as connection:
            await connection.execute(refused, {"secret": "a-secret"})
    assert "a-secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_an_interrupted_transaction_holds_nobody_up(database: Database) -> None:
    """Whoever is cancelled in the middle has changed nothing, and the next one can write."""

    async def interrupted(steps: int) -> None:
        async with database.transaction() as connection:
            for number in range(steps):
                row = {**ALONE, "update_id": str(number)}
                await connection.execute(insert(InboundRow), row)
            await asyncio.Event().wait()

    for steps in range(5):
        task = asyncio.create_task(interrupted(steps))
        for _ in range(steps * 3):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with asyncio.timeout(20):
        assert await _count(database) == 0
        async with database.transaction() as connection:
            await connection.execute(insert(InboundRow), ALONE)
    assert await _count(database) == 1


async def test_who_waits_for_the_file_can_be_interrupted(file_url: URL) -> None:
    """On a file transactions take turns; one that is cancelled while waiting takes none."""
    database = await open_database(file_url, alone=True)
    async with database.transaction():
        waiting = [asyncio.create_task(_count(database)) for _ in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        waiting[1].cancel()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(result) for result in results] == [asyncio.CancelledError] * 2 + [int]
    await database.close()


async def test_after_a_restart_of_the_server_the_next_transaction_works(
    postgres: Postgres, server_url: URL, opened: Open
) -> None:
    """Connections that the server has closed are noticed before they are used."""
    database = await opened(server_url)
    for _ in range(3):
        await asyncio.gather(*(_count(database) for _ in range(4)))
        postgres.cut(server_url)
        assert await _count(database) == 0


async def test_a_connection_lost_in_the_middle_is_told_as_such(
    postgres: Postgres, server_url: URL, opened: Open
) -> None:
    """A transaction whose connection is cut has not happened; the one after it works."""
    database = await opened(server_url)

    async def interrupted() -> None:
        async with database.transaction() as connection:
            await connection.execute(insert(InboundRow), ALONE)
            postgres.cut(server_url)

    with pytest.raises(UnreachableError):
        await interrupted()
    assert await _count(database) == 0


async def test_a_transaction_that_gets_no_connection_is_told_as_such(
    server_url: URL, opened: Open
) -> None:
    """If all connections are taken for long, the database counts as out of reach."""
    database = await opened(server_url)
    database.engine.pool._timeout = 0  # type: ignore[attr-defined]  # noqa: SLF001 - not half a minute
    async with AsyncExitStack() as taken:
        for _ in range(15):
            await taken.enter_async_context(database.transaction())
        with pytest.raises(UnreachableError, match="no connection is free"):
            await _count(database)
    assert await _count(database) == 0


@pytest.mark.parametrize(
    ("setting", "most"),
    [
        ("lock_timeout", 30_000),
        ("statement_timeout", 30_000),
        ("idle_in_transaction_session_timeout", 10_000),
    ],
)
async def test_nobody_is_held_up_for_more_than_half_a_minute(
    server_url: URL, opened: Open, setting: str, most: int
) -> None:
    """On PostgreSQL every wait has an end: for locks, for statements, for whoever hangs."""
    database = await opened(server_url)
    query = text("SELECT setting::int FROM pg_settings WHERE name = :name")
    async with database.transaction() as connection:
        found = (await connection.execute(query, {"name": setting})).scalar_one()
    assert 0 < found <= most


async def test_a_lost_machine_is_noticed(server_url: URL, opened: Open) -> None:
    """Both ends of a connection notice within half a minute that the other one is gone."""
    database = await opened(server_url)
    async with database.transaction() as connection:
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        found = raw.driver_connection.info.get_parameters()
    assert "-c tcp_user_timeout=10000" in found["options"]
    assert 0 < int(found["tcp_user_timeout"]) <= 30_000
    tries = int(found["keepalives_count"]) * int(found["keepalives_interval"])
    assert 0 < int(found["keepalives_idle"]) + tries <= 30


async def test_whoever_hangs_in_a_transaction_is_thrown_out(
    server_url: URL, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that stops in the middle loses its locks, and the others go on."""
    monkeypatch.setattr("bot.database._PATIENCE", "-c idle_in_transaction_session_timeout=100")
    hung, other = await opened(server_url), await opened(server_url)
    async with hung.transaction() as connection:
        await store.make_chats(connection, "p", {"a": "en"}, NOW)

    async def hang() -> None:
        async with hung.transaction() as connection:
            await store.lock_chats(connection, "p", ["a"], [])
            async with asyncio.timeout(20), other.transaction() as another:
                assert len(await store.lock_chats(another, "p", ["a"], [])) == 1

    with pytest.raises(UnreachableError):
        await hang()


async def test_who_waits_too_long_for_a_lock_is_told(
    server_url: URL, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transaction that cannot have a chat gives up after a time, and can be tried again."""
    monkeypatch.setattr("bot.database._PATIENCE", "-c lock_timeout=100")
    first, second = await opened(server_url), await opened(server_url)
    async with first.transaction() as connection:
        await store.make_chats(connection, "p", {"a": "en"}, NOW)

    async def have_it() -> int:
        async with second.transaction() as connection:
            return len(await store.lock_chats(connection, "p", ["a"], []))

    async with first.transaction() as connection:
        await store.lock_chats(connection, "p", ["a"], [])
        with pytest.raises(DatabaseError, match="lock timeout") as caught:
            await have_it()
    assert not isinstance(caught.value, UnreachableError)
    assert await have_it() == 1
