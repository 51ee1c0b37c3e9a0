"""What the running system and a platform's adapter have to do with each other.

An adapter turns what arrives into ``Incoming`` and gives it to ``Service.accept``; it is given
``OutgoingMessage``s, cuts each into parts, and sends them one by one. It keeps nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from conversations.model import Event, Reply


@dataclass(frozen=True, slots=True)
class Left:
    """The user has blocked the bot, or a group has removed it: nothing can be sent."""


@dataclass(frozen=True, slots=True)
class Returned:
    """Messages can be sent again."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat goes on at another address."""

    address: str


Notice = Left | Returned | Moved
"""What a platform says of a chat; no word of its user."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What has happened in a chat; ``update_id`` is the same if it is delivered again.

    ``locale`` is the language to begin in, if the chat is new. ``pressed`` is the platform's id of
    the message whose button was pressed; ``reply_to`` that of the message which this one answers,
    of whoever's, in the form in which ``Platform.send`` gives ids.

    ``speaker`` is set in a group, and only there: the address of the private chat that whoever
    speaks or presses has with the bot, whether they have ever used it or not; ``None`` for somebody
    anonymous. In a group an adapter gives ``Mentioned`` for what is said to the bot (an answer to
    one of its messages is), ``Command`` for ``/desk_here`` alone, and ``Pressed`` for buttons.
    """

    platform: str
    address: str
    update_id: str
    event: Event | Notice
    locale: str | None = None
    pressed: str | None = None
    reply_to: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message that is kept until it is sent; ``position`` counts within the chat.

    ``replaces`` is the message (its platform's id) that this one takes the place of: it is edited
    if the platform can. ``retires`` is one whose buttons are no longer of use. ``parts_sent`` is
    how many of its parts have been sent already. Of ``priority`` 0 is the most urgent.
    """

    chat_id: int
    position: int
    platform: str
    address: str
    locale: str
    reply: Reply
    replaces: str | None = None
    retires: str | None = None
    parts_sent: int = 0
    attempts: int = 0
    priority: int = 0


class Undeliverable(Exception):  # noqa: N818 - said of a message, by the platform
    """The platform will never take this message: it is not tried again. Quotes no message."""


class ChatLeft(Exception):  # noqa: N818 - said of a chat
    """The user has blocked the bot or is gone: the chat's messages wait until they return."""


class ChatMoved(Exception):  # noqa: N818 - said of a chat
    """The chat has another address now; its messages go there."""

    def __init__(self, address: str) -> None:
        super().__init__("the chat has moved")
        self.address = address


class TryLater(Exception):  # noqa: N818 - said of a message, by the platform
    """Not now: ``seconds`` says how long to wait, if the platform said.

    ``limited``: the platform says that too much was sent. ``reason`` is for the log and quotes no
    message.
    """

    def __init__(self, reason: str, seconds: float | None = None, *, limited: bool = False) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.limited = limited


PartT = TypeVar("PartT")


class Platform(Protocol[PartT]):
    """One messaging platform."""

    name: str

    def parts(self, message: OutgoingMessage) -> Sequence[PartT]:
        """Cut a message into what the platform takes at a time; the same parts every time."""

    async def send(self, message: OutgoingMessage, part: PartT) -> str | None:
        """Send one part; gives the platform's id of the message that now holds the buttons.

        Raises Undeliverable, ChatLeft, ChatMoved or TryLater.
        """
