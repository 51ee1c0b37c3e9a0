"""Officers, and the codes by which somebody becomes one.

Every function works within the caller's transaction. A code is shown once; only its digest is
kept.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from bot import audit, tickets
from bot.audit import By
from bot.desk_tables import TicketRow
from bot.many import insert_many
from bot.tables import ChatRow, InvitationRow, StaffRow
from knowledge.load import awards as award_ids

STAFF: Table = StaffRow.__table__  # type: ignore[attr-defined]
INVITATION: Table = InvitationRow.__table__  # type: ignore[attr-defined]
LONGEST_LABEL = 40
_BYTES = 18


@dataclass(frozen=True, slots=True)
class Officer:
    """Who speaks for an office: the chat of a platform; of all awards if ``award`` is not set.

    ``label`` is what colleagues call them. An ``administrator`` invites and removes officers.
    ``reachable``: they have not blocked the bot.
    """

    id: int
    chat_id: int
    platform: str
    address: str
    award: str | None
    label: str
    administrator: bool
    reachable: bool
    since: datetime

    @property
    def awards(self) -> frozenset[str]:
        """For which awards they speak."""
        return frozenset(award_ids()) if self.award is None else frozenset({self.award})


async def invite(  # noqa: PLR0913 - the last ones by name
    connection: AsyncConnection,
    award: str | None,
    expires: datetime,
    now: datetime,
    *,
    administrator: bool = False,
    label: str = "",
    by: By = audit.SHELL,
) -> str:
    """Make a code that makes somebody an officer of an award, or of all; gives it.

    An administrator is one of all awards. Codes that nobody has used in time are removed on the
    way.
    """
    await connection.execute(delete(InvitationRow).where(col(InvitationRow.expires) <= now))
    code = secrets.token_urlsafe(_BYTES)
    award = None if administrator else award
    row = {
        "digest": _digest(code),
        "award": award,
        "label": label.strip()[:LONGEST_LABEL],
        "administrator": administrator,
        "expires": expires,
    }
    await insert_many(connection, INVITATION, [row])
    await audit.note(connection, by, "invite", award, "administrator" if administrator else "", now)
    return code


async def redeem(connection: AsyncConnection, chat_id: int, code: str, now: datetime) -> bool:
    """Make a chat an officer's by a code, which is used up by that; False if it is not known."""
    known = (col(InvitationRow.digest) == _digest(code)) & (col(InvitationRow.expires) > now)
    used = await connection.execute(
        delete(InvitationRow)
        .where(known)
        .returning(
            col(InvitationRow.award), col(InvitationRow.label), col(InvitationRow.administrator)
        )
    )
    found = used.first()
    if found is None:
        return False
    kept = await officers(connection, col(StaffRow.chat_id) == chat_id)
    if found.administrator:
        known_already = any(each.administrator for each in kept)
    else:
        wanted = frozenset(award_ids()) if found.award is None else frozenset({found.award})
        known_already = any(wanted <= each.awards for each in kept)
    if not known_already:
        label = found.label or next((each.label for each in kept if each.label), "")
        row = {"chat_id": chat_id, "award": found.award, "label": label,
               "administrator": found.administrator, "since": now}  # fmt: skip
        (number,) = await insert_many(connection, STAFF, [row], "id")
        await audit.note(connection, chat_id, "join", found.award, f"officer {number}", now)
    return True


async def held(
    connection: AsyncConnection, which: ColumnElement[bool], *, alone: bool = False
) -> None:
    """Until the transaction ends nobody removes these officers; with ``alone`` nobody uses them.

    So nobody is given something who leaves at the same moment. To be held before any ticket is.
    """
    query = select(col(StaffRow.id)).where(which).order_by(col(StaffRow.id))
    await connection.execute(query.with_for_update(read=not alone))


async def is_officer(connection: AsyncConnection, chat_id: int, award: str) -> bool:
    """Whether whoever speaks in this chat is an officer of an award, at this very moment."""
    return await number_of(connection, chat_id, award) is not None


async def number_of(connection: AsyncConnection, chat_id: int, award: str) -> int | None:
    """The number under which whoever speaks in this chat is an officer of an award, if they are."""
    of = or_(col(StaffRow.award) == award, col(StaffRow.award).is_(None))
    query = (
        select(col(StaffRow.id))
        .where(col(StaffRow.chat_id) == chat_id, of)
        .order_by(col(StaffRow.award).is_(None), col(StaffRow.id))
        .limit(1)
    )
    found: int | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def is_administrator(connection: AsyncConnection, chat_id: int) -> bool:
    """Whether whoever speaks in this chat invites and removes officers, at this very moment."""
    query = select(col(StaffRow.id)).where(
        col(StaffRow.chat_id) == chat_id, col(StaffRow.administrator)
    )
    return (await connection.execute(query)).first() is not None


async def officers(connection: AsyncConnection, *which: ColumnElement[bool]) -> list[Officer]:
    """All officers, or some, those that became it first first."""
    query = (
        select(
            col(StaffRow.id),
            col(StaffRow.chat_id),
            col(ChatRow.platform),
            col(ChatRow.address),
            col(StaffRow.award),
            col(StaffRow.label),
            col(StaffRow.administrator),
            col(ChatRow.left_at).is_(None).label("reachable"),
            col(StaffRow.since),
        )
        .join(ChatRow, col(ChatRow.id) == col(StaffRow.chat_id))
        .where(*which)
        .order_by(col(StaffRow.id))
    )
    return [Officer(**row) for row in (await connection.execute(query)).mappings()]


async def remove(connection: AsyncConnection, officer_id: int) -> bool:
    """Let somebody be no officer any more; tells whether they were one.

    What they dealt with nobody does now; see ``routing.dismissed`` for who is told of that.
    """
    await tickets.unclaimed(connection, col(TicketRow.claimed_by) == officer_id)
    gone = await connection.execute(delete(StaffRow).where(col(StaffRow.id) == officer_id))
    return bool(gone.rowcount)


def _digest(code: str) -> str:
    return hashlib.sha256(code.strip().encode("utf-8", "replace")).hexdigest()
