"""Buttons under a message: how they are laid out on a phone, within Telegram's limits.

The buttons of a row share its width equally, so that a row takes as many as its widest allows.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wcwidth import wcwidth

from bot.platforms.telegram.markup import clean, has_text
from conversations.model import Choice, Reply

# https://core.telegram.org/bots/api#inlinekeyboardbutton; the numbers of buttons are the server's.
TOKEN_BYTES = 64
MOST_IN_ROW = 8
MOST_BUTTONS = 100
# What a phone shows, in columns: of a row of several labels together, and of one label alone.
ROW_COLUMNS = 30
LABEL_COLUMNS = 36
ACTIONS_IN_ROW = 3

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Button:
    """One button: what it says, and the token it sends or the address it opens."""

    label: str
    token: str | None = None
    url: str | None = None


Rows = tuple[tuple[Button, ...], ...]
Links = Callable[[str], str]
"""From the argument of a deep link to its address."""


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The rows of buttons, and the choices that are too long for them, as lines of text."""

    rows: Rows
    listed: tuple[str, ...]


def keyboard(reply: Reply, links: Links, more: Sequence[Button] = ()) -> Keyboard:
    """Lay out what a message offers: its choices with ``more`` behind them, then the actions.

    If one choice is too long for a button, or there are too many, all are listed and the buttons
    bear their numbers. Raises ValueError if a token is none that Telegram would take.
    """
    actions = [_button(each, _label(each.label), links) for each in reply.actions]
    del actions[MOST_BUTTONS - len(more) :]
    room = MOST_BUTTONS - len(more) - len(actions)
    labels = [_label(choice.label) for choice in reply.choices]
    listed: tuple[str, ...] = ()
    if len(labels) > room or any(columns(label) > LABEL_COLUMNS for label in labels):
        labels, listed = _numbered(reply.choices, labels, room)
    answers = [
        (choice, _button(choice, f"{_mark(choice)}{label}", links))
        for choice, label in zip(reply.choices[:room], labels, strict=False)
    ]
    # What ends a list of ticks stands apart from them.
    ticks = [button for choice, button in answers if choice.ticked is not None]
    others = [button for choice, button in answers if choice.ticked is None]
    rows = (
        *in_rows(ticks, MOST_IN_ROW),
        *in_rows([*others, *more], MOST_IN_ROW),
        *in_rows(actions, ACTIONS_IN_ROW),
    )
    return Keyboard(rows, listed)


def in_rows(buttons: Sequence[Button], most: int) -> Rows:
    """The buttons in rows of up to ``most``, as many in each as fit; evenly if it costs no row."""
    greedy = _filled(buttons, most)
    if len(greedy) < 2:
        return greedy
    even = _filled(buttons, -(-len(buttons) // len(greedy)))
    return even if len(even) == len(greedy) else greedy


def checked(token: str) -> str:
    """The token, if it is one that Telegram takes; otherwise ValueError."""
    size = len(token.encode())
    if not 1 <= size <= TOKEN_BYTES:
        raise ValueError(f"a button's token has {size} bytes, not 1 to {TOKEN_BYTES}: {token!r}")
    return token


@lru_cache(maxsize=4096)
def columns(text: str) -> int:
    """How wide a text is on a phone, in columns of half a Chinese character."""
    return sum(max(0, wcwidth(char)) for char in text)


def _filled(buttons: Iterable[Button], most: int) -> Rows:
    rows: list[tuple[Button, ...]] = []
    row: list[Button] = []
    widest = 0
    for button in buttons:
        wider = max(widest, columns(button.label))
        if row and (len(row) == most or wider * (len(row) + 1) > ROW_COLUMNS):
            rows.append(tuple(row))
            row, wider = [], columns(button.label)
        row.append(button)
        widest = wider
    return (*rows, tuple(row)) if row else tuple(rows)


def _numbered(
    choices: Sequence[Choice], labels: Sequence[str], room: int
) -> tuple[list[str], tuple[str, ...]]:
    """Numbers to stand on the buttons, and the choices as lines of text.

    What ends a list of ticks, such as 就这些, is no item of it: it keeps its label.
    """
    ticks = any(choice.ticked is not None for choice in choices)
    shown, listed = [], []
    for number, (choice, label) in enumerate(zip(choices, labels, strict=True), 1):
        item = choice.ticked is not None or not ticks or columns(label) > LABEL_COLUMNS
        shown.append(str(number) if item else label)
        if item or number > room:
            listed.append(f"{number}. {_mark(choice)}{label}")
    return shown, tuple(listed)


def _button(choice: Choice, label: str, links: Links) -> Button:
    label = _shortened(label)
    if choice.link is not None:
        return Button(label, url=links(choice.link))
    return Button(label, checked(choice.token))


@lru_cache(maxsize=4096)
def _label(text: str) -> str:
    label = _BLANKS.sub(" ", clean(text)).strip()
    return label if has_text(label) else "…"


def _mark(choice: Choice) -> str:
    if choice.ticked is None:
        return ""
    return "☑ " if choice.ticked else "☐ "


@lru_cache(maxsize=4096)
def _shortened(label: str) -> str:
    if columns(label) <= LABEL_COLUMNS and len(label) <= 2 * LABEL_COLUMNS:
        return label
    kept, room = [], LABEL_COLUMNS - 1
    for char in label[: 2 * LABEL_COLUMNS]:
        room -= max(0, wcwidth(char))
        if room < 0:
            break
        kept.append(char)
    return f"{''.join(kept).rstrip()}…"
