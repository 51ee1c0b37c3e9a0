"""Opening the database: what is made, what is refused, and that refusing changes nothing."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.engine import URL
from sqlmodel import SQLModel, select

from bot import store
from bot.config import Settings
from bot.database import Database, open_database
from bot.errors import DatabaseError
from bot.tables import ChatRow

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
NOBODY = 65534


def _open(url: URL) -> None:
    async def once() -> None:
        await (await open_database(url, alone=True)).close()

    asyncio.run(once())


def _garbage(file: Path) -> None:
    file.write_bytes(b"minutes of the meeting\n" * 100)


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")


def _of_another_program(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE invoice (id INTEGER)")


def _started(command: list[str]) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_garbage, "not a database"),
        (_newer, "newer award-bot (schema 9999)"),
        (_of_another_program, "another program"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_unchanged(
    file: Path, url: URL, make: Callable[[Path], None], reason: str
) -> None:
    """Garbage, a newer schema or another program's file: refused by name, not a byte changed."""
    make(file)
    before = file.read_bytes()
    with pytest.raises(DatabaseError) as caught:
        _open(url)
    assert str(file) in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
    assert file.read_bytes() == before


def test_a_database_made_newer_by_a_later_version_is_refused_unchanged(
    file: Path, url: URL
) -> None:
    """A database of this program that a later version has upgraded is left as it is."""
    _open(url)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = file.read_bytes()
    with pytest.raises(DatabaseError, match="newer"):
        _open(url)
    assert file.read_bytes() == before


def test_a_missing_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    """The folder of the database is made if it is missing, and others may not look into it."""
    folder = tmp_path / "data" / "award-bot"
    url = Settings(database_url=f"sqlite:///{folder}/a.db").database_url
    _open(url)
    assert (folder / "a.db").is_file()
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["folder", "file/award-bot.db"])
def test_a_place_where_no_file_can_be_is_refused(tmp_path: Path, name: str) -> None:
    """A folder in the database's place, or a file in its folder's place, is told in one line."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    url = Settings(database_url=f"sqlite:///{tmp_path}/{name}").database_url
    with pytest.raises(DatabaseError) as caught:
        _open(url)
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("protected", ["award-bot.db", "."])
def test_a_read_only_place_is_refused(opener: str, protected: str) -> None:
    """A file or folder that may not be written to is refused when the program starts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = Settings(database_url=f"sqlite:///{folder}/award-bot.db").database_url
        _open(url)
        folder.chmod(0o777)
        (folder / protected).chmod(0o555)
        # Nothing is read-only to root: the process becomes somebody else.
        user = [str(NOBODY)] if os.geteuid() == 0 else []
        command = [sys.executable, opener, url.render_as_string(), *user]
        result = subprocess.run(command, capture_output=True, text=True, check=False, input="")
        folder.chmod(0o777)
    assert result.returncode == 1
    assert "cannot be written to" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_several_processes_that_start_at_once_make_one_schema(
    file: Path, url: URL, opener: str
) -> None:
    """Processes that open a new database at the same time all succeed, with one schema."""
    command = [sys.executable, opener, url.render_as_string()]
    with ExitStack() as ends:
        processes = [ends.enter_context(_started(command)) for _ in range(6)]
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
    with closing(sqlite3.connect(file)) as connection:
        assert len(connection.execute("SELECT * FROM alembic_version").fetchall()) == 1


@pytest.mark.usefixtures("database")
def test_the_migrations_make_the_tables_that_the_program_uses(file: Path) -> None:
    """What the migrations make is what the tables say, so no change of them is forgotten."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    engine.dispose()
    assert differences == []


@pytest.mark.usefixtures("database")
async def test_a_second_program_on_the_same_file_is_refused(url: URL) -> None:
    """While a program talks on a file, a second one is told so and what it can do."""
    with pytest.raises(DatabaseError, match=r"in use by another award-bot.*AWARD_BOT_DATABASE_URL"):
        await open_database(url, alone=True)


def test_a_file_is_free_again_once_the_program_has_ended(url: URL) -> None:
    """When a program has closed the file, the next one may have it."""
    for _ in range(2):
        _open(url)


async def test_whoever_reads_before_writing_is_not_overtaken(url: URL) -> None:
    """Transactions that first read what they then change wait for each other: none is lost."""
    databases = [await open_database(url, alone=False) for _ in range(2)]

    async def write_one_more(database: Database) -> None:
        async with database.transaction() as session:
            row = (await session.exec(select(ChatRow))).one()
            row.state = f"{row.state}x"

    try:
        async with databases[0].transaction() as session:
            await store.lock_chat(session, "p", "a", NOW)
            (await session.exec(select(ChatRow))).one().state = ""
        await asyncio.gather(*(write_one_more(database) for database in databases * 5))
        async with databases[0].transaction() as session:
            state = (await session.exec(select(ChatRow))).one().state
    finally:
        for database in databases:
            await database.close()
    assert state == "x" * 10


async def test_readers_do_not_wait_and_references_hold(database: Database) -> None:
    """The file keeps a write-ahead log, and rows that refer to nothing are refused."""
    async with database.transaction() as session:
        connection = await session.connection()
        mode = await connection.exec_driver_sql("PRAGMA journal_mode")
        assert mode.scalar() == "wal"
    orphan = (
        "INSERT INTO outgoing (chat_id, position, locale, body, status, attempts, created_at)"
        " VALUES (99, 1, 'en', '{}', 'queued', 0, '2026-11-20 00:00:00')"
    )
    with pytest.raises(DatabaseError, match="FOREIGN KEY"):
        async with database.transaction() as session:
            await (await session.connection()).exec_driver_sql(orphan)


def test_postgresql_without_its_driver_is_told_in_one_line() -> None:
    """Until the driver for PostgreSQL is installed, its URL gives a line without the password."""
    url = Settings(database_url="postgresql://office:secret@127.0.0.1:1/award").database_url
    with pytest.raises(DatabaseError) as caught:
        _open(url)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)
