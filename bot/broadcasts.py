"""What is told to all who follow an award: copies are made in portions, by any process.

A broadcast is a row that says how far it has come, so that whoever dies over a portion leaves no
chat out and tells none twice. Every function works within the caller's transaction.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from pydantic import TypeAdapter
from sqlalchemy import Row, Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot import outgoing, reminders, store
from bot.logs import place
from bot.many import insert_many
from bot.outgoing import Letter, Priority
from bot.store import Chat
from bot.tables import BroadcastRow, DeferredRow, FollowRow
from conversations import reminders as wording
from conversations.due import waking
from conversations.model import Reply, State
from rules.rounds import Round

BROADCAST: Table = BroadcastRow.__table__  # type: ignore[attr-defined]
DEFERRED: Table = DeferredRow.__table__  # type: ignore[attr-defined]

PORTION = 64
"""Chats that share a transaction: few enough that no reply waits long for it."""

OVERTAKEN = timedelta(seconds=1)
"""A round is announced only when whoever did not know of it, as they began to follow, is done."""

Say = Callable[[State], Reply]

_ROUND = TypeAdapter(Round)

log = structlog.get_logger(__name__)


async def begin(
    connection: AsyncConnection, award: str, text: str, sent_by: int, now: datetime
) -> int:
    """Have everybody who follows an award told something by an officer; gives how many they are."""
    followers = select(func.count()).where(col(FollowRow.award) == award)
    total: int = (await connection.execute(followers)).scalar_one()
    row = _row(award, now) | {"sent_by": sent_by, "body": text, "total": total}
    await insert_many(connection, BROADCAST, [row])
    return total


async def announce(
    connection: AsyncConnection, new: Round, old: Round | None, now: datetime
) -> None:
    """Have everybody who follows the award of a round told that it is new, changed or withdrawn."""
    kept = {"round_now": _dumped(new), "round_before": None if old is None else _dumped(old)}
    await insert_many(connection, BROADCAST, [_row(new.award, now) | kept])


async def copy(connection: AsyncConnection, now: datetime, most: int = PORTION) -> int:
    """Make the next copies of one broadcast; gives for how many chats, 0 if nothing is to be done.

    Whoever is in their quiet hours gets theirs at the end of them. Who cannot be reached gets none.
    """
    query = (
        select(BROADCAST)
        .where(
            col(BroadcastRow.status) == "going",
            or_(
                col(BroadcastRow.body).is_not(None),
                col(BroadcastRow.created_at) <= now - OVERTAKEN,
            ),
        )
        .order_by(col(BroadcastRow.id))
        .with_for_update(skip_locked=True)
    )
    for job in [*await connection.execute(query)]:
        ids = await _not_reached(connection, job, most) or await _awake(connection, job, now, most)
        if ids:
            await _copied(connection, job, ids, now)
            return len(ids)
        await _end(connection, job)
    return 0


async def _not_reached(connection: AsyncConnection, job: Row[Any], most: int) -> Sequence[int]:
    query = (
        select(col(FollowRow.chat_id))
        .where(col(FollowRow.award) == job.award, col(FollowRow.chat_id) > job.reached)
        .order_by(col(FollowRow.chat_id))
        .limit(most)
    )
    ids = [*(await connection.execute(query)).scalars()]
    if ids:
        await _change(connection, job, reached=ids[-1])
    return ids


async def _awake(
    connection: AsyncConnection, job: Row[Any], now: datetime, most: int
) -> Sequence[int]:
    """Those whose quiet hours are over."""
    mine = col(DeferredRow.broadcast_id) == job.id
    query = select(col(DeferredRow.chat_id)).where(mine, col(DeferredRow.at) <= now)
    query = query.order_by(col(DeferredRow.chat_id)).limit(most)
    ids = [*(await connection.execute(query)).scalars()]
    if ids:
        gone = delete(DeferredRow).where(mine, col(DeferredRow.chat_id).in_(ids))
        await connection.execute(gone)
    return ids


async def _end(connection: AsyncConnection, job: Row[Any]) -> None:
    """All copies are made, unless somebody's quiet hours are waited for."""
    waits = select(col(DeferredRow.chat_id)).where(col(DeferredRow.broadcast_id) == job.id).limit(1)
    if (await connection.execute(waits)).first() is None:
        await _change(connection, job, status="done" if job.body is None else "sending")


async def _change(connection: AsyncConnection, job: Row[Any], **values: object) -> None:
    mine = update(BroadcastRow).where(col(BroadcastRow.id) == job.id)
    await connection.execute(mine.values(**values))


async def _copied(
    connection: AsyncConnection, job: Row[Any], ids: Sequence[int], now: datetime
) -> None:
    chats = await store.lock_chats(connection, "", [], ids)
    reachable = [chat for chat in chats if chat.left_at is None]
    say, rows, deferred = _wording(job, now), [], []
    for chat in reachable:
        if job.body is None:
            await _look_again(connection, chat, now)
        try:
            state = store.load_state(chat.state)
            until = waking(state, now)
            if until > now:
                deferred.append({"chat_id": chat.id, "broadcast_id": job.id, "at": until})
            elif job.award in state.reminding.awards:
                rows += _copy(job, chat, Letter(say(state), state.locale), now)
        except Exception as error:  # noqa: BLE001 - one that fails harms no other
            # Neither the error's words nor a traceback: both can quote what the user wrote.
            kind, at = type(error).__name__, place(error)
            log.error("a broadcast cannot be told", chat=chat.id, error=kind, at=at)  # noqa: TRY400
    await insert_many(connection, DEFERRED, deferred)
    await outgoing.queue(connection, rows)
    await store.save(connection, chats)
    if len(reachable) < len(chats):
        blocked = col(BroadcastRow.blocked) + len(chats) - len(reachable)
        await _change(connection, job, blocked=blocked)


async def _look_again(connection: AsyncConnection, chat: Chat, now: datetime) -> None:
    """What waits may speak of days that hold no longer: all of it is derived anew."""
    chat.remind_at, chat.changed = now, True
    if chat.waiting and chat.held_by is None:
        await reminders.taken_back(connection, chat, now, only_reminders=True)


def _wording(job: Row[Any], now: datetime) -> Say:
    if job.body is not None:
        return lambda state: wording.broadcast(state, job.award, job.body)
    new = _ROUND.validate_json(job.round_now)
    old = None if job.round_before is None else _ROUND.validate_json(job.round_before)
    return lambda state: wording.announced(state, new, old, now)


def _copy(job: Row[Any], chat: Chat, letter: Letter, now: datetime) -> list[dict[str, object]]:
    # Whoever follows an award has asked for its rounds: those go before what an officer says.
    urgency = Priority.REMINDER if job.body is None else Priority.BROADCAST
    rows, _ = outgoing.number(chat, "", [letter], now, urgency, job.id)
    return rows


def _row(award: str, now: datetime) -> dict[str, object]:
    return {
        "award": award,
        "sent_by": None,
        "body": None,
        "round_now": None,
        "round_before": None,
        "status": "going",
        "reached": 0,
        "total": 0,
        "blocked": 0,
        "told": 0,
        "look_at": now,
        "created_at": now,
    }


def _dumped(kept: Round) -> str:
    return _ROUND.dump_json(kept).decode()
