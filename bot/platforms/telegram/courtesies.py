"""Small courtesies in a private chat: “typing”, and commands in the language that is spoken."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from bot.platform import Incoming, Left, Moved, Returned
from conversations.commands import locale_of
from conversations.model import DEFAULT_LOCALE, Command, Pressed, Said

SOON = 1.0
"""Seconds in which an answer needs no announcement."""
_MOST = 10_000

Announce = Callable[[str], Coroutine[Any, Any, object]]
Translate = Callable[[str, str], Coroutine[Any, Any, object]]
Start = Callable[[Coroutine[Any, Any, object]], None]


class Courtesies:
    """Knows, for a second or so, who waits for an answer and whose language may have changed.

    ``announce(address)`` shows “typing”; ``translate(address, locale)`` sets the commands of a
    chat; ``start`` has either done in the background.
    """

    def __init__(
        self, announce: Announce, translate: Translate, start: Start, soon: float = SOON
    ) -> None:
        self._announce, self._translate, self._start = announce, translate, start
        self._soon = soon
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._shown: dict[str, str | None] = {}

    def received(self, incoming: Incoming) -> None:
        """An update of a private chat is about to be dealt with."""
        address, event = incoming.address, incoming.event
        if isinstance(event, Left | Returned | Moved):
            return
        if address not in self._waiting:
            loop = asyncio.get_running_loop()
            self._waiting[address] = loop.call_later(self._soon, self._late, address)
        if _may_switch(event):
            self._note(address, None)
        elif isinstance(event, Command) and event.name == "start":
            self._note(address, DEFAULT_LOCALE)  # what Telegram shows to most

    def sent(self, address: str, locale: str) -> None:
        """A message has been sent there, in this language."""
        self.over(address)
        if address in self._shown and self._shown.pop(address) != locale:
            self._start(self._translate(address, locale))

    def over(self, address: str) -> None:
        """Nobody waits there any more."""
        timer = self._waiting.pop(address, None)
        if timer is not None:
            timer.cancel()

    def _late(self, address: str) -> None:
        self._waiting.pop(address, None)
        self._start(self._announce(address))

    def _note(self, address: str, shown: str | None) -> None:
        # Where no answer comes, what is noted here would stay.
        if len(self._shown) >= _MOST:
            self._shown.clear()
        self._shown[address] = shown


def _may_switch(event: object) -> bool:
    match event:
        case Pressed(token=token):
            return token.startswith("l:")
        case Command(name="language", argument=argument):
            return bool(argument)
        case Said(text=text):
            return locale_of(text) is not None
    return False
