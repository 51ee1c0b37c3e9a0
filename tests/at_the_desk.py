"""An office with questions, as tests of the running desk need it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from delivery import Clock, Process, running
from sqlmodel import col

from bot import tickets
from bot.database import Database
from bot.desk_tables import TicketRow
from bot.service import Limits
from bot.staff import invite
from conversations.model import Command, Event, Said
from conversations.step import step
from conversations.tickets import Ticket

WEEK = timedelta(days=7)
WORDS = "我们公司合并以后成立时间怎么算"


async def told(process: Process) -> None:
    """All that follows is sent."""
    await process.settled()
    for _ in range(2):
        await process.later(1)


async def officer(
    process: Process, database: Database, address: str, award: str | None = "jian", **more: bool
) -> None:
    """Somebody becomes an officer of an award, Ji'an's if none is named, or an administrator."""
    async with database.transaction() as connection:
        now = process.clock()
        code = await invite(connection, award, now + WEEK, now, label=address, **more)
    await process.take(Command("staff", code), address)
    await told(process)


async def ask(process: Process, address: str = "a", words: str = WORDS) -> None:
    """Somebody hands a question to the office of Ji'an."""
    said: tuple[Event, ...] = (Command("ask", words), Said("吉安"), Said("发给工作人员"))
    for number, each in enumerate(said):
        update = f"{address}:{len(process.platform.sent)}:{number}"
        await process.take(each, address, update_id=update)
    await told(process)


@asynccontextmanager
async def office(database: Database, limits: Limits | None = None) -> AsyncIterator[Process]:
    """A program with an officer, and a question that was asked."""
    async with running(database, step, Clock(), limits) as process:
        await officer(process, database, "o")
        await ask(process)
        yield process


async def the_ticket(database: Database, number: int = 1) -> Ticket:
    """A question as it stands."""
    async with database.transaction() as connection:
        (found,) = await tickets.load(connection, col(TicketRow.id) == number)
    return found
