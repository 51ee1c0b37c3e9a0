"""One event, one transaction; what is left to be sent is sent."""

import asyncio
import logging
import traceback
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy.engine import URL
from sqlmodel import select

from bot import store
from bot.app import SORRY, Incoming, Step, Undeliverable, deliver, handle, is_new, left_unsent
from bot.database import Database, open_database
from bot.errors import DatabaseError
from bot.store import OutgoingMessage
from bot.tables import ChatRow, OutgoingRow
from conversations.language import language
from conversations.model import Command, Event, Pressed, Reply, Said, Screening, State

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)

Say = Callable[[str, str], Incoming]


def _said(
    text: str, update: str | None = None, address: str = "a", platform: str = "p"
) -> Incoming:
    return Incoming(platform, address, update or text, Said(text))


async def _kept(database: Database, address: str = "a") -> list[str]:
    async with database.transaction() as session:
        chat = await store.lock_chat(session, "p", address, NOW)
    state = store.load_state(chat.state)
    return list(state.screenings[0].answers["said"]) if state.screenings else []


async def _statuses(database: Database) -> list[tuple[str, int]]:
    async with database.transaction() as session:
        rows = (await session.exec(select(OutgoingRow).order_by("position"))).all()
        return [(row.status, row.attempts) for row in rows]


def _texts(messages: tuple[OutgoingMessage, ...]) -> list[str]:
    return [message.reply.text for message in messages]


async def test_what_is_said_is_kept_and_answered(database: Database, step: Step) -> None:
    """An event changes the state, and its answer is kept until it is sent."""
    answers = await handle(database, _said("你好"), step, NOW)
    assert _texts(answers) == ["第1句：你好"]
    assert await _kept(database) == ["你好"]
    assert await left_unsent(database, "p", "a") == answers


async def test_a_repeated_update_does_nothing(database: Database, step: Step) -> None:
    """An update that the platform delivers again is acknowledged, and neither kept nor answered."""
    await handle(database, _said("你好", "1"), step, NOW)
    assert await handle(database, _said("你好", "1"), step, NOW) == ()
    assert await _kept(database) == ["你好"]
    assert len(await left_unsent(database, "p", "a")) == 1


async def test_two_platforms_may_number_their_updates_alike(database: Database, step: Step) -> None:
    """The same update id of another platform is another update, of another chat."""
    await handle(database, _said("你好", "1"), step, NOW)
    answers = await handle(database, _said("您好", "1", platform="q"), step, NOW)
    assert _texts(answers) == ["第1句：您好"]


async def test_chats_know_nothing_of_each_other(database: Database, step: Step) -> None:
    """What is said in one chat is not kept in another."""
    await handle(database, _said("甲"), step, NOW)
    await handle(database, _said("乙", address="b"), step, NOW)
    assert await _kept(database, "b") == ["乙"]
    assert not await is_new(database, "p", "b")
    assert await is_new(database, "p", "c")


async def test_events_at_the_same_time_are_all_applied(url: URL, step: Step) -> None:
    """Messages that arrive at once on one chat, by several connections, are each applied once."""
    databases = [await open_database(url, alone=False) for _ in range(3)]
    texts = [str(number) for number in range(24)]
    try:
        answers = await asyncio.gather(
            *(
                handle(databases[n % len(databases)], _said(text), step, NOW)
                for n, text in enumerate(texts)
            )
        )
        kept = await _kept(databases[0])
        unsent = await left_unsent(databases[0], "p", "a")
    finally:
        for database in databases:
            await database.close()
    assert sorted(kept) == sorted(texts)
    assert _texts(unsent) == [f"第{n}句：{text}" for n, text in enumerate(kept, start=1)]
    assert {message.id for (message,) in answers} == {message.id for message in unsent}


async def test_the_same_update_at_the_same_time_is_applied_once(
    database: Database, step: Step
) -> None:
    """One update that arrives several times at once is applied once."""
    answers = await asyncio.gather(
        *(handle(database, _said("你好", "1"), step, NOW) for _ in range(8))
    )
    assert sorted(map(len, answers)) == [0] * 7 + [1]
    assert await _kept(database) == ["你好"]


async def test_a_step_that_fails_leaves_the_answers_alone(
    database: Database, step: Step, caplog: pytest.LogCaptureFixture
) -> None:
    """If a step fails the state stays, the answer is kind, and the log quotes nobody."""
    await handle(database, _said("你好"), step, NOW)
    with caplog.at_level(logging.DEBUG):
        answers = await handle(database, _said("坏"), step, NOW)
    assert _texts(answers) == [SORRY]
    assert await _kept(database) == ["你好"]
    assert "ValueError at talker.py" in caplog.text
    assert "坏" not in caplog.text
    assert "你好" not in caplog.text
    assert _texts(await handle(database, _said("再来"), step, NOW)) == ["第2句：再来"]


@pytest.mark.parametrize("kept", ["{", "{}", "[]", '{"locale": "zh_Hans"}'])
async def test_a_state_that_cannot_be_read_is_kept(
    database: Database, step: Step, kept: str
) -> None:
    """A state that this version cannot read is answered kindly and not overwritten."""
    await handle(database, _said("你好"), step, NOW)
    async with database.transaction() as session:
        (await session.exec(select(ChatRow))).one().state = kept
    assert _texts(await handle(database, _said("在吗"), step, NOW)) == [SORRY]
    async with database.transaction() as session:
        assert (await session.exec(select(ChatRow))).one().state == kept


