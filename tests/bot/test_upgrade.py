"""The schema is made and brought up to date, whoever comes first, and nothing is lost by it."""

import subprocess
import sys
from contextlib import ExitStack
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from postgres import EMPTY, Postgres
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import URL
from sqlmodel import SQLModel

from bot.config import sqlite_path
from bot.database import open_database
from bot.errors import DatabaseError


def _engine(url: URL) -> Engine:
    """The same database, without this program's own ways."""
    return create_engine(url.set(drivername="sqlite") if sqlite_path(url) else url)


def _read(url: URL, query: str) -> list[tuple[Any, ...]]:
    engine = _engine(url)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return rows


async def _open(url: URL) -> None:
    await (await open_database(url, alone=False)).close()


def _first_schema(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "bot:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


@pytest.fixture
def before(blank: URL) -> URL:
    """A database as the first version left it: two chats, one with messages that wait."""
    engine = _engine(blank)
    chat = "INSERT INTO chat VALUES (:id, 'console', :address, '{}', :now, :now)"
    message = (
        "INSERT INTO outgoing (chat_id, position, locale, body, status, attempts, created_at)"
        " VALUES (1, :position, 'en', :body, :status, 1, :now)"
    )
    with engine.begin() as connection:
        _first_schema(connection)
        for number in (1, 2):
            values = {"id": number, "address": str(number), "now": "2026-11-20 08:00:00+00:00"}
            connection.execute(text(chat), values)
        for position, status in enumerate(("sent", "failed", "queued", "queued"), 1):
            values = {
                "position": position,
                "body": f"body {position}",
                "status": status,
                "now": "2026-11-20 08:00:00+00:00",
            }
            connection.execute(text(message), values)
    engine.dispose()
    return blank


async def test_an_older_database_is_upgraded_with_all_that_is_in_it(before: URL) -> None:
    """Chats and messages stay; what waits is counted, and numbers go on after the last."""
    await _open(before)
    assert _read(before, "SELECT address, waiting, next_position FROM chat ORDER BY id") == [
        ("1", 2, 5),
        ("2", 0, 1),
    ]
    assert _read(before, "SELECT position, status, body FROM outgoing ORDER BY position") == [
        (1, "sent", ""),
        (2, "failed", ""),
        (3, "queued", "body 3"),
        (4, "queued", "body 4"),
    ]


async def _change(url: URL, assignment: str) -> None:
    database = await open_database(url, alone=False)
    try:
        async with database.transaction() as connection:
            await connection.execute(text(f"UPDATE outgoing SET {assignment} WHERE position = 3"))  # noqa: S608 - of this file
    finally:
        await database.close()


async def test_an_upgrade_allows_what_is_new(before: URL) -> None:
    """A message that waited before the upgrade can be skipped after it."""
    await _change(before, "status = 'skipped'")
    assert ("skipped",) in _read(before, "SELECT status FROM outgoing")


@pytest.mark.parametrize("assignment", ["status = 'lost'", "chat_id = 99", "position = 1"])
async def test_an_upgrade_keeps_the_constraints(before: URL, assignment: str) -> None:
    """Unknown words, chats that do not exist and two messages in one place are refused."""
    await _open(before)
    with pytest.raises(DatabaseError):
        await _change(before, assignment)


@pytest.mark.usefixtures("kind")
@pytest.mark.parametrize("start", ["blank", "before"])
async def test_the_migrations_make_the_tables_that_the_program_uses(
    start: str, request: pytest.FixtureRequest
) -> None:
    """What the migrations make is what the tables say, so no change of them is forgotten."""
    url: URL = request.getfixturevalue(start)
    await _open(url)
    engine = _engine(url)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    engine.dispose()
    assert differences == []


@pytest.mark.usefixtures("kind")
@pytest.mark.parametrize("start", ["blank", "before"])
def test_several_processes_that_start_at_once_make_one_schema(
    start: str, opener: str, request: pytest.FixtureRequest
) -> None:
    """Processes that open a new or an old database at the same time all succeed."""
    url: URL = request.getfixturevalue(start)
    command = [sys.executable, opener, url.render_as_string()]
    with ExitStack() as ends:
        processes = [ends.enter_context(_started(command)) for _ in range(4)]
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.close()
        for process in processes:
            assert process.stderr is not None
            assert process.stderr.read() == ""
            assert process.wait() == 0
    assert _read(url, "SELECT version_num FROM alembic_version") == [("0005",)]


def _started(command: list[str]) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


async def test_a_server_of_a_later_version_is_refused_unchanged(postgres: Postgres) -> None:
    """A PostgreSQL database that a later version has upgraded is left as it is."""
    with postgres.database(EMPTY) as url:
        await _open(url)
        with postgres.connected(str(url.database)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(DatabaseError, match=r"newer award-bot \(schema 9999\)"):
            await _open(url)
        assert _read(url, "SELECT version_num FROM alembic_version") == [("9999",)]


async def test_a_server_with_the_data_of_another_program_is_refused(postgres: Postgres) -> None:
    """A PostgreSQL database that holds other tables is left as it is."""
    with postgres.database(EMPTY) as url:
        with postgres.connected(str(url.database)) as connection:
            connection.execute("CREATE TABLE invoice (id integer)")
        with pytest.raises(DatabaseError, match="another program"):
            await _open(url)
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        assert _read(url, tables) == [("invoice",)]
