"""Tickets as they are kept: rows on one side, the conversation's types on the other.

Every function works within the caller's transaction. What is done to a ticket, and by whom it may
be done, is in ``desk_orders.py``; who is told of it in ``desk_notices.py``.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, and_, case, delete, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from bot.desk_tables import (
    DeskGroupRow,
    TicketCopyRow,
    TicketEntryRow,
    TicketMessageRow,
    TicketNoticeRow,
    TicketRow,
)
from bot.many import insert_many
from bot.tables import OutgoingRow, StaffRow
from conversations.tickets import Entry, Ticket

TICKET: Table = TicketRow.__table__  # type: ignore[attr-defined]
ENTRY: Table = TicketEntryRow.__table__  # type: ignore[attr-defined]
MESSAGE: Table = TicketMessageRow.__table__  # type: ignore[attr-defined]

LATELY = timedelta(days=14)
"""For how long officers still see what is answered or closed."""
MOST_SEEN = 100
"""Tickets that are looked at with one update; of more, the open and the oldest come first."""

_OPEN = col(TicketRow.status).in_(("waiting", "claimed"))


@dataclass(frozen=True, slots=True)
class Card:
    """A message that shows a ticket, by the platform's id of it."""

    chat_id: int
    sent_as: str
    ticket_id: int


async def seen_by(
    connection: AsyncConnection, chat_id: int, awards: Collection[str], now: datetime
) -> tuple[Ticket, ...]:
    """What somebody may see: their own, and what their awards have open or dealt with lately."""
    own = col(TicketRow.chat_id) == chat_id
    lately = or_(_OPEN, col(TicketRow.changed_at) > now - LATELY)
    office = and_(col(TicketRow.award).in_(awards), col(TicketRow.withdrawn).is_(False), lately)
    return await load(connection, or_(own, office) if awards else own, viewer=chat_id)


async def load(
    connection: AsyncConnection,
    which: ColumnElement[bool],
    viewer: int | None = None,
    most: int | None = MOST_SEEN,
) -> tuple[Ticket, ...]:
    """Tickets with all that was said in them, the oldest first; all if there is no ``most``.

    Else the open ones are preferred, the oldest first, and then the latest.
    """
    query = (
        select(TICKET, col(StaffRow.label).label("claimer"))
        .outerjoin(StaffRow, col(StaffRow.id) == col(TicketRow.claimed_by))
        .where(which)
        .order_by(
            case((_OPEN, col(TicketRow.id)), else_=None).nulls_last(), col(TicketRow.id).desc()
        )
        .limit(most)
    )
    rows = [*await connection.execute(query)]
    entries: dict[int, list[Entry]] = {row.id: [] for row in rows}
    if rows:
        said = select(ENTRY).where(col(TicketEntryRow.ticket_id).in_([*entries]))
        for each in await connection.execute(said.order_by(col(TicketEntryRow.id))):
            entries[each.ticket_id].append(Entry(each.by, each.body, each.at))
    found = [_ticket(row, entries[row.id], viewer) for row in rows]
    return tuple(sorted(found, key=lambda each: each.id))


def _ticket(row: Row[Any], entries: Sequence[Entry], viewer: int | None) -> Ticket:
    return Ticket(
        id=row.id,
        award=row.award,
        status=row.status,
        entries=tuple(entries),
        opened=row.opened,
        claimed_by=row.claimed_by,
        claimed_label=row.claimer or "",
        shared=row.shared,
        mine=viewer is not None and row.chat_id == viewer,
        withdrawn=row.withdrawn,
        waiting_since=row.waiting_since,
        locale=row.locale,
        version=row.version,
    )


async def locked(connection: AsyncConnection, which: ColumnElement[bool]) -> list[Row[Any]]:
    """The rows of tickets, in order; nobody else changes them until the transaction ends."""
    query = select(TICKET).where(which).order_by(col(TicketRow.id)).with_for_update()
    return [*await connection.execute(query)]


async def change(
    connection: AsyncConnection,
    row: Row[Any],
    now: datetime,
    **values: object,
) -> None:
    """Change a ticket that is locked."""
    values |= {"changed_at": now, "version": row.version + 1}
    await connection.execute(update(TicketRow).where(col(TicketRow.id) == row.id).values(values))


async def opened(
    connection: AsyncConnection, values: dict[str, object], text: str, now: datetime
) -> int:
    """Keep a new ticket; gives its number."""
    first = {"claimed_by": None, "opened": now, "changed_at": now, "waiting_since": now,
             "answered_at": None, "reminded": 0, "withdrawn": False, "version": 1}  # fmt: skip
    rows = [{"status": "waiting", **first, **values}]
    number = int((await insert_many(connection, TICKET, rows, "id"))[0])
    await said(connection, number, "applicant", text, now)
    return number


async def said(  # noqa: PLR0913 - the last by name
    connection: AsyncConnection,
    ticket_id: int,
    by: str,
    text: str,
    now: datetime,
    *,
    officer: int | None = None,
) -> int:
    """Keep something that is said in a ticket; gives its number."""
    row = {"ticket_id": ticket_id, "by": by, "officer": officer, "body": text, "at": now}
    return int((await insert_many(connection, ENTRY, [row], "id"))[0])


