"""How long the offices take to answer, reckoned from what they have answered last."""

from collections.abc import Mapping
from datetime import timedelta
from statistics import median

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot.desk_tables import TicketRow
from conversations.working_time import worked_between
from conversations.writing import zone_of
from knowledge.load import awards as award_ids

COUNTED = 20
"""Answers that are looked at; older ones say little of how it is now."""
FEWEST = 5
"""Of fewer answers than these nothing can be said."""


async def usual(connection: AsyncConnection) -> Mapping[str, timedelta]:
    """The office's working time from a question to its first answer, half of them sooner.

    By award; none of those that have answered too seldom. Works within a transaction.
    """
    found: dict[str, timedelta] = {}
    for award in award_ids():
        query = (
            select(col(TicketRow.opened), col(TicketRow.answered_at))
            .where(col(TicketRow.award) == award, col(TicketRow.answered_at).is_not(None))
            .order_by(col(TicketRow.answered_at).desc())
            .limit(COUNTED)
        )
        zone = zone_of(award)
        times = [
            worked_between(opened, answered, zone).total_seconds()
            for opened, answered in await connection.execute(query)
            if answered is not None
        ]
        if len(times) >= FEWEST:
            found[award] = timedelta(seconds=median(times))
    return found
