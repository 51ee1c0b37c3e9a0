"""Chats and updates as they are kept: rows on one side, the conversation's types on the other.

Every function works within the caller's transaction, on many chats at a time: a round trip to the
database costs more than a row.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Select,
    Table,
    and_,
    bindparam,
    delete,
    not_,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from bot import tickets
from bot.many import KEY, among, insert_many, on_server, update_many
from bot.office_tables import QuestionAskedRow, ScreenedRow
from bot.tables import (
    BroadcastRow,
    ChatRow,
    DeferredRow,
    FollowRow,
    InboundRow,
    OutgoingRow,
    ReminderRow,
    StaffRow,
)
from conversations.model import DEFAULT_LOCALE, LOCALES, State

LONGEST_HOLD = timedelta(seconds=60)
"""Nobody holds a chat for longer (see HOLD_SECONDS): a hold that says so is of another clock."""

CHAT: Table = ChatRow.__table__  # type: ignore[attr-defined]
INBOUND: Table = InboundRow.__table__  # type: ignore[attr-defined]
OUTGOING: Table = OutgoingRow.__table__  # type: ignore[attr-defined]

_ABOUT = (
    OutgoingRow, FollowRow, ReminderRow, DeferredRow, StaffRow, QuestionAskedRow, ScreenedRow,
)  # fmt: skip
"""What is kept of a chat beside its own row."""

_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(slots=True)
class Chat:
    """A chat, locked until the transaction ends; what is changed here is kept by ``save``.

    The fields are the columns of ``ChatRow``.
    """

    id: int
    address: str
    state: str
    asked: str | None
    waiting: int
    next_position: int
    next_priority: int
    held_by: str | None
    held_until: datetime | None
    wait_until: datetime | None
    left_at: datetime | None
    remind_at: datetime | None
    reminded_at: datetime | None
    forgotten: bool
    desk: bool
    updated_at: datetime
    changed: bool = field(default=False, compare=False)

    def free(self, now: datetime, holder: str) -> bool:
        """Whether ``holder`` may send to this chat: nobody else is at it, or has died over it."""
        if self.held_by in (None, holder) or self.held_until is None:
            return True
        # Nobody holds for so long: a clock has been put back.
        return not now < self.held_until < now + LONGEST_HOLD

    def ready(self, now: datetime) -> bool:
        """Whether the platform takes messages for this chat, as far as is known."""
        return self.left_at is None and (self.wait_until is None or self.wait_until <= now)


_KEPT = tuple(each.name for each in fields(Chat) if each.name not in {"id", "changed"})
COLUMNS = tuple(CHAT.c[name] for name in ("id", *_KEPT))


def _chats(address: ColumnElement[bool], key: ColumnElement[bool]) -> Select[Any]:
    named = (col(ChatRow.platform) == bindparam("platform")) & address
    return select(*COLUMNS).where(or_(named, key)).order_by(col(ChatRow.id)).with_for_update()


_CHATS = _chats(
    col(ChatRow.address).in_(bindparam("addresses", expanding=True)),
    col(ChatRow.id).in_(bindparam("ids", expanding=True)),
)
_CHATS_ON_SERVER = _chats(
    among(CHAT.c.address, "addresses"),
    among(CHAT.c.id, "ids"),
)


def dump_state(state: State) -> str:
    """A state as it is kept. Raises TypeError if an answer is not a JSON value."""
    return _written(state.to_json())


def load_state(text: str) -> State:
    """Read what ``dump_state`` wrote. Raises KeyError, TypeError or ValueError otherwise."""
    return State.from_json(json.loads(text))


async def note_updates(
    connection: AsyncConnection, platform: str, update_ids: Sequence[str], now: datetime
) -> set[str]:
    """Note that updates are dealt with; gives those that had not been before."""
    rows = [
        {"platform": platform, "update_id": update_id, "received_at": now}
        for update_id in sorted(set(update_ids))  # two processes wait for each other in one order
    ]
    return set(await insert_many(connection, INBOUND, rows, "update_id"))


async def has_chat(connection: AsyncConnection, platform: str, address: str) -> bool:
    """Tell whether this chat has ever said anything."""
    query = select(col(ChatRow.id)).where(
        col(ChatRow.platform) == platform, col(ChatRow.address) == address
    )
    return (await connection.execute(query)).first() is not None


async def lock_chats(
    connection: AsyncConnection, platform: str, addresses: Iterable[str], ids: Iterable[int]
) -> list[Chat]:
    """Load chats by address and by id; nobody else changes them until the transaction ends."""
    wanted = {"platform": platform, "addresses": sorted(addresses), "ids": sorted(ids)}
    query = _CHATS_ON_SERVER if on_server(connection) else _CHATS
    return [Chat(*row) for row in await connection.execute(query, wanted)]


async def make_chats(
    connection: AsyncConnection, platform: str, locales: Mapping[str, str | None], now: datetime
) -> None:
    """Make chats that do not exist yet: addresses, with the language to begin in."""
    rows = [
        ChatRow(
            platform=platform,
            address=address,
            state=dump_state(_fresh(locales[address])),
            created_at=now,
            updated_at=now,
        ).model_dump(exclude={"id"})
        for address in sorted(locales)  # two processes wait for each other in one order
    ]
    await insert_many(connection, CHAT, rows)


async def save(connection: AsyncConnection, chats: Iterable[Chat]) -> None:
    """Keep the chats that were changed; forget those that are forgotten and wait for nothing."""
    changed = [chat for chat in chats if chat.changed]
    gone = [chat.id for chat in changed if chat.forgotten and not chat.waiting]
    rows = [
        {KEY: chat.id, **{name: getattr(chat, name) for name in _KEPT}}
        for chat in changed
        if chat.id not in gone
    ]
    await update_many(connection, CHAT, rows)
    await remove(connection, gone)


async def remove(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Remove chats and all that is kept of them."""
    if ids:
        await empty(connection, ids)
        await connection.execute(delete(ChatRow).where(col(ChatRow.id).in_(ids)))


