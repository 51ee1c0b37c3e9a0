"""In a group: what is said to the bot, and by whom."""

import re

from telegram.constants import MessageEntityType

from bot.platforms.telegram.contents import Json, unreadable
from conversations.model import Command, Event, Mentioned

# What officers say to the bot in a group of their own; Telegram brings it also without its name.
_COMMANDS = frozenset({"desk_here"})
_BARE = re.compile(r"[/／](?P<name>\w+)(?:\s+(?P<argument>.*))?", re.ASCII | re.DOTALL)


def said(message: Json, username: str, bot_id: int) -> Event | None:
    """What a message in a group says to the bot, or None if it is meant for others.

    It is said to the bot if it names it, or answers one of its messages. Orders, and answers that
    are no text, are taken only of somebody who can be told from others.
    """
    text = message.get("text") or message.get("caption") or ""
    words, addressed, elsewhere = _without_mentions(message, text, f"@{username}", bot_id)
    known = speaker(message.get("from"), message.get("sender_chat")) is not None
    command = _BARE.fullmatch(words)
    if command is not None and not elsewhere and command["name"].lower() in _COMMANDS:
        argument = (command["argument"] or "").strip()
        return Command(command["name"].lower(), argument) if known else Mentioned(words)
    if addressed:
        return Mentioned(words)
    if elsewhere or not _answers(message, bot_id):
        return None
    if "text" in message:
        return Mentioned(words)
    # A picture would be lost, though its caption could be read.
    return unreadable(message) if known else None


def speaker(user: Json | None, instead: Json | None = None) -> str | None:
    """The address of somebody's private chat with the bot; None if they are anonymous.

    ``instead`` is the chat in whose name they speak: a group's anonymous administrator does.
    """
    if user is None or instead is not None or user.get("is_bot", False):
        return None
    return str(user["id"])


def _answers(message: Json, bot_id: int) -> bool:
    answered = message.get("reply_to_message", {}).get("from")
    return answered is not None and bool(answered["id"] == bot_id)


def _without_mentions(message: Json, text: str, name: str, bot_id: int) -> tuple[str, bool, bool]:
    """The text without the bot's name; whether it named the bot; whether another bot's command."""
    # Telegram counts in UTF-16 units.
    encoded = text.encode("utf-16-le", "surrogatepass")
    kept, end, addressed, elsewhere = b"", 0, False, False
    for entity in message.get("entities") or message.get("caption_entities") or ():
        start, stop = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        word = encoded[start:stop].decode("utf-16-le", "replace").lower()
        if entity["type"] == MessageEntityType.BOT_COMMAND and "@" in word:
            if not word.endswith(name):
                elsewhere = True
                continue
            start = stop - 2 * len(name)
        elif not _names(entity, word, name, bot_id):
            continue
        addressed = True
        kept += encoded[end:start]
        end = stop
    words = (kept + encoded[end:]).decode("utf-16-le", "replace")
    return re.sub(r"[ \t]{2,}", " ", words).strip(), addressed, elsewhere


def _names(entity: Json, word: str, name: str, bot_id: int) -> bool:
    if entity["type"] == MessageEntityType.TEXT_MENTION:
        return "user" in entity and bool(entity["user"]["id"] == bot_id)
    return entity["type"] == MessageEntityType.MENTION and word == name
