"""A question that was handed to an award's office, and what has become of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Speaker = Literal["applicant", "officer"]
Status = Literal["waiting", "claimed", "answered", "closed"]
What = Literal[
    "new", "more", "claimed", "released", "answered", "added", "passed", "closed", "reopened",
    "withdrawn", "late",
]  # fmt: skip
"""What others are told of a ticket; ``late`` is that it has waited for too long."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something said in a ticket, at a moment (aware)."""

    by: Speaker
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """A question in an office's hands; ``entries`` begin with the question itself.

    ``claimed_by`` is the number of the officer who deals with it and ``claimed_label`` what
    colleagues call them. ``shared`` is the asker's self-check as text, empty if it is not shown.
    ``mine``: whoever is looking at it has asked it. ``waiting_since`` is when the asker began to
    wait for an answer, ``None`` if they do not. ``locale`` is the asker's. ``version`` goes up with
    each change.
    """

    id: int
    award: str
    status: Status
    entries: tuple[Entry, ...]
    opened: datetime
    claimed_by: int | None = None
    claimed_label: str = ""
    shared: str = ""
    mine: bool = False
    withdrawn: bool = False
    waiting_since: datetime | None = None
    locale: str = "zh_Hans"
    version: int = 1

    @property
    def question(self) -> str:
        """The question as it was asked; empty once it is removed."""
        return self.entries[0].text if self.entries else ""

    @property
    def open(self) -> bool:
        """Whether the office still has something to do about it."""
        return self.status in ("waiting", "claimed")

    def claimed_among(self, numbers: Collection[int]) -> bool:
        """Whether one of these officers deals with it."""
        return self.claimed_by is not None and self.claimed_by in numbers


@dataclass(frozen=True, slots=True)
class Colleague:
    """An officer as colleagues see them: ``award`` ``None`` means all awards."""

    number: int
    label: str
    award: str | None
    administrator: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """A line of the log of what officers have done; ``by`` is a label, or ``shell``."""

    at: datetime
    by: str
    action: str
    award: str | None
    subject: str
