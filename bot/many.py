"""Many rows in one statement whose text is the same for any number of them.

PostgreSQL gets them all as one JSON text: one round trip, and a statement that it has planned
before. SQLite, which is asked without a round trip, gets row by row.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Insert,
    Table,
    TableValuedAlias,
    Text,
    Update,
    any_,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSON
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement

Rows = Sequence[Mapping[str, Any]]

_json = json.JSONEncoder(default=datetime.isoformat).encode

KEY = "key"
"""In rows of ``update_many``: the id of the row that is changed."""


def on_server(connection: AsyncConnection) -> bool:
    """Whether each statement is a round trip."""
    return connection.dialect.name == "postgresql"


async def insert_many(
    connection: AsyncConnection, table: Table, rows: Rows, returning: str | None = None
) -> list[Any]:
    """Insert rows that all have the same columns; where one is there already, nothing happens.

    Gives a column of those that were inserted.
    """
    if not rows:
        return []
    if on_server(connection):
        statement = _insert(table, tuple(rows[0]), returning)
        done = await connection.execute(statement, {"rows": _json(rows)})
    else:
        done = await connection.execute(_insert_one(table, returning), list(rows))
    return [*done.scalars()] if returning is not None else []


async def upsert_many(
    connection: AsyncConnection, table: Table, rows: Rows, keys: tuple[str, ...]
) -> None:
    """Insert rows that all have the same columns; one that is there, by ``keys``, is changed.

    No two of the rows have the same keys.
    """
    if not rows:
        return
    names = tuple(rows[0])
    if on_server(connection):
        await connection.execute(_upsert(table, names, keys), {"rows": _json(rows)})
    else:
        await connection.execute(_upsert_one(table, names, keys), list(rows))


async def update_many(connection: AsyncConnection, table: Table, rows: Rows) -> None:
    """Change rows by their ids: each has ``KEY`` and the same columns."""
    if not rows:
        return
    names = tuple(name for name in rows[0] if name != KEY)
    if on_server(connection):
        named = [{"id": row[KEY], **row} for row in rows]
        await connection.execute(_update(table, names), {"rows": _json(named)})
    else:
        await connection.execute(_update_one(table, names), list(rows))


def arrays(table: Table, names: Mapping[str, str]) -> TableValuedAlias:
    """Rows that come as one array for each name, of the type of a column of the table."""
    types = {name: table.c[like].type for name, like in names.items()}
    given = [_array(name, kind) for name, kind in types.items()]
    named = [column(name, kind) for name, kind in types.items()]
    return func.unnest(*given).table_valued(*named, name="given").render_derived()


def among(of: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether a column is one of an array."""
    return of == any_(_array(name, of.type))


def _array(name: str, kind: Any) -> ColumnElement[Any]:  # noqa: ANN401 - any type of a column
    made: ARRAY[Any] = ARRAY(kind)
    return cast(bindparam(name, type_=made), made)


def _given(table: Table, names: Sequence[str]) -> TableValuedAlias:
    row: ColumnElement[Any] = literal_column(f"NULL::{table.name}")
    named = [column(name, table.c[name].type) for name in names]
    rows = cast(bindparam("rows", type_=Text), JSON(none_as_null=True))
    return func.json_populate_recordset(row, rows).table_valued(*named, name="given")


@lru_cache
def _insert(table: Table, names: tuple[str, ...], returning: str | None) -> Insert:
    found = select(*_given(table, names).c)
    made = insert_postgresql(table).from_select(names, found).on_conflict_do_nothing()
    return made if returning is None else made.returning(table.c[returning])


@lru_cache
def _insert_one(table: Table, returning: str | None) -> Insert:
    made = insert_sqlite(table).on_conflict_do_nothing()
    return made if returning is None else made.returning(table.c[returning])


@lru_cache
def _upsert(table: Table, names: tuple[str, ...], keys: tuple[str, ...]) -> Insert:
    found = select(*_given(table, names).c)
    made = insert_postgresql(table).from_select(names, found)
    return made.on_conflict_do_update(
        index_elements=keys, set_={name: made.excluded[name] for name in names if name not in keys}
    )


@lru_cache
def _upsert_one(table: Table, names: tuple[str, ...], keys: tuple[str, ...]) -> Insert:
    made = insert_sqlite(table)
    return made.on_conflict_do_update(
        index_elements=keys, set_={name: made.excluded[name] for name in names if name not in keys}
    )


@lru_cache
def _update(table: Table, names: tuple[str, ...]) -> Update:
    given = _given(table, ("id", *names))
    changed = {name: given.c[name] for name in names}
    return update(table).where(table.c.id == given.c.id).values(changed)


@lru_cache
def _update_one(table: Table, names: tuple[str, ...]) -> Update:
    changed: dict[str, Any] = {name: bindparam(name) for name in names}
    return update(table).where(table.c.id == bindparam(KEY)).values(changed)
