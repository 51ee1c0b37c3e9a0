"""Long texts of the same words: each is read, or not, without trying every way to cut it."""

from datetime import date

import pytest

from conversations.answers import (
    is_dont_know,
    read_choices,
    read_count,
    read_results,
    read_yes_no,
)
from conversations.dates import read_day, read_when
from conversations.text import MAX_LENGTH, NotUnderstood

TODAY = date(2026, 11, 20)
WORDS = (
    "全都 都全 我们公司 有的有 没有没 无无 不不 的 了吧 需要 还要查 查一查 it is_ 是的是 在青山"
    " 快近 一二 三四五 十几 两三年 2019年5月 5月 1, 12/ 2019- ~ 大概 前后 以前以 第一 ① 一、 1和"
    " the_ or_ not_ never_ we have_ 近三年 1.5 差不多 年年 几几 百千 ISO9001 9001 (( 盈利 亏没 24年"
    " 其他 一直都 -3 ,3 300, 发明专利 有共 项三 ? 😀 ﷺ"
)


@pytest.mark.parametrize("word", WORDS.split())
@pytest.mark.parametrize("end", ["", "x", "年", "没"])
def test_the_same_word_all_over_has_an_answer(word: str, end: str) -> None:
    """As many words as a message may hold are read in steps that grow with their number."""
    word = word.replace("_", " ")
    text = (word * MAX_LENGTH)[: MAX_LENGTH - 1] + end
    assert read_yes_no(text) in (True, False, None)
    assert is_dont_know(text) in (True, False)
    assert isinstance(read_count(text), int | NotUnderstood)
    assert isinstance(read_results(text, (2024, 2025), TODAY), dict | NotUnderstood)
    assert read_choices(text, ("青山湖区", "长宁区")) in (None, (0,), (1,), (0, 1))
    assert not isinstance(read_when(text, TODAY), str)
    assert not isinstance(read_day(text, TODAY), str)
