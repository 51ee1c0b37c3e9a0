"""A calendar of buttons to pick a day, a month or a year.

It keeps nothing: each button's token holds the language, the page and the token of the question,
so that a calendar works however old it is. Turning its pages changes only the buttons; what is
picked goes to the conversation as a button of the question.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel.dates import format_date, get_day_names, get_month_names

from bot.platforms.telegram.keyboards import TOKEN_BYTES, Button, Rows, checked
from conversations.language import Language, language
from rules.messages import message

FIRST_YEAR, LAST_YEAR = 1900, 2099
# Most days asked for lie behind: a page of years has more of them before a year than after it.
YEARS_ON_PAGE, YEARS_BEFORE = 20, 14

# What begins a calendar's token, with a letter behind it as in nothing in a conversation; alone it
# does nothing.
MARK = "k"
CLOSE = "kx"

PICK_DAY = message("📅 选日期")
ONLY_YEAR = message("只知道是{year}")
ONLY_MONTH = message("只知道是这个月")
CLOSE_CALENDAR = message("收起日历")

_LETTERS = {"zh_Hans": "s", "zh_Hant": "t", "en": "e"}
_LOCALES = {letter: locale for locale, letter in _LETTERS.items()}
_BEGINNINGS = tuple(f"{MARK}{letter}" for letter in _LOCALES)
# kso… opens; ksd202603… shows the days of a month, ksm2026… the months of a year, ksy2012… years
# from that one on.
_TOKEN = re.compile(
    r"k(?P<locale>[ste])(?:o|d(?P<days>\d{6})|m(?P<months>\d{4})|y(?P<years>\d{4}))(?P<rest>.+)",
    re.ASCII | re.DOTALL,
)
# A day picked is the longest that is made of a question's token: :2026-03-01 comes after it.
_DAY_TOKEN_BYTES = TOKEN_BYTES - 11
_IDLE = Button("·", MARK)


@dataclass(frozen=True, slots=True)
class CalendarTap:
    """A button was pressed that only turns a page of a calendar."""

    address: str
    message: str
    token: str


@dataclass(frozen=True, slots=True)
class _Calendar:
    """What all pages of one calendar have in common."""

    words: Language
    letter: str
    day_token: str

    def page(self, label: str, view: str, anchor: int) -> Button:
        """A button that shows another page."""
        return Button(label, checked(f"{MARK}{self.letter}{view}{anchor}{self.day_token}"))

    def pick(self, label: str, picked: str) -> Button:
        """A button that answers the question."""
        return Button(label, checked(f"{self.day_token}:{picked}"))


def opener(day_token: str, locale: str) -> Button:
    """The button that opens a calendar; ValueError if the question's token is too long for one."""
    size = len(day_token.encode())
    if not 1 <= size <= _DAY_TOKEN_BYTES:
        raise ValueError(f"a day's token has {size} bytes, not 1 to {_DAY_TOKEN_BYTES}")
    return Button(language(locale).say(PICK_DAY), opening(day_token, locale))


def opening(day_token: str, locale: str) -> str:
    """The token that opens a calendar at the present month."""
    return f"{MARK}{_LETTERS.get(locale, 's')}o{day_token}"


def turns(token: str) -> bool:
    """Whether it is a button that only shows a page of a calendar."""
    return token.startswith(_BEGINNINGS)


def shown_by(token: str) -> bool:
    """Whether it is a button that only a calendar has."""
    return token in (MARK, CLOSE) or turns(token)


def keyboard(token: str, today: date) -> Rows | None:
    """The page that a token asks for, or None if it asks for none."""
    asked = _TOKEN.fullmatch(token)
    if asked is None or len(asked["rest"].encode()) > _DAY_TOKEN_BYTES:
        return None
    letter = asked["locale"]
    shown = _Calendar(language(_LOCALES[letter]), letter, asked["rest"])
    if asked["years"]:
        return _years(shown, _first_on_page(int(asked["years"])))
    if asked["months"]:
        return _months(shown, _within(int(asked["months"])))
    year, month = divmod(int(asked["days"]), 100) if asked["days"] else (today.year, today.month)
    return _days(shown, _within(year), min(max(month, 1), 12), today)


def _days(shown: _Calendar, year: int, month: int, today: date) -> Rows:
    first = date(year, month, 1)
    # A row's buttons are equally wide: an English month has to be short.
    pattern = "y年M月" if shown.words.chinese else "MMM y"
    named = format_date(first, pattern, locale=shown.words.locale)
    title = shown.page(named, "m", year)
    before, length = monthrange(year, month)
    cells = [_IDLE] * before
    for day in range(1, length + 1):
        here = date(year, month, day)
        cells.append(shown.pick(f"[{day}]" if here == today else str(day), here.isoformat()))
    cells += [_IDLE] * (-len(cells) % 7)
    weekdays = tuple(Button(name, MARK) for name in _weekdays(shown.words.locale))
    only = shown.pick(shown.words.say(ONLY_MONTH), f"{year:04}-{month:02}")
    count = year * 12 + month - 1
    earlier, later = (
        shown.page(arrow, "d", number // 12 * 100 + number % 12 + 1)
        if FIRST_YEAR * 12 <= number < (LAST_YEAR + 1) * 12
        else _IDLE
        for arrow, number in (("‹", count - 1), ("›", count + 1))
    )
    return ((earlier, title, later), weekdays, *_lines(cells, 7), (only, _close(shown)))


def _months(shown: _Calendar, year: int) -> Rows:
    title = shown.page(shown.words.year(year), "y", _first_on_page(year - YEARS_BEFORE))
    cells = [
        shown.page(name, "d", year * 100 + month)
        for month, name in enumerate(_month_names(shown.words.locale), 1)
    ]
    earlier, later = (
        shown.page(arrow, "m", other) if FIRST_YEAR <= other <= LAST_YEAR else _IDLE
        for arrow, other in (("‹", year - 1), ("›", year + 1))
    )
    named = shown.words.say(ONLY_YEAR, year=shown.words.year(year))
    only = shown.pick(named, f"{year:04}")
    return ((earlier, title, later), *_lines(cells, 4), (only, _close(shown)))


def _years(shown: _Calendar, first: int) -> Rows:
    years = range(first, first + YEARS_ON_PAGE)
    cells = [shown.page(str(each), "m", each) for each in years]
    earlier, later = (
        shown.page(arrow, "y", other) if other != first else _IDLE
        for arrow, other in (
            ("‹", _first_on_page(first - YEARS_ON_PAGE)),
            ("›", _first_on_page(first + YEARS_ON_PAGE)),
        )
    )
    title = Button(f"{years[0]}–{years[-1]}", MARK)
    return ((earlier, title, later), *_lines(cells, 4), (_close(shown),))


def _close(shown: _Calendar) -> Button:
    return Button(shown.words.say(CLOSE_CALENDAR), CLOSE)


def _within(year: int) -> int:
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _first_on_page(year: int) -> int:
    return min(max(year, FIRST_YEAR), LAST_YEAR - YEARS_ON_PAGE + 1)


def _lines(cells: list[Button], width: int) -> Rows:
    return tuple(tuple(cells[at : at + width]) for at in range(0, len(cells), width))


@lru_cache
def _weekdays(locale: str) -> tuple[str, ...]:
    """Monday first, in one letter each."""
    names = get_day_names("narrow", "stand-alone", locale)
    return tuple(names[day] for day in range(7))


@lru_cache
def _month_names(locale: str) -> tuple[str, ...]:
    names = get_month_names("abbreviated", "stand-alone", locale)
    return tuple(names[month] for month in range(1, 13))
