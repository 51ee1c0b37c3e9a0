"""Moments as they are kept."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import StatementError
from sqlmodel import col

from bot.database import Database
from bot.tables import InboundRow, UtcDateTime

SQLITE = URL.create("sqlite").get_dialect()()
POSTGRESQL = URL.create("postgresql").get_dialect()()
ZONES = ["UTC", "Asia/Shanghai", "America/St_Johns"]


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)), st.sampled_from(ZONES))  # noqa: DTZ001
def test_a_moment_is_kept_whatever_its_time_zone(naive: datetime, zone: str) -> None:
    """The moment read is the moment written, in UTC, on either database."""
    moment = naive.replace(tzinfo=ZoneInfo(zone))
    kept = UtcDateTime().process_bind_param(moment, SQLITE)
    assert kept is not None
    without_zone = kept.replace(tzinfo=None)  # all that SQLite keeps
    for read in (
        UtcDateTime().process_result_value(without_zone, SQLITE),
        UtcDateTime().process_result_value(kept, POSTGRESQL),
    ):
        assert read is not None
        assert read.tzinfo is UTC
        assert read == moment.astimezone(UTC)


async def test_a_moment_comes_back_from_the_database(database: Database) -> None:
    """A moment in Shanghai is read as the same moment in UTC."""
    moment = datetime(2026, 11, 20, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    async with database.transaction() as connection:
        await connection.execute(insert(InboundRow), _row(moment))
    async with database.transaction() as connection:
        read = (await connection.execute(select(col(InboundRow.received_at)))).scalar_one()
    assert read == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    assert read.tzinfo is UTC


async def test_moments_are_compared_as_moments(database: Database) -> None:
    """Earlier and later are told apart across time zones, in the database too."""
    early = datetime(2026, 11, 20, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    late = datetime(2026, 11, 20, 0, 31, tzinfo=UTC)
    async with database.transaction() as connection:
        await connection.execute(insert(InboundRow), _row(early))
        before = select(col(InboundRow.update_id)).where(col(InboundRow.received_at) < late)
        assert (await connection.execute(before)).scalars().all() == ["1"]


async def test_a_naive_datetime_is_refused(database: Database) -> None:
    """A datetime without a time zone is never written: what moment it means is not known."""
    naive = datetime(2026, 11, 20, 8, 30)  # noqa: DTZ001 - this is what is refused
    with pytest.raises(StatementError, match="naive"):
        async with database.transaction() as connection:
            await connection.execute(insert(InboundRow), _row(naive))
    async with database.transaction() as connection:
        assert (await connection.execute(select(InboundRow))).all() == []


def _row(moment: datetime) -> dict[str, object]:
    return {"platform": "p", "update_id": "1", "received_at": moment}
