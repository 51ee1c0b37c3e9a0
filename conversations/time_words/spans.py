"""Stretches of the calendar that words stand for, and the arithmetic on them."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta

from rules.periods import Interval


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time: whole months and whole days."""

    months: int = 0
    days: int = 0

    def __add__(self, other: "Length") -> "Length":
        return Length(self.months + other.months, self.days + other.days)

    def __sub__(self, other: "Length") -> "Length":
        return Length(self.months - other.months, self.days - other.days)

    def __neg__(self) -> "Length":
        return Length(-self.months, -self.days)


@dataclass(frozen=True, slots=True)
class Span:
    """What a phrase about time stands for: one unknown day between ``first`` and ``last``.

    ``slack`` is what "about" adds on both sides. The rest says what lies before and after it:
    ``before`` is the last day that "before it" can mean, ``after`` the first that "after it" can.
    """

    first: date
    last: date
    slack: Length
    before: date
    after: date

    def about(self) -> "Span":
        """The same, said with "about"."""
        first, last = shift(self.first, -self.slack), shift(self.last, self.slack)
        if self.slack.months and _ends_month(self.last):
            last = _end_of_month(last)
        return replace(self, first=first, last=last, before=last, after=first)

    def interval(self) -> Interval:
        """The possible days."""
        return Interval(self.first, self.last)


def span(first: date, last: date, slack: Length) -> Span:
    """A stretch with sharp edges: before it is up to the day before, after it from the next day."""
    day = Length(days=1)
    return Span(first, last, slack, before=shift(first, -day), after=shift(last, day))


def vague_span(first: date, last: date, slack: Length) -> Span:
    """A stretch without sharp edges: "before the end of the year" reaches into it."""
    return Span(first, last, slack, before=last, after=first)


def hull(one: Span, other: Span) -> Span:
    """The stretch from the beginning of the earlier to the end of the later."""
    early, late = min(one, other, key=_begin), max(one, other, key=_end)
    return Span(early.first, late.last, late.slack, before=early.before, after=late.after)


def shift(day: date, length: Length) -> date:
    """``day`` moved by ``length``, months first, never out of the calendar."""
    moved = _add_months(day, length.months)
    try:
        return moved + timedelta(days=length.days)
    except OverflowError:
        return date.max if length.days > 0 else date.min


def latest_complete(today: date, length: Length) -> date:
    """The latest day from which ``length`` is complete on ``today``.

    For whole years it is ``rules.periods.latest_start``; months follow the same rule.
    """
    start = _add_months(_add_days(today, -length.days), -length.months)
    # Several days can share one corresponding day: 28 to 31 March, a month before 28 April.
    for _ in range(3):
        later = _add_days(start, 1)
        if _add_days(_add_months(later, length.months), length.days) > today:
            break
        start = later
    return start


def month_span(year: int, month: int, months: int = 1) -> tuple[date, date]:
    """First and last day of ``months`` months from ``month`` on, which may cross new year."""
    first = date(year, month, 1)
    last = _add_months(first, months - 1)
    return first, _end_of_month(last)


def _add_days(day: date, days: int) -> date:
    return shift(day, Length(days=days))


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < 1:
        return date.min
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _ends_month(day: date) -> bool:
    return day == _end_of_month(day)


def _begin(one: Span) -> date:
    return one.first


def _end(one: Span) -> date:
    return one.last
