"""How the sending stands, for the operator."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal_column, select
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


async def backlog(connection: AsyncConnection, platform: str) -> tuple[int, datetime | None]:
    """How many messages wait to be sent to a platform's chats that can be reached, since when."""
    query = (
        select(func.count(), func.min(col(OutgoingRow.created_at)))
        .join(ChatRow, col(ChatRow.id) == col(OutgoingRow.chat_id))
        .where(QUEUED, col(ChatRow.left_at).is_(None), col(ChatRow.platform) == platform)
    )
    waiting, oldest = (await connection.execute(query)).one()
    return waiting, oldest


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
