"""Processes that die while reminders and broadcasts are made and sent: none is lost.

Many chats have a date that falls due at the same moment, and follow an award of which a round is
announced. A process ends at a point of ``killable.REMINDER_POINTS``, as by ``kill -9``, and another
one goes on. Everybody is told everything; nobody hears more than one text again, and all together
no more than were under way to Telegram when the process died.

Here a process dies at each point once in each setting; how to have it die more often stands in
``deaths.py``.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from databases import fresh, kept
from deaths import Case, cases
from disturbed import PATIENCE_SECONDS
from killable import REMINDER_POINTS
from nursery import Nursery
from process import Program
from rows import Rows
from side_by_side import under_way
from standin import Chat, StandIn
from talks import said
from watching import round_of

from bot import rounds, store
from bot.clock import now
from bot.config import Settings
from bot.database import open_database
from bot.many import insert_many
from bot.outbox import MOST_PATIENT, PATIENT_SECONDS
from bot.reminders import FOLLOW
from conversations.model import State
from conversations.reminding import Reminding, Watch

BEFORE = datetime.fromisoformat("2026-11-20T18:00:00+08:00")
MOMENT = "2026-11-24T09:00:10+08:00"
"""Just after the time at which all are reminded, a week before their date."""
DAY = date(2026, 12, 1)
USERS = 140
RATE = 100
SECONDS = 240.0
HOLD_SECONDS = 6.0
"""How long a silent process counts as alive."""
UNDER_WAY = min(MOST_PATIENT, round(PATIENT_SECONDS * RATE))
_TURN = threading.Lock()
TOLD = ("内审", "申报通知公布了")
"""What everybody is told, each in a message of its own."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The kind of database, and how many processes share the work."""

    base: str
    processes: int

    def __str__(self) -> str:
        return f"{self.base}-{self.processes}"


SETTINGS = (Setting("sqlite", 1), Setting("postgresql", 1), Setting("postgresql", 3))


CASES = cases(REMINDER_POINTS, SETTINGS)


async def _prepare(url: str, chats: Sequence[Chat]) -> None:
    """What earlier conversations have left: everybody has a date, and follows an award."""
    database = await open_database(Settings(database_url=url).database_url, alone=False)
    own = Watch(0, "own", BEFORE, day=DAY, title="内审")
    rounds_of = Watch(0, "rounds", BEFORE, award="jian")
    reminding = Reminding().with_watch(own).with_watch(rounds_of)
    state = State(told=True, reminding=reminding)
    async with database.transaction() as connection:
        addresses = [str(chat.id) for chat in chats]
        await store.make_chats(connection, "telegram", dict.fromkeys(addresses), BEFORE)
        found = await store.lock_chats(connection, "telegram", addresses, [])
        for chat in found:
            chat.state, chat.changed = store.dump_state(state), True
            chat.reminded_at, chat.remind_at = BEFORE, datetime.fromisoformat(MOMENT)
        await store.save(connection, found)
        follows = [{"chat_id": chat.id, "award": "jian"} for chat in found]
        await insert_many(connection, FOLLOW, follows)
        opens = datetime.fromisoformat(MOMENT) + timedelta(days=100)
        await rounds.publish(connection, replace(round_of(opens), year=2027), BEFORE)
    await database.close()


@dataclass(frozen=True, slots=True)
class World:
    """Telegram, those who are to be told, and the processes that do it."""

    telegram: StandIn
    chats: Sequence[Chat]
    programs: Sequence[Program]
    rows: Rows

    def over(self) -> bool:
        """Whether everything has been told, as far as is known."""
        outgoing = kept(self.rows).messages
        # What waits when a round is announced is taken back and derived anew: it is skipped.
        sent = outgoing.get("sent", 0) >= len(TOLD) * len(self.chats)
        return sent and outgoing.keys() <= {"sent", "skipped"} and self.telegram.quiet()

    def dead(self) -> bool:
        """Whether a process has died."""
        return not all(program.running for program in self.programs)

    def counts(self) -> Counter[tuple[int, str]]:
        """How often each chat was told each thing."""
        return Counter(
            (chat.id, what)
            for chat in self.chats
            for text in said(self.telegram, chat)
            for what in TOLD
            if what in text
        )


def _run(case: Case[Setting], folder: Path, nursery: Nursery) -> None:
    with StandIn(pauses=(0.02, 0.05)) as telegram:
        url = fresh(case.setting.base, folder)
        chats = [telegram.private(language_code="zh-hans") for _ in range(USERS)]
        with _TURN:  # migrations are made by one thread at a time
            asyncio.run(_prepare(url, chats))
        common = {
            "CLOCK": f"{MOMENT} {now().timestamp()}",
            "HOLD": str(HOLD_SECONDS),
            "SWEEP": "0.1",
            "PATIENCE": str(PATIENCE_SECONDS),
            "AWARD_BOT_SENDS_PER_SECOND": str(RATE),
            "TALLY": str(folder / "tally"),
        }
        rows = Rows.of(url)
        programs = [
            Program(telegram, url, folder, webhook=True, launch=nursery.begin, more=common)
            for _ in range(case.setting.processes)
        ]
        world = World(telegram, chats, programs, rows)
        try:
            for program in programs:
                program.begin(KILL_AT=f"{case.point}*{case.times}")
            telegram.wait(lambda: world.dead() or world.over(), SECONDS)
            assert world.dead(), "it never came to this point"
            for program in programs:
                if not program.running:
                    program.begin()
            telegram.wait(world.over, SECONDS)
            _check(world)
        finally:
            for program in programs:
                program.kill()
            rows.close()


def _check(world: World) -> None:
    counts = world.counts()
    assert len(counts) == len(TOLD) * USERS, "somebody was not told"
    repeated = Counter(chat for chat, _ in counts.elements()) - Counter(chat for chat, _ in counts)
    assert max(repeated.values(), default=0) <= 1, "somebody heard more than one text again"
    assert repeated.total() <= UNDER_WAY, "more came twice than was under way"
    names = world.rows.read("SELECT chat_id, name FROM reminder")
    assert len(names) == USERS
    assert world.telegram.faults == []
    for program in world.programs:
        program.check()


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Case[Setting], Future[None]]]:
    """The cases that were asked for, under way, several at a time: they mostly wait."""
    folders = {case: tmp_path_factory.mktemp("reminded") for case in CASES}

    def run(case: Case[Setting]) -> None:
        _run(case, folders[case], nursery)

    with under_way(request, test_a_death_at_any_point_loses_no_reminder, run) as runs:
        yield runs


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_death_at_any_point_loses_no_reminder(
    runs: dict[Case[Setting], Future[None]], case: Case[Setting]
) -> None:
    """Everybody is told everything once; for a process that dies, one text may come twice."""
    runs[case].result()
