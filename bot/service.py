"""The running system behind every platform: takes updates, sends messages, sweeps up."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy import text as sql

from bot import (
    audit,
    broadcasts,
    desk_notices,
    falling_due,
    followed_up,
    metrics,
    outgoing,
    reminders,
    store,
    tallies,
    tickets,
)
from bot.app import HOLD_SECONDS, Clock, Desk, Step, Turn
from bot.budget import Budget, Pace
from bot.database import Database, RefusedError
from bot.errors import DatabaseError
from bot.falling_due import PORTION
from bot.houses import Houses, Lookup
from bot.outbox import Outbox
from bot.platform import Incoming, Platform
from bot.status import part_of_backlog
from bot.writer import Writer

SWEEP_SECONDS = 1.0
REMIND_SECONDS = 1.0
BUSY_SECONDS = 0.1
"""From one sweep to the next, if there was something to do."""
MEASURE_SECONDS = 10.0
MEASURE_ROWS = 2000
"""Messages counted in a transaction, for the same reason as ``UPKEEP_ROWS``."""
IN_A_ROW = 8
"""Portions of what falls due before anything else is looked after."""
WAY_SECONDS = 0.05
"""How long the next portion of work waits for updates to be dealt with, at most."""
TURNS = 16
"""Turns of the loop after that: from the commit until an answer is sent takes several, and it is
not to wait for a portion at each."""
UPKEEP_SECONDS = 3600.0
UPKEEP_ROWS = 500
"""Rows removed in a transaction: few enough that nobody waits long for it."""
KEPT_UPDATES = timedelta(days=7)
"""How long it is remembered which updates were dealt with: a platform repeats them for a day."""
UPKEEP_REST = 0.02
RETENTION_DAYS = 730
KEPT_REMINDERS = timedelta(days=400)
"""How long it is remembered what was told: a date's name is that of no date a year later."""
STOP_SECONDS = 6.0
LET_GO_SECONDS = 2.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """``rate`` is the sending budget, messages a second over all processes.

    A chat that nobody has used for ``retention_days`` is removed. A process that is silent for
    ``hold_seconds`` counts as dead, and another one sends for it.
    """

    rate: float = 30.0
    retention_days: int = RETENTION_DAYS
    hold_seconds: float = HOLD_SECONDS


