"""Messages as they are kept until they are sent: in order per chat, by one process at a time.

Every function works within the caller's transaction.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import bindparam, literal_column, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from bot.many import arrays, insert_many, on_server
from bot.platform import OutgoingMessage
from bot.store import LONGEST_HOLD, OUTGOING, Chat, empty
from bot.tables import ChatRow, OutgoingRow
from conversations.model import Reply

log = logging.getLogger(__name__)

_REPLY = TypeAdapter(Reply)
# Literals: by them the database sees that a partial index will do.
QUEUED = col(OutgoingRow.status) == literal_column("'queued'")
_WAITING = col(ChatRow.waiting) > literal_column("0")

_NEXT = (
    select(
        col(OutgoingRow.position),
        col(OutgoingRow.locale),
        col(OutgoingRow.body),
        col(OutgoingRow.replaces),
        col(OutgoingRow.retires),
        col(OutgoingRow.parts_sent),
        col(OutgoingRow.attempts),
        col(OutgoingRow.priority),
    )
    .where(col(OutgoingRow.chat_id) == bindparam("chat"), QUEUED)
    .order_by(col(OutgoingRow.priority), col(OutgoingRow.position))
    .limit(1)
)


def _settled(*which: ColumnElement[bool]) -> ReturningUpdate[int, int]:
    return (
        update(OutgoingRow)
        .where(*which, QUEUED)
        .values(
            status=bindparam("outcome"),
            body="",
            last_error=bindparam("error"),
            tried_at=bindparam("now"),
            sent_at=bindparam("sent"),
            attempts=col(OutgoingRow.attempts) + 1,
        )
        .returning(col(OutgoingRow.chat_id), col(OutgoingRow.position))
    )


_GIVEN = arrays(OUTGOING, {"chats": "chat_id", "places": "position"})
_SETTLED_ON_SERVER = _settled(
    col(OutgoingRow.chat_id) == _GIVEN.c.chats, col(OutgoingRow.position) == _GIVEN.c.places
)
_SETTLED = _settled(
    col(OutgoingRow.chat_id).in_(bindparam("chats", expanding=True)),  # SQLite's way to a row
    tuple_(col(OutgoingRow.chat_id), col(OutgoingRow.position)).in_(
        bindparam("keys", expanding=True)
    ),
)
_TRIED = (
    update(OutgoingRow)
    .where(
        col(OutgoingRow.chat_id) == bindparam("chat"),
        col(OutgoingRow.position) == bindparam("place"),
        col(OutgoingRow.parts_sent) <= bindparam("parts"),  # else another process is further on
    )
    .values(
        parts_sent=bindparam("parts"),
        last_error=bindparam("error"),
        tried_at=bindparam("now"),
        attempts=col(OutgoingRow.attempts) + bindparam("more"),
    )
)


class Priority(IntEnum):
    """Which messages go first, within a chat and over all chats."""

    REPLY = 0
    REMINDER = 1
    BROADCAST = 2


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply that is to be queued; ``replaces`` and ``retires`` as in OutgoingMessage."""

    reply: Reply
    locale: str
    replaces: str | None = None
    retires: str | None = None


def number(  # noqa: PLR0913, PLR0917 - the last ones seldom
    chat: Chat,
    platform: str,
    letters: Sequence[Letter],
    now: datetime,
    priority: Priority = Priority.REPLY,
    broadcast_id: int | None = None,
    ticket_id: int | None = None,
) -> tuple[list[dict[str, object]], list[OutgoingMessage]]:
    """Give replies their places behind what waits: rows for ``queue``, and the messages."""
    rows: list[dict[str, object]] = []
    messages: list[OutgoingMessage] = []
    for letter in letters:
        position = chat.next_position
        chat.next_position += 1
        chat.next_priority = min(priority, chat.next_priority) if chat.waiting else priority
        chat.waiting += 1
        chat.changed = True
        rows.append({
            "chat_id": chat.id,
            "position": position,
            "priority": priority,
            "broadcast_id": broadcast_id,
            "ticket_id": ticket_id,
            "locale": letter.locale,
            "body": _REPLY.dump_json(letter.reply, exclude_defaults=True).decode(),
            "replaces": letter.replaces,
            "retires": letter.retires,
            "status": "queued",
            "parts_sent": 0,
            "attempts": 0,
            "created_at": now,
        })  # fmt: skip
        messages.append(
            OutgoingMessage(
                chat.id, position, platform, chat.address, letter.locale, letter.reply,
                letter.replaces, letter.retires, priority=priority,
            )
        )  # fmt: skip
    return rows, messages


