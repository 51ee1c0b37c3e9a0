"""The methods that are known, their parameters, and how these are read from a request.

A request may come as JSON, form or multipart: numbers, booleans and JSON may be strings.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from standin.errors import ApiError

Json = dict[str, Any]

_SEND = (
    "business_connection_id:string message_thread_id:integer direct_messages_topic_id:integer "
    "disable_notification:boolean protect_content:boolean allow_paid_broadcast:boolean "
    "message_effect_id:string suggested_post_parameters:json reply_parameters:json "
    "reply_markup:json"
)
_EDIT = (
    "business_connection_id:string chat_id:chat message_id:integer inline_message_id:string "
    "reply_markup:json"
)
_CAPTION = "caption:string parse_mode:string caption_entities:json"

# ``name:type``, with an exclamation mark if a call without it makes no sense.
_TABLE = {
    "getMe": "",
    "getUpdates": "offset:integer limit:integer timeout:integer allowed_updates:json",
    "setWebhook": (
        "url:string! certificate:file ip_address:string max_connections:integer "
        "allowed_updates:json drop_pending_updates:boolean secret_token:string"
    ),
    "deleteWebhook": "drop_pending_updates:boolean",
    "getWebhookInfo": "",
    "sendMessage": (
        "chat_id:chat! text:string! parse_mode:string entities:json "
        f"link_preview_options:json {_SEND}"
    ),
    "sendDocument": (
        f"chat_id:chat! document:file! thumbnail:file disable_content_type_detection:boolean "
        f"{_CAPTION} {_SEND}"
    ),
    "sendPhoto": (
        f"chat_id:chat! photo:file! has_spoiler:boolean show_caption_above_media:boolean "
        f"{_CAPTION} {_SEND}"
    ),
    "editMessageText": (
        f"text:string! parse_mode:string entities:json link_preview_options:json {_EDIT}"
    ),
    "editMessageReplyMarkup": _EDIT,
    "deleteMessage": "chat_id:chat! message_id:integer!",
    "answerCallbackQuery": (
        "callback_query_id:string! text:string show_alert:boolean url:string cache_time:integer"
    ),
    "sendChatAction": (
        "business_connection_id:string chat_id:chat! message_thread_id:integer action:string!"
    ),
    "setMyCommands": "commands:json! scope:json language_code:string",
    "getMyCommands": "scope:json language_code:string",
    "deleteMyCommands": "scope:json language_code:string",
    "setMyName": "name:string language_code:string",
    "getMyName": "language_code:string",
    "setMyDescription": "description:string language_code:string",
    "getMyDescription": "language_code:string",
    "setMyShortDescription": "short_description:string language_code:string",
    "getMyShortDescription": "language_code:string",
    "getChat": "chat_id:chat!",
    "leaveChat": "chat_id:chat!",
    "answerInlineQuery": (
        "inline_query_id:string! results:json! cache_time:integer is_personal:boolean "
        "next_offset:string button:json"
    ),
}

# What the real one says if a parameter is missing, empty or unreadable.
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "action": "wrong parameter action in request",
    "reply_markup": "can't parse reply keyboard markup JSON object",
    "entities": "can't parse entities JSON object",
    "commands": "can't parse commands JSON object",
}


@dataclass(frozen=True, slots=True)
class Method:
    """One method: the type of each parameter (integer, string, boolean, json, chat, file)."""

    name: str
    parameters: Mapping[str, str]
    required: frozenset[str]


@dataclass(frozen=True, slots=True)
class File:
    """A file that the bot sent."""

    name: str
    content: bytes
    mime: str


def _method(name: str, line: str) -> Method:
    pairs = [word.rstrip("!").split(":") for word in line.split()]
    needed = {word.split(":")[0] for word in line.split() if word.endswith("!")}
    return Method(name, {key: kind for key, kind in pairs}, frozenset(needed))  # noqa: C416 - typed


METHODS: Final = {name: _method(name, line) for name, line in _TABLE.items()}
_BY_LOWER: Final = {name.lower(): method for name, method in METHODS.items()}


def find(name: str) -> Method | None:
    """The method of that name; like the real one, whatever the case."""
    return _BY_LOWER.get(name.lower())


class _WrongTypeError(ValueError):
    pass


def _integer(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,19}", value):
        return int(value)
    raise _WrongTypeError


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise _WrongTypeError
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ApiError(400, "strings must be encoded in UTF-8", careless="refused") from None
    return value


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value in {"true", "True"}:
        return True
    if value in {"false", "False"}:
        return False
    raise _WrongTypeError


def _json(value: object) -> object:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise _WrongTypeError from None
    if not isinstance(value, dict | list):
        raise _WrongTypeError
    return value


def _chat(value: object) -> int | str:
    if isinstance(value, str) and re.fullmatch(r"@\w{4,32}", value, re.ASCII):
        return value
    return _integer(value)


def _file(value: object) -> str | File:
    return value if isinstance(value, File) else _string(value)


_READERS: Mapping[str, Callable[[object], Any]] = {
    "integer": _integer,
    "string": _string,
    "boolean": _boolean,
    "json": _json,
    "chat": _chat,
    "file": _file,
}


def read(method: Method, raw: Mapping[str, object], files: Mapping[str, File]) -> Json:
    """The parameters of a call, typed. Raises ApiError with the kind of fault."""
    given = {**raw, **files}
    attached = _attached(given.values())
    for name in given:
        if name not in method.parameters and name not in attached:
            raise ApiError(400, f"unknown parameter {name}", careless="unknown parameter")
    for name in sorted(method.required - given.keys()):
        text = _MISSING.get(name, f"parameter {name} is required")
        raise ApiError(400, text, careless="missing parameter")
    return {
        name: _value(name, kind, given[name], files)
        for name, kind in method.parameters.items()
        if name in given
    }


def _attached(values: Iterable[object]) -> set[str]:
    texts = [value for value in values if isinstance(value, str) and "attach://" in value]
    return {name for text in texts for name in re.findall(r"attach://([^\"\s]+)", text)}


def _value(name: str, kind: str, value: object, files: Mapping[str, File]) -> object:
    if kind == "file" and isinstance(value, str) and value.startswith("attach://"):
        value = files.get(value.removeprefix("attach://"))
    try:
        return _READERS[kind](value)
    except _WrongTypeError:
        text = _MISSING.get(name, f"parameter {name} must be of type {kind}")
        raise ApiError(400, text, careless="wrong type") from None
