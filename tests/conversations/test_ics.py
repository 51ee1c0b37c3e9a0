"""Calendar files: read by a reader that knows nothing of the library that writes them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notices import LONG_AGO, ROUND, at, following, waiting_for
from rfc5545 import Agenda, NotACalendarError, Part, read

from conversations.dated import Dated, dates
from conversations.due import reminders_of
from conversations.ics import calendar
from conversations.model import LOCALES, State
from conversations.reminding import Snooze, Watch
from rules.rounds import Milestone, Round

NOW = datetime(2026, 4, 1, 1, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def file(state: State, *rounds: Round, now: datetime = NOW) -> str:
    """A calendar file with all dates of a chat."""
    return calendar(state, dates(state, rounds, now), now).text


def event(text: str, summary: str) -> Part:
    """The one event with this in its summary."""
    found = [each for each in read(text).parts if summary in str(each.values["SUMMARY"])]
    assert len(found) == 1
    return found[0]


def of_kind(state: State, kind: str) -> Dated:
    """The chat's date of a kind."""
    return next(each for each in dates(state, [ROUND], NOW) if each.kind == kind)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("track", ["organisation", "individual"])
def test_a_file_is_what_the_standard_says(locale: str, track: str) -> None:
    """All dates of a round with its plan, in every language, each once and in order."""
    state = replace(following(track=track), locale=locale)
    found = dates(state, [ROUND], NOW)
    whole = read(file(state, ROUND))
    assert whole.values["METHOD"] == "PUBLISH"
    assert len(whole.parts) == len(found) >= 5
    assert len({each.values["UID"] for each in whole.parts}) == len(found)
    assert {each.values["DTSTAMP"] for each in whole.parts} == {NOW}


def test_a_closing_has_its_hour_wherever_the_calendar_is() -> None:
    """Closing and opening are moments, whole days are days."""
    text = file(following(track="organisation"), ROUND)
    assert event(text, "截止").values["DTSTART"] == at("2026-06-30 17:00")
    assert event(text, "开始受理").values["DTSTART"] == at("2026-06-01 09:00")
    assert event(text, "申报说明会").values["DTSTART"] == date(2026, 6, 10)
    assert type(event(text, "内部公示").values["DTSTART"]) is date


def test_an_event_says_where_it_comes_from() -> None:
    """The notice with its number, what to hand in and where; a step's article and its words."""
    state = following(track="organisation")
    text = file(state, ROUND)
    closing = str(event(text, "截止").values["DESCRIPTION"])
    assert all(each in closing for each in (ROUND.title, ROUND.number, ROUND.hand_in, ROUND.where))
    assert event(text, "截止").values["LOCATION"] == ROUND.where
    step = str(event(text, "内部公示").values["DESCRIPTION"])
    assert "第十三条第（二）项" in step
    assert "公示时间不少于 5个工作日" in step


def test_alarms_ring_when_reminders_come() -> None:
    """At the user's hour before a closing in UTC; before a day, by the clock of the calendar."""
    state = following(leads=(7, 0))
    triggers = {part.values["TRIGGER"] for part in event(file(state, ROUND), "截止").parts}
    assert triggers == {-7 * DAY - 8 * HOUR, -8 * HOUR}
    own = waiting_for(date(2026, 6, 30), leads=(7, 0))
    triggers = {part.values["TRIGGER"] for part in event(file(own), "内审").parts}
    assert triggers == {-7 * DAY + 9 * HOUR, 9 * HOUR}


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"])
def test_alarms_of_moments_are_the_reminders(zone: str) -> None:
    """Closing and trigger together give the moments at which the assistant itself reminds."""
    state = replace(following(), timezone=zone)
    moments = {ROUND.closes + part.values["TRIGGER"]  # type: ignore[operator]
               for part in event(file(state, ROUND), "截止").parts}  # fmt: skip
    assert moments == {moment for moment, _ in reminders_of(state, of_kind(state, "closes"))}


def test_alarms_gone_by_do_not_ring() -> None:
    """A file of the day before the closing has the alarm of the day itself only."""
    text = file(following(), ROUND, now=at("2026-06-29 12:00"))
    assert [part.values["TRIGGER"] for part in event(text, "截止").parts] == [-8 * HOUR]


def test_what_was_put_off_is_no_alarm() -> None:
    """A snooze is of this chat, for now."""
    state = waiting_for(date(2026, 6, 30), leads=(), snoozes=(
        Snooze("w1@2026-06-30", NOW + DAY),))  # fmt: skip
    assert event(file(state), "内审").parts == []


