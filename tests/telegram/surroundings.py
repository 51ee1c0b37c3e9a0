"""What is around a dialogue: its rounds, codes for its officers, and a clock that is put forward.

Tests of any program may use it: ``url`` is the database as the program's setting names it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from dialogues import Dialogue
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import rounds, staff
from bot.config import Settings
from bot.database import open_database
from rules.rounds import Round

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that stands still until it is put forward; ``CLOCK_FILE`` of a process is its file.

    Raises FileNotFoundError in a process that reads it before it shows anything.
    """

    file: Path

    def shows(self, moment: datetime) -> None:
        """It is this moment from now on."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(moment.isoformat(), encoding="utf-8")
        fresh.replace(self.file)  # whoever reads it meanwhile reads one or the other


def prepared(url: str, dialogue: Dialogue) -> Mapping[str, str]:
    """Announce the dialogue's rounds, and make codes for its officers: each with its award."""

    async def work(connection: AsyncConnection) -> dict[str, str]:
        for each in dialogue.house.rounds:
            kept = await rounds.publish(connection, each, each.opens_since)
            assert kept.id == each.id
        end = dialogue.now + timedelta(days=1)
        return {
            await staff.invite(connection, award, end, dialogue.now): award
            for award in sorted(dialogue.house.officer_of)
        }

    return _done(url, work)


def announced(url: str) -> list[Round]:
    """All rounds in the database, also those that were taken back."""
    return _done(url, rounds.all_rounds)


def told(each: Round) -> tuple[object, ...]:
    """What a round tells people, and how often it was corrected."""
    milestones = [(milestone.title, milestone.day) for milestone in each.milestones]
    return (
        each.id, each.award, each.year, each.title, each.number, each.opens, each.closes,
        each.hand_in, each.where, milestones, each.version, each.withdrawn,
    )  # fmt: skip


def _done(url: str, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    async def opened() -> T:
        database = await open_database(Settings(database_url=url).database_url, alone=False)
        try:
            async with database.transaction() as connection:
                return await work(connection)
        finally:
            await database.close()

    return asyncio.run(opened())
