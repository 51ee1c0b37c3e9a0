"""Who is told of questions when officers come and go, and groups lose or keep their right."""

from collections.abc import Awaitable, Callable

from at_the_desk import ask, office, officer, told
from delivery import NO_LIMIT, running
from sqlalchemy import text
from sqlalchemy.engine import URL

from bot import routing, staff, tickets
from bot.audit import SHELL
from bot.database import Database
from bot.many import insert_many
from bot.platform import Moved
from bot.service import Limits
from bot.tickets import TICKET
from conversations.model import (
    Command,
    Mentioned,
    Pressed,
    Said,
)
from conversations.step import step

Open = Callable[[URL], Awaitable[Database]]


async def test_whoever_was_removed_is_told_nothing_more(database: Database) -> None:
    """Neither what was to be told, nor what waited to be sent, nor that a card has changed."""
    async with office(database, Limits(NO_LIMIT, hold_seconds=4)) as process:
        await officer(process, database, "p")
        gate = process.platform.hold_back("x菜单")
        await process.take(Command("x菜单"), "p")
        await ask(process, "b", "第二个问题")  # waits behind what is held back
        await process.take(Said("补充一句", ticket=1))  # is still to be told
        async with database.transaction() as connection:
            assert await routing.dismissed(connection, 2, SHELL, process.clock())
        gate.set()
        before = len(process.platform.sent_to("p"))
        await process.take(Pressed("k:1:claim"), "o")
        await told(process)
        await process.later(60)
        heard = "".join(process.platform.sent_to("p")[before:])
        for word in ("第二个", "补充", "来答", "合并"):
            assert word not in heard
        assert any("第二个问题" in each for each in process.platform.sent_to("o"))


async def test_a_group_loses_its_right_with_whoever_brought_it(database: Database) -> None:
    """Who is in it nobody else can say: questions come to each officer again."""
    async with office(database) as process:
        await officer(process, database, "p")
        await process.take(Command("desk_here"), "g", speaker="p", update_id="here")
        await told(process)
        async with database.transaction() as connection:
            await routing.dismissed(connection, 2, SHELL, process.clock())
        process.clock.advance(5)
        before = len(process.platform.sent_to("g"))
        await ask(process, "b", "第二个问题")
        await process.take(Pressed("k:1:claim"), "g", speaker="o", update_id="claims")
        await process.take(Pressed("k:1:claim"), "o", update_id="claims, in private")
        await told(process)
        heard = process.platform.sent_to("g")[before:]
        assert len(heard) == 1
        assert "不归这个群管了" in heard[0]
        assert any("第二个问题" in each for each in process.platform.sent_to("o"))


async def test_a_group_that_was_replaced_hears_nothing_more(database: Database) -> None:
    """Nor do its cards change; what is answered there is not sent."""
    async with office(database) as process:
        await process.take(Command("desk_here"), "g", speaker="o", update_id="g")
        await ask(process, "b", "第二个问题")
        sent = enumerate(process.platform.sent, 1)
        card = next(f"m{n}" for n, (to, said) in sent if to == "g" and "第二个" in said)
        await process.take(Command("desk_here"), "h", speaker="o", update_id="h")
        await told(process)
        process.clock.advance(5)
        before = len(process.platform.sent_to("g"))
        await process.take(Pressed("k:2:claim"), "o")
        await told(process)
        assert len(process.platform.sent_to("g")) == before
        await process.take(Mentioned("三年"), "g", speaker="o", reply_to=card, update_id="late")
        await told(process)
        assert "不归这个群管了" in process.platform.sent_to("g")[-1]
        assert not any("三年" in each for each in process.platform.sent_to("b"))


async def test_a_group_that_is_asked_twice_goes_on(database: Database) -> None:
    """What it has been given still changes there."""
    async with office(database) as process:
        await process.take(Command("desk_here"), "g", speaker="o", update_id="g")
        await told(process)
        await process.take(Command("desk_here"), "g", speaker="o", update_id="again")
        await process.take(Pressed("k:1:claim"), "o")
        await told(process)
        heard = process.platform.sent_to("g")
        assert sum("新的提问" in each for each in heard) == 1
        assert "来答" in heard[-1]


async def test_a_group_that_has_moved_keeps_its_questions(database: Database) -> None:
    """Also if somebody has spoken in its new place before that was told."""
    async with office(database) as process:
        await process.take(Command("desk_here"), "g", speaker="o", update_id="here")
        await process.take(Mentioned("你好"), "new", speaker="o", update_id="hello")
        await process.take(Moved("new"), "g")
        process.clock.advance(5)
        await ask(process, "b", "第二个问题")
        assert any("第二个问题" in each for each in process.platform.sent_to("new"))


async def test_whoever_has_just_become_an_officer_gets_what_waits(url: URL, opened: Open) -> None:
    """Also if another process, which does not know of them yet, is the one to tell them."""
    database = await opened(url)
    async with running(database, step) as one, running(await opened(url), step, one.clock) as other:
        await ask(one)
        async with database.transaction() as connection:
            code = await staff.invite(connection, "jian", one.clock.moment.replace(year=2030),
                                      one.clock())  # fmt: skip
        await other.take(Command("menu"), "x")  # now the other remembers the house
        await one.take(Command("staff", code), "o")
        await other.service.remind()
        await told(one)
        await told(other)
        heard = one.platform.sent_to("o") + other.platform.sent_to("o")
        assert sum("新的提问" in each for each in heard) == 1


async def test_of_very_many_the_oldest_that_wait_and_the_latest_are_seen(
    database: Database,
) -> None:
    """What was answered a moment ago can be added to, however many were answered this week."""
    async with office(database) as process:
        rows = [
            {"chat_id": None, "award": "jian", "status": "closed", "shared": "", "locale": "en",
             "claimed_by": None, "opened": process.clock(), "changed_at": process.clock(),
             "waiting_since": None, "remind_at": None, "reminded": 0, "answered_at": None,
             "withdrawn": False, "version": 1}
            for _ in range(tickets.MOST_SEEN + 20)
        ]  # fmt: skip
        async with database.transaction() as connection:
            await insert_many(connection, TICKET, rows)
        await ask(process, "b", "最新的")
        number = (await _numbers(database))[-1]
        for words in ("三年", "再补充一句"):
            await process.take(Said(words, ticket=number), "o", update_id=words)
            await told(process)
            assert words in process.platform.sent_to("b")[-1]
        async with database.transaction() as connection:
            seen = await tickets.seen_by(connection, -1, {"jian"}, process.clock())
        assert [seen[0].id, seen[-1].id] == [1, number]


async def _numbers(database: Database) -> list[int]:
    async with database.transaction() as connection:
        return [*(await connection.execute(text("SELECT id FROM ticket ORDER BY id"))).scalars()]
