"""What has happened in a chat on Telegram, from one of its updates as the Bot API writes them.

In private everything is answered. In groups the bot listens only to what is said to it
(``groups.py``), and whoever presses one of its buttons there is named by their private chat.

Updates are read as they come: the library's object of a message has more than a hundred
attributes, and making it takes longer than all the rest of the reading.
"""

import re
from dataclasses import dataclass

from telegram.constants import ChatMemberStatus, ChatType

from bot.platform import Incoming, Left, Moved, Notice, Returned
from bot.platforms.telegram import calendar, contents, groups
from bot.platforms.telegram.calendar import CalendarTap
from bot.platforms.telegram.contents import Json
from conversations.language import language
from conversations.model import Command, Edited, Event, Pressed, Said, Unreadable
from rules.messages import message as spoken

NAME = "telegram"

ANONYMOUS = spoken("这里认不出您是哪一位，请用自己的账号点。")

# A Chinese keyboard gives the full-width slash.
_COMMAND = re.compile(
    r"[/／](?P<name>[^\s@]*)(?:@(?P<bot>\w+))?(?:\s+(?P<argument>.*))?", re.ASCII | re.DOTALL
)
_TRADITIONAL = re.compile(r"zh-(hant|tw|hk|mo)\b")
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


@dataclass(frozen=True, slots=True)
class InlineQuery:
    """Somebody has typed the bot's name and ``text`` in another chat; ``user`` is who."""

    id: str
    user: int
    text: str
    locale: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is to be done about an update.

    ``callback_id`` is a tap to be answered at once, with the words in ``notice`` if there are any;
    ``calendar`` one that only turns a page.
    """

    incoming: Incoming | None = None
    callback_id: str | None = None
    calendar: CalendarTap | None = None
    private: bool = False
    notice: str = ""
    inline: InlineQuery | None = None


def incoming(update: Json, bot_username: str, bot_id: int) -> Arrival | None:
    """What has happened, or None if it is nothing to the bot.

    Raises KeyError, TypeError or AttributeError if it is not written as the Bot API has it.
    """
    if "message" in update:
        return _message(update, update["message"], bot_username.lower(), bot_id)
    if "callback_query" in update:
        return _tap(update, update["callback_query"])
    if "edited_message" in update:
        return _edited(update, update["edited_message"])
    if "my_chat_member" in update:
        return _membership(update, update["my_chat_member"])
    if "inline_query" in update:
        return _asked(update["inline_query"])
    return None


def locale_of(user: Json | None) -> str:
    """The language to begin in with a user."""
    code = ((user or {}).get("language_code") or "zh").lower().replace("_", "-")
    if _TRADITIONAL.match(code):
        return "zh_Hant"
    return "zh_Hans" if code == "zh" or code.startswith("zh-") else "en"


def _message(update: Json, message: Json, username: str, bot_id: int) -> Arrival | None:
    if "migrate_to_chat_id" in message:
        return _arrival(update, message, Moved(str(message["migrate_to_chat_id"])))
    if not _by_a_person(message) or _own_words(message, bot_id):
        return None
    event: Event | None
    if message["chat"]["type"] == ChatType.PRIVATE:
        event = _said(message, username)
    elif message["chat"]["type"] in _GROUPS:
        event = groups.said(message, username, bot_id)
    else:
        event = None
    return None if event is None else _arrival(update, message, event)


def _arrival(update: Json, message: Json, event: Event | Notice) -> Arrival:
    user, chat = message.get("from"), message["chat"]
    number = str(update["update_id"])
    if isinstance(event, Unreadable) and "media_group_id" in message:
        # An album is many updates: the first is answered, to the others that counts as done.
        number = f"{chat['id']}-album-{message['media_group_id']}"
    private = chat["type"] == ChatType.PRIVATE
    spoken_in_group = not private and not isinstance(event, Notice)
    speaker = groups.speaker(user, message.get("sender_chat")) if spoken_in_group else None
    happened = Incoming(
        NAME, str(chat["id"]), number, event, locale_of(user),
        # Who is anonymous in a group can answer nothing in anybody's name.
        reply_to=_reply_to(message) if private or speaker is not None else None,
        speaker=speaker,
    )  # fmt: skip
    return Arrival(happened, private=private)


def _reply_to(message: Json) -> str | None:
    answered = message.get("reply_to_message")
    return None if answered is None else str(answered["message_id"])


def _own_words(message: Json, bot_id: int) -> bool:
    """Whether it is an answer of the bot's own that somebody has put there (inline mode)."""
    return "via_bot" in message and bool(message["via_bot"]["id"] == bot_id)