async def empty(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Remove all that is kept of chats beside their own rows."""
    await tickets.emptied(connection, ids)
    for kind in _ABOUT:
        await connection.execute(delete(kind).where(col(kind.chat_id).in_(ids)))
    by_them = col(BroadcastRow.sent_by).in_(ids)
    await connection.execute(update(BroadcastRow).where(by_them).values(sent_by=None))


async def hand_over(connection: AsyncConnection, old: Chat, new: Chat) -> None:
    """Let what a chat has asked for, and been given, be another one's."""
    new.state, new.remind_at, new.reminded_at = old.state, old.remind_at, old.reminded_at
    new.desk = new.desk or old.desk
    await tickets.moved(connection, old.id, new.id)
    new.changed = True
    for kind in (FollowRow, ReminderRow, DeferredRow, ScreenedRow, StaffRow, QuestionAskedRow):
        if kind not in (StaffRow, QuestionAskedRow):
            await connection.execute(delete(kind).where(col(kind.chat_id) == new.id))
        moved = update(kind).where(col(kind.chat_id) == old.id).values(chat_id=new.id)
        await connection.execute(moved)
    theirs = update(BroadcastRow).where(col(BroadcastRow.sent_by) == old.id)
    await connection.execute(theirs.values(sent_by=new.id))


async def remove_unused(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Remove chats that nobody has used since that moment; gives how many.

    Who waits to be told something, and can be told, is not removed: a round comes after years.
    """
    follows = select(FollowRow).where(col(FollowRow.chat_id) == col(ChatRow.id)).exists()
    unused = (
        select(col(ChatRow.id))
        .where(
            col(ChatRow.updated_at) < before,
            or_(
                col(ChatRow.left_at).is_not(None),
                and_(col(ChatRow.remind_at).is_(None), not_(follows)),
            ),
        )
        .limit(most)
        .with_for_update(skip_locked=True)  # who speaks at this very moment is not removed
    )
    ids = [key for key in (await connection.execute(unused)).scalars() if key is not None]
    await remove(connection, ids)
    return len(ids)


async def remove_old_updates(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Forget which updates came before that moment; gives how many."""
    old = select(col(InboundRow.id)).where(col(InboundRow.received_at) < before).limit(most)
    gone = await connection.execute(delete(InboundRow).where(col(InboundRow.id).in_(old)))
    return gone.rowcount


async def remove_old_messages(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Remove messages made before that moment that are not to be sent; gives how many."""
    old = (
        select(col(OutgoingRow.id))
        .where(col(OutgoingRow.created_at) < before, col(OutgoingRow.status) != "queued")
        .limit(most)
    )
    gone = await connection.execute(delete(OutgoingRow).where(col(OutgoingRow.id).in_(old)))
    return gone.rowcount


async def remove_old_reminders(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Forget which reminders were given before that moment; gives how many."""
    key = tuple_(col(ReminderRow.chat_id), col(ReminderRow.name))
    old = select(col(ReminderRow.chat_id), col(ReminderRow.name))
    old = old.where(col(ReminderRow.told_at) < before).limit(most)
    return (await connection.execute(delete(ReminderRow).where(key.in_(old)))).rowcount


async def remove_old_broadcasts(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Remove broadcasts made before that moment that are over; gives how many."""
    old = (
        select(col(BroadcastRow.id))
        .where(col(BroadcastRow.created_at) < before, col(BroadcastRow.status) == "done")
        .limit(most)
    )
    gone = delete(BroadcastRow).where(col(BroadcastRow.id).in_(old))
    return (await connection.execute(gone)).rowcount


async def export(connection: AsyncConnection, chat_id: int) -> dict[str, Any]:
    """All that is kept of a chat, as JSON values."""
    chat = (
        await connection.execute(select(CHAT).where(col(ChatRow.id) == chat_id))
    ).mappings().one()  # fmt: skip
    found = {**_json(chat), "state": json.loads(chat["state"])}
    for kind in (*_ABOUT, BroadcastRow):
        table: Table = kind.__table__  # type: ignore[union-attr]
        whose = table.c["sent_by" if kind is BroadcastRow else "chat_id"]
        rows = select(table).where(whose == chat_id).order_by(*table.primary_key)
        found[table.name] = [_json(row) for row in (await connection.execute(rows)).mappings()]
    found["ticket"] = await tickets.exported(connection, chat_id)
    for message in found[OUTGOING.name]:
        message["body"] = _text(message["body"])
    return found


def _text(body: str) -> object:
    """A message that waits, without the file that goes with it: an earlier copy of all this."""
    if not body:
        return ""
    reply = json.loads(body)
    reply.pop("attachment", None)
    return reply


def _json(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
    }


def _fresh(locale: str | None) -> State:
    return State(locale=locale if locale in LOCALES else DEFAULT_LOCALE)
