"""What is an asker's own at the desk: their words, their language, what they remove."""

from collections.abc import Awaitable, Callable, Sequence

import pytest
from at_the_desk import WORDS, office, officer, the_ticket, told
from delivery import NO_LIMIT, running
from sqlalchemy import text
from sqlalchemy.engine import URL

from bot import store, tickets
from bot.database import Database
from bot.service import Limits
from conversations.model import (
    Command,
    Event,
    Pressed,
    Said,
)
from conversations.step import step

Open = Callable[[URL], Awaitable[Database]]


# What has happened to a question when its asker removes everything: who has said what.
STAGES: dict[str, tuple[tuple[str, Event], ...]] = {
    "half written": (("a", Command("ask", "另一句也说到合并")),),
    "looked at": (("a", Command("ask", "另一句也说到合并")), ("a", Said("吉安"))),
    "waiting": (),
    "claimed": (("o", Pressed("k:1:claim")),),
    "looked at by the office": (("o", Pressed("k:1:see")),),
    "being answered": (("o", Pressed("k:1:answer")),),
    "being passed on": (("o", Pressed("k:1:pass")),),
    "answered": (("o", Said("合并不影响", 1)),),
    "refused to the second": (("o", Said("合并不影响", 1)), ("p", Said("合并也行", 1))),
    "added to": (("o", Said("合并不影响", 1)), ("a", Said("合并两次呢", 1))),
    "passed on": (("o", Pressed("k:1:to:2")),),
    "given away": (("o", Pressed("k:1:to:qinzhou")),),
    "closed": (("o", Pressed("k:1:close")),),
    "taken back": (("a", Pressed("k:1:back")),),
    "opened again": (("o", Pressed("k:1:close")), ("a", Pressed("k:1:again"))),
}

AFTERWARDS: Sequence[Event] = (
    Pressed("k:1:claim"), Said("三年", 1), Pressed("k:1:to:2"), Pressed("k:1:reopen"),
    Said("我来答1号"), Command("desk", "1"), Pressed("k:1:send:answer"),
)  # fmt: skip
"""What officers try then."""


@pytest.mark.parametrize("stage", STAGES)
async def test_an_asker_removes_everything_at_any_moment(database: Database, stage: str) -> None:
    """No word of theirs is left; the office can do nothing more, and nobody tells them anything."""
    async with office(database) as process:
        await officer(process, database, "p")
        await officer(process, database, "other", "qinzhou")
        for number, (who, event) in enumerate(STAGES[stage]):
            await process.take(event, who, update_id=f"stage{number}")
            await told(process)
        # What the second officer has written is their own.
        if stage == "refused to the second":
            await process.take(Pressed("k:desk"), "p", update_id="desk")
        await process.take(Command("forget"))
        await process.hear("是")
        await told(process)
        before = len(process.platform.sent_to("a"))
        for who in ("o", "p", "other"):
            for number, event in enumerate(AFTERWARDS):
                await process.take(event, who, update_id=f"{who}{number}")
        await told(process)
        assert len(process.platform.sent_to("a")) == before
        for table in ("ticket", "ticket_entry", "outgoing", "ticket_notice", "audit", "chat"):
            async with database.transaction() as connection:
                rows = str([*await connection.execute(text(f"SELECT * FROM {table}"))])  # noqa: S608 - of this test
            assert "合并" not in rows, table
        after = await the_ticket(database)
        assert (after.status, after.entries, after.shared) == ("closed", (), "")


async def test_whoever_claims_is_told_of_what_is_forgotten_where_no_message_can_change(
    database: Database,
) -> None:
    """Their card was not noted, as on a platform that changes none: they are told in a new one."""
    async with office(database) as process:
        await process.take(Pressed("k:1:claim"), "o")
        await told(process)
        async with database.transaction() as connection:
            await connection.execute(text("UPDATE ticket_copy SET sent_as = NULL"))
        await process.take(Command("forget"))
        await process.hear("是")
        await told(process)
        assert "提问人撤回了" in process.platform.sent_to("o")[-1]


async def test_everybody_is_told_in_their_own_language(database: Database) -> None:
    """The asker in English, the office in Chinese; after a change the asker's is another one."""
    async with running(database, step, limits=Limits(NO_LIMIT)) as process:
        await officer(process, database, "o")
        await process.take(Command("language", "en"), "a")
        await process.take(Command("ask", "How many copies?"), "a")
        await process.take(Pressed("k:about:jian"), "a")
        await process.settled()
        send = process.platform.messages[-1].reply.choices[0]
        await process.take(Pressed(send.token), "a", update_id="send")
        await told(process)
        assert "新的提问" in process.platform.sent_to("o")[-1]
        await process.take(Said("三份", 1), "o")
        await told(process)
        assert "三份" in process.platform.sent_to("a")[-1]
        assert "提问" not in process.platform.sent_to("a")[-1]
        await process.take(Command("language", "zh_Hant"), "a")
        await process.take(Said("還有一個", 1), "a")
        await told(process)
        assert "補充" in process.platform.sent_to("a")[-1]
        assert "补充：還有一個" in process.platform.sent_to("o")[-1]
        assert (await the_ticket(database)).locale == "zh_Hant"


async def test_a_file_of_an_officer_has_nothing_of_who_asked(database: Database) -> None:
    """Neither what was asked, nor the number of the chat that has asked it."""
    async with office(database) as process:
        gate = process.platform.hold_back("x菜单")
        await process.take(Command("x菜单"), "o")
        await process.take(Said("补充也说到合并", ticket=1))
        await process.service.remind()  # waits behind what is held back
        async with database.transaction() as connection:
            (chat,) = await store.lock_chats(connection, "p", ["o"], [])
            kept = await store.export(connection, chat.id)
        gate.set()
        kept.pop("outgoing")  # what is about to be shown to them
        assert "合并" not in str(kept)
        assert kept["ticket"] == []


async def test_all_that_somebody_has_asked_is_in_their_file(database: Database) -> None:
    """However much that is."""
    async with office(database) as process:
        async with database.transaction() as connection:
            (chat,) = await store.lock_chats(connection, "p", ["a"], [])
            values = {"chat_id": chat.id, "award": "jian", "shared": "", "locale": "en",
                      "status": "closed", "remind_at": None}  # fmt: skip
            for _ in range(tickets.MOST_SEEN + 1):
                await tickets.opened(connection, values, WORDS, process.clock())
            kept = await store.export(connection, chat.id)
        assert len(kept["ticket"]) == tickets.MOST_SEEN + 2
