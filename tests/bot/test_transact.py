"""What one transaction does with updates and with attempts to send."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, get_args

import pytest
from delivery import NOW, chats, heard, incoming, messages, said, updates

from bot.app import Attempt, Desk, Outcome, Step, Turn, transact
from bot.database import Database
from bot.platform import Incoming, Left, Moved, Notice, OutgoingMessage, Returned
from bot.store import load_state
from conversations.model import Attachment, Event, House, Pressed, Reply, Said, State


async def _do(
    database: Database,
    desk: Desk,
    incoming: Sequence[Incoming] = (),
    attempts: Sequence[Attempt] = (),
    now: datetime = NOW,
) -> tuple[list[Turn], list[Turn]]:
    async with database.transaction() as connection:
        return await transact(connection, desk, incoming, attempts, now)


async def _answer(database: Database, desk: Desk, *incoming: Incoming) -> OutgoingMessage:
    """Of updates of one chat the answer that is to be sent, as the first of all."""
    found = [(await _do(database, desk, [each]))[0][0].message for each in incoming]
    assert found[0] is not None
    return found[0]


@pytest.fixture
def desk(step: Step) -> Desk:
    """A process that deals with the updates of platform p."""
    return Desk("p", step, "this")


async def test_what_is_said_is_kept_and_answered(database: Database, desk: Desk) -> None:
    """An update changes the state, and its answer is kept until it is sent."""
    message = await _answer(database, desk, said("你好"))
    assert (message.address, message.position, message.reply.text) == ("a", 1, "第1句：你好")
    assert await heard(database) == ["你好"]
    (row,) = await messages(database)
    assert (row.status, row.position, row.attempts) == ("queued", 1, 0)


async def test_a_repeated_update_does_nothing(database: Database, desk: Desk) -> None:
    """An update that the platform delivers again is neither kept nor answered."""
    await _do(database, desk, [said("你好", "1")])
    ((turn,), _) = await _do(database, desk, [said("你好", "1")])
    assert turn.message is None
    assert await heard(database) == ["你好"]
    assert len(await messages(database)) == 1


async def test_of_several_updates_only_the_repeated_one_does_nothing(
    database: Database, desk: Desk
) -> None:
    """A repeated update that shares a transaction with a new one leaves that one alone."""
    await _do(database, desk, [said("你好", "1")])
    (turns, _) = await _do(database, desk, [said("你好", "1"), said("您好", "2", address="b")])
    assert [turn.message and turn.message.address for turn in turns] == [None, "b"]


async def test_two_platforms_may_number_their_updates_alike(database: Database, desk: Desk) -> None:
    """The same update id of another platform is another update, of another chat."""
    other = replace(desk, platform="q")
    await _do(database, desk, [said("你好", "1")])
    message = await _answer(database, other, said("您好", "1", platform="q"))
    assert message.reply.text == "第1句：您好"
    assert await heard(database, platform="q") == ["您好"]


async def test_chats_know_nothing_of_each_other(database: Database, desk: Desk) -> None:
    """What is said in one chat is not kept in another, though both share a transaction."""
    await _do(database, desk, [said("甲"), said("乙", address="b")])
    assert [await heard(database, address) for address in ("a", "b")] == [["甲"], ["乙"]]


@pytest.mark.parametrize(
    ("wished", "begun"),
    [("en", "en"), ("zh_Hant", "zh_Hant"), ("fr", "zh_Hans"), (None, "zh_Hans")],
)
async def test_a_chat_begins_in_the_language_that_is_wished(
    database: Database, desk: Desk, wished: str | None, begun: str
) -> None:
    """A new chat begins in the platform's guess, if it is a language spoken here."""
    await _do(database, desk, [replace(said("坏"), locale=wished)])
    (chat,) = await chats(database)
    assert load_state(chat.state).locale == begun
    assert (await messages(database))[0].locale == begun


@pytest.mark.parametrize("notice", [Left(), Returned(), Moved("b")])
async def test_a_notice_makes_no_chat(database: Database, desk: Desk, notice: Notice) -> None:
    """What a platform says of a chat that has never spoken is noted as dealt with, no more."""
    ((turn,), _) = await _do(database, desk, [incoming(notice, update_id="1")])
    assert turn.message is None
    assert await chats(database) == []
    assert await updates(database) == ["1"]


