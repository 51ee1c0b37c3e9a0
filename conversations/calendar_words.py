"""The words for years, months, days, seasons and holidays, in Chinese and English."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from conversations.fields import (
    Edge,
    Fields,
    Holiday,
    NoSuchDayError,
    Part,
    Piece,
    resolve,
    resolve_last,
    resolve_next,
)
from conversations.numerals import DIGIT, read_number
from conversations.spans import Length, Span, shift, span

Named = Fields | Span

_YEARS = range(1800, 2101)
_BARE_YEARS = range(1900, 2101)
_ZH = rf"(?:\d{{1,2}}|[{DIGIT}十]{{1,3}})(?!\d)"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_EN_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_RELATIVE_YEARS = {
    "大前年": -3, "前年": -2, "the year before last": -2, "year before last": -2,
    "去年": -1, "上一?年": -1, "last year": -1,
    "今年": 0, "本年": 0, "这一年": 0, "this year": 0,
    "明年": 1, "来年": 1, "next year": 1, "大后年": 3, "后年": 2,
}  # fmt: skip
_RELATIVE_MONTHS = {
    "上上个?月": -2, "the month before last": -2, "month before last": -2,
    "上个?月": -1, "last month": -1, "本月|这个?月|当月": 0, "this month": 0,
    "下下个?月": 2, "下个?月": 1, "next month": 1,
}  # fmt: skip
_RELATIVE_DAYS = {
    "大前天": -3, "前[天日]": -2, "the day before yesterday": -2, "昨[天日]|昨晚": -1,
    "yesterday": -1, "今[天日早晚]|今儿": 0, "today": 0, "大后天": 3, "后[天日]": 2,
    "the day after tomorrow": 2, "明[天日早]": 1, "tomorrow": 1,
}  # fmt: skip
_RELATIVE_WEEKS = {"上上": -2, "上": -1, "last": -1, "本": 0, "这": 0, "this": 0, "下下": 2,
                   "下": 1, "next": 1}  # fmt: skip
_WEEKDAYS_ZH = "一二三四五六日天"
_WEEKDAYS_EN = "mon tue wed thu fri sat sun".split()

_EARLY, _MID, _LATE = (Part(1, 4, sharp=False), Part(5, 4, sharp=False), Part(9, 4, sharp=False))
_BEGIN, _END = Part(1, 2, sharp=False), Part(11, 2, sharp=False)
_FIRST_DAYS, _MIDDLE_DAYS = Piece(1, 10, sharp=False), Piece(11, 20, sharp=False)
_LAST_DAYS = Piece(21, 31, sharp=False)
_EDGES = {
    "初": Edge(_BEGIN, _FIRST_DAYS), "中": Edge(_MID, _MIDDLE_DAYS),
    "底": Edge(_END, _LAST_DAYS), "末": Edge(_END, _LAST_DAYS), "尾": Edge(_END, _LAST_DAYS),
    "early": Edge(_EARLY, _FIRST_DAYS), "mid": Edge(_MID, _MIDDLE_DAYS),
    "middle": Edge(_MID, _MIDDLE_DAYS), "late": Edge(_LATE, _LAST_DAYS),
    "beginning": Edge(_BEGIN, _FIRST_DAYS), "start": Edge(_BEGIN, _FIRST_DAYS),
    "end": Edge(_END, _LAST_DAYS),
}  # fmt: skip
_SEASONS = {
    "春": 2, "夏": 5, "秋": 8, "冬": 11,
    "spring": 2, "summer": 5, "autumn": 8, "fall": 8, "winter": 11,
}  # fmt: skip
_ORDINALS = {"一": 1, "二": 2, "三": 3, "四": 4, "first": 1, "second": 2, "third": 3, "fourth": 4,
             "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "上": 1, "下": 2, "前": 1, "后": 2}  # fmt: skip
_HOLIDAYS = {
    "元旦|new year'?s day": Holiday((1, 1), (1, 1), 3),
    "春节|大年初一|spring festival|chinese new year|lunar new year|cny":
        Holiday((1, 21), (2, 20), 8),
    "过年|新年|new year": Holiday((1, 1), (2, 20), 8),
    "除夕": Holiday((1, 20), (2, 19)),
    "元宵|lantern festival": Holiday((2, 4), (3, 6)),
    "清明|qingming": Holiday((4, 4), (4, 6), 3),
    "五一|劳动节|labou?r day|may day": Holiday((5, 1), (5, 1), 5),
    "六一": Holiday((6, 1), (6, 1)),
    "端午|dragon boat(?: festival)?": Holiday((5, 27), (6, 26), 3),
    "七一": Holiday((7, 1), (7, 1)),
    "八一": Holiday((8, 1), (8, 1)),
    "中秋|mid-?autumn(?: festival)?": Holiday((9, 7), (10, 8), 3),
    "国庆|(?:(?<=年)|(?<=年的))十一(?!个?[月年天])|十一(?=假|长假|黄金周|前|后|期间|之|以|当天)"
    "|national day": Holiday((10, 1), (10, 1), 8),
    "双十一|双11": Holiday((11, 11), (11, 11)),
    "双十二|双12": Holiday((12, 12), (12, 12)),
    "圣诞|christmas": Holiday((12, 25), (12, 25)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Word:
    """A pattern, and what one match of it names, seen from a day; ``None`` if nothing."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], date], Named | None]


def match_calendar(text: str, start: int, today: date, *, future: bool) -> tuple[Named, int] | None:
    """Read one named part of a date in the folded ``text`` from ``start`` on, and its end.

    Raises NoSuchDayError.
    """
    for word in _words(future):
        match = word.pattern.match(text, start)
        if match and (named := word.read(match, today)) is not None:
            return named, match.end()
    return None
