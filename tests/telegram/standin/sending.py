"""The methods that write into chats."""

from collections.abc import Callable
from typing import Any

from standin.chats import Answer, Chat, Message, Version
from standin.errors import NOT_MODIFIED, QUERY_TOO_OLD, ApiError, Fault, refused
from standin.keyboards import check
from standin.markup import Entity, given_entities, link, parse_html, trimmed, units
from standin.params import File, Json
from standin.world import Call, World

TEXT = 4096
CAPTION = 1024
ENTITIES = 100
NOTICE = 200
DOCUMENT = 50_000_000
PHOTO = 10_000_000
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip
REPLY = frozenset({
    "message_id", "chat_id", "allow_sending_without_reply", "quote", "quote_parse_mode",
    "quote_entities", "quote_position", "checklist_task_id", "poll_option_id",
})  # fmt: skip
PREVIEW = frozenset({
    "is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text",
})  # fmt: skip


def send_message(world: World, call: Call, given: Json) -> Json:
    """A text."""
    chat = _open(world, given)
    check_preview(given)
    version = version_of(world, call, given, "text")
    return _said(world, call, given, chat, version)


def send_document(world: World, call: Call, given: Json) -> Json:
    """A file with a caption."""
    return _send_file(world, call, given, "document")


def send_photo(world: World, call: Call, given: Json) -> Json:
    """A picture with a caption."""
    file = given["photo"]
    if isinstance(file, File) and not file.content.startswith(_IMAGES):
        raise refused("IMAGE_PROCESS_FAILED")
    return _send_file(world, call, given, "photo")


def edit_message_text(world: World, call: Call, given: Json) -> Json:
    """Another text for a message of the bot's own; without a markup its buttons go."""
    message = _editable(world, given)
    check_preview(given)
    version = version_of(world, call, given, "text", inline_only=True)
    if message.kind != "text":
        raise ApiError(400, "there is no text in the message to edit")
    return _edited(world, message, version)


def edit_message_reply_markup(world: World, _: Call, given: Json) -> Json:
    """Other buttons, or none, for a message of the bot's own."""
    message = _editable(world, given)
    markup = check(given["reply_markup"], inline_only=True) if "reply_markup" in given else None
    return _edited(world, message, Version(message.text, message.entities, markup))


def delete_message(world: World, _: Call, given: Json) -> bool:
    """Take a message away; in groups only the bot's own."""
    chat = _open(world, given)
    message = chat.message(given["message_id"])
    if message is None:
        raise ApiError(400, "message to delete not found")
    if message.sender != world.bot and chat.type != "private":
        raise ApiError(400, "message can't be deleted")
    message.deleted = True
    return True


def send_chat_action(world: World, call: Call, given: Json) -> bool:
    """Show that the bot is busy."""
    if given["action"] not in _ACTIONS:
        raise refused("wrong parameter action in request")
    _no_business(call, given, world)
    _open(world, given).actions.append(given["action"])
    return True


def answer_callback_query(world: World, _: Call, given: Json) -> bool:
    """Tell the user that the button was noticed: once, and not too late."""
    text = given.get("text", "")
    if units(text) > NOTICE:
        raise refused("MESSAGE_TOO_LONG")
    press = world.presses.get(given["callback_query_id"])
    if press is None or press.expired or press.answers:
        raise ApiError(400, QUERY_TOO_OLD)
    press.answers.append(Answer(text, given.get("show_alert", False), given.get("url")))
    return True


def _open(world: World, given: Json) -> Chat:
    chat = world.chat(given["chat_id"])
    chat.check_open()
    return chat


def _no_business(call: Call, given: Json, world: World) -> None:
    for name in ("business_connection_id", "message_thread_id", "direct_messages_topic_id"):
        if name in given:
            world.faults.append(Fault("careless", call.method, f"{name}: not played here"))


def version_of(
    world: World, call: Call, given: Json, key: str, *, inline_only: bool = False
) -> Version:
    """What a message is to say. Raises ApiError if it is too much, empty or broken."""
    text, entities = _formatted(world, call, given, key)
    if not text and key == "text":
        raise refused("message text is empty" if not given[key] else "text must be non-empty")
    if units(text) > (TEXT if key == "text" else CAPTION):
        raise refused("message is too long" if key == "text" else "message caption is too long")
    if len(entities) > ENTITIES:
        detail = f"{len(entities)} entities; those after the {ENTITIES}th are not shown"
        world.faults.append(Fault("careless", call.method, detail))
    markup = None
    if "reply_markup" in given:
        markup = check(given["reply_markup"], inline_only=inline_only)
    return Version(text, entities[:ENTITIES], markup)


