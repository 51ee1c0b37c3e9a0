"""One step of a conversation, from the state that is kept to the one to be kept."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot import store
from bot.logs import place
from conversations import privacy
from conversations.commands import command_of
from conversations.language import language
from conversations.model import (
    DEFAULT_LOCALE,
    LOCALES,
    Command,
    Event,
    House,
    Mentioned,
    Pressed,
    Reply,
    Said,
    State,
)
from rules.messages import message

SORRY = message(
    "抱歉，我这边出了点问题，这句话没有处理好。您之前的回答都还在，请再说一次，或者换个说法。"
)

log = structlog.get_logger(__name__)

Step = Callable[[State, Event, datetime, House], tuple[State, tuple[Reply, ...]]]


@dataclass(frozen=True, slots=True)
class Stepped:
    """What came of a step: the state to keep, as it is kept, the language and the replies.

    ``before`` and ``after`` are the states, unless the step has failed.
    """

    kept: str
    locale: str
    replies: tuple[Reply, ...]
    before: State | None = None
    after: State | None = None


def stepped(  # noqa: PLR0913, PLR0917 - all that a step takes
    kept: str, event: Event, step: Step, now: datetime, house: House, speaker: str | None = None
) -> Stepped:
    """One step from a kept state. One that fails leaves the state as it was.

    In a group everybody is answered in their own language, that of the ``speaker``.
    """
    locale = DEFAULT_LOCALE
    try:
        state = store.load_state(kept)
        if isinstance(event, Mentioned) and speaker in LOCALES:
            state = replace(state, locale=speaker)
        locale = state.locale
        after, replies = step(state, _clean(event), now, house)
        return Stepped(store.dump_state(after), after.locale, replies, state, after)
    except Exception as error:  # noqa: BLE001 - whatever it is, the chat goes on as it was
        # Neither the message nor the traceback is logged: both can quote what the user wrote.
        kind, at = type(error).__name__, place(error)
        log.error("a step failed", event_kind=type(event).__name__, error=kind, at=at)  # noqa: TRY400
        return Stepped(kept, locale, _all_the_same(event, step, now, house, locale))


def _all_the_same(
    event: Event, step: Step, now: datetime, house: House, locale: str
) -> tuple[Reply, ...]:
    """An apology; but what is kept can be had and removed, though it cannot be read."""
    if _wants_its_data(event):
        focus = privacy.FORGET if event == Pressed(privacy.REMOVE) else None
        with suppress(Exception):
            return step(State(locale=locale, told=True, focus=focus), event, now, house)[1]
    return (Reply(language(locale).say(SORRY)),)


def _wants_its_data(event: Event) -> bool:
    match event:
        case Command(name):
            return name in privacy.PAGES
        case Said(text):
            return command_of(text) in privacy.PAGES
        case Pressed(token):
            return token.startswith("p:")
        case _:
            return False


def _clean(event: Event) -> Event:
    """Without what a database cannot keep as text."""
    match event:
        case Said(text, ticket):
            return Said(_text(text), ticket)
        case Mentioned(text):
            return Mentioned(_text(text))
        case Pressed(token):
            return Pressed(_text(token))
        case Command(name, argument):
            return Command(_text(name), _text(argument))
        case other:
            return other


def _text(text: str) -> str:
    # A lone surrogate stands for a byte that was no character.
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
