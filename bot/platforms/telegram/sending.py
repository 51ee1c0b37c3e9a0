"""Calls of Telegram's Bot API, and what its errors mean."""

import asyncio
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import structlog
from telegram import Bot
from telegram.constants import ChatAction, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.logs import place
from bot.platform import ChatLeft, ChatMoved, OutgoingMessage, TryLater, Undeliverable
from bot.platforms.telegram import calendar
from bot.platforms.telegram.calendar import CalendarTap
from bot.platforms.telegram.keyboards import Button, Rows
from bot.platforms.telegram.parts import Part
from bot.platforms.telegram.patience import asked_for

TAP_SECONDS = 15.0
"""How long a tap surely can be answered after it was made."""
TAP_WAITS = (0.1, 0.5, 1.0, 2.0, 0.0)
"""Seconds after each attempt to answer it that has failed."""
TAP_READ_SECONDS = 3.0
"""How long an attempt waits for an answer: briefly, so that there is time for another."""

# Called by name: the library's own methods make an object of more than a hundred attributes of
# every message that is sent, which takes longer than sending it. To the Bot API capitals are the
# same; to the library they say that this is on purpose.
_SEND, _EDIT = "SendMessage", "EditMessageText"

# Beginnings of the Bot API server's descriptions, in lower case as python-telegram-bot may
# capitalise them: there is nothing to change, the message cannot be changed, the picture is none
# to Telegram, the chat is gone.
_SAME = ("message is not modified",)
_NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message_edit_time_expired",
    "message_author_required",
    "message not found",
    "there is no text in the message to edit",
)
_NO_PICTURE = ("image_process_failed", "photo_invalid_dimensions", "photo_save_file_invalid")
_GONE = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "peer_id_invalid",
    "channel_private",
    "group chat was deactivated",
)
# Errors that python-telegram-bot has no class for.
_TOO_LARGE = ("request entity too large",)
_TOO_MANY = ("too many requests",)
# A status as HTTP words it, such as "Bad Gateway (502)": nothing else is fit for a log.
_STATUS = re.compile(r"[A-Za-z ]{1,40}(?: \(\d{3}\))?")
_QUOTES = re.compile(r"[:\"“‘«]")

log = structlog.get_logger(__name__)


async def send(bot: Bot, message: OutgoingMessage, part: Part) -> str | None:
    """Send one part of a message; gives the id of the message that now holds the buttons.

    Of a message about a ticket it gives the id of every part: it is known by that what an answer
    is about. Raises Undeliverable, ChatLeft, ChatMoved or TryLater.
    """
    try:
        sent_as = await _call(bot, int(message.address), part)
    except TelegramError as error:
        raise _meaning(error) from error
    return sent_as if part.keyboard or message.reply.ticket is not None else None


async def answer(
    bot: Bot, callback_id: str, waits: Sequence[float] = TAP_WAITS, *, notice: str = ""
) -> None:
    """Answer a tap, so that its button stops turning; tried again as long as it is of use.

    If Telegram will not have it, or if it is too late, that is no matter. ``notice`` is shown for
    a moment to whoever tapped.
    """
    said: dict[str, Any] = {"text": notice} if notice else {}
    key = str(callback_id)  # whatever an odd update has there: the Bot API takes only text
    with suppress(TimeoutError):
        async with asyncio.timeout(TAP_SECONDS):
            for wait in waits:
                try:
                    await bot.answer_callback_query(key, **said, read_timeout=TAP_READ_SECONDS)
                except TelegramError as error:
                    if not _passing(error):
                        return
                    await asyncio.sleep(max(wait, asked_for(error)))
                else:
                    return


async def turn_page(bot: Bot, tap: CalendarTap, today: date) -> None:
    """Show another page of a calendar; if that fails, the buttons stay as they are."""
    rows = calendar.keyboard(tap.token, today)
    if rows is None:
        return
    with suppress(TelegramError):
        await bot.edit_message_reply_markup(
            int(tap.address), int(tap.message), api_kwargs=_markup(rows)
        )


async def typing(bot: Bot, address: str) -> None:
    """Show that an answer is being written; if that fails, it is not shown."""
    with suppress(TelegramError):
        await bot.send_chat_action(int(address), ChatAction.TYPING)


def _passing(error: TelegramError) -> bool:
    """Whether the same call may go well a moment later."""
    # To the library a bad request is an error of the network.
    return isinstance(error, RetryAfter | NetworkError) and not isinstance(error, BadRequest)


async def _call(bot: Bot, chat: int, part: Part) -> str | None:
    match part.kind:
        case "send":
            return await _send(bot, chat, part)
        case "edit":
            return await _edit(bot, chat, part)
        case "document":
            return await _send_document(bot, chat, part)
        case "photo":
            return await _send_photo(bot, chat, part)
        case "retire":
            await _retire(bot, chat, part)
            return None


