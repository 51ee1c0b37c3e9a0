"""The words for years, months, days, seasons and holidays, in Chinese and English."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from conversations.numerals import DIGIT, read_number
from conversations.text import UnreadableError
from conversations.time_words.fields import (
    Edge,
    Fields,
    Holiday,
    Part,
    Piece,
    full_year,
)

_YEARS = range(1800, 2101)
_BARE_YEARS = range(1900, 2101)
_ZH = rf"(?:\d{{1,2}}|[{DIGIT}十]{{1,3}})(?!\d)"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EN_MONTH = (
    # "we may", "it may not" is no month.
    r"(?:(?<!we )(?<!it )(?<!i )may(?! (?:be|have|not)(?![a-z]))"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_MONTH_ZH = (
    rf"({_ZH}|元)\s?月份?(?:\s?({_ZH})\s?[日号]|(\d{{1,2}})(?![\d.年月个万元])"
    r"|([一二三四五六七八九十]{1,3})(?=[,。的 ]|$))?"
)
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
_HALF_MONTH = {"上": (1, 15), "下": (16, 31)}
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}
_HOLIDAY_ENDING = "(?:节|佳节)?(?:假期|长假|小长假|黄金周|期间|放假|假)?"
_SEASONS = {
    "春": 2, "夏": 5, "秋": 8, "冬": 11,
    "spring": 2, "summer": 5, "autumn": 8, "fall": 8, "winter": 11,
}  # fmt: skip
_ORDINALS = {
    "一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2, "前": 1, "后": 2,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
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
    "国庆|national day": Holiday((10, 1), (10, 1), 8),
    # 十一 is also eleven.
    "(?:(?<=年)|(?<=年的))十一(?!个?[月年天])|十一(?=[假长黄前后期之以当])":
        Holiday((10, 1), (10, 1), 8),
    "双十一|双11": Holiday((11, 11), (11, 11)),
    "双十二|双12": Holiday((12, 12), (12, 12)),
    "圣诞|christmas": Holiday((12, 25), (12, 25)),
}  # fmt: skip


_Read = Callable[[re.Match[str], date], Fields | None]


def match_calendar(text: str, start: int, today: date) -> tuple[Fields, int] | None:
    """Read one named part of a date in the folded ``text`` from ``start`` on, and its end.

    Raises UnreadableError for what can be read in two ways.
    """
    for pattern, read in _words():
        match = pattern.match(text, start)
        if match and (named := read(match, today)) is not None:
            return named, match.end()
    return None


@cache
def _words() -> list[tuple[re.Pattern[str], _Read]]:
    patterns: list[tuple[str, _Read]] = [
        (rf"(?<![\d.])(\d{{4}}|[{DIGIT}]{{4}})(?!\d)(年度?)?(?! ?标准)", _year),
        *((f"(?:{word}){_HOLIDAY_ENDING}", _always(Fields(holiday=holiday)))
          for word, holiday in _HOLIDAYS.items()),
        (r"前三个?季度", _always(Fields(part=Part(1, 9)))),
        (r"第?([一二三四1-4])季度?|q([1-4])(?!\d)", _quarter),
        (r"(first|second|third|fourth|1st|2nd|3rd|4th) quarter", _quarter),
        (r"([上下前后])半年|h([12])(?!\d)", _half_year),
        (r"(first|second) half(?: of the year)?(?: of)?", _half_year),
        (rf"({_ZH})(?:\s?[-~、到至和或]\s?)({_ZH})月份?", _months_range),
        (r"([一二三四五六七八])([二三四五六七八九])月份?", _two_months),
        (_MONTH_ZH, _month_zh),
        (rf"({_ZH})[日号]", lambda match, _: Fields(day=_number(match[1]))),
        (rf"({_EN_MONTH}) ?'(\d\d)(?!\d)", _month_short_year),
        (rf"({_EN_MONTH})-\d\d(?!\d)", _two_ways),
        (rf"({_EN_MONTH}) ?(\d{{1,2}})(?:st|nd|rd|th)?(?![\da-z])", _month_day),
        (rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -]?(?:of )?({_EN_MONTH})-?", _day_month),
        (rf"{_EN_MONTH}(?:-(?=\d{{4}}))?", lambda match, _: Fields(month=_month_number(match[0]))),
        (r"([上中下])旬", _third_of_month),
        (r"([上下])半月", lambda match, _: Fields(piece=Piece(*_HALF_MONTH[match[1]]))),
        (r"(?:(?<=年)|(?<=年的)|(?<=\d{4})|年)([初中底末尾])(?!旬)", _part_edge),
        (r"岁末|年终|year[ -]end", _always(Fields(part=_END))),
        (r"(?:(?<=月)|(?<=月份)|月)([初中底末尾])(?!旬)", _piece_edge),
        (r"(beginning|start|middle|end) of (?:the )?year", _part_edge),
        (r"(beginning|start|middle|end) of (?:the )?month", _piece_edge),
        (r"(early|mid|late)(?= |-)(?: in )?-?|(beginning|start|middle|end) of", _edge),
        (r"([春夏秋冬])(?:天|季)?|(spring|summer|autumn|fall|winter)(?![a-z])", _season),
    ]  # fmt: skip
    return [(re.compile(pattern), read) for pattern, read in patterns]


def _always(named: Fields) -> _Read:
    return lambda _match, _today: named


def _year(match: re.Match[str], _today: date) -> Fields | None:
    year = read_number(match[1])
    known = _YEARS if match[2] else _BARE_YEARS
    return Fields(year=year) if year in known else None


def _quarter(match: re.Match[str], _today: date) -> Fields:
    return Fields(part=Part(3 * _ordinal(match) - 2, 3))


def _half_year(match: re.Match[str], _today: date) -> Fields:
    return Fields(part=Part(6 * _ordinal(match) - 5, 6))


def _two_months(match: re.Match[str], _today: date) -> Fields | None:
    first, last = _number(match[1]), _number(match[2])
    return Fields(part=Part(first, 2)) if last == first + 1 else None


def _months_range(match: re.Match[str], _today: date) -> Fields | None:
    first, last = _number(match[1]), _number(match[2])
    return Fields(part=Part(first, last - first + 1)) if 1 <= first < last <= 12 else None


def _month_zh(match: re.Match[str], _today: date) -> Fields:
    month = 1 if match[1] == "元" else _number(match[1])
    day = match[2] or match[3] or match[4]
    return Fields(month=month, day=_number(day) if day else None)


def _month_day(match: re.Match[str], _today: date) -> Fields:
    return Fields(month=_month_number(match[1]), day=int(match[2]))


def _day_month(match: re.Match[str], _today: date) -> Fields:
    return Fields(month=_month_number(match[2]), day=int(match[1]))


def _month_short_year(match: re.Match[str], today: date) -> Fields:
    return Fields(month=_month_number(match[1]), year=full_year(int(match[2]), today))


def _two_ways(_match: re.Match[str], _today: date) -> Fields:
    # May-19 is a day to some and a month of 2019 to others.
    raise UnreadableError("ambiguous")


def _third_of_month(match: re.Match[str], _today: date) -> Fields:
    return Fields(piece=Piece(*_THIRDS[match[1]]))


def _part_edge(match: re.Match[str], _today: date) -> Fields:
    return Fields(part=_EDGES[match[1]].part)


def _piece_edge(match: re.Match[str], _today: date) -> Fields:
    return Fields(piece=_EDGES[match[1]].piece)


def _edge(match: re.Match[str], _today: date) -> Fields:
    return Fields(edge=_EDGES[match[1] or match[2]])


def _season(match: re.Match[str], _today: date) -> Fields:
    return Fields(part=Part(_SEASONS[match[1] or match[2]], 4, sharp=False))


def _ordinal(match: re.Match[str]) -> int:
    word = next(group for group in match.groups() if group)
    return _ORDINALS.get(word) or int(word)


def _number(text: str) -> int:
    number = read_number(text)
    if number is None:
        raise UnreadableError("unknown")
    return number


def _month_number(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1
