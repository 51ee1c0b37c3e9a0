"""Folding: every way of typing the same thing becomes one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fold import fold

FOLDED = [
    ("", ""),
    ("   ", ""),
    ("Yes", "yes"),
    ("ＹＥＳ！", "yes!"),
    ("２０１９年５月", "2019年5月"),
    ("２０１９．５", "2019.5"),
    ("2019　年\t5\n月", "2019 年 5 月"),
    ("  last   June  ", "last june"),
    ("三年後", "三年后"),
    ("幾個月", "几个月"),
    ("並沒有", "并没有"),
    ("發證書的單位", "发证书的单位"),
    ("二〇一九年", "二〇一九年"),
    ("ISO９００１", "iso9001"),
    ("有\u200b的", "有的"),
    ("\ufeff有", "有"),
    ("有\u0000的\u0007", "有的"),
    ("\u202e有", "有"),
    ("①", "1"),
    ("㈠", "(一)"),
    ("ﬁrst", "first"),
    ("Ünïted", "ünïted"),
    ("🙂", "🙂"),
]


@pytest.mark.parametrize(("typed", "folded"), FOLDED)
def test_folding(typed: str, folded: str) -> None:
    """Width, case, script, unseen characters and spacing make no difference."""
    assert fold(typed) == folded


@pytest.mark.parametrize("typed", ["苧", "İ", "ǅ", "ﷺ", "\ud800", "a\ud800b", "ẛ̣"])
def test_odd_characters_settle(typed: str) -> None:
    """A character that takes two steps, or is no character at all, still settles at once."""
    assert fold(fold(typed)) == fold(typed)


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded text is in its final shape."""
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_nothing_unseen_is_left(text: str) -> None:
    """No control character, no double space and no capital of ASCII survives folding."""
    folded = fold(text)
    assert folded == folded.strip()
    assert "  " not in folded
    assert not any(ord(c) < 32 or "A" <= c <= "Z" for c in folded)


def test_a_long_text_is_folded_too() -> None:
    """Ten thousand characters are folded like ten."""
    assert fold("後 " * 5000) == ("后 " * 5000).strip()