async def queue(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> None:
    """Keep messages that are to be sent after the transaction."""
    await insert_many(connection, OUTGOING, rows)


async def skip(connection: AsyncConnection, chat: Chat) -> None:
    """Give up the replies that wait: a newer one says all that is still of use.

    What somebody else has said is no such reply.
    """
    replies = (col(OutgoingRow.priority) == 0) & col(OutgoingRow.ticket_id).is_(None)
    skipped = await connection.execute(
        update(OutgoingRow)
        .where(col(OutgoingRow.chat_id) == chat.id, QUEUED, replies)
        .values(status="skipped", body="")
    )
    chat.waiting -= skipped.rowcount


async def hand_over(connection: AsyncConnection, old: Chat, new: Chat) -> None:
    """Have what waits for one chat sent to another one, behind what waits there."""
    moved = await connection.execute(
        update(OutgoingRow)
        .where(col(OutgoingRow.chat_id) == old.id, QUEUED)
        .values(chat_id=new.id, position=col(OutgoingRow.position) + new.next_position)
    )
    new.next_position += old.next_position
    if old.waiting:
        new.next_priority = min(new.next_priority, old.next_priority)
    new.waiting += moved.rowcount
    old.waiting, new.changed = 0, True


async def forget(connection: AsyncConnection, chat: Chat) -> None:
    """Remove all that is kept of a chat; what is queued after this is the last it is told."""
    await empty(connection, [chat.id])
    chat.remind_at = chat.reminded_at = None
    chat.waiting, chat.asked, chat.forgotten, chat.changed = 0, None, True, True


async def settle(
    connection: AsyncConnection,
    keys: Sequence[tuple[int, int]],
    outcome: str,
    now: datetime,
    error: str | None = None,
) -> set[tuple[int, int]]:
    """Note that messages (chat and position) are sent or have failed; gives those that waited."""
    if not keys:
        return set()
    values = {
        "chats": [chat for chat, _ in keys],
        "outcome": outcome,
        "now": now,
        "sent": now if outcome == "sent" else None,
        "error": error,
    }
    if on_server(connection):
        values["places"] = [place for _, place in keys]
        done = await connection.execute(_SETTLED_ON_SERVER, values)
    else:
        done = await connection.execute(_SETTLED, values | {"keys": list(keys)})
    return {(row.chat_id, row.position) for row in done}


async def note_attempt(  # noqa: PLR0913 - the last by name
    connection: AsyncConnection,
    message: OutgoingMessage,
    parts: int,
    now: datetime,
    error: str | None = None,
    *,
    counts: bool = False,
) -> None:
    """Note how many parts of a message are sent, and what stood in the way of the next.

    ``counts``: the next attempt waits for longer.
    """
    await connection.execute(
        _TRIED,
        {
            "chat": message.chat_id,
            "place": message.position,
            "parts": parts,
            "error": error,
            "now": now,
            "more": int(counts),
        },
    )


async def next_message(
    connection: AsyncConnection, chat: Chat, platform: str
) -> OutgoingMessage | None:
    """What is to be sent next to a chat.

    A message that cannot be read is given up as failed: it would stand in the way for ever.
    """
    while True:
        row = (await connection.execute(_NEXT, {"chat": chat.id})).first()
        if row is None:
            return None
        if chat.next_priority != row.priority:
            chat.next_priority, chat.changed = row.priority, True
        try:
            reply = _REPLY.validate_json(row.body)
        except ValidationError:
            log.error("message %s of chat %s cannot be read and is not sent", row.position, chat.id)  # noqa: TRY400 - the traceback would quote it
            await settle(connection, [(chat.id, row.position)], "failed", chat.updated_at)
            chat.waiting -= 1
            chat.changed = True
            continue
        return OutgoingMessage(
            chat.id, row.position, platform, chat.address, row.locale, reply, row.replaces,
            row.retires, row.parts_sent, row.attempts, row.priority,
        )  # fmt: skip


async def claimable(
    connection: AsyncConnection, platform: str, now: datetime, most: int, most_patient: int
) -> list[int]:
    """Chats for which something waits that can be sent now and that no other process sends.

    The most urgent come first; of those for which no reply waits at most ``most_patient``.
    """
    query = (
        select(col(ChatRow.id), col(ChatRow.next_priority))
        .where(
            col(ChatRow.platform) == platform,
            _WAITING,
            col(ChatRow.left_at).is_(None),
            or_(col(ChatRow.wait_until).is_(None), col(ChatRow.wait_until) <= now),
            or_(
                col(ChatRow.held_by).is_(None),
                col(ChatRow.held_until) <= now,
                col(ChatRow.held_until) > now + LONGEST_HOLD,
            ),
        )
        .order_by(col(ChatRow.next_priority))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    rows = await connection.execute(query)
    found = [(key, priority) for key, priority in rows if key is not None]
    replies = [key for key, priority in found if priority == Priority.REPLY]
    patient = [key for key, priority in found if priority != Priority.REPLY]
    return replies + patient[:most_patient]


def hold(chat: Chat, holder: str, now: datetime, seconds: float) -> None:
    """Say that ``holder`` sends to this chat; after ``seconds`` of silence it counts as dead."""
    chat.held_by, chat.held_until = holder, now + timedelta(seconds=seconds)
    chat.changed = True


def let_go(chat: Chat) -> None:
    """Say that nobody sends to this chat."""
    chat.held_by = chat.held_until = None
    chat.changed = True


async def let_all_go(connection: AsyncConnection, holder: str | None = None) -> None:
    """Say that nobody sends to the chats that ``holder`` held, or anybody."""
    # Where nothing waits it does not matter who holds a chat.
    held = col(ChatRow.held_by).is_not(None) if holder is None else col(ChatRow.held_by) == holder
    nobody = {"held_by": None, "held_until": None}
    await connection.execute(update(ChatRow).where(_WAITING, held).values(nobody))
