"""From a closing day backwards: by when each step before an application must begin.

A period that begins on a day is counted from the next day (Civil Code, art. 201), and what it is
for comes after it: a public notice of five working days that must be over before the closing day
begins at the latest on the sixth working day before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rules.award import Step
from rules.workdays import are_arranged, workday_before


@dataclass(frozen=True, slots=True)
class Length:
    """How long an applicant wants for a step whose length the text leaves open: at least 1."""

    count: int
    workdays: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A step of a plan.

    ``over_by`` is the day by which it has to be over: the next step begins on it, or it is the
    closing day. ``begins_by`` is the last day on which it can begin, ``None`` if nobody has said
    how long it takes. ``own``: the length is the applicant's. ``provisional``: it counts working
    days that the State Council has not arranged yet, or hangs on a step that does.
    """

    step: Step
    over_by: date
    begins_by: date | None
    own: bool = False
    provisional: bool = False


def plan(
    steps: Sequence[Step], closes: date, lengths: Mapping[str, Length] | None = None
) -> tuple[Planned, ...]:
    """The steps in their order, so that the last is over on the closing day.

    ``lengths`` are the applicant's, by step; they count where the text sets none. Raises
    ValueError if one that is in working days is not positive.
    """
    planned: list[Planned] = []
    # By when the step before has to be over, or one beside the next; and if that is provisional.
    before = beside = (closes, False)
    for step in reversed(steps):
        over_by, provisional = beside if step.beside else before
        own = None if step.workdays is not None else (lengths or {}).get(step.id)
        begins_by = _begins(step, own, over_by)
        counted = step.workdays is not None or (own is not None and own.workdays)
        beside = (over_by, provisional)
        if begins_by is not None and counted:
            provisional = provisional or not are_arranged(begins_by, over_by)
        planned.append(Planned(step, over_by, begins_by, own is not None, provisional))
        if begins_by is not None and not step.beside:
            before = (begins_by, provisional)
    return tuple(reversed(planned))


def _begins(step: Step, own: Length | None, over_by: date) -> date | None:
    if step.workdays is not None:
        return workday_before(over_by, step.workdays + 1)
    if own is None:
        return None
    if own.workdays:
        return workday_before(over_by, own.count)
    return over_by - timedelta(days=own.count)
