"""Tickets as the running program keeps them: for whom, at what cost, for how long."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from at_the_desk import WORDS, ask, office, officer, told
from delivery import NO_LIMIT, NOW, running
from sqlalchemy import event as happening
from sqlalchemy import select, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col

from bot import audit, store, tickets
from bot.database import Database
from bot.desk_tables import AuditRow, TicketEntryRow, TicketRow
from bot.many import insert_many
from bot.platform import ChatLeft, Moved, Returned
from bot.service import Limits
from bot.tickets import TICKET
from conversations.model import Command, Pressed, Said
from conversations.step import step

Open = Callable[[URL], Awaitable[Database]]


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile."""
    found: list[str] = []
    engine = database.engine
    at: Engine = engine.sync_engine if isinstance(engine, AsyncEngine) else engine

    def note(*given: object) -> None:
        found.append(str(given[2]))

    happening.listen(at, "before_cursor_execute", note)
    yield found
    happening.remove(at, "before_cursor_execute", note)


async def test_whoever_has_asked_nothing_costs_nothing(database: Database) -> None:
    """No statement about tickets or officers is sent for an update of theirs."""
    async with office(database) as process:
        await process.hear("吉安", address="b")
        process.clock.advance(5)
        await process.hear("组织", address="b")  # with that the house is remembered
        await process.settled()
        with statements(database) as sent:
            await process.hear("就按今天", address="b")
            await process.settled()
        of_desk = re.compile(r"(?:FROM|INTO|UPDATE|JOIN) (?:ticket|staff|desk|audit)")
        assert len(sent) > 3
        assert [each for each in sent if of_desk.search(each)] == []


async def test_two_officers_who_answer_at_the_same_moment(url: URL, opened: Open) -> None:
    """In two processes as in one the first answer counts, and the other officer keeps theirs."""
    database = await opened(url)
    async with office(database) as one, running(await opened(url), step, one.clock) as other:
        await officer(one, database, "p")
        await asyncio.gather(
            one.take(Said("第一", ticket=1), "o"), other.take(Said("第二", ticket=1), "p")
        )
        await one.settled()
        await other.settled()
        await told(one)
        await told(other)
        heard = one.platform.sent + other.platform.sent
        answers = [said for address, said in heard if address == "a" and "有答复了" in said]
        refused = [said for _, said in heard if "没有发出去：同事先答了" in said]
        assert [len(answers), len(refused)] == [1, 1]
        assert ("第一" in answers[0]) is ("第二" in refused[0])


async def test_an_answer_waits_for_whoever_has_left(database: Database) -> None:
    """An asker who has blocked the bot hears the answer on their return."""
    async with office(database) as process:
        process.platform.refuse("有答复了", ChatLeft("blocked"))
        await process.take(Said("按存续公司算", ticket=1), "o")
        await told(process)
        assert not any("有答复了" in each for each in process.platform.sent_to("a"))
        await process.take(Returned(), "a")
        await told(process)
        assert "按存续公司算" in process.platform.sent_to("a")[-1]


async def test_an_answer_is_not_lost_among_many_replies(database: Database) -> None:
    """Whoever types so fast that replies are left out still hears what an officer has said."""
    async with office(database) as process:
        gate = process.platform.hold_back("菜单")
        await process.take(Command("x菜单"), "a")
        await process.take(Said("按存续公司算", ticket=1), "o")
        await process.service.remind()
        for number in range(30):
            await process.take(Command(f"x{number}"), "a")
        gate.set()
        await told(process)
        heard = process.platform.sent_to("a")
        assert any("您发得很快" in each for each in heard)
        assert any("按存续公司算" in each for each in heard)


async def test_nothing_is_left_of_what_was_forgotten(database: Database) -> None:
    """Neither the question nor the answer is in any row once the asker has all removed."""
    async with office(database) as process:
        await process.take(Said("按存续公司算", ticket=1), "o")
        await ask(process, words="第二个问题也说到合并以后")
        process.platform.refuse("撤回了", ChatLeft("blocked"))
        await process.take(Command("forget"))
        await process.hear("是")
        await told(process)
        for table in ("ticket", "ticket_entry", "outgoing", "ticket_notice", "audit", "chat"):
            async with database.transaction() as connection:
                rows = str([*await connection.execute(text(f"SELECT * FROM {table}"))])  # noqa: S608 - of this test
            assert "合并" not in rows, table
            assert "存续" not in rows, table


async def test_a_message_that_waits_with_a_forgotten_question_is_not_sent(
    database: Database,
) -> None:
    """An officer who could not be reached is not told afterwards what is to be forgotten."""
    async with running(database, step, limits=Limits(NO_LIMIT, hold_seconds=4)) as process:
        await officer(process, database, "o")
        gate = process.platform.hold_back("x菜单")
        await process.take(Command("x菜单"), "o")
        await ask(process)
        await process.take(Command("forget"))
        await process.hear("是")
        gate.set()
        await told(process)
        await process.later(60)
        assert not any("合并" in each for each in process.platform.sent_to("o"))


async def test_closed_tickets_are_kept_for_the_retention_period(database: Database) -> None:
    """Then they go with all of theirs; one that waits stays, and so does a chat in use."""
    async with office(database, Limits(NO_LIMIT, retention_days=30)) as process:
        await process.take(Said("按存续公司算", ticket=1), "o")
        await ask(process, "b", "另一个")
        process.clock.advance(days=29)
        for address in ("a", "b", "o"):
            await process.take(Command("menu"), address, update_id=f"{address}{29}")
        process.clock.advance(days=2)
        await process.service.keep_up()
        async with database.transaction() as connection:
            left = (await connection.execute(select(col(TicketRow.id)))).scalars().all()
            entries = (await connection.execute(select(col(TicketEntryRow.ticket_id)))).scalars()
            assert (left, entries.all()) == ([2], [2])


