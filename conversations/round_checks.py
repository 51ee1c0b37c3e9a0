"""What cannot be right about a round before it is announced, or has to be asked back."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from rules.rounds import Round

Mistake = Literal["closes_first", "over", "far", "opened"]
"""It closes before it opens; it is over; it lies years ahead; it is open already.

The last is asked back: it can be meant.
"""

FAR = timedelta(days=3 * 366)


def mistakes(opens: datetime | None, closes: datetime | None, now: datetime) -> tuple[Mistake, ...]:
    """What is wrong with these moments, as far as they are known."""
    found: list[Mistake] = []
    if opens is not None and closes is not None and closes <= opens:
        found.append("closes_first")
    if closes is not None and closes <= now:
        found.append("over")
    if any(moment is not None and moment - now > FAR for moment in (opens, closes)):
        found.append("far")
    if opens is not None and opens < now:
        found.append("opened")
    return tuple(found)


def same_year(rounds: Iterable[Round], award: str, year: int) -> Round | None:
    """The round that there is already for this year."""
    return next(
        (
            each
            for each in rounds
            if (each.award, each.year) == (award, year) and not each.withdrawn
        ),
        None,
    )
