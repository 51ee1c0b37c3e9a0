"""What falls due becomes messages: once, by whichever process comes first.

A chat's row says when it is to be asked again what falls due (``remind_at``) and up to when
everything is dealt with (``reminded_at``). What falls due is derived from its state and from the
rounds that stand at that moment; the chat is locked meanwhile, and the name of each reminder is
kept, so none is given twice. Every function works within the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Table, delete, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot import store
from bot.houses import Lookup
from bot.logs import place
from bot.many import insert_many
from bot.outgoing import QUEUED, Priority
from bot.store import Chat
from bot.tables import FollowRow, OutgoingRow, ReminderRow
from conversations.due import LATE, next_at, reopened, snooze_of
from conversations.model import State

REMINDER: Table = ReminderRow.__table__  # type: ignore[attr-defined]
FOLLOW: Table = FollowRow.__table__  # type: ignore[attr-defined]

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
        failed(error, chat.id)
        chat.remind_at = now + AGAIN


async def returned(lookup: Lookup, chat: Chat, now: datetime) -> None:
    """A chat can be reached again: what has fallen due meanwhile is told, as late or over."""
    try:
        state = store.load_state(chat.state)
    except (KeyError, TypeError, ValueError) as error:
        failed(error, chat.id)
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
    try:
        state = store.load_state(chat.state)
    except (KeyError, TypeError, ValueError) as error:
        failed(error, chat.id)
        return
    kept = state.reminding
    again = tuple(dict.fromkeys((*kept.snoozes, *snoozes)))
    chat.state = store.dump_state(replace(state, reminding=replace(kept, snoozes=again)))


async def renewed(connection: AsyncConnection, chat: Chat, now: datetime) -> None:
    """Take back, before it is sent, what has waited for so long that it counts the days wrong."""
    waited = chat.reminded_at is not None and chat.reminded_at <= now - LATE
    if waited and chat.next_priority == Priority.REMINDER:
        await taken_back(connection, chat, now, only_reminders=True)


def failed(error: Exception, chat_id: int) -> None:
    """Log that what falls due in a chat could not be told or reckoned."""
    # Neither the error's words nor a traceback: both can quote what the user wrote.
    kind, at = type(error).__name__, place(error)
    log.error("what falls due cannot be told", chat=chat_id, error=kind, at=at)
