"""Inline queries: answered at once, beside everything else; one that is lost loses nothing."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta

import pytest
import structlog
from adapter import Noting, client_of, receiver_of
from standin import StandIn
from standin.world import Query

from bot.platforms.telegram import inline_mode
from bot.platforms.telegram.inline_answers import Result
from bot.platforms.telegram.inline_mode import CACHE_SECONDS, Find
from bot.platforms.telegram.receiving import Receiver
from conversations.model import Said

FOUND = (Result("连云港市：奖金是多少", "每家50万元。", "每家<b>50</b>万元。"),)


def found(_text: str, _locale: str, _today: date) -> tuple[Result, ...]:
    """The same results for every text."""
    return FOUND


@asynccontextmanager
async def _receiving(telegram: StandIn, find: Find = found) -> AsyncIterator[Receiver]:
    """What takes updates meanwhile; nothing is kept unless the test opens the service."""
    async with client_of(telegram) as client:
        receiver = receiver_of(client, Noting(), find)
        yield receiver
        await receiver.background.finish(10)


async def _asked(telegram: StandIn, receiver: Receiver, text: str, **user: str) -> Query:
    query = telegram.ask_inline(telegram.user(**user), text)
    await _told(receiver, query)
    return query


async def _told(receiver: Receiver, query: Query) -> None:
    payload = {"id": query.id, "from": query.user.to_json(), "query": query.text, "offset": ""}
    async with asyncio.timeout(10):
        await receiver.receive({"update_id": query.update_id, "inline_query": payload})


async def test_a_query_is_answered_with_articles(telegram: StandIn) -> None:
    """Each for this person only, and for a while; picked, it is the answer with its markup."""
    async with _receiving(telegram) as receiver:
        query = await _asked(telegram, receiver, "连云港 奖金")
        await telegram.until(lambda: query.results)
    assert query.results is not None
    (article,) = query.results
    assert (article["title"], article["description"]) == (FOUND[0].title, FOUND[0].description)
    assert article["input_message_content"]["link_preview_options"] == {"is_disabled": True}
    assert (query.personal, query.cache_time) == (True, CACHE_SECONDS)
    put = telegram.choose(telegram.group(), query)
    assert (put.text, put.marked("bold")) == ("每家50万元。", ("50",))


async def test_what_is_typed_is_looked_up_in_the_users_language(telegram: StandIn) -> None:
    """As of today by the clock of the offices."""
    heard: list[tuple[str, str, date]] = []

    def find(text: str, locale: str, today: date) -> tuple[Result, ...]:
        heard.append((text, locale, today))
        return FOUND

    async with _receiving(telegram, find) as receiver:
        await _asked(telegram, receiver, "连云港 奖金", language_code="zh-hant")
        await telegram.until(lambda: heard)
        moment = receiver.clock()
    assert heard[0][:2] == ("连云港 奖金", "zh_Hant")
    assert abs(heard[0][2] - moment.date()) <= timedelta(days=1)


async def test_while_an_answer_takes_long_other_updates_go_on(telegram: StandIn) -> None:
    """A query is acknowledged before it is looked up; of one person only the newest is."""
    going, heard = threading.Event(), list[str]()

    def slow(text: str, _locale: str, _today: date) -> tuple[Result, ...]:
        heard.append(text)
        going.wait(10)
        return FOUND

    async with _receiving(telegram, slow) as receiver:
        user = telegram.user()
        first = await _asked(telegram, receiver, "吉安")
        await telegram.until(lambda: heard)
        typed = [telegram.ask_inline(user, text) for text in ("连", "连云", "连云港")]
        for query in typed:
            await _told(receiver, query)
        service = receiver.service
        assert isinstance(service, Noting)
        service.open.set()
        message = telegram.say(telegram.private(), "你好")
        await receiver.receive({"update_id": message.update_id, "message": message.to_json()})
        assert service.kept[0].event == Said("你好")
        going.set()
        await telegram.until(lambda: first.results and typed[-1].results)
    assert heard == ["吉安", "连云港"]
    assert [query.results is None for query in typed] == [True, True, False]


async def test_of_too_many_queries_the_oldest_are_dropped(
    telegram: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever typed them types on."""
    monkeypatch.setattr(inline_mode, "MOST_WAITING", 2)
    going, heard = threading.Event(), list[str]()

    def slow(text: str, _locale: str, _today: date) -> tuple[Result, ...]:
        heard.append(text)
        going.wait(10)
        return FOUND

    async with _receiving(telegram, slow) as receiver:
        await _asked(telegram, receiver, "0")
        await telegram.until(lambda: heard)
        queries = [await _asked(telegram, receiver, str(number)) for number in range(1, 5)]
        going.set()
        await telegram.until(lambda: queries[-1].results and queries[-2].results)
    assert heard == ["0", "3", "4"]


async def test_a_query_that_has_waited_too_long_is_not_looked_up(
    telegram: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram has given it up."""
    monkeypatch.setattr(inline_mode, "SECONDS", -1.0)
    async with _receiving(telegram) as receiver:
        await _asked(telegram, receiver, "吉安")
    assert telegram.called("answerInlineQuery") == []


async def test_a_query_that_is_too_old_is_passed_over_quietly(telegram: StandIn) -> None:
    """After a time without the program there may be many; none is anybody's fault."""
    with structlog.testing.capture_logs() as lines:
        async with _receiving(telegram) as receiver:
            query = telegram.ask_inline(telegram.user(), "吉安")
            telegram.expire(query)
            await _told(receiver, query)
            await telegram.until(lambda: telegram.called("answerInlineQuery"))
    assert lines == []


@pytest.mark.parametrize(("code", "named"), [(429, "RetryAfter"), (502, "NetworkError")])
async def test_what_telegram_does_not_take_now_is_dropped(
    telegram: StandIn, code: int, named: str
) -> None:
    """It is not tried again, and the log says nothing of what was typed."""
    telegram.trouble.refuse(code, method="answerInlineQuery")
    with structlog.testing.capture_logs() as lines:
        async with _receiving(telegram) as receiver:
            query = await _asked(telegram, receiver, "吉安机密")
            await telegram.until(lambda: telegram.called("answerInlineQuery"))
    assert query.results is None
    assert len(telegram.called("answerInlineQuery")) == 1
    assert [line["error"] for line in lines] == [named]
    assert "机密" not in str(lines)


async def test_one_that_fails_does_not_stop_the_next(telegram: StandIn) -> None:
    """What went wrong is logged without the text."""

    def find(text: str, _locale: str, _today: date) -> tuple[Result, ...]:
        if text == "机密":
            raise ValueError(text)
        return FOUND

    with structlog.testing.capture_logs() as lines:
        async with _receiving(telegram, find) as receiver:
            await _asked(telegram, receiver, "机密")
            query = await _asked(telegram, receiver, "吉安")
            await telegram.until(lambda: query.results)
    assert [line["error"] for line in lines] == ["ValueError"]
    assert "机密" not in str(lines)


async def test_a_query_that_cannot_be_read_is_passed_over(telegram: StandIn) -> None:
    """It would fail every time."""
    async with _receiving(telegram) as receiver:
        await receiver.receive({"update_id": 7, "inline_query": {"id": "1"}})
    assert telegram.called("answerInlineQuery") == []
