"""The day of a submission, read on Friday 20 November 2026: the next such day without a year."""

from datetime import date

import pytest

from conversations.dates import read_day
from conversations.text import NotUnderstood
from rules.periods import parse_interval

TODAY = date(2026, 11, 20)

DAYS = [
    ("今天", date(2026, 11, 20)),
    ("today", date(2026, 11, 20)),
    ("现在", date(2026, 11, 20)),
    ("明天", date(2026, 11, 21)),
    ("後天交", date(2026, 11, 22)),
    ("3月1日", date(2027, 3, 1)),
    ("11月20日", date(2026, 11, 20)),
    ("11月19日", date(2027, 11, 19)),
    ("12月1号", date(2026, 12, 1)),
    ("March 1", date(2027, 3, 1)),
    ("1 March 2027", date(2027, 3, 1)),
    ("2027-03-01", date(2027, 3, 1)),
    ("2027年3月1日", date(2027, 3, 1)),
    ("明年3月1日", date(2027, 3, 1)),
    ("2019-05-12", date(2019, 5, 12)),
    ("2月29日", date(2028, 2, 29)),
    ("周三", date(2026, 11, 25)),
    ("下周三", date(2026, 11, 25)),
    ("next Monday", date(2026, 11, 23)),
    ("3天后", date(2026, 11, 23)),
    ("25号", date(2026, 11, 25)),
    ("12号", date(2026, 12, 12)),
    ("我们打算明年3月1日申报", date(2027, 3, 1)),
    ("we plan to submit it on 1 March 2027", date(2027, 3, 1)),
]

STRETCHES = [
    ("next March", "2027-03"),
    ("明年三月", "2027-03"),
    ("準備明年三月提交材料", "2027-03"),
    ("3月", "2027-03"),
    ("12月", "2026-12"),
    # Of this month, only the days that are left.
    ("11月", "[2026-11-20..2026-11-30]"),
    ("本月", "[2026-11-20..2026-11-30]"),
    ("本周", "[2026-11-20..2026-11-22]"),
    ("今年", "[2026-11-20..2026-12-31]"),
    ("下周", "[2026-11-23..2026-11-29]"),
    ("明年", "2027"),
    ("2027", "2027"),
    ("明年上半年", "[2027-01-01..2027-06-30]"),
    ("年底", "[2026-11-20..2026-12-31]"),
    ("年底前", "[2026-11-20..2026-12-31]"),
    ("by the end of March", "[2026-11-20..2027-03-31]"),
    ("春节后", "[2027-01-22..]"),
    ("3月1日以后", "[2027-03-02..]"),
    ("两个月后", "[2027-01-05..2027-02-04]"),
    ("in two months", "[2027-01-05..2027-02-04]"),
    ("半年后", "[2027-02-20..2027-08-20]"),
    ("三个月内", "[2026-11-20..2027-02-20]"),
    ("3月或4月", "[2027-03-01..2027-04-30]"),
    ("大概明年3月", "[2027-02-01..2027-04-30]"),
    ("next Sunday", "[2026-11-22..2026-11-29]"),
]

NOT_READ = [
    ("", "unknown"),
    ("三个月", "unknown"),
    ("尽快", "unknown"),
    ("asap", "unknown"),
    ("不是3月", "unknown"),
    ("3月不行", "unknown"),
    ("拿到证书三个月后", "unknown"),
    ("2027-02-29", "no_such_day"),
    ("2月30日", "no_such_day"),
    ("3/4/2027", "ambiguous"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_is_read_as_a_day(text: str, day: date) -> None:
    """A submission day that is fully said is that day, in the future where no year is said."""
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(("text", "expected"), STRETCHES)
def test_a_vague_day_stays_within_bounds(text: str, expected: str) -> None:
    """A submission day that is not fully said stays an interval."""
    assert read_day(text, TODAY) == parse_interval(expected)


@pytest.mark.parametrize(("text", "reason"), NOT_READ)
def test_what_is_no_day_to_come_is_not_read(text: str, reason: str) -> None:
    """A text that does not say a day is not read, and it is known why."""
    assert read_day(text, TODAY) == NotUnderstood(reason)  # type: ignore[arg-type]
