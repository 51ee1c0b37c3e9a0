"""An office's own answers and canned answers as they are kept, one version after the other.

Every function works within the caller's transaction, and leaves a line in the log of what was done.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot import audit
from bot.audit import By
from bot.many import insert_many
from bot.office_tables import CannedRow, OfficeAnswerRow
from conversations.canned import Canned
from conversations.office_answers import OfficeAnswer
from conversations.office_checks import problems_of, wrong_with

ANSWER: Table = OfficeAnswerRow.__table__  # type: ignore[attr-defined]
CANNED: Table = CannedRow.__table__  # type: ignore[attr-defined]


class OfficeError(Exception):
    """Something of an office's that cannot be kept as it is; says why, in a line."""


async def keep(
    connection: AsyncConnection, new: OfficeAnswer, by: By, now: datetime
) -> OfficeAnswer:
    """Keep an answer: a new one (id 0), or the next version of one that stands; gives it.

    Raises OfficeError if it cannot stand, or somebody else has changed or withdrawn it meanwhile.
    """
    problems = problems_of(new)
    if problems:
        raise OfficeError(f"{problems[0]}")
    if not new.id:
        fresh = replace(new, version=1, withdrawn=False)
        (number,) = await insert_many(connection, ANSWER, [_row(fresh)], "id")
        kept = replace(fresh, id=number)
        await audit.note(connection, by, "KeepAnswer", kept.award, _named(kept), now)
        return kept
    await _change(connection, new, new.version - 1)
    await audit.note(connection, by, "ChangeAnswer", new.award, _named(new), now)
    return new


async def withdraw(  # noqa: PLR0913, PLR0917 - which one, as it is known, by whom and when
    connection: AsyncConnection, award: str, number: int, version: int, by: By, now: datetime
) -> None:
    """Withdraw an answer that still has this version. Raises OfficeError otherwise."""
    standing = (
        col(OfficeAnswerRow.id) == number,
        col(OfficeAnswerRow.award) == award,
        col(OfficeAnswerRow.version) == version,
        ~col(OfficeAnswerRow.withdrawn),
    )
    values = {"withdrawn": True, "version": version + 1}
    done = await connection.execute(update(OfficeAnswerRow).where(*standing).values(values))
    if not done.rowcount:
        raise OfficeError(f"answer {number} has been changed by somebody else")
    await audit.note(connection, by, "WithdrawAnswer", award, f"answer {number}", now)


async def standing(connection: AsyncConnection) -> tuple[OfficeAnswer, ...]:
    """The answers that are not withdrawn, the first kept first."""
    query = select(ANSWER).where(~col(OfficeAnswerRow.withdrawn)).order_by(col(OfficeAnswerRow.id))
    return tuple(_answer(row) for row in (await connection.execute(query)).mappings())


async def all_answers(
    connection: AsyncConnection, award: str | None = None
) -> tuple[OfficeAnswer, ...]:
    """All answers ever kept, of an award or of all, also those withdrawn."""
    query = select(ANSWER).order_by(col(OfficeAnswerRow.id))
    if award is not None:
        query = query.where(col(OfficeAnswerRow.award) == award)
    return tuple(_answer(row) for row in (await connection.execute(query)).mappings())


async def keep_canned(connection: AsyncConnection, new: Canned, by: By, now: datetime) -> Canned:
    """Keep a canned answer: a new one (id 0), or the next version of one; gives it.

    Raises OfficeError if it cannot stand, or somebody else has changed or removed it meanwhile.
    """
    problems = wrong_with(new)
    if problems:
        raise OfficeError(f"{problems[0]}")
    values = {"award": new.award, "title": new.title, "body": new.text}
    if not new.id:
        rows = [{**values, "version": 1}]
        (number,) = await insert_many(connection, CANNED, rows, "id")
        kept = replace(new, id=number, version=1)
        await audit.note(connection, by, "KeepCanned", kept.award, f"canned {number}", now)
        return kept
    same = _canned_as(new.award, new.id, new.version - 1)
    changed = {**values, "version": new.version}
    done = await connection.execute(update(CannedRow).where(*same).values(changed))
    if not done.rowcount:
        raise OfficeError(f"canned answer {new.id} has been changed by somebody else")
    await audit.note(connection, by, "ChangeCanned", new.award, f"canned {new.id}", now)
    return new


async def remove_canned(  # noqa: PLR0913, PLR0917 - which one, as it is known, by whom and when
    connection: AsyncConnection, award: str, number: int, version: int, by: By, now: datetime
) -> None:
    """Remove a canned answer that still has this version. Raises OfficeError otherwise."""
    same = _canned_as(award, number, version)
    done = await connection.execute(delete(CannedRow).where(*same))
    if not done.rowcount:
        raise OfficeError(f"canned answer {number} has been changed by somebody else")
    await audit.note(connection, by, "RemoveCanned", award, f"canned {number}", now)


async def all_canned(connection: AsyncConnection) -> tuple[Canned, ...]:
    """All canned answers, the first kept first."""
    rows = await connection.execute(select(CANNED).order_by(col(CannedRow.id)))
    return tuple(Canned(row.id, row.award, row.title, row.body, row.version) for row in rows)


def _canned_as(award: str, number: int, version: int) -> tuple[Any, ...]:
    return (
        col(CannedRow.id) == number,
        col(CannedRow.award) == award,
        col(CannedRow.version) == version,
    )


async def _change(connection: AsyncConnection, new: OfficeAnswer, before: int) -> None:
    same = (
        col(OfficeAnswerRow.id) == new.id,
        col(OfficeAnswerRow.award) == new.award,
        col(OfficeAnswerRow.version) == before,
        ~col(OfficeAnswerRow.withdrawn),
    )
    done = await connection.execute(update(OfficeAnswerRow).where(*same).values(**_row(new)))
    if not done.rowcount:
        raise OfficeError(f"answer {new.id} has been changed by somebody else")


def _named(answer: OfficeAnswer) -> str:
    return f"answer {answer.id}"


def _row(kept: OfficeAnswer) -> dict[str, Any]:
    return {
        "award": kept.award,
        "questions": _list(kept.questions),
        "body": kept.text,
        "provisions": _list(kept.provisions),
        "since": kept.since.isoformat(),
        "until": kept.until.isoformat() if kept.until else None,
        "version": kept.version,
        "withdrawn": kept.withdrawn,
    }


def _list(texts: Sequence[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)


def _answer(row: Mapping[Any, Any]) -> OfficeAnswer:
    return OfficeAnswer(
        id=row["id"],
        award=row["award"],
        questions=tuple(json.loads(row["questions"])),
        text=row["body"],
        provisions=tuple(json.loads(row["provisions"])),
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        version=row["version"],
        withdrawn=row["withdrawn"],
    )
