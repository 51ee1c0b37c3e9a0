"""Rounds as they are kept: announced once for a year, corrected one version after the other.

Every function works within the caller's transaction. Whoever follows the award is told of it by a
broadcast that begins in the same transaction.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Table, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from bot import broadcasts
from bot.many import insert_many
from bot.tables import RoundRow
from rules.rounds import Milestone, Round

ROUND: Table = RoundRow.__table__  # type: ignore[attr-defined]
RECENT = timedelta(days=366)
"""How long after its closing day a round is still of interest to a conversation."""

_MILESTONES = TypeAdapter(tuple[Milestone, ...])


class RoundError(Exception):
    """A round that cannot be kept as it is; says why, in a line."""


async def publish(connection: AsyncConnection, new: Round, now: datetime) -> Round:
    """Announce a round; gives it with its id, version 1 and ``now`` as when its days are known.

    Raises RoundError if it is over before it opens, or the award has a round for that year.
    """
    _check(new)
    milestones = tuple(replace(each, since=now) for each in new.milestones)
    fresh = replace(
        new, opens_since=now, closes_since=now, milestones=milestones, version=1, withdrawn=False
    )
    found = await insert_many(connection, ROUND, [_row(fresh)], "id")
    if not found:
        raise RoundError(f"{new.award} has a round for {new.year} already")
    kept = replace(fresh, id=found[0])
    await broadcasts.announce(connection, kept, None, now)
    return kept


async def correct(connection: AsyncConnection, new: Round, now: datetime) -> Round:
    """Keep a round as it is to be from now on, if it still has the version before this one.

    Gives it with what is new known since ``now``. Raises RoundError if somebody else has changed
    or withdrawn it, nothing is changed, or it does not fit as in ``publish``.
    """
    _check(new)
    rows = await connection.execute(
        select(ROUND).where(col(RoundRow.id) == new.id).with_for_update()
    )
    before = next((_round(row) for row in rows.mappings()), None)
    mine = before is not None and before.award == new.award and not before.withdrawn
    if before is None or not mine or before.version != new.version - 1:
        raise RoundError(f"round {new.id} has been changed by somebody else")
    if await _taken(connection, new):
        raise RoundError(f"{new.award} has a round for {new.year} already")
    after = _since(before, new, now)
    if after == replace(before, version=after.version):
        raise RoundError(f"nothing of round {new.id} is changed")
    # Of two who correct it at the same moment the second finds another version.
    same = (col(RoundRow.id) == new.id) & (col(RoundRow.version) == before.version)
    done = await connection.execute(update(RoundRow).where(same).values(**_row(after)))
    if not done.rowcount:
        raise RoundError(f"round {new.id} has been changed by somebody else")
    await broadcasts.announce(connection, after, before, now)
    return after


async def current(connection: AsyncConnection, now: datetime) -> tuple[Round, ...]:
    """The rounds that stand and are not long over, the first to close first."""
    query = (
        select(ROUND)
        .where(~col(RoundRow.withdrawn), col(RoundRow.closes) > now - RECENT)
        .order_by(col(RoundRow.closes), col(RoundRow.id))
    )
    return tuple(_round(row) for row in (await connection.execute(query)).mappings())


async def all_rounds(connection: AsyncConnection, award: str | None = None) -> list[Round]:
    """All rounds ever announced, of an award or of all, also those withdrawn, by closing day."""
    query = select(ROUND).order_by(col(RoundRow.closes), col(RoundRow.id))
    if award is not None:
        query = query.where(col(RoundRow.award) == award)
    return [_round(row) for row in (await connection.execute(query)).mappings()]


def _check(new: Round) -> None:
    if new.opens.utcoffset() is None or new.closes.utcoffset() is None:
        raise RoundError("opening and closing need a time zone")
    if new.closes <= new.opens:
        raise RoundError("it would close before it opens")


async def _taken(connection: AsyncConnection, new: Round) -> bool:
    other = select(col(RoundRow.id)).where(
        col(RoundRow.award) == new.award,
        col(RoundRow.year) == new.year,
        col(RoundRow.id) != new.id,
        ~col(RoundRow.withdrawn),
    )
    return not new.withdrawn and (await connection.execute(other)).first() is not None


def _since(before: Round, after: Round, now: datetime) -> Round:
    """What has not changed is known as long as it was."""
    known = {(each.title, each.day): each.since for each in before.milestones}
    return replace(
        after,
        opens_since=before.opens_since if after.opens == before.opens else now,
        closes_since=before.closes_since if after.closes == before.closes else now,
        milestones=tuple(
            replace(each, since=known.get((each.title, each.day), now)) for each in after.milestones
        ),
    )


def _row(kept: Round) -> dict[str, Any]:
    return {
        "award": kept.award,
        "year": kept.year,
        "title": kept.title,
        "number": kept.number,
        "opens": kept.opens.astimezone(UTC),
        "closes": kept.closes.astimezone(UTC),
        "opens_since": kept.opens_since.astimezone(UTC),
        "closes_since": kept.closes_since.astimezone(UTC),
        "hand_in": kept.hand_in,
        "place": kept.where,
        "milestones": _MILESTONES.dump_json(kept.milestones).decode(),
        "version": kept.version,
        "withdrawn": kept.withdrawn,
    }


def _round(row: Mapping[Any, Any]) -> Round:
    values = {**row, "where": row["place"]}
    del values["place"]
    return Round(**{**values, "milestones": _MILESTONES.validate_json(row["milestones"])})
