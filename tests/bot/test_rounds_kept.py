"""Rounds as they are kept: once a year, one version after the other, known since when."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from delivery import NOW
from sqlalchemy.engine import URL

from bot import rounds
from bot.database import Database
from bot.rounds import RoundError
from rules.rounds import Milestone, Round

Open = Callable[[URL], Awaitable[Database]]
LATER = NOW + timedelta(days=1)
ROUND = Round(
    id=0,
    award="jian",
    year=2026,
    title="关于开展第三届吉安市市长质量奖申报的通知",
    number="吉市监〔2026〕1号",
    opens=NOW + timedelta(days=10),
    closes=NOW + timedelta(days=40),
    opens_since=LATER,
    closes_since=LATER,
    hand_in="申报表、自评报告",
    where="市市场监管局质量发展科",
    milestones=(Milestone("申报辅导会", date(2026, 12, 10), LATER),),
)


async def _publish(database: Database, new: Round = ROUND) -> Round:
    async with database.transaction() as connection:
        return await rounds.publish(connection, new, NOW)


async def _correct(database: Database, new: Round) -> Round:
    async with database.transaction() as connection:
        return await rounds.correct(connection, new, LATER)


async def _current(database: Database, **later: float) -> tuple[Round, ...]:
    async with database.transaction() as connection:
        return await rounds.current(connection, NOW + timedelta(**later))


async def test_a_round_is_kept_as_it_was_announced(database: Database) -> None:
    """All that the notice says comes back, known since it was announced."""
    kept = await _publish(database)
    milestones = tuple(replace(each, since=NOW) for each in ROUND.milestones)
    expected = replace(ROUND, id=kept.id, opens_since=NOW, closes_since=NOW)
    assert kept == replace(expected, milestones=milestones)
    assert await _current(database) == (kept,)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"closes": ROUND.opens}, "close before it opens"),
        ({"closes": ROUND.opens - timedelta(days=1)}, "close before it opens"),
        ({"opens": ROUND.opens.replace(tzinfo=None)}, "time zone"),
    ],
)
async def test_what_cannot_be_is_refused(
    database: Database, change: dict[str, Any], why: str
) -> None:
    """A round that closes before it opens, or at no certain moment, is not kept."""
    with pytest.raises(RoundError, match=why):
        await _publish(database, replace(ROUND, **change))
    assert await _current(database) == ()


async def test_an_award_has_one_round_a_year(database: Database) -> None:
    """A second one for the year is refused; another year's and another award's are not."""
    await _publish(database)
    with pytest.raises(RoundError, match="jian has a round for 2026 already"):
        await _publish(database, replace(ROUND, title="又一个"))
    await _publish(database, replace(ROUND, year=2028))
    await _publish(database, replace(ROUND, award="qinzhou"))
    assert len(await _current(database)) == 3


async def test_of_two_who_announce_at_once_one_succeeds(url: URL, opened: Open) -> None:
    """Whoever is second is told so, however close they are."""
    found = await asyncio.gather(
        *[_publish(await opened(url)) for _ in range(3)], return_exceptions=True
    )
    assert [type(each) for each in found].count(RoundError) == 2
    assert len(await _current(await opened(url))) == 1


async def test_a_withdrawn_round_makes_room_for_another(database: Database) -> None:
    """What is withdrawn is told no more, and the year is free again."""
    kept = await _publish(database)
    await _correct(database, replace(kept, version=2, withdrawn=True))
    assert await _current(database) == ()
    again = await _publish(database, replace(ROUND, title="重新发布"))
    assert await _current(database) == (again,)
    async with database.transaction() as connection:
        assert [each.withdrawn for each in await rounds.all_rounds(connection)] == [True, False]
        assert await rounds.all_rounds(connection, "qinzhou") == []


@pytest.mark.parametrize(
    ("change", "new"),
    [
        ({"title": "更正"}, set()),
        ({"opens": ROUND.opens + timedelta(hours=1)}, {"opens"}),
        ({"closes": ROUND.closes + timedelta(days=5)}, {"closes"}),
        ({"milestones": ()}, set()),
        (
            {"milestones": (*ROUND.milestones, Milestone("答辩", date(2027, 1, 5), NOW))},
            {"答辩"},
        ),
        ({"milestones": (Milestone("申报辅导会", date(2026, 12, 11), NOW),)}, {"申报辅导会"}),
    ],
)
async def test_only_what_is_changed_is_news(
    database: Database, change: dict[str, Any], new: set[str]
) -> None:
    """A correction is known since it was made; what stays is known as long as before."""
    kept = await _publish(database)
    after = await _correct(database, replace(kept, version=2, **change))
    known = {"opens": after.opens_since, "closes": after.closes_since}
    known |= {each.title: each.since for each in after.milestones}
    assert {name for name, since in known.items() if since == LATER} == new
    assert {since for name, since in known.items() if name not in new} <= {NOW}
    assert await _current(database) == (after,)


async def test_of_two_who_correct_at_once_one_succeeds(url: URL, opened: Open) -> None:
    """Whoever saw another version than the present one is told so, and changes nothing."""
    kept = await _publish(await opened(url))
    changes = [replace(kept, version=2, title=f"更正{number}") for number in range(3)]
    found = await asyncio.gather(
        *[_correct(await opened(url), change) for change in changes], return_exceptions=True
    )
    assert [type(each) for each in found].count(RoundError) == 2
    (after,) = await _current(await opened(url))
    assert (after.version, after.title[:2]) == (2, "更正")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, "nothing"),
        ({"version": 1, "title": "x"}, "somebody else"),
        ({"version": 3, "title": "x"}, "somebody else"),
        ({"award": "qinzhou"}, "somebody else"),
        ({"id": 99, "title": "x"}, "somebody else"),
        ({"closes": ROUND.opens}, "close before it opens"),
        ({"year": 2025}, "has a round for 2025"),
    ],
)
async def test_a_correction_that_does_not_fit_is_refused(
    database: Database, change: dict[str, Any], why: str
) -> None:
    """Of an old version, of nothing, of another office's round, into what cannot be."""
    kept = await _publish(database)
    await _publish(database, replace(ROUND, year=2025, closes=ROUND.closes + timedelta(days=1)))
    with pytest.raises(RoundError, match=why):
        await _correct(database, replace(kept, **{"version": 2, **change}))
    assert kept in await _current(database)


async def test_rounds_long_over_are_no_longer_of_interest(database: Database) -> None:
    """A round that has closed is known for a year more; the first to close comes first."""
    late = await _publish(database)
    soon = await _publish(
        database, replace(ROUND, award="qinzhou", closes=ROUND.closes - timedelta(days=5))
    )
    assert await _current(database) == (soon, late)
    assert await _current(database, days=403) == (late,)
    assert await _current(database, days=500) == ()
