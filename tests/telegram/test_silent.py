"""A process that falls silent in the middle of its work: another goes on in its place, and soon."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from disturbed import HOLD_SECONDS, Outcome, Setting, World, undisturbed, world
from nursery import Nursery
from process import share
from side_by_side import under_way
from talks import said

from bot.app import HOLD_SECONDS as BY_DEFAULT
from bot.clock import now

TWO = Setting("postgresql", webhook=True, processes=2)
TIMES = 3
END_SECONDS = 10.0

# In the middle of a transaction, and before and after something is sent.
POINTS = ("chats locked", "attempts to be committed", "part to be sent", "part sent")


@dataclass(frozen=True, slots=True)
class Case:
    """How it falls silent, by a variable of ``killable``, and where."""

    how: str
    point: str

    def __str__(self) -> str:
        return f"{self.how}-{self.point}".replace(" ", "_")


CASES = tuple(Case(how, point) for how in ("KILL_AT", "HANG_AT") for point in POINTS)


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Case, Future[None]]]:
    """The cases under way."""
    wanted, known = undisturbed(TWO, tmp_path_factory.mktemp("undisturbed"), nursery)
    folders = {case: tmp_path_factory.mktemp("silent") for case in CASES}

    def run(case: Case) -> None:
        tally = folders[case] / "tally"
        with world(TWO, folders[case], nursery.begin, known) as office:
            first, second = office.programs
            share(office.telegram, first)
            first.begin(**{case.how: f"{case.point}*{TIMES}"})
            second.begin()

            def silent() -> bool:
                return not office.kills and tally.exists() and tally.stat().st_size >= TIMES

            def go_on() -> None:
                office.kills = 1
                _check_held(office)
                share(office.telegram, second)
                office.telegram.redeliver(seed=TIMES)

            office.run(silent, go_on)
            assert office.kills == 1, "it never came to this point"
            if case.how == "HANG_AT":
                first.resume()
                assert first.stop() < END_SECONDS
            office.rest()
            _check(office, wanted)

    with under_way(request, test_another_goes_on_for_a_process_that_falls_silent, run) as runs:
        yield runs


@pytest.mark.parametrize("case", CASES, ids=str)
def test_another_goes_on_for_a_process_that_falls_silent(
    runs: dict[Case, Future[None]], case: Case
) -> None:
    """No chat is held up for longer than a hold lasts; one of its texts may come again."""
    runs[case].result()


def test_a_hold_lasts_less_than_half_a_minute() -> None:
    """So long, and no longer, the silence of a process holds a chat up."""
    assert BY_DEFAULT < 30


def _check_held(office: World) -> None:
    held = office.rows.read("SELECT held_until FROM chat WHERE held_until IS NOT NULL")
    begun, _, then = office.programs[0].more["CLOCK"].partition(" ")
    moment = datetime.fromisoformat(begun) + timedelta(seconds=now().timestamp() - float(then))
    assert all(row.held_until <= moment + timedelta(seconds=HOLD_SECONDS) for row in held)


def _check(office: World, wanted: Outcome) -> None:
    assert office.outcome().states == wanted.states
    for talk, texts in zip(office.talks, wanted.texts, strict=True):
        found = said(office.telegram, talk.chat)
        assert found == texts or any(_without(found, place) == texts for place in range(len(found)))
    office.check_manners()


def _without(texts: Sequence[str], place: int) -> list[str]:
    return [*texts[:place], *texts[place + 1 :]]
