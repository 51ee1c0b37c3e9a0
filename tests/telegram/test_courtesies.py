"""Courtesies: taps answered, “typing” if an answer takes long, commands in the language spoken."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import date
from typing import Any
from unittest.mock import AsyncMock

import pytest
from adapter import SOON
from telegram import Bot
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.platform import Incoming, Left, Moved, Notice, Returned
from bot.platforms.telegram import sending
from bot.platforms.telegram.calendar import CalendarTap
from bot.platforms.telegram.courtesies import Courtesies
from bot.platforms.telegram.sending import TAP_READ_SECONDS, answer, turn_page, typing
from conversations.model import Command, Event, Pressed, Said

LATER = 3600.0
TAP = CalendarTap("5", "41", "ksod1:x")
TODAY = date(2026, 11, 20)


@pytest.fixture
def bot() -> AsyncMock:
    """A bot whose every call succeeds."""
    return AsyncMock(spec=Bot)


def calls(bot: AsyncMock) -> list[str]:
    """What was called, in order."""
    return [name for name, _, _ in bot.method_calls]


class Shown:
    """Notes what is shown, and to whom."""

    def __init__(self, soon: float) -> None:
        self.typing: list[str] = []
        self.commands: list[tuple[str, str]] = []
        self.any = asyncio.Event()
        self.tasks: list[asyncio.Task[object]] = []
        self.courtesies = Courtesies(self._announce, self._translate, self._start, soon)

    async def _announce(self, address: str) -> None:
        self.typing.append(address)
        self.any.set()

    async def _translate(self, address: str, locale: str) -> None:
        self.commands.append((address, locale))

    def _start(self, work: Coroutine[Any, Any, object]) -> None:
        self.tasks.append(asyncio.create_task(work))


def _incoming(event: Event | Notice, address: str = "5") -> Incoming:
    return Incoming("telegram", address, "1", event, "zh_Hans")


async def test_typing_is_shown_where_an_answer_takes_long() -> None:
    """Once for each chat that waits, however much it says meanwhile."""
    shown = Shown(SOON)
    for address in ("5", "6", "5"):
        shown.courtesies.received(_incoming(Said("你好"), address))
    shown.courtesies.over("6")
    await shown.any.wait()
    await asyncio.gather(*shown.tasks)
    assert shown.typing == ["5"]


async def test_typing_is_not_shown_where_an_answer_has_come() -> None:
    """Nor again after it was shown, until the next update."""
    shown = Shown(SOON)
    shown.courtesies.received(_incoming(Said("你好"), "5"))
    shown.courtesies.sent("5", "zh_Hans")
    shown.courtesies.received(_incoming(Said("你好"), "6"))
    await shown.any.wait()
    assert shown.typing == ["6"]


@pytest.mark.parametrize("notice", [Left(), Returned(), Moved("-7")])
async def test_nobody_waits_after_a_notice(notice: Notice) -> None:
    """Who has left or come back has asked nothing."""
    shown = Shown(SOON)
    shown.courtesies.received(_incoming(notice, "5"))
    shown.courtesies.received(_incoming(Said("你好"), "6"))
    await shown.any.wait()
    assert shown.typing == ["6"]


@pytest.mark.parametrize(
    ("event", "answered_in", "translated"),
    [
        (Pressed("l:zh_Hant"), "zh_Hant", True),
        (Pressed("l:zh_Hans"), "zh_Hans", True),  # it may have been another one before
        (Command("language", "en"), "en", True),
        (Said("繁体"), "zh_Hant", True),
        (Command("start"), "zh_Hant", True),
        (Command("start", "jian"), "en", True),
        (Command("start"), "zh_Hans", False),  # as Telegram shows them anyway
        (Command("language"), "zh_Hans", False),
        (Pressed("q:yes"), "en", False),
        (Said("吉安"), "zh_Hant", False),
    ],
)
async def test_commands_follow_the_language(
    event: Event, answered_in: str, *, translated: bool
) -> None:
    """When a language may have been chosen, the commands are set to that of the answer, once."""
    shown = Shown(LATER)
    shown.courtesies.received(_incoming(event))
    shown.courtesies.sent("5", answered_in)
    shown.courtesies.sent("5", answered_in)
    await asyncio.gather(*shown.tasks)
    assert shown.commands == ([("5", answered_in)] if translated else [])


async def test_what_is_never_answered_is_forgotten() -> None:
    """However many ask and get no answer, what is remembered stays small."""
    shown = Shown(LATER)
    for number in range(10_001):
        shown.courtesies.received(_incoming(Command("start"), f"{number}"))
        shown.courtesies.over(f"{number}")
    shown.courtesies.sent("1", "en")
    shown.courtesies.sent("10000", "en")
    await asyncio.gather(*shown.tasks)
    assert shown.commands == [("10000", "en")]


async def test_a_tap_is_answered(bot: AsyncMock) -> None:
    """By its id, without a word."""
    await answer(bot, "cb")
    bot.answer_callback_query.assert_awaited_once_with("cb", read_timeout=TAP_READ_SECONDS)


async def test_a_tap_can_be_answered_with_a_word(bot: AsyncMock) -> None:
    """Whoever tapped sees it for a moment."""
    await answer(bot, "cb", notice="请用自己的账号点。")
    bot.answer_callback_query.assert_awaited_once_with(
        "cb", text="请用自己的账号点。", read_timeout=TAP_READ_SECONDS
    )


PASSING: list[TelegramError] = [
    TimedOut(),
    NetworkError("the call failed: ServerDisconnectedError"),
    NetworkError("Bad Gateway (502)"),
    RetryAfter(0),
]


@pytest.mark.parametrize("error", PASSING, ids=str)
async def test_a_tap_is_answered_though_the_network_fails(
    bot: AsyncMock, error: TelegramError
) -> None:
    """It is tried again; that it was answered all the same is no matter then."""
    late = BadRequest("Query is too old and response timeout expired or query id is invalid")
    for end in (True, late):
        bot.reset_mock()
        bot.answer_callback_query.side_effect = [error, error, end]
        await answer(bot, "cb", (0, 0, 0, 0))
        assert calls(bot) == ["answer_callback_query"] * 3


@pytest.mark.parametrize("error", PASSING, ids=str)
async def test_a_tap_that_cannot_be_answered_is_given_up(
    bot: AsyncMock, error: TelegramError
) -> None:
    """After a few attempts it is too late anyway."""
    bot.answer_callback_query.side_effect = error
    await answer(bot, "cb", (0, 0))
    assert calls(bot) == ["answer_callback_query"] * 2


async def test_a_tap_is_not_answered_when_it_is_too_late(
    bot: AsyncMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for longer than a tap can be answered."""
    monkeypatch.setattr(sending, "TAP_SECONDS", 0.01)
    bot.answer_callback_query.side_effect = RetryAfter(3600)
    await answer(bot, "cb")
    assert calls(bot) == ["answer_callback_query"]