async def test_an_export_has_what_was_asked_and_answered(database: Database) -> None:
    """The asker's own tickets are in their file, and in nobody else's."""
    async with office(database) as process:
        await process.take(Said("按存续公司算", ticket=1), "o")
        await told(process)
        for address, there in (("a", True), ("o", False)):
            await process.take(Command("export"), address)
            await told(process)
            files = [
                each.reply.attachment.text
                for each in process.platform.messages
                if each.address == address and each.reply.attachment is not None
            ]
            assert (WORDS in files[-1]) is there
            assert ("按存续公司算" in files[-1]) is there


async def test_an_answer_to_a_message_that_shows_something_else_now_is_no_answer(
    database: Database,
) -> None:
    """Once a page about no ticket has taken a card's place, answering it is no answer."""
    async with office(database) as process:
        card = f"m{len(process.platform.sent)}"
        assert "新的提问" in process.platform.texts[-1]
        await process.take(Pressed("k:desk"), "o", pressed=card)
        await told(process)
        assert process.platform.messages[-1].replaces == card
        await process.take(Said("谢谢"), "o", reply_to=card)
        await told(process)
        assert not any("有答复了" in each for each in process.platform.sent_to("a"))


async def test_messages_of_a_chat_that_has_moved_are_no_longer_known(database: Database) -> None:
    """In its new place other messages have the same numbers: none of them is taken for a card."""
    async with office(database) as process:
        card = f"m{len(process.platform.sent)}"
        await process.take(Moved("o2"), "o")
        await process.take(Said("谢谢"), "o2", reply_to=card)
        await told(process)
        assert not any("有答复了" in each for each in process.platform.sent_to("a"))
        await process.hear("我来答1号", address="o2")
        await told(process)
        assert any("有工作人员接了" in each for each in process.platform.sent_to("a"))


async def test_how_long_it_usually_takes_is_told(database: Database) -> None:
    """Of five answers at least, half of them sooner; before that nothing is said."""
    async with running(database, step) as process:
        for hours in (1, 2, 3, 30, 40):
            async with database.transaction() as connection:
                assert "jian" not in (await _usual(connection))
                row = {
                    "chat_id": None, "award": "jian", "status": "closed", "shared": "",
                    "locale": "en", "claimed_by": None, "opened": NOW - timedelta(days=30),
                    "changed_at": NOW, "waiting_since": None, "remind_at": None, "reminded": 0,
                    "answered_at": NOW - timedelta(days=30) + timedelta(hours=hours),
                    "withdrawn": False, "version": 1,
                }  # fmt: skip
                await insert_many(connection, TICKET, [row])
        await ask(process)
        assert "一般" in process.platform.sent_to("a")[-1]


async def _usual(connection: object) -> dict[str, timedelta]:
    from bot.answer_times import usual  # noqa: PLC0415 - beside its only use

    return dict(await usual(connection))  # type: ignore[arg-type]


async def test_the_log_says_who_did_what_and_no_word_of_it(database: Database) -> None:
    """Every deed of an officer's is a line: who, what, which ticket."""
    async with office(database) as process:
        for deed in ("我来答1号", "放回1号", "1号结束", "重新打开1号"):
            await process.hear(deed, address="o")
        await process.take(Said("按存续公司算", ticket=1), "o")
        async with database.transaction() as connection:
            lines = await audit.lines(connection, 99)
            (chat,) = await store.lock_chats(connection, "p", ["o"], [])
    deeds = ["Claim", "Release", "CloseTicket", "ReopenTicket", "Answer"]
    assert [line.action for line in reversed(lines)][-5:] == deeds
    assert {(line.by, line.subject) for line in lines[:5]} == {(str(chat.id), "ticket 1")}
    assert "存续" not in str(lines)


async def test_old_lines_of_the_log_are_removed(database: Database) -> None:
    """They are kept for as long as a chat that nobody uses."""
    async with office(database, Limits(NO_LIMIT, retention_days=30)) as process:
        process.clock.advance(days=31)
        await process.service.keep_up()
    async with database.transaction() as connection:
        assert (await connection.execute(select(col(AuditRow.id)))).all() == []


async def test_a_chat_that_is_removed_leaves_its_tickets_empty(database: Database) -> None:
    """So that no number is given twice, the bare ticket stays; nothing in it tells whose it was."""
    async with office(database) as process:
        await process.take(Command("forget"))
        await process.hear("是")
        await told(process)
        async with database.transaction() as connection:
            (left,) = await tickets.load(connection, col(TicketRow.id) == 1)
            assert (left.entries, left.withdrawn, left.status) == ((), True, "closed")
        await ask(process)
        assert any("是第2号" in each for each in process.platform.sent_to("a"))


@pytest.mark.parametrize("doing", ["k:1:claim", "k:1:close", "k:1:to:qinzhou", "k:1:release"])
async def test_who_was_just_removed_can_do_nothing(database: Database, doing: str) -> None:
    """Orders are checked as things stand, whatever a process remembers of its officers."""
    async with office(database) as process:
        await process.hear("待办", address="o")  # now the house is remembered
        async with database.transaction() as connection:
            await connection.execute(text("DELETE FROM staff"))
        await process.take(Pressed(doing), "o")
        await told(process)
        async with database.transaction() as connection:
            (ticket,) = await tickets.load(connection, col(TicketRow.id) == 1)
        assert (ticket.status, ticket.award, ticket.version) == ("waiting", "jian", 1)