async def test_the_apology_is_in_the_language_of_the_chat(database: Database, step: Step) -> None:
    """A chat in English is told in English that something went wrong."""

    def to_english(state: State, _event: Event, _now: datetime) -> tuple[State, tuple[Reply, ...]]:
        return State(locale="en", screenings=state.screenings), ()

    await handle(database, _said("English"), to_english, NOW)
    (answer,) = await handle(database, _said("坏"), step, NOW)
    assert (answer.locale, answer.reply.text) == ("en", language("en").say(SORRY))


async def test_an_interrupted_step_has_not_happened(database: Database, step: Step) -> None:
    """If the program is interrupted in a step nothing is kept, and the update can come again."""

    def interrupted(
        _state: State, _event: Event, _now: datetime
    ) -> tuple[State, tuple[Reply, ...]]:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await handle(database, _said("你好"), interrupted, NOW)
    assert await is_new(database, "p", "a")
    assert _texts(await handle(database, _said("你好"), step, NOW)) == ["第1句：你好"]


async def test_a_database_that_gives_way_is_told_and_nothing_has_happened(
    database: Database, step: Step
) -> None:
    """If an answer cannot be kept, neither is the state, and the error quotes nobody."""
    refuse = "CREATE TRIGGER t BEFORE INSERT ON outgoing BEGIN SELECT RAISE(ABORT, 'full'); END"
    text = chr(0x4F60)  # not spelled out: a traceback shows the lines of this test
    async with database.transaction() as session:
        await (await session.connection()).exec_driver_sql(refuse)
    with pytest.raises(DatabaseError, match="full") as caught:
        await handle(database, _said(text), step, NOW)
    assert text not in "".join(traceback.format_exception(caught.value))
    assert await is_new(database, "p", "a")
    async with database.transaction() as session:
        await (await session.connection()).exec_driver_sql("DROP TRIGGER t")
    assert len(await handle(database, _said(text), step, NOW)) == 1


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Said("a\0b"), Said("ab")),
        (Said("a\ud83db"), Said("a?b")),
        (Pressed("q\0:1"), Pressed("q:1")),
        (Command("start\0", "jian\udc00"), Command("start", "jian?")),
        (Said("字" * 20_000), Said("字" * 20_000)),
        (Said("\x1b[31m\t🙂"), Said("\x1b[31m\t🙂")),
    ],
)
async def test_whatever_is_sent_reaches_the_conversation_as_text(
    database: Database, event: Event, expected: Event
) -> None:
    """NULs and halves of characters are taken out; long and odd texts arrive whole."""
    heard: list[Event] = []

    def listen(_state: State, event: Event, _now: datetime) -> tuple[State, tuple[Reply, ...]]:
        heard.append(event)
        text = event.text if isinstance(event, Said) else str(event)
        return State(screenings=(Screening(1, {"said": [text]}),)), (Reply(text),)

    (answer,) = await handle(database, Incoming("p", "a", "1", event), listen, NOW)
    assert heard == [expected]
    assert await left_unsent(database, "p", "a") == (answer,)


async def test_messages_are_sent_in_order_and_once(database: Database, step: Step) -> None:
    """Messages go out in the order in which they were made, and then no more."""
    for text in ("一", "二", "三"):
        await handle(database, _said(text), step, NOW)
    sent: list[str] = []

    async def send(message: OutgoingMessage) -> None:
        sent.append(message.reply.text)

    await deliver(database, await left_unsent(database, "p", "a"), send, lambda: NOW)
    assert sent == ["第1句：一", "第2句：二", "第3句：三"]
    assert await left_unsent(database, "p", "a") == ()
    assert await _statuses(database) == [("sent", 1)] * 3


async def test_what_could_not_be_sent_stays_to_be_sent(database: Database, step: Step) -> None:
    """If sending breaks off, that message and those after it are still to be sent."""
    for text in ("一", "二", "三"):
        await handle(database, _said(text), step, NOW)

    async def send(message: OutgoingMessage) -> None:
        if "二" in message.reply.text:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        await deliver(database, await left_unsent(database, "p", "a"), send, lambda: NOW)
    assert await _statuses(database) == [("sent", 1), ("queued", 1), ("queued", 0)]


async def test_what_a_platform_never_takes_is_given_up(database: Database, step: Step) -> None:
    """A message that the platform will never take has failed; those after it are sent."""
    for text in ("一", "二"):
        await handle(database, _said(text), step, NOW)

    async def send(message: OutgoingMessage) -> None:
        if "一" in message.reply.text:
            raise Undeliverable

    await deliver(database, await left_unsent(database, "p", "a"), send, lambda: NOW)
    assert await _statuses(database) == [("failed", 1), ("sent", 1)]


async def test_a_kept_message_that_cannot_be_read_is_given_up(
    database: Database, step: Step, caplog: pytest.LogCaptureFixture
) -> None:
    """A kept message that cannot be read has failed; it stands in nobody's way."""
    for text in ("一", "二"):
        await handle(database, _said(text), step, NOW)
    async with database.transaction() as session:
        first = (await session.exec(select(OutgoingRow).order_by("position"))).first()
        assert first is not None
        first.body = '{"text": 一}'
    assert _texts(await left_unsent(database, "p", "a")) == ["第2句：二"]
    assert [status for status, _ in await _statuses(database)] == ["failed", "queued"]
    assert "一" not in caplog.text
