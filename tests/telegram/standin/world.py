"""The state of the stand-in: one lock, everything that is known, what a test can wait for."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from standin.chats import Chat, Message, Press, User, Version
from standin.errors import ApiError, Fault
from standin.params import Json

GLANCE = 0.1
Via = Literal["http", "webhook"]


@dataclass(slots=True)
class Call:
    """A request of the bot: what was asked and what was answered.

    ``parameters`` are typed once they have been read. ``status`` is ``None`` as long as there is
    no answer, or if none was given; ``accepted`` is whether it had its effect, ``given_up``
    whether the bot hung up before the answer. ``fault`` names what was injected.
    """

    number: int
    method: str
    parameters: Json
    via: Via = "http"
    status: int | None = None
    result: object = None
    description: str | None = None
    accepted: bool = False
    given_up: bool = False
    fault: str | None = None

    @property
    def ok(self) -> bool:
        """Whether it was answered well."""
        return self.status == 200


@dataclass(slots=True)
class Profile:
    """What the bot says of itself, by language (empty for all others)."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)


@dataclass(slots=True)
class Query:
    """An inline query, and what the bot has answered; ``contents`` by the ids of its results."""

    id: str
    user: User
    text: str
    update_id: int | None = None
    results: list[Json] | None = None
    contents: dict[str, Version] = field(default_factory=dict)
    personal: bool = False
    cache_time: int = 300
    expired: bool = False


@dataclass(slots=True)
class World:
    """Everything; whoever changes something holds ``lock`` and calls ``changed``."""

    token: str
    bot: User
    clock: Callable[[], datetime]
    lock: threading.Condition = field(default_factory=threading.Condition)
    chats: dict[int, Chat] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    inline_mode: bool = True
    inline: dict[str, Query] = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)
    calls: list[Call] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _users: Iterator[int] = field(default_factory=lambda: itertools.count(5_000_001))
    _groups: Iterator[int] = field(default_factory=lambda: itertools.count(4_000_001))
    _messages: Iterator[int] = field(default_factory=lambda: itertools.count(11))
    _queries: Iterator[int] = field(default_factory=lambda: itertools.count(900_000_001))

    def changed(self) -> None:
        """Wake those who wait for something."""
        self.lock.notify_all()

    def wait(self, until: Callable[[], Any], timeout: float) -> bool:
        """Wait for something to be so; false if it takes longer than ``timeout``.

        It is looked at whenever anything changes here, and from time to time, since it may hang
        on something else.
        """
        end = time.monotonic() + timeout
        with self.lock:
            while not until():
                left = end - time.monotonic()
                if left <= 0:
                    return False
                self.lock.wait(min(left, GLANCE))
            return True

    def stamp(self) -> int:
        """The present moment as the Bot API writes it."""
        return int(self.clock().timestamp())

    def new_user(self, **fields: Any) -> User:  # noqa: ANN401 - the fields of a user
        """Somebody whom the bot has not seen yet."""
        number = next(self._users)
        return User(number, fields.pop("first_name", f"User {number}"), **fields)

    def new_chat(self, kind: str, user: User | None = None, title: str = "") -> Chat:
        """A chat of its own id: a user's, a group's (negative), a supergroup's (-100…)."""
        with self.lock:
            if user is not None and user.id in self.chats:
                return self.chats[user.id]
            if kind == "private":
                assert user is not None
                identity = user.id
            else:
                number = next(self._groups)
                identity = -number if kind == "group" else -1_000_000_000_000 - number
            chat = Chat(identity, kind, title, user)
            self.chats[identity] = chat
            return chat

    def chat(self, identity: int | str) -> Chat:
        """The chat that a call is about. Raises ApiError."""
        found = self.chats.get(identity) if isinstance(identity, int) else None
        if found is None:
            raise ApiError(400, "chat not found")
        return found

    def add(self, chat: Chat, sender: User | None, says: Version, **fields: Any) -> Message:  # noqa: ANN401 - the fields of a message
        """A new message; ids run through all chats, but in a supergroup or channel through it."""
        if chat.type in {"supergroup", "channel"}:
            number = len(chat.everything) + 1
        else:
            number = next(self._messages)
        message = Message(chat, number, sender, self.stamp(), says, **fields)
        chat.everything.append(message)
        return message

    def query_id(self) -> str:
        """The id of a new callback or inline query."""
        return str(next(self._queries))
