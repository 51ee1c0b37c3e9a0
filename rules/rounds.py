"""A round: one time an award is given, as its office has announced it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Milestone:
    """A further day of a round that the notice names, such as a briefing.

    ``since`` is when this day was announced or last changed.
    """

    title: str
    day: date
    since: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """A round of an award. All moments are aware; applications are taken from ``opens`` on.

    ``year`` is the year for which the award is given; ``title`` and ``number`` are the notice's;
    ``hand_in`` says what is to be handed in and ``where`` where. ``opens_since`` and
    ``closes_since`` are when these moments were announced or last changed. ``version`` counts
    corrections; ``withdrawn``: the office has taken the notice back.
    """

    id: int
    award: str
    year: int
    title: str
    number: str
    opens: datetime
    closes: datetime
    opens_since: datetime
    closes_since: datetime
    hand_in: str = ""
    where: str = ""
    milestones: tuple[Milestone, ...] = ()
    version: int = 1
    withdrawn: bool = False