def test_a_second_import_brings_a_corrected_round_up_to_date() -> None:
    """The same events with new days: none is left where it was, none is there twice."""
    state, agenda = following(track="organisation"), Agenda()
    agenda.imports(file(state, ROUND))
    count, before = len(agenda.events), agenda.starts()
    moved = replace(ROUND, version=2, closes=at("2026-07-15 12:00"), closes_since=NOW,
                    milestones=(replace(ROUND.milestones[0], day=date(2026, 6, 12)),))  # fmt: skip
    agenda.imports(file(state, moved, now=NOW + HOUR))
    after = agenda.starts()
    assert len(agenda.events) == count
    assert before.keys() == after.keys()
    changed = {summary for summary in after if after[summary] != before[summary]}
    assert len(changed) == count - 1
    assert not any("开始受理" in summary for summary in changed)


def test_an_older_file_changes_nothing() -> None:
    """Imported after the correction, the file from before it is of no effect."""
    state, agenda = following(track="organisation"), Agenda()
    moved = replace(ROUND, version=2, closes=at("2026-07-15 12:00"), closes_since=NOW)
    agenda.imports(file(state, moved, now=NOW + HOUR))
    newer = agenda.starts()
    agenda.imports(file(state, ROUND))
    assert agenda.starts() == newer


def test_an_own_date_that_is_moved_is_the_same_event() -> None:
    """So is the day of becoming eligible, when an answer changes it."""
    watch = Watch(0, "eligible", LONG_AGO, "jian", day=date(2027, 5, 20), screening=1)
    state = State(reminding=waiting_for(date(2026, 6, 30)).reminding.with_watch(watch))
    agenda = Agenda()
    agenda.imports(file(state))
    for old, day in zip(state.reminding.watches, (date(2026, 7, 2), date(2027, 6, 1)), strict=True):
        state = replace(state, reminding=state.reminding.with_changed(replace(old, day=day)))
    agenda.imports(file(state, now=NOW + HOUR))
    assert sorted(map(str, agenda.starts().values())) == ["2026-07-02", "2027-06-01"]


def test_own_lengths_of_the_plan_move_the_same_event() -> None:
    """With more time for the self-evaluation its event moves, though the round is the same."""
    state, agenda = following(track="organisation"), Agenda()
    for count in ("20", "30"):
        watch = replace(state.reminding.watches[0], lengths={"self_evaluation": count})
        state = replace(state, reminding=state.reminding.with_changed(watch))
        agenda.imports(file(state, ROUND))
    evaluation = [day for summary, day in agenda.starts().items() if "自我评价" in summary]
    assert len(evaluation) == 1
    assert event(file(state, ROUND), "自我评价").values["DTSTART"] == evaluation[0]


def test_two_people_have_different_own_dates() -> None:
    """The first date of one is not the first date of another, where both share a calendar."""
    one, other = waiting_for(date(2026, 6, 30)), waiting_for(date(2026, 6, 30), "开会")
    uids = {event(file(one), "内审").values["UID"], event(file(other), "开会").values["UID"]}
    assert len(uids) == 2


def test_milestones_of_one_title_are_two_events() -> None:
    """A second briefing does not take the place of the first."""
    second = Milestone("申报说明会", date(2026, 6, 17), LONG_AGO)
    twice = replace(ROUND, milestones=(*ROUND.milestones, second))
    assert len(read(file(following(), twice)).parts) == 4


def test_a_provisional_day_is_tentative() -> None:
    """A plan that reaches into a year without a calendar says so in the event too."""
    later = replace(ROUND, opens=at("2029-05-01 09:00"), closes=at("2029-06-30 17:00"),
                    milestones=())  # fmt: skip
    step = event(file(following(track="organisation"), later), "内部公示")
    assert step.values["STATUS"] == "TENTATIVE"
    assert "暂定" in str(step.values["DESCRIPTION"])
    assert event(file(following(), later), "截止").values["STATUS"] == "CONFIRMED"


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_is_written_the_file_can_be_read(title: str, where: str) -> None:
    """Commas, semicolons, line breaks, emoji and control characters do no harm."""
    kept = waiting_for(date(2026, 6, 30), title or "内审").reminding
    state = State(reminding=kept.with_watch(Watch(0, "rounds", LONG_AGO, "jian")))
    text = file(state, replace(ROUND, title=title, where=where, hand_in=title))
    assert len(read(text).parts) == 4


def test_what_is_said_comes_back_unchanged() -> None:
    """Escaped when written, the text is the same when read."""
    title = "内审；A,B;C\\n：一\n二 " + "很长" * 60
    assert (
        str(event(file(waiting_for(date(2026, 6, 30), title)), "内审").values["SUMMARY"]) == title
    )


WRONG = [
    "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
    "BEGIN:VCALENDAR\r\nPRODID:x\r\nVERSION:2.0\r\n",
    "BEGIN:VCALENDAR\r\nPRODID:x\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "BEGIN:VCALENDAR\r\nPRODID:a;b\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
    f"BEGIN:VCALENDAR\r\nPRODID:{'x' * 80}\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n",
]


@pytest.mark.parametrize("text", WRONG)
def test_the_reader_refuses_what_is_wrong(text: str) -> None:
    """It is strict: line ends, needed values, escapes, folded lines."""
    with pytest.raises(NotACalendarError):
        read(text)
