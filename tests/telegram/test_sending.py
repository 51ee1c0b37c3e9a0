"""Parts as calls of the Bot API, and what its errors mean."""

import re
from dataclasses import replace
from datetime import timedelta
from unittest.mock import AsyncMock

import pytest
from telegram import Bot, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.platform import ChatLeft, ChatMoved, OutgoingMessage, TryLater, Undeliverable
from bot.platforms.telegram.keyboards import Button
from bot.platforms.telegram.parts import Part
from bot.platforms.telegram.sending import send
from conversations.charts import Bar, Chart, Panel
from conversations.model import Attachment, Reply

MESSAGE = OutgoingMessage(1, 1, "telegram", "-1005", "zh_Hans", Reply("机密"))
ROWS = ((Button("是", "a1:q:yes"), Button("去", url="https://t.me/x?start=y")),)
SENT = Part("send", "<b>机密</b>", ROWS)
PLAIN = Part("send", "机密")
EDITED = Part("edit", "机密", ROWS, "41")
RETIRED = Part("retire", replaces="41")
FILE = Part("document", "机密", attachment=Attachment("a.json", "{}\ud83d"))
CHART = Chart("问得最多的", (Panel("本月", (Bar("奖金", 3, "3"),)),))
PICTURE = Part("photo", "机密", attachment=Attachment("figures.png", "奖金：3", CHART))
SECRET = "https://api.telegram.org/bot123:SECRET/sendMessage"  # noqa: S105 - a made-up one


@pytest.fixture
def bot() -> AsyncMock:
    """A bot whose every call succeeds; a message that it sends has the id 77."""
    made = AsyncMock(spec=Bot)
    made.do_api_request.return_value = {"message_id": 77}
    made.send_document.return_value = AsyncMock(spec=Message, message_id=77)
    made.send_photo.return_value = AsyncMock(spec=Message, message_id=77)
    return made


def calls(bot: AsyncMock) -> list[str]:
    """What was called, in order."""
    return [given[0] if name == "do_api_request" else name for name, given, _ in bot.method_calls]


async def test_a_message_is_sent_as_html_without_previews(bot: AsyncMock) -> None:
    """To the chat's number, with its buttons; then it is known which message holds them."""
    assert await send(bot, MESSAGE, SENT) == "77"
    ((method, given), _) = bot.do_api_request.call_args
    assert method == "SendMessage"
    assert given == {
        "chat_id": -1005,
        "text": "<b>机密</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {
            "inline_keyboard": [
                [
                    {"text": "是", "callback_data": "a1:q:yes"},
                    {"text": "去", "url": "https://t.me/x?start=y"},
                ]
            ]
        },
    }


@pytest.mark.parametrize(
    ("part", "held", "called"),
    [
        (SENT, "77", ["SendMessage"]),
        (PLAIN, None, ["SendMessage"]),
        (EDITED, "41", ["EditMessageText"]),
        (Part("edit", "机密", (), "41"), None, ["EditMessageText"]),
        (RETIRED, None, ["edit_message_reply_markup"]),
        (FILE, None, ["send_document"]),
        (PICTURE, None, ["send_photo"]),
        (Part("document", "", ROWS, attachment=Attachment("a", "b")), "77", ["send_document"]),
    ],
)
async def test_each_part_is_one_call(
    bot: AsyncMock, part: Part, held: str | None, called: list[str]
) -> None:
    """It gives the message that holds the buttons, if it has any."""
    assert await send(bot, MESSAGE, part) == held
    assert calls(bot) == called


@pytest.mark.parametrize(
    ("part", "sent_as"),
    [
        (PLAIN, "77"),
        (SENT, "77"),
        (Part("edit", "机密", (), "41"), "41"),
        (FILE, "77"),
        (PICTURE, "77"),
        (RETIRED, None),
    ],
)
async def test_every_message_about_a_ticket_is_known_by_its_id(
    bot: AsyncMock, part: Part, sent_as: str | None
) -> None:
    """With buttons or without: an answer to it is an answer in that ticket."""
    about = replace(MESSAGE, reply=Reply("机密", ticket=12))
    assert await send(bot, about, part) == sent_as


