"""Users, chats and messages: what both sides see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from standin.errors import ApiError
from standin.keyboards import Button, rows
from standin.markup import Entity
from standin.params import File, Json

Standing = Literal["open", "unstarted", "blocked", "deactivated", "kicked", "left"]


@dataclass(frozen=True, slots=True)
class User:
    """Somebody, or the bot itself."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False

    def to_json(self) -> Json:
        """As the Bot API has it."""
        fields: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        more = {"username": self.username, "language_code": self.language_code}
        return fields | {name: value for name, value in more.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Version:
    """What a message said at one time."""

    text: str
    entities: tuple[Entity, ...] = ()
    reply_markup: Mapping[str, Any] | None = None

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons under it, row by row."""
        return tuple(button for row in rows(self.reply_markup) for button in row)


@dataclass(slots=True)
class Message:
    """A message in a chat, from either side; ``text`` is the caption if there is a file.

    ``history`` holds what it said before it was edited; ``call`` is the number of the request
    that sent it, ``update_id`` that of the update it made. ``kind`` says what it is: text,
    document, photo, sticker, new_chat_members …
    """

    chat: "Chat"
    message_id: int
    sender: User | None
    date: int
    now: Version
    kind: str = "text"
    file: File | None = None
    extra: Json = field(default_factory=dict)
    history: list[Version] = field(default_factory=list)
    edited: int | None = None
    deleted: bool = False
    call: int | None = None
    update_id: int | None = None

    @property
    def text(self) -> str:
        """What it says now."""
        return self.now.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        """What is marked in it."""
        return self.now.entities

    @property
    def reply_markup(self) -> Mapping[str, Any] | None:
        """The keyboard that came with it."""
        return self.now.reply_markup

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons under it, row by row."""
        return self.now.buttons

    @property
    def rows(self) -> tuple[tuple[Button, ...], ...]:
        """The buttons under it, in their rows."""
        return rows(self.now.reply_markup)

    def marked(self, kind: str) -> tuple[str, ...]:
        """The stretches of its text that are marked so: ``marked("expandable_blockquote")``."""
        return tuple(e.of(self.text) for e in self.entities if e.type == kind)

    def to_json(self) -> Json:
        """As the Bot API has it."""
        found: Json = {
            "message_id": self.message_id,
            "date": self.date,
            "chat": self.chat.to_json(),
            **self.extra,
        }
        if self.sender is not None:
            found["from"] = self.sender.to_json()
        if self.edited is not None:
            found["edit_date"] = self.edited
        captioned = self.kind != "text"
        if self.text:
            found["caption" if captioned else "text"] = self.text
        if self.entities:
            key = "caption_entities" if captioned else "entities"
            found[key] = [entity.to_json() for entity in self.entities]
        if self.reply_markup and "inline_keyboard" in self.reply_markup:
            found["reply_markup"] = self.reply_markup
        return found


@dataclass(slots=True, eq=False)
class Chat:
    """A chat; ``everything`` holds both sides' messages, also deleted ones."""

    id: int
    type: str
    title: str = ""
    user: User | None = None
    standing: Standing = "open"
    moved_to: int | None = None
    actions: list[str] = field(default_factory=list)
    everything: list[Message] = field(default_factory=list)

    @property
    def messages(self) -> list[Message]:
        """What the bot has said and is still shown, in order."""
        return [m for m in self.everything if m.call is not None and not m.deleted]

    @property
    def last(self) -> Message:
        """The bot's last message. Raises LookupError if there is none."""
        found = self.messages
        if not found:
            raise LookupError("the bot has said nothing in this chat")
        return found[-1]

    def message(self, message_id: int) -> Message | None:
        """The message with this id, if it is still shown."""
        for message in reversed(self.everything):
            if message.message_id == message_id:
                return None if message.deleted else message
        return None

    def to_json(self) -> Json:
        """As the Bot API has it."""
        found: Json = {"id": self.id, "type": self.type}
        if self.user is not None:
            found["first_name"] = self.user.first_name
            if self.user.username:
                found["username"] = self.user.username
        elif self.title:
            found["title"] = self.title
        return found

    def check_open(self) -> None:
        """Raise what the Bot API says if nothing can be sent."""
        if self.moved_to is not None:
            raise ApiError(
                400,
                "group chat was upgraded to a supergroup chat",
                parameters={"migrate_to_chat_id": self.moved_to},
            )
        reasons: dict[Standing, str] = {
            "unstarted": "bot can't initiate conversation with a user",
            "blocked": "bot was blocked by the user",
            "deactivated": "user is deactivated",
            "kicked": f"bot was kicked from the {self.type} chat",
            "left": f"bot is not a member of the {self.type} chat",
        }
        if self.standing != "open":
            raise ApiError(403, reasons[self.standing])


@dataclass(slots=True)
class Answer:
    """How a callback query was answered."""

    text: str = ""
    show_alert: bool = False
    url: str | None = None


@dataclass(slots=True)
class Press:
    """A button that was pressed; ``answers`` is what the bot said to it, normally once."""

    id: str
    chat: Chat
    message: Message
    data: str
    update_id: int | None = None
    answers: list[Answer] = field(default_factory=list)
    expired: bool = False

    @property
    def answered(self) -> bool:
        """Whether the user sees that something has happened."""
        return bool(self.answers)
