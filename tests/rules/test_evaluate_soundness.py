"""What is said while answers are missing is not taken back when they come."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from oracle.applicants import KINDS
from oracle.completions import completions
from random_cases import Json, found, parsed, random_case

SEEDS = st.integers(0, 10**9)
COMPLETENESS = st.sampled_from((0.2, 0.5, 0.8, 0.95))
OUTCOMES_LEFT = {
    "ineligible": {"ineligible"},
    "eligible": {"eligible"},
    "not_yet": {"not_yet", "ineligible"},
    "undetermined": {"eligible", "not_yet", "ineligible", "undetermined"},
}


def completed(case: Json, seed: int) -> list[Json]:
    """Return ways in which everything that is missing could turn out."""
    return completions(case, Random(seed), 8)


def ungated(case: Json) -> set[str]:
    """Return the criteria of which it is known whom they bind: no fact of a gate is missing."""
    read = parsed(case)
    return {
        spec.id
        for spec in read.award.spec.criterion
        if read.rule_set.track in spec.tracks
        if all(gate.fact in case["facts"] for gate in spec.only_if)
    }


@given(seed=SEEDS, completeness=COMPLETENESS)
@settings(deadline=None, max_examples=250)
def test_what_is_met_or_unmet_stays_so(seed: int, completeness: float) -> None:
    """Met stays met and unmet unmet, however what is missing turns out.

    The one exception: where the fact is missing that says whom a condition binds, a condition
    that is met may turn out not to bind this applicant at all (not_applicable).
    """
    case = random_case(seed, completeness)
    before, sure = found(case)["criteria"], ungated(case)
    for completion in completed(case, seed):
        after = found(completion)["criteria"]
        for criterion, finding in before.items():
            was, now = finding["status"], after[criterion]["status"]
            if was in {"unmet", "not_applicable"} or (was == "met" and criterion in sure):
                assert now == was, criterion
            elif was == "met":
                assert now in {"met", "not_applicable"}, criterion


@given(seed=SEEDS, completeness=COMPLETENESS)
@settings(deadline=None, max_examples=250)
def test_what_is_left_to_the_reviewers_never_becomes_a_bar(seed: int, completeness: float) -> None:
    """A matter of judgement may turn out to be nothing, but no missing answer makes it unmet."""
    case = random_case(seed, completeness)
    before = found(case)["criteria"]
    judged = {name for name, each in before.items() if each["status"] == "to_be_judged"}
    for completion in completed(case, seed):
        after = found(completion)["criteria"]
        now = {after[criterion]["status"] for criterion in judged}
        assert now <= {"to_be_judged", "met", "not_applicable"}


@given(seed=SEEDS, completeness=COMPLETENESS)
@settings(deadline=None, max_examples=250)
def test_an_outcome_that_is_certain_stays(seed: int, completeness: float) -> None:
    """Eligible and ineligible stay; "not yet" never turns into "you may"."""
    case = random_case(seed, completeness)
    left = OUTCOMES_LEFT[found(case)["outcome"]]
    assert {found(completion)["outcome"] for completion in completed(case, seed)} <= left


@given(seed=SEEDS, completeness=COMPLETENESS)
@settings(deadline=None, max_examples=250)
def test_no_missing_answer_puts_off_a_day_that_was_named(seed: int, completeness: float) -> None:
    """Once every kind of record is told, the day named is the latest that it can come to."""
    case = random_case(seed, completeness)
    case["facts"]["records"] = {kind: [] for kind in KINDS} | case["facts"].get("records", {})
    named = {
        criterion: finding["met_from"]
        for criterion, finding in found(case)["criteria"].items()
        if finding["met_from"] is not None
    }
    for completion in completed(case, seed):
        after = found(completion)["criteria"]
        for criterion, day in named.items():
            assert after[criterion]["met_from"] <= day, criterion


@given(seed=SEEDS)
@settings(deadline=None, max_examples=150)
def test_who_has_told_everything_is_asked_nothing(seed: int) -> None:
    """With every answer given and every day exact, only the office can leave something open."""
    needs = {each["needs"] for each in found(random_case(seed, 1.0))["criteria"].values()}
    assert needs <= {None, "office"}
