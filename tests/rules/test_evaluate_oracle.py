"""The evaluator against the oracle, which was written from the texts without looking at it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.law import verdict
from random_cases import SEATS, Seat, found, random_case

from knowledge.load import awards
from rules.load import load_award

SEEDS = range(240)
COMPLETENESS = (0.3, 0.6, 0.8, 1.0)


def test_every_award_track_and_tier_is_compared() -> None:
    """The oracle knows exactly the awards, tracks and tiers that the rules have."""
    ruled = {
        (award, track.value, tier.value)
        for award in awards()
        for track, tier in load_award(award).rule_sets
    }
    assert ruled == set(SEATS)


@pytest.mark.parametrize("seat", SEATS, ids=" ".join)
def test_the_verdict_is_the_oracles(seat: Seat) -> None:
    """For hundreds of applicants each, every status, day and outcome is what the texts say."""
    for seed in SEEDS:
        case = random_case(seed, COMPLETENESS[seed % len(COMPLETENESS)], seat)
        assert found(case) == verdict(case), case


@given(seed=st.integers(0, 10**9), completeness=st.floats(0.0, 1.0))
@settings(deadline=None, max_examples=300)
def test_the_verdict_is_the_oracles_wherever_one_looks(seed: int, completeness: float) -> None:
    """However much of it is told, no applicant is judged otherwise than the texts say."""
    case = random_case(seed, completeness)
    assert found(case) == verdict(case)


@pytest.mark.parametrize("seat", SEATS, ids=" ".join)
def test_who_tells_nothing_is_refused_nothing(seat: Seat) -> None:
    """Without any answer no condition is met or unmet, and the outcome is open."""
    award, track, tier = seat
    case = {"jurisdiction": award, "track": track, "tier": tier, "as_of": "2026-11-20"}
    result = found(case)
    assert result == verdict(case)
    assert (result["outcome"], result["eligible_from"]) == ("undetermined", None)
    statuses = {finding["status"] for finding in result["criteria"].values()}
    assert statuses <= {"unknown", "to_be_judged"}
