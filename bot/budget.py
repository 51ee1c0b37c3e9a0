"""How much may be sent: one budget for all processes of a bot, and a pace for each chat.

The budget is a row that says up to when it is spent (a generic cell rate: ITU-T I.371). A process
takes a tenth of a second's worth at a time. Whatever is less urgent leaves a part of the last
second's worth to what is more urgent: a reply finds something to spend at once, in any process,
however much else is waiting.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Table, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot.app import Clock
from bot.database import Database
from bot.many import insert_many
from bot.outgoing import Priority
from bot.tables import SendingRow

SENDING: Table = SendingRow.__table__  # type: ignore[attr-defined]
BURST = timedelta(seconds=1)
"""What was not sent in the last second may be sent now; what is older is lost."""
_PORTION = timedelta(seconds=0.1)
KEPT_BACK = timedelta(seconds=0.25)
"""What is left over by each degree of urgency to those above it."""
_USABLE = timedelta(seconds=1)
"""How long after its time a portion may still be used: taking one holds every message up."""
_AHEAD = timedelta(seconds=60)
"""The budget is never spent for so long: if it says so, a clock has been put back."""
CHAT_BURST = 20
CHATS_AT_FULL_PACE = 30
"""No chat gets more than this part of the budget for long."""


@dataclass(slots=True)
class _Portion:
    left: int
    usable_from: datetime
    usable_until: datetime

    def usable(self, now: datetime) -> bool:
        """Whether it may be used now or in a moment."""
        return self.usable_from - _AHEAD < now <= self.usable_until


class Budget:
    """The sending budget of a platform, ``rate`` messages a second over all processes."""

    def __init__(self, database: Database, platform: str, rate: float, clock: Clock) -> None:
        self._database, self._platform, self._clock = database, platform, clock
        self.rate = rate
        self._size = max(1, int(rate * _PORTION.total_seconds()))
        self._portion: _Portion | None = None
        # Those that have waited too long take nothing from the others.
        self._turns = {priority: asyncio.Lock() for priority in Priority}
        self._taking = asyncio.Lock()
        self._paused_until: datetime | None = None

    async def take(self, before: datetime, priority: int = Priority.REPLY) -> bool:
        """Wait until one more message may be sent; False if that is not before ``before``.

        Raises DatabaseError.
        """
        async with self._turns[Priority(priority)]:
            while not self.too_late(before):
                portion = await self._present_portion()
                usable = portion.usable_from + priority * KEPT_BACK
                if usable >= before:
                    return False
                wait = (usable - self._clock()).total_seconds()
                if wait <= 0:
                    portion.left -= 1
                    return True
                # Meanwhile what is more urgent may use the portion up: it is looked at anew.
                await asyncio.sleep(wait)
        return False

    def too_late(self, before: datetime) -> bool:
        """Whether ``before`` has passed."""
        return self._clock() >= before

    @property
    def paused(self) -> float:
        """For how many seconds nothing may be sent: 0 if now."""
        if self._paused_until is None:
            return 0.0
        return max(0.0, (self._paused_until - self._clock()).total_seconds())

    async def pause(self, seconds: float) -> None:
        """Have no process send anything for so long. Raises DatabaseError if only this one does."""
        until = self._clock() + timedelta(seconds=seconds)
        self._pause_until(until)
        async with self._database.transaction() as connection:
            _, paused = await self._locked(connection)
            await connection.execute(
                update(SendingRow)
                .where(col(SendingRow.platform) == self._platform)
                .values(paused_until=max(until, paused or until))
            )

    def _pause_until(self, until: datetime) -> None:
        self._paused_until = max(until, self._paused_until or until)

    async def _present_portion(self) -> _Portion:
        async with self._taking:
            portion = self._portion
            if portion is None or not portion.left or not portion.usable(self._clock()):
                portion = self._portion = await self._next_portion()
            return portion

    async def _next_portion(self) -> _Portion:
        async with self._database.transaction() as connection:
            now = self._clock()
            spent, paused = await self._locked(connection)
            if paused is not None and paused > now:
                self._pause_until(paused)
            start = max(spent if spent < now + _AHEAD else now, now - BURST)
            end = start + timedelta(seconds=self._size / self.rate)
            await connection.execute(
                update(SendingRow)
                .where(col(SendingRow.platform) == self._platform)
                .values(spent_until=end)
            )
        return _Portion(self._size, start, max(end, now) + _USABLE)

    async def _locked(self, connection: AsyncConnection) -> tuple[datetime, datetime | None]:
        query = (
            select(col(SendingRow.spent_until), col(SendingRow.paused_until))
            .where(col(SendingRow.platform) == self._platform)
            .with_for_update()
        )
        row = (await connection.execute(query)).first()
        if row is None:
            fresh = {"platform": self._platform, "spent_until": self._clock() - BURST}
            await insert_many(connection, SENDING, [fresh])
            row = (await connection.execute(query)).one()
        return row.spent_until, row.paused_until


class Pace:
    """How fast messages may follow each other in one chat: at once for a while, then slowly."""

    def __init__(self, rate: float, clock: Clock) -> None:
        self._clock = clock
        self._step = timedelta(seconds=1 / max(1.0, rate / CHATS_AT_FULL_PACE))
        self._free_at: dict[int, datetime] = {}

    def wait(self, chat_id: int) -> float:
        """How many seconds to wait before the next message to this chat; counts it as sent."""
        now = self._clock()
        if len(self._free_at) > 10_000:
            self._free_at = {chat: free for chat, free in self._free_at.items() if free > now}
        known = self._free_at.get(chat_id, now)
        if known > now + 2 * CHAT_BURST * self._step:
            known = now  # the clock has been put back
        free_at = max(known, now) + self._step
        self._free_at[chat_id] = free_at
        return max(0.0, (free_at - now - CHAT_BURST * self._step).total_seconds())
