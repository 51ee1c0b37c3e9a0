"""Opening the database: what is made, what is refused, and that refusing changes nothing."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from postgres import FULL, Postgres
from sqlalchemy.engine import URL

from bot.config import Settings
from bot.database import UnreachableError, open_database
from bot.errors import DatabaseError

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


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_garbage, "not a database"),
        (_newer, "newer award-bot (schema 9999)"),
        (_of_another_program, "another program"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_unchanged(
    file: Path, file_url: URL, make: Callable[[Path], None], reason: str
) -> None:
    """Garbage, a newer schema or another program's file: refused by name, not a byte changed."""
    make(file)
    before = file.read_bytes()
    with pytest.raises(DatabaseError) as caught:
        _open(file_url)
    assert str(file) in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)
    assert file.read_bytes() == before


def test_a_database_made_newer_by_a_later_version_is_refused_unchanged(
    file: Path, file_url: URL
) -> None:
    """A database of this program that a later version has upgraded is left as it is."""
    _open(file_url)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = file.read_bytes()
    with pytest.raises(DatabaseError, match="newer"):
        _open(file_url)
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


async def test_a_second_program_on_the_same_file_is_refused(file_url: URL) -> None:
    """While a program talks on a file, a second one is told so and what it can do."""
    first = await open_database(file_url, alone=True)
    with pytest.raises(DatabaseError, match=r"in use by another award-bot.*AWARD_BOT_DATABASE_URL"):
        await open_database(file_url, alone=True)
    await first.close()


async def test_several_programs_share_a_server(postgres: Postgres) -> None:
    """On PostgreSQL a second program is welcome."""
    with postgres.database(FULL) as url:
        programs = [await open_database(url, alone=True) for _ in range(3)]
        for program in programs:
            await program.close()


def test_a_file_is_free_again_once_the_program_has_ended(file_url: URL) -> None:
    """When a program has closed the file, the next one may have it."""
    for _ in range(2):
        _open(file_url)


async def test_readers_do_not_wait(file_url: URL) -> None:
    """A file keeps a write-ahead log: who reads does not wait for who writes."""
    database = await open_database(file_url, alone=True)
    async with database.transaction() as connection:
        mode = await connection.exec_driver_sql("PRAGMA journal_mode")
        assert mode.scalar() == "wal"
    await database.close()


def test_a_server_that_is_not_there_is_told_in_one_line() -> None:
    """A PostgreSQL server that cannot be reached gives a line without the password."""
    url = Settings(database_url="postgresql://office:secret@127.0.0.1:1/award").database_url
    with pytest.raises(UnreachableError) as caught:
        _open(url)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)
