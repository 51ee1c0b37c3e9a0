"""Fresh databases, and what is in them."""

import atexit
import itertools
import json
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from postgres import Postgres, running
from sqlalchemy import create_engine, make_url, text

_NUMBERS = itertools.count(1)
_TURN = threading.Lock()
_ENDS = ExitStack()
atexit.register(_ENDS.close)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept: each chat's state, the updates dealt with, how many messages stand how."""

    states: dict[str, Any]
    updates: frozenset[int]
    messages: dict[str, int]

    @property
    def settled(self) -> bool:
        """Whether nothing waits to be sent."""
        return "queued" not in self.messages


def fresh(kind: str, folder: Path) -> str:
    """The URL of an empty database of this kind."""
    if kind == "sqlite":
        return f"sqlite:///{folder}/award-bot.db"
    with _TURN:  # whoever comes first starts the server, and the others wait for it
        server = _started()
    name = f"of_a_program_{next(_NUMBERS)}"
    server.run(f"CREATE DATABASE {name}")
    uri: str = server.server.get_uri(name)
    return uri


def kept(url: str) -> Kept:
    """What is in a database now."""
    states, updates, messages = _read(
        url,
        "SELECT address, state FROM chat",
        "SELECT update_id, platform FROM inbound",
        "SELECT status, count(*) FROM outgoing GROUP BY status",
    )
    return Kept(
        {address: json.loads(state) for address, state in states},
        frozenset(int(update_id) for update_id, _ in updates),
        dict(messages),
    )


def _read(url: str, *queries: str) -> list[list[tuple[Any, Any]]]:
    made = make_url(url)
    if made.get_backend_name() == "postgresql":
        made = made.set(drivername="postgresql+psycopg")
    engine = create_engine(made, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            found = [connection.execute(text(query)) for query in queries]
            return [[(a, b) for a, b in rows] for rows in found]
    finally:
        engine.dispose()


@cache
def _started() -> Postgres:
    return _ENDS.enter_context(running())
