"""Working days of the People's Republic of China, as the State Council arranges them each year.

The arrangement of a year, with the weekends worked in exchange for longer holidays, is published
in the autumn before it. Until then only what the law says is known (Measures for Public Holidays
on Festivals and Memorial Days): a count that reaches into such a year is provisional.
"""

from calendar import isleap
from datetime import date, timedelta
from functools import lru_cache

from holidays import HolidayBase, country_holidays

COUNTRY = "CN"
LAST_WEEK = (12, 25)
"""From this day of December on, days can be off or worked in exchange for those of New Year."""


def is_workday(day: date) -> bool:
    """Whether offices work on this day, as far as is known."""
    return day in _workdays(day.year)


@lru_cache(maxsize=64)
def is_arranged(year: int) -> bool:
    """Whether the arrangement of a year is known, not only what the law says of every year."""
    # Every arrangement has weekends that are worked in exchange for other days.
    calendar = _calendar(year)
    return any(day.year == year for day in calendar.weekend_workdays)


def are_arranged(first: date, last: date) -> bool:
    """Whether it is known of each day from ``first`` to ``last``, both included, if it is worked.

    The last week of a year is arranged with New Year, a year later than the rest of it.
    """
    next_year = (last.month, last.day) >= LAST_WEEK
    return all(is_arranged(year) for year in range(first.year, last.year + 1 + next_year))


def workday_before(day: date, count: int) -> date:
    """The working day that is the ``count``-th before ``day``, which itself is not counted.

    Raises ValueError if ``count`` is not positive, OverflowError before the calendar begins.
    """
    if count < 1:
        raise ValueError("count at least one day back")
    found = day
    while count:
        found -= timedelta(days=1)
        count -= is_workday(found)
    return found


def look_up(*years: int) -> None:
    """Read the calendars of these years now: the first look at any takes a fifth of a second."""
    for year in years:
        is_arranged(year)
        _workdays(year)


@lru_cache(maxsize=64)
def _workdays(year: int) -> frozenset[date]:
    calendar = _calendar(year)
    first, length = date(year, 1, 1), 366 if isleap(year) else 365
    days = (first + timedelta(days=number) for number in range(length))
    return frozenset(day for day in days if calendar.is_working_day(day))


def _calendar(year: int) -> HolidayBase:
    # The years beside it: a festival's days off can begin in the year before.
    return country_holidays(COUNTRY, years=(year - 1, year, year + 1))
