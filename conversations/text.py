"""What people type, brought into one shape before anything reads it."""

from dataclasses import dataclass
from typing import Literal

MAX_LENGTH = 1000
"""Longer texts, in characters, are not read as an answer."""

Reason = Literal["unknown", "no_such_day", "too_long", "ambiguous"]


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A text that is no answer, and why: what is not understood is asked again, never guessed."""

    reason: Reason


class UnreadableError(ValueError):
    """Raised while a text is taken apart; what reads the whole turns it into NotUnderstood."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
