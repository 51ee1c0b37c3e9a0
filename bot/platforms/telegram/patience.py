"""Waiting that ends when the program is asked to, and trying again until it works."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar

import structlog
from telegram.error import RetryAfter, TelegramError

WAITS = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between attempts: the first few soon, then as the last says."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


async def until(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """What ``work`` gives; None if the program is asked to end first, then it is broken off."""
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        return None
    finally:
        working.cancel()
        stopping.cancel()
        await asyncio.wait({working, stopping})


class Backoff:
    """Longer and longer waits, as long as nothing works."""

    def __init__(self, stop: asyncio.Event, waits: Sequence[float] = WAITS) -> None:
        self.stop = stop
        self._waits = waits
        self._failures = 0

    @property
    def first(self) -> bool:
        """Whether nothing has failed since it last worked."""
        return self._failures == 0

    def works(self) -> None:
        """Begin with the shortest wait the next time."""
        self._failures = 0

    async def wait(self, at_least: float = 0) -> None:
        """Wait for the next attempt, or until the program is asked to end."""
        seconds = self._waits[min(self._failures, len(self._waits) - 1)]
        self._failures += 1
        await until(self.stop, asyncio.sleep(max(seconds, at_least)))


async def patiently(
    what: str,
    call: Callable[[], Awaitable[T]],
    backoff: Backoff,
    final: tuple[type[TelegramError], ...] = (),
) -> T | None:
    """Call until it works; None if the program is asked to end. Errors in ``final`` are raised."""
    while not backoff.stop.is_set():
        try:
            result = await until(backoff.stop, _made(call))
        except final:
            raise
        except TelegramError as error:
            log.warning("Telegram is not reached", call=what, error=said(error))
            await backoff.wait(asked_for(error))
        else:
            backoff.works()
            return result
    return None


def asked_for(error: TelegramError) -> float:
    """How many seconds Telegram asks to wait, if it does."""
    if not isinstance(error, RetryAfter):
        return 0
    after: Any = error.retry_after
    return float(getattr(after, "total_seconds", lambda: after)())


def said(error: TelegramError) -> str:
    """What kind of error it is and what Telegram said, for the log."""
    return f"{type(error).__name__}: {error}"


async def _made(call: Callable[[], Awaitable[T]]) -> T:
    return await call()
