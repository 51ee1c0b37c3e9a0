"""What others are told of tickets becomes messages; the office is reminded of what waits too long.

Both are derived from rows, by whichever process comes first, and told once. Every function works
within the caller's transaction.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot import outgoing, routing, staff, store, tickets
from bot.desk_tables import DeskGroupRow, TicketNoticeRow, TicketRow
from bot.houses import Lookup
from bot.logs import place
from bot.outgoing import Letter
from bot.routing import NOTICE
from bot.store import Chat
from bot.tables import StaffRow
from bot.tickets import ENTRY, TICKET
from conversations import desk_telling
from conversations.model import Reply
from conversations.tickets import Entry, Ticket, What
from conversations.working_time import overdue_at
from conversations.writing import zone_of

PORTION = 64
"""Notices, and reminders, that share a transaction: few enough that no reply waits long."""

log = structlog.get_logger(__name__)


async def tell(
    connection: AsyncConnection, lookup: Lookup, now: datetime, most: int = PORTION
) -> int:
    """Make messages of what is to be told; gives how many notices were dealt with.

    What an asker cannot be told now waits for them; an officer who cannot be reached is told
    nothing: others have the ticket then.
    """
    query = select(NOTICE).order_by(col(TicketNoticeRow.id)).limit(most)
    notices = [*await connection.execute(query.with_for_update(skip_locked=True))]
    if not notices:
        return 0
    ids = [each.id for each in notices]
    await connection.execute(delete(TicketNoticeRow).where(col(TicketNoticeRow.id).in_(ids)))
    chats = await store.lock_chats(connection, "", [], {each.chat_id for each in notices})
    by_id = {chat.id: chat for chat in chats}
    about = {each.ticket_id for each in notices}
    found = {each.id: each for each in await tickets.load(connection, TICKET.c.id.in_(about))}
    entries = await _entries(connection, notices)
    rights = await _rights(connection, lookup, by_id)
    rows: list[dict[str, object]] = []
    for notice in notices:
        chat, ticket = by_id.get(notice.chat_id), found.get(notice.ticket_id)
        if chat is None or ticket is None:
            continue
        try:
            locale = store.load_state(chat.state).locale
            awards = rights.get(chat.id, frozenset())
            reply = await _worded(lookup, notice, ticket, chat, entries, locale, now, awards)
        except Exception as error:  # noqa: BLE001 - one that fails harms no other
            # Neither the error's words nor a traceback: both can quote what somebody wrote.
            kind, at = type(error).__name__, place(error)
            log.error("news of a ticket cannot be told", chat=chat.id, error=kind, at=at)  # noqa: TRY400
            continue
        if reply is not None:
            letter = Letter(reply, locale, replaces=notice.replaces)
            rows += outgoing.number(chat, "", [letter], now, ticket_id=ticket.id)[0]
            chat.desk = True
    await outgoing.queue(connection, rows)
    await store.save(connection, chats)
    return len(notices)


async def _worded(  # noqa: PLR0913, PLR0917 - what, to whom, how, when
    lookup: Lookup,
    notice: Row[Any],
    ticket: Ticket,
    chat: Chat,
    entries: Mapping[int, Entry],
    locale: str,
    now: datetime,
    awards: frozenset[str],
) -> Reply | None:
    if not notice.office:
        return desk_telling.for_applicant(ticket, notice.what, locale, entries.get(notice.entry_id))
    changes = notice.replaces is not None
    if chat.left_at is not None or not (changes or ticket.award in awards):
        return None
    # It is another office's by now: nothing is told of it but that.
    what: What = notice.what if ticket.award in awards else "passed"
    house = await lookup.office(chat.id)
    return desk_telling.for_officer(ticket, what, locale, now, house, changes=changes)


async def _rights(
    connection: AsyncConnection, lookup: Lookup, chats: Collection[int]
) -> Mapping[int, frozenset[str]]:
    """The awards of which chats are told, as officers or groups, at this very moment.

    What this process remembers of them is forgotten if that is not so any more, or not yet.
    """
    found: dict[int, frozenset[str]] = {}
    for officer in await staff.officers(connection, col(StaffRow.chat_id).in_(chats)):
        found[officer.chat_id] = found.get(officer.chat_id, frozenset()) | officer.awards
    query = select(col(DeskGroupRow.chat_id), col(DeskGroupRow.award))
    for chat_id, award in await connection.execute(
        query.where(col(DeskGroupRow.chat_id).in_(chats))
    ):
        found[chat_id] = found.get(chat_id, frozenset()) | {award}
    for chat_id in chats:
        if (await lookup.office(chat_id)).officer_of != found.get(chat_id, frozenset()):
            lookup.changed()
            break
    return found


async def _entries(connection: AsyncConnection, notices: Sequence[Row[Any]]) -> Mapping[int, Entry]:
    ids = {each.entry_id for each in notices if each.entry_id is not None}
    if not ids:
        return {}
    found = await connection.execute(select(ENTRY).where(ENTRY.c.id.in_(ids)))
    return {row.id: Entry(row.by, row.body, row.at) for row in found}


async def remind(connection: AsyncConnection, now: datetime, most: int = PORTION) -> int:
    """Remind the office of what has waited for two working days, and then each working day.

    First whoever deals with it, then all officers, then the administrators too. Gives how many
    tickets were looked at.
    """
    query = (
        select(TICKET)
        .where(col(TicketRow.remind_at) <= now)
        .order_by(col(TicketRow.remind_at))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    late = [*await connection.execute(query)]
    for row in late:
        office = await routing.office_of(connection, row.award)
        await routing.tell(connection, row.id, "late", _reminded(office, row))
        again = overdue_at(now, zone_of(row.award), days=1)
        values = {"reminded": row.reminded + 1, "remind_at": again}
        await connection.execute(TICKET.update().where(TICKET.c.id == row.id).values(values))
    return len(late)


def _reminded(office: routing.Office, row: Row[Any]) -> set[int]:
    """Whom the next reminder of a ticket goes to."""
    claimer = office.claimer(row.claimed_by)
    times = row.reminded + (not claimer)
    if times == 0:
        return {*claimer}
    everybody = {*claimer, *office.first}
    return everybody if times == 1 else everybody | {each.chat_id for each in office.administrators}
