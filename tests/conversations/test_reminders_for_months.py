"""Months of wishes, rounds and failures: every reminder once, none early, none in quiet hours."""

import os
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from lives import live
from naive_reminders import Line

# Two thousand users for two years: LIVES=2000 DAYS=730, about an hour.
LIVES, DAYS = int(os.environ.get("LIVES", "25")), int(os.environ.get("DAYS", "90"))


def ordered(lines: list[Line]) -> list[Line]:
    """Lines in one order, whoever says them."""
    return sorted(lines, key=repr)


@settings(max_examples=LIVES, deadline=None)
@given(st.integers(0, 2**32))
def test_the_program_says_what_a_watchman_says(seed: int) -> None:
    """With changing wishes, moved rounds and downtimes both say the same at each moment."""
    for said in live(Random(seed), DAYS):
        assert ordered(said.ours) == ordered(said.theirs), said.now
        assert [line.day for line in said.ours] == sorted(line.day for line in said.ours)
