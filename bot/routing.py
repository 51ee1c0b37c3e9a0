"""Who is told of a ticket: the group of its award, or its officers, or the administrators.

What is to be told is a row, which ``desk_notices.py`` makes a message of, so that no chat but those
that speak is locked meanwhile. Every function works within the caller's transaction.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from bot import audit, staff, tickets
from bot.audit import By
from bot.desk_tables import DeskGroupRow, TicketCopyRow, TicketNoticeRow, TicketRow
from bot.many import insert_many
from bot.staff import Officer
from bot.tables import ChatRow, OutgoingRow, StaffRow
from conversations.tickets import What

NOTICE: Table = TicketNoticeRow.__table__  # type: ignore[attr-defined]
COPY: Table = TicketCopyRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Office:
    """Who can be told something for an award now, by their chats."""

    group: int | None
    officers: tuple[Officer, ...]
    administrators: tuple[Officer, ...]

    @property
    def first(self) -> tuple[int, ...]:
        """Who is asked first: administrators only where there is nobody else."""
        if self.group is not None:
            return (self.group,)
        return _chats(self.officers) or _chats(self.administrators)

    def claimer(self, number: int | None) -> tuple[int, ...]:
        """The chat of the officer with this number, if they can be told something."""
        return _chats(each for each in (*self.officers, *self.administrators) if each.id == number)


async def office_of(connection: AsyncConnection, award: str) -> Office:
    """Who can be told something for an award."""
    of = or_(col(StaffRow.award) == award, col(StaffRow.award).is_(None))
    found = await staff.officers(connection, of, col(ChatRow.left_at).is_(None))
    query = (
        select(col(DeskGroupRow.chat_id))
        .join(ChatRow, col(ChatRow.id) == col(DeskGroupRow.chat_id))
        .where(col(DeskGroupRow.award) == award, col(ChatRow.left_at).is_(None))
    )
    group = (await connection.execute(query)).scalar_one_or_none()
    ordinary = tuple(each for each in found if not each.administrator)
    return Office(group, ordinary, tuple(each for each in found if each.administrator))


async def tell(
    connection: AsyncConnection,
    ticket_id: int,
    what: What,
    chats: Iterable[int],
    entry: int | None = None,
) -> None:
    """Have chats of the office's told something of a ticket."""
    rows = [_notice(ticket_id, each, what, entry=entry) for each in sorted(set(chats))]
    await insert_many(connection, NOTICE, rows)


async def tell_asker(
    connection: AsyncConnection,
    ticket_id: int,
    what: What,
    chat_id: int | None,
    entry: int | None = None,
) -> None:
    """Have the asker told something of a ticket, if they are still there."""
    if chat_id is not None:
        row = _notice(ticket_id, chat_id, what, office=False, entry=entry)
        await insert_many(connection, NOTICE, [row])


def _notice(  # noqa: PLR0913 - a row
    ticket_id: int,
    chat_id: int,
    what: What,
    *,
    office: bool = True,
    entry: int | None = None,
    replaces: str | None = None,
) -> dict[str, object]:
    return {"ticket_id": ticket_id, "chat_id": chat_id, "what": what, "office": office,
            "entry_id": entry, "replaces": replaces}  # fmt: skip


async def offered(connection: AsyncConnection, ticket_id: int, award: str) -> None:
    """Give a ticket to those who are asked first and do not have it yet."""
    chats = (await office_of(connection, award)).first
    rows = [{"ticket_id": ticket_id, "chat_id": each, "sent_as": None} for each in chats]
    fresh = await insert_many(connection, COPY, rows, "chat_id")
    await tell(connection, ticket_id, "new", fresh)


async def shown(
    connection: AsyncConnection, ticket_id: int, what: What, but: Collection[int | None] = ()
) -> None:
    """Have the messages that show a ticket changed, where they are, to what holds now."""
    query = select(col(TicketCopyRow.chat_id), col(TicketCopyRow.sent_as)).where(
        col(TicketCopyRow.ticket_id) == ticket_id, col(TicketCopyRow.sent_as).is_not(None)
    )
    rows = [
        _notice(ticket_id, each.chat_id, what, replaces=each.sent_as)
        for each in await connection.execute(query)
        if each.chat_id not in but
    ]
    await insert_many(connection, NOTICE, rows)


async def no_longer_in_groups(
    connection: AsyncConnection, which: ColumnElement[bool], but: int | None = None
) -> None:
    """The questions of awards come to these groups no more, nor what becomes of them.

    What a group ``but`` has stays there: it goes on.
    """
    query = select(col(DeskGroupRow.award), col(DeskGroupRow.chat_id)).where(which)
    for award, chat_id in [*await connection.execute(query)]:
        if chat_id != but:
            await _kept_from(connection, chat_id, frozenset({award}))
    await connection.execute(delete(DeskGroupRow).where(which))


async def _kept_from(connection: AsyncConnection, chat_id: int, awards: Collection[str]) -> None:
    """A chat of the office's is told nothing more of these awards' tickets, but of its own."""
    theirs = select(col(TicketRow.id)).where(
        col(TicketRow.award).in_(awards), col(TicketRow.chat_id).is_distinct_from(chat_id)
    )
    copies = col(TicketCopyRow.ticket_id).in_(theirs)
    await connection.execute(
        delete(TicketCopyRow).where(col(TicketCopyRow.chat_id) == chat_id, copies)
    )
    untold = col(TicketNoticeRow.ticket_id).in_(theirs)
    await connection.execute(
        delete(TicketNoticeRow).where(col(TicketNoticeRow.chat_id) == chat_id, untold)
    )
    unsent = update(OutgoingRow).where(
        col(OutgoingRow.chat_id) == chat_id,
        col(OutgoingRow.ticket_id).in_(theirs),
        col(OutgoingRow.status) == "queued",
    )
    await connection.execute(unsent.values(status="skipped", body=""))


