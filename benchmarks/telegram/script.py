"""What a chat says to a bot, and what has to come back: made by the conversation itself.

A script is played in one chat. It is made beforehand by ``conversations.step``, so that the process
that plays it only has to compare.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from conversations.model import Command, Event, Pressed, Reply, Said, State
from conversations.step import step

AWARD = "qinzhou"

# Into the middle of a screening: the sixth question.
_BEGINNING = (
    f"/start {AWARD}", "今天", "逐条过一遍", "是的", "是", "没问题", "2016年5月"
)  # fmt: skip

# Back and forth from there, and at the end there again.
_TYPED = ("返回", "2018年3月", "返回", "返回", "符合的", "返回", "2016年5月")
_TAPPED = ("上一题", "上一题", "是")


@dataclass(frozen=True, slots=True)
class Turn:
    """One update and its answer.

    ``text`` is typed, or (``tap``) the label of the button that is pressed. ``expects`` are lines
    that the reply has to hold.
    """

    text: str
    expects: tuple[str, ...]
    tap: bool = False


@dataclass(frozen=True, slots=True)
class Scripts:
    """``prepare`` is played once in each chat, ``cycle`` again and again."""

    prepare: tuple[Turn, ...]
    cycle: tuple[Turn, ...]


def typed(now: datetime) -> Scripts:
    """Answers in words, in the middle of a screening."""
    state, prepare, _ = _prepared(now)
    cycle = []
    for text in _TYPED:
        state, replies = step(state, Said(text), now)
        cycle.append(Turn(text, _only(replies)))
    return Scripts(prepare, tuple(cycle))


def tapped(now: datetime) -> Scripts:
    """The same with buttons."""
    state, prepare, asked = _prepared(now)
    cycle = []
    for label in _TAPPED:
        token = next(c.token for c in (*asked.choices, *asked.actions) if c.label == label)
        state, replies = step(state, Pressed(token), now)
        cycle.append(Turn(label, _only(replies), tap=True))
        asked = replies[0]
    return Scripts(prepare, tuple(cycle))


def echoed(scripts: Scripts) -> Scripts:
    """The same texts for a bot that repeats what it is told."""
    return Scripts((), tuple(Turn(turn.text, (turn.text,)) for turn in scripts.cycle))


def begun(scripts: Scripts) -> Scripts:
    """The same for chats that are in the middle already."""
    return Scripts((), scripts.cycle)


def middle(now: datetime) -> State:
    """The state of a chat for which ``prepare`` has been played."""
    return _prepared(now)[0]


def _prepared(now: datetime) -> tuple[State, tuple[Turn, ...], Reply]:
    """The state, the way there, and what is asked then."""
    state, turns, asked = State(), [], Reply("")
    for text in _BEGINNING:
        state, (*_, asked) = step(state, _event(text), now)
        turns.append(Turn(text, _lines(asked)))
    return state, tuple(turns), asked


def _event(text: str) -> Event:
    if not text.startswith("/"):
        return Said(text)
    name, _, argument = text[1:].partition(" ")
    return Command(name, argument)


def _only(replies: Sequence[Reply]) -> tuple[str, ...]:
    # With two replies the next turn would begin before the second has come.
    assert len(replies) == 1
    return _lines(replies[0])


def _lines(reply: Reply) -> tuple[str, ...]:
    lines = tuple(line for line in reply.text.splitlines() if line)
    assert lines
    assert not set("".join(lines)) & set("<>&\"'\\")  # written in HTML they would look different
    return lines
