"""What the officer who sent a broadcast hears of it: how it goes, and at the end what came of it.

Every function works within the caller's transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot import outgoing, store
from bot.outgoing import Letter
from bot.tables import BroadcastRow, OutgoingRow
from conversations.language import language
from conversations.model import Reply
from rules.messages import message

BROADCAST: Table = BroadcastRow.__table__  # type: ignore[attr-defined]

UNDER_WAY = message("群发进行中：共{total}位，已送到{sent}位，还有{waiting}位在排队。")
REPORT = message("群发完成：送到{sent}位，{blocked}位已停用或屏蔽了我，{failed}位没发出去。")
NOBODY = message("群发完成：现在还没有人关注这个奖，没有发给任何人。")
LARGE = 200
"""To so many at least it takes long enough that the officer wants to hear how it goes."""
_SECONDS, _SECONDS_IF_LARGE = 1, 15


@dataclass(frozen=True, slots=True)
class Progress:
    """How many copies of a broadcast have been sent, still wait, reach nobody, are refused."""

    sent: int
    waiting: int
    blocked: int
    failed: int


async def follow_up(connection: AsyncConnection, now: datetime) -> int:
    """Tell one officer what has come of a broadcast meanwhile; gives how many were looked at."""
    query = (
        select(BROADCAST)
        .where(
            col(BroadcastRow.status) != "done",
            col(BroadcastRow.body).is_not(None),
            col(BroadcastRow.look_at) <= now,
        )
        .order_by(col(BroadcastRow.id))
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    job = (await connection.execute(query)).first()
    if job is None:
        return 0
    found = await progress(connection, job)
    over = job.status == "sending" and not found.waiting
    quarter = 4 * (found.sent + found.failed + found.blocked) // max(1, job.total)
    wait = _SECONDS_IF_LARGE if job.total >= LARGE else _SECONDS
    values = {
        "status": "done" if over else job.status,
        "told": max(quarter, job.told),
        "look_at": now + timedelta(seconds=wait),
    }
    mine = update(BroadcastRow).where(col(BroadcastRow.id) == job.id)
    await connection.execute(mine.values(values))
    if over or (job.total >= LARGE and quarter > job.told):
        await _tell(connection, job, found, now, over=over)
    return 1


async def progress(connection: AsyncConnection, job: Row[Any]) -> Progress:
    """How far a broadcast has come."""
    query = (
        select(col(OutgoingRow.status), func.count().label("many"))
        .where(col(OutgoingRow.broadcast_id) == job.id)
        .group_by(col(OutgoingRow.status))
    )
    counts = {row.status: row.many for row in await connection.execute(query)}
    # A copy is skipped when its reader turns out to have left.
    blocked = job.blocked + counts.get("skipped", 0)
    return Progress(
        counts.get("sent", 0), counts.get("queued", 0), blocked, counts.get("failed", 0)
    )


async def _tell(
    connection: AsyncConnection, job: Row[Any], found: Progress, now: datetime, *, over: bool
) -> None:
    if job.sent_by is None:
        return  # nobody is there any more who wants to know
    chats = await store.lock_chats(connection, "", [], [job.sent_by])
    for chat in chats:
        if chat.left_at is not None:
            continue
        locale = store.load_state(chat.state).locale
        text = REPORT if over else UNDER_WAY
        if over and not (found.sent or found.blocked or found.failed):
            text = NOBODY
        reply = Reply(
            language(locale).say(
                text,
                total=job.total,
                sent=found.sent,
                waiting=found.waiting,
                blocked=found.blocked,
                failed=found.failed,
            )
        )
        rows, _ = outgoing.number(chat, "", [Letter(reply, locale)], now)
        await outgoing.queue(connection, rows)
    await store.save(connection, chats)
