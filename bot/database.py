"""Opening the database: one program at a time on a file, the schema brought up to date.

Nothing is written to a file that is not this program's, or that a newer version has made.
"""

import asyncio
import logging
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.config import shown, sqlite_path
from bot.errors import DatabaseError

BUSY_SECONDS = 30
"""How long a transaction waits for another one on the same SQLite file."""

# Any number will do: whoever migrates on PostgreSQL holds the lock of this number.
_MIGRATION_LOCK = 27_049_001


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. ``lock``, if any, keeps other programs off the same SQLite file."""

    engine: AsyncEngine
    lock: sqlite3.Connection | None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """One transaction: committed at the end, rolled back if anything is raised.

        Raises DatabaseError if the database gives way.
        """
        with _one_line(self.engine.url):
            async with (
                AsyncSession(self.engine, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session

    async def close(self) -> None:
        """Close all connections and let other programs in."""
        await self.engine.dispose()
        if self.lock is not None:
            self.lock.close()


async def open_database(url: URL, *, alone: bool) -> Database:
    """Open the database, make its folder and bring its schema up to date.

    ``alone``: no other program may have the same SQLite file open in this way; what a process
    that died has held is free. Raises DatabaseError if it cannot be used; then nothing is changed.
    """
    path = sqlite_path(url)
    lock = None
    if path is not None:
        _check_file(path)
        lock = _lock(path) if alone else None
        url = url.set(database=str(path))
    database = Database(_engine(url), lock)
    try:
        with _one_line(url):
            async with database.engine.begin() as connection:
                await connection.run_sync(_upgrade)
            await _keep_a_log(database.engine)
    except BaseException:
        await database.close()
        raise
    return database


@contextmanager
def _one_line(url: URL) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise DatabaseError(f"{shown(url)}: {reason}") from error


def _check_file(path: Path) -> None:
    try:
        # What is in it is the applicant's alone.
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(f"{path.parent}: cannot be made: {error.strerror}") from error
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise DatabaseError(f"{path.parent}: cannot be written to")
    if path.exists() and not path.is_file():
        raise DatabaseError(f"{path}: not a file")
    # SQLite would open a file that it may not write, and fail at the first answer.
    if path.exists() and not os.access(path, os.W_OK):
        raise DatabaseError(f"{path}: cannot be written to")


def _lock(path: Path) -> sqlite3.Connection:
    # An empty SQLite file beside the database: its lock works on every system, and the system
    # itself lets go of it when the process ends, however it ends.
    lock = sqlite3.connect(f"{path}.lock", timeout=0, isolation_level=None)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        lock.close()
        raise DatabaseError(
            f"{path}: in use by another award-bot; end that one first, "
            "or name another file in AWARD_BOT_DATABASE_URL"
        ) from error
    return lock


def _engine(url: URL) -> AsyncEngine:
    # hide_parameters: what an applicant wrote must not reach a log through an error.
    if url.get_backend_name() != "sqlite":
        try:
            return create_async_engine(url, hide_parameters=True)
        except ModuleNotFoundError as error:
            raise DatabaseError(
                f"AWARD_BOT_DATABASE_URL: PostgreSQL needs {error.name}, which is not installed; "
                "expected sqlite:///FILE"
            ) from error
    # The driver would log every statement with its values, that is, what an applicant wrote.
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)
    # A database in memory lives in its one connection.
    one = {} if sqlite_path(url) else {"pool_size": 1, "max_overflow": 0}
    engine = create_async_engine(
        url,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        connect_args={"timeout": BUSY_SECONDS},
        **one,
    )
    event.listen(engine.sync_engine, "connect", _on_connect)
    event.listen(engine.sync_engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's
    connection.isolation_level = None  # the driver's own BEGIN comes late, and is not immediate
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    # Immediate: two events of one chat wait here, before either has read the state.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "bot:migrations")
    config.attributes["connection"] = connection
    if connection.dialect.name == "postgresql":  # SQLite's transaction is the lock
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
    scripts = ScriptDirectory.from_config(config)
    found = set(MigrationContext.configure(connection).get_current_heads())
    unknown = found - {script.revision for script in scripts.walk_revisions()}
    where = shown(connection.engine.url)
    if unknown:
        raise DatabaseError(
            f"{where}: made by a newer award-bot (schema {', '.join(sorted(unknown))}); "
            "use that version"
        )
    if not found and inspect(connection).get_table_names():
        raise DatabaseError(f"{where}: holds the data of another program")
    if found != set(scripts.get_heads()):
        command.upgrade(config, "head")


async def _keep_a_log(engine: AsyncEngine) -> None:
    # Write-ahead log: readers and a writer don't wait for each other. The file remembers it, so
    # it is set once, and only after the file is known to be ours; not possible in a transaction.
    if engine.dialect.name != "sqlite":
        return
    async with engine.connect() as connection:
        for _ in range(BUSY_SECONDS * 20):
            if await connection.run_sync(_switched):
                return
            await asyncio.sleep(0.05)
    raise DatabaseError(f"{shown(engine.url)}: the database is locked")


def _switched(connection: Connection) -> bool:
    cursor = connection.connection.cursor()
    try:
        cursor.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # Another process is at the same thing; here SQLite doesn't wait by itself.
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return False
        raise
    finally:
        cursor.close()
    return True
