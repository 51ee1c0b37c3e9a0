"""What is done with an update, however it has come."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import structlog
from telegram import Bot

from bot import metrics
from bot.app import Clock
from bot.errors import DatabaseError
from bot.logs import handling, place
from bot.platform import Incoming
from bot.platforms.telegram.background import Background
from bot.platforms.telegram.courtesies import Courtesies
from bot.platforms.telegram.incoming import Arrival, InlineQuery, incoming
from bot.platforms.telegram.sending import answer, turn_page
from conversations.model import State

ALLOWED_UPDATES = (
    "message", "edited_message", "callback_query", "my_chat_member", "inline_query",
)  # fmt: skip
"""The kinds of update that Telegram is asked for."""

log = structlog.get_logger(__name__)


class Accepts(Protocol):
    """What keeps updates: the service."""

    async def accept(self, incoming: Incoming) -> None:
        """Returns after the commit. Raises DatabaseError; then nothing has happened."""

    async def ping(self) -> None:
        """Raises DatabaseError if the database cannot be reached."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Updates that came together: those of one chat are kept one after the other.

    Once one could not be kept, those behind it are not tried.
    """

    _turns: defaultdict[str, asyncio.Lock] = field(
        default_factory=lambda: defaultdict(asyncio.Lock)
    )
    _lost: dict[str, str] = field(default_factory=dict)

    @asynccontextmanager
    async def turn(self, address: str) -> AsyncIterator[None]:
        """Meanwhile it is a chat's next update's turn. Raises DatabaseError if one was lost."""
        async with self._turns[address]:  # in the order in which they ask
            if address in self._lost:
                raise DatabaseError(self._lost[address])
            try:
                yield
            except DatabaseError as error:
                self._lost[address] = str(error)
                raise


@dataclass(frozen=True, slots=True)
class Receiver:
    """Takes updates as Telegram writes them; ``inline`` has an inline query answered, sometime."""

    bot: Bot
    service: Accepts
    courtesies: Courtesies
    background: Background
    clock: Clock
    inline: Callable[[InlineQuery], None]

    async def receive(self, data: Mapping[str, Any], batch: Batch | None = None) -> None:
        """Deal with an update: returns when it is kept, or when it says nothing that concerns us.

        Updates are kept in the order in which this is called; in a ``batch`` also if one of them
        cannot be. A tap is answered meanwhile.
        Raises DatabaseError; then it is to be delivered again.
        """
        with handling(data.get("update_id")):
            arrival = self._read(data)
            if arrival is None:
                return
            if arrival.inline is not None:
                self.inline(arrival.inline)
            if arrival.callback_id is not None:
                self.background.start(answer(self.bot, arrival.callback_id, notice=arrival.notice))
            if arrival.calendar is not None:
                metrics.UPDATES.labels("calendar", "done").inc()
                today = self.clock().astimezone(ZoneInfo(State().timezone)).date()
                self.background.start(turn_page(self.bot, arrival.calendar, today))
            if arrival.incoming is not None:
                async with (batch or Batch()).turn(arrival.incoming.address):
                    await self._keep(arrival.incoming, private=arrival.private)

    def _read(self, data: Mapping[str, Any]) -> Arrival | None:
        try:
            return incoming(data, self.bot.username, self.bot.id)
        except Exception as error:  # noqa: BLE001 - it would fail every time, and block the rest
            metrics.UPDATES.labels("unknown", "failed").inc()
            log.warning("an update cannot be read", error=type(error).__name__, at=place(error))
            return None

    async def _keep(self, arrived: Incoming, *, private: bool) -> None:
        if private:
            self.courtesies.received(arrived)
        try:
            await self.service.accept(arrived)
        except DatabaseError:
            self.courtesies.over(arrived.address)
            raise
        except Exception as error:  # noqa: BLE001 - it would fail every time, and block the rest
            self.courtesies.over(arrived.address)
            log.error("an update was given up", error=type(error).__name__, at=place(error))  # noqa: TRY400 - a traceback could quote it


def parse(body: bytes) -> dict[str, Any] | None:
    """An update of its JSON; None if it is nothing that could be acknowledged by its id."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and update_id(data) is not None else None


def update_id(data: object) -> int | None:
    """The id of an update, if it is one."""
    found = data.get("update_id") if isinstance(data, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None
