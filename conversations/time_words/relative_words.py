"""The words that name a time by its distance from today: 去年, 上个月, last June, next week."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

from conversations.numerals import read_number
from conversations.time_words.calendar_words import match_calendar
from conversations.time_words.fields import Fields, Part, full_year, resolve_last, resolve_next
from conversations.time_words.spans import Length, Span, shift, span, vague_span

Named = Fields | Span
_Read = Callable[[re.Match[str], date], Fields]

_SOME_DAYS = Length(days=3)
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
_WEEKDAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_LAST_NEXT = re.compile(r"(last|this|next)(?: year'?s)? (?!year|month|week)")
_MOVABLE = {"month", "part", "holiday"}


def _last_next(word: str, named: Fields, today: date) -> Named:
    if word == "this":
        return replace(named, year=today.year)
    return resolve_last(named, today) if word == "last" else resolve_next(named, today)


def match_relative(text: str, start: int, today: date, *, future: bool) -> tuple[Named, int] | None:
    """Read such a word in the folded ``text`` from ``start`` on, and say where it ends.

    ``future`` says which Wednesday 周三 is.
    """
    if prefix := _LAST_NEXT.match(text, start):
        inner = match_calendar(text, prefix.end(), today)
        if inner and inner[0].named() <= _MOVABLE:
            return _last_next(prefix[1], inner[0], today), inner[1]
    if match := _WEEK.match(text, start):
        return _week(match, today, future=future), match.end()
    if match := _DECADE.match(text, start):
        return _decade(match, today), match.end()
    for pattern, read in _words():
        if match := pattern.match(text, start):
            return read(match, today), match.end()
    return None


_DECADE = re.compile(
    r"(?:(?:上个?世纪|20世纪)?(?P<zh>[2-9]0|[二三四五六七八九]十)年代|(?P<full>(?:19|20)\d0)年代"
    r"|(?P<en>(?:19|20)?\d0)'?s(?![a-z]))(?P<third>初期?|中期?|末期?|后期)?"
)
_THIRDS = {"": (0, 9), "初": (0, 4), "中": (3, 7), "末": (6, 9), "后": (5, 9)}


def _decade(match: re.Match[str], today: date) -> Span:
    first = read_number(match["zh"] or match["full"] or match["en"]) or 0
    first = first if first > 99 else full_year(first, today)
    begin, end = _THIRDS[(match["third"] or "")[:1]]
    return vague_span(date(first + begin, 1, 1), date(first + end, 12, 31), Length(12))


@cache
def _words() -> list[tuple[re.Pattern[str], _Read]]:
    patterns: list[tuple[str, _Read]] = [
        *((f"(?:{word})度?", _relative_year(years)) for word, years in _RELATIVE_YEARS.items()),
        *((word, _relative_month(months)) for word, months in _RELATIVE_MONTHS.items()),
        *((word, _relative_day(days)) for word, days in _RELATIVE_DAYS.items()),
        (r"(上|本|这|下)一?个?季度|(last|this|next) quarter", _relative_quarter),
    ]
    return [(re.compile(pattern), read) for pattern, read in patterns]


def _relative_year(years: int) -> _Read:
    return lambda _match, today: Fields(year=today.year + years)


def _relative_month(months: int) -> _Read:
    def read(_match: re.Match[str], today: date) -> Fields:
        first = shift(today.replace(day=1), Length(months))
        return Fields(year=first.year, month=first.month)

    return read


def _relative_day(days: int) -> _Read:
    def read(_match: re.Match[str], today: date) -> Fields:
        day = shift(today, Length(days=days))
        return Fields(year=day.year, month=day.month, day=day.day)

    return read


def _relative_quarter(match: re.Match[str], today: date) -> Fields:
    quarters = today.year * 4 + (today.month - 1) // 3 + _RELATIVE_WEEKS[match[1] or match[2]]
    return Fields(year=quarters // 4, part=Part(quarters % 4 * 3 + 1, 3))


_WEEK = re.compile(
    r"(?P<zh>上上|上|本|这|下下|下)?一?个?(?:周|星期|礼拜)(?P<zh_day>[一二三四五六日天])"
    r"|(?P<zh_week>上上|上|本|这|下下|下)一?个?(?:周|星期|礼拜)(?!末)"
    r"|(?:(?P<en>last|this|next) )?(?P<en_day>mon|tue|wed|thu|fri|sat|sun)"
    r"(?:day|s|sday|rs|rsday|nesday|urday)?(?![a-z])|(?P<en_week>last|this|next) week(?![a-z])"
)


def _week(match: re.Match[str], today: date, *, future: bool) -> Span:
    monday = shift(today, Length(days=-today.weekday()))
    if which := match["zh_week"] or match["en_week"]:
        first = shift(monday, Length(days=7 * _RELATIVE_WEEKS[which]))
        return span(first, shift(first, Length(days=6)), _SOME_DAYS)
    zh, en = match["zh_day"], match["en_day"]
    number = min(_WEEKDAYS_ZH.index(zh), 6) if zh else _WEEKDAYS_EN.index(en)
    which = match["zh"] or match["en"]
    passed = (today.weekday() - number) % 7
    near = -passed if not future or which == "last" else (7 - passed) % 7
    if which in ("last", "next"):
        near = -(passed or 7) if which == "last" else 7 - passed
    in_week = number - today.weekday() + 7 * _RELATIVE_WEEKS.get(which or "this", 0)
    days = {near} if not which else {near, in_week} if en and which != "this" else {in_week}
    first, last = (shift(today, Length(days=days)) for days in (min(days), max(days)))
    return span(first, last, _SOME_DAYS)
