"""The desk as it runs, with people who come at the wrong moment or should not come at all."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import product

import pytest
from at_the_desk import office, officer, the_ticket, told
from delivery import Process, running
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlmodel import col

from bot import desk_orders, routing, staff, store
from bot.audit import SHELL
from bot.database import Database
from bot.desk_office import NotPossibleError, Work
from bot.platform import Left
from bot.tables import StaffRow
from bot.tickets import TICKET
from conversations.model import (
    AddToTicket,
    Answer,
    Claim,
    CloseTicket,
    Command,
    PassOn,
    Pressed,
    Release,
    ReopenTicket,
    TakeBack,
)
from conversations.orders import OfTicket
from conversations.step import step

Open = Callable[[URL], Awaitable[Database]]

OFFICERS: Sequence[OfTicket] = (
    Claim(1), Release(1), Answer(1, "三年"), Answer(1, "三年", addition=True), PassOn(1, 2),
    PassOn(1, "qinzhou"), CloseTicket(1), ReopenTicket(1),
)  # fmt: skip
ASKERS: Sequence[OfTicket] = (AddToTicket(1, "还有"), TakeBack(1))
STATUSES = ("waiting", "claimed", "answered", "closed")


async def ordered(process: Process, database: Database, who: str, order: OfTicket) -> bool:
    """Have an order carried out, whatever the conversation would say; tells whether it was."""
    async with database.transaction() as connection:
        (chat,) = await store.lock_chats(connection, "p", [who], [])
        work = Work(connection, chat, chat.id, "zh_Hans", process.clock())
        try:
            await desk_orders.done(work, order)
        except NotPossibleError:
            return False
        return True


async def set_status(database: Database, status: str, **more: object) -> None:
    """The question stands so."""
    async with database.transaction() as connection:
        await connection.execute(TICKET.update().values(status=status, **more))


@pytest.mark.parametrize("status", STATUSES)
async def test_orders_of_those_who_may_not_do_nothing(database: Database, status: str) -> None:
    """An officer of another award, one who was removed, a stranger; the asker as an officer."""
    async with office(database) as process:
        await officer(process, database, "other", "qinzhou")
        await officer(process, database, "gone", None)
        await process.take(Command("menu"), "stranger")
        async with database.transaction() as connection:
            (gone,) = await staff.officers(connection, col(StaffRow.award).is_(None))
            await routing.dismissed(connection, gone.id, SHELL, process.clock())
        await set_status(database, status, claimed_by=1)
        before = await the_ticket(database)
        refused = [*product(("other", "gone", "stranger"), (*OFFICERS, *ASKERS))]
        refused += [("a", order) for order in OFFICERS[:6]] + [("o", order) for order in ASKERS]
        for who, order in refused:
            assert not await ordered(process, database, who, order), (who, order)
        assert await the_ticket(database) == before


async def test_only_its_asker_opens_again_what_they_took_back(database: Database) -> None:
    """An officer who was a moment late does nothing to a question that is no longer theirs."""
    async with office(database) as process:
        assert await ordered(process, database, "a", TakeBack(1))
        for order in OFFICERS:
            assert not await ordered(process, database, "o", order), order
        assert await ordered(process, database, "a", ReopenTicket(1))


# What two officers do at once, and how often the second can be too late.
AT_ONCE = (
    ("claim", "claim"), ("claim", "close"), ("close", "close"), ("claim", "to:qinzhou"),
    ("to:qinzhou", "to:changning"), ("close", "to:qinzhou"),
)  # fmt: skip


@pytest.mark.parametrize("deeds", AT_ONCE, ids="-".join)
async def test_two_officers_at_the_same_moment(
    url: URL, opened: Open, deeds: tuple[str, str]
) -> None:
    """In two processes: what comes second is refused or follows from the first; all add up."""
    database = await opened(url)
    async with office(database) as one, running(await opened(url), step, one.clock) as other:
        await officer(one, database, "p")
        await asyncio.gather(
            one.take(Pressed(f"k:1:{deeds[0]}"), "o"), other.take(Pressed(f"k:1:{deeds[1]}"), "p")
        )
        for _ in range(2):
            await told(one)
            await told(other)
        after = await the_ticket(database)
        async with database.transaction() as connection:
            done = text("SELECT action FROM audit WHERE subject = 'ticket 1'")
            count = len((await connection.execute(done)).all())
        assert 1 <= count <= 2
        assert after.version == 1 + count
        if after.open:
            assert (after.claimed_by is not None) is (after.status == "claimed")
        heard = [each for each in one.platform.sent_to("a") + other.platform.sent_to("a")
                 if "第1号提问" in each]  # fmt: skip
        assert len(heard) <= count


@pytest.mark.parametrize("round_", range(3))
async def test_passed_on_to_somebody_who_leaves_at_that_moment(
    url: URL, opened: Open, round_: int
) -> None:
    """Whoever comes first, nobody who cannot be reached is left with a question."""
    database = await opened(url)
    async with office(database) as one, running(await opened(url), step, one.clock) as other:
        await officer(one, database, "p")
        leaving = other.take(Left(), "p", update_id=f"left{round_}")
        await asyncio.gather(one.take(Pressed("k:1:to:2"), "o"), leaving)
        await told(one)
        await told(other)
        after = await the_ticket(database)
        assert (after.status, after.claimed_by) == ("waiting", None)
        heard = "".join(one.platform.sent_to("o") + other.platform.sent_to("o"))
        assert "没有转" in heard or "现在没有人在答了" in heard


async def test_passed_on_to_somebody_who_has_left(database: Database) -> None:
    """It stays where it is, and that is said."""
    async with office(database) as process:
        await officer(process, database, "p")
        await process.take(Left(), "p")
        await process.take(Pressed("k:1:to:2"), "o")
        await told(process)
        assert "1号没有转：p现在收不到消息" in process.platform.sent_to("o")[-1]
        assert (await the_ticket(database)).status == "waiting"
