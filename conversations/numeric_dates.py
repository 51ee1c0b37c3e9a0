"""Dates written in figures alone: 2019-05-12, 2019/5, 20190512, 12/5/2019."""

import re
from datetime import date
from itertools import permutations

from conversations.fields import Fields, full_year
from conversations.text import UnreadableError

_SEPARATOR = r"\s?[-/.]\s?"
_EDGE = r"(?![\d/]|[-.]\d|万|亿|元|%)"
_YEAR_FIRST = re.compile(
    rf"((?:18|19|20)\d\d){_SEPARATOR}(\d{{1,2}})(?:{_SEPARATOR}(\d{{1,2}})[日号]?)?{_EDGE}"
)
_MIXED = re.compile(rf"((?:18|19|20)\d\d)[-/.](\d{{1,2}})月(?:(\d{{1,2}})[日号]?)?{_EDGE}")
_SOLID = re.compile(rf"((?:19|20)\d\d)(\d\d)(\d\d)?{_EDGE}")
_YEAR_LAST = re.compile(
    rf"(?:(\d{{1,2}}){_SEPARATOR})?(\d{{1,2}}){_SEPARATOR}((?:18|19|20)\d\d){_EDGE}"
)
_NO_YEAR = re.compile(rf"(\d{{1,2}})([/.-])(\d{{1,2}}){_EDGE}")
_SHORT = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_EDGE}")


def match_figures(text: str, start: int, today: date) -> tuple[Fields, int] | None:
    """Read a date in figures in the folded ``text`` from ``start`` on, and say where it ends.

    Raises UnreadableError: ``ambiguous`` where day, month and year can be told apart in more
    than one way, ``no_such_day`` where in none.
    """
    if start and (text[start - 1].isdigit() or text[start - 1] in "./"):
        return None
    if match := _YEAR_FIRST.match(text, start) or _MIXED.match(text, start):
        return _fields(*match.groups()), match.end()
    if match := _SOLID.match(text, start):
        if not match[3] and not 1 <= int(match[2]) <= 12:
            return None
        return _fields(*match.groups()), match.end()
    if match := _YEAR_LAST.match(text, start):
        return _year_last(*match.groups()), match.end()
    if match := _SHORT.match(text, start):
        return _three_short(int(match[1]), int(match[3]), int(match[4]), today), match.end()
    if (match := _NO_YEAR.match(text, start)) and match[2] != "-":
        return _two_short(match), match.end()
    return None


def _fields(year: str, month: str, day: str | None) -> Fields:
    named = Fields(int(year), int(month), int(day) if day else None)
    if not _exists(int(year), int(month), int(day or 1)):
        raise UnreadableError("no_such_day")
    return named


def _year_last(first: str | None, second: str, year: str) -> Fields:
    if first is None:
        return _fields(year, second, None)
    return _only({(int(year), int(m), int(d)) for d, m in permutations((first, second))})


def _three_short(a: int, b: int, c: int, today: date) -> Fields:
    first, last = full_year(a, today), full_year(c, today)
    return _only({(first, b, c), (last, b, a), (last, a, b)})


def _two_short(match: re.Match[str]) -> Fields:
    one, two = int(match[1]), int(match[3])
    if match[2] == ".":
        # 3.5 may be a number, 3 May or 5 March.
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
