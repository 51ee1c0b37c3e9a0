"""What is done to tickets, if whoever wants it may: every order is checked as things stand.

Every function works within the caller's transaction. What an order needs and does not find means
that it cannot be carried out; then nothing has happened.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot import audit, desk_office, routing, staff, tickets
from bot.desk_office import NotPossibleError, Work
from bot.desk_tables import TicketRow
from bot.tables import StaffRow
from conversations.model import (
    NUMBER,
    AddToTicket,
    Answer,
    AskOffice,
    Claim,
    CloseTicket,
    DeskHere,
    Invite,
    PassOn,
    Release,
    RemoveOfficer,
    ReopenTicket,
    ShowLog,
    TakeBack,
)
from conversations.orders import OfDesk, OfTicket
from conversations.tickets import What
from conversations.working_time import overdue_at
from conversations.writing import zone_of
from knowledge.load import awards as award_ids

MOST_OPEN = 5
"""Questions of one chat that may wait at a time."""


async def done(work: Work, order: OfDesk) -> Mapping[str, str]:
    """Carry out an order; gives what stands in its reply for what was not known before.

    Raises NotPossibleError; then nothing has changed.
    """
    match order:
        case AskOffice():
            return {NUMBER: str(await _ask(work, order))}
        case Invite() | RemoveOfficer() | ShowLog():
            return await desk_office.administrate(work, order)
        case DeskHere():
            await desk_office.move_desk(work, order)
        case _:
            await _deal_with(work, order)
    return {}


async def _ask(work: Work, order: AskOffice) -> int:
    if order.award not in award_ids():
        raise NotPossibleError
    waiting = select(func.count()).where(
        col(TicketRow.chat_id) == work.by, col(TicketRow.status).in_(("waiting", "claimed"))
    )
    if (await work.connection.execute(waiting)).scalar_one() >= MOST_OPEN:
        raise NotPossibleError
    values = {
        "chat_id": work.by,
        "award": order.award,
        "shared": order.shared,
        "locale": work.locale,
        "remind_at": _overdue(work, order.award),
    }
    number = await tickets.opened(work.connection, values, order.text, work.now)
    work.chat.desk = work.chat.changed = True
    await routing.offered(work.connection, number, order.award)
    return number


async def _deal_with(work: Work, order: OfTicket) -> None:
    """An order about one ticket, given by its asker or by an officer of its award."""
    to = order.to if isinstance(order, PassOn) and isinstance(order.to, int) else None
    await staff.held(work.connection, or_(col(StaffRow.chat_id) == work.by, col(StaffRow.id) == to))
    found = await tickets.locked(work.connection, col(TicketRow.id) == order.ticket)
    row = found[0] if found else None
    if row is None:
        raise NotPossibleError
    mine = row.chat_id == work.by
    # What its asker has taken back, only they open again.
    if row.withdrawn and not (mine and isinstance(order, ReopenTicket)):
        raise NotPossibleError
    number = await staff.number_of(work.connection, work.by, row.award)
    match order:
        case AddToTicket(text=text) if mine:
            await _add(work, row, text)
        case TakeBack() if mine and row.status in ("waiting", "claimed"):
            await _end(work, row, "withdrawn", withdrawn=True)
        case CloseTicket() if mine and row.status != "closed":
            await _end(work, row, "closed")
        case ReopenTicket() if mine and row.status in ("answered", "closed"):
            await _again(work, row)
        case _ if number is not None and row.chat_id is not None:
            await _as_officer(work, row, number, order)
            name = type(order).__name__
            subject = f"ticket {row.id}"
            await audit.note(work.connection, work.by, name, row.award, subject, work.now)
        case _:
            raise NotPossibleError


async def _as_officer(work: Work, row: Row[Any], number: int, order: OfTicket) -> None:
    match order:
        case Claim() if row.status == "waiting":
            values = {"status": "claimed", "claimed_by": number}
            await tickets.change(work.connection, row, work.now, **values)
            await _told(work, row, "claimed")
        case Claim() if row.status == "claimed" and row.claimed_by == number:
            pass  # pressed twice
        case Release() if row.status == "claimed" and row.claimed_by == number:
            values = {"status": "waiting", "claimed_by": None}
            await tickets.change(work.connection, row, work.now, **values)
            chats = (await routing.office_of(work.connection, row.award)).first
            others = [each for each in chats if each not in (work.by, work.chat.id)]
            await routing.tell(work.connection, row.id, "released", others)
        case Answer() if _may_answer(row, number, order):
            await _answer(work, row, number, order)
        case PassOn(to=int(to)):
            await _to_colleague(work, row, to)
        case PassOn(to=str(to)) if to in award_ids() and to != row.award:
            await _to_office(work, row, to)
        case CloseTicket() if row.status != "closed":
            await _end(work, row, "closed")
        case ReopenTicket() if row.status in ("answered", "closed"):
            await _again(work, row)
        case _:
            raise NotPossibleError


def _may_answer(row: Row[Any], number: int, order: Answer) -> bool:
    """The first answer is that of whoever deals with it; nobody's is lost as an addition."""
    if order.addition:
        return True
    return row.status != "closed" and row.claimed_by in (None, number)


