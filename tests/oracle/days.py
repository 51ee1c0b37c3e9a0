"""Calendar days, counted by hand, and the days that a partial date leaves possible."""

from datetime import date, timedelta

MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
ONE_DAY = timedelta(days=1)
REACH = 13  # years; no condition looks further back or forward than eleven


def month_length(year: int, month: int) -> int:
    """How many days a month has."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else MONTH_LENGTHS[month - 1]


def add_years(day: date, years: int) -> date:
    """Return the corresponding day some years on, or that month's last day where there is none."""
    year = day.year + years
    return date(year, day.month, min(day.day, month_length(year, day.month)))


def first_day(text: str) -> date:
    """Return the first day of a year, a month or a day as written."""
    numbers = [int(part) for part in text.split("-")]
    return date(*[*numbers, 1, 1][:3])


def last_day(text: str) -> date:
    """Return the last day of a year, a month or a day as written."""
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 1:
        return date(numbers[0], 12, 31)
    if len(numbers) == 2:
        return date(numbers[0], numbers[1], month_length(numbers[0], numbers[1]))
    return date(*numbers)


def bounds(text: str) -> tuple[date, date]:
    """Return the first and the last day that a partial date allows, whatever the day of filing."""
    if not text.startswith("["):
        return first_day(text), last_day(text)
    left, right = text[1:-1].split("..")
    return (first_day(left) if left else date.min), (last_day(right) if right else date.max)


def decisive_days(as_of: date) -> set[date]:
    """Return every day near which a condition of any text could turn."""
    days = set()
    for back in range(REACH + 1):
        corresponding = add_years(as_of, -back)
        days |= {corresponding + timedelta(days=off) for off in range(-3, 4)}
        year = as_of.year - back
        days |= {date(year, 1, 1), date(year, 2, 28), date(year, 3, 1), date(year, 12, 31)}
        days.add(date(year, 2, month_length(year, 2)))
    return days


def possible_days(text: str, as_of: date, *, every: bool = False) -> list[date]:
    """Return the days up to `as_of` that a partial date can mean, the latest first.

    The ends and the decisive days stand for all, unless `every` day of the years within reach
    is asked for. Empty where the date lies wholly after `as_of`.
    """
    low, high = bounds(text)
    high = min(high, as_of)
    if low > high:
        return []
    if every:
        start = max(low, min(high, add_years(as_of, -REACH)))
        days = {start + timedelta(days=off) for off in range((high - start).days + 1)}
    else:
        days = {day for day in decisive_days(as_of) if low <= day <= high}
    return sorted(days | {low, high}, reverse=True)
