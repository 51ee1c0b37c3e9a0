"""Processes that die: nothing is lost, and no chat hears more than one text again for each death.

Each case is a conversation of several users with the real program, in which a process ends at a
point of ``killable.POINTS``, as by ``kill -9``; then everything is delivered again, to a new
process or to one that was there. It has to come to the same as when nothing goes wrong.

Here a process dies at each point once in each setting. With AWARD_BOT_TEST_KILLS=12 in the
environment it dies the 1st to the 12th time, if a point is met so often, in as many runs.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

import pytest
from disturbed import Outcome, Setting, undisturbed, world
from killable import POINTS
from nursery import Nursery
from side_by_side import under_way

SETTINGS = (
    Setting("sqlite", webhook=False),
    Setting("sqlite", webhook=True),
    Setting("postgresql", webhook=False),
    Setting("postgresql", webhook=True),
    Setting("postgresql", webhook=True, processes=2),
)
KILLS = int(os.environ.get("AWARD_BOT_TEST_KILLS", "0"))

# What happens only with one way of getting updates.
ONLY_WEBHOOK = ("webhook to be acknowledged",)
ONLY_POLLING = ("polling to be acknowledged", "updates fetched")


@dataclass(frozen=True, slots=True)
class Case:
    """A process ends at a point, the N-th time that any of them gets there."""

    setting: Setting
    point: str
    times: int

    def __str__(self) -> str:
        return f"{self.setting}-{self.point.replace(' ', '_')}-{self.times}"


def _cases() -> Iterator[Case]:
    for number, (name, point) in enumerate(POINTS.items()):
        for turn, setting in enumerate(SETTINGS):
            if name in (ONLY_POLLING if setting.webhook else ONLY_WEBHOOK):
                continue
            somewhere = (1 + (5 * number + 7 * turn) % point.most,)
            for times in range(1, min(KILLS, point.most) + 1) if KILLS else somewhere:
                yield Case(setting, name, times)


CASES = tuple(_cases())


@pytest.fixture(scope="module")
def expected(
    nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Outcome, dict[str, Sequence[int]]]:
    """What the conversations come to when nothing goes wrong."""
    return undisturbed(SETTINGS[0], tmp_path_factory.mktemp("undisturbed"), nursery)


@pytest.fixture(scope="module")
def runs(
    request: pytest.FixtureRequest,
    nursery: Nursery,
    expected: tuple[Outcome, dict[str, Sequence[int]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[Case, Future[None]]]:
    """The cases that were asked for, under way, several at a time: they mostly wait."""
    folders = {case: tmp_path_factory.mktemp("killed") for case in CASES}

    def run(case: Case) -> None:
        wanted, known = expected
        with world(case.setting, folders[case], nursery.begin, known) as disturbed:
            disturbed.start(KILL_AT=f"{case.point}*{case.times}")
            disturbed.run(disturbed.dead, disturbed.take_over)
            assert disturbed.kills == 1, "it never came to this point"
            disturbed.check(wanted)

    with under_way(request, test_a_death_at_any_point_changes_nothing, run) as runs:
        yield runs


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_death_at_any_point_changes_nothing(runs: dict[Case, Future[None]], case: Case) -> None:
    """States, texts and their order are those of an undisturbed run; one text may come twice."""
    runs[case].result()
