"""What the program has kept of a chat, read beside it while it runs."""

import json
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Row, create_engine, inspect, make_url, text
from sqlalchemy.engine import Engine

from conversations.model import State


@dataclass(frozen=True, slots=True)
class Rows:
    """The database of a program."""

    engine: Engine

    @classmethod
    def of(cls, url: str) -> Self:
        """The database at this URL, as the program's setting names it."""
        made = make_url(url)
        if made.get_backend_name() == "postgresql":
            made = made.set(drivername="postgresql+psycopg")
        return cls(create_engine(made, isolation_level="AUTOCOMMIT"))

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def chat(self, address: int) -> dict[str, Any] | None:
        """The row of a chat, its state as JSON values; None if nothing is kept of it."""
        found = self.read("SELECT * FROM chat WHERE address = :address", address=str(address))
        if not found:
            return None
        row = dict(found[0]._mapping)  # noqa: SLF001 - its public name for this
        return row | {"state": json.loads(row["state"])}

    def state(self, address: int) -> State:
        """The state of a conversation: a new one if nothing is kept of it."""
        row = self.chat(address)
        return State() if row is None else State.from_json(row["state"])

    def settled(self, address: int) -> bool:
        """Whether nothing waits to be sent to a chat, or nothing is kept of it."""
        found = self.read("SELECT waiting FROM chat WHERE address = :address", address=str(address))
        return all(row.waiting == 0 for row in found)

    def tables(self) -> dict[str, set[str]]:
        """The tables in which the program keeps something, with their columns."""
        there = inspect(self.engine)
        names = set(there.get_table_names()) - {"alembic_version"}
        return {name: {column["name"] for column in there.get_columns(name)} for name in names}

    def read(self, query: str, **values: object) -> list[Row[Any]]:
        """What a query finds."""
        with self.engine.connect() as connection:
            return list(connection.execute(text(query), values))
