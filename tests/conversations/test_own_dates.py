"""The user's own dates and lengths of time, as people type them."""

from datetime import date

import pytest

from conversations.lengths import parsed, read_length, written
from conversations.own_dates import LONGEST_TITLE, read_own_date, wish
from conversations.text import NotUnderstood
from rules.plan import Length

TODAY = date(2026, 11, 20)
DATES = [
    ("3月15日 内审", date(2027, 3, 15), "内审"),
    ("3月15日内审", date(2027, 3, 15), "内审"),
    ("內審 3月15日", date(2027, 3, 15), "內審"),
    ("内审：12月1日", date(2026, 12, 1), "内审"),
    ("2027年1月8日，管理评审会", date(2027, 1, 8), "管理评审会"),
    ("明天交材料", date(2026, 11, 21), "交材料"),
    ("下周五 预审", date(2026, 11, 27), "预审"),
    ("2026-12-24 送盲样", date(2026, 12, 24), "送盲样"),
    ("internal review 15 March", date(2027, 3, 15), "internal review"),
    ("internal review on 15 March 2027", date(2027, 3, 15), "internal review"),
    ("十二月三日 复评", date(2026, 12, 3), "复评"),
]
NO_DATES = ["管理评审", "内审 下半年", "3月 内审", "13月45日 内审", "😀"]
WISHES = [
    ("提醒我3月15日内审", "3月15日内审"),
    ("提醒 3月15日 内审", "3月15日 内审"),
    ("请提醒我：明天交材料", "明天交材料"),
    ("记一下 12月1日 内审", "12月1日 内审"),
    ("remind me of the review on 15 March", "the review on 15 March"),
]
LENGTHS = [
    ("10天", Length(10)), ("十天", Length(10)), ("两周", Length(14)), ("2个星期", Length(14)),
    ("半个月", Length(15)), ("一个月", Length(30)), ("5个工作日", Length(5, workdays=True)),
    ("五个工作日吧", Length(5, workdays=True)), ("大概需要3周左右", Length(21)),
    ("ten working days", Length(10, workdays=True)), ("two weeks", Length(14)),
    ("留10天", Length(10)), ("10 days", Length(10)), ("a week", Length(7)),
]  # fmt: skip
NO_LENGTHS = ["10", "很久", "0天", "三四天", "10天20天", "500天", "", "明天", "-3天", "工作日"]


@pytest.mark.parametrize(("text", "day", "title"), DATES)
def test_a_date_and_what_it_is(text: str, day: date, title: str) -> None:
    """One line gives both, in whatever order."""
    assert read_own_date(text, TODAY) == (day, title)


@pytest.mark.parametrize("text", NO_DATES)
def test_a_day_that_is_not_plain_is_not_guessed(text: str) -> None:
    """A stretch of time is no day."""
    assert read_own_date(text, TODAY)[0] is None


def test_a_day_alone_has_no_title() -> None:
    """What it is has to be said as well."""
    assert read_own_date("3月15日", TODAY) == (date(2027, 3, 15), "")


def test_a_long_title_is_cut() -> None:
    """No title fills a page."""
    assert len(read_own_date("3月15日 " + "内审" * 300, TODAY)[1]) <= LONGEST_TITLE


@pytest.mark.parametrize(("text", "rest"), WISHES)
def test_a_wish_is_seen(text: str, rest: str) -> None:
    """What somebody asks to be reminded of stands after the asking."""
    assert wish(text) == rest


@pytest.mark.parametrize("text", ["提醒", "提醒我", "3月15日 内审", "不用提醒了", "明天再提醒"])
def test_what_is_no_wish(text: str) -> None:
    """The bare words open a page, or are about a reminder."""
    assert wish(text) is None


@pytest.mark.parametrize(("text", "length"), LENGTHS)
def test_a_length(text: str, length: Length) -> None:
    """Days, weeks, months and working days; what is kept reads back as the same."""
    assert read_length(text) == length
    assert parsed(written(length)) == length


@pytest.mark.parametrize("text", NO_LENGTHS)
def test_what_is_no_length(text: str) -> None:
    """A bare number could be days or working days; what is vague is not guessed."""
    assert isinstance(read_length(text), NotUnderstood)
