"""Courtesies: “typing” if an answer takes long, and commands in the language that is spoken."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from adapter import SOON

from bot.platform import Incoming, Left, Moved, Notice, Returned
from bot.platforms.telegram.courtesies import Courtesies
from conversations.model import Command, Event, Pressed, Said

LATER = 3600.0


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
