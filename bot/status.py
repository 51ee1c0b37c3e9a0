"""How the sending stands, for the operator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, func, literal_column, select
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot.database import open_database
from bot.outgoing import QUEUED
from bot.tables import BroadcastRow, ChatRow, OutgoingRow


@dataclass(frozen=True, slots=True)
class Status:
    """What waits to be sent and since when, who cannot be reached, what went wrong last.

    ``failed`` are messages that the platform will never take; ``due`` are chats whose reminders
    are to be made ready now, ``broadcasts`` those that are not over.
    """

    waiting: int
    oldest: datetime | None
    blocked: int
    failed: int
    last_error: str | None
    last_error_at: datetime | None
    due: int = 0
    broadcasts: int = 0


_BEHIND = (QUEUED, col(OutgoingRow.chat_id) > bindparam("after"))
_NEXT = (
    select(col(OutgoingRow.chat_id))
    .where(*_BEHIND)
    .order_by(col(OutgoingRow.chat_id))
    .limit(bindparam("most"))
    .subquery()
)
_NEXT_CHATS = select(func.count(), func.max(_NEXT.c.chat_id))
# Not a join: SQLite would go through all chats of the platform.
_IN_REACH = exists().where(
    col(ChatRow.id) == col(OutgoingRow.chat_id),
    col(ChatRow.left_at).is_(None),
    col(ChatRow.platform) == bindparam("platform"),
)
_COUNTED = select(func.count(), func.min(col(OutgoingRow.created_at))).where(
    *_BEHIND, col(OutgoingRow.chat_id) <= bindparam("reached"), _IN_REACH
)


async def backlog(connection: AsyncConnection, platform: str) -> tuple[int, datetime | None]:
    """How many messages wait to be sent to a platform's chats that can be reached, since when."""
    query = (
        select(func.count(), func.min(col(OutgoingRow.created_at)))
        .join(ChatRow, col(ChatRow.id) == col(OutgoingRow.chat_id))
        .where(QUEUED, col(ChatRow.left_at).is_(None), col(ChatRow.platform) == platform)
    )
    waiting, oldest = (await connection.execute(query)).one()
    return waiting, oldest


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what waits, and since when; it goes on after the chat ``reached``, if at all."""

    waiting: int
    oldest: datetime | None
    reached: int | None


async def part_of_backlog(
    connection: AsyncConnection, platform: str, after: int, most: int
) -> Part:
    """Count as ``backlog`` does, in the chats after one, about as many messages as are wanted."""
    place = {"after": after, "most": most, "platform": platform}
    found, reached = (await connection.execute(_NEXT_CHATS, place)).one()
    if reached is None:
        return Part(0, None, None)
    counted = await connection.execute(_COUNTED, {**place, "reached": reached})
    waiting, oldest = counted.one()
    return Part(waiting, oldest, reached if found == most else None)


async def status(connection: AsyncConnection, platform: str, now: datetime) -> Status:
    """How a platform's sending stands, read within a transaction."""
    waiting, oldest = await backlog(connection, platform)
    here = col(ChatRow.platform) == platform
    left = select(func.count()).where(col(ChatRow.left_at).is_not(None), here)
    chat = col(ChatRow.id) == col(OutgoingRow.chat_id)
    failed = (
        select(func.count())
        .join_from(OutgoingRow, ChatRow, chat)
        .where(col(OutgoingRow.status) == literal_column("'failed'"), here)
    )
    error = (
        select(col(OutgoingRow.last_error), col(OutgoingRow.tried_at))
        .join_from(OutgoingRow, ChatRow, chat)
        .where(col(OutgoingRow.last_error).is_not(None), here)
        .order_by(col(OutgoingRow.tried_at).desc())
        .limit(1)
    )
    due = select(func.count()).where(
        col(ChatRow.remind_at) <= now, col(ChatRow.left_at).is_(None), here
    )
    going = select(func.count()).where(col(BroadcastRow.status) != literal_column("'done'"))
    last = (await connection.execute(error)).first()
    return Status(
        waiting,
        oldest,
        (await connection.execute(left)).scalar_one(),
        (await connection.execute(failed)).scalar_one(),
        last[0] if last else None,
        last[1] if last else None,
        (await connection.execute(due)).scalar_one(),
        (await connection.execute(going)).scalar_one(),
    )


async def read_status(url: URL, platform: str, now: datetime) -> Status:
    """Open the database beside the running program, and read it. Raises DatabaseError."""
    database = await open_database(url, alone=False, upgrade=False)
    try:
        async with database.transaction() as connection:
            return await status(connection, platform, now)
    finally:
        await database.close()