async def _answer(work: Work, row: Row[Any], number: int, order: Answer) -> None:
    entry = await tickets.said(
        work.connection, row.id, "officer", order.text, work.now, officer=number
    )
    first = row.answered_at is None or row.waiting_since is not None
    await tickets.change(
        work.connection, row, work.now,
        status="answered", claimed_by=row.claimed_by or number, waiting_since=None,
        answered_at=row.answered_at or work.now, remind_at=None, reminded=0,
    )  # fmt: skip
    what: What = "answered" if first else "added"
    await routing.tell_asker(work.connection, row.id, what, row.chat_id, entry)
    await routing.shown(work.connection, row.id, what)


async def _add(work: Work, row: Row[Any], text: str) -> None:
    entry = await tickets.said(work.connection, row.id, "applicant", text, work.now)
    office = await routing.office_of(work.connection, row.award)
    await tickets.change(work.connection, row, work.now, **_waiting(work, row, office))
    claimer = office.claimer(row.claimed_by)
    await routing.tell(work.connection, row.id, "more", claimer or office.first, entry)
    await routing.shown(work.connection, row.id, "more", claimer or office.first)


async def _again(work: Work, row: Row[Any]) -> None:
    office = await routing.office_of(work.connection, row.award)
    values = _waiting(work, row, office) | {"withdrawn": False}
    await tickets.change(work.connection, row, work.now, **values)
    chats = office.claimer(row.claimed_by) or office.first
    others = [each for each in chats if each not in (work.by, work.chat.id)]
    await routing.tell(work.connection, row.id, "reopened", others)
    if row.chat_id != work.by:
        await routing.tell_asker(work.connection, row.id, "reopened", row.chat_id)


def _waiting(work: Work, row: Row[Any], office: routing.Office) -> dict[str, object]:
    """What becomes of a ticket about which the office has something to do (again)."""
    still = bool(office.claimer(row.claimed_by))
    values: dict[str, object] = {"status": "claimed" if still else "waiting"}
    values["claimed_by"] = row.claimed_by if still else None
    if row.chat_id == work.by:
        values["locale"] = work.locale  # the asker's, by which answers are suggested
    if row.waiting_since is None:
        since = {"waiting_since": work.now, "remind_at": _overdue(work, row.award), "reminded": 0}
        values.update(since)
    return values


async def _end(work: Work, row: Row[Any], what: What, *, withdrawn: bool = False) -> None:
    values = {"status": "closed", "waiting_since": None, "remind_at": None}
    await tickets.change(work.connection, row, work.now, withdrawn=withdrawn, **values)
    await _told(work, row, what)
    if row.chat_id == work.by and row.claimed_by is not None:
        claimer = (await routing.office_of(work.connection, row.award)).claimer(row.claimed_by)
        await routing.tell(work.connection, row.id, what, claimer)


async def closed_by_shell(connection: AsyncConnection, number: int, now: datetime) -> bool:
    """Close a ticket for the operator; tells whether it was open."""
    rows = await tickets.locked(connection, col(TicketRow.id) == number)
    if not rows or rows[0].status not in ("waiting", "claimed"):
        return False
    values = {"status": "closed", "waiting_since": None, "remind_at": None}
    await tickets.change(connection, rows[0], now, **values)
    await routing.tell_asker(connection, number, "closed", rows[0].chat_id)
    await routing.shown(connection, number, "closed")
    about = f"ticket {number}"
    await audit.note(connection, audit.SHELL, "CloseTicket", rows[0].award, about, now)
    return True


async def _to_colleague(work: Work, row: Row[Any], to: int) -> None:
    office = await routing.office_of(work.connection, row.award)
    chats = office.claimer(to)
    if not chats or work.by in chats or row.status not in ("waiting", "claimed"):
        raise NotPossibleError
    await tickets.change(work.connection, row, work.now, status="claimed", claimed_by=to)
    await routing.tell(work.connection, row.id, "passed", chats)
    await routing.tell_asker(work.connection, row.id, "claimed", row.chat_id)
    await routing.shown(work.connection, row.id, "claimed", (work.chat.id, *chats))


async def _to_office(work: Work, row: Row[Any], award: str) -> None:
    # The self-check was shown to one office: another one does not see it.
    since = row.waiting_since or work.now
    await tickets.change(
        work.connection, row, work.now,
        award=award, shared="", status="waiting", claimed_by=None, waiting_since=since,
        remind_at=_overdue(work, award), reminded=0,
    )  # fmt: skip
    await routing.shown(work.connection, row.id, "passed", (work.chat.id,))
    await routing.taken_away(work.connection, row.id)
    await routing.tell_asker(work.connection, row.id, "passed", row.chat_id)
    await routing.offered(work.connection, row.id, award)


async def _told(work: Work, row: Row[Any], what: What) -> None:
    """The asker hears of it, and the office's messages show it; whoever did it is answered."""
    if row.chat_id != work.by:
        await routing.tell_asker(work.connection, row.id, what, row.chat_id)
    await routing.shown(work.connection, row.id, what, (work.chat.id,))


def _overdue(work: Work, award: str) -> datetime:
    return overdue_at(work.now, zone_of(award))
