"""One event, one transaction, and the sending of what it left to be sent."""

import logging
import traceback
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import store
from bot.database import Database
from bot.store import OutgoingMessage
from conversations.language import language
from conversations.model import DEFAULT_LOCALE, Command, Event, Pressed, Reply, Said, State
from rules.messages import message

SORRY = message(
    "抱歉，我这边出了点问题，这句话没有处理好。您之前的回答都还在，请再说一次，或者换个说法。"
)

log = logging.getLogger(__name__)

Step = Callable[[State, Event, datetime], tuple[State, tuple[Reply, ...]]]
Send = Callable[[OutgoingMessage], Awaitable[None]]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event of a chat; ``update_id`` is the platform's, the same if it is delivered again."""

    platform: str
    address: str
    update_id: str
    event: Event


class Undeliverable(Exception):  # noqa: N818 - said of a message, by the platform
    """The platform will never take this message: it is not tried again."""


async def handle(
    database: Database, incoming: Incoming, step: Step, now: datetime
) -> tuple[OutgoingMessage, ...]:
    """Deal with an event; what it returns is kept and is to be sent with ``deliver``.

    An update that has been dealt with before does nothing. If the step fails, the chat's state
    stays as it was and the answer says so kindly. Raises DatabaseError; then nothing has happened
    and the event may be handled again.
    """
    platform, address = incoming.platform, incoming.address
    async with database.transaction() as session:
        if not await store.note_update(session, platform, incoming.update_id, now):
            return ()
        chat = await store.lock_chat(session, platform, address, now)
        state, locale, replies = _stepped(chat.state, _clean(incoming.event), step, now)
        await store.save_state(session, chat, state, now)
        ids = await store.queue(session, chat, locale, replies, now)
    return tuple(
        OutgoingMessage(key, platform, address, locale, reply)
        for key, reply in zip(ids, replies, strict=True)
    )


async def deliver(
    database: Database, messages: Iterable[OutgoingMessage], send: Send, clock: Clock
) -> None:
    """Send messages in order and note of each that it is sent: at least once, in a crash twice.

    What ``send`` raises other than Undeliverable is raised here; that message and those after it
    stay to be sent.
    """
    for outgoing in messages:
        status: store.Status = "queued"
        try:
            await send(outgoing)
            status = "sent"
        except Undeliverable:
            status = "failed"
        finally:
            async with database.transaction() as session:
                await store.record_attempt(session, outgoing, status, clock())


async def left_unsent(
    database: Database, platform: str, address: str
) -> tuple[OutgoingMessage, ...]:
    """What a crash or an outage has left to be sent to a chat, in order."""
    async with database.transaction() as session:
        return await store.unsent(session, platform, address)


async def is_new(database: Database, platform: str, address: str) -> bool:
    """Tell whether nothing has ever been said in this chat."""
    async with database.transaction() as session:
        return not await store.has_chat(session, platform, address)


def _stepped(
    kept: str, event: Event, step: Step, now: datetime
) -> tuple[str, str, tuple[Reply, ...]]:
    """The state to keep, the language and the answers."""
    locale = DEFAULT_LOCALE
    try:
        state = store.load_state(kept)
        locale = state.locale
        after, replies = step(state, event, now)
        return store.dump_state(after), after.locale, replies
    except Exception as error:  # noqa: BLE001 - whatever it is, the chat goes on as it was
        # Neither the message nor the traceback is logged: both can quote what the user wrote.
        kind, place = type(error).__name__, _place(error)
        log.error("a step failed on %s: %s at %s", type(event).__name__, kind, place)  # noqa: TRY400
        return kept, locale, (Reply(language(locale).say(SORRY)),)


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def _clean(event: Event) -> Event:
    """Without what a database cannot keep as text."""
    match event:
        case Said(text):
            return Said(_text(text))
        case Pressed(token):
            return Pressed(_text(token))
        case Command(name, argument):
            return Command(_text(name), _text(argument))


def _text(text: str) -> str:
    # A lone surrogate stands for a byte that was no character.
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