class Service:
    """Deals with the updates of one platform and sends its messages."""

    def __init__(
        self,
        database: Database,
        platform: Platform[Any],
        step: Step,
        clock: Clock,
        limits: Limits = Limits(),
    ) -> None:
        self._database, self._clock, self._limits = database, clock, limits
        houses = Houses(limits.retention_days)
        self._desk = Desk(
            platform.name, step, uuid.uuid4().hex, limits.hold_seconds, houses=houses
        )  # fmt: skip
        self._writer = Writer(database, self._desk, clock)
        self._budget = Budget(database, platform.name, limits.rate, clock)
        pace = Pace(limits.rate, clock)
        self._outbox = Outbox(platform, self._writer, self._budget, pace, limits.hold_seconds)
        self._tasks: list[asyncio.Task[None]] = []
        self._coming: set[asyncio.Future[Turn]] = set()

    async def start(self) -> None:
        """Begin; what an earlier process on the same SQLite file left is taken over at once."""
        if self._database.lock is not None:
            async with self._database.transaction() as connection:
                await outgoing.let_all_go(connection)
        self._tasks = [
            asyncio.create_task(self._writer.run()),
            asyncio.create_task(_every(SWEEP_SECONDS, self.sweep)),
            asyncio.create_task(_every(REMIND_SECONDS, self.remind)),
            asyncio.create_task(_every(MEASURE_SECONDS, self._measure)),
            asyncio.create_task(_every(UPKEEP_SECONDS, self.keep_up)),
        ]

    async def accept(self, incoming: Incoming) -> None:
        """Deal with an update: returns after the commit, while the answer is on its way.

        Raises DatabaseError; then nothing has happened and it may be accepted again.
        """
        since = time.perf_counter()
        kind = type(incoming.event).__name__.lower()
        wanted = self._writer.handle(incoming)
        self._coming.add(wanted)
        wanted.add_done_callback(self._coming.discard)
        wanted.add_done_callback(partial(self._begin, since))
        try:
            await asyncio.shield(wanted)
        except Exception as error:
            if isinstance(error, DatabaseError) and not isinstance(error, RefusedError):
                metrics.UPDATES.labels(kind, "later").inc()
                raise
            metrics.UPDATES.labels(kind, "failed").inc()
            log.error("an update cannot be dealt with", error=type(error).__name__)  # noqa: TRY400 - a traceback could quote it
            return
        metrics.UPDATES.labels(kind, "done").inc()
        metrics.UPDATE_SECONDS.observe(time.perf_counter() - since)

    def _begin(self, since: float, wanted: asyncio.Future[Turn]) -> None:
        # Also if nobody waits any more for the update to be dealt with.
        if not wanted.cancelled() and wanted.exception() is None:
            self._outbox.offer(wanted.result(), since)

    async def ping(self) -> None:
        """Raises DatabaseError if the database cannot be reached."""
        async with self._database.transaction() as connection:
            await connection.execute(sql("SELECT 1"))

    async def knows(self, address: str) -> bool:
        """Whether anything has ever been said in this chat."""
        async with self._database.transaction() as connection:
            return await store.has_chat(connection, self._desk.platform, address)

    async def settled(self) -> None:
        """Wait until nothing is being sent."""
        await self._outbox.settled()

    async def stop(self) -> None:
        """Finish what is under way, within seconds; the rest stays to be sent."""
        await self._outbox.stop(STOP_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._writer.end()  # a task that is cancelled before it has begun does nothing at all
        try:
            async with asyncio.timeout(LET_GO_SECONDS), self._database.transaction() as connection:
                await outgoing.let_all_go(connection, self._desk.holder)
        except (DatabaseError, TimeoutError) as error:
            log.warning("chats are not let go: others take over later", error=str(error))

    async def sweep(self) -> bool:
        """Send what a crash, an outage or a limit has left behind; tells whether anything was."""
        box = self._outbox
        if self._budget.paused or not box.room:
            return False
        found: list[Turn] = []
        async with self._database.transaction() as connection:
            now, desk = self._clock(), self._desk
            ids = await outgoing.claimable(
                connection, desk.platform, now, box.room, box.room_in_line
            )
            if not ids:
                return False
            chats = await store.lock_chats(connection, desk.platform, [], ids)
            number, until = next(desk.numbers), now + timedelta(seconds=desk.hold_seconds)
            for chat in chats:
                await reminders.renewed(connection, chat, now)
                message = await outgoing.next_message(connection, chat, desk.platform)
                if message is None:
                    chat.waiting, chat.changed = 0, True
                else:
                    found.append(Turn(message, number, until))
                    outgoing.hold(chat, desk.holder, now, desk.hold_seconds)
            await store.save(connection, chats)
        for turn in found:
            self._outbox.offer(turn)
        return bool(found)

    async def remind(self) -> None:
        """Queue what falls due and the copies of broadcasts, a portion a transaction."""
        more = True
        while more:
            more = await self._portion()
            await self._give_way()
        async with self._database.transaction() as connection:
            await followed_up.follow_up(connection, self._clock())

    async def _portion(self) -> bool:
        """Tells whether there is more to do."""
        due = await self._fallen_due()
        now, desk = self._clock(), self._desk
        async with self._database.transaction() as connection:
            copied = await broadcasts.copy(connection, now)
        async with self._database.transaction() as connection:
            await desk_notices.remind(connection, now)
        async with self._database.transaction() as connection:
            lookup = Lookup(connection, desk.houses, now)
            told = await desk_notices.tell(connection, lookup, now)
        return due == PORTION or bool(copied) or told == desk_notices.PORTION

    async def _fallen_due(self) -> int:
        """Some portions of what falls due; gives how many chats were in the last of them."""
        due = PORTION
        for _ in range(IN_A_ROW):
            now, desk = self._clock(), self._desk
            async with self._database.transaction() as connection:
                lookup = Lookup(connection, desk.houses, now)
                due = await falling_due.fall_due(connection, lookup, desk.platform, now, PORTION)
            if due < PORTION:
                break
            await self._give_way()
        return due

    async def _give_way(self) -> None:
        """Have updates dealt with, and their answers begun, between two portions of work."""
        if self._coming:
            await asyncio.wait(self._coming, timeout=WAY_SECONDS)
        for _ in range(TURNS):
            await asyncio.sleep(0)

    async def keep_up(self) -> None:
        """Remove chats that nobody has used for long, and what is known of old updates."""
        now = self._clock()
        unused, old = now - timedelta(days=self._limits.retention_days), now - KEPT_UPDATES
        await self._in_portions(partial(store.remove_unused, before=unused))
        await self._in_portions(partial(store.remove_old_updates, before=old))
        await self._in_portions(partial(store.remove_old_messages, before=old))
        await self._in_portions(partial(tickets.remove_old, before=unused))
        await self._in_portions(partial(audit.remove_old, before=unused))
        await self._in_portions(partial(tallies.remove_old, before=unused))
        told = now - KEPT_REMINDERS
        await self._in_portions(partial(store.remove_old_reminders, before=told))
        await self._in_portions(partial(store.remove_old_broadcasts, before=told))

    async def _in_portions(self, remove: Callable[..., Awaitable[int]]) -> None:
        removed = UPKEEP_ROWS
        while removed == UPKEEP_ROWS:
            async with self._database.transaction() as connection:
                removed = await remove(connection, most=UPKEEP_ROWS)
            await asyncio.sleep(UPKEEP_REST)  # on a file the loop has stood still meanwhile

    async def _measure(self) -> None:
        after: int | None = 0
        waiting, since = 0, []
        while after is not None:
            async with self._database.transaction() as connection:
                part = await part_of_backlog(connection, self._desk.platform, after, MEASURE_ROWS)
            waiting, after = waiting + part.waiting, part.reached
            since += [part.oldest] if part.oldest else []
            await self._give_way()
        metrics.BACKLOG.set(waiting)
        metrics.OLDEST.set((self._clock() - min(since)).total_seconds() if since else 0)


async def _every(seconds: float, work: Callable[[], Awaitable[bool | None]]) -> None:
    while True:
        more: bool | None = False
        try:
            more = await work()
        except DatabaseError as error:
            log.warning("the database gave way", error=str(error))
        except Exception as error:  # noqa: BLE001 - tried again the next time
            log.error("upkeep failed", error=type(error).__name__)  # noqa: TRY400 - a traceback could quote a message
        await asyncio.sleep(min(BUSY_SECONDS, seconds) if more else seconds)