async def test_an_edit_changes_text_and_buttons(bot: AsyncMock) -> None:
    """In the message that it replaces."""
    await send(bot, MESSAGE, EDITED)
    ((_, given), _) = bot.do_api_request.call_args
    assert (given["text"], given["chat_id"], given["message_id"]) == ("机密", -1005, 41)
    assert given["parse_mode"] == "HTML"
    assert len(given["reply_markup"]["inline_keyboard"][0]) == 2


async def test_retiring_takes_the_buttons_away(bot: AsyncMock) -> None:
    """Only the buttons: the text of a message stays."""
    await send(bot, MESSAGE, RETIRED)
    bot.edit_message_reply_markup.assert_awaited_once_with(-1005, 41)


@pytest.mark.parametrize(
    ("text", "sent"), [("{}\ud83d", b"{}?"), ("", b"\n"), ("好", "好".encode())]
)
async def test_a_file_is_utf8_and_never_empty(bot: AsyncMock, text: str, sent: bytes) -> None:
    """Telegram refuses an empty file; half a character is written as a question mark."""
    await send(bot, MESSAGE, Part("document", attachment=Attachment("a.json", text)))
    ((chat, content), named) = bot.send_document.call_args
    assert (chat, content, named["filename"], named["caption"]) == (-1005, sent, "a.json", None)


# What the Bot API's server says of an edit that comes to nothing.
NOT_EDITABLE = [
    "Message to edit not found",
    "message to edit not found",
    "Message can't be edited",
    "MESSAGE_ID_INVALID",
    "Message_id_invalid",
    "There is no text in the message to edit",
]


@pytest.mark.parametrize("text", NOT_EDITABLE)
async def test_what_cannot_be_edited_is_sent_anew(bot: AsyncMock, text: str) -> None:
    """If the message is gone, or is a file, a new one takes its place."""
    bot.do_api_request.side_effect = [BadRequest(text), {"message_id": 77}]
    assert await send(bot, MESSAGE, EDITED) == "77"
    assert calls(bot) == ["EditMessageText", "SendMessage"]


async def test_an_edit_that_changes_nothing_is_a_success(bot: AsyncMock) -> None:
    """It has been made before: by a tap pressed twice, or before a crash."""
    bot.do_api_request.side_effect = BadRequest(
        "Message is not modified: specified new message content and reply markup are exactly the "
        "same as a current content and reply markup of the message"
    )
    assert await send(bot, MESSAGE, EDITED) == "41"
    assert calls(bot) == ["EditMessageText"]


@pytest.mark.parametrize(
    "error",
    [
        BadRequest("Message to edit not found"),
        BadRequest("Message is not modified"),
        Forbidden("Forbidden: bot was blocked by the user"),
        TimedOut(),
        NetworkError("Bad Gateway (502)"),
        InvalidToken(),
    ],
)
async def test_old_buttons_that_stay_are_no_matter(bot: AsyncMock, error: TelegramError) -> None:
    """Taking them away is a courtesy; the message itself goes on."""
    bot.edit_message_reply_markup.side_effect = error
    assert await send(bot, MESSAGE, RETIRED) is None


