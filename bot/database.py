"""Opening the database: one program at a time on a file, the schema brought up to date.

Nothing is written to a file that is not this program's, or that a newer version has made.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import DataError, DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool

from bot.config import shown, sqlite_path
from bot.errors import DatabaseError
from bot.inline import InlineConnection

BUSY_SECONDS = 5
"""How long a transaction waits for one of another program on the same SQLite file."""

# Any number will do: whoever migrates on PostgreSQL holds the lock of this number.
_MIGRATION_LOCK = 27_049_001


# Whoever dies or hangs in the middle of a transaction holds nobody up for longer than this. In
# milliseconds; the last is noticed by the server itself, even if the whole machine is gone.
_PATIENCE = (
    "-c lock_timeout=25000 -c statement_timeout=30000 "
    "-c idle_in_transaction_session_timeout=10000 -c tcp_user_timeout=10000"
)
_KEEPALIVE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25000,
}


class UnreachableError(DatabaseError):
    """The database cannot be reached, or no longer: whatever else is tried now fails as well."""


class RefusedError(DatabaseError):
    """The database will never take this: trying again is of no use."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. ``lock``, if any, keeps other programs off the same SQLite file.

    ``turn`` is who may write to an SQLite file next: within a process nobody may wait in SQLite.
    """

    engine: Engine | AsyncEngine
    lock: sqlite3.Connection | None
    turn: asyncio.Lock

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: committed at the end, rolled back if anything is raised.

        Raises DatabaseError if the database gives way, of which UnreachableError is one kind.
        """
        with _one_line(self.engine.url):
            if isinstance(self.engine, AsyncEngine):
                async with self.engine.begin() as connection:
                    yield connection
                return
            async with self.turn:
                with self.engine.begin() as inline:
                    yield cast("AsyncConnection", InlineConnection(inline))

    async def close(self) -> None:
        """Close all connections and let other programs in."""
        if isinstance(self.engine, AsyncEngine):
            await self.engine.dispose()
        else:
            self.engine.dispose()
        if self.lock is not None:
            self.lock.close()


async def open_database(url: URL, *, alone: bool, upgrade: bool = True) -> Database:
    """Open the database, make its folder and bring its schema up to date, unless told not to.

    ``alone``: no other program may have the same SQLite file open in this way; what a process
    that died has held is free. Raises DatabaseError if it cannot be used; then nothing is changed.
    """
    path = sqlite_path(url)
    lock = None
    if path is not None:
        _check_file(path)
        lock = _lock(path) if alone else None
        url = url.set(database=str(path))
    database = Database(_engine(url), lock, asyncio.Lock())
    try:
        with _one_line(url):
            async with database.transaction() as connection:
                await connection.run_sync(_upgrade if upgrade else _check)
            if isinstance(database.engine, Engine) and upgrade:
                await _keep_a_log(database.engine)
    except BaseException:
        await database.close()
        raise
    return database


@contextmanager
def _one_line(url: URL) -> Iterator[None]:
    try:
        yield
    except NoConnectionFree as error:
        raise UnreachableError(f"{shown(url)}: no connection is free") from error
    except (DBAPIError, sqlite3.Error) as error:
        kind = UnreachableError if _is_unreachable(error) else DatabaseError
        if isinstance(error, DataError):
            kind = RefusedError
        raise kind(f"{shown(url)}: {_reason(error)}") from error


def _is_unreachable(error: Exception) -> bool:
    if not isinstance(error, DBAPIError):
        return False
    # Whatever PostgreSQL itself says has a state; that it cannot be reached has none.
    stateless = getattr(error.orig, "sqlstate", "") is None
    return error.connection_invalidated or (isinstance(error, OperationalError) and stateless)


def _reason(error: Exception) -> str:
    # PostgreSQL's further lines quote the row that it refuses.
    told = error.orig if isinstance(error, DBAPIError) else error
    primary = getattr(getattr(told, "diag", None), "message_primary", None)
    return " ".join(str(primary or told).split())


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
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))  # nobody else's, in any folder
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


def _engine(url: URL) -> Engine | AsyncEngine:
    # hide_parameters: what an applicant wrote must not reach a log through an error.
    if url.get_backend_name() != "sqlite":
        return _server_engine(url)
    # A database in memory lives in its one connection.
    one = {} if sqlite_path(url) else {"pool_size": 1, "max_overflow": 0}
    engine = create_engine(
        url,
        hide_parameters=True,
        poolclass=QueuePool,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        **one,
    )
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _server_engine(url: URL) -> AsyncEngine:
    settings = {"options": _PATIENCE, **_KEEPALIVE}
    try:
        engine = create_async_engine(url, hide_parameters=True, connect_args=settings)
    except ModuleNotFoundError as error:
        raise DatabaseError(
            f"AWARD_BOT_DATABASE_URL: PostgreSQL needs {error.name}, which is not installed; "
            "expected sqlite:///FILE"
        ) from error
    event.listen(engine.sync_engine, "checkout", _on_checkout)
    return engine


def _on_checkout(connection: Any, _record: object, _proxy: object) -> None:  # noqa: ANN401 - the driver's
    # A server that has been restarted has closed its connections: seen here without asking it.
    try:
        for _ in ("its farewell", "the end"):
            connection.driver_connection.pgconn.consume_input()
    except connection.dbapi.Error as error:
        raise InvalidatePoolError from error


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
        # Much data takes its time, and so does waiting for whoever is at it already.
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
    scripts = ScriptDirectory.from_config(config)
    found = _found(connection, scripts)
    if found != set(scripts.get_heads()):
        command.upgrade(config, "head")


def _check(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "bot:migrations")
    scripts = ScriptDirectory.from_config(config)
    if _found(connection, scripts) != set(scripts.get_heads()):
        raise DatabaseError(
            f"{shown(connection.engine.url)}: made by an older award-bot; start this version first"
        )


def _found(connection: Connection, scripts: ScriptDirectory) -> set[str]:
    """The schema that is there. Raises DatabaseError if it is not one of ours."""
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
    return found


async def _keep_a_log(engine: Engine) -> None:
    # Write-ahead log: readers and a writer don't wait for each other. The file remembers it, so
    # it is set once, and only after the file is known to be ours; not possible in a transaction.
    with engine.connect() as connection:
        for _ in range(30 * 20):
            if _switched(connection):
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
