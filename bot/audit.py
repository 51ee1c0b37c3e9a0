"""The log of what officers have done: who, when, to what; never a word that was said.

Every function works within the caller's transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot.desk_tables import AuditRow
from bot.many import insert_many
from bot.tables import StaffRow
from conversations.tickets import Noted

AUDIT: Table = AuditRow.__table__  # type: ignore[attr-defined]
SHELL: Literal["shell"] = "shell"
"""Who does it, if it is done by a command of the program's."""

By = int | Literal["shell"]
"""The number of a chat, or the shell."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that was done, as it is kept; ``by`` is the number of a chat, or ``shell``."""

    at: datetime
    by: str
    action: str
    award: str | None
    subject: str


async def note(  # noqa: PLR0913, PLR0917 - what a line holds
    connection: AsyncConnection,
    by: By,
    action: str,
    award: str | None,
    subject: str,
    now: datetime,
) -> None:
    """Keep that something was done; ``subject`` is a kind of thing and its number."""
    row = {"at": now, "by": str(by), "action": action, "award": award, "subject": subject}
    await insert_many(connection, AUDIT, [row])


async def lines(connection: AsyncConnection, most: int) -> list[Line]:
    """What was done last, the latest first."""
    query = select(AUDIT).order_by(col(AuditRow.id).desc()).limit(most)
    found = await connection.execute(query)
    return [Line(row.at, row.by, row.action, row.award, row.subject) for row in found]


async def told(connection: AsyncConnection, most: int) -> tuple[Noted, ...]:
    """The same, with what colleagues call whoever did it, or the number of their chat."""
    labels: dict[str, str] = {}
    query = select(col(StaffRow.chat_id), col(StaffRow.id), col(StaffRow.label))
    for chat_id, number, label in await connection.execute(query.order_by(col(StaffRow.id))):
        labels[str(chat_id)] = labels.get(str(chat_id)) or label or f"#{number}"
    return tuple(
        Noted(line.at, labels.get(line.by, line.by), line.action, line.award, line.subject)
        for line in await lines(connection, most)
    )


async def remove_old(connection: AsyncConnection, before: datetime, most: int) -> int:
    """Forget what was done before that moment; gives how many lines."""
    old = select(col(AuditRow.id)).where(col(AuditRow.at) < before).limit(most)
    return (await connection.execute(delete(AuditRow).where(col(AuditRow.id).in_(old)))).rowcount
