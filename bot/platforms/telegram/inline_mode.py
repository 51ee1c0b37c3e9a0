"""Inline mode: somebody types the bot's name and a question in another chat, and gets results.

Nothing of it is kept: a query is no update of a chat, and one that is lost is asked again with
the next letter. So it is acknowledged at once, and answered beside everything else.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from telegram import Bot
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot import metrics
from bot.app import Clock
from bot.logs import place
from bot.platforms.telegram.incoming import InlineQuery
from bot.platforms.telegram.inline_answers import Result, results
from bot.platforms.telegram.sending import first_words
from conversations.model import State

SECONDS = 8.0
"""How old a query can be and still be answered: Telegram gives it up after about ten."""
MOST_WAITING = 64
"""People whose queries can wait at the same time."""
CACHE_SECONDS = 300
"""For how long Telegram may give the same person the same results."""

_ANSWER = "AnswerInlineQuery"
# Beginnings of what the Bot API says if it is too late: whoever typed has gone on.
_TOO_LATE = ("query is too old", "query_id_invalid")

log = structlog.get_logger(__name__)

Find = Callable[[str, str, date], tuple[Result, ...]]
Start = Callable[[Coroutine[Any, Any, object]], None]


@dataclass(frozen=True, slots=True)
class _Waiting:
    query: InlineQuery
    since: float


class InlineMode:
    """Answers queries one after the other; of one person only the newest is of use.

    ``find`` looks for results, apart from the event loop; ``start`` has something done in the
    background.
    """

    def __init__(self, bot: Bot, start: Start, clock: Clock, find: Find = results) -> None:
        self._bot, self._start, self._clock, self._find = bot, start, clock, find
        self._waiting: dict[int, _Waiting] = {}
        self._working = False

    def received(self, query: InlineQuery) -> None:
        """Have it answered, instead of what the same person typed before."""
        self._waiting.pop(query.user, None)
        if len(self._waiting) >= MOST_WAITING:
            self._drop(next(iter(self._waiting)))
        self._waiting[query.user] = _Waiting(query, time.monotonic())
        if not self._working:
            self._working = True
            self._start(self._work())

    def _drop(self, user: int) -> None:
        del self._waiting[user]
        metrics.UPDATES.labels("inline_query", "dropped").inc()

    async def _work(self) -> None:
        try:
            while self._waiting:
                user, waiting = next(iter(self._waiting.items()))
                if time.monotonic() - waiting.since > SECONDS:
                    self._drop(user)
                    continue
                del self._waiting[user]
                await self._look_up(waiting.query)
        finally:
            self._working = False

    async def _look_up(self, query: InlineQuery) -> None:
        today = self._clock().astimezone(ZoneInfo(State().timezone)).date()
        try:
            found = await asyncio.to_thread(self._find, query.text, query.locale, today)
        except Exception as error:  # noqa: BLE001 - the next query may go well
            # Neither the text nor the traceback is logged: both can quote what somebody typed.
            kind, at = type(error).__name__, place(error)
            metrics.UPDATES.labels("inline_query", "failed").inc()
            log.error("an inline query has no results", error=kind, at=at)  # noqa: TRY400
            return
        self._start(give(self._bot, query.id, found))


async def give(bot: Bot, query_id: str, found: tuple[Result, ...]) -> None:
    """Give Telegram the results of a query, once; what fails is not tried again."""
    given = {
        "inline_query_id": query_id,
        "results": [_article(result) for result in found],
        "cache_time": CACHE_SECONDS,
        # The same words are answered in another language to somebody else.
        "is_personal": True,
    }
    try:
        await bot.do_api_request(_ANSWER, given)
    except TelegramError as error:
        _lost(error)
    else:
        metrics.UPDATES.labels("inline_query", "done").inc()


def _lost(error: TelegramError) -> None:
    metrics.UPDATES.labels("inline_query", "dropped").inc()
    if isinstance(error, BadRequest) and error.message.lower().startswith(_TOO_LATE):
        return
    reason = "too many requests" if isinstance(error, RetryAfter) else first_words(error)
    log.info("an inline query stays unanswered", error=type(error).__name__, reason=reason)


def _article(result: Result) -> dict[str, Any]:
    return {
        "type": "article",
        "id": result.id,
        "title": result.title,
        "description": result.description,
        "input_message_content": {
            "message_text": result.html,
            "parse_mode": ParseMode.HTML,
            "link_preview_options": {"is_disabled": True},
        },
    }
