"""What a conversation has to know of the house: the rounds announced, who is an officer.

Both change a few times a year and are wanted with every update, so they are remembered for a
moment. When somebody is to be reminded is never reckoned from memory: a round that is announced at
the same moment would be missed for good.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import rounds, staff
from conversations.model import House
from rules.rounds import Round

REMEMBERED = timedelta(seconds=3)
"""For how long another process may not be seen to have changed something."""


@dataclass(frozen=True, slots=True)
class _Known:
    rounds: tuple[Round, ...]
    officers: Mapping[int, frozenset[str]]
    since: datetime


class Houses:
    """The house as a process knows it."""

    def __init__(self, retention_days: int) -> None:
        self.retention_days = retention_days
        self._known: _Known | None = None
        self._changed_at: datetime | None = None

    async def known(self, connection: AsyncConnection, now: datetime) -> _Known:
        """Rounds and officers, as they were a moment ago."""
        known = self._known
        if known is None or not known.since <= now < known.since + REMEMBERED:
            found = await rounds.current(connection, now)
            known = _Known(found, await staff.awards_of(connection), now)
            # What is being changed may not be committed: nothing is remembered of that moment.
            settled = self._changed_at is None or now >= self._changed_at + REMEMBERED
            self._known = known if settled else None
        return known

    def changed(self, now: datetime) -> None:
        """Forget everything: this process is changing it."""
        self._known, self._changed_at = None, now


class Lookup:
    """What one transaction knows of the house. Ask it once the chats are locked."""

    def __init__(self, connection: AsyncConnection, houses: Houses, now: datetime) -> None:
        self._connection, self._houses, self._now = connection, houses, now
        self._rounds: tuple[Round, ...] | None = None

    async def house(self, chat_id: int) -> House:
        """The house as it is for whoever speaks in a chat."""
        known = await self._houses.known(self._connection, self._now)
        officer_of = known.officers.get(chat_id, frozenset())
        return House(self._houses.retention_days, known.rounds, officer_of)

    async def rounds(self) -> tuple[Round, ...]:
        """The rounds as they stand at this very moment."""
        if self._rounds is None:
            self._rounds = await rounds.current(self._connection, self._now)
        return self._rounds

    def changed(self) -> None:
        """An order has been carried out: look again."""
        self._rounds = None
        self._houses.changed(self._now)
