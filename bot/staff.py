"""Officers, and the codes by which somebody becomes one.

Every function works within the caller's transaction. A code is shown once; only its digest is
kept.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot.many import insert_many
from bot.tables import ChatRow, InvitationRow, StaffRow
from knowledge.load import awards as award_ids

STAFF: Table = StaffRow.__table__  # type: ignore[attr-defined]
INVITATION: Table = InvitationRow.__table__  # type: ignore[attr-defined]
_BYTES = 18


@dataclass(frozen=True, slots=True)
class Officer:
    """Who speaks for an office: the chat of a platform; of all awards if ``award`` is not set."""

    id: int
    platform: str
    address: str
    award: str | None
    since: datetime


async def invite(
    connection: AsyncConnection,
    award: str | None,
    expires: datetime,
    now: datetime,
) -> str:
    """Make a code that makes somebody an officer of an award, or of all; gives it.

    Codes that nobody has used in time are removed on the way.
    """
    await connection.execute(delete(InvitationRow).where(col(InvitationRow.expires) <= now))
    code = secrets.token_urlsafe(_BYTES)
    row = {"digest": _digest(code), "award": award, "expires": expires}
    await insert_many(connection, INVITATION, [row])
    return code


async def redeem(connection: AsyncConnection, chat_id: int, code: str, now: datetime) -> bool:
    """Make a chat an officer's by a code, which is used up by that; False if it is not known."""
    known = (col(InvitationRow.digest) == _digest(code)) & (col(InvitationRow.expires) > now)
    used = await connection.execute(
        delete(InvitationRow).where(known).returning(col(InvitationRow.award))
    )
    found = used.first()
    if found is None:
        return False
    if found.award is None or not await is_officer(connection, chat_id, found.award):
        row = {"chat_id": chat_id, "award": found.award, "since": now}
        await insert_many(connection, STAFF, [row])
    return True


async def is_officer(connection: AsyncConnection, chat_id: int, award: str) -> bool:
    """Whether whoever speaks in this chat is an officer of an award, at this very moment."""
    query = select(col(StaffRow.id)).where(
        col(StaffRow.chat_id) == chat_id,
        or_(col(StaffRow.award) == award, col(StaffRow.award).is_(None)),
    )
    return (await connection.execute(query)).first() is not None


async def awards_of(connection: AsyncConnection) -> Mapping[int, frozenset[str]]:
    """Of each officer's chat the awards."""
    found: dict[int, frozenset[str]] = {}
    query = select(col(StaffRow.chat_id), col(StaffRow.award))
    for chat_id, award in await connection.execute(query):
        more = frozenset(award_ids()) if award is None else frozenset({award})
        found[chat_id] = found.get(chat_id, frozenset()) | more
    return found


async def officers(connection: AsyncConnection) -> list[Officer]:
    """All officers, those that became it first first."""
    query = (
        select(
            col(StaffRow.id),
            col(ChatRow.platform),
            col(ChatRow.address),
            col(StaffRow.award),
            col(StaffRow.since),
        )
        .join(ChatRow, col(ChatRow.id) == col(StaffRow.chat_id))
        .order_by(col(StaffRow.id))
    )
    return [Officer(**row) for row in (await connection.execute(query)).mappings()]


async def remove(connection: AsyncConnection, officer_id: int) -> bool:
    """Let somebody be no officer any more; tells whether they were one."""
    gone = await connection.execute(delete(StaffRow).where(col(StaffRow.id) == officer_id))
    return bool(gone.rowcount)


def _digest(code: str) -> str:
    return hashlib.sha256(code.strip().encode("utf-8", "replace")).hexdigest()
