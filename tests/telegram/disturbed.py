"""Conversations with a bot that is disturbed, and what must come of them all the same."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from databases import fresh, kept
from nursery import Nursery
from process import Launch, Program, share
from rows import Rows
from standin import StandIn
from talks import MOMENT, SECONDS, Talk, begin, converse, said, without_repeats

from bot.clock import now

HOLD_SECONDS = 3.0
"""How long a silent process counts as alive: so long that none seems dead that is only slow."""
PATIENCE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Setting:
    """What the program runs on: the kind of database, how updates come, how many processes."""

    base: str
    webhook: bool
    processes: int = 1

    def __str__(self) -> str:
        way = "webhook" if self.webhook else "polling"
        return f"{self.base}-{way}-{self.processes}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What it comes to: each chat's state, what was said in it, and its buttons at the end."""

    states: Mapping[str, Any]
    texts: Sequence[Sequence[str]]
    ends: Sequence[object]


@dataclass(eq=False)
class World:
    """Users, Telegram, processes and a database; ``alive`` are the processes that should run."""

    telegram: StandIn
    rows: Rows
    programs: Sequence[Program]
    talks: Sequence[Talk]
    alive: list[Program] = field(default_factory=list)
    kills: int = 0

    def start(self, **first: str) -> None:
        """Start the processes; these variables do not hold for their successors."""
        self.alive = [*self.programs]
        for program in self.programs:
            program.begin(**first)

    def dead(self) -> bool:
        """Whether a process has died."""
        return not all(program.running for program in self.alive)

    def take_over(self, **successor: str) -> None:
        """After a death everything is delivered again; others go on, or else a successor."""
        self.kills += 1
        self.telegram.redeliver()
        if len(self.alive) > 1:
            self.alive = [program for program in self.alive if program.running]
        else:
            self.alive[0].begin(**successor)

    def run(self, in_need: Callable[[], bool], tend: Callable[[], Any]) -> None:
        """Have the conversations to the end; whenever there is need, something is done."""
        converse(self.talks, in_need, tend)
        while not self._at_rest():
            self.telegram.wait(lambda: in_need() or self._at_rest(), SECONDS)
            if in_need():
                tend()

    def rest(self) -> None:
        """Wait until nothing is left to be done."""
        self.telegram.wait(self._at_rest, SECONDS)

    def outcome(self) -> Outcome:
        """What it has come to; a text that only repeats the one before is left out."""
        chats = [talk.chat for talk in self.talks]
        return Outcome(
            kept(self.rows).states,
            [without_repeats(said(self.telegram, chat)) for chat in chats],
            [(chat.last.text, chat.last.buttons) for chat in chats],
        )

    def repeats(self) -> list[int]:
        """How many texts only repeat the one before, by chat."""
        found = [said(self.telegram, talk.chat) for talk in self.talks]
        return [len(texts) - len(without_repeats(texts)) for texts in found]

    def check(self, expected: Outcome) -> None:
        """All is as it should be, and stays so if everything is delivered once more."""
        self._check_now(expected)
        updates = self.telegram.redeliver(seed=self.kills)
        self.rest()
        self._check_now(expected)
        assert kept(self.rows).updates == set(updates) == self.updates

    def _check_now(self, expected: Outcome) -> None:
        assert self.outcome() == expected
        assert max(self.repeats()) <= self.kills
        self.check_manners()

    def check_manners(self) -> None:
        """All is sent, every tap answered, nothing done or logged that must not be."""
        assert kept(self.rows).messages.keys() == {"sent"}
        assert all(press.answered for press in self.telegram.presses)
        assert self.telegram.faults == []
        for program in self.programs:
            program.check(*(talk.chat for talk in self.talks))

    @property
    def updates(self) -> set[int]:
        """The ids of all that the users have done."""
        texts = [message.update_id for talk in self.talks for message in talk.chat.everything]
        presses = [press.update_id for press in self.telegram.presses]
        return {number for number in (*texts, *presses) if number is not None}

    def _at_rest(self) -> bool:
        return self.telegram.quiet() and kept(self.rows).settled


@contextmanager
def world(
    setting: Setting,
    folder: Path,
    launch: Launch,
    known: Mapping[str, Sequence[int]] | None = None,
    **more: str,
) -> Iterator[World]:
    """Users who are about to speak to a bot that does not run yet."""
    common = {
        "CLOCK": f"{MOMENT} {now().timestamp()}",
        "HOLD": str(HOLD_SECONDS),
        "SWEEP": "0.1",
        "PATIENCE": str(PATIENCE_SECONDS),
        "AWARD_BOT_SENDS_PER_SECOND": "10000",
        "TALLY": str(folder / "tally"),
        **more,
    }
    with StandIn(pauses=(0.02, 0.05), webhook_timeout=5) as telegram:
        database = fresh(setting.base, folder)
        rows = Rows.of(database)
        programs = [
            Program(telegram, database, folder, setting.webhook, launch, common)
            for _ in range(setting.processes)
        ]
        if setting.webhook:
            share(telegram, *programs)
        try:
            yield World(telegram, rows, programs, begin(telegram, known))
        finally:
            for program in programs:
                program.kill()
            rows.close()


def undisturbed(setting: Setting, folder: Path, nursery: Nursery) -> tuple[Outcome, Any]:
    """What it comes to when nothing goes wrong, and how much is said in each turn, by language."""
    known: dict[str, list[int]] = {}
    with world(setting, folder, nursery.begin) as quiet:
        quiet.start()
        for talk in quiet.talks:
            heard = known.setdefault(str(talk.chat.user and talk.chat.user.language_code), [])
            while not talk.over:
                talk.go_on()
                quiet.rest()
                heard.append(len(said(quiet.telegram, talk.chat)) - sum(heard))
        assert quiet.repeats() == [0, 0, 0]
        return quiet.outcome(), known
