"""What a reply can ask to be done before it is sent, beside saying it."""

from dataclasses import dataclass
from typing import Literal

from conversations.office_orders import OfOffice
from rules.rounds import Round


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


@dataclass(frozen=True, slots=True)
class AskOffice:
    """Hand a question to an award's office; ``shared`` is the self-check that goes with it.

    In the reply's texts and tokens ``NUMBER`` stands for the number that it gets.
    """

    award: str
    text: str
    shared: str = ""


@dataclass(frozen=True, slots=True)
class AddToTicket:
    """The asker adds something; a closed ticket is open again by that."""

    ticket: int
    text: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The asker needs no answer any more."""

    ticket: int


@dataclass(frozen=True, slots=True)
class Claim:
    """An officer deals with a ticket that nobody deals with."""

    ticket: int


@dataclass(frozen=True, slots=True)
class Release:
    """An officer leaves a ticket to the others."""

    ticket: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An officer answers; not if a colleague deals with it, unless it is meant as an addition."""

    ticket: int
    text: str
    addition: bool = False


@dataclass(frozen=True, slots=True)
class PassOn:
    """An officer gives a ticket to a colleague, by their number, or to another award's office."""

    ticket: int
    to: int | str


@dataclass(frozen=True, slots=True)
class CloseTicket:
    """An officer, or the asker, is done with a ticket."""

    ticket: int


@dataclass(frozen=True, slots=True)
class ReopenTicket:
    """An officer, or the asker, is not done with a ticket after all."""

    ticket: int


@dataclass(frozen=True, slots=True)
class Invite:
    """An administrator asks for a code: in the reply's texts ``CODE`` stands for it.

    It makes an officer of an award, or of all; an administrator is one of all.
    """

    award: str | None
    administrator: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class RemoveOfficer:
    """An administrator lets somebody be no officer any more."""

    number: int


@dataclass(frozen=True, slots=True)
class ShowLog:
    """An administrator looks at what was done: in the reply's texts ``LOG`` stands for it."""


@dataclass(frozen=True, slots=True)
class DeskHere:
    """An officer has the questions of their awards come to this group, or no longer."""

    here: bool = True


# Stand in a reply's texts, until they are known, for a ticket's number, a code and a log.
NUMBER, CODE, LOG = "\ue000", "\ue001", "\ue002"

OfTicket = AddToTicket | TakeBack | Claim | Release | Answer | PassOn | CloseTicket | ReopenTicket
OfDesk = AskOffice | OfTicket | Invite | RemoveOfficer | ShowLog | DeskHere
Effect = Literal["export", "forget"] | Publish | Correct | Broadcast | Redeem | OfDesk | OfOffice