async def of_message(connection: AsyncConnection, chat_id: int, sent_as: str) -> int | None:
    """The ticket that a message in a chat is about."""
    query = select(col(TicketMessageRow.ticket_id)).where(
        col(TicketMessageRow.chat_id) == chat_id, col(TicketMessageRow.sent_as) == sent_as
    )
    found: int | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def note_sent(
    connection: AsyncConnection, cards: Sequence[Card], replaced: Sequence[tuple[int, str]]
) -> None:
    """Remember which messages show which tickets; those ``replaced`` by others show none."""
    keys = [*replaced, *((card.chat_id, card.sent_as) for card in cards)]
    if not keys:
        return
    key = tuple_(col(TicketMessageRow.chat_id), col(TicketMessageRow.sent_as))
    await connection.execute(delete(TicketMessageRow).where(key.in_(keys)))
    rows = [
        {"chat_id": card.chat_id, "sent_as": card.sent_as, "ticket_id": card.ticket_id}
        for card in cards
    ]
    await insert_many(connection, MESSAGE, rows)
    for card in cards:
        mine = (col(TicketCopyRow.ticket_id) == card.ticket_id) & (
            col(TicketCopyRow.chat_id) == card.chat_id
        )
        await connection.execute(update(TicketCopyRow).where(mine).values(sent_as=card.sent_as))


async def emptied(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Remove all that chats have asked, and what is kept of what they were told.

    The bare tickets stay, with nothing in them and nobody's, so that no number is given twice.
    """
    theirs = select(col(TicketRow.id)).where(col(TicketRow.chat_id).in_(ids))
    unsent = update(OutgoingRow).where(
        col(OutgoingRow.ticket_id).in_(theirs), col(OutgoingRow.status) == "queued"
    )
    await connection.execute(unsent.values(status="skipped", body=""))
    await connection.execute(
        delete(TicketEntryRow).where(col(TicketEntryRow.ticket_id).in_(theirs))
    )
    nothing = {"chat_id": None, "shared": "", "status": "closed", "withdrawn": True,
               "waiting_since": None, "remind_at": None}  # fmt: skip
    await connection.execute(
        update(TicketRow).where(col(TicketRow.chat_id).in_(ids)).values(nothing)
    )
    for kind in (TicketMessageRow, TicketCopyRow, TicketNoticeRow, DeskGroupRow):
        await connection.execute(delete(kind).where(col(kind.chat_id).in_(ids)))
    await connection.execute(delete(DeskGroupRow).where(col(DeskGroupRow.brought_by).in_(ids)))
    officers = select(col(StaffRow.id)).where(col(StaffRow.chat_id).in_(ids))
    await unclaimed(connection, col(TicketRow.claimed_by).in_(officers))


async def unclaimed(connection: AsyncConnection, which: ColumnElement[bool]) -> Sequence[int]:
    """Nobody deals with these tickets any more; gives those that are still to be answered."""
    claimed = col(TicketRow.status) == "claimed"
    nobody = update(TicketRow).where(which)
    back = nobody.where(claimed).values(claimed_by=None, status="waiting")
    ids = [*(await connection.execute(back.returning(col(TicketRow.id)))).scalars()]
    await connection.execute(nobody.values(claimed_by=None))
    return sorted(ids)


async def moved(connection: AsyncConnection, old: int, new: int | None = None) -> None:
    """A chat goes on elsewhere, where messages have other ids; ``new`` if it is another chat."""
    await connection.execute(delete(TicketMessageRow).where(col(TicketMessageRow.chat_id) == old))
    copies = col(TicketCopyRow.chat_id) == old
    if new is None:
        await connection.execute(update(TicketCopyRow).where(copies).values(sent_as=None))
        return
    await connection.execute(delete(TicketCopyRow).where(copies))
    brought = update(DeskGroupRow).where(col(DeskGroupRow.brought_by) == old)
    await connection.execute(brought.values(brought_by=new))
    for kind in (TicketRow, TicketNoticeRow, DeskGroupRow):
        theirs = update(kind).where(col(kind.chat_id) == old)
        await connection.execute(theirs.values(chat_id=new))


async def exported(connection: AsyncConnection, chat_id: int) -> list[dict[str, Any]]:
    """All that a chat has asked, as JSON values."""
    found = await load(connection, col(TicketRow.chat_id) == chat_id, most=None)
    return [
        {
            "id": each.id,
            "award": each.award,
            "status": each.status,
            "shared": each.shared,
            "opened": each.opened.isoformat(),
            "entries": [
                {"by": entry.by, "text": entry.text, "at": entry.at.isoformat()}
                for entry in each.entries
            ],
        }
        for each in found
    ]


async def remove_old(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Remove tickets that were closed, or answered for the last time, before; gives how many."""
    old = (
        select(col(TicketRow.id))
        .where(
            col(TicketRow.changed_at) < before, col(TicketRow.status).in_(("answered", "closed"))
        )
        .limit(most)
    )
    ids = [*(await connection.execute(old)).scalars()]
    if ids:
        for kind in (TicketEntryRow, TicketMessageRow, TicketCopyRow, TicketNoticeRow):
            await connection.execute(delete(kind).where(col(kind.ticket_id).in_(ids)))
        await connection.execute(delete(TicketRow).where(col(TicketRow.id).in_(ids)))
    return len(ids)