MEANINGS: list[tuple[TelegramError, type[Exception], str]] = [
    (Forbidden("Forbidden: bot was blocked by the user"), ChatLeft, "bot was blocked by the user"),
    (Forbidden("Forbidden: user is deactivated"), ChatLeft, "user is deactivated"),
    (Forbidden("Forbidden: bot was kicked from the group chat"), ChatLeft, "bot was kicked"),
    (BadRequest("Bad Request: chat not found"), ChatLeft, "Chat not found"),
    (BadRequest("PEER_ID_INVALID"), ChatLeft, "PEER_ID_INVALID"),
    (BadRequest("Bad Request: user is deactivated"), ChatLeft, "User is deactivated"),
    (BadRequest("Bad Request: BUTTON_DATA_INVALID"), Undeliverable, "Button_data_invalid"),
    (BadRequest("Bad Request: message is too long"), Undeliverable, "Message is too long"),
    (
        BadRequest('Can\'t parse entities: unsupported start tag "机密" at byte offset 3'),
        Undeliverable,
        "Can't parse entities",
    ),
    (
        BadRequest("Not enough rights to send text messages to the chat"),
        Undeliverable,
        "Not enough rights",
    ),
    (NetworkError("Request Entity Too Large"), Undeliverable, "Request Entity Too Large"),
    (TimedOut(), TryLater, "Telegram did not answer in time"),
    (TimedOut(f"Timed out: {SECRET}"), TryLater, "Telegram did not answer in time"),
    (NetworkError("Bad Gateway (502)"), TryLater, "Telegram: Bad Gateway (502)"),
    (NetworkError("Internal Server Error"), TryLater, "Telegram: Internal Server Error"),
    (NetworkError(f"ClientError('{SECRET}')"), TryLater, "Telegram is out of reach"),
    (NetworkError("Unknown error in HTTP implementation: X()"), TryLater, "out of reach"),
    (InvalidToken(f"The token `{SECRET}` was rejected"), TryLater, "TELEGRAM_BOT_TOKEN"),
    (InvalidToken("Unauthorized"), TryLater, "TELEGRAM_BOT_TOKEN"),
    (EndPointNotFound("Endpoint not found"), TryLater, "TELEGRAM_BOT_TOKEN"),
    (Conflict("Conflict: terminated by other getUpdates"), TryLater, "Telegram: Conflict"),
    (TelegramError("Invalid server response"), TryLater, "Telegram: TelegramError"),
]


@pytest.mark.parametrize(("error", "meaning", "reason"), MEANINGS)
@pytest.mark.parametrize("part", [SENT, EDITED, FILE, PICTURE], ids=lambda part: part.kind)
async def test_an_error_says_what_is_to_be_done(
    bot: AsyncMock, part: Part, error: TelegramError, meaning: type[Exception], reason: str
) -> None:
    """Wait, give up the message, or leave the chat alone; the reason holds no text and no token."""
    for call in (bot.do_api_request, bot.send_document, bot.send_photo):
        call.side_effect = error
    with pytest.raises(meaning, match=re.escape(reason)) as raised:
        await send(bot, MESSAGE, part)
    assert "机密" not in str(raised.value)
    assert "SECRET" not in str(raised.value)


@pytest.mark.parametrize("after", [3, timedelta(seconds=3)])
@pytest.mark.parametrize("part", [SENT, EDITED, RETIRED, FILE, PICTURE], ids=lambda part: part.kind)
async def test_too_many_requests_wait_as_told(
    bot: AsyncMock, part: Part, after: int | timedelta
) -> None:
    """Even where an error would not matter: the bot is told to be quiet."""
    for name in ("do_api_request", "send_document", "send_photo", "edit_message_reply_markup"):
        getattr(bot, name).side_effect = RetryAfter(after)
    with pytest.raises(TryLater) as raised:
        await send(bot, MESSAGE, part)
    assert (raised.value.seconds, raised.value.limited) == (3.0, True)


async def test_too_many_requests_without_a_time_are_a_limit_too(bot: AsyncMock) -> None:
    """A 429 may come from something before the Bot API, which names no time."""
    bot.do_api_request.side_effect = NetworkError("Too Many Requests (429)")
    with pytest.raises(TryLater) as raised:
        await send(bot, MESSAGE, SENT)
    assert (raised.value.seconds, raised.value.limited) == (None, True)


async def test_a_group_that_has_moved_says_where_to(bot: AsyncMock) -> None:
    """The new address is that of the supergroup."""
    bot.do_api_request.side_effect = ChatMigrated(-100777)
    with pytest.raises(ChatMoved) as raised:
        await send(bot, MESSAGE, SENT)
    assert raised.value.address == "-100777"
