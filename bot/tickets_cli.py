"""``award-bot tickets``: the questions in the offices' hands, seen and closed by the operator.

A list shows no word of what was said; ``show`` does, to answer somebody who asks where theirs is.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import true
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot import desk_orders, tickets
from bot.config import load_settings
from bot.desk_tables import TicketRow
from bot.logs import configure
from bot.rounds_cli import in_transaction
from conversations.ticket_words import days_waited, is_late
from conversations.tickets import Ticket

Clock = Callable[[], datetime]
T = TypeVar("T")


def show_all(award: str | None, output: str, clock: Clock, *, closed: bool = False) -> int:
    """List what is open, or all; gives the exit status. Raises ConfigError or DatabaseError."""
    which = true() if award is None else col(TicketRow.award) == award
    still_open = col(TicketRow.status).in_(("waiting", "claimed"))

    async def work(connection: AsyncConnection) -> tuple[Ticket, ...]:
        return await tickets.load(connection, which & (true() if closed else still_open), most=None)

    found, now = _run(work), clock()
    for each in found:
        _write(json.dumps(_json(each, now)) if output == "json" else _line(each, now))
    if not found and output == "text":
        _write("no open tickets")
    return 0


def show(number: int) -> int:
    """Print all that was said in a ticket; gives the exit status: 0, or 2 if there is none.

    Raises ConfigError or DatabaseError.
    """

    async def work(connection: AsyncConnection) -> tuple[Ticket, ...]:
        return await tickets.load(connection, col(TicketRow.id) == number)

    found = _run(work)
    if not found:
        return _refuse(f"no ticket {number}; see award-bot tickets list")
    (ticket,) = found
    _write(f"{ticket.id}  {ticket.award}  {_state(ticket)}")
    for entry in ticket.entries:
        _write(f"{entry.at:%Y-%m-%d %H:%M}  {entry.by}: {entry.text}")
    if ticket.shared:
        _write(f"self-check that was shown:\n{ticket.shared}")
    return 0


def close(number: int, clock: Clock) -> int:
    """Close a ticket; its asker and the office are told. Gives the exit status: 0 or 2.

    2: it is not open. Raises ConfigError or DatabaseError.
    """

    async def work(connection: AsyncConnection) -> bool:
        return await desk_orders.closed_by_shell(connection, number, clock())

    if not _run(work):
        return _refuse(f"ticket {number} is not open; see award-bot tickets list")
    _write(f"ticket {number} closed; who asked it is told by the running award-bot")
    return 0


def _run(work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    configure(load_settings().log)
    return asyncio.run(in_transaction(work))


def _json(ticket: Ticket, now: datetime) -> dict[str, Any]:
    return {
        "ticket": ticket.id,
        "award": ticket.award,
        "status": "withdrawn" if ticket.withdrawn else ticket.status,
        "claimed_by": ticket.claimed_by,
        "opened": ticket.opened.isoformat(),
        "working_days_waited": days_waited(ticket, now),
        "late": is_late(ticket, now),
    }


def _line(ticket: Ticket, now: datetime) -> str:
    waited = f"waited {days_waited(ticket, now)} working days" if ticket.open else ""
    late = "late" if is_late(ticket, now) else ""
    opened = f"since {ticket.opened:%Y-%m-%d %H:%M}"
    parts = [f"{ticket.id}", ticket.award, _state(ticket), opened, waited, late]
    return "  ".join(part for part in parts if part)


def _state(ticket: Ticket) -> str:
    if ticket.withdrawn:
        return "withdrawn"
    claimed = ticket.status == "claimed" and ticket.claimed_by is not None
    return f"claimed by officer {ticket.claimed_by}" if claimed else ticket.status


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _refuse(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return 2
