"""Office answers and canned answers as they are kept, and who may have them kept."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from delivery import NOW, running
from sqlalchemy.engine import URL

from bot import audit, office_answers, staff
from bot.audit import SHELL
from bot.database import Database
from bot.office_answers import OfficeError
from conversations.canned import Canned
from conversations.model import (
    Effect,
    Event,
    House,
    KeepAnswer,
    KeepCanned,
    RemoveCanned,
    Reply,
    Said,
    State,
    WithdrawAnswer,
)
from conversations.office_answers import OfficeAnswer
from conversations.step import step as conversation

Open = Callable[[URL], Awaitable[Database]]
NEW = OfficeAnswer(
    0, "jian", ("申报表在哪里下载", "表在哪"), "见网站。", ("art-15",), date(2026, 11, 21)
)
TEXT = Canned(0, "jian", "受理", "{award}第{number}号收到了。")


async def _keep(database: Database, new: OfficeAnswer = NEW) -> OfficeAnswer:
    async with database.transaction() as connection:
        return await office_answers.keep(connection, new, SHELL, NOW)


async def _standing(database: Database) -> tuple[OfficeAnswer, ...]:
    async with database.transaction() as connection:
        return await office_answers.standing(connection)


async def _log(database: Database) -> list[tuple[str, str | None, str]]:
    async with database.transaction() as connection:
        return [
            (each.action, each.award, each.subject) for each in await audit.lines(connection, 9)
        ]


async def test_an_answer_comes_back_as_it_was_kept(database: Database) -> None:
    """With its number and version; what was done is in the log, and no word of it."""
    kept = await _keep(database, replace(NEW, until=date(2027, 6, 30)))
    assert await _standing(database) == (kept,)
    assert (kept.version, kept.until, kept.provisions) == (1, date(2027, 6, 30), ("art-15",))
    assert await _log(database) == [("KeepAnswer", "jian", f"answer {kept.id}")]


async def test_an_answer_is_changed_one_version_after_the_other(database: Database) -> None:
    """Of two who change the same version the second is told that somebody was quicker."""
    kept = await _keep(database)
    changed = replace(kept, text="见公告。", version=2)
    await _keep(database, changed)
    with pytest.raises(OfficeError, match="changed by somebody else"):
        await _keep(database, replace(kept, text="别的", version=2))
    assert await _standing(database) == (changed,)


async def test_of_two_changes_at_the_same_moment_one_is_kept(url: URL, opened: Open) -> None:
    """Whichever of two processes comes second finds another version."""
    one, other = await opened(url), await opened(url)
    kept = await _keep(one)
    done = await asyncio.gather(
        *(
            _keep(each, replace(kept, text=str(n), version=2))
            for n, each in enumerate((one, other))
        ),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in done) == ["OfficeAnswer", "OfficeError"]


async def test_a_withdrawn_answer_is_gone_for_good(database: Database) -> None:
    """It stands no more and cannot be changed; another award's officer cannot withdraw it."""
    kept = await _keep(database)
    for award, version in (("qinzhou", 1), ("jian", 2)):
        with pytest.raises(OfficeError):
            async with database.transaction() as connection:
                await office_answers.withdraw(connection, award, kept.id, version, SHELL, NOW)
    async with database.transaction() as connection:
        await office_answers.withdraw(connection, "jian", kept.id, 1, SHELL, NOW)
    assert await _standing(database) == ()
    with pytest.raises(OfficeError):
        await _keep(database, replace(kept, version=3))
    async with database.transaction() as connection:
        (gone,) = await office_answers.all_answers(connection)
    assert (gone.withdrawn, gone.version) == (True, 2)


async def test_an_answer_that_cites_nothing_there_is_refused(database: Database) -> None:
    """A provision has to be one of that award's text."""
    with pytest.raises(OfficeError, match="art-90"):
        await _keep(database, replace(NEW, provisions=("art-90",)))


async def test_canned_answers_are_kept_changed_and_removed(database: Database) -> None:
    """Each step once, by version; a place that nobody can fill is refused."""
    async with database.transaction() as connection:
        kept = await office_answers.keep_canned(connection, TEXT, SHELL, NOW)
        changed = replace(kept, title="收到", version=2)
        await office_answers.keep_canned(connection, changed, SHELL, NOW)
        assert await office_answers.all_canned(connection) == (changed,)
        for stale in (kept, replace(changed, award="qinzhou")):
            with pytest.raises(OfficeError):
                await office_answers.remove_canned(
                    connection, stale.award, stale.id, stale.version, SHELL, NOW
                )
        await office_answers.remove_canned(connection, "jian", kept.id, 2, SHELL, NOW)
        assert await office_answers.all_canned(connection) == ()
        with pytest.raises(OfficeError, match="name"):
            await office_answers.keep_canned(
                connection, replace(TEXT, text="{name}您好"), SHELL, NOW
            )


ORDERS: dict[str, Effect] = {
    "keep": KeepAnswer(NEW),
    "withdraw": WithdrawAnswer("jian", 1, 1),
    "keep canned": KeepCanned(TEXT),
    "remove canned": RemoveCanned("jian", 1, 1),
}


def ordering(state: State, event: Event, _now: object, house: House) -> tuple[State, tuple[Reply]]:
    """A conversation that gives any order for anybody."""
    assert isinstance(event, Said)
    if event.text in ORDERS:
        return state, (Reply("办好了", effect=ORDERS[event.text], otherwise="不行"),)
    known = f"{len(house.office_answers)}条，{len(house.canned)}条"
    return state, (Reply(known),)


@pytest.mark.parametrize(("award", "may"), [(None, False), ("qinzhou", False), ("jian", True)])
async def test_only_an_officer_of_the_award_can(
    database: Database,
    award: str | None,
    may: bool,  # noqa: FBT001 - a case
) -> None:
    """Whatever the conversation thought: the database decides, and nothing else is changed."""
    async with running(database, ordering) as process:
        await process.hear("你好")
        await process.settled()
        async with database.transaction() as connection:
            if award is not None:
                code = await staff.invite(connection, award, NOW + timedelta(days=1), NOW)
                await staff.redeem(connection, 1, code, NOW)
        await process.hear("keep", "keep canned")
        await process.settled()
        assert process.platform.texts[1:] == (["办好了"] * 2 if may else ["不行"] * 2)
        await process.later(10)
        await process.hear("几条")
        await process.hear("withdraw", "remove canned")
        await process.settled()
        assert process.platform.texts[3:] == (
            ["1条，1条", "办好了", "办好了"] if may else ["0条，0条", "不行", "不行"]
        )
    assert await _standing(database) == ()


async def test_an_officer_keeps_an_answer_by_chat(database: Database) -> None:
    """From the command to the row, in the real conversation; strangers hear of no such command."""
    async with running(database, conversation) as process:
        await process.hear("你好", "/answers")
        await process.settled()
        async with database.transaction() as connection:
            code = await staff.invite(connection, "jian", NOW + timedelta(days=1), NOW)
            await staff.redeem(connection, 1, code, NOW)
        process.clock.advance(10)
        texts = (
            "办公室的答复",
            "记一条新的",
            "申报表在哪里下载",
            "在网站下载。",
            "没有",
            "一直有效",
        )
        await process.hear(*texts, "对，记下来")
        await process.settled()
        assert "记下了" in process.platform.texts[-1]
    (kept,) = await _standing(database)
    assert (kept.questions, kept.text, kept.award) == (
        ("申报表在哪里下载",),
        "在网站下载。",
        "jian",
    )
