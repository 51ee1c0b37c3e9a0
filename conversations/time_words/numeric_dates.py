"""Dates written in figures alone: 2019-05-12, 2019/5, 20190512, 12/5/2019."""

import re
from collections.abc import Callable
from datetime import date
from itertools import permutations

from conversations.text import UnreadableError
from conversations.time_words.fields import Fields, full_year

_YEAR = r"(?:1[89]\d\d|20\d\d|2100)"
_SEPARATOR = r"\s?[-/.]\s?"
_EDGE = r"(?![\d/]|[-.]\d|万|亿|元|%)"
# A range may follow: 2019.5.12-2022.5.11.
_RANGE_EDGE = r"(?![\d/]|\.\d|万|亿|元|%)"
_YEAR_FIRST = re.compile(
    rf"({_YEAR}){_SEPARATOR}(\d{{1,2}})(?:{_SEPARATOR}(\d{{1,2}})[日号]?)?{_RANGE_EDGE}"
)
_MIXED = re.compile(rf"({_YEAR})[-/.](\d{{1,2}})月(?:(\d{{1,2}})[日号]?)?{_EDGE}")
_SOLID = re.compile(rf"({_YEAR})(\d\d)(\d\d)?{_EDGE}")
_YEAR_LAST = re.compile(rf"(?:(\d{{1,2}}){_SEPARATOR})?(\d{{1,2}}){_SEPARATOR}({_YEAR}){_EDGE}")
_NO_YEAR = re.compile(rf"(\d{{1,2}})([/.])(\d{{1,2}}){_EDGE}")
_SHORT = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_EDGE}")


def match_figures(text: str, start: int, today: date) -> tuple[Fields, int] | None:
    """Read a date in figures in the folded ``text`` from ``start`` on, and say where it ends.

    Raises UnreadableError: ``ambiguous`` where day, month and year can be told apart in more
    than one way, ``no_such_day`` where in none.
    """
    if start and (text[start - 1].isdigit() or text[start - 1] in "./"):
        return None
    for pattern, read in _FORMS:
        match = pattern.match(text, start)
        if match and (named := read(match, today)):
            return named, match.end()
    return None


def _year_first(match: re.Match[str], _today: date) -> Fields:
    return _fields(*match.groups())


def _solid(match: re.Match[str], _today: date) -> Fields | None:
    # Six figures are as likely a number of something else, unless they end in a month.
    is_date = match[3] or 1 <= int(match[2]) <= 12
    return _fields(*match.groups()) if is_date else None


def _fields(year: str, month: str, day: str | None) -> Fields:
    named = Fields(int(year), int(month), int(day) if day else None)
    if not _exists(int(year), int(month), int(day or 1)):
        raise UnreadableError("no_such_day")
    return named


def _year_last(match: re.Match[str], _today: date) -> Fields:
    first, second, year = match.groups()
    if first is None:
        return _fields(year, second, None)
    return _only({(int(year), int(m), int(d)) for d, m in permutations((first, second))})


def _three_short(match: re.Match[str], today: date) -> Fields:
    a, b, c = int(match[1]), int(match[3]), int(match[4])
    first, last = full_year(a, today), full_year(c, today)
    return _only({(first, b, c), (last, b, a), (last, a, b)})


def _two_short(match: re.Match[str], _today: date) -> Fields:
    one, two = int(match[1]), int(match[3])
    if match.string[: match.start()].rstrip().endswith("年"):
        return Fields(month=one, day=two)
    # 3.5 may be a number, 3 May or 5 March; 19/5 a day or a month of 2019.
    if match[2] == "." or one > 12:
        raise UnreadableError("ambiguous")
    # A leap year, so that 2/29 stays possible.
    named = _only({(2000, one, two), (2000, two, one)})
    return Fields(month=named.month, day=named.day)


def _only(candidates: set[tuple[int, int, int]]) -> Fields:
    possible = [day for day in candidates if _exists(*day)]
    if len(possible) != 1:
        raise UnreadableError("ambiguous" if possible else "no_such_day")
    return Fields(*possible[0])


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Fields | None]], ...] = (
    (_YEAR_FIRST, _year_first),
    (_MIXED, _year_first),
    (_SOLID, _solid),
    (_YEAR_LAST, _year_last),
    (_SHORT, _three_short),
    (_NO_YEAR, _two_short),
)
