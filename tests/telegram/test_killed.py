"""Processes that die: nothing is lost, and no chat hears more than one text again for each death.

Each case is a conversation of several users with the real program, in which a process ends at a
point of ``killable.POINTS``, as by ``kill -9``; then everything is delivered again, to a new
process or to one that was there. It has to come to the same as when nothing goes wrong.

Here a process dies at each point once in each setting; how to have it die more often stands in
``deaths.py``.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future

import pytest
from deaths import Case, cases
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

# What happens only with one way of getting updates.
ONLY_WEBHOOK = ("webhook to be acknowledged",)
ONLY_POLLING = ("polling to be acknowledged", "updates fetched")


def _is_met(setting: Setting, point: str) -> bool:
    return point not in (ONLY_POLLING if setting.webhook else ONLY_WEBHOOK)


CASES = cases(POINTS, SETTINGS, _is_met)


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
) -> Iterator[dict[Case[Setting], Future[None]]]:
    """The cases that were asked for, under way, several at a time: they mostly wait."""
    folders = {case: tmp_path_factory.mktemp("killed") for case in CASES}

    def run(case: Case[Setting]) -> None:
        wanted, known = expected
        with world(case.setting, folders[case], nursery.begin, known) as disturbed:
            disturbed.start(KILL_AT=f"{case.point}*{case.times}")
            disturbed.run(disturbed.dead, disturbed.take_over)
            assert disturbed.kills == 1, "it never came to this point"
            disturbed.check(wanted)

    with under_way(request, test_a_death_at_any_point_changes_nothing, run) as runs:
        yield runs


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_death_at_any_point_changes_nothing(
    runs: dict[Case[Setting], Future[None]], case: Case[Setting]
) -> None:
    """States, texts and their order are those of an undisturbed run; one text may come twice."""
    runs[case].result()
