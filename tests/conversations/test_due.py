"""When a date is told: the user's hour, quiet hours, clocks, snoozes, corrections, failures."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from notices import LONG_AGO, ROUND, at, following, waiting_for

from conversations.dated import dates
from conversations.due import due, next_at, reopened
from conversations.model import State
from conversations.reminders import settled
from conversations.reminding import Snooze, Watch
from rules.rounds import Milestone, Round

DAY = timedelta(days=1)


def told(
    state: State, now: datetime, *rounds: Round, since: datetime = LONG_AGO
) -> list[tuple[str, int]]:
    """What is told at a moment, with the days left."""
    return [(each.dated.key, each.days_left) for each, _ in due(state, rounds, since, now).told]


def times(state: State, *rounds: Round, since: datetime = LONG_AGO) -> list[datetime]:
    """All moments at which something is told, one after another."""
    found: list[datetime] = []
    while (moment := next_at(state, rounds, since, since)) is not None:
        since = due(state, rounds, since, moment).until
        found.append(moment)
    return found


def test_a_closing_is_told_by_its_leads() -> None:
    """30, 14, 7, 3 and 1 days before and on the day, at nine by the user's clock."""
    state = waiting_for(date(2026, 6, 30))
    days = ("05-31", "06-16", "06-23", "06-27", "06-29", "06-30")
    assert times(state) == [at(f"2026-{day} 09:00") for day in days]


HOURS = [
    # hour, quiet from, to, where, day, what is told on the day and one day before
    (9, 22, 8, "Asia/Shanghai", "2026-06-30", ["06-29 09:00", "06-30 09:00"]),
    (7, 22, 8, "Asia/Shanghai", "2026-06-30", ["06-29 08:00", "06-30 08:00"]),
    (23, 22, 8, "Asia/Shanghai", "2026-06-30", ["06-30 08:00"]),  # both at once
    (0, 0, 0, "Asia/Shanghai", "2026-06-30", ["06-29 00:00", "06-30 00:00"]),
    (13, 12, 14, "Asia/Shanghai", "2026-06-30", ["06-29 14:00", "06-30 14:00"]),
    (5, 6, 5, "Asia/Shanghai", "2026-06-30", ["06-29 05:00", "06-30 05:00"]),
    (4, 6, 5, "Asia/Shanghai", "2026-06-30", ["06-29 05:00", "06-30 05:00"]),
    (6, 6, 5, "Asia/Shanghai", "2026-06-30", ["06-30 05:00"]),
    # Where clocks are put forward and back in the night, nine stays nine.
    (9, 22, 8, "America/New_York", "2026-03-08", ["03-07 09:00", "03-08 09:00"]),
    (9, 22, 8, "Europe/London", "2026-10-25", ["10-24 09:00", "10-25 09:00"]),
    (9, 22, 8, "Asia/Kathmandu", "2026-06-30", ["06-29 09:00", "06-30 09:00"]),
    # Two o'clock that does not come is three, on Lord Howe half past two.
    (2, 0, 0, "America/New_York", "2026-03-08", ["03-07 02:00", "03-08 03:00"]),
    (2, 0, 0, "Australia/Lord_Howe", "2026-10-04", ["10-03 02:00", "10-04 02:30"]),
    # One that comes twice is the first.
    (1, 0, 0, "America/New_York", "2026-11-01", ["10-31 01:00", "11-01 01:00"]),
    # The only hour that is not quiet does not come: on the next day, so a day earlier.
    (2, 3, 2, "America/New_York", "2026-03-08", ["03-07 02:00"]),
]


@pytest.mark.parametrize(("hour", "start", "end", "zone", "day", "expected"), HOURS)
def test_the_hour_of_the_day(  # noqa: PLR0913, PLR0917 - the columns of the table
    hour: int, start: int, end: int, zone: str, day: str, expected: list[str]
) -> None:
    """At the user's hour; or when the quiet hours end; but before it is over."""
    state = waiting_for(date.fromisoformat(day), leads=(1, 0), hour=hour, quiet_from=start,
                        quiet_to=end)  # fmt: skip
    moments = times(replace(state, timezone=zone))
    assert moments == [at(f"2026-{moment}", zone) for moment in expected]