async def _send(bot: Bot, chat: int, part: Part) -> str | None:
    given = {"chat_id": chat, **_content(part)}
    sent = await bot.do_api_request(_SEND, given)
    return str(sent["message_id"])


async def _edit(bot: Bot, chat: int, part: Part) -> str | None:
    try:
        where = {"chat_id": chat, "message_id": int(part.replaces or 0)}
        await bot.do_api_request(_EDIT, where | _content(part))
    except BadRequest as error:
        if _says(error, _NOT_EDITABLE):
            return await _send(bot, chat, part)
        if not _says(error, _SAME):
            raise
    return part.replaces


def _content(part: Part) -> dict[str, Any]:
    return {
        "text": part.html,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": {"is_disabled": True},
        **_markup(part.keyboard),
    }


async def _retire(bot: Bot, chat: int, part: Part) -> None:
    """Take a message's buttons away: a courtesy, given up at any error but "too many requests"."""
    try:
        await bot.edit_message_reply_markup(chat, int(part.replaces or 0))
    except RetryAfter:
        raise
    except TelegramError:
        return


async def _send_document(
    bot: Bot, chat: int, part: Part, content: bytes | None = None
) -> str | None:
    if part.attachment is None:
        raise ValueError("a document without a file")
    name = part.attachment.name
    if content is None:
        # Telegram refuses an empty file; half a surrogate pair is no text in UTF-8.
        content = part.attachment.text.encode("utf-8", "replace") or b"\n"
        name = name if part.attachment.chart is None else f"{name}.txt"
    sent = await bot.send_document(
        chat, content, filename=name, **_beside(part),
        disable_content_type_detection=True,
    )  # fmt: skip
    return str(sent.message_id)


async def _send_photo(bot: Bot, chat: int, part: Part) -> str | None:
    """Send a chart as a picture; as a file if Telegram cannot show it, as text if nobody can."""
    picture = await asyncio.to_thread(_drawn, part)
    if picture is None:
        return await _send_document(bot, chat, part)
    try:
        sent = await bot.send_photo(chat, picture, filename="chart.png", **_beside(part))
    except BadRequest as error:
        if _says(error, _NO_PICTURE):
            return await _send_document(bot, chat, part, picture)
        raise
    return str(sent.message_id)


def _beside(part: Part) -> dict[str, Any]:
    """What stands under a file."""
    markup = _markup(part.keyboard)
    return {"caption": part.html or None, "parse_mode": ParseMode.HTML, "api_kwargs": markup}


def _drawn(part: Part) -> bytes | None:
    # Loaded when somebody looks at figures: few ever do.
    from bot import charts  # noqa: PLC0415

    if part.attachment is None or part.attachment.chart is None:
        raise ValueError("a photo without a chart")
    try:
        return charts.png(part.attachment.chart)
    except Exception as error:  # noqa: BLE001 - its text says the same
        log.error("a chart cannot be drawn", error=type(error).__name__, at=place(error))  # noqa: TRY400 - a traceback could quote it
        return None


def _markup(rows: Rows) -> dict[str, Any]:
    """Buttons as the Bot API writes them: the library's own classes double the time of a call."""
    if not rows:
        return {}
    return {"reply_markup": {"inline_keyboard": [[_button(each) for each in row] for row in rows]}}


def _button(button: Button) -> dict[str, str]:
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.token or ""}


def _meaning(error: TelegramError) -> Exception:
    """What an error means to the running system; no token, address or text is quoted."""
    match error:
        case RetryAfter(retry_after=after):
            seconds = after.total_seconds() if isinstance(after, timedelta) else float(after)
            return TryLater("too many requests", seconds, limited=True)
        case ChatMigrated(new_chat_id=new):
            return ChatMoved(str(new))
        case Forbidden():
            return ChatLeft(first_words(error))
        case BadRequest():
            words = first_words(error)
            return ChatLeft(words) if _says(error, _GONE) else Undeliverable(words)
        case InvalidToken() | EndPointNotFound():
            return TryLater("Telegram does not know the token in TELEGRAM_BOT_TOKEN")
        case TimedOut():
            return TryLater("Telegram did not answer in time")
        case NetworkError() if _says(error, _TOO_LARGE):
            return Undeliverable(first_words(error))
        case NetworkError() if _says(error, _TOO_MANY):
            return TryLater("too many requests", limited=True)
        case NetworkError() if _STATUS.fullmatch(error.message):
            return TryLater(f"Telegram: {error.message}")
        case NetworkError():
            return TryLater("Telegram is out of reach")
        case _:
            return TryLater(f"Telegram: {type(error).__name__}")


def _says(error: TelegramError, beginnings: tuple[str, ...]) -> bool:
    return error.message.lower().startswith(beginnings)


def first_words(error: TelegramError) -> str:
    """What a description begins with; after a colon or a quotation mark it may quote a message."""
    text = error.message.removeprefix("Forbidden: ").removeprefix("Bad Request: ")
    return _QUOTES.split(text)[0].strip()[:80]
