"""What the figures are counted from: questions that were asked, screenings that were looked at.

Of all updates in a transaction in one statement each; an update that tells nothing costs nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot.many import insert_many, upsert_many
from bot.office_tables import QuestionAskedRow, ScreenedRow
from conversations.model import Asked, Reply, Screened, State

QUESTION: Table = QuestionAskedRow.__table__  # type: ignore[attr-defined]
SCREENED: Table = ScreenedRow.__table__  # type: ignore[attr-defined]
# By the clock of the offices, of which all are in China.
_ZONE = ZoneInfo("Asia/Shanghai")
_UNREAD = ("unsure", "unanswered")


@dataclass(slots=True)
class Tallies:
    """What the replies of a transaction tell, to be kept at its end."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    screened: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)

    def take(
        self, chat_id: int, replies: Sequence[Reply], after: State | None, now: datetime
    ) -> tuple[Reply, ...]:
        """Note what replies tell; gives them without it: it is not to be kept with the messages."""
        if not any(reply.tells for reply in replies):
            return tuple(replies)
        day = now.astimezone(_ZONE).date().isoformat()
        for reply in replies:
            match reply.tells:
                case Asked() as told:
                    consents = after is not None and after.shows_questions
                    self.asked.append(_asked(chat_id, told, day, consents=consents))
                case Screened() as told:
                    self.screened[chat_id, told.screening] = _screened(chat_id, told, day)
        return tuple(replace(reply, tells=None) for reply in replies)

    async def keep(self, connection: AsyncConnection) -> None:
        """Write what was noted."""
        if self.asked:
            await insert_many(connection, QUESTION, self.asked)
        if self.screened:
            rows = [self.screened[key] for key in sorted(self.screened)]
            await upsert_many(connection, SCREENED, rows, ("chat_id", "screening"))


def _asked(chat_id: int, told: Asked, day: str, *, consents: bool) -> dict[str, Any]:
    return {
        "day": day,
        "award": told.awards[0] if len(told.awards) == 1 else None,
        "topic": told.topic,
        "outcome": told.outcome,
        "office": told.office,
        "chat_id": chat_id,
        "body": told.text if consents and told.outcome in _UNREAD else None,
    }


def _screened(chat_id: int, told: Screened, day: str) -> dict[str, Any]:
    return {
        "chat_id": chat_id,
        "screening": told.screening,
        "day": day,
        "award": told.award,
        "track": told.track,
        "outcome": told.outcome,
        "failing": json.dumps(told.failing),
    }


async def hidden(connection: AsyncConnection, chat_id: int) -> None:
    """Forget the words of a chat's questions: it no longer lets officers see them."""
    mine = col(QuestionAskedRow.chat_id) == chat_id
    await connection.execute(update(QuestionAskedRow).where(mine).values(body=None))


async def remove_old(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Forget what was asked before that moment; gives how much."""
    day = before.astimezone(_ZONE).date().isoformat()
    old = select(col(QuestionAskedRow.id)).where(col(QuestionAskedRow.day) < day).limit(most)
    gone = delete(QuestionAskedRow).where(col(QuestionAskedRow.id).in_(old))
    return (await connection.execute(gone)).rowcount
