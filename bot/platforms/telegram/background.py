"""What goes on beside the handling of updates, and what may be left out when the program ends."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.logs import place

log = structlog.get_logger(__name__)


class Background:
    """Tasks for which nobody waits. What goes wrong in one is logged."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Have it done, beginning as soon as there is a moment."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def finish(self, seconds: float) -> None:
        """Give what is under way some seconds, and break off the rest."""
        if self._tasks:
            _, late = await asyncio.wait([*self._tasks], timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            log.warning("something failed", error=type(error).__name__, at=place(error))
