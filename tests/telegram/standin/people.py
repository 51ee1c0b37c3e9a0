"""What people do, and the update that each makes."""

from typing import Any

from standin.chats import Chat, Message, Press, Standing, User, Version
from standin.content import captioned, content
from standin.inline import query_json
from standin.keyboards import Button
from standin.markup import entities_of, units
from standin.params import Json
from standin.sending import TEXT
from standin.updates import Updates
from standin.world import Query

QUERY = 256
NOBODY = User(1_087_968_824, "Group", "GroupAnonymousBot", is_bot=True)
"""In whose name Telegram writes what an anonymous administrator says."""


def say(
    updates: Updates, chat: Chat, text: str, by: User | None, reply_to: Message | None
) -> Message:
    """Somebody types a text."""
    if not text.strip() or units(text) > TEXT:
        raise ValueError("a user can send 1 to 4096 characters")
    extra = _replying(reply_to)
    return _post(updates, chat, _sender(chat, by), Version(text, entities_of(text)), extra=extra)


def send(  # noqa: PLR0913 - what a message is made of
    updates: Updates,
    chat: Chat,
    kind: str,
    caption: str,
    *,
    by: User | None,
    fields: Json,
    reply_to: Message | None = None,
) -> Message:
    """Somebody sends something else, or Telegram says something about the chat."""
    if caption and not captioned(kind):
        raise ValueError(f"{kind} has no caption")
    sender = _sender(chat, by)
    says = Version(caption, entities_of(caption))
    extra = content(kind, chat, sender) | _replying(reply_to) | fields
    return _post(updates, chat, sender, says, kind=kind, extra=extra)


def _replying(reply_to: Message | None) -> Json:
    """What tells the bot which message was answered; of what that one answered it says nothing."""
    if reply_to is None or reply_to.deleted:
        return {}
    answered = reply_to.to_json()
    answered.pop("reply_to_message", None)
    return {"reply_to_message": answered}


def anonymous(updates: Updates, group: Chat, text: str, reply_to: Message | None) -> Message:
    """A group's administrator types something and stays anonymous: the group speaks."""
    extra = {"sender_chat": group.to_json(), **_replying(reply_to)}
    says = Version(text, entities_of(text))
    return _post(updates, group, NOBODY, says, extra=extra)


def _sender(chat: Chat, by: User | None) -> User:
    found = by or chat.user
    if found is None:
        raise ValueError("in a group somebody must speak: by=")
    return found


def _post(
    updates: Updates,
    chat: Chat,
    sender: User | None,
    says: Version,
    **fields: Any,  # noqa: ANN401 - the fields of a message
) -> Message:
    world = updates.world
    with world.lock:
        if chat.standing == "unstarted":
            chat.standing = "open"
        message = world.add(chat, sender, says, **fields)
        message.update_id = updates.add(
            _kind("message", chat), message.to_json(), f"chat {chat.id}"
        )
        world.changed()
        return message


def _kind(kind: str, chat: Chat) -> str:
    return kind.replace("message", "channel_post") if chat.type == "channel" else kind


def edit(updates: Updates, chat: Chat, message: Message, text: str) -> None:
    """Somebody changes what they said."""
    world = updates.world
    with world.lock:
        message.history.append(message.now)
        message.now = Version(text, entities_of(text))
        message.edited = world.stamp()
        updates.add(_kind("edited_message", chat), message.to_json(), f"chat {chat.id}")
        world.changed()


