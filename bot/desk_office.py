"""What administrators order, and where an office's questions come to; what every order goes with.

Every function works within the caller's transaction.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot import audit, routing, staff
from bot.desk_tables import DeskGroupRow
from bot.many import insert_many
from bot.store import Chat
from conversations.log import logged
from conversations.model import CODE, LOG, DeskHere, Invite, RemoveOfficer, ShowLog
from knowledge.load import awards as award_ids

GROUP: Table = DeskGroupRow.__table__  # type: ignore[attr-defined]
INVITED = timedelta(days=7)
"""For how long a code works that an administrator has asked for."""
LINES = 20
"""Lines of the log that an administrator is shown."""


class NotPossibleError(Exception):
    """An order cannot be carried out: things are otherwise, or it is somebody else's to give."""


@dataclass(frozen=True, slots=True)
class Work:
    """An order given in a chat; ``by`` is the chat of whoever gives it, another one in a group."""

    connection: AsyncConnection
    chat: Chat
    by: int
    locale: str
    now: datetime


async def administrate(work: Work, order: Invite | RemoveOfficer | ShowLog) -> Mapping[str, str]:
    """Carry out an administrator's order; gives what stands in its reply.

    Raises NotPossibleError if whoever gives it is none, or if it cannot be.
    """
    if not await staff.is_administrator(work.connection, work.by):
        raise NotPossibleError
    match order:
        case Invite():
            if order.award is not None and order.award not in award_ids():
                raise NotPossibleError
            code = await staff.invite(
                work.connection, order.award, work.now + INVITED, work.now,
                administrator=order.administrator, label=order.label, by=work.by,
            )  # fmt: skip
            return {CODE: code}
        case RemoveOfficer(number=number):
            theirs = await staff.officers(work.connection)
            if any(each.id == number and each.chat_id == work.by for each in theirs):
                raise NotPossibleError  # nobody locks the last one out
            if not await routing.dismissed(work.connection, number, work.by, work.now):
                raise NotPossibleError
            return {}
        case ShowLog():
            return {LOG: logged(await audit.told(work.connection, LINES), work.locale)}


async def move_desk(work: Work, order: DeskHere) -> None:
    """Have the questions of an officer's awards come to the group in which they say so.

    Raises NotPossibleError if they are no officer, or in no group.
    """
    found = await staff.officers(work.connection)
    awards = frozenset[str]().union(*(each.awards for each in found if each.chat_id == work.by))
    if not awards or work.chat.id == work.by:
        raise NotPossibleError
    mine = col(DeskGroupRow.award).in_(awards)
    before = mine if order.here else mine & (col(DeskGroupRow.chat_id) == work.chat.id)
    await routing.no_longer_in_groups(work.connection, before, but=work.chat.id)
    if order.here:
        rows = [
            {"award": each, "chat_id": work.chat.id, "brought_by": work.by, "since": work.now}
            for each in sorted(awards)
        ]
        await insert_many(work.connection, GROUP, rows)
        work.chat.desk = work.chat.changed = True
    name = "DeskHere" if order.here else "DeskAway"
    subject = f"chat {work.chat.id}"
    await audit.note(work.connection, work.by, name, None, subject, work.now)
    await routing.waiting_for(work.connection, awards)
