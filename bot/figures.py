"""The figures of an award's office, counted in the database: no row of anybody leaves it.

Every function works within the caller's transaction. What may be shown is decided in
``conversations.figures``.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, and_, case, cast, distinct, func, select
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot.desk_tables import TicketRow
from bot.many import on_server
from bot.office_tables import QuestionAskedRow, ScreenedRow
from conversations.counting import FEWEST
from conversations.figures import Counted, Figures, Group, Name, counted, too_few
from conversations.working_time import worked_between
from conversations.writing import zone_of

MOST_TEXTS = 20
# Beyond these the day before or after could not be named.
_FIRST, _LAST = date(1900, 1, 1), date(9000, 1, 1)


async def gathered(
    connection: AsyncConnection, award: str | None, first: date, last: date
) -> Figures:
    """The figures of an award, or of questions about no single one, both days included."""
    tables: dict[Name, Counted] = {}
    about = col(QuestionAskedRow.award)
    asked = _within(col(QuestionAskedRow.day), first, last) & (
        about.is_(None) if award is None else about == award
    )
    chat = col(QuestionAskedRow.chat_id)
    topic = func.coalesce(col(QuestionAskedRow.topic), "")
    by_office = and_(col(QuestionAskedRow.office), col(QuestionAskedRow.outcome) == "answered")
    outcome = case((by_office, "office"), else_=col(QuestionAskedRow.outcome))
    tables["topics"] = await _counted(connection, topic, chat, asked)
    tables["outcomes"] = await _counted(connection, outcome, chat, asked)
    found = Figures(award, first, last, tables, await _texts(connection, asked))
    if award is None:
        return found
    screened = _within(col(ScreenedRow.day), first, last) & (col(ScreenedRow.award) == award)
    chat = col(ScreenedRow.chat_id)
    tables["screenings"] = await _counted(connection, col(ScreenedRow.outcome), chat, screened)
    tables["criteria"] = await _failing(connection, screened)
    return await _with_tickets(connection, found, award)


def _within(day: Any, first: date, last: date) -> ColumnElement[bool]:  # noqa: ANN401 - a column
    found: ColumnElement[bool] = day.between(first.isoformat(), last.isoformat())
    return found


async def _counted(
    connection: AsyncConnection,
    key: Any,  # noqa: ANN401 - a column
    chat: Any,  # noqa: ANN401 - a column
    which: ColumnElement[bool],
) -> Counted:
    """A table in which everything counts once."""
    kind = key.label("kind")
    query = select(kind, func.count(), func.count(distinct(chat))).where(which).group_by(kind)
    groups = [Group(*row) for row in await connection.execute(query)]
    few, together = too_few(groups), 0
    if few:
        behind = select(func.count(distinct(chat))).where(which, key.in_(few))
        together = (await connection.execute(behind)).scalar_one()
    return counted(groups, together)


async def _failing(connection: AsyncConnection, which: ColumnElement[bool]) -> Counted:
    """How many screenings do not meet each criterion; one screening can stand in several."""
    listed = col(ScreenedRow.failing)
    each = (
        func.json_array_elements_text(cast(listed, JSON)).column_valued(
            "each_one", joins_implicitly=True
        )
        if on_server(connection)
        else func.json_each(listed).table_valued("value", joins_implicitly=True).c.value
    )
    chats = func.count(distinct(col(ScreenedRow.chat_id)))
    query = select(each, func.count()).select_from(ScreenedRow).where(which)
    rows = await connection.execute(query.group_by(each).having(chats >= FEWEST))
    ranked = sorted(((key, count) for key, count in rows), key=lambda row: (-row[1], row[0]))
    return Counted(tuple(ranked))


async def _texts(connection: AsyncConnection, asked: ColumnElement[bool]) -> tuple[str, ...]:
    """What was not understood, as far as those who asked let it be seen; the latest first."""
    query = (
        select(col(QuestionAskedRow.body))
        .where(
            asked,
            col(QuestionAskedRow.outcome).in_(("unsure", "unanswered")),
            col(QuestionAskedRow.body).is_not(None),
        )
        .order_by(col(QuestionAskedRow.id).desc())
        .limit(MOST_TEXTS)
    )
    return tuple(dict.fromkeys(str(body) for body in (await connection.execute(query)).scalars()))


async def _with_tickets(connection: AsyncConnection, found: Figures, award: str) -> Figures:
    """The same with what was handed to the office and how long it took."""
    zone = zone_of(award)
    begin = datetime.combine(max(found.first, _FIRST), time(), zone)
    end = datetime.combine(min(found.last, _LAST) + timedelta(days=1), time(), zone)
    opened, chat = col(TicketRow.opened), col(TicketRow.chat_id)
    which = (col(TicketRow.award) == award) & (opened >= begin) & (opened < end)
    status = col(TicketRow.status)
    found = replace(
        found, tables={**found.tables, "tickets": await _counted(connection, status, chat, which)}
    )
    query = select(opened, col(TicketRow.answered_at), chat)
    rows = [*await connection.execute(query.where(which, col(TicketRow.answered_at).is_not(None)))]
    if len({asker for *_, asker in rows} - {None}) < FEWEST:
        return found
    times = [worked_between(since, answered, zone) for since, answered, _ in rows]
    usual = timedelta(seconds=median(each.total_seconds() for each in times))
    return replace(found, usual=usual, slowest=max(times))
