"""Updates that come again, out of turn, side by side: nothing is lost and nothing done twice."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import overlapping
import pytest
from databases import kept
from disturbed import Outcome, Setting, World, undisturbed, world
from nursery import Nursery
from talks import say, timeless

from conversations.model import State

SETTINGS = (
    Setting("sqlite", webhook=False),
    Setting("sqlite", webhook=True),
    Setting("postgresql", webhook=True, processes=2),
)
SEEDS = (1, 2)
ROUNDS = 12
OFTEN = 0.3
"""How often everything is delivered again, and not only what is new."""
LONG = "50"
"""Seconds for which a silent process counts as alive: here none is silent."""


@pytest.fixture(scope="module")
def expected(
    nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Outcome, dict[str, Sequence[int]]]:
    """What the conversations come to when nothing goes wrong."""
    return undisturbed(SETTINGS[0], tmp_path_factory.mktemp("undisturbed"), nursery)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("setting", SETTINGS, ids=str)
def test_updates_that_come_again_at_any_moment_change_nothing(
    setting: Setting,
    seed: int,
    expected: tuple[Outcome, dict[str, Sequence[int]]],
    nursery: Nursery,
    tmp_path: Path,
) -> None:
    """Each comes twice at once, and all again now and then, shuffled: no text comes again."""
    wanted, known = expected
    rng = Random(seed)
    with world(setting, tmp_path, nursery.begin, known, HOLD=LONG) as office:
        seen: set[int] = set()

        def repeat() -> None:
            fresh = office.updates - seen
            seen.update(fresh)
            again = office.updates if rng.random() < OFTEN else fresh
            office.telegram.redeliver(sorted(again), seed=rng.randrange(1000))

        office.start()
        office.run(lambda: not office.updates <= seen, repeat)
        office.check(wanted)


@pytest.fixture
def at_a_question(
    request: pytest.FixtureRequest, nursery: Nursery, tmp_path: Path
) -> Iterator[World]:
    """Users each of whom has begun a screening."""
    with world(request.param, tmp_path, nursery.begin, HOLD=LONG) as office:
        office.start()
        for talk in office.talks:
            say("/start jian_individual")(office.telegram, talk.chat)
        office.rest()
        yield office


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("at_a_question", SETTINGS, ids=str, indirect=True)
def test_texts_and_taps_that_overlap_are_dealt_with_one_after_another(
    at_a_question: World, seed: int
) -> None:
    """States and answers are those of one order: by polling that of the updates, else any."""
    office, rng = at_a_question, Random(seed)
    webhook = office.programs[0].webhook
    for _ in range(ROUNDS):
        states = kept(office.rows).states
        overlaps = [
            overlapping.begin(office.telegram, chat, State.from_json(states[str(chat.id)]), rng)
            for chat in (talk.chat for talk in office.talks)
        ]
        if webhook:
            made = [number for overlap in overlaps for number in overlap.updates]
            office.telegram.redeliver(made, seed=rng.randrange(1000))
        office.rest()
        states = kept(office.rows).states
        for overlap in overlaps:
            chat = overlap.chat
            said = overlapping.said(office.telegram, chat)[overlap.heard :]
            come_to = (timeless(State.from_json(states[str(chat.id)])), said)
            assert come_to in list(overlap.ends(in_order=not webhook)), overlap.events
    assert kept(office.rows).updates == office.updates
    office.check_manners()
