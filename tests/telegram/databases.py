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
from rows import Rows

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


def kept(rows: Rows) -> Kept:
    """What is in a database now."""
    states = rows.read("SELECT address, state FROM chat")
    updates = rows.read("SELECT update_id FROM inbound")
    messages = rows.read("SELECT status, count(*) AS many FROM outgoing GROUP BY status")
    return Kept(
        {row.address: json.loads(row.state) for row in states},
        frozenset(int(row.update_id) for row in updates),
        {row.status: row.many for row in messages},
    )


@cache
def _started() -> Postgres:
    return _ENDS.enter_context(running())
