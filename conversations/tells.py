"""What a reply tells the office's figures: that something was asked, or how a screening came out.

It is counted without anybody's identity (``figures``); a text is kept only where the chat consents.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A question was asked: of which awards, about which topic, what came of it.

    ``outcome`` is ``answered``, ``which_jurisdiction``, ``unsure`` or ``unanswered``. ``office``:
    the answer was the office's own. ``text`` is the question, to be kept only with consent.
    """

    outcome: str
    awards: tuple[str, ...] = ()
    topic: str | None = None
    text: str = ""
    office: bool = False


@dataclass(frozen=True, slots=True)
class Screened:
    """A screening's result was shown; ``failing`` are the ids of the criteria that are not met."""

    screening: int
    award: str
    track: str
    outcome: str
    failing: tuple[str, ...] = ()


Tells = Asked | Screened
