"""What falls due becomes messages: once, by whichever process comes first.

A chat's row says when it is to be asked again what falls due (``remind_at``) and up to when
everything is dealt with (``reminded_at``). What falls due is derived from its state and from the
rounds that stand at that moment; the chat is locked meanwhile, and the name of each reminder is
kept, so none is given twice. Every function works within the caller's transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Table, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot import outgoing, store
from bot.houses import Lookup
from bot.logs import place
from bot.many import insert_many
from bot.outgoing import QUEUED, Letter, Priority
from bot.store import Chat
from bot.tables import ChatRow, FollowRow, OutgoingRow, ReminderRow
from conversations import reminders
from conversations.due import LATE, Due, due, next_at, reopened, snooze_of
from conversations.model import State
from rules.rounds import Round

REMINDER: Table = ReminderRow.__table__  # type: ignore[attr-defined]
FOLLOW: Table = FollowRow.__table__  # type: ignore[attr-defined]

PORTION = 64
"""Chats that share a transaction: few enough that no reply waits long for it."""
AGAIN = timedelta(hours=1)
"""When a chat is looked at again for which what falls due could not be told."""

log = structlog.get_logger(__name__)


async def noted(  # noqa: PLR0913, PLR0917 - all of one step
    connection: AsyncConnection,
    lookup: Lookup,
    chat: Chat,
    before: State,
    after: State,
    now: datetime,
) -> None:
    """Keep, after a step, which awards a chat follows and when it is to be reminded."""
    old, new = before.reminding.awards, after.reminding.awards
    if old - new:
        mine = col(FollowRow.chat_id) == chat.id
        await connection.execute(delete(FollowRow).where(mine, col(FollowRow.award).in_(old - new)))
    rows = [{"chat_id": chat.id, "award": award} for award in sorted(new - old)]
    await insert_many(connection, FOLLOW, rows)
    if (before.reminding, before.timezone) != (after.reminding, after.timezone):
        if chat.reminded_at is not None:
            rounds = await lookup.rounds()
            chat.reminded_at = reopened(before, after, rounds, chat.reminded_at, now)
        await schedule(lookup, chat, after, now)


async def schedule(lookup: Lookup, chat: Chat, state: State, now: datetime) -> None:
    """Reckon when a chat is to be asked next what falls due."""
    chat.changed = True
    if not state.reminding.watches:
        chat.remind_at = None
        return
    if chat.reminded_at is None:
        chat.reminded_at = now
    try:
        chat.remind_at = next_at(state, await lookup.rounds(), chat.reminded_at, now)
    except Exception as error:  # noqa: BLE001 - the conversation goes on all the same
        _failed(error, chat.id)
        chat.remind_at = now + AGAIN


async def returned(lookup: Lookup, chat: Chat, now: datetime) -> None:
    """A chat can be reached again: what has fallen due meanwhile is told, as late or over."""
    try:
        state = store.load_state(chat.state)
    except (KeyError, TypeError, ValueError) as error:
        _failed(error, chat.id)
        return
    await schedule(lookup, chat, state, now)


async def taken_back(
    connection: AsyncConnection, chat: Chat, now: datetime, *, only_reminders: bool = False
) -> None:
    """Give up what waits beside replies; its reminders are derived anew when they can be sent.

    ``only_reminders``: broadcasts stay, and what has been begun.
    """
    waits = [col(OutgoingRow.chat_id) == chat.id, QUEUED, col(OutgoingRow.priority) > 0]
    if only_reminders:
        waits += [col(OutgoingRow.broadcast_id).is_(None), col(OutgoingRow.parts_sent) == 0]
    gone = await connection.execute(
        update(OutgoingRow)
        .where(*waits)
        .values(status="skipped", body="")
        .returning(col(OutgoingRow.position))
    )
    positions = [*gone.scalars()]
    if not positions:
        return
    chat.waiting -= len(positions)
    chat.changed = True
    untold = await connection.execute(
        delete(ReminderRow)
        .where(col(ReminderRow.chat_id) == chat.id, col(ReminderRow.position).in_(positions))
        .returning(col(ReminderRow.since), col(ReminderRow.name))
    )
    rows = [*untold]
    since = [row.since for row in rows]
    _asked_for_again(chat, [row.name for row in rows])
    if since and chat.reminded_at is not None:
        chat.reminded_at = min(chat.reminded_at, *since)
        chat.remind_at = now


def _asked_for_again(chat: Chat, names: Sequence[str]) -> None:
    """Snoozes that were not told after all stand in the state again."""
    snoozes = [snooze for name in names if (snooze := snooze_of(name)) is not None]
    if not snoozes:
        return
    state = store.load_state(chat.state)
    kept = state.reminding
    again = tuple(dict.fromkeys((*kept.snoozes, *snoozes)))
    chat.state = store.dump_state(replace(state, reminding=replace(kept, snoozes=again)))


async def renewed(connection: AsyncConnection, chat: Chat, now: datetime) -> None:
    """Take back, before it is sent, what has waited for so long that it counts the days wrong."""
    waited = chat.reminded_at is not None and chat.reminded_at <= now - LATE
    if waited and chat.next_priority == Priority.REMINDER:
        await taken_back(connection, chat, now, only_reminders=True)


async def fall_due(
    connection: AsyncConnection,
    lookup: Lookup,
    platform: str,
    now: datetime,
    most: int = PORTION,
) -> int:
    """Queue what falls due now in up to ``most`` chats; gives how many were looked at.

    Who cannot be reached is left alone: what is due then is told on their return.
    """
    chats = await _due_chats(connection, platform, now, most)
    if not chats:
        return 0
    rounds = await lookup.rounds()
    found = [each for chat in chats if (each := _derived(chat, rounds, now)) is not None]
    known = await _known(connection, found)
    messages: list[dict[str, object]] = []
    names: list[dict[str, object]] = []
    for chat, state, all_due in found:
        fresh = _fresh(all_due, known.get(chat.id, frozenset()))
        since = chat.reminded_at or now
        try:
            changed = reminders.settled(state, all_due)
            following = next_at(changed, rounds, all_due.until, now)
            told = _told(chat, state, fresh, since, now)
        except Exception as error:  # noqa: BLE001 - one that fails harms no other
            _failed(error, chat.id)
            chat.remind_at = now + AGAIN
            continue
        if changed != state:
            chat.state = store.dump_state(changed)
        messages += told[0]
        names += told[1]
        chat.reminded_at = all_due.until
        # Never at once again: who asks would not come to an end.
        later = now + timedelta(seconds=1)
        chat.remind_at = None if following is None else max(following, later)
    await insert_many(connection, REMINDER, names)
    await outgoing.queue(connection, messages)
    await store.save(connection, chats)
    return len(chats)


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


def _derived(chat: Chat, rounds: Sequence[Round], now: datetime) -> tuple[Chat, State, Due] | None:
    try:
        state = store.load_state(chat.state)
        return chat, state, due(state, rounds, chat.reminded_at or now, now)
    except Exception as error:  # noqa: BLE001 - one that fails harms no other
        _failed(error, chat.id)
        chat.remind_at = now + AGAIN
        return None


async def _known(
    connection: AsyncConnection, found: Iterable[tuple[Chat, State, Due]]
) -> Mapping[int, frozenset[str]]:
    """Which of these reminders were given before: settings can bring one up again."""
    chats = [chat.id for chat, _, all_due in found if all_due.told]
    names = {name for _, _, all_due in found for _, names in all_due.told for name in names}
    if not names:
        return {}
    query = select(col(ReminderRow.chat_id), col(ReminderRow.name)).where(
        col(ReminderRow.chat_id).in_(chats), col(ReminderRow.name).in_(names)
    )
    known: dict[int, frozenset[str]] = {}
    for chat_id, name in await connection.execute(query):
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


def _told(
    chat: Chat, state: State, fresh: Due, since: datetime, now: datetime
) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The row of the one message for all that is told, and those of the names."""
    if not fresh.told:
        return [], []
    letter = Letter(reminders.reminder(state, fresh, now), state.locale)
    messages, _ = outgoing.number(chat, "", [letter], now, Priority.REMINDER)
    position = messages[0]["position"]
    names = [
        {"chat_id": chat.id, "name": name, "position": position, "since": since, "told_at": now}
        for _, names in fresh.told
        for name in names
    ]
    return messages, names


def _failed(error: Exception, chat_id: int) -> None:
    # Neither the error's words nor a traceback: both can quote what the user wrote.
    kind, at = type(error).__name__, place(error)
    log.error("what falls due cannot be told", chat=chat_id, error=kind, at=at)
