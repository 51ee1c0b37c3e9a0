"""The part of Telegram's Bot API that bots call while they are measured, and updates as it sends.

Every message is accepted. What it says is compared as bytes: decoding takes longer than all else.
"""

import json
import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, quote_plus

# In lower case: to the Bot API capitals are the same.
SEND, EDIT = b"sendmessage", b"editmessagetext"
MESSAGES = frozenset({SEND, EDIT})
TAP_ANSWER = b"answercallbackquery"

_SENDER = re.compile(rb'"from":\{"id":(\d+)')

# In a form or in JSON.
_CHAT = re.compile(rb'\bchat_id"?\s*[=:]\s*"?(\d+)')
_MESSAGE = re.compile(rb'\bmessage_id"?\s*[=:]\s*"?(\d+)')

_RESULTS: dict[bytes, Any] = {
    b"getMe": {
        "id": 1,
        "is_bot": True,
        "first_name": "bot",
        "username": "award_bot",
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    },
    b"getMyCommands": [],
    b"getMyName": {"name": ""},
    b"getMyDescription": {"description": ""},
    b"getMyShortDescription": {"short_description": ""},
    b"getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
}
_PLAIN = {
    method.lower(): json.dumps({"ok": True, "result": result}).encode()
    for method, result in _RESULTS.items()
}
_TRUE = b'{"ok":true,"result":true}'
_MADE = (
    b'{"ok":true,"result":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private",'
    b'"first_name":"A"},"from":{"id":1,"is_bot":true,"first_name":"bot","username":"award_bot"},'
    b'"text":"..."}}'
)
_PERSON = b'{"id":%d,"is_bot":false,"first_name":"A","language_code":"zh-hans"}'
_SAID = (
    b'{"update_id":%d,"message":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private",'
    b'"first_name":"A"},"from":' + _PERSON + b',"text":%b%b}}'
)
_COMMAND = b',"entities":[{"type":"bot_command","offset":0,"length":%d}]'
_PRESSED = (
    b'{"update_id":%d,"callback_query":{"id":"%d","from":' + _PERSON + b',"chat_instance":"1",'
    b'"data":%b,"message":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private",'
    b'"first_name":"A"},"from":{"id":1,"is_bot":true,"first_name":"bot","username":"award_bot"},'
    b'"text":"..."}}}'
)


def plain_answer(method: bytes) -> bytes:
    """What the server says to a method that sends no message."""
    return _PLAIN.get(method, _TRUE)


def message_answer(message: int, date: int, chat: int) -> bytes:
    """What the server says when it has taken a message."""
    return _MADE % (message, date, chat)


def chat_of(body: bytes) -> int:
    """The chat a message is for. Raises ValueError if it doesn't say."""
    return _number(_CHAT, body)


def sender(update: bytes) -> int:
    """The person, and so the chat, that an update is from. Raises ValueError."""
    return _number(_SENDER, update)


def edited(body: bytes) -> int:
    """The message that is edited. Raises ValueError if it doesn't say."""
    return _number(_MESSAGE, body)


def _number(pattern: re.Pattern[bytes], body: bytes) -> int:
    found = pattern.search(body)
    if found is None:
        raise ValueError(f"no number for {pattern.pattern!r}")
    return int(found[1])


def said(update: int, message: int, date: int, chat: int, text: str) -> bytes:
    """An update: somebody has typed something."""
    length = len(text.partition(" ")[0])
    entities = _COMMAND % length if text.startswith("/") else b""
    return _SAID % (update, message, date, chat, chat, _json(text), entities)


def pressed(update: int, message: int, date: int, chat: int, data: str) -> bytes:
    """An update: somebody has pressed a button of a message."""
    return _PRESSED % (update, update, chat, _json(data), message, date, chat)


def spellings(lines: Iterable[str]) -> tuple[tuple[bytes, ...], ...]:
    """The same lines as they may stand in a request: all are in it in one of these ways."""
    lines = tuple(lines)
    return (
        tuple(quote_plus(line).encode() for line in lines),
        tuple(line.encode() for line in lines),
        tuple(json.dumps(line)[1:-1].encode() for line in lines),
    )


def buttons(body: bytes) -> dict[str, str]:
    """The buttons of a message: label to what is sent when it is pressed."""
    if body[:1] == b"{":
        markup = json.loads(body).get("reply_markup")
    else:
        markup = parse_qs(body.decode()).get("reply_markup", [None])[0]
    if isinstance(markup, str):
        markup = json.loads(markup)
    rows = markup["inline_keyboard"] if markup else []
    return {each["text"]: each.get("callback_data", "") for row in rows for each in row}


def _json(text: str) -> bytes:
    return json.dumps(text, ensure_ascii=False).encode()