def _by_a_person(message: Json) -> bool:
    """Whether a person has sent it: no bot, no channel; a group's anonymous administrator is."""
    if "sender_chat" in message:
        return bool(message["sender_chat"]["id"] == message["chat"]["id"])
    return "from" in message and not message["from"].get("is_bot", False)


def _said(message: Json, username: str) -> Event | None:
    if "text" in message:
        text: str = message["text"]
        command = _COMMAND.fullmatch(text.strip())
        if command is None:
            return Said(text)
        if command["bot"] and command["bot"].lower() != username:
            # In private whatever is typed is meant for us: it is a command that we do not know.
            return Command(f"{command['name']}@{command['bot']}".lower())
        return Command(command["name"].lower(), (command["argument"] or "").strip())
    return contents.unreadable(message)


def _tap(update: Json, query: Json) -> Arrival:
    tapped, message, token = query["id"], query.get("message"), query.get("data")
    kind = None if message is None else message["chat"]["type"]
    if message is None or (kind != ChatType.PRIVATE and kind not in _GROUPS):
        return Arrival(callback_id=tapped)
    private = kind == ChatType.PRIVATE
    address, shown = str(message["chat"]["id"]), str(message["message_id"])
    locale, number = locale_of(query.get("from")), str(update["update_id"])
    if token is None or token == calendar.MARK:
        return Arrival(callback_id=tapped, private=private)
    if not private and calendar.shown_by(token):
        return Arrival(callback_id=tapped)  # in a group nobody is asked for a day
    if not private:
        speaker = groups.speaker(query.get("from"))
        if speaker is None:
            return Arrival(callback_id=tapped, notice=language(locale).say(ANONYMOUS))
        pressed = Pressed(token)
        happened = Incoming(NAME, address, number, pressed, locale, shown, speaker=speaker)
        return Arrival(happened, tapped)
    if calendar.turns(token):
        tap = CalendarTap(address, shown, token)
        return Arrival(callback_id=tapped, calendar=tap, private=True)
    # The calendar has taken the place of the question's own buttons: it is put again.
    event = Command("resume") if token == calendar.CLOSE else Pressed(token)
    return Arrival(Incoming(NAME, address, number, event, locale, shown), tapped, private=True)


def _edited(update: Json, message: Json) -> Arrival | None:
    # A location that is shared live is "edited" every few seconds.
    private = message["chat"]["type"] == ChatType.PRIVATE
    if not private or "location" in message or not _by_a_person(message):
        return None
    return _arrival(update, message, Edited())


def _membership(update: Json, change: Json) -> Arrival | None:
    chat = change["chat"]
    if chat["type"] == ChatType.CHANNEL:
        return None
    before, now = _can_speak(change["old_chat_member"]), _can_speak(change["new_chat_member"])
    if now and before:
        return None
    event = Returned() if now else Left()
    locale, number = locale_of(change.get("from")), str(update["update_id"])
    happened = Incoming(NAME, str(chat["id"]), number, event, locale)
    return Arrival(happened, private=chat["type"] == ChatType.PRIVATE)


def _can_speak(member: Json) -> bool:
    if member["status"] == ChatMemberStatus.RESTRICTED:
        return bool(member["is_member"] and member["can_send_messages"])
    return member["status"] not in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)


def _asked(query: Json) -> Arrival:
    user = query["from"]
    return Arrival(inline=InlineQuery(query["id"], user["id"], query["query"], locale_of(user)))
