"""One transaction: updates are dealt with, and attempts to send are noted.

Each update is dealt with wholly in one transaction: noted, its chat locked, the step, the new
state, the messages to be sent. Updates and attempts that are waiting at the same moment share a
transaction: what costs most is the commit.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import (
    outgoing,
    reminders,
    routing,
    stepping,
    store,
    tallies,
    ticket_traffic,
    whereabouts,
)
from bot.houses import Houses, Lookup
from bot.logs import handling
from bot.orders import Clerk
from bot.outgoing import Letter
from bot.platform import Incoming, Left, Moved, Notice, OutgoingMessage, Returned
from bot.store import Chat
from bot.tallies import Tallies
from conversations.language import language
from conversations.model import House, Reply
from rules.messages import message

TOO_FAST = message("您发得很快，中间几条的回复我就略过了；说过的都记下了。现在到这里：")
MOST_WAITING = 20
"""Replies that may wait for one chat; beyond that only the newest is of use."""

HOLD_SECONDS = 25.0
"""How long a process may be silent before another one sends for it."""

Clock = Callable[[], datetime]
Step = stepping.Step
Outcome = Literal["part", "sent", "failed", "left", "moved", "later"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of sending a part of a message; ``parts`` is how many are sent by now.

    ``sent_as`` is the platform's id of the message with the buttons; ``seconds`` how long to wait;
    ``address`` where the chat has moved; ``error`` quotes no message.
    """

    message: OutgoingMessage
    outcome: Outcome
    parts: int = 0
    sent_as: str | None = None
    error: str | None = None
    seconds: float = 0
    address: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who deals with the updates of a platform: ``holder`` is this process.

    ``numbers`` are given to its transactions, while their chats are locked; ``houses`` is what it
    remembers of the house.
    """

    platform: str
    step: Step
    holder: str
    hold_seconds: float = HOLD_SECONDS
    numbers: Iterator[int] = field(default_factory=count)
    houses: Houses = field(default_factory=lambda: Houses(House().retention_days))


@dataclass(frozen=True, slots=True)
class Turn:
    """What this process is to send next in a chat, if anything, as of transaction ``number``.

    Of two turns of one chat the one with the higher number is right. After ``until`` somebody
    else may be sending.
    """

    message: OutgoingMessage | None
    number: int
    until: datetime


async def transact(
    connection: AsyncConnection,
    desk: Desk,
    incoming: Sequence[Incoming],
    attempts: Sequence[Attempt],
    now: datetime,
) -> tuple[list[Turn], list[Turn]]:
    """Deal with updates, at most one of a chat, and attempts, at most one of a chat.

    Gives for each what this process is to send next in its chat. An update that has been dealt
    with before does nothing.
    """
    fresh: set[str] = set()
    if incoming:
        ids = [each.update_id for each in incoming]
        fresh = await store.note_updates(connection, desk.platform, ids, now)
    todo = [each for each in incoming if each.update_id in fresh]
    chats = await _locked(connection, desk, todo, attempts, now)
    number = next(desk.numbers)
    lookup, told = Lookup(connection, desk.houses, now), Tallies()
    by_address = {chat.address: chat for chat in chats}
    follows = await _noted(connection, desk, attempts, chats, now)
    begins: dict[str, OutgoingMessage] = {}
    rows: list[dict[str, object]] = []
    behind: list[tuple[str, Chat]] = []
    for each in todo:
        chat = by_address.get(each.address)
        if chat is None:
            continue
        idle = not chat.waiting
        with handling(each.update_id):
            letters = await _answered(connection, desk, lookup, told, each, chat, chats, now)
        if not letters:
            continue
        first = not chat.waiting
        new, messages = outgoing.number(chat, desk.platform, letters, now)
        rows += new
        if chat.ready(now) and (idle or chat.free(now, desk.holder)):
            outgoing.hold(chat, desk.holder, now, desk.hold_seconds)
            if first:
                begins[each.update_id] = messages[0]
            else:
                behind.append((each.update_id, chat))
    await outgoing.queue(connection, rows)
    await told.keep(connection)
    for update_id, chat in behind:
        found = await outgoing.next_message(connection, chat, desk.platform)
        if found is not None:
            begins[update_id] = found
    await store.save(connection, chats)
    until = now + timedelta(seconds=desk.hold_seconds)
    return (
        [Turn(begins.pop(each.update_id, None), number, until) for each in incoming],
        [Turn(message, number, until) for message in follows],
    )


async def _locked(
    connection: AsyncConnection,
    desk: Desk,
    incoming: Sequence[Incoming],
    attempts: Sequence[Attempt],
    now: datetime,
) -> list[Chat]:
    """The chats, locked; those that speak for the first time are made."""
    addresses = {each.address for each in incoming}
    ids = {attempt.message.chat_id for attempt in attempts}
    chats = await store.lock_chats(connection, desk.platform, addresses, ids)
    known = {chat.address for chat in chats}
    new = {
        each.address: each.locale
        for each in incoming
        if each.address not in known and not isinstance(each.event, Notice)
    }
    if not new:
        return chats
    await store.make_chats(connection, desk.platform, new, now)
    return await store.lock_chats(connection, desk.platform, addresses, ids)


async def _noted(
    connection: AsyncConnection,
    desk: Desk,
    attempts: Sequence[Attempt],
    chats: list[Chat],
    now: datetime,
) -> list[OutgoingMessage | None]:
    """Note attempts; gives what is to be sent next for each."""
    by_id = {chat.id: chat for chat in chats}
    known = [attempt for attempt in attempts if attempt.message.chat_id in by_id]
    sent = [attempt for attempt in known if attempt.outcome == "sent"]
    parts = [each for each in known if each.outcome in ("part", "sent")]
    await ticket_traffic.sent(connection, ((a.message, a.sent_as) for a in parts), by_id)
    keys = [(attempt.message.chat_id, attempt.message.position) for attempt in sent]
    waited = await outgoing.settle(connection, keys, "sent", now)
    follows: list[OutgoingMessage | None] = []
    for attempt in attempts:
        chat = by_id.get(attempt.message.chat_id)
        if chat is None:
            follows.append(None)
            continue
        if attempt.outcome == "sent":
            chat.waiting -= (attempt.message.chat_id, attempt.message.position) in waited
            if attempt.sent_as != attempt.message.replaces:
                # Where an older message has changed, what is asked stands below it.
                chat.asked = attempt.sent_as or chat.asked
            chat.changed = True
        else:
            await _note_trouble(connection, attempt, chat, chats, now)
        follows.append(await _next(connection, desk, chat, now))
    return follows


async def _note_trouble(
    connection: AsyncConnection, attempt: Attempt, chat: Chat, chats: list[Chat], now: datetime
) -> None:
    key = (attempt.message.chat_id, attempt.message.position)
    chat.changed = True
    if attempt.outcome == "failed":
        chat.waiting -= len(
            await outgoing.settle(connection, [key], "failed", now, attempt.error)
        )  # fmt: skip
        return
    # That a chat has left or moved says nothing of the next attempt.
    await outgoing.note_attempt(
        connection, attempt.message, attempt.parts, now, attempt.error,
        counts=attempt.outcome == "later" and attempt.error is not None,
    )  # fmt: skip
    if attempt.outcome == "left":
        outgoing.let_go(chat)
        await whereabouts.left(connection, chat, now)
    elif attempt.outcome == "moved":
        await whereabouts.moved(connection, attempt.message.platform, chat, attempt.address, chats)
    elif attempt.outcome == "later":
        until = now + timedelta(seconds=attempt.seconds)
        chat.wait_until = max(until, chat.wait_until or until)


async def _next(
    connection: AsyncConnection, desk: Desk, chat: Chat, now: datetime
) -> OutgoingMessage | None:
    if chat.held_by != desk.holder:
        return None  # another process took us for dead, and sends
    if chat.waiting and chat.ready(now):
        found = await outgoing.next_message(connection, chat, desk.platform)
        if found is not None:
            outgoing.hold(chat, desk.holder, now, desk.hold_seconds)
            return found
    outgoing.let_go(chat)
    return None


async def _answered(  # noqa: PLR0913, PLR0917 - all of one transaction
    connection: AsyncConnection,
    desk: Desk,
    lookup: Lookup,
    told: Tallies,
    incoming: Incoming,
    chat: Chat,
    chats: list[Chat],
    now: datetime,
) -> list[Letter]:
    """Change the chat as the update says; gives the replies to be queued."""
    chat.changed = True
    if isinstance(incoming.event, Left):
        await whereabouts.left(connection, chat, now)
        return []
    if isinstance(incoming.event, Moved):
        await whereabouts.moved(connection, desk.platform, chat, incoming.event.address, chats)
        return []
    if chat.left_at is not None:
        chat.left_at = None
        await reminders.returned(lookup, chat, now)
        await routing.returned(connection, chat.id)
    if isinstance(incoming.event, Returned):
        return []
    event, chat.updated_at, chat.forgotten = incoming.event, now, False
    event = await ticket_traffic.about(connection, chat, incoming, event)
    house, by = await ticket_traffic.seen(lookup, desk.platform, chat, incoming)
    done = stepping.stepped(chat.state, event, desk.step, now, house, incoming.locale)
    chat.state, locale = done.kept, done.locale
    pressed = incoming.pressed
    if pressed != chat.asked and not ticket_traffic.changed_by(event):
        pressed = None
    clerk = Clerk(connection, lookup, now)
    replies = tuple([await clerk.carried_out(chat, reply, locale, by) for reply in done.replies])
    if done.before is not None and done.after is not None:
        await reminders.noted(connection, lookup, chat, done.before, done.after, now)
        if done.before.shows_questions and not done.after.shows_questions:
            await tallies.hidden(connection, chat.id)
    replies = told.take(chat.id, replies, done.after, now)
    if replies and chat.waiting > MOST_WAITING:
        await outgoing.skip(connection, chat)
        newest = replies[-1]
        text = f"{language(locale).say(TOO_FAST)}\n\n{newest.text}"
        replies = (replace(newest, text=text),)
    return _letters(replies, locale, pressed)


def _letters(replies: tuple[Reply, ...], locale: str, pressed: str | None) -> list[Letter]:
    """A question takes the place of the one whose button was pressed; all else follows it."""
    letters = [Letter(reply, locale) for reply in replies]
    if pressed is not None and letters:
        first = letters[0]
        alone = len(letters) == 1 and first.reply.question and first.reply.attachment is None
        letters[0] = replace(first, replaces=pressed) if alone else replace(first, retires=pressed)
    return letters
