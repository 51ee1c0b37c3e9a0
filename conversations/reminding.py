"""What a chat wants to be reminded of, and how: kept in its state, as answers are.

Which dates come of it follows from this and from the rounds that the offices have announced
(``conversations/due.py``).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

LEADS = (30, 14, 7, 3, 1, 0)
"""Days before a date on which it is told."""

WatchKind = Literal["rounds", "eligible", "waiting", "own"]


@dataclass(frozen=True, slots=True)
class Watch:
    """Something to be reminded of.

    ``rounds``: every round of ``award``, with the plan of ``track`` if it is set; ``eligible`` and
    ``waiting``: the ``day`` on which the conditions are met, or a waiting period is over, for
    ``award`` (``screening`` is the id of the screening that gave it); ``own``: the user's ``title``
    and ``day``. ``done``: keys of dates that are dealt with. ``lengths``: how long the user wants
    for a step of the plan, in days or, with a ``w`` behind, in working days. ``since`` is when it
    was asked for: nothing before that is told. ``changes`` counts how often it was changed.
    """

    id: int
    kind: WatchKind
    since: datetime
    award: str | None = None
    track: str | None = None
    day: date | None = None
    title: str = ""
    screening: int | None = None
    done: tuple[str, ...] = ()
    lengths: Mapping[str, str] = field(default_factory=dict)
    changes: int = 0


@dataclass(frozen=True, slots=True)
class Snooze:
    """A date (its key) that is to be told again at a moment (aware)."""

    key: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Reminding:
    """All that a chat wants to be reminded of, and when in the day.

    Reminders come at ``hour`` o'clock, ``leads`` days before a date; from the hour ``quiet_from``
    on, until ``quiet_to`` (equal: never quiet), nothing comes by itself. ``count`` counts
    the watches ever made, so that no number is used again.
    """

    watches: tuple[Watch, ...] = ()
    leads: tuple[int, ...] = LEADS
    hour: int = 9
    quiet_from: int = 22
    quiet_to: int = 8
    snoozes: tuple[Snooze, ...] = ()
    count: int = 0

    def with_watch(self, watch: Watch) -> "Reminding":
        """The same with one more watch, which gets a number of its own."""
        number = self.count + 1
        return replace(self, watches=(*self.watches, replace(watch, id=number)), count=number)

    def with_changed(self, watch: Watch) -> "Reminding":
        """The same with the watch of this number changed."""
        changed = replace(watch, changes=watch.changes + 1)
        watches = tuple(changed if each.id == watch.id else each for each in self.watches)
        return replace(self, watches=watches)

    def without(self, number: int) -> "Reminding":
        """The same without the watch of this number."""
        return replace(self, watches=tuple(w for w in self.watches if w.id != number))

    def watch(self, number: int) -> Watch | None:
        """The watch of this number."""
        return next((watch for watch in self.watches if watch.id == number), None)

    @property
    def awards(self) -> frozenset[str]:
        """The awards whose rounds are of interest here."""
        return frozenset(watch.award for watch in self.watches if watch.award)

    def to_json(self) -> dict[str, Any]:
        """As JSON values; ``from_json`` reads it back."""
        data = asdict(self)
        for watch in data["watches"]:
            watch["since"] = watch["since"].isoformat()
            watch["day"] = watch["day"].isoformat() if watch["day"] else None
            watch["lengths"] = dict(watch["lengths"])
        for snooze in data["snoozes"]:
            snooze["until"] = snooze["until"].isoformat()
        return data

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Reminding":
        """Read what ``to_json`` wrote, or nothing. Raises KeyError or TypeError otherwise."""
        if not data:
            return Reminding()
        return Reminding(
            watches=tuple(_watch(each) for each in data["watches"]),
            leads=tuple(data["leads"]),
            hour=data["hour"],
            quiet_from=data["quiet_from"],
            quiet_to=data["quiet_to"],
            snoozes=tuple(
                Snooze(each["key"], datetime.fromisoformat(each["until"]))
                for each in data["snoozes"]
            ),
            count=data["count"],
        )


def _watch(data: Mapping[str, Any]) -> Watch:
    day = date.fromisoformat(data["day"]) if data["day"] else None
    since = datetime.fromisoformat(data["since"])
    return Watch(**{**data, "since": since, "day": day, "done": tuple(data["done"])})
