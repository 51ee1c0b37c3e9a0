"""What a reply can ask to be done about an office's own answers, canned answers and figures.

Only an officer of the award can have it done, whatever the conversation thought.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from conversations.canned import Canned
from conversations.office_answers import OfficeAnswer

Form = Literal["text", "png", "csv"]

# Stands in a reply's text for the figures, until they are known.
FIGURES = "\ue003"


@dataclass(frozen=True, slots=True)
class KeepAnswer:
    """An officer keeps an answer: a new one (id 0), or one with the version after the present one.

    ``ticket`` is where it was given, if it was.
    """

    answer: OfficeAnswer
    ticket: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawAnswer:
    """An officer withdraws an answer that still has this version."""

    award: str
    number: int
    version: int


@dataclass(frozen=True, slots=True)
class KeepCanned:
    """An officer keeps a canned answer: a new one (id 0), or one a version later."""

    canned: Canned


@dataclass(frozen=True, slots=True)
class RemoveCanned:
    """An officer removes a canned answer that still has this version."""

    award: str
    number: int
    version: int


@dataclass(frozen=True, slots=True)
class ShowFigures:
    """An officer looks at the figures of an award from a day to a day, both included.

    Those of questions about no single award (``None``) are an administrator's to see.
    """

    award: str | None
    first: date
    last: date
    form: Form = "text"


OfOffice = KeepAnswer | WithdrawAnswer | KeepCanned | RemoveCanned | ShowFigures
