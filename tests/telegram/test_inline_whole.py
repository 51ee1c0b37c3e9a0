"""Inline mode of the program as it runs, by polling and by webhook."""

from datetime import date

import pytest
from office import MOMENT, Office
from standin import Chat
from standin.world import Query

from bot.platforms.telegram.inline_answers import results
from conversations.model import LOCALES

QUESTIONS = ("连云港 奖金", "奖金是多少", "今天天气怎么样", "", "how much is the prize money")
TODAY = date.fromisoformat(MOMENT[:10])
CODES = dict(zip(LOCALES, ("zh-hans", "zh-hant", "en"), strict=True))


def asked(office: Office, text: str, code: str = "zh-hans") -> Query:
    """A query that has been answered."""
    query = office.telegram.ask_inline(office.telegram.user(language_code=code), text)
    office.telegram.wait(lambda: query.results is not None)
    return query


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("text", QUESTIONS)
def test_every_query_has_the_results_of_the_regulations(
    office: Office, text: str, locale: str
) -> None:
    """The same that the assistant knows, in the user's language; Telegram finds no fault."""
    query = asked(office, text, CODES[locale])
    expected = {result.id for result in results(text, locale, TODAY)}
    assert {result["id"] for result in query.results or ()} == expected


def test_an_answer_that_is_put_into_a_chat_is_not_answered(office: Office) -> None:
    """Neither in a group that the bot is in nor in its own chat, and nothing is kept."""
    query = asked(office, "奖金是多少")
    places: list[Chat] = [office.telegram.group("supergroup"), office.telegram.private(query.user)]
    for place in places:
        office.telegram.choose(place, query)
    office.telegram.wait(office.telegram.quiet)
    assert [place.messages for place in places] == [[], []]
    assert [office.rows.chat(place.id) for place in places] == [None, None]
