"""Chats for which something falls due, a portion in a transaction: what is to be told is queued.

How that is told once is said in ``bot/reminders.py``.
"""

import asyncio
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot import outgoing, store
from bot.houses import Lookup
from bot.many import KEY, among, insert_many, on_server, update_many
from bot.outgoing import Letter, Priority
from bot.reminders import AGAIN, REMINDER, failed
from bot.store import Chat
from bot.tables import ChatRow, ReminderRow
from conversations import reminders
from conversations.dated import Dated, derived
from conversations.due import Due, due_of, next_of
from conversations.model import Reply, State
from rules.rounds import Round

PORTION = 128
"""Chats that share a transaction: few enough that no reply waits long for it."""
AT_A_STRETCH = 16
"""Chats that are reckoned before others may go on for a moment."""
_DEALT_WITH = ("waiting", "next_position", "next_priority", "remind_at", "reminded_at")


@dataclass(frozen=True, slots=True)
class _Found:
    """A chat that is looked at: the dates that matter to it, and what of them is due."""

    chat: Chat
    state: State
    dates: Sequence[Dated]
    due: Due


async def fall_due(
    connection: AsyncConnection,
    lookup: Lookup,
    platform: str,
    now: datetime,
    most: int,
) -> int:
    """Queue what falls due now in up to ``most`` chats; gives how many were looked at.

    Who cannot be reached is left alone: what is due then is told on their return.
    """
    chats = await _due_chats(connection, platform, now, most)
    if not chats:
        return 0
    rounds = await lookup.rounds()
    found: list[_Found] = []
    for number, chat in enumerate(chats):
        await _breathe(connection, number)
        looked_at = _derived(chat, rounds, now)
        found += [looked_at] if looked_at is not None else []
    known = await _known(connection, found)
    messages: list[dict[str, object]] = []
    names: list[dict[str, object]] = []
    rewritten: set[int] = set()
    said: dict[Hashable, Reply] = {}
    for number, each in enumerate(found):
        await _breathe(connection, number)
        chat, state, all_due = each.chat, each.state, each.due
        fresh = _fresh(all_due, known.get(chat.id, frozenset()))
        since = chat.reminded_at or now
        try:
            changed = reminders.settled(state, all_due)
            following = next_of(changed, each.dates, all_due.until, now)
            told = _told(chat, state, fresh, since, now, said)
        except Exception as error:  # noqa: BLE001 - one that fails harms no other
            failed(error, chat.id)
            chat.remind_at = now + AGAIN
            continue
        if changed is not state:
            chat.state = store.dump_state(changed)
            rewritten.add(chat.id)
        messages += told[0]
        names += told[1]
        chat.reminded_at = all_due.until
        # Never at once again: who asks would not come to an end.
        later = now + timedelta(seconds=1)
        chat.remind_at = None if following is None else max(following, later)
    await insert_many(connection, REMINDER, names)
    await outgoing.queue(connection, messages)
    await _save(connection, chats, rewritten)
    return len(chats)


async def _breathe(connection: AsyncConnection, number: int) -> None:
    """Let others go on, every now and then; not on SQLite, where they would wait for this."""
    if number % AT_A_STRETCH == 0 and on_server(connection):
        await asyncio.sleep(0)


async def _save(connection: AsyncConnection, chats: Sequence[Chat], rewritten: set[int]) -> None:
    """Keep what has changed; little has in a chat whose state is not ``rewritten``."""
    await store.save(connection, [chat for chat in chats if chat.id in rewritten])
    rows = [
        {KEY: chat.id, **{name: getattr(chat, name) for name in _DEALT_WITH}}
        for chat in chats
        if chat.id not in rewritten
    ]
    await update_many(connection, store.CHAT, rows)


_DUE = (
    select(*store.COLUMNS)
    .where(
        col(ChatRow.platform) == bindparam("platform"),
        col(ChatRow.remind_at) <= bindparam("now", type_=ChatRow.__table__.c.remind_at.type),  # type: ignore[attr-defined]
        col(ChatRow.left_at).is_(None),
    )
    .order_by(col(ChatRow.remind_at))
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


async def _due_chats(
    connection: AsyncConnection, platform: str, now: datetime, most: int
) -> list[Chat]:
    values = {"platform": platform, "now": now, "most": most}
    found = [Chat(*row) for row in await connection.execute(_DUE, values)]
    for chat in found:
        chat.changed = True
    return found


def _derived(chat: Chat, rounds: Sequence[Round], now: datetime) -> _Found | None:
    try:
        state = store.load_state(chat.state)
        dates = derived(state, rounds)
        return _Found(chat, state, dates, due_of(state, dates, chat.reminded_at or now, now))
    except Exception as error:  # noqa: BLE001 - one that fails harms no other
        failed(error, chat.id)
        chat.remind_at = now + AGAIN
        return None


_GIVEN = select(col(ReminderRow.chat_id), col(ReminderRow.name))
_KNOWN = _GIVEN.where(
    col(ReminderRow.chat_id).in_(bindparam("chats", expanding=True)),
    col(ReminderRow.name).in_(bindparam("names", expanding=True)),
)
_KNOWN_ON_SERVER = _GIVEN.where(among(REMINDER.c.chat_id, "chats"), among(REMINDER.c.name, "names"))


async def _known(
    connection: AsyncConnection, found: Iterable[_Found]
) -> Mapping[int, frozenset[str]]:
    """Which of these reminders were given before: settings can bring one up again."""
    chats = [each.chat.id for each in found if each.due.told]
    names = {name for each in found for _, names in each.due.told for name in names}
    if not names:
        return {}
    query = _KNOWN_ON_SERVER if on_server(connection) else _KNOWN
    known: dict[int, frozenset[str]] = {}
    for chat_id, name in await connection.execute(query, {"chats": chats, "names": sorted(names)}):
        known[chat_id] = known.get(chat_id, frozenset()) | {name}
    return known


def _fresh(all_due: Due, known: frozenset[str]) -> Due:
    """What nobody has been told yet: a date whose last reminder was given is not told again."""
    told = tuple(
        (told, tuple(name for name in names if name not in known))
        for told, names in all_due.told
        if names[-1] not in known
    )
    return replace(all_due, told=told)


def _told(  # noqa: PLR0913, PLR0917 - all that a message hangs on
    chat: Chat,
    state: State,
    fresh: Due,
    since: datetime,
    now: datetime,
    said: dict[Hashable, Reply],
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The row of the one message for all that is told, and those of the names.

    ``said`` is what has been said at this moment: most are told the same as somebody before.
    """
    if not fresh.told:
        return [], []
    alike = reminders.alike(state, fresh)
    if alike not in said:
        said[alike] = reminders.reminder(state, fresh, now)
    letter = Letter(said[alike], state.locale)
    messages, _ = outgoing.number(chat, "", [letter], now, Priority.REMINDER)
    position = messages[0]["position"]
    names = [
        {"chat_id": chat.id, "name": name, "position": position, "since": since, "told_at": now}
        for _, names in fresh.told
        for name in names
    ]
    return messages, names