CLOSINGS = [
    # closing hour in China, where the user is, when lead 0 is told there
    ("2026-06-30 17:00", "Asia/Shanghai", "2026-06-30 09:00"),
    ("2026-06-30 08:30", "Asia/Shanghai", "2026-06-29 09:00"),
    ("2026-07-01 00:00", "Asia/Shanghai", "2026-06-30 09:00"),
    ("2026-06-30 17:00", "America/New_York", "2026-06-29 09:00"),  # five in the morning there
    ("2026-06-30 17:00", "Australia/Lord_Howe", "2026-06-30 09:00"),
]


@pytest.mark.parametrize(("closes", "zone", "expected"), CLOSINGS)
def test_a_closing_is_told_while_it_is_ahead(closes: str, zone: str, expected: str) -> None:
    """What closes before the user's hour is told the day before."""
    state = replace(following(leads=(0,)), timezone=zone)
    each = replace(ROUND, closes=at(closes), milestones=(), opens=LONG_AGO)
    assert times(state, each)[-1] == at(expected, zone)


def test_the_plan_and_the_opening_have_shorter_leads() -> None:
    """A month before, nobody is told of an opening or a step, only of the closing."""
    state = following(track="organisation")
    kinds: dict[int, set[str]] = {lead: set() for lead in (30, 14, 7, 3, 1, 0)}
    for moment in times(state, ROUND):
        for each, names in due(state, [ROUND], moment - timedelta.resolution, moment).told:
            kinds[int(names[-1].rpartition("-")[2])].add(each.dated.kind)
    assert kinds[30] == kinds[14] == {"closes"}
    assert kinds[7] == kinds[3] == {"closes", "milestone", "step"}
    assert kinds[1] == kinds[0] == {"closes", "milestone", "opens", "step"}


def test_who_wants_to_know_long_before_is_told_of_the_opening_too() -> None:
    """With no short lead chosen, openings and steps are told at their longest."""
    state = following(leads=(30,))
    moments = times(state, replace(ROUND, milestones=()))
    assert moments == [at("2026-05-31 09:00")]  # the closing in 30 days, the opening tomorrow
    assert [key for key, _ in told(state, moments[0], ROUND)] == [
        "r5:opens@2026-06-01", "r5:closes@2026-06-30"]  # fmt: skip


def test_no_leads_no_reminders() -> None:
    """Who wants no reminders gets none, and sees the dates."""
    state = following(leads=())
    assert times(state, ROUND) == []
    assert len(dates(state, [ROUND], LONG_AGO)) == 3


LATE = [
    # told at, days left, late, over
    ("2026-06-30 09:00", 0, False, False),
    ("2026-06-30 10:00", 0, False, False),
    ("2026-06-30 10:01", 0, True, False),
    ("2026-06-30 16:59", 0, True, False),
    ("2026-06-30 17:00", 0, False, True),
    ("2026-07-09 12:00", -9, False, True),
]


@pytest.mark.parametrize(("now", "left", "late", "over"), LATE)
def test_after_a_failure_what_is_late_says_so(
    now: str,
    left: int,
    late: bool,  # noqa: FBT001 - a column of the table
    over: bool,  # noqa: FBT001 - the same
) -> None:
    """Several reminders that were missed come as one; what is over is told as over."""
    found = due(following(), [replace(ROUND, milestones=())], at("2026-06-02 12:00"), at(now))
    ((only, names),) = found.told
    assert (only.days_left, only.late, only.over) == (left, late, over)
    assert [name.rpartition("-")[2] for name in names] == ["14", "7", "3", "1", "0"]


def test_nothing_is_told_in_the_quiet_hours() -> None:
    """What was missed waits until the morning, and is then late."""
    state, since = waiting_for(date(2026, 7, 1), leads=(1,)), at("2026-06-20 12:00")
    night, morning = at("2026-06-30 22:00"), at("2026-07-01 08:00")
    assert due(state, [], since, night).told == ()
    assert due(state, [], since, night).until == since
    assert next_at(state, [], since, night) == morning
    assert [each.late for each, _ in due(state, [], since, morning).told] == [True]


