"""Updates as Telegram writes them, and what the adapter reads of them."""

from typing import Any

from bot.platforms.telegram.incoming import Arrival, incoming

Json = dict[str, Any]

BOT: Json = {"id": 99, "is_bot": True, "first_name": "评奖", "username": "Award_Bot"}
USER: Json = {"id": 5, "is_bot": False, "first_name": "某", "language_code": "zh-hans"}
PRIVATE: Json = {"id": 5, "type": "private", "first_name": "某"}
GROUP: Json = {"id": -100, "type": "supergroup", "title": "群"}
CHANNEL: Json = {"id": -200, "type": "channel", "title": "频道"}
FILE: Json = {"file_id": "f", "file_unique_id": "u"}
SIZED: Json = {**FILE, "width": 1, "height": 1}


def arrival(**update: Any) -> Arrival | None:  # noqa: ANN401 - as Telegram writes it
    """What an update means to @Award_Bot."""
    return incoming({"update_id": 7, **update}, "Award_Bot", 99)


def message(chat: Json = PRIVATE, **content: Any) -> Json:  # noqa: ANN401 - as Telegram writes it
    """A message of a user, as Telegram writes it."""
    return {"message_id": 3, "date": 1, "chat": chat, "from": USER, **content}


def event(update: Arrival | None) -> object:
    """What happened, if anything did."""
    return update.incoming.event if update and update.incoming else None


def entity(kind: str, offset: int, length: int, **more: Any) -> Json:  # noqa: ANN401 - JSON
    """A piece of a text that means something, as Telegram writes it."""
    return {"type": kind, "offset": offset, "length": length, **more}


def of_bot(text: str = "请私聊") -> Json:
    """A message that the bot has sent to the group."""
    return {**message(GROUP, text=text), "from": BOT, "message_id": 2}


# The bot's name at the beginning of a text.
NAMED = [entity("mention", 0, 10)]
