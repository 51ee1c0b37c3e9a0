"""SQLite called directly, under the interface of SQLAlchemy's asynchronous connections.

A call of SQLite takes microseconds; handing it to a thread and back, as asynchronous drivers do,
takes many times that, twenty times a transaction. Nothing else could go on meanwhile anyway: there
is one writer, and everything waits for its commit.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Dialect, Executable

T = TypeVar("T")


class InlineConnection:
    """A connection whose results are there at once; see ``AsyncConnection`` of SQLAlchemy."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def dialect(self) -> Dialect:
        """Which database this is."""
        return self._connection.dialect

    async def execute(self, statement: Executable, parameters: Any = None) -> CursorResult[Any]:  # noqa: ANN401 - as SQLAlchemy has it
        """Execute a statement."""
        return self._connection.execute(statement, parameters)

    async def exec_driver_sql(self, statement: str, parameters: Any = None) -> CursorResult[Any]:  # noqa: ANN401 - the same
        """Execute a statement as the driver takes it."""
        return self._connection.exec_driver_sql(statement, parameters)

    async def run_sync(self, work: Callable[[Connection], T]) -> T:
        """Do some work with the connection beneath."""
        return work(self._connection)
