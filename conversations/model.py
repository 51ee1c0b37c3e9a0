"""What goes into a step of a conversation and what comes out of it: no platform types.

A state holds what the user has said, by question, and nothing that follows from it: position,
next question and verdict are computed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from conversations.reminding import Reminding
from knowledge.model import Citation
from rules.rounds import Round

# An answer of "I don't know", which is different from not having been asked.
DONT_KNOW = "unknown"
DEFAULT_LOCALE = "zh_Hans"
LOCALES = ("zh_Hans", "zh_Hant", "en")

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """The user typed something."""

    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """The user chose a button, whenever it was shown."""

    token: str


@dataclass(frozen=True, slots=True)
class Command:
    """The user gave a command, such as ``start`` with the argument ``jian_individual``."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Somebody spoke to the bot in a group, where nobody is asked about their enterprise."""

    text: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The user sent something that is no text: ``kind`` is photo, voice, sticker … or other."""

    kind: str


@dataclass(frozen=True, slots=True)
class Edited:
    """The user changed a message that had been answered already."""


Event = Said | Pressed | Command | Mentioned | Unreadable | Edited


@dataclass(frozen=True, slots=True)
class House:
    """What a conversation has to know and is not in its state.

    A chat that nobody has used for ``retention_days`` is removed. ``rounds``: what the offices
    have announced. ``officer_of``: the awards for which whoever is speaking is an officer.
    """

    retention_days: int = 730
    rounds: tuple[Round, ...] = ()
    officer_of: frozenset[str] = frozenset()


HOUSE = House()
"""What is known where nothing is announced and nobody is an officer."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to press or to type: ``token`` (at most 64 bytes) names question and choice.

    ``ticked`` is set where several can be chosen. ``link`` is set where choosing it begins a
    private conversation, with that argument to ``start``; then there is nothing to press.
    """

    token: str
    label: str
    ticked: bool | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A text file to go with a message."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Publish:
    """An officer announces a round; its id and version are given when it is kept."""

    round: Round


@dataclass(frozen=True, slots=True)
class Correct:
    """An officer changes a round that still has the version before this one, or withdraws it."""

    round: Round


@dataclass(frozen=True, slots=True)
class Broadcast:
    """An officer tells everybody who follows an award something."""

    award: str
    text: str


@dataclass(frozen=True, slots=True)
class Redeem:
    """Somebody becomes an officer by a code."""

    code: str


Effect = Literal["export", "forget"] | Publish | Correct | Broadcast | Redeem


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: paragraphs of plain text, answers to choose from, things that can be done.

    ``question`` is the id of what is asked; ``choices`` are its answers, to be numbered from 1;
    ``actions`` are always at hand (back, why …), to be typed as words where there are no buttons;
    ``progress`` is how many questions are done and about how many there are in all. Where a day
    is asked for, ``day_token`` and ``:2026``, ``:2026-03`` or ``:2026-03-01`` after it make the
    token of a day picked from a calendar. ``effect`` is what is to be done before the message is
    sent: with all that is kept of the chat (``export`` attaches it, ``forget`` removes it), or an
    order that only an officer can give; if that cannot be done, ``otherwise`` is sent instead.
    """

    text: str
    question: str | None = None
    choices: tuple[Choice, ...] = ()
    actions: tuple[Choice, ...] = ()
    citations: tuple[Citation, ...] = ()
    progress: tuple[int, int] | None = None
    day_token: str | None = None
    attachment: Attachment | None = None
    effect: Effect | None = None
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Screening:
    """The answers given in one screening, in the order first given, by slot.

    A slot is a fact's key or a kind's, with ``@award`` where the answer holds for one award only
    (``conversations/applicant.py``). Values are those of the screening contract's JSON, or
    ``DONT_KNOW``; entries of events may still lack their date.
    """

    id: int
    answers: Answers = field(default_factory=dict)

    def answered(self, **answers: Any) -> "Screening":  # noqa: ANN401 - JSON values
        """The same with these answers given or changed."""
        return replace(self, answers={**self.answers, **answers})

    def without(self, *keys: str) -> "Screening":
        """The same with these answers taken back."""
        return replace(self, answers={k: v for k, v in self.answers.items() if k not in keys})


@dataclass(frozen=True, slots=True)
class State:
    """All that is kept of one chat.

    ``current`` is the id of the screening being talked about, ``None`` at the menu; ``focus`` the
    id of a question asked out of turn; ``begun`` counts the screenings ever begun; ``told`` is
    whether the user has been told what is kept. ``draft`` is what was answered so far in a flow
    that ends in something being done (an own date, a round): answers by question. ``reminding``
    is what the chat wants to be reminded of.
    """

    locale: str = DEFAULT_LOCALE
    timezone: str = "Asia/Shanghai"
    screenings: tuple[Screening, ...] = ()
    current: int | None = None
    focus: str | None = None
    begun: int = 0
    told: bool = False
    draft: Answers = field(default_factory=dict)
    reminding: Reminding = field(default_factory=Reminding)

    def begin(self, answers: Answers) -> "State":
        """The same with a new screening open; numbers are never used again, nor old buttons."""
        fresh = Screening(self.begun + 1, answers)
        kept = (*self.screenings, fresh)
        return replace(self, screenings=kept, current=fresh.id, focus=None, begun=fresh.id)

    @property
    def screening(self) -> Screening | None:
        """The screening being talked about."""
        return next((s for s in self.screenings if s.id == self.current), None)

    def to_json(self) -> dict[str, Any]:
        """The state as JSON values; ``from_json`` reads it back."""
        return {
            "locale": self.locale,
            "timezone": self.timezone,
            "screenings": [{"id": s.id, "answers": dict(s.answers)} for s in self.screenings],
            "current": self.current,
            "focus": self.focus,
            "begun": self.begun,
            "told": self.told,
            **({"draft": dict(self.draft)} if self.draft else {}),
            **({"reminding": self.reminding.to_json()} if self.reminding != Reminding() else {}),
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "State":
        """Read what ``to_json`` wrote. Raises KeyError or TypeError if it is something else."""
        return State(
            locale=data["locale"],
            timezone=data["timezone"],
            screenings=tuple(Screening(s["id"], s["answers"]) for s in data["screenings"]),
            current=data["current"],
            focus=data["focus"],
            begun=data.get("begun", max((s["id"] for s in data["screenings"]), default=0)),
            told=data.get("told", False),
            draft=data.get("draft", {}),
            reminding=Reminding.from_json(data.get("reminding", {})),
        )
