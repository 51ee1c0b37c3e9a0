"""Plans backwards from a closing day: Ji'an's counted by hand, others by their laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workdays_counted import workdays_between

from knowledge.model import Citation
from rules.award import Step
from rules.load import load_award
from rules.model import Track
from rules.plan import Length, Planned, plan
from rules.workdays import is_arranged, is_workday

CITATION = Citation("small", "art-1", 1, None, "第一条", "例")
# Days of years that are arranged, and far enough from the next that is not.
CLOSING = st.dates(date(2024, 3, 1), date(2026, 12, 20))
# By when the next year is arranged nobody can say; this one is not for long.
FAR = 2091


def of_jian(
    closes: str, track: Track = Track.ORGANISATION, **lengths: Length
) -> dict[str, Planned]:
    """Ji'an's plan for a closing day, by step."""
    steps = load_award("jian").steps[track]
    planned = plan(steps, date.fromisoformat(closes), lengths)
    return {each.step.id: each for each in planned}


def made_up(name: str, workdays: int | None = None, *, beside: bool = False) -> Step:
    """A step of no award."""
    return Step(name, name, "申报者", CITATION, workdays, beside)


@pytest.mark.parametrize(
    ("closes", "public_notice", "internal_notice"),
    [
        # An ordinary week, 25 July 2025 is a Friday. Worked before it: 24, 23, 22, 21, 18; on the
        # 17th the notice begins. Worked before that: 16, 15, 14, 11, 10; 9.
        ("2025-07-25", "2025-07-17", "2025-07-09"),
        # Dragon Boat 2026, 19 to 21 June off. Before Friday the 26th: 25, 24, 23, 22, 18; 17.
        # Before the 17th: 16, 15, 12, 11, 10; 9.
        ("2026-06-26", "2026-06-17", "2026-06-09"),
        # The Monday after it. 18, 17, 16, 15, 12; 11. Then 10, 9, 8, 5, 4; 3.
        ("2026-06-22", "2026-06-11", "2026-06-03"),
        # The festival itself: nothing changes, the last working day before it is the same.
        ("2026-06-19", "2026-06-11", "2026-06-03"),
        # National Day 2025, 1 to 8 October off, Sunday 28 September and Saturday 11 October worked.
        # Before Wednesday 15 October: 14, 13, 11 (Saturday), 10, 9; 30 September.
        # Before that: 29, 28 (Sunday), 26, 25, 24; 23.
        ("2025-10-15", "2025-09-30", "2025-09-23"),
        # The Saturday worked in exchange. 10, 9, 30 September, 29, 28 (Sunday); 26.
        # Then 25, 24, 23, 22, 19; 18.
        ("2025-10-11", "2025-09-26", "2025-09-18"),
        # Spring Festival 2026, 15 to 23 February off, Saturdays 14 and 28 worked.
        # Before Monday 2 March: 28 (Saturday), 27, 26, 25, 24; 14 (Saturday).
        # Before that: 13, 12, 11, 10, 9; 6.
        ("2026-03-02", "2026-02-14", "2026-02-06"),
        # The second day after it. 24, 14 (Saturday), 13, 12, 11; 10. Then 9, 6, 5, 4, 3; 2.
        ("2026-02-25", "2026-02-10", "2026-02-02"),
        # Spring Festival 2025, 28 January to 4 February off, Sunday 26 January and Saturday
        # 8 February worked. 8 (Saturday), 7, 6, 5, 27 January; 26 (Sunday).
        # Then 24, 23, 22, 21, 20; 17.
        ("2025-02-10", "2025-01-26", "2025-01-17"),
        # Across New Year 2026, 1 to 3 January off, Sunday the 4th worked. 9, 8, 7, 6, 5; 4.
        # Then 31 December, 30, 29, 26, 25; 24.
        ("2026-01-12", "2026-01-04", "2025-12-24"),
    ],
)
@pytest.mark.parametrize("track", Track)
def test_the_two_notices_of_jian(
    track: Track, closes: str, public_notice: str, internal_notice: str
) -> None:
    """Both public notices of five working days begin in time: one is over when the next begins."""
    found = of_jian(closes, track)
    assert found["public_notice"].begins_by == date.fromisoformat(public_notice)
    assert found["public_notice"].over_by == date.fromisoformat(closes)
    assert found["internal_notice"].begins_by == date.fromisoformat(internal_notice)
    assert found["internal_notice"].over_by == date.fromisoformat(public_notice)


def test_a_whole_plan_of_jian() -> None:
    """Without lengths of the applicant's own only the notices have a day on which to begin."""
    found = of_jian("2026-06-26")
    table = [
        (each.step.id, f"{each.begins_by or '-'}", f"{each.over_by}") for each in found.values()
    ]
    assert table == [
        ("self_evaluation", "-", "2026-06-17"),
        ("materials", "-", "2026-06-17"),
        ("internal_notice", "2026-06-09", "2026-06-17"),
        ("recommendation", "-", "2026-06-17"),
        ("public_notice", "2026-06-17", "2026-06-26"),
        ("hand_in", "-", "2026-06-26"),
    ]
    assert not any(each.own or each.provisional for each in found.values())


