"""Working days counted one by one, to hold what is counted back against."""

from datetime import date, timedelta

from rules.workdays import is_workday


def workdays_between(first: date, last: date) -> int:
    """How many working days there are from ``first`` to ``last``, both included."""
    days = (last - first).days + 1
    return sum(is_workday(first + timedelta(days=number)) for number in range(days))
