"""A database as it is after a busy half-day: every chat in the middle of a screening."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Connection, create_engine, func, insert, select, text
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel, col

from benchmarks.telegram.script import middle
from bot.tables import ChatRow, InboundRow, OutgoingRow

TURNS = 3  # updates of each chat that are remembered, and as many messages
SINCE = timedelta(hours=12)
AT_ONCE = 5000

Row = dict[str, object]


def fill(url: str, count: int, now: datetime) -> None:
    """Fill the database, whose tables are there and empty, with chats 1 to ``count``."""
    place = make_url(url)
    server = place.get_backend_name() == "postgresql"
    engine = create_engine(place.set(drivername="postgresql+psycopg") if server else place)
    with engine.begin() as connection:
        _add(connection, ChatRow, _chats(count, now))
        ids = list(connection.scalars(select(col(ChatRow.id)).order_by(col(ChatRow.id))))
        _add(connection, InboundRow, _updates(count, now))
        _add(connection, OutgoingRow, _messages(ids, now))
        assert connection.scalar(select(func.count()).select_from(ChatRow)) == count
    if server:
        # As the server would have done by itself in the meantime.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


def _add(connection: Connection, table: type[SQLModel], rows: Iterable[Row]) -> None:
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        connection.execute(insert(table), some)


def _chats(count: int, now: datetime) -> Iterator[Row]:
    state = json.dumps(middle(now).to_json(), ensure_ascii=False, separators=(",", ":"))
    row = ChatRow(
        platform="telegram",
        address="",
        state=state,
        next_position=TURNS + 1,
        created_at=now - SINCE,
        updated_at=now,
    ).model_dump(exclude={"id"})
    for number in range(1, count + 1):
        at = _moment(number, count, now)
        yield row | {"address": str(number), "asked": str(number), "updated_at": at}


def _updates(count: int, now: datetime) -> Iterator[Row]:
    for number in range(count * TURNS):
        at = _moment(number, count * TURNS, now)
        yield {"platform": "telegram", "update_id": str(number), "received_at": at}


def _messages(ids: list[int | None], now: datetime) -> Iterator[Row]:
    row = OutgoingRow(
        chat_id=0, position=0, locale="zh_Hans", body="", status="sent", attempts=1, created_at=now
    ).model_dump(exclude={"id"})
    for place, chat in enumerate(ids):
        at = _moment(place, len(ids), now)
        moments = {"created_at": at, "tried_at": at, "sent_at": at}
        for position in range(1, TURNS + 1):
            yield row | moments | {"chat_id": chat, "position": position}


def _moment(number: int, count: int, now: datetime) -> datetime:
    return now - SINCE * (1 - number / count)