@pytest.mark.parametrize(
    ("length", "recommendation", "internal_notice"),
    [
        # Ten days before 17 June; then 5, 4, 3, 2, 1 June; 29 May.
        (Length(10), "2026-06-07", "2026-05-29"),
        # Ten working days: 16, 15, 12, 11, 10, 9, 8, 5, 4, 3; then 2, 1, 29 May, 28, 27; 26.
        (Length(10, workdays=True), "2026-06-03", "2026-05-26"),
        (Length(1), "2026-06-16", "2026-06-08"),
        (Length(1, workdays=True), "2026-06-16", "2026-06-08"),
    ],
)
def test_the_applicant_says_how_long_the_review_takes(
    length: Length, recommendation: str, internal_notice: str
) -> None:
    """A length of one's own, in days or in working days, moves what comes before it."""
    found = of_jian("2026-06-26", recommendation=length)
    assert found["recommendation"].own
    assert found["recommendation"].begins_by == date.fromisoformat(recommendation)
    assert found["internal_notice"].begins_by == date.fromisoformat(internal_notice)
    assert not found["internal_notice"].own


def test_a_length_that_the_text_sets_is_not_the_applicants() -> None:
    """Nobody makes a public notice shorter than the text has it, nor longer."""
    assert of_jian("2026-06-26", public_notice=Length(1)) == of_jian("2026-06-26")


def test_what_goes_on_beside_moves_nothing() -> None:
    """Self-evaluation goes on beside the internal notice: it ends with it and delays nothing."""
    found = of_jian("2026-06-26", self_evaluation=Length(30), materials=Length(5, workdays=True))
    assert found["self_evaluation"].begins_by == date(2026, 5, 18)
    assert found["self_evaluation"].over_by == found["internal_notice"].over_by
    assert found["materials"].begins_by == date(2026, 6, 10)
    assert found["internal_notice"] == of_jian("2026-06-26")["internal_notice"]


def test_what_comes_before_two_steps_waits_for_the_second() -> None:
    """A step before one that goes on beside another has to be over when that other one begins."""
    steps = (made_up("first"), made_up("beside", beside=True), made_up("notice", 5))
    first, beside, notice = plan(steps, date(2026, 6, 26), {"beside": Length(60)})
    assert first.over_by == notice.begins_by == date(2026, 6, 17)
    assert beside.over_by == notice.over_by == date(2026, 6, 26)


@pytest.mark.parametrize("award", ["lianyungang", "changning", "qingshanhu", "qinzhou"])
def test_without_a_length_in_the_text_there_is_no_day_to_begin(award: str) -> None:
    """Where the text sets no length nothing is invented: everything has to be over in time."""
    for steps in load_award(award).steps.values():
        planned = plan(steps, date(2026, 6, 26))
        assert {each.begins_by for each in planned} == {None}
        assert {each.over_by for each in planned} == {date(2026, 6, 26)}


def test_a_plan_of_nothing_is_empty() -> None:
    """A track without steps has no plan."""
    assert plan((), date(2026, 6, 26)) == ()


@pytest.mark.parametrize("days", [0, 10])
def test_what_counts_in_a_year_not_arranged_is_provisional(days: int) -> None:
    """From the step that counts such days back to the first; what comes after it is certain."""
    closes = f"{FAR}-03-01"
    found = of_jian(closes, recommendation=Length(days)) if days else of_jian(closes)
    marked = {name: each.provisional for name, each in found.items()}
    assert marked == {
        "self_evaluation": True,
        "materials": True,
        "internal_notice": True,
        "recommendation": True,
        "public_notice": True,
        "hand_in": False,
    }


def test_the_last_week_of_the_year_is_provisional_with_the_next() -> None:
    """Days about New Year are exchanged by the next year's notice: a plan across them waits."""
    last = max(year for year in range(2026, FAR) if is_arranged(year))
    for closes, provisional in (((last, 12, 24), False), ((last, 12, 28), True)):
        steps = (made_up("notice", 5),)
        (notice,) = plan(steps, date(*closes))
        assert notice.provisional is provisional


def test_days_that_are_no_working_days_are_certain_in_any_year() -> None:
    """A length in days counts on no calendar of holidays."""
    (review,) = plan((made_up("review"),), date(FAR, 3, 1), {"review": Length(14)})
    assert (review.begins_by, review.provisional) == (date(FAR, 2, 15), False)


def test_what_goes_on_beside_is_provisional_by_its_own_count_only() -> None:
    """It hangs on the end of the step beside it, not on how that is counted, nor the reverse."""
    steps = (made_up("before"), made_up("beside", beside=True), made_up("notice", 5))
    before, beside, notice = plan(steps, date(FAR, 3, 1))
    assert (before.provisional, beside.provisional, notice.provisional) == (True, False, True)
    steps = (made_up("before"), made_up("beside", beside=True), made_up("review"))
    lengths = {"beside": Length(5, workdays=True)}
    before, beside, review = plan(steps, date(FAR, 3, 1), lengths)
    assert (before.provisional, beside.provisional, review.provisional) == (False, True, False)


@given(closes=CLOSING, review=st.builds(Length, st.integers(1, 60), st.booleans()))
def test_a_plan_that_is_kept_is_in_time(closes: date, review: Length) -> None:
    """Counted forward, each notice has its five days before what follows; begun later, not."""
    found = of_jian(str(closes), recommendation=review)
    for name in ("internal_notice", "public_notice"):
        begins, over = found[name].begins_by, found[name].over_by
        assert begins is not None
        assert is_workday(begins)
        # The day on which it begins is not counted, nor the one on which the next step begins.
        assert workdays_between(begins + timedelta(days=1), over - timedelta(days=1)) == 5
        later = begins + timedelta(days=1)
        while not is_workday(later):
            later += timedelta(days=1)
        assert workdays_between(later + timedelta(days=1), over - timedelta(days=1)) == 4
    assert found["internal_notice"].over_by == found["recommendation"].begins_by
    assert found["recommendation"].over_by == found["public_notice"].begins_by
