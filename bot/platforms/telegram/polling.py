"""Long polling: Telegram keeps an update until a later one is asked for.

So the next batch is asked for only when every update of this one is kept. The library's own
polling confirms a batch before it is handled.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, TelegramError

from bot.platforms.telegram.patience import Backoff, asked_for, patiently, said, until
from bot.platforms.telegram.receiving import ALLOWED_UPDATES, Batch, update_id

SECONDS = 50
"""How long Telegram holds an answer back while there is nothing to tell."""
LAST_WORD_SECONDS = 1.0

Receive = Callable[[Mapping[str, Any], Batch], Awaitable[None]]
Updates = list[dict[str, Any]]

log = structlog.get_logger(__name__)


class Client(Bot):
    """The library's client, which also gives updates as they come.

    Its own ``get_updates`` fails for a whole batch if one update cannot be read, and logs it all.
    """

    async def updates(
        self, offset: int | None, seconds: int = SECONDS, limit: int = 100
    ) -> Updates:
        """The updates from ``offset`` on; those before it are confirmed. Raises TelegramError."""
        wanted = {
            "offset": offset,
            "timeout": seconds,
            "limit": limit,
            "allowed_updates": ALLOWED_UPDATES,
        }
        found: Updates = await self._post("getUpdates", wanted, read_timeout=seconds + 10)
        return found


async def poll(client: Client, receive: Receive, backoff: Backoff, seconds: int = SECONDS) -> None:
    """Take updates until the program is asked to end; then confirm those that are kept."""
    stop = backoff.stop
    # Updates that came while there was a webhook wait for us.
    await patiently(
        "deleteWebhook", lambda: client.delete_webhook(drop_pending_updates=False), backoff
    )
    offset = confirmed = None
    while not stop.is_set():
        try:
            batch = await until(stop, client.updates(offset, seconds))
        except TelegramError as error:
            _complain(error)
            await backoff.wait(asked_for(error))
            continue
        if batch is None:
            break
        # Nothing left: nothing to confirm. And after a week without updates their ids start anew.
        confirmed = offset = offset if batch else None
        offset, failure = await _kept(receive, batch, offset)
        if failure is None:
            backoff.works()
        else:
            log.warning("updates are not kept yet", error=str(failure), count=len(batch))
            await backoff.wait()
    if offset != confirmed:
        await _confirm(client, offset)


async def _kept(
    receive: Receive, batch: Updates, offset: int | None
) -> tuple[int | None, BaseException | None]:
    """The next offset, before which all are kept; and, if not all are, why."""
    # Tasks begin in the order in which they are made, and so updates are kept in that order.
    together = Batch()
    results = await asyncio.gather(
        *(receive(data, together) for data in batch), return_exceptions=True
    )
    ids = {update_id(data): result for data, result in zip(batch, results, strict=True)}
    lost = [found for found, result in ids.items() if found is not None and result is not None]
    known = [found for found in ids if found is not None]
    following = min(lost) if lost else max(known, default=-1) + 1
    failure = next((result for result in results if result is not None), None)
    # What is delivered again must not take back what is confirmed.
    return max(following, offset or 0) or None, failure


def _complain(error: TelegramError) -> None:
    if isinstance(error, Conflict):
        log.warning("another program takes this bot's updates; end it", error=said(error))
    else:
        log.warning("no updates from Telegram", error=said(error))


async def _confirm(client: Client, offset: int | None) -> None:
    # What it gives is not looked at and not confirmed: it comes again at the next start.
    try:
        async with asyncio.timeout(LAST_WORD_SECONDS):
            await client.updates(offset, seconds=0, limit=1)
    except (TelegramError, TimeoutError):
        log.info("the last updates are not confirmed; they come again and are recognised")
