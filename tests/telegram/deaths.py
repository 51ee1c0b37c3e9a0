"""At which points processes die in a test: at each point in the first setting and in one other.

With AWARD_BOT_TEST_KILLS=12 in the environment a process dies in every setting, and the 1st to the
12th time, if a point is met so often, in as many runs.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from killable import Point

KILLS = int(os.environ.get("AWARD_BOT_TEST_KILLS", "0"))

Setting = TypeVar("Setting")


@dataclass(frozen=True, slots=True)
class Case(Generic[Setting]):
    """A process ends at a point, the N-th time that any of them gets there."""

    setting: Setting
    point: str
    times: int

    def __str__(self) -> str:
        return f"{self.setting}-{self.point.replace(' ', '_')}-{self.times}"


def _is_met(_setting: object, _point: str) -> bool:
    return True


def cases(
    points: Mapping[str, Point],
    settings: Sequence[Setting],
    is_met: Callable[[Setting, str], bool] = _is_met,
) -> tuple[Case[Setting], ...]:
    """The deaths to try; ``is_met`` says whether a setting comes to a point."""
    return tuple(_cases(points, settings, is_met))


def _cases(
    points: Mapping[str, Point],
    settings: Sequence[Setting],
    is_met: Callable[[Setting, str], bool],
) -> Iterator[Case[Setting]]:
    for number, (name, point) in enumerate(points.items()):
        met = [(turn, each) for turn, each in enumerate(settings) if is_met(each, name)]
        # The others take turns: all of them together are ten minutes.
        some = met if KILLS else [*met[:1], *met[1 + number % max(1, len(met) - 1) :][:1]]
        for turn, setting in some:
            somewhere = (1 + (5 * number + 7 * turn) % point.most,)
            for times in range(1, min(KILLS, point.most) + 1) if KILLS else somewhere:
                yield Case(setting, name, times)