async def test_a_page_of_the_calendar_is_turned(bot: AsyncMock) -> None:
    """Only the buttons of the message change."""
    await turn_page(bot, TAP, TODAY)
    ((chat, number), named) = bot.edit_message_reply_markup.call_args
    assert (chat, number) == (5, 41)
    heading = named["api_kwargs"]["reply_markup"]["inline_keyboard"][0][1]
    assert heading["text"] == "2026年11月"


async def test_a_page_that_does_not_exist_is_not_turned(bot: AsyncMock) -> None:
    """Whatever a changed app may send as a token."""
    await turn_page(bot, CalendarTap("5", "41", "k?"), TODAY)
    assert calls(bot) == []


async def test_typing_is_shown(bot: AsyncMock) -> None:
    """In the chat that waits."""
    await typing(bot, "5")
    bot.send_chat_action.assert_awaited_once_with(5, "typing")


Courtesy = Callable[[Bot], Awaitable[None]]
COURTESIES: dict[str, tuple[str, Courtesy]] = {
    "answer": ("answer_callback_query", lambda bot: answer(bot, "cb", (0,))),
    "turn_page": ("edit_message_reply_markup", lambda bot: turn_page(bot, TAP, TODAY)),
    "typing": ("send_chat_action", lambda bot: typing(bot, "5")),
}
FAILURES: list[TelegramError] = [
    BadRequest("Query is too old and response timeout expired or query id is invalid"),
    BadRequest("Message is not modified"),
    BadRequest("Message to edit not found"),
    Forbidden("Forbidden: bot was blocked by the user"),
    TimedOut(),
    NetworkError("Bad Gateway (502)"),
    RetryAfter(0),
    InvalidToken(),
]


@pytest.mark.parametrize("error", FAILURES, ids=str)
@pytest.mark.parametrize("name", COURTESIES)
async def test_a_courtesy_that_fails_is_no_matter(
    bot: AsyncMock, name: str, error: TelegramError
) -> None:
    """Answering a tap, turning a page, typing: if Telegram will not, nothing else suffers."""
    called, courtesy = COURTESIES[name]
    call: Any = getattr(bot, called)
    call.side_effect = error
    await courtesy(bot)
    call.assert_awaited_once()