async def test_a_step_that_fails_leaves_the_answers_alone(database: Database, desk: Desk) -> None:
    """After a failure the conversation goes on where it was."""
    for text in ("你好", "坏", "再来"):
        await _do(database, desk, [said(text)])
    assert await heard(database) == ["你好", "再来"]
    assert [row.position for row in await messages(database)] == [1, 2, 3]


async def test_an_interrupted_step_has_not_happened(database: Database, desk: Desk) -> None:
    """If the program is interrupted in a step nothing is kept, and the update can come again."""

    def interrupted(
        _state: State, _event: Event, _now: datetime, _house: House
    ) -> tuple[State, tuple[Reply]]:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await _do(database, replace(desk, step=interrupted), [said("你好")])
    assert await chats(database) == []
    assert (await _answer(database, desk, said("你好"))).reply.text == "第1句：你好"


async def test_a_step_may_say_nothing(database: Database, desk: Desk) -> None:
    """Where there is nothing to say the state is kept, and nothing waits."""

    def silent(
        _state: State, _event: Event, _now: datetime, _house: House
    ) -> tuple[State, tuple[Reply, ...]]:
        return State(locale="en"), ()

    ((turn,), _) = await _do(database, replace(desk, step=silent), [said("你好")])
    assert turn.message is None
    (chat,) = await chats(database)
    assert (load_state(chat.state).locale, chat.waiting) == ("en", 0)


async def test_messages_of_one_chat_are_numbered_one_after_the_other(
    database: Database, desk: Desk
) -> None:
    """Several replies to one update, and those to the next, stand in the order of their making."""

    def twice(
        state: State, event: Event, _now: datetime, _house: House
    ) -> tuple[State, tuple[Reply, ...]]:
        assert isinstance(event, Said)
        return state, (Reply(f"{event.text}1"), Reply(f"{event.text}2"))

    for text in ("甲", "乙"):
        await _do(database, replace(desk, step=twice), [said(text)])
    assert [row.position for row in await messages(database)] == [1, 2, 3, 4]
    (chat,) = await chats(database)
    assert (chat.waiting, chat.next_position) == (4, 5)


QUESTION = Reply("第几年？", question="q")


@pytest.mark.parametrize(
    ("pressed", "replies", "marks"),
    [
        ("m1", [QUESTION], [("m1", None)]),
        ("m1", [Reply("结果")], [(None, "m1")]),
        ("m1", [Reply("记下了"), QUESTION], [(None, "m1"), (None, None)]),
        ("m1", [replace(QUESTION, attachment=Attachment("a", "b"))], [(None, "m1")]),
        ("m0", [QUESTION], [(None, None)]),
        (None, [QUESTION], [(None, None)]),
    ],
)
async def test_only_a_question_alone_takes_the_place_of_the_one_pressed(
    database: Database,
    desk: Desk,
    pressed: str | None,
    replies: list[Reply],
    marks: list[tuple[str | None, str | None]],
) -> None:
    """The latest buttons go when they are pressed; a question replaces them, all else follows."""

    def answer(
        state: State, _event: Event, _now: datetime, _house: House
    ) -> tuple[State, tuple[Reply, ...]]:
        return state, tuple(replies)

    first = await _answer(database, desk, said("你好"))
    await _do(database, desk, attempts=[Attempt(first, "sent", 1, "m1")])
    press = incoming(Pressed("q:1"), pressed=pressed)
    await _do(database, replace(desk, step=answer), [press])
    _, *rows = await messages(database)
    assert [(row.replaces, row.retires) for row in rows] == marks


@dataclass(frozen=True)
class Noted:
    """What a first message's row says after an attempt, how many wait, and which is next."""

    status: str
    attempts: int
    parts_sent: int
    waiting: int
    follows: int | None


