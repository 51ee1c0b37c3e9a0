"""What goes into a step of a conversation and what comes out of it: no platform types.

A state holds what the user has said, by question, and nothing that follows from it: position,
next question and verdict are computed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from conversations.canned import Canned
from conversations.charts import Chart
from conversations.office_answers import OfficeAnswer
from conversations.office_orders import (
    FIGURES,
    KeepAnswer,
    KeepCanned,
    OfOffice,
    RemoveCanned,
    ShowFigures,
    WithdrawAnswer,
)
from conversations.orders import (
    CODE,
    LOG,
    NUMBER,
    AddToTicket,
    Answer,
    AskOffice,
    Broadcast,
    Claim,
    CloseTicket,
    Correct,
    DeskHere,
    Effect,
    Invite,
    OfDesk,
    OfTicket,
    PassOn,
    Publish,
    Redeem,
    Release,
    RemoveOfficer,
    ReopenTicket,
    ShowLog,
    TakeBack,
)
from conversations.reminding import Reminding
from conversations.tells import Asked, Screened, Tells
from conversations.tickets import Colleague, Ticket
from knowledge.model import Citation
from rules.rounds import Round

__all__ = [
    "CODE",
    "DEFAULT_LOCALE",
    "DONT_KNOW",
    "FIGURES",
    "HOUSE",
    "LOCALES",
    "LOG",
    "NUMBER",
    "AddToTicket",
    "Answer",
    "Answers",
    "AskOffice",
    "Asked",
    "Attachment",
    "Broadcast",
    "Canned",
    "Chart",
    "Choice",
    "Claim",
    "CloseTicket",
    "Command",
    "Correct",
    "DeskHere",
    "Edited",
    "Effect",
    "Event",
    "House",
    "Invite",
    "KeepAnswer",
    "KeepCanned",
    "Mentioned",
    "OfDesk",
    "OfOffice",
    "OfTicket",
    "OfficeAnswer",
    "PassOn",
    "Pressed",
    "Publish",
    "Redeem",
    "Release",
    "RemoveCanned",
    "RemoveOfficer",
    "ReopenTicket",
    "Reply",
    "Said",
    "Screened",
    "Screening",
    "ShowFigures",
    "ShowLog",
    "State",
    "TakeBack",
    "Tells",
    "Unreadable",
    "WithdrawAnswer",
]

# An answer of "I don't know", which is different from not having been asked.
DONT_KNOW = "unknown"
DEFAULT_LOCALE = "zh_Hans"
LOCALES = ("zh_Hans", "zh_Hant", "en")

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """The user typed something; ``ticket`` is the one whose message it answers, if any."""

    text: str
    ticket: int | None = None


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
    have announced. ``officer_of``: the awards for which whoever is speaking is an officer,
    ``numbers`` theirs as one. ``is_admin``: they may invite and remove officers. ``in_group``: they
    speak in a group. ``desk_of``: the awards whose questions come to that group.

    ``tickets``: those the speaker may see: their own, and as an officer those of their awards that
    are open or were closed lately; the oldest first. ``colleagues``: the officers to whom one can
    be passed on. ``staffed``: the awards for which anybody answers; ``usual``: how long, in the
    office's working time, an answer usually takes, if that is known. ``office_answers`` are the
    offices' own that are not withdrawn, ``canned`` the texts that officers have at hand.
    """

    retention_days: int = 730
    rounds: tuple[Round, ...] = ()
    officer_of: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    is_admin: bool = False
    in_group: bool = False
    desk_of: frozenset[str] = frozenset()
    tickets: tuple[Ticket, ...] = ()
    colleagues: tuple[Colleague, ...] = ()
    staffed: frozenset[str] = frozenset()
    usual: Mapping[str, timedelta] = field(default_factory=dict)
    office_answers: tuple[OfficeAnswer, ...] = ()
    canned: tuple[Canned, ...] = ()


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
    """A file to go with a message: ``text``, or a picture of ``chart`` that says the same."""

    name: str
    text: str
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: paragraphs of plain text, answers to choose from, things that can be done.

    ``question`` is the id of what is asked; ``choices`` are its answers, to be numbered from 1;
    ``actions`` are always at hand (back, why …), to be typed as words where there are no buttons;
    ``progress`` is how many questions are done and about how many there are in all. Where a day
    is asked for, ``day_token`` and ``:2026``, ``:2026-03`` or ``:2026-03-01`` after it make the
    token of a day picked from a calendar. ``effect`` is what is to be done before the message is
    sent: with all that is kept of the chat (``export`` attaches it, ``forget`` removes it), or an
    order that only some can give; if that cannot be done, ``otherwise`` is sent instead, with
    ``fallback`` in place of the choices if there are any. ``ticket`` is the one that it is about:
    an answer to the message is said in that. ``tells`` is what the office's figures learn by it.
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
    fallback: tuple[Choice, ...] = ()
    ticket: int | None = None
    tells: Tells | None = None


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
    is what the chat wants to be reminded of; ``asked`` is the last question about the regulations
    and what it was about (``topic``, ``award``); its words (``question``) only until the next one.
    ``shows_questions``: officers may see what was not understood.
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
    asked: Answers = field(default_factory=dict)
    shows_questions: bool = False

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
            **({"shows_questions": True} if self.shows_questions else {}),
            **({"asked": dict(self.asked)} if self.asked else {}),
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
            shows_questions=data.get("shows_questions", False),
            asked=data.get("asked", {}),
        )
