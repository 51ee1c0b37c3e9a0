"""What has happened in a chat on Telegram, from one of its updates as the Bot API writes them.

In private everything is answered. In groups the bot listens only to what is said to it, and its
buttons there only lead to the private chat.

Updates are read as they come: the library's object of a message has more than a hundred
attributes, and making it takes longer than all the rest of the reading.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram.constants import ChatMemberStatus, ChatType, MessageEntityType

from bot.platform import Incoming, Left, Moved, Notice, Returned
from bot.platforms.telegram import calendar
from bot.platforms.telegram.calendar import CalendarTap
from conversations.model import Command, Edited, Event, Mentioned, Pressed, Said, Unreadable

NAME = "telegram"

Json = Mapping[str, Any]

# A Chinese keyboard gives the full-width slash.
_COMMAND = re.compile(
    r"[/／](?P<name>[^\s@]*)(?:@(?P<bot>\w+))?(?:\s+(?P<argument>.*))?", re.ASCII | re.DOTALL
)
_TRADITIONAL = re.compile(r"zh-(hant|tw|hk|mo)\b")
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)

# What a user can send besides text, and what it is called. An animation is also a document, a
# venue also a location: the first that fits counts.
_CONTENTS = {
    "photo": "photo",
    "live_photo": "photo",
    "sticker": "sticker",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "document": "document",
    "venue": "location",
    "location": "location",
    "contact": "contact",
}
# What Telegram itself says of a chat, in the form of a message: nobody expects an answer.
SERVICE = (
    "boost_added",
    "channel_chat_created",
    "chat_background_set",
    "chat_owner_changed",
    "chat_owner_left",
    "chat_shared",
    "checklist_tasks_added",
    "checklist_tasks_done",
    "connected_website",
    "delete_chat_photo",
    "direct_message_price_changed",
    "forum_topic_closed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "gift",
    "gift_upgrade_sent",
    "giveaway_completed",
    "giveaway_created",
    "group_chat_created",
    "left_chat_member",
    "managed_bot_created",
    "message_auto_delete_timer_changed",
    "migrate_from_chat_id",
    "migrate_to_chat_id",
    "new_chat_members",
    "new_chat_photo",
    "new_chat_title",
    "paid_message_price_changed",
    "passport_data",
    "pinned_message",
    "poll_option_added",
    "poll_option_deleted",
    "proximity_alert_triggered",
    "refunded_payment",
    "successful_payment",
    "suggested_post_approval_failed",
    "suggested_post_approved",
    "suggested_post_declined",
    "suggested_post_paid",
    "suggested_post_refunded",
    "supergroup_chat_created",
    "unique_gift",
    "users_shared",
    "video_chat_ended",
    "video_chat_participants_invited",
    "video_chat_scheduled",
    "video_chat_started",
    "web_app_data",
    "write_access_allowed",
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is to be done about an update.

    ``callback_id`` is a tap to be answered at once; ``calendar`` one that only turns a page.
    """

    incoming: Incoming | None = None
    callback_id: str | None = None
    calendar: CalendarTap | None = None
    private: bool = False


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
    if not _by_a_person(message):
        return None
    if message["chat"]["type"] == ChatType.PRIVATE:
        event = _said(message, username)
    elif message["chat"]["type"] in _GROUPS:
        event = _mentioned(message, username, bot_id)
    else:
        event = None
    return None if event is None else _arrival(update, message, event)


def _arrival(update: Json, message: Json, event: Event | Notice) -> Arrival:
    user, chat = message.get("from"), message["chat"]
    number = str(update["update_id"])
    if isinstance(event, Unreadable) and "media_group_id" in message:
        # An album is many updates: the first is answered, to the others that counts as done.
        number = f"{chat['id']}-album-{message['media_group_id']}"
    happened = Incoming(NAME, str(chat["id"]), number, event, locale_of(user))
    return Arrival(happened, private=chat["type"] == ChatType.PRIVATE)


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
    for name, kind in _CONTENTS.items():
        if name in message:
            return Unreadable(kind)
    if any(name in message for name in SERVICE):
        return None
    return Unreadable("other")


def _mentioned(message: Json, username: str, bot_id: int) -> Event | None:
    text = message.get("text") or message.get("caption")
    if text is None:
        return None
    said, addressed, elsewhere = _without_mentions(message, text, f"@{username}", bot_id)
    answered = message.get("reply_to_message", {}).get("from")
    if addressed or (answered is not None and answered["id"] == bot_id and not elsewhere):
        return Mentioned(said)
    return None


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
    said = (kept + encoded[end:]).decode("utf-16-le", "replace")
    return re.sub(r"[ \t]{2,}", " ", said).strip(), addressed, elsewhere


def _names(entity: Json, word: str, name: str, bot_id: int) -> bool:
    if entity["type"] == MessageEntityType.TEXT_MENTION:
        return "user" in entity and bool(entity["user"]["id"] == bot_id)
    return entity["type"] == MessageEntityType.MENTION and word == name


def _tap(update: Json, query: Json) -> Arrival:
    tapped, message, token = query["id"], query.get("message"), query.get("data")
    if message is None or message["chat"]["type"] != ChatType.PRIVATE:
        return Arrival(callback_id=tapped)
    address, shown = str(message["chat"]["id"]), str(message["message_id"])
    if token is None or token == calendar.MARK:
        return Arrival(callback_id=tapped, private=True)
    if token.startswith(calendar.MARK) and token != calendar.CLOSE:
        tap = CalendarTap(address, shown, token)
        return Arrival(callback_id=tapped, calendar=tap, private=True)
    # The calendar has taken the place of the question's own buttons: it is put again.
    event = Command("resume") if token == calendar.CLOSE else Pressed(token)
    locale, number = locale_of(query.get("from")), str(update["update_id"])
    happened = Incoming(NAME, address, number, event, locale, shown)
    return Arrival(happened, tapped, private=True)


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