@pytest.mark.parametrize(
    ("outcome", "more", "noted"),
    [
        ("sent", {"parts": 1}, Noted("sent", 1, 0, 1, 2)),
        ("part", {"parts": 1}, Noted("queued", 0, 1, 2, 1)),
        ("failed", {"error": "no"}, Noted("failed", 1, 0, 1, 2)),
        ("left", {"error": "no"}, Noted("queued", 0, 0, 2, None)),
        ("moved", {"error": "no", "address": "z"}, Noted("queued", 0, 0, 2, 1)),
        ("later", {"error": "no", "seconds": 5}, Noted("queued", 1, 0, 2, None)),
        ("later", {"error": "no", "seconds": 5, "parts": 1}, Noted("queued", 1, 1, 2, None)),
    ],
)
async def test_what_came_of_an_attempt_says_what_is_next(
    database: Database, desk: Desk, outcome: Outcome, more: dict[str, Any], noted: Noted
) -> None:
    """Sent or refused for good: the next one; partly sent or moved: the same; else none now.

    Only where the platform asks for patience it is one more attempt, and the next waits longer.
    """
    message = await _answer(database, desk, said("一"), said("二"))
    (_, (turn,)) = await _do(database, desk, attempts=[Attempt(message, outcome, **more)])
    first, second = await messages(database)
    (chat,) = await chats(database)
    found = turn.message.position if turn.message else None
    assert noted == Noted(first.status, first.attempts, first.parts_sent, chat.waiting, found)
    assert first.last_error == more.get("error")
    assert (second.status, second.attempts) == ("queued", 0)
    # Whoever has nothing more to send lets the chat go.
    assert chat.held_by == (desk.holder if noted.follows else None)


async def test_an_attempt_noted_twice_counts_once(database: Database, desk: Desk) -> None:
    """That a message is sent may be told twice: what waits is counted right."""
    message = await _answer(database, desk, said("一"), said("二"))
    for _ in range(2):
        (_, (turn,)) = await _do(database, desk, attempts=[Attempt(message, "sent", 1)])
        assert turn.message is not None
        assert turn.message.position == 2
    (chat,) = await chats(database)
    assert chat.waiting == 1


async def test_parts_are_never_unsent(database: Database, desk: Desk) -> None:
    """A report that comes late does not take back what another process has sent since."""
    message = await _answer(database, desk, said("一"))
    for parts in (2, 1):
        await _do(database, desk, attempts=[Attempt(message, "part", parts)])
    assert (await messages(database))[0].parts_sent == 2


async def test_what_is_noted_of_a_chat_that_is_gone_does_nothing(
    database: Database, desk: Desk
) -> None:
    """A chat may have been removed while a message was under way."""
    message = await _answer(database, desk, said("一"))
    gone = replace(message, chat_id=message.chat_id + 1)
    for outcome in get_args(Outcome):
        (_, (turn,)) = await _do(database, desk, attempts=[Attempt(gone, outcome, error="no")])
        assert turn.message is None
    assert (await messages(database))[0].attempts == 0


async def test_only_who_holds_a_chat_sends_to_it(database: Database, desk: Desk) -> None:
    """What comes in by another process is left to the one that is sending already."""
    other = replace(desk, holder="other")
    first = await _answer(database, desk, said("一"))
    ((turn,), _) = await _do(database, other, [said("二")])
    assert turn.message is None
    (_, (turn,)) = await _do(database, desk, attempts=[Attempt(first, "sent", 1)])
    assert turn.message is not None
    assert turn.message.reply.text == "第2句：二"


async def test_who_is_silent_for_long_has_lost_the_chat(database: Database, desk: Desk) -> None:
    """After the time for which it is held another process sends, from the oldest that waits."""
    other = replace(desk, holder="other")
    first = await _answer(database, desk, said("一"))
    late = NOW + timedelta(seconds=desk.hold_seconds)
    ((turn,), _) = await _do(database, other, [said("二")], now=late)
    assert turn.message is not None
    assert turn.message.position == 1
    # The first process comes back: what it sent is noted, and it sends no more.
    (_, (mine,)) = await _do(database, desk, attempts=[Attempt(first, "sent", 1)], now=late)
    assert mine.message is None
    (_, (theirs,)) = await _do(database, other, attempts=[Attempt(first, "sent", 1)], now=late)
    assert theirs.message is not None
    assert theirs.message.position == 2


async def test_each_attempt_prolongs_the_hold(database: Database, desk: Desk) -> None:
    """A process that goes on sending keeps the chat."""
    first = await _answer(database, desk, said("一"), said("二"))
    later = NOW + timedelta(seconds=desk.hold_seconds / 2)
    await _do(database, desk, attempts=[Attempt(first, "part", 1)], now=later)
    (chat,) = await chats(database)
    assert chat.held_until == later + timedelta(seconds=desk.hold_seconds)