def test_a_snooze_in_the_quiet_hours_is_not_late_in_the_morning() -> None:
    """Put off by an hour in the evening, it comes when the quiet hours end, and is not late."""
    state = waiting_for(date(2026, 7, 9), leads=(), snoozes=(
        Snooze("w1@2026-07-09", at("2026-06-30 22:30")),))  # fmt: skip
    found = due(state, [], at("2026-06-30 21:30"), at("2026-07-01 08:00"))
    assert [(each.late, each.days_left) for each, _ in found.told] == [(False, 8)]
    assert settled(state, found).reminding.snoozes == ()
    assert next_at(settled(state, found), [], found.until, found.until) is None


def test_a_snooze_that_is_not_told_yet_stays() -> None:
    """What is put off until later, or is asked for in the quiet hours, is not taken away."""
    state = waiting_for(date(2026, 7, 9), snoozes=(
        Snooze("w1@2026-07-09", at("2026-06-30 22:30")),))  # fmt: skip
    night = due(state, [], at("2026-06-30 21:30"), at("2026-06-30 23:00"))
    assert settled(state, night) == state


def test_a_wish_is_not_told_of_days_gone_by() -> None:
    """Who follows an award ten days before it closes is told from then on."""
    state = following(leads=(14, 7))
    watch = replace(state.reminding.watches[0], since=at("2026-06-20 12:00"))
    state = replace(state, reminding=state.reminding.with_changed(watch))
    assert times(state, replace(ROUND, opens=LONG_AGO, milestones=())) == [at("2026-06-23 09:00")]


def test_a_corrected_closing_is_told_by_its_new_day() -> None:
    """A closing put off is told again by its new day, from the correction on; the old one never."""
    state = following(leads=(14, 3))
    moved = replace(ROUND, closes=at("2026-07-10 17:00"), closes_since=at("2026-06-28 10:00"),
                    opens=LONG_AGO, milestones=(), version=2)  # fmt: skip
    assert times(state, moved, since=at("2026-06-27 09:00")) == [at("2026-07-07 09:00")]


def test_a_corrected_hour_is_not_told_again() -> None:
    """The names do not change with the hour, nor with the user's zone."""
    later = replace(ROUND, closes=ROUND.closes + timedelta(hours=3))
    here, away = following(), replace(following(), timezone="America/New_York")
    keys = {each.key for each in dates(here, [ROUND], LONG_AGO)}
    assert keys == {each.key for each in dates(away, [later], LONG_AGO)}


def test_a_withdrawn_round_has_no_dates() -> None:
    """Nothing needs to be cancelled."""
    gone = replace(ROUND, withdrawn=True)
    assert dates(following(track="organisation"), [gone], LONG_AGO) == ()
    assert times(following(track="organisation"), gone) == []


def test_another_milestone_does_not_take_the_place_of_one_that_is_done() -> None:
    """Done is the briefing, whatever else is announced for the same day."""
    state = following()
    done = next(each.key for each in dates(state, [ROUND], LONG_AGO) if each.kind == "milestone")
    watch = replace(state.reminding.watches[0], done=(done,))
    state = replace(state, reminding=state.reminding.with_changed(watch))
    visit = Milestone("现场答疑", date(2026, 6, 10), LONG_AGO)
    more = replace(ROUND, milestones=(visit, *ROUND.milestones))
    titles = [each.title for each in dates(state, [more], LONG_AGO) if each.kind == "milestone"]
    assert titles == ["现场答疑"]


def test_two_wishes_for_one_date_tell_it_once() -> None:
    """A closing that is followed twice is told once, known since the first, and done if it is."""
    state = following(track="organisation")
    second = Watch(0, "rounds", at("2026-06-20 12:00"), "jian", "individual")
    both = replace(state, reminding=state.reminding.with_watch(second))
    closings = [each for each in dates(both, [ROUND], LONG_AGO) if each.kind == "closes"]
    assert [each.since for each in closings] == [LONG_AGO]
    reverse = replace(both, reminding=replace(
        both.reminding, watches=both.reminding.watches[::-1]))  # fmt: skip
    assert [each.since for each in dates(reverse, [ROUND], LONG_AGO)] == [
        each.since for each in dates(both, [ROUND], LONG_AGO)]  # fmt: skip
    watch = replace(both.reminding.watches[1], done=("r5:closes@2026-06-30",))
    ready = replace(both, reminding=both.reminding.with_changed(watch))
    assert "closes" not in {each.kind for each in dates(ready, [ROUND], LONG_AGO)}


