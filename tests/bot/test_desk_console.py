"""Desk stories as one of their people sees them at a terminal; all others are on another platform.

The terminal is the program's own process, one after the other on the same file; the others' parts
are played beside it on that file. A terminal shows what is new when it begins and after each line.
"""

import re
import subprocess
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from delivery import Clock, Mailbox
from desk_story import Stage, Story, invited, program, stories
from terminals import Terminal, beginning

from bot.config import Settings
from bot.database import open_database

# What an older message is changed to: a terminal changes none, and tells it when asked.
_CHANGED = re.compile(r"来答|答复了|提问人撤回了|转到别的奖那边了|结束了")

_PAGE = re.compile(r"请打出答复|要补充什么")


def _can_be_played(story: Story, name: str) -> bool:
    """At a terminal nobody is in a group, and nobody can block the bot."""
    theirs = [turn for turn in story.turns if turn.get("who") == name]
    return not any(turn.keys() & {"group", "left", "returned"} for turn in theirs)


PARTS = [
    pytest.param(story, name, id=f"{story.name}-{name}")
    for story in stories()
    for name in story.people
    if _can_be_played(story, name)
]


@dataclass
class Seat:
    """Somebody at a terminal, and a stage for all others.

    ``due`` is what they are to hear yet; ``typing`` what they do next, which is done in one
    process.
    """

    name: str
    terminal: Terminal
    stage: Stage
    due: list[str] = field(default_factory=list)
    typing: list[dict[str, Any]] = field(default_factory=list)

    async def turn(self, turn: dict[str, Any], story: Story) -> None:
        """Play a turn of anybody's."""
        if turn.get("who") == self.name and "wait" not in turn:
            self.typing.append(turn)
            return
        await self.typed()
        others = dict(turn.get("others", {}))
        expected = [*others.pop(self.name, ())]
        rest = {**turn, "others": others}
        rest["silent"] = [name for name in turn.get("silent", ()) if name != self.name]
        if turn.get("who") == self.name:
            expected += turn.get("hears", ())
            rest.pop("who")
            rest.pop("hears", None)
        await self.stage.turn(rest, story)
        self.due += [piece for piece in expected if not _CHANGED.search(piece)]

    async def typed(self) -> None:
        """They do what they were about to do, one thing after the other."""
        turns, self.typing = self.typing, []
        self.stage.mark()
        lines = [(line, turn) for turn in turns for line in self._lines(turn)]
        answers = self.hear(*(line for line, _ in lines)) if lines else []
        # What the others' program remembers of the house is over.
        self.stage.clock.advance(5)
        await self.stage.told()
        for turn in turns:
            heard = [each for each, (_, of) in zip(answers, lines, strict=True) if of is turn]
            self._check(turn, heard)
        others: dict[str, list[str]] = {}
        for turn in turns:
            for name, pieces in turn.get("others", {}).items():
                others.setdefault(name, []).extend(pieces)
        silent = {name for turn in turns for name in turn.get("silent", ())} - {*others, self.name}
        if lines:
            self.stage.check_others({"others": others, "silent": silent})

    def _check(self, turn: dict[str, Any], heard: Sequence[str]) -> None:
        for piece in turn.get("hears", ()) if heard else ():
            assert _plain(piece) in heard[-1], (turn, heard)
        for piece in turn.get("not_hears", ()):
            assert _plain(piece) not in "".join(heard), (turn, heard)

    def _lines(self, turn: dict[str, Any]) -> Sequence[str]:
        """What is typed in a turn; nothing if there is no way to it at a terminal."""
        old_button = "press" in turn and any("用不上了" in piece for piece in turn.get("hears", ()))
        if "token" in turn or old_button:
            return ()
        if "command" in turn:
            argument = turn.get("argument", "").format(code=self.stage.code)
            return (f"/{turn['command']} {argument}".strip(),)
        words = turn.get("press") or turn["say"]
        if "answers" not in turn:
            return (words,)
        return self._ways(turn, words)

    def _ways(self, turn: dict[str, Any], words: str) -> Sequence[str]:
        """Where no message can be answered there is a page for what is said in a ticket."""
        ways = ("补充1号提问", "回答1号", "补充答复1号")
        opened = (way for way in ways if _PAGE.search(self.hear(way)[0]))
        way = next(opened, None)
        # What is withdrawn has no page, and is answered only by who has its message.
        assert way or "不在这里了" in "".join(turn["hears"])
        return (words,) if way else ()

    def hear(self, *lines: str) -> list[str]:
        """What is said in answer to some lines; what was new before has been heard."""
        news, *answers = self.terminal.talk(self.stage.clock(), lines)
        for piece in self.due:
            assert _plain(piece) in news, (self.name, piece, news)
        self.due.clear()
        found = re.findall(r"/staff (\S+)", "".join(answers))
        self.stage.code = found[-1] if found else self.stage.code
        return answers


def _plain(piece: str) -> str:
    """A piece as it is written where there are no buttons."""
    return piece.strip("[]")


@pytest.fixture(scope="module")
def server() -> Iterator[subprocess.Popen[str]]:
    """Begins processes of the program at once."""
    with beginning() as server:
        yield server


@asynccontextmanager
async def seat(
    server: subprocess.Popen[str], folder: Path, story: Story, name: str
) -> AsyncIterator[Seat]:
    """Somebody at a terminal, and everybody else; those who are officers have become so."""
    terminal, clock = Terminal(server, folder), Clock(story.now)
    terminal.talk(clock(), ["/menu"])
    database = await open_database(Settings(database_url=terminal.url).database_url, alone=False)
    async with AsyncExitStack() as ends:
        ends.push_async_callback(database.close)
        process = await ends.enter_async_context(program(database, Mailbox(), clock))
        stage = Stage(database, clock, ends, process)
        found = Seat(name, terminal, stage)
        await stage.staffed(story, but=name)
        if story.people[name]:
            code = await invited(stage, name, story.people[name])
            assert "评审办公室" in found.hear(f"/staff {code}")[0]
        clock.advance(5)
        yield found


@pytest.mark.parametrize(("story", "name"), PARTS)
async def test_story(
    server: subprocess.Popen[str], tmp_path: Path, story: Story, name: str
) -> None:
    """They hear what the story says they should, except what only changes an older message."""
    async with seat(server, tmp_path, story, name) as found:
        for turn in story.turns:
            await found.turn(turn, story)
        await found.typed()
        found.hear()
