"""Processes that die: nothing is lost, and no chat hears more than one text again for each death.

Each case is a conversation of several users with the real program, in which a process ends at a
point of ``killable.POINTS``, as by ``kill -9``; then everything is delivered again, to a new
process or to one that was there. It has to come to the same as when nothing goes wrong.

Here each point is met once in each setting. With AWARD_BOT_TEST_KILLS=12 in the environment, each
is met the 1st to the 12th time, which takes as many times as long.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from disturbed import Outcome, Setting, undisturbed, world
from killable import POINTS
from nursery import Nursery

SETTINGS = (
    Setting("sqlite", webhook=False),
    Setting("sqlite", webhook=True),
    Setting("postgresql", webhook=False),
    Setting("postgresql", webhook=True),
    Setting("postgresql", webhook=True, processes=2),
)
KILLS = int(os.environ.get("AWARD_BOT_TEST_KILLS", "0"))
AT_ONCE = 4

# What happens only once in a conversation, or only with one way of getting updates.
ONCE = ("starting", "chat removed")
ONLY_WEBHOOK = ("webhook to be acknowledged",)
ONLY_POLLING = ("polling to be acknowledged", "updates fetched")


@dataclass(frozen=True, slots=True)
class Case:
    """A process ends at a point, the N-th time that it gets there."""

    setting: Setting
    point: str
    times: int

    def __str__(self) -> str:
        return f"{self.setting}-{self.point.replace(' ', '_')}-{self.times}"


def _cases() -> Iterator[Case]:
    for number, point in enumerate(POINTS):
        for turn, setting in enumerate(SETTINGS):
            if point in (ONLY_POLLING if setting.webhook else ONLY_WEBHOOK):
                continue
            few = (1 + (number + 3 * turn) % 7,)
            for times in (1,) if point in ONCE else range(1, KILLS + 1) if KILLS else few:
                yield Case(setting, point, times)


CASES = tuple(_cases())


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Where processes begin at once."""
    with Nursery() as nursery:
        yield nursery


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
    chosen: list[Any] = [
        item.callspec.params["case"]
        for item in request.session.items
        if isinstance(item, pytest.Function)
        and item.originalname == test_a_death_at_any_point_changes_nothing.__name__
    ]
    folders = {case: tmp_path_factory.mktemp("killed") for case in chosen}

    def run(case: Case) -> None:
        wanted, known = expected
        with world(case.setting, folders[case], nursery.begin, known) as disturbed:
            disturbed.start(KILL_AT=f"{case.point}*{case.times}")
            disturbed.run(disturbed.dead, disturbed.take_over)
            assert disturbed.kills == 1, "it never came to this point"
            disturbed.check(wanted)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {case: pool.submit(run, case) for case in chosen}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_death_at_any_point_changes_nothing(
    runs: dict[Case, Future[None]], case: Case
) -> None:
    """States, texts and their order are those of an undisturbed run; no text comes more than twice."""
    runs[case].result()
