"""What the tests of the adapter share: a service that only notes, and clients of the stand-in."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from standin import StandIn

from bot.clock import now
from bot.errors import DatabaseError
from bot.platform import Incoming
from bot.platforms.telegram.background import Background
from bot.platforms.telegram.courtesies import Courtesies
from bot.platforms.telegram.inline_answers import results
from bot.platforms.telegram.inline_mode import Find, InlineMode
from bot.platforms.telegram.patience import Backoff
from bot.platforms.telegram.polling import Client
from bot.platforms.telegram.receiving import Receiver
from bot.platforms.telegram.request import AiohttpRequest

SOON = 0.01


@dataclass
class Noting:
    """A service that notes what it is given, in the order in which it is given it.

    ``begun`` is set once it is given something; ``open`` lets what is given be kept; ``away`` is
    how often the database will be away.
    """

    given: list[Incoming] = field(default_factory=list)
    kept: list[Incoming] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    away: int = 0

    async def accept(self, incoming: Incoming) -> None:
        """Keep an update, once ``open``."""
        self.given.append(incoming)
        self.begun.set()
        await self.open.wait()
        await self.ping()
        self.kept.append(incoming)

    async def ping(self) -> None:
        """Raises DatabaseError as often as it is to."""
        if self.away:
            self.away -= 1
            raise DatabaseError("db: connection refused")

    @property
    def ids(self) -> list[int]:
        """The updates that are kept."""
        return [int(each.update_id) for each in self.kept]


@asynccontextmanager
async def client_of(telegram: StandIn, token: str | None = None) -> AsyncIterator[Client]:
    """A client of the stand-in, which knows who it is if the token is right."""
    client = Client(
        token or telegram.token,
        telegram.base,
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )
    if token is None:
        await client.initialize()
    try:
        yield client
    finally:
        await client.shutdown()


async def _nothing(*_: str) -> None:
    pass


def receiver_of(client: Client, service: Noting, find: Find = results) -> Receiver:
    """What takes updates to the service, without courtesies; ``find`` answers inline queries."""
    background = Background()

    def start(work: Coroutine[Any, Any, object]) -> None:
        work.close()

    courtesies = Courtesies(_nothing, _nothing, start)
    inline = InlineMode(client, background.start, now, find)
    return Receiver(client, service, courtesies, background, now, inline.received)


def hasty(stop: asyncio.Event | None = None) -> Backoff:
    """Attempts that follow each other without much waiting."""
    return Backoff(stop or asyncio.Event(), (SOON,))
