"""The stand-in's inline mode is as strict as Telegram's."""

from typing import Any

import pytest
from standin import StandIn
from standin.client import said

CONTENT = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
ARTICLE = {"type": "article", "id": "1", "title": "t", "input_message_content": CONTENT}

REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"id": ""}, "RESULT_ID_INVALID"),
    ({"id": "长" * 22}, "RESULT_ID_INVALID"),
    ({"title": " "}, "article title must be non-empty"),
    ({"type": "hologram"}, "only articles are played here"),
    ({"message_text": "x"}, "unknown field message_text"),
    ({"description": 3}, 'field "description" must be of type String'),
    ({"input_message_content": {}}, "text message content expected"),
    ({"input_message_content": {"message_text": ""}}, "message text is empty"),
    ({"input_message_content": {"message_text": "x" * 4097}}, "message is too long"),
    ({"input_message_content": {**CONTENT, "message_text": "<b>x"}}, "Can't find end tag"),
    ({"input_message_content": {**CONTENT, "entity": []}}, "unknown field entity"),
]


@pytest.mark.parametrize(("changed", "reason"), REFUSED)
def test_a_wrong_result_is_refused(telegram: StandIn, changed: dict[str, Any], reason: str) -> None:
    """And is a fault of the bot's."""
    query = telegram.ask_inline(telegram.user(), "jian")
    results = [ARTICLE | changed]
    assert reason in said(telegram, "answerInlineQuery", inline_query_id=query.id, results=results)
    assert query.results is None
    assert len(telegram.take_faults()) == 1


def test_too_many_results_and_the_same_id_twice_are_refused(telegram: StandIn) -> None:
    """At most fifty, each with an id of its own."""
    query = telegram.ask_inline(telegram.user(), "jian").id
    many = [ARTICLE | {"id": str(number)} for number in range(51)]
    for results, reason in ((many, "TOO_MUCH"), ([ARTICLE, ARTICLE], "DUPLICATE")):
        assert reason in said(telegram, "answerInlineQuery", inline_query_id=query, results=results)
    assert len(telegram.take_faults()) == 2


def test_an_answer_that_comes_too_late_is_nobodys_fault(telegram: StandIn) -> None:
    """A bot cannot know that the user has gone on."""
    query = telegram.ask_inline(telegram.user(), "jian")
    telegram.expire(query)
    late = said(telegram, "answerInlineQuery", inline_query_id=query.id, results=[ARTICLE])
    assert "query is too old" in late
    assert telegram.faults == []


def test_a_result_is_put_into_a_chat(telegram: StandIn) -> None:
    """By whoever asked, as the text that it holds; a bot in that chat is told by whose help."""
    user, group = telegram.user(), telegram.group()
    query = telegram.ask_inline(user, "jian")
    with pytest.raises(LookupError):
        telegram.choose(group, query)
    said(telegram, "answerInlineQuery", inline_query_id=query.id, results=[ARTICLE])
    message = telegram.choose(group, query)
    assert (message.text, message.sender) == ("x", user)
    assert message.marked("bold") == ("x",)
    assert message.to_json()["via_bot"]["id"] == telegram.bot.id
    assert group.messages == []


def test_without_inline_mode_nothing_can_be_answered() -> None:
    """And the bot can see that it is off."""
    with StandIn(inline=False) as telegram:
        query = telegram.ask_inline(telegram.user(), "jian").id
        refused = said(telegram, "answerInlineQuery", inline_query_id=query, results=[])
        assert refused == "Bad Request: USER_BOT_INVALID"
