"""In a group: no question about an enterprise, but the way to the private chat."""

import pytest
from said import heard, said

from conversations.model import LOCALES, Mentioned, State


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("吉安", "jian"), ("想问问钦州市市长质量奖", "qinzhou"), ("qingshanhu", "qingshanhu"),
        ("连雲港能报吗", "lianyungang"), ("上海", "changning"), ("江西", ""), ("你好", ""),
        ("", ""), ("2019年5月", ""), ("/start jian", "jian"), ("删除我的数据", ""),
        ("字" * 5000, ""),
    ],
)  # fmt: skip
def test_the_link_leads_to_the_award_that_was_named(text: str, link: str) -> None:
    """One choice, a link to the private chat, with the award if exactly one was named."""
    state, replies = heard(State(), Mentioned(text))
    assert state == State()
    assert [choice.link for choice in replies[0].choices] == [link]
    assert replies[0].question is None
    assert replies[0].actions == ()


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_that_was_said_before_shows(locale: str) -> None:
    """Even in a chat with answers the state stays, and no question is asked before others."""
    state = State.from_json({**said("青山湖", "企业").to_json(), "locale": locale})
    after, replies = heard(state, Mentioned("是"))
    assert after == state
    assert len(replies) == 1
    assert replies[0].choices[0].link == ""
    assert len(replies[0].choices[0].token.encode()) <= 64