async def taken_away(connection: AsyncConnection, ticket_id: int) -> None:
    """No chat has a ticket any more: it is another office's now."""
    await connection.execute(delete(TicketCopyRow).where(col(TicketCopyRow.ticket_id) == ticket_id))


async def waiting_for(connection: AsyncConnection, awards: Collection[str]) -> None:
    """Give what nobody deals with to those of its office who do not have it yet.

    So it is when somebody becomes an officer, returns, or leaves nobody behind.
    """
    query = select(col(TicketRow.id), col(TicketRow.award)).where(
        col(TicketRow.status) == "waiting", col(TicketRow.award).in_(awards)
    )
    for number, award in [*await connection.execute(query.order_by(col(TicketRow.id)))]:
        await offered(connection, number, award)


async def left(connection: AsyncConnection, chat_id: int, now: datetime) -> None:
    """A chat cannot be told anything any more: what it dealt with is given to others."""
    await staff.held(connection, col(StaffRow.chat_id) == chat_id, alone=True)
    gone = await staff.officers(connection, col(StaffRow.chat_id) == chat_id)
    query = select(col(DeskGroupRow.award)).where(col(DeskGroupRow.chat_id) == chat_id)
    groups = frozenset((await connection.execute(query)).scalars())
    if not gone and not groups:
        return
    await _reached(connection, chat_id, now)
    for kind in (DeskGroupRow, TicketCopyRow, TicketNoticeRow):
        await connection.execute(delete(kind).where(col(kind.chat_id) == chat_id))
    numbers = [each.id for each in gone]
    back = await tickets.unclaimed(connection, col(TicketRow.claimed_by).in_(numbers))
    await _back(connection, back)
    awards = groups.union(*(each.awards for each in gone))
    await waiting_for(connection, awards)


async def returned(connection: AsyncConnection, chat_id: int) -> None:
    """A chat can be told something again: if it is an officer's, what waits is given to it."""
    found = await staff.officers(connection, col(StaffRow.chat_id) == chat_id)
    if found:
        await _reached(connection, chat_id, None)
        await waiting_for(connection, frozenset[str]().union(*(each.awards for each in found)))


async def _reached(connection: AsyncConnection, chat_id: int, left_at: datetime | None) -> None:
    # The chat is locked and will be saved so: who is reached is asked before that.
    mine = update(ChatRow).where(col(ChatRow.id) == chat_id)
    await connection.execute(mine.values(left_at=left_at))


async def forgotten(connection: AsyncConnection, chat_id: int, now: datetime) -> None:
    """All that is kept of a chat is about to be removed, of an officer's as well."""
    await withdrawn(connection, chat_id)
    for each in await staff.officers(connection, col(StaffRow.chat_id) == chat_id):
        await dismissed(connection, each.id, chat_id, now)


async def withdrawn(connection: AsyncConnection, chat_id: int) -> None:
    """All that a chat has asked is about to be removed: the office is told."""
    for row in await tickets.locked(connection, col(TicketRow.chat_id) == chat_id):
        await shown(connection, row.id, "withdrawn")
        if row.status == "claimed":
            office = await office_of(connection, row.award)
            copies = await _with_copies(connection, row.id, shown=True)
            chats = [each for each in office.claimer(row.claimed_by) if each not in copies]
            await tell(connection, row.id, "withdrawn", chats)


async def dismissed(connection: AsyncConnection, number: int, by: By, now: datetime) -> bool:
    """Let somebody be no officer any more, and give others what they dealt with.

    Tells whether there is such an officer.
    """
    await staff.held(connection, col(StaffRow.id) == number, alone=True)
    found = await staff.officers(connection, col(StaffRow.id) == number)
    back = await tickets.unclaimed(connection, col(TicketRow.claimed_by) == number)
    if not await staff.remove(connection, number):
        return False
    award = found[0].award if found else None
    await audit.note(connection, by, "remove", award, f"officer {number}", now)
    for each in found:
        still = await staff.officers(connection, col(StaffRow.chat_id) == each.chat_id)
        lost = each.awards.difference(*(other.awards for other in still))
        await _kept_from(connection, each.chat_id, lost)
        # Who is in a group that they have brought the questions to, nobody else can say.
        brought = col(DeskGroupRow.brought_by) == each.chat_id
        await no_longer_in_groups(connection, brought & col(DeskGroupRow.award).in_(lost))
        await _back(connection, back)
        await waiting_for(connection, each.awards)
    return True


async def _back(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Nobody deals with these tickets now: all who are asked first are told so."""
    rows = await tickets.locked(connection, col(TicketRow.id).in_(ids)) if ids else []
    for row in rows:
        chats = (await office_of(connection, row.award)).first
        known = await _with_copies(connection, row.id)
        await tell(connection, row.id, "released", [each for each in chats if each in known])
        await offered(connection, row.id, row.award)


async def _with_copies(
    connection: AsyncConnection, ticket_id: int, *, shown: bool = False
) -> frozenset[int]:
    """The chats that have been given a ticket; if ``shown``, where a message of it can change."""
    query = select(col(TicketCopyRow.chat_id)).where(col(TicketCopyRow.ticket_id) == ticket_id)
    if shown:
        query = query.where(col(TicketCopyRow.sent_as).is_not(None))
    return frozenset((await connection.execute(query)).scalars())


def _chats(officers: Iterable[Officer]) -> tuple[int, ...]:
    return tuple(sorted({each.chat_id for each in officers}))