def _formatted(world: World, call: Call, given: Json, key: str) -> tuple[str, tuple[Entity, ...]]:
    text = given.get(key, "").replace("\r", "")
    mode = given.get("parse_mode", "").lower()
    if mode == "html":
        return trimmed(*parse_html(text))
    if mode in {"markdown", "markdownv2"}:
        world.faults.append(Fault("careless", call.method, f"{mode}: not played here"))
    elif mode:
        raise refused("unsupported parse_mode")
    values = given.get("entities" if key == "text" else "caption_entities", [])
    return trimmed(text, given_entities(values, text))


def _said(world: World, call: Call, given: Json, chat: Chat, version: Version) -> Json:
    _no_business(call, given, world)
    kind = next((name for name in ("document", "photo") if name in given), "text")
    file = given.get(kind) if kind != "text" else None
    extra = _reply_to(chat, given)
    if isinstance(file, File):
        extra |= _file_json(kind, file, call.number)
    message = world.add(
        chat, world.bot, version, kind=kind, file=file, extra=extra, call=call.number
    )
    return message.to_json()


def _send_file(world: World, call: Call, given: Json, kind: str) -> Json:
    chat, file = _open(world, given), given[kind]
    if not isinstance(file, File):
        raise refused("wrong file identifier/HTTP URL specified")
    if not file.content:
        raise refused("file must be non-empty")
    if len(file.content) > (PHOTO if kind == "photo" else DOCUMENT):
        raise ApiError(413, careless="refused")
    version = version_of(world, call, given, "caption")
    return _said(world, call, given, chat, version)


def _file_json(kind: str, file: File, number: int) -> Json:
    sizes: Json = {
        "file_id": f"file-{number}",
        "file_unique_id": f"unique-{number}",
        "file_size": len(file.content),
    }
    if kind == "photo":
        return {"photo": [sizes | {"width": 100, "height": 100}]}
    return {kind: sizes | {"file_name": file.name, "mime_type": file.mime}}


def _reply_to(chat: Chat, given: Json) -> Json:
    reply = given.get("reply_parameters")
    if reply is None:
        return {}
    if not isinstance(reply, dict) or not isinstance(reply.get("message_id"), int):
        raise refused("can't parse reply parameters JSON object")
    _known(reply, REPLY)
    target = chat.message(reply["message_id"])
    if target is not None:
        return {"reply_to_message": target.to_json()}
    if reply.get("allow_sending_without_reply") is True:
        return {}
    raise ApiError(400, "message to be replied not found")


def check_preview(given: Json) -> None:
    """Raise ApiError if the options of a link's preview are none."""
    options = given.get("link_preview_options", {})
    if not isinstance(options, dict):
        raise refused("object expected as link preview options")
    _known(options, PREVIEW)
    if "url" in options and not link(options["url"]):
        raise refused("wrong link preview URL")


def _known(given: Json, names: frozenset[str]) -> None:
    for name in given.keys() - names:
        raise ApiError(400, f"unknown field {name}", careless="unknown parameter")


def _editable(world: World, given: Json) -> Message:
    if "inline_message_id" in given:
        raise ApiError(400, "MESSAGE_ID_INVALID")
    for name in ("chat_id", "message_id"):
        if name not in given:
            text = (
                "chat_id is empty" if name == "chat_id" else "message identifier is not specified"
            )
            raise ApiError(400, text, careless="missing parameter")
    message = _open(world, given).message(given["message_id"])
    if message is None:
        raise ApiError(400, "message to edit not found")
    if message.sender != world.bot:
        raise ApiError(400, "message can't be edited", careless="refused")
    return message


def _edited(world: World, message: Message, version: Version) -> Json:
    if version == message.now:
        raise ApiError(400, NOT_MODIFIED)
    message.history.append(message.now)
    message.now = version
    message.edited = world.stamp()
    return message.to_json()


METHODS: dict[str, Callable[[World, Call, Json], Any]] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
}
