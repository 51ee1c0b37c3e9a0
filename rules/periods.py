"""Days known exactly or only within bounds, and how the regulations count years.

The counting rules are those of the contract (``screening.md``, "How time is counted"):

- a period that starts on a day is counted from the next day, and its last day is the
  corresponding day N years later; where that day does not exist, the month's last day;
- "N年以上" and "满N年" hold from the corresponding day on;
- "近N年无 …" and "N年内不得 …" still count the corresponding day as inside.

Every function is pure; a day beyond the calendar (year 9999) is ``None``.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache

_POINT = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_PARTIAL = re.compile(rf"(?P<point>{_POINT})|\[(?P<from>{_POINT})?\.\.(?P<to>{_POINT})?\]")


@dataclass(frozen=True, slots=True)
class Interval:
    """One unknown day between ``first`` and ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"an interval cannot end before it begins: {self.first}..{self.last}")

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    def until(self, day: date) -> "Interval | None":
        """The possible days up to ``day``; ``None`` if there is none."""
        if self.first > day:
            return None
        return self if self.last <= day else Interval(self.first, day)


def add_years(day: date, years: int) -> date | None:
    """The corresponding day ``years`` later: 29 February falls on the 28th where it must."""
    year = day.year + years
    if not 1 <= year <= MAXYEAR:
        return None
    if day.month == 2 and day.day == 29:
        return date(year, 2, monthrange(year, 2)[1])
    return day.replace(year=year)


def day_after(day: date | None) -> date | None:
    """The next day; ``None`` past the end of the calendar."""
    if day is None or day == date.max:
        return None
    return day + timedelta(days=1)


def new_year(year: int) -> date | None:
    """1 January of ``year``; ``None`` past the end of the calendar."""
    return date(year, 1, 1) if 1 <= year <= MAXYEAR else None


@lru_cache(maxsize=256)  # every criterion of every verdict asks again for the same day
def latest_start(as_of: date, years: int) -> date | None:
    """The latest day from which ``years`` are complete on ``as_of`` ("N年以上", "满N年")."""
    start = add_years(as_of, -years)
    # Several days can share one corresponding day: 28 and 29 February.
    while start is not None and (later := day_after(start)) is not None:
        end = add_years(later, years)
        if end is None or end > as_of:
            break
        start = later
    return start


@lru_cache(maxsize=256)
def latest_outside(as_of: date, years: int) -> date | None:
    """The latest day that lies outside the last ``years`` counted back from ``as_of``."""
    return None if as_of == date.min else latest_start(as_of - timedelta(days=1), years)


def parse_interval(text: str) -> Interval:
    """Read a partial date: ``2019``, ``2019-05``, ``2019-05-12``, ``[2019..2020-03]``.

    Raises ValueError for anything else: a day that does not exist, an empty set, ``[..]``.
    """
    match = _PARTIAL.fullmatch(text)
    if match is None or not text.isascii():
        raise ValueError(f"not a partial date: {text!r}")
    if point := match["point"]:
        return _point(point)
    if match["from"] is None and match["to"] is None:
        raise ValueError("[..] leaves every day possible")
    first = _point(match["from"]).first if match["from"] else date.min
    last = _point(match["to"]).last if match["to"] else date.max
    return Interval(first, last)


def format_interval(interval: Interval) -> str:
    """Write ``interval`` in the shortest form that ``parse_interval`` reads back as the same."""
    first, last = interval.first, interval.last
    if interval.exact:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year:04}"
    same_month = (first.year, first.month) == (last.year, last.month)
    if same_month and first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return f"{first.year:04}-{first.month:02}"
    # [..] would be no partial date.
    start = "" if first == date.min and last != date.max else first.isoformat()
    end = "" if last == date.max else last.isoformat()
    return f"[{start}..{end}]"


def _point(text: str) -> Interval:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return Interval(date(parts[0], 1, 1), date(parts[0], 12, 31))
    if len(parts) == 2:
        year, month = parts
        return Interval(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    day = date(*parts)
    return Interval(day, day)
