"""Hours of the day as people type them; what may be two hours is none."""

from datetime import time

import pytest

from conversations.hours import hour_of, take_hour
from conversations.text import NotUnderstood

HOURS = [
    ("17:00", "17:00"),
    ("09:05", "09:05"),
    ("9:30", "09:30"),
    ("05:00", "05:00"),
    ("１７：３０", "17:30"),
    ("17:00:00", "17:00"),
    ("24:00", "24:00"),
    ("24点", "24:00"),
    ("0:00", "00:00"),
    ("零点", "00:00"),
    ("17点", "17:00"),
    ("17时30分", "17:30"),
    ("十七点", "17:00"),
    ("下午5点", "17:00"),
    ("下午五点半", "17:30"),
    ("下午五点一刻", "17:15"),
    ("下午5点三刻", "17:45"),
    ("下午5点20", "17:20"),
    ("下午5:20", "17:20"),
    ("下午5点整", "17:00"),
    ("下午五點鐘", "17:00"),
    ("下午17点", "17:00"),
    ("上午9点", "09:00"),
    ("早上八点半", "08:30"),
    ("晚上8点", "20:00"),
    ("中午12点", "12:00"),
    ("中午1点", "13:00"),
    ("中午", "12:00"),
    ("9点", "09:00"),
    ("两点半下午", None),
    ("5pm", "17:00"),
    ("5:30 p.m.", "17:30"),
    ("9 am", "09:00"),
    ("12 pm", "12:00"),
    ("noon", "12:00"),
    ("5点", None),
    ("三点半", None),
    ("5:00", None),
    ("半夜12点", None),
    ("晚上12点", None),
    ("25:00", None),
    ("17:60", None),
    ("24:30", None),
    ("上午15点", None),
    ("13 pm", None),
    ("9点到17点", None),
]


@pytest.mark.parametrize(("text", "hour"), HOURS, ids=[text for text, _ in HOURS])
def test_an_hour_as_people_type_it(text: str, hour: str | None) -> None:
    """An hour on its own, with or without its part of the day."""
    found = take_hour(text)
    if hour is None:
        assert isinstance(found, NotUnderstood)
    else:
        assert found == (hour, "")


@pytest.mark.parametrize(
    ("text", "hour", "rest"),
    [
        ("6月30日下午5点", "17:00", "6月30日"),
        ("2027-06-30 17:00", "17:00", "2027-06-30"),
        ("2027-06-30T17:00", "17:00", "2027-06-30"),
        ("下午5点，6月30日", "17:00", ",6月30日"),
        ("6月三十日十七点前", "17:00", "6月三十日 前"),
        ("6月30日", None, "6月30日"),
        ("3小时后", None, "3小时后"),
        ("届时另行通知", None, "届时另行通知"),
        ("2027年3月1日10:00", "10:00", "2027年3月1日"),
    ],
)
def test_the_rest_is_left(text: str, hour: str | None, rest: str) -> None:
    """What is not the hour is left for whoever reads days."""
    assert take_hour(text) == (hour, rest)


def test_the_end_of_a_day_belongs_to_it() -> None:
    """24:00 is kept as the last minute of the day, not as the next day."""
    assert hour_of("24:00") == time(23, 59)
    assert hour_of("17:30") == time(17, 30)
