"""A message as plain numbered text, and a typed line as an event.

This is all that a platform without buttons needs: choices are answered by number, label or in
the user's own words, and the conversation understands them.
"""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from conversations.language import language
from conversations.model import Choice, Command, Event, Reply, Said
from rules.messages import message

Kind = Literal["progress", "text", "citation", "choice", "actions"]

PROGRESS = message("（已答{done}题，共约{total}题）")
ALSO = message("（也可以说：{actions}）")

# A Chinese keyboard gives the full-width one.
_SLASHES = ("/", "／")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a message that stands on lines of its own."""

    kind: Kind
    text: str


def parts(reply: Reply, locale: str) -> tuple[Part, ...]:
    """A message in the order in which it is read; what is asked for stands last."""
    say = language(locale).say
    found: list[tuple[Kind, str]] = []
    if reply.progress is not None:
        done, total = reply.progress
        found.append(("progress", say(PROGRESS, done=done, total=total)))
    found.append(("text", reply.text))
    found += [("citation", f"「{cited.label}：{cited.quote}」") for cited in reply.citations]
    if reply.attachment is not None:
        found += [("text", reply.attachment.name), ("text", reply.attachment.text)]
    found += [("choice", _choice(number, choice)) for number, choice in enumerate(reply.choices, 1)]
    if reply.actions:
        actions = " · ".join(action.label for action in reply.actions)
        found.append(("actions", say(ALSO, actions=actions)))
    return tuple(Part(kind, printable(text)) for kind, text in found if text)


def render(reply: Reply, locale: str) -> str:
    """A message as lines of plain text, without control characters and a last line break."""
    return "\n".join(part.text for part in parts(reply, locale))


def printable(text: str) -> str:
    """The text without control characters, which could steer a terminal; line breaks stay."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})


def event_of(line: str) -> Event | None:
    """What a typed line means: a command, something said, or nothing if it is blank."""
    text = line.strip()
    if not text:
        return None
    if text.startswith(_SLASHES):
        name, _, argument = text[1:].partition(" ")
        return Command(name.lower(), argument.strip())
    return Said(text)


def _choice(number: int, choice: Choice) -> str:
    if choice.link is not None:
        return choice.label  # it opens another chat: here there is nothing to choose
    if choice.ticked is None:
        return f"{number}. {choice.label}"
    return f"{number}. {'☑' if choice.ticked else '☐'} {choice.label}"
