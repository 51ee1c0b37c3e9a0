"""Officers, and the codes by which somebody becomes one."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from delivery import NOW, messages, running
from sqlalchemy import select
from sqlalchemy.engine import URL
from sqlmodel import col
from watching import REFUSED, step

from bot import staff
from bot.database import Database
from bot.tables import InvitationRow
from knowledge.load import awards

Open = Callable[[URL], Awaitable[Database]]
WEEK = timedelta(days=7)


async def _invite(database: Database, award: str | None = "jian") -> str:
    async with database.transaction() as connection:
        return await staff.invite(connection, award, NOW + WEEK, NOW)


async def _digests(database: Database) -> list[str]:
    async with database.transaction() as connection:
        return [*(await connection.execute(select(col(InvitationRow.digest)))).scalars()]


@pytest.mark.parametrize(
    ("award", "of"), [("jian", "jian"), (None, ",".join(sorted(awards())))], ids=["one", "all"]
)
async def test_a_code_makes_an_officer(database: Database, award: str | None, of: str) -> None:
    """Whoever brings it is one from the next word on: of an award, or of all."""
    code = await _invite(database, award)
    async with running(database, step) as process:
        await process.hear("我管", f"加入 {code}", "我管 吗")
        await process.settled()
        assert process.platform.texts == ["没有", "加入了", of]
    async with database.transaction() as connection:
        (officer,) = await staff.officers(connection)
    assert (officer.platform, officer.address, officer.award) == ("p", "a", award)
    assert officer.since == NOW


async def test_a_code_holds_once(url: URL, opened: Open) -> None:
    """However many bring it at the same moment, one becomes an officer."""
    code = await _invite(await opened(url))
    async with running(await opened(url), step) as process:
        await asyncio.gather(
            *[process.hear(f"加入 {code}", address=f"{number}") for number in range(4)]
        )
        await process.settled()
        assert sorted(process.platform.texts) == sorted(["加入了", *[REFUSED] * 3])


async def test_a_code_holds_for_its_time(database: Database) -> None:
    """After its last moment it is worth nothing, and the next invitation removes it."""
    code = await _invite(database)
    async with running(database, step) as process:
        process.clock.advance(WEEK.total_seconds())
        await process.hear(f"加入 {code}")
        await process.settled()
        assert process.platform.texts == [REFUSED]
        async with database.transaction() as connection:
            await staff.invite(connection, None, process.clock() + WEEK, process.clock())
    assert len(await _digests(database)) == 1


async def test_a_code_is_never_kept(database: Database) -> None:
    """Neither the invitation nor the answer to whoever brings it holds the code."""
    code = await _invite(database)
    assert len(code) >= 20
    assert code not in str(await _digests(database))
    async with running(database, step) as process:
        process.platform.hold_back("加入")
        await process.hear(f"加入 {code}")
        assert code not in str(await messages(database))


async def test_a_code_fits_a_link(database: Database) -> None:
    """It is made of what a deep link may hold, no two alike."""
    codes = {await _invite(database) for _ in range(50)}
    assert len(codes) == 50
    assert all(code.replace("-", "").replace("_", "").isalnum() for code in codes)
    assert all(code.isascii() and len(code) <= 50 for code in codes)


async def test_an_officer_can_be_removed(database: Database) -> None:
    """From then on orders are refused, even if the conversation still offers them."""
    code = await _invite(database)
    async with running(database, step) as process:
        await process.hear(f"加入 {code}")
        async with database.transaction() as connection:
            (officer,) = await staff.officers(connection)
            assert await staff.remove(connection, officer.id)
            assert not await staff.remove(connection, officer.id)
        await process.hear("群发 注意")
        await process.settled()
        assert process.platform.texts[-1] == REFUSED


async def test_who_forgets_everything_is_no_officer_any_more(database: Database) -> None:
    """What is kept of an officer is removed like all else."""
    code = await _invite(database)
    async with running(database, step) as process:
        await process.hear(f"加入 {code}", "忘")
        await process.settled()
    async with database.transaction() as connection:
        assert await staff.officers(connection) == []
