"""Sending what is kept: in order per chat, many chats at a time, until the platform has it."""

import asyncio
import random
import time
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot import metrics
from bot.app import Attempt, Turn
from bot.budget import Budget, Pace
from bot.errors import DatabaseError
from bot.outgoing import Priority
from bot.platform import (
    ChatLeft,
    ChatMoved,
    OutgoingMessage,
    Platform,
    TryLater,
    Undeliverable,
)
from bot.writer import Writer

MOST_AT_ONCE = 64
"""Messages under way to the platform at the same moment."""
LONGEST_WAIT = 300.0
"""Seconds between two attempts, if the platform does not say how long to wait."""
MOST_PATIENT = MOST_AT_ONCE // 2
"""How many of them may be reminders and broadcasts, at most."""
PATIENT_SECONDS = 0.25
"""They are no more than the budget allows in that time: a process that dies repeats no others."""
HELD_SURELY = 0.25
"""The part of the time that a chat is held in which a message to it may still be begun."""
_LIMITED_TOGETHER = 5.0
_REMEMBERED = 4096

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Offered:
    message: OutgoingMessage
    turn: Turn
    since: float | None = None


class Outbox:
    """Sends messages by one task a chat, and has every attempt noted before the next.

    Replies are begun at once. Reminders and broadcasts stand in a line and are begun one by one, as
    the budget allows; a reply in the same chat goes ahead of them.
    """

    def __init__(
        self,
        platform: Platform[Any],
        writer: Writer,
        budget: Budget,
        pace: Pace,
        hold_seconds: float,
    ) -> None:
        self._platform, self._writer = platform, writer
        self._budget, self._pace = budget, pace
        self._reserve = timedelta(seconds=(1 - HELD_SURELY) * hold_seconds)
        self._longest = (1 - HELD_SURELY) * hold_seconds * 0.95
        self._places = asyncio.Semaphore(MOST_AT_ONCE)
        enough = max(1, round(PATIENT_SECONDS * budget.rate))
        self._patient_places = asyncio.Semaphore(min(enough, MOST_PATIENT, MOST_AT_ONCE))
        # Half of what can be begun in time: a chat is held only for so long.
        self._line = max(1, round(budget.rate * HELD_SURELY * hold_seconds / 2))
        self._patient: dict[int, _Offered] = {}
        self._starting: asyncio.Task[None] | None = None
        self._active: dict[int, asyncio.Task[None]] = {}
        self._offered: dict[int, _Offered] = {}
        self._noted_as: OrderedDict[int, int] = OrderedDict()
        self._limited: deque[tuple[float, int]] = deque(maxlen=8)
        self._stopping = False

    @property
    def room(self) -> int:
        """How many more chats can be sent to at once."""
        return max(0, MOST_AT_ONCE - len(self._active))

    @property
    def room_in_line(self) -> int:
        """How many more chats can wait for their reminders and broadcasts to be sent."""
        most = min(self._line, MOST_AT_ONCE)
        return max(0, most - len(self._active) - len(self._patient))

    def offer(self, turn: Turn, since: float | None = None) -> None:
        """Send what there is to send in a chat that this process holds.

        ``since`` is when the update came that it answers, by time.perf_counter.
        """
        if turn.message is None or self._stopping:
            return
        chat_id, offered = turn.message.chat_id, _Offered(turn.message, turn, since)
        if chat_id in self._active:
            known = self._offered.setdefault(chat_id, offered)
            if known.turn.number < turn.number:
                self._offered[chat_id] = offered
        elif turn.number >= self._noted_as.get(chat_id, 0):  # else it has been sent meanwhile
            in_line = self._patient.get(chat_id)
            if in_line is None or in_line.turn.number <= turn.number:
                self._begin(chat_id, offered)

    def _begin(self, chat_id: int, offered: _Offered) -> None:
        if self._stopping:
            return
        if offered.message.priority == Priority.REPLY:
            self._patient.pop(chat_id, None)
            self._start(chat_id, offered)
            return
        self._patient[chat_id] = offered
        if self._starting is None or self._starting.done():
            self._starting = asyncio.create_task(self._start_patient())

    def _start(self, chat_id: int, offered: _Offered, *, paid: bool = False) -> asyncio.Task[None]:
        task = asyncio.create_task(self._run(chat_id, offered, paid=paid))
        self._active[chat_id] = task
        return task

    async def _start_patient(self) -> None:
        """Begin what stands in line, the most urgent first, each when it may be sent."""
        while self._patient and not self._stopping:
            await self._patient_places.acquire()
            first = self._first_in_line()
            paid = first is not None and await self._to_wait(first) is None
            # Meanwhile something more urgent may have come, or a reply have taken its chat.
            first = self._first_in_line()
            if first is None or self._stopping:
                self._patient_places.release()
                return
            chat_id = first.message.chat_id
            del self._patient[chat_id]
            task = self._start(chat_id, first, paid=paid)
            task.add_done_callback(lambda _: self._patient_places.release())

    def _first_in_line(self) -> _Offered | None:
        return min(self._patient.values(), key=lambda each: each.message.priority, default=None)

    @property
    def _under_way(self) -> list[asyncio.Task[None]]:
        starting = self._starting is not None and not self._starting.done()
        return [*self._active.values(), *([self._starting] if self._starting and starting else [])]

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        while tasks := self._under_way:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)

    async def stop(self, seconds: float) -> None:
        """Begin nothing more, and give what is under way ``seconds`` to end."""
        self._stopping = True
        tasks = self._under_way
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, chat_id: int, offered: _Offered, *, paid: bool) -> None:
        current: _Offered | None = offered
        try:
            while current is not None and not self._stopping:
                turn = await self._delivered(current, paid=paid)
                paid, current = False, None if turn is None else self._following(chat_id, turn)
                if current is not None and current.message.priority != Priority.REPLY:
                    break  # it stands in line like all others
        finally:  # in the same breath as the last look at what was offered
            del self._active[chat_id]
            self._offered.pop(chat_id, None)
        if current is not None:
            self._begin(chat_id, current)

    def _following(self, chat_id: int, turn: Turn) -> _Offered | None:
        self._noted_as[chat_id] = turn.number
        self._noted_as.move_to_end(chat_id)
        if len(self._noted_as) > _REMEMBERED:
            self._noted_as.popitem(last=False)
        # What was offered before the attempt was noted is what has just been tried.
        offered = self._offered.pop(chat_id, None)
        if offered is not None and offered.turn.number >= turn.number:
            return offered
        return None if turn.message is None else _Offered(turn.message, turn)

    async def _delivered(self, offered: _Offered, *, paid: bool) -> Turn | None:
        """Send the next part of a message; gives what follows, or None if the program is ending."""
        message = offered.message
        try:
            parts = self._platform.parts(message)
        except Exception as error:  # noqa: BLE001 - it would fail every time
            log.error("a message cannot be shown", chat=message.chat_id, error=type(error).__name__)  # noqa: TRY400 - a traceback could quote it
            return await self._noted(
                Attempt(message, "failed", error=f"cannot be shown: {type(error).__name__}")
            )
        if message.parts_sent >= len(parts):
            return await self._noted(Attempt(message, "sent", message.parts_sent))
        part = parts[message.parts_sent]
        attempt = await self._attempt(offered, part, len(parts), paid=paid)
        if attempt is None:
            return None
        if offered.since is not None and attempt.outcome in ("part", "sent"):
            metrics.REPLY_SECONDS.observe(time.perf_counter() - offered.since)
        return await self._noted(attempt)

    async def _attempt(
        self, offered: _Offered, part: object, parts: int, *, paid: bool
    ) -> Attempt | None:
        message, done = offered.message, offered.message.parts_sent
        await asyncio.sleep(self._pace.wait(message.chat_id))
        async with self._places:
            wait = self._in_the_way(offered) if paid else await self._to_wait(offered)
            if self._stopping:
                return None
            if wait is not None:
                return Attempt(message, "later", done, seconds=wait)
            try:
                async with asyncio.timeout(self._longest):
                    sent_as = await self._platform.send(message, part)
            except Exception as error:  # noqa: BLE001 - each has its meaning
                return await self._trouble(message, error)
        metrics.SENDS.labels("sent").inc()
        return Attempt(message, "sent" if done + 1 == parts else "part", done + 1, sent_as)

    async def _trouble(self, message: OutgoingMessage, error: Exception) -> Attempt:
        done, said = message.parts_sent, str(error)
        match error:
            case Undeliverable():
                metrics.SENDS.labels("failed").inc()
                return Attempt(message, "failed", done, error=said)
            case ChatLeft():
                metrics.SENDS.labels("left").inc()
                return Attempt(message, "left", done, error=said)
            case ChatMoved(address=address):
                metrics.SENDS.labels("moved").inc()
                return Attempt(message, "moved", done, error=said, address=address)
            case TryLater():
                return await self._later(message, error)
        log.error("sending failed", chat=message.chat_id, error=type(error).__name__)
        return await self._later(message, TryLater(type(error).__name__))

    def _begun_by(self, offered: _Offered) -> datetime:
        # Later than that, somebody else may be sending before this is sent.
        return offered.turn.until - self._reserve

    def _in_the_way(self, offered: _Offered) -> float | None:
        """For how many seconds something stands in the way of a message that may be sent."""
        if paused := self._budget.paused:
            return paused
        return 0.0 if self._budget.too_late(self._begun_by(offered)) else None

    async def _to_wait(self, offered: _Offered) -> float | None:
        """Wait until a message may be sent; else how many seconds to wait without a place."""
        if paused := self._budget.paused:
            return paused
        try:
            in_time = await self._budget.take(self._begun_by(offered), offered.message.priority)
        except DatabaseError as error:
            log.warning("the sending budget cannot be read", error=str(error))
            return 1.0
        return self._budget.paused or (None if in_time else 0.0)

    async def _later(self, message: OutgoingMessage, later: TryLater) -> Attempt:
        metrics.SENDS.labels("limited" if later.limited else "later").inc()
        seconds = later.seconds
        if seconds is None:
            # Not all of them at the same moment, when the platform comes back.
            seconds = min(LONGEST_WAIT, 2.0 ** min(message.attempts, 9)) * random.uniform(0.5, 1)  # noqa: S311 - no secret
        if later.limited:
            await self._limit(message.chat_id, seconds)
        log.info("not sent yet", chat=message.chat_id, reason=str(later), seconds=round(seconds, 1))
        done = message.parts_sent
        return Attempt(message, "later", done, error=str(later), seconds=seconds)

    async def _limit(self, chat_id: int, seconds: float) -> None:
        # The platform doesn't say whom it means. Two chats at once: everybody.
        now = time.monotonic()
        self._limited.append((now, chat_id))
        others = {
            chat for moment, chat in self._limited if now - moment < _LIMITED_TOGETHER
        } - {chat_id}  # fmt: skip
        if not others:
            return
        try:
            await self._budget.pause(seconds)
        except DatabaseError as error:
            log.warning("the other processes do not know of a pause", error=str(error))

    async def _noted(self, attempt: Attempt) -> Turn:
        # What was sent must be known before the next is sent.
        while True:
            try:
                return await self._writer.record(attempt)
            except DatabaseError as error:
                log.warning("an attempt is not noted yet", error=str(error))
            except Exception as error:  # noqa: BLE001 - sent again without end, if this gave up
                log.error("an attempt cannot be noted", error=type(error).__name__)  # noqa: TRY400 - a traceback could quote a message
            await asyncio.sleep(1)
