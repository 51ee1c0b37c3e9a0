"""Somebody in a chat: does one thing after another, and sees what comes of each."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rows import Rows
from standin import Button, Chat, Message, Press, StandIn, User, Version

SECONDS = 60.0
_GLANCE = 0.004
_TICK = re.compile("^[☐☑] ")


@dataclass(frozen=True, slots=True)
class Seen:
    """The messages that are new, and those put again in their place, perhaps as they were."""

    new: tuple[Message, ...]
    edited: tuple[Message, ...]

    @property
    def text(self) -> str:
        """All that can be read in them."""
        return "\n".join(readable(message) for message in (*self.edited, *self.new))


@dataclass(frozen=True, slots=True)
class Visitor:
    """Waits after each thing until the bot has nothing more to say; ``by`` speaks in a group."""

    telegram: StandIn
    chat: Chat
    rows: Rows
    by: User | None = None

    def say(self, text: str, reply_to: Message | None = None) -> Seen:
        """Type something."""
        return self.after(lambda: self.telegram.say(self.chat, text, by=self.by, reply_to=reply_to))

    def send(self, kind: str, caption: str = "") -> Seen:
        """Send something that is no text."""
        return self.after(lambda: self.telegram.send(self.chat, kind, caption, by=self.by))

    def edit(self, text: str) -> Seen:
        """Change what one has typed last."""
        mine = [m for m in self.chat.everything if m.sender == self.chat.user and m.kind == "text"]
        return self.after(lambda: self.telegram.edit(self.chat, mine[-1], text))

    def tap(self, label: str) -> Seen:
        """Press the button that bears this label, or the number of this label in a list.

        It may be one that was shown earlier. Raises LookupError.
        """
        message, button = labelled(self.chat, label)
        return self.press(message, button.data or "")

    def press(self, message: Message, data: str) -> Seen:
        """Press a button of this message, that is there or was."""
        pressed: list[Press] = []
        seen = self.after(
            lambda: pressed.append(self.telegram.press(self.chat, data, message, by=self.by))
        )
        self.wait(lambda: pressed[0].answered)
        return seen

    def pick(self, day_token: str, day: str) -> Seen:
        """Pick a day, month or year from the calendar of a question, and turn its pages to it."""
        wanted = f"{day_token}:{day}"
        try:
            # It is there already, or was: tapped twice.
            message, _ = sending(self.chat, wanted)
        except LookupError:
            message, opener = sending(self.chat, f"kso{day_token}")
            self.turn(message, opener)
            self._leaf(message, day)
        return self.press(message, wanted)

    def _leaf(self, message: Message, day: str) -> None:
        self.turn(message, message.rows[0][1])  # from a month to its year
        if message.rows[0][1].text != f"{day[:4]}年":
            self.turn(message, message.rows[0][1])  # from a year to the years around it
            self.turn(message, next(b for b in message.buttons if b.text == day[:4]))
        if len(day) > 4:
            month = f"{int(day[5:7])}月"
            self.turn(message, next(b for b in message.buttons if b.text == month))

    def turn(self, message: Message, button: Button) -> None:
        """Press a button that changes only the buttons of its message."""
        before = message.now
        seen = self.press(message, button.data or "")
        self.wait(lambda: message.now != before)
        assert seen == Seen((), ())
        assert message.text == before.text

    def after(self, act: Callable[[], object]) -> Seen:
        """Do something; gives what comes of it."""
        before = {message.message_id for message in self.chat.messages}
        calls = len(self.telegram.calls)
        act()
        coming = frozenset(self.telegram.pending)
        self.wait(lambda: not coming.intersection(self.telegram.pending))
        self.wait(lambda: self.rows.settled(self.chat.id))
        edited = {
            call.parameters["message_id"]
            for call in self.telegram.calls[calls:]
            if call.method == "editMessageText" and call.parameters["chat_id"] == self.chat.id
        }
        found = self.chat.messages
        return Seen(
            tuple(message for message in found if message.message_id not in before),
            tuple(m for m in found if m.message_id in before & edited),
        )

    def wait(self, until: Callable[[], object]) -> None:
        """Wait until something is so. Raises TimeoutError."""
        deadline = time.monotonic() + SECONDS
        while not until():
            if time.monotonic() > deadline:
                raise TimeoutError(f"chat {self.chat.id}: {[m.text for m in self.chat.messages]}")
            time.sleep(_GLANCE)


def readable(message: Message) -> str:
    """A message with its quotes in a line each, as ``label：words``, and its buttons numbered."""
    text = message.text
    for quote in message.marked("expandable_blockquote"):
        label, _, words = quote.partition("\n")
        text = text.replace(quote, f"{label}：{words}")
    labels = [_TICK.sub("", button.text) for button in message.buttons]
    return "\n".join([text, *(f"{number}. {label}" for number, label in enumerate(labels, 1))])


def labelled(chat: Chat, label: str) -> tuple[Message, Button]:
    """The latest button of this label, ticked or not, or of its number. Raises LookupError."""
    line = re.compile(rf"^(\d+)\. (?:[☐☑] )?{re.escape(label)}$", re.MULTILINE)
    for message, version in _versions(chat):
        number = line.search(version.text)
        for button in version.buttons:
            if _TICK.sub("", button.text) in (label, number and number[1]):
                return message, button
    raise LookupError(f"no message has shown a button {label!r}")


def sending(chat: Chat, data: str) -> tuple[Message, Button]:
    """The latest button that sends this. Raises LookupError."""
    for message, version in _versions(chat):
        for button in version.buttons:
            if button.data == data:
                return message, button
    raise LookupError(f"no button has sent {data}")


def _versions(chat: Chat) -> Iterator[tuple[Message, Version]]:
    """What is shown now, the latest first; then what messages have shown before an edit."""
    latest = chat.messages[::-1]
    yield from ((message, message.now) for message in latest)
    yield from ((message, earlier) for message in latest for earlier in reversed(message.history))