def test_several_dates_come_nearest_first() -> None:
    """A message tells the nearest date first."""
    state = following(leads=(30, 14, 7, 3, 1, 0))
    keys = [key for key, _ in told(state, at("2026-06-30 09:00"), ROUND)]
    assert keys == sorted(keys, key=lambda key: key.rpartition("@")[2])
    assert len(keys) == 3


CHANGES: list[tuple[dict[str, object], list[str]]] = [
    # what is changed at eleven on the 29th, when it is told then
    ({"hour": 7}, []),  # told at nine already
    ({"hour": 15}, []),
    ({"leads": (14, 7, 1, 0)}, []),  # of days gone by
    ({"quiet_from": 10, "quiet_to": 9}, []),
]


@pytest.mark.parametrize(("change", "expected"), CHANGES)
def test_what_was_told_or_is_long_ago_is_not_told_after_a_change(
    change: dict[str, object], expected: list[str]
) -> None:
    """Another hour, another lead, other quiet hours: today's reminder does not come twice."""
    before = waiting_for(date(2026, 6, 30), leads=(1, 0))
    first = due(before, [], LONG_AGO, at("2026-06-29 09:00"))
    names = {name for _, names in first.told for name in names}
    after = replace(before, reminding=replace(before.reminding, **change))  # type: ignore[arg-type]
    now = at("2026-06-29 11:00")
    since = reopened(before, after, [], first.until, now)
    late = [
        each.dated.key
        for moment in (now, at("2026-06-29 20:00"))
        for each, found in due(after, [], since, moment).told
        if found[-1] not in names
    ]
    assert late == expected


def test_todays_reminder_is_not_lost_to_an_earlier_hour() -> None:
    """At eleven the hour is changed from three in the afternoon to nine: it comes at once."""
    before = waiting_for(date(2026, 6, 30), hour=15)
    after = replace(before, reminding=replace(before.reminding, hour=9))
    now = at("2026-06-30 11:00")
    since = reopened(before, after, [], at("2026-06-29 15:00"), now)
    assert next_at(after, [], since, now) == now
    assert told(after, now, since=since) == [("w1@2026-06-30", 0)]


def test_what_is_owed_in_the_quiet_hours_is_not_lost_to_another_zone() -> None:
    """Missed by day, owed in the night, and then the user moves: it still comes."""
    before = waiting_for(date(2026, 6, 30), leads=(1,))
    after = replace(before, timezone="Pacific/Kiritimati", reminding=replace(
        before.reminding, quiet_from=0, quiet_to=0))  # fmt: skip
    night = at("2026-06-29 23:00")
    since = reopened(before, after, [], at("2026-06-29 08:30"), night)
    assert next_at(after, [], since, night) == night
    assert told(after, night, since=since) == [("w1@2026-06-30", 0)]


def test_nothing_changed_nothing_is_looked_at_again() -> None:
    """Another language or a screening has nothing to do with reminders."""
    before = waiting_for(date(2026, 6, 30))
    assert reopened(before, replace(before, locale="en"), [], LONG_AGO, LONG_AGO + DAY) == LONG_AGO


def test_a_clock_that_goes_back_does_not_repeat() -> None:
    """What is dealt with stays so, though a process whose clock is behind asks."""
    state, since = waiting_for(date(2026, 6, 30)), at("2026-06-30 09:05")
    assert due(state, [], since, at("2026-06-30 09:01")).until == since


def test_keys_fit_a_button() -> None:
    """The longest key leaves room for what is to be done with the date."""
    each = replace(ROUND, id=2**31 - 1)
    for dated in dates(following(track="organisation"), [each], LONG_AGO):
        assert len(f"n:done:{dated.key}".encode()) <= 64
