"""Time as an office has it: working days from nine to five, by the clock of the office."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.workdays import is_workday

OPENS, CLOSES = time(9), time(17)
DAY = timedelta(hours=8)
PATIENCE = 2
"""Working days after which a question has waited for too long."""
_DAY = timedelta(days=1)


def overdue_at(since: datetime, zone: ZoneInfo, days: int = PATIENCE) -> datetime:
    """When something that has waited ``since`` then has waited for so many working days.

    What comes when nobody works begins to wait when the office opens next.
    """
    moment = _at_work(since.astimezone(zone))
    for _ in range(days):
        moment = datetime.combine(_next_workday(moment.date()), moment.time(), zone)
    return moment


def worked_between(first: datetime, last: datetime, zone: ZoneInfo) -> timedelta:
    """How long the office was open from ``first`` to ``last``; nothing if that is backwards."""
    start, end = first.astimezone(zone), last.astimezone(zone)
    worked, day = timedelta(), start.date()
    while day <= end.date():
        if is_workday(day):
            opened = max(start, datetime.combine(day, OPENS, zone))
            closed = min(end, datetime.combine(day, CLOSES, zone))
            worked += max(closed - opened, timedelta())
        day += _DAY
    return worked


def _at_work(moment: datetime) -> datetime:
    """The moment itself if the office is open, else when it opens next."""
    zone = moment.tzinfo
    if not is_workday(moment.date()) or moment.time() >= CLOSES:
        return datetime.combine(_next_workday(moment.date()), OPENS, zone)
    return max(moment, datetime.combine(moment.date(), OPENS, zone))


def _next_workday(day: date) -> date:
    day += _DAY
    while not is_workday(day):
        day += _DAY
    return day
