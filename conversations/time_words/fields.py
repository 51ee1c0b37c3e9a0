"""The parts of a calendar date that a text names: a year, a month, a season, a holiday.

How wide the vague ones are read: 年初 January and February, 年中 May to August, 年底 November and
December; early, mid and late 2019 four months each; 月初 the first ten days, 月底 from the 21st
on; 春 February to May, 夏 May to August, 秋 August to November, 冬 November to February. A
holiday includes its days off; one that follows the moon lies within wide bounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date

from conversations.text import UnreadableError
from conversations.time_words.spans import Length, Span, hull, month_span, shift, span, vague_span

_YEARS_AHEAD = 5
_MONTH, _DAYS, _WEEK, _YEAR = Length(1), Length(days=10), Length(days=7), Length(12)


@dataclass(frozen=True, slots=True)
class Part:
    """Some months of a year: from ``first`` on, ``months`` long, perhaps into the next year."""

    first: int
    months: int
    sharp: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """Some days of a month; 31 is the month's last."""

    first: int
    last: int
    sharp: bool = True


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday that falls between two days (month, day) and lasts ``days``."""

    first: tuple[int, int]
    last: tuple[int, int]
    days: int = 1


@dataclass(frozen=True, slots=True)
class Edge:
    """初, 中, 底, early, late: of a month if one is named, otherwise of the year."""

    part: Part
    piece: Piece


@dataclass(frozen=True, slots=True)
class Fields:
    """What is named of a date; the rest is left open."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: Part | None = None
    piece: Piece | None = None
    holiday: Holiday | None = None
    edge: Edge | None = None

    def named(self) -> set[str]:
        """The names of the fields that are set."""
        return {field.name for field in fields(self) if getattr(self, field.name) is not None}


def full_year(short: int, today: date) -> int:
    """The year that two digits stand for: of this century, unless that is years ahead."""
    year = 2000 + short
    return year if year <= today.year + _YEARS_AHEAD else year - 100


def merge(one: Fields, other: Fields) -> Fields | None:
    """The date that both name parts of; ``None`` if they cannot belong to one date."""
    if one.named() & other.named():
        return None
    merged = replace(one, **{name: getattr(other, name) for name in other.named()})
    return merged if _fits(merged) else None


def _fits(named: Fields) -> bool:
    """Whether the parts name one time: 年底 and 5月 do not, nor does a day without its month."""
    names = named.named()
    in_month = len(names & {"day", "piece"})
    if "year" in names and "month" not in names and in_month:
        return False
    by_month = bool(in_month or "month" in names)
    in_year = len(names & {"part", "holiday"}) + by_month
    if "edge" in names:
        in_month, in_year = (in_month + 1, in_year) if by_month else (in_month, in_year + 1)
    return in_year < 2 and in_month < 2


def resolve(named: Fields, today: date, *, future: bool) -> Span:
    """The days that the named parts leave possible.

    Without a year it is the latest such time that has begun by ``today`` or, with ``future``, the
    earliest that is not over. Raises UnreadableError for a day that does not exist.
    """
    if named.year is not None:
        found = _in_year(named, named.year)
        # 2019年冬, winter 2019: the one that begins in the year, or the one that ends in it.
        over_new_year = named.part and named.part.first + named.part.months > 13
        return replace(found, first=date(named.year, 1, 1)) if over_new_year else found
    spans = sorted(_every(named, today), key=lambda one: one.first)
    if not spans:
        raise UnreadableError("no_such_day")
    if future:
        return next((one for one in spans if one.last >= today), spans[-1])
    begun = [one for one in spans if one.first <= today]
    latest = begun[-1] if begun else spans[0]
    # In November, 年底 and 冬天 may still be those of last year; and within the bounds of a holiday
    # that follows the moon nobody here knows whether it has come yet.
    if latest.last > today and len(begun) > 1 and _unsharp(named):
        return hull(begun[-2], latest)
    return latest


def _unsharp(named: Fields) -> bool:
    if named.holiday:
        return named.holiday.first != named.holiday.last
    return any(x is not None and not x.sharp for x in (named.part, named.piece))


def resolve_last(named: Fields, today: date) -> Span:
    """ "last June": the latest June that is over, or the June of last year, whichever was meant."""
    past = [one for one in _every(named, today) if one.last < today]
    latest = max(past, key=lambda one: one.first)
    return _both(latest, named, today.year - 1)


def resolve_next(named: Fields, today: date) -> Span:
    """ "next March": the March to come, or the March of next year, whichever was meant."""
    coming = [one for one in _every(named, today) if one.first > today]
    earliest = min(coming, key=lambda one: one.first)
    return _both(earliest, named, today.year + 1)


def _both(one: Span, named: Fields, year: int) -> Span:
    other = _in_year(named, year)
    return one if one == other else hull(one, other)


def _every(named: Fields, today: date) -> Iterator[Span]:
    """The time named, in the years around ``today`` in which it exists."""
    months = [named.month]
    if named.month is None and (named.day or named.piece):
        months = list(range(1, 13))
    # 29 February can be eight years away: around 1900 and 2100.
    years = 8 if named.day == 29 else 2
    for year in range(today.year - years, today.year + years + 1):
        for month in months:
            try:
                yield _in_year(replace(named, month=month), year)
            except UnreadableError:
                continue


def _in_year(named: Fields, year: int) -> Span:
    if not 1 < year < 9998:
        raise UnreadableError("no_such_day")
    month, piece, part = named.month, named.piece, named.part
    if month is not None and not 1 <= month <= 12:
        raise UnreadableError("no_such_day")
    if named.edge:
        part, piece = (named.edge.part, None) if month is None else (None, named.edge.piece)
    if named.holiday:
        return _holiday(named.holiday, year)
    if part:
        first, last = month_span(year, part.first, part.months)
        return (span if part.sharp else vague_span)(first, last, _MONTH)
    if month is None:
        return span(date(year, 1, 1), date(year, 12, 31), _YEAR)
    first, last = month_span(year, month)
    if piece:
        begin = first.replace(day=piece.first)
        end = min(last, shift(first, Length(days=piece.last - 1)))
        return (span if piece.sharp else vague_span)(begin, end, _DAYS)
    if named.day is None:
        return span(first, last, _MONTH)
    if not 1 <= named.day <= last.day:
        raise UnreadableError("no_such_day")
    day = first.replace(day=named.day)
    return span(day, day, _WEEK)


def _holiday(holiday: Holiday, year: int) -> Span:
    first, last = date(year, *holiday.first), date(year, *holiday.last)
    end = shift(last, Length(days=holiday.days - 1))
    one_day = Length(days=1)
    return Span(first, end, _DAYS, before=shift(last, -one_day), after=shift(first, one_day))