def press(  # noqa: PLR0913 - who presses what, where
    updates: Updates,
    chat: Chat,
    message: Message,
    button: Button,
    by: User | None,
    *,
    inaccessible: bool,
) -> Press:
    """Somebody presses a button, perhaps one that an edit has taken away meanwhile."""
    if button.data is None:
        raise ValueError(f"nothing is sent by a button with {button.action}")
    world, sender = updates.world, _sender(chat, by)
    with world.lock:
        made = Press(world.query_id(), chat, message, button.data)
        world.presses[made.id] = made
        shown: Json = message.to_json()
        if inaccessible:
            shown = {"chat": chat.to_json(), "message_id": message.message_id, "date": 0}
        payload = {
            "id": made.id,
            "from": sender.to_json(),
            "message": shown,
            "chat_instance": f"instance-{chat.id}",
            "data": made.data,
        }
        made.update_id = updates.add("callback_query", payload, f"presses {sender.id}")
        world.changed()
        return made


def button(message: Message, wanted: str) -> Button:
    """The button with this data or label, as it stands or stood. Raises LookupError."""
    for version in (message.now, *reversed(message.history)):
        for found in version.buttons:
            if found.data == wanted:
                return found
        for found in version.buttons:
            if found.text == wanted:
                return found
    raise LookupError(f"message {message.message_id} never had a button {wanted!r}")


def message_with(chat: Chat, wanted: str) -> Message:
    """The latest message of the bot that has this button now. Raises LookupError."""
    for message in reversed(chat.messages):
        if any(wanted in {found.data, found.text} for found in message.buttons):
            return message
    raise LookupError(f"no message has a button {wanted!r}")


def standing(updates: Updates, chat: Chat, now: Standing, by: User | None = None) -> None:
    """The bot's own place in a chat changes: blocked, unblocked, added, removed."""
    names: dict[Standing, str] = {
        "open": "member",
        "unstarted": "member",
        "blocked": "kicked",
        "deactivated": "kicked",
        "kicked": "kicked",
        "left": "left",
    }
    world = updates.world
    with world.lock:
        before, chat.standing = chat.standing, now
        payload = {
            "chat": chat.to_json(),
            "from": _sender(chat, by).to_json(),
            "date": world.stamp(),
            "old_chat_member": _member(world.bot, names[before]),
            "new_chat_member": _member(world.bot, names[now]),
        }
        updates.add("my_chat_member", payload, f"membership {chat.id}")
        world.changed()


def _member(bot: User, status: str) -> Json:
    more = {"until_date": 0} if status == "kicked" else {}
    return {"user": bot.to_json(), "status": status, **more}


def migrate(updates: Updates, chat: Chat, by: User) -> Chat:
    """A group becomes a supergroup, at another address; both say so."""
    world = updates.world
    with world.lock:
        fresh = world.new_chat("supergroup", title=chat.title)
        chat.moved_to = fresh.id
        for place, extra in (
            (chat, {"migrate_to_chat_id": fresh.id}),
            (fresh, {"migrate_from_chat_id": chat.id}),
        ):
            _post(updates, place, by, Version(""), kind=next(iter(extra)), extra=extra)
        return fresh


def ask_inline(updates: Updates, user: User, text: str) -> Query:
    """Somebody types the bot's name and something in another chat."""
    if len(text) > QUERY:
        raise ValueError("a query has up to 256 characters")
    world = updates.world
    with world.lock:
        query = Query(world.query_id(), user, text)
        world.inline[query.id] = query
        query.update_id = updates.add("inline_query", query_json(query), f"inline {user.id}")
        world.changed()
        return query


def choose(updates: Updates, chat: Chat, query: Query, number: int) -> Message:
    """Somebody puts one of the results into a chat; a bot that is in that chat is told."""
    if query.results is None:
        raise LookupError("there are no results")
    says = query.contents[query.results[number]["id"]]
    extra = {"via_bot": updates.world.bot.to_json()}
    return _post(updates, chat, query.user, says, extra=extra)


def post(updates: Updates, channel: Chat, text: str) -> Message:
    """Something is published in a channel, by nobody in particular."""
    return _post(updates, channel, None, Version(text, entities_of(text)))


def away(chat: Chat) -> Standing:
    """What becomes of the bot where it is not wanted."""
    return "blocked" if chat.type == "private" else "kicked"
