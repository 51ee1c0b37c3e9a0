"""What the figures are counted from: kept in the same transaction, without words, without names."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from delivery import NOW, chats, messages, running
from sqlalchemy import event as events
from sqlalchemy import insert, select
from sqlmodel import col

from bot import figures, staff, store, tallies
from bot.database import Database
from bot.office_tables import QuestionAskedRow, ScreenedRow
from bot.tables import ChatRow
from conversations.figures import REST
from conversations.model import (
    FIGURES,
    Asked,
    Event,
    House,
    Reply,
    Said,
    Screened,
    ShowFigures,
    State,
)
from conversations.step import step as conversation

DAY = date(2026, 11, 21)


def telling(state: State, event: Event, _now: datetime, _house: House) -> tuple[State, Any]:
    """A conversation in which it is said in so many words what is told."""
    assert isinstance(event, Said)
    kind, *words = event.text.split()
    match kind:
        case "问":
            told = Asked(words[0], ("jian",), "prize", event.text)
            return state, (Reply("答", tells=told),)
        case "结果":
            told_ = Screened(1, "jian", "organisation", words[0], tuple(words[1:]))
            return state, (Reply("结果", tells=told_),)
        case "可以" | "不可以":
            return State(shows_questions=kind == "可以"), (Reply("好"),)
        case "数字":
            order = ShowFigures("jian", DAY, DAY)
            return state, (Reply(FIGURES, effect=order, otherwise="不给看"),)
        case "忘记":
            return State(), (Reply("再见", effect="forget"),)
    return state, (Reply("嗯"),)


async def _rows(database: Database, kind: type[QuestionAskedRow] | type[ScreenedRow]) -> list[Any]:
    async with database.transaction() as connection:
        return [*await connection.execute(select(kind.__table__))]  # type: ignore[union-attr]


async def test_a_question_is_counted_without_its_words(database: Database) -> None:
    """The topic and what came of it; nothing of that stands in the message that waits."""
    async with running(database, telling) as process:
        process.platform.refuse("答", ConnectionError())
        await process.hear("问 unsure 我公司叫甲乙丙")
        await process.settled()
    (row,) = await _rows(database, QuestionAskedRow)
    assert (row.day, row.award, row.topic, row.outcome) == ("2026-11-21", "jian", "prize", "unsure")
    assert row.body is None
    assert all("甲乙丙" not in (each.body or "") for each in await messages(database))


async def test_words_are_kept_only_while_that_is_allowed(database: Database) -> None:
    """Only of what was not understood, and no longer than the chat says so."""
    async with running(database, telling) as process:
        await process.hear("可以", "问 unsure 甲", "问 answered 乙", "问 unanswered 丙")
        kept = [each.body for each in await _rows(database, QuestionAskedRow)]
        assert kept == ["问 unsure 甲", None, "问 unanswered 丙"]
        await process.hear("不可以", "问 unsure 丁")
    assert [each.body for each in await _rows(database, QuestionAskedRow)] == [None] * 4


async def test_a_screening_counts_once_as_it_is_now(database: Database) -> None:
    """Looked at again, with another outcome, it takes its own place."""
    async with running(database, telling) as process:
        await process.hear("结果 ineligible a b", "结果 not_yet b", "结果 eligible")
    (row,) = await _rows(database, ScreenedRow)
    assert (row.outcome, json.loads(row.failing)) == ("eligible", [])


async def test_what_is_told_goes_with_the_chat(database: Database) -> None:
    """Exported with all else; removed when the user says so."""
    async with running(database, telling) as process:
        await process.hear("可以", "问 unsure 甲", "结果 eligible")
        async with database.transaction() as connection:
            kept = await store.export(connection, 1)
        assert [each["body"] for each in kept["question_asked"]] == ["问 unsure 甲"]
        assert [each["outcome"] for each in kept["screened"]] == ["eligible"]
        await process.hear("忘记")
        await process.settled()
    assert await _rows(database, QuestionAskedRow) == await _rows(database, ScreenedRow) == []


async def test_what_tells_nothing_costs_nothing(database: Database) -> None:
    """An update that is no question and shows no result takes no statement more."""
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    async with running(database, telling) as process:
        await process.hear("嗯", "问 answered 甲")
        engine = getattr(database.engine, "sync_engine", database.engine)
        events.listen(engine, "before_cursor_execute", note)
        await process.hear("嗯嗯")
        plain = [each for each in seen if "question_asked" in each or "screened" in each]
        await process.hear("问 answered 乙", "结果 eligible")
        events.remove(engine, "before_cursor_execute", note)
    assert plain == []
    assert sum("INSERT INTO question_asked" in each for each in seen) == 1
    assert sum("INSERT INTO screened" in each for each in seen) == 1


async def test_old_questions_are_forgotten(database: Database) -> None:
    """From a day on; what is younger stays."""
    async with running(database, telling) as process:
        await process.hear("问 answered 甲")
    async with database.transaction() as connection:
        assert await tallies.remove_old(connection, NOW, 9) == 0
        assert await tallies.remove_old(connection, NOW + timedelta(days=1), 9) == 1


async def _asked(database: Database, topic: str | None, *asked: int, outcome: str = "answered",
                 award: str | None = "jian") -> None:  # fmt: skip
    """Questions of a topic, by these chats, which are made if need be."""
    async with database.transaction() as connection:
        known = {*(await connection.execute(select(col(ChatRow.id)))).scalars()}
        for number in sorted({*asked} - known):
            row = {"id": number, "platform": "q", "address": str(number), "state": "{}",
                   "created_at": NOW, "updated_at": NOW}  # fmt: skip
            await connection.execute(insert(ChatRow), row)
        for number in asked:
            row = {"day": "2026-11-21", "award": award, "topic": topic, "outcome": outcome,
                   "office": False, "chat_id": number}  # fmt: skip
            await connection.execute(insert(QuestionAskedRow), row)


async def test_questions_are_counted_by_topic(database: Database) -> None:
    """Kinds with too few chats are put together, however often those have asked."""
    await _asked(database, "prize", 11, 12, 13, 14, 15, 15)
    await _asked(database, "waiting", *[11] * 7, 12, 13)
    await _asked(database, "quota", 14)
    await _asked(database, None, 15, outcome="unanswered")
    await _asked(database, "prize", 11, award="qinzhou")
    async with database.transaction() as connection:
        found = await figures.gathered(connection, "jian", DAY, DAY)
        none = await figures.gathered(connection, "jian", DAY + timedelta(days=1), date.max)
        few = await figures.gathered(connection, "qinzhou", DAY, DAY)
    assert found.table("topics").rows == (("prize", 6), (REST, 11))
    # One chat has got no answer: that is not to be seen in any sum.
    assert found.table("outcomes").rows == ((REST, 17),)
    assert none.tables.keys() == few.tables.keys()
    assert not any(table.rows for each in (none, few) for table in each.tables.values())


async def _screened(database: Database, number: int, outcome: str, *failing: str) -> None:
    row = {"chat_id": number, "screening": 1, "day": "2026-11-21", "award": "jian",
           "track": "organisation", "outcome": outcome, "failing": json.dumps(failing)}  # fmt: skip
    async with database.transaction() as connection:
        await connection.execute(insert(ScreenedRow), row)


async def test_screenings_are_counted_by_outcome_and_by_what_fails(database: Database) -> None:
    """A screening stands in every criterion that it does not meet."""
    await _asked(database, "prize", *range(11, 23))
    for number in range(11, 17):
        await _screened(database, number, "not_yet", "profit", "years")
    for number in range(17, 22):
        await _screened(database, number, "ineligible", "profit", *["credit"] * (number < 20))
    await _screened(database, 22, "eligible")
    async with database.transaction() as connection:
        found = await figures.gathered(connection, "jian", DAY, DAY)
    assert found.table("screenings").rows == (("not_yet", 6), (REST, 6))
    assert found.table("criteria").rows == (("profit", 11), ("years", 6))


@pytest.mark.parametrize("award", [None, "qinzhou", "jian"])
async def test_figures_are_shown_to_officers_of_the_award(
    database: Database, award: str | None
) -> None:
    """Whatever the conversation thought; to everybody else they are not."""
    await _asked(database, "prize", *range(11, 17))
    async with running(database, telling) as process:
        await process.hear("你好")
        (mine,) = [each.id for each in await chats(database) if each.platform == "p"]
        async with database.transaction() as connection:
            if award is not None:
                code = await staff.invite(connection, award, NOW + timedelta(days=1), NOW)
                await staff.redeem(connection, mine, code, NOW)
        await process.hear("数字")
        await process.settled()
        shown = process.platform.texts[-1]
    assert ("奖金是多少：6" in shown) == (award == "jian")
    assert (shown == "不给看") == (award != "jian")


async def test_a_result_in_the_real_conversation_is_counted(database: Database) -> None:
    """Once no question is open; before that nothing is."""
    async with running(database, conversation) as process:
        await process.hear("你好", "青山湖", "企业", "今天", "快速")
        assert await _rows(database, ScreenedRow) == []
        await process.hear("否")
        await process.settled()
    (row,) = await _rows(database, ScreenedRow)
    assert (row.award, row.track, row.outcome) == ("qingshanhu", "organisation", "ineligible")
    assert json.loads(row.failing) == ["registered_in_area"]
