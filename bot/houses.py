"""What a conversation has to know of the house: the rounds announced, who is an officer, tickets.

Rounds and officers change a few times a year and are wanted with every update, so they are
remembered for a moment. When somebody is to be reminded is never reckoned from memory: a round that
is announced at the same moment would be missed for good. Tickets are looked up, for those who have
to do with any.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot import answer_times, office_answers, rounds, staff, tickets
from bot.desk_tables import DeskGroupRow
from bot.staff import Officer
from bot.store import Chat
from bot.tables import ChatRow
from conversations.canned import Canned
from conversations.model import House, OfficeAnswer
from conversations.tickets import Colleague, Ticket
from rules.rounds import Round

REMEMBERED = timedelta(seconds=3)
"""For how long another process may not be seen to have changed something."""
RECKONED = timedelta(minutes=10)
"""For how long it is remembered how long an answer usually takes."""


@dataclass(frozen=True, slots=True)
class _Known:
    rounds: tuple[Round, ...]
    officers: tuple[Officer, ...]
    groups: Mapping[int, frozenset[str]]
    answers: tuple[OfficeAnswer, ...]
    canned: tuple[Canned, ...]
    since: datetime


class Houses:
    """The house as a process knows it."""

    def __init__(self, retention_days: int) -> None:
        self.retention_days = retention_days
        self._known: _Known | None = None
        self._changed_at: datetime | None = None
        self._usual: tuple[Mapping[str, timedelta], datetime] | None = None

    async def known(self, connection: AsyncConnection, now: datetime) -> _Known:
        """Rounds and officers, as they were a moment ago."""
        known = self._known
        if known is None or not known.since <= now < known.since + REMEMBERED:
            found = await rounds.current(connection, now)
            officers = tuple(await staff.officers(connection))
            answers = await office_answers.standing(connection)
            canned = await office_answers.all_canned(connection)
            groups = await _groups(connection)
            known = _Known(found, officers, groups, answers, canned, now)
            # What is being changed may not be committed: nothing is remembered of that moment.
            settled = self._changed_at is None or now >= self._changed_at + REMEMBERED
            self._known = known if settled else None
        return known

    async def usual(self, connection: AsyncConnection, now: datetime) -> Mapping[str, timedelta]:
        """How long an answer usually takes, by award; as it was some minutes ago."""
        if self._usual is None or not self._usual[1] <= now < self._usual[1] + RECKONED:
            self._usual = (await answer_times.usual(connection), now)
        return self._usual[0]

    def changed(self, now: datetime) -> None:
        """Forget everything: this process is changing it."""
        self._known, self._changed_at = None, now


class Lookup:
    """What one transaction knows of the house. Ask it once the chats are locked."""

    def __init__(self, connection: AsyncConnection, houses: Houses, now: datetime) -> None:
        self._connection, self._houses, self._now = connection, houses, now
        self._rounds: tuple[Round, ...] | None = None

    async def house(self, chat: Chat) -> House:
        """The house as it is for whoever speaks in a chat of their own."""
        known = await self._houses.known(self._connection, self._now)
        return await self._seen(known, chat.id, desk=chat.desk)

    async def in_group(self, chat: Chat, platform: str, speaker: str) -> tuple[House, int]:
        """The house as it is for somebody who speaks in a group, and the number of their own chat.

        That is 0 if they have none.
        """
        known = await self._houses.known(self._connection, self._now)
        query = select(col(ChatRow.id)).where(
            col(ChatRow.platform) == platform, col(ChatRow.address) == speaker
        )
        own = (await self._connection.execute(query)).scalar_one_or_none() or 0
        house = await self._seen(known, own, desk=False)
        desk_of = known.groups.get(chat.id, frozenset())
        return replace(house, in_group=True, desk_of=desk_of), own

    async def office(self, chat_id: int) -> House:
        """The house as it is for a chat of the office's that is told something: no tickets."""
        known = await self._houses.known(self._connection, self._now)
        group = known.groups.get(chat_id)
        if group is None:
            return await self._seen(known, chat_id, desk=False, look=False)
        return House(officer_of=group, in_group=True, desk_of=group)

    async def _seen(self, known: _Known, chat_id: int, *, desk: bool, look: bool = True) -> House:
        mine = [each for each in known.officers if each.chat_id == chat_id]
        awards = frozenset[str]().union(*(each.awards for each in mine))
        seen: tuple[Ticket, ...] = ()
        if look and (desk or awards):
            seen = await tickets.seen_by(self._connection, chat_id, awards, self._now)
        return House(
            retention_days=self._houses.retention_days,
            rounds=known.rounds,
            officer_of=awards,
            numbers=frozenset(each.id for each in mine),
            is_admin=any(each.administrator for each in mine),
            tickets=seen,
            colleagues=tuple(_colleague(each) for each in known.officers) if awards else (),
            staffed=frozenset[str]().union(*(each.awards for each in known.officers)),
            usual=await self._houses.usual(self._connection, self._now),
            office_answers=known.answers,
            canned=known.canned if awards else (),
        )

    async def rounds(self) -> tuple[Round, ...]:
        """The rounds as they stand at this very moment."""
        if self._rounds is None:
            self._rounds = await rounds.current(self._connection, self._now)
        return self._rounds

    def changed(self) -> None:
        """An order has been carried out: look again."""
        self._rounds = None
        self._houses.changed(self._now)


async def _groups(connection: AsyncConnection) -> Mapping[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for chat_id, award in await connection.execute(
        select(col(DeskGroupRow.chat_id), col(DeskGroupRow.award))
    ):
        found[chat_id] = found.get(chat_id, frozenset()) | {award}
    return found


def _colleague(officer: Officer) -> Colleague:
    return Colleague(officer.id, officer.label, officer.award, officer.administrator)
