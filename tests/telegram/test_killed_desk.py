"""Processes that die while questions are handed to an office, answered and passed on: none is lost.

Several questions live at once (``desk_life``). A process ends at a point of
``killable.DESK_POINTS``, as by ``kill -9``, and everything is delivered again, to a new process or
to one that was there. Everybody is told everything, nothing is done twice, and to each chat at most
one message comes again.

Here a process dies at each point once in each setting; how to have it die more often stands in
``deaths.py``.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from databases import fresh, kept
from deaths import Case, cases
from desk_life import BEGUN, LATE, Life, People, live
from disturbed import PATIENCE_SECONDS
from killable import DESK_POINTS
from nursery import Nursery
from process import Program, share
from rows import Rows
from side_by_side import under_way
from standin import StandIn
from surroundings import Clock

QUESTIONS = 2
SECONDS = 120.0
A_WHILE = timedelta(minutes=1)
"""After that, what a dead process was sending is taken over."""
_TURN = threading.Lock()
_UNTOLD = "SELECT 1 FROM ticket_notice"
_SAID = "SELECT body FROM ticket_entry WHERE ticket_id = :ticket ORDER BY id"
_DEEDS = "SELECT action FROM audit WHERE subject = :subject ORDER BY id"
CHANGES = 7
"""The version of a question that was changed six times."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The kind of database, how updates come, and how many processes share the work."""

    base: str
    webhook: bool
    processes: int = 1

    def __str__(self) -> str:
        return f"{self.base}-{self.processes}"


SETTINGS = (
    Setting("sqlite", webhook=False),
    Setting("postgresql", webhook=False),
    Setting("postgresql", webhook=True, processes=2),
)
CASES = cases(DESK_POINTS, SETTINGS)


@dataclass(eq=False)
class World:
    """People with questions, and the processes that deal with them; ``alive`` should be running."""

    people: People
    programs: Sequence[Program]
    clock: Clock
    now: datetime = BEGUN
    alive: list[Program] = field(default_factory=list)
    deaths: int = 0

    def start(self, **dying: str) -> None:
        """Start the processes; these variables do not hold for their successors."""
        self.alive = [*self.programs]
        for program in self.programs:
            program.begin(**dying)

    def dead(self) -> bool:
        """Whether a process has died."""
        return not all(program.running for program in self.alive)

    def take_over(self) -> None:
        """After a death everything is delivered again; others go on, or else a successor."""
        self.deaths += 1
        self.shows(self.now + A_WHILE)
        self.people.telegram.redeliver()
        self.alive = [program for program in self.alive if program.running]
        if not self.alive:
            self.programs[0].begin()
            self.alive = [self.programs[0]]

    def shows(self, moment: datetime) -> None:
        """It is this moment from now on."""
        self.now = moment
        self.clock.shows(moment)

    def live(self, lives: Sequence[Life]) -> None:
        """Have lives to their end, and everybody told of it."""
        live(lives, self._wait)
        self._wait(self._at_rest)

    def _wait(self, until: Callable[[], object]) -> None:
        """Wait until something is so; whoever dies meanwhile is replaced."""
        while not until():
            self.people.telegram.wait(lambda: self.dead() or until(), SECONDS)
            if self.dead():
                self.take_over()

    def _at_rest(self) -> bool:
        quiet = self.people.telegram.quiet() and not self.people.rows.read(_UNTOLD)
        return quiet and kept(self.people.rows).settled

    def check(self) -> None:
        """Everything is kept once, in its order; little came twice, and nothing is logged."""
        rows, people = self.people.rows, self.people
        tickets = rows.read("SELECT id, status, award, version FROM ticket ORDER BY id")
        now = [(each.status, each.award, each.version) for each in tickets]
        assert now == [("closed", "qinzhou", CHANGES)] * QUESTIONS
        said = {each.id: [row.body for row in rows.read(_SAID, ticket=each.id)] for each in tickets}
        assert sorted(said.values()) == [people.said(place) for place in range(QUESTIONS)]
        for each in tickets:
            deeds = rows.read(_DEEDS, subject=f"ticket {each.id}")
            assert [row.action for row in deeds] == ["Claim", "Answer", "PassOn", "Answer"]
        assert max(people.repeats(chat) for chat in people.chats) <= self.deaths
        assert kept(rows).messages.keys() == {"sent"}
        assert all(press.answered for press in people.telegram.presses)
        assert people.telegram.faults == []
        for program in self.programs:
            program.check(*people.chats)


@contextmanager
def _world(setting: Setting, folder: Path, nursery: Nursery) -> Iterator[World]:
    """People who are about to ask a program that does not run yet."""
    with StandIn(pauses=(0.02, 0.05), webhook_timeout=5) as telegram:
        url = fresh(setting.base, folder)
        rows = Rows.of(url)
        people = People.of(telegram, rows, QUESTIONS)
        with _TURN:  # migrations are made by one thread at a time
            people.employ(url)
        clock = Clock(folder / "clock")
        common = {
            "CLOCK_FILE": str(clock.file),
            "SWEEP": "0.1",
            "PATIENCE": str(PATIENCE_SECONDS),
            "AWARD_BOT_SENDS_PER_SECOND": "10000",
            "TALLY": str(folder / "tally"),
        }
        programs = [
            Program(telegram, url, folder, setting.webhook, nursery.begin, common)
            for _ in range(setting.processes)
        ]
        if setting.webhook:
            share(telegram, *programs)
        world = World(people, programs, clock)
        world.shows(BEGUN)
        try:
            yield world
        finally:
            for program in programs:
                program.kill()
            rows.close()


def _live(world: World) -> None:
    world.live([world.people.answered(place) for place in range(QUESTIONS)])
    world.shows(LATE)
    world.live([world.people.ended(place) for place in range(QUESTIONS)])
    world.check()


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Case[Setting], Future[None]]]:
    """The cases that were asked for, under way, several at a time: they mostly wait."""
    folders = {case: tmp_path_factory.mktemp("desk") for case in CASES}

    def run(case: Case[Setting]) -> None:
        with _world(case.setting, folders[case], nursery) as world:
            world.start(KILL_AT=f"{case.point}*{case.times}")
            _live(world)
            assert world.deaths == 1, "it never came to this point"

    with under_way(request, test_a_death_at_any_point_loses_no_question, run) as runs:
        yield runs


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_death_at_any_point_loses_no_question(
    runs: dict[Case[Setting], Future[None]], case: Case[Setting]
) -> None:
    """Every question and answer is kept and told once; in each chat one message may come twice."""
    runs[case].result()


def test_without_a_death_nothing_comes_twice(nursery: Nursery, tmp_path: Path) -> None:
    """What the others are held against: two processes that share the work in peace."""
    with _world(SETTINGS[-1], tmp_path, nursery) as world:
        world.start()
        _live(world)
        assert world.deaths == 0
