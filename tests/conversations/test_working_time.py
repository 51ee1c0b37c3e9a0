"""Time as an office has it: working days, nine to five."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversations.working_time import overdue_at, worked_between

ZONE = ZoneInfo("Asia/Shanghai")


def at(written: str) -> datetime:
    """A moment by the office's clock."""
    return datetime.fromisoformat(written).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("since", "late"),
    [
        ("2026-11-23 10:00", "2026-11-25 10:00"),  # a Monday
        ("2026-11-20 10:00", "2026-11-24 10:00"),  # a Friday
        ("2026-11-20 17:00", "2026-11-25 09:00"),  # when the office has just closed
        ("2026-11-21 12:00", "2026-11-25 09:00"),  # a Saturday
        ("2026-11-23 06:30", "2026-11-25 09:00"),  # before it opens
        ("2026-09-30 15:00", "2026-10-09 15:00"),  # before the National Day holiday, 1 to 7 October
        ("2026-10-10 11:00", "2026-10-13 11:00"),  # a Saturday that is worked for it
    ],
)
def test_two_working_days_have_gone_by(since: str, late: str) -> None:
    """The same hour two working days later; what comes out of hours waits from the next opening."""
    assert overdue_at(at(since), ZONE) == at(late)


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        ("2026-11-23 10:00", "2026-11-23 12:30", 2.5),
        ("2026-11-23 16:00", "2026-11-24 10:00", 2),
        ("2026-11-20 16:00", "2026-11-23 10:00", 2),  # over a weekend
        ("2026-11-23 18:00", "2026-11-24 08:00", 0),
        ("2026-11-24 10:00", "2026-11-23 10:00", 0),
    ],
)
def test_working_time_between_two_moments(first: str, last: str, hours: float) -> None:
    """Only the hours in which the office is open count."""
    assert worked_between(at(first), at(last), ZONE) == timedelta(hours=hours)
