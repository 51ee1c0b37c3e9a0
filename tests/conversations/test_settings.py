"""Settings of reminders: what can be typed, what can be ticked, and what comes of it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from conversations.model import LOCALES, Command, Pressed, Reply, Said, State
from conversations.settings import read_hour
from conversations.step import step
from conversations.zones import read_zone

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
HOURS = [
    ("9点", 9), ("早上八点", 8), ("上午10点整", 10), ("下午3点", 15), ("晚上8点", 20),
    ("20:00", 20),    ("中午12点", 12), ("8 pm", 20), ("08:00", 8), ("9", 9), ("24点", 0),
]  # fmt: skip
NO_HOURS = ["七点半", "25点", "早上", "8:30", "九点或者十点", "5点", "很早", ""]
ZONES = [
    ("北京", "Asia/Shanghai"), ("上海", "Asia/Shanghai"), ("北京时间", "Asia/Shanghai"),
    ("乌鲁木齐", "Asia/Urumqi"), ("新疆", "Asia/Urumqi"), ("烏魯木齊", "Asia/Urumqi"),
    ("纽约", "America/New_York"), ("New York", "America/New_York"), ("伦敦", "Europe/London"),
    ("Europe/London", "Europe/London"), ("europe/london", "Europe/London"),
    ("Lord Howe", "Australia/Lord_Howe"), ("加德满都", "Asia/Katmandu"), ("我在东京", "Asia/Tokyo"),
]  # fmt: skip
LEADS = [
    ("提前10天、3天和当天", (10, 3, 0)), ("30、7、1天", (30, 7, 1)), ("当天", (0,)),
    ("提前两周和一天", (14, 1)), ("7天，1天", (7, 1)), ("一个月前、当天", (30, 0)),
]  # fmt: skip
NO_LEADS = ["3", "1、2", "提前400天", "很早", "十几天", "提前"]
QUIET = [
    ("晚上10点到早上8点", (22, 8)), ("22-7", (22, 7)), ("从23:00到09:00", (23, 9)),
    ("不要", (0, 0)), ("10 pm to 8 am", (22, 8)), ("中午12点到下午2点", (12, 14)),
]  # fmt: skip


def at(question: str, *texts: str) -> State:
    """The state after saying some things where a setting is asked for."""
    state, _ = step(State(told=True), Pressed("n:set"), NOW)
    state, _ = step(state, Pressed(f"n:set:{question}"), NOW)
    for text in texts:
        state, _ = step(state, Said(text), NOW)
    return state


@pytest.mark.parametrize(("text", "hour"), HOURS)
def test_an_hour(text: str, hour: int) -> None:
    """Full hours, as people say them."""
    assert read_hour(text) == hour
    if text != "9":
        assert at("hour", text).reminding.hour == hour


@pytest.mark.parametrize("text", NO_HOURS)
def test_what_is_no_full_hour(text: str) -> None:
    """Half hours, two hours and what can be morning or evening are not taken."""
    assert read_hour(text) is None


@pytest.mark.parametrize(("text", "zone"), ZONES)
def test_a_time_zone(text: str, zone: str) -> None:
    """A city in Chinese or English, or the zone's own name."""
    assert read_zone(text) == zone
    assert at("zone", text).timezone == zone
    assert ZoneInfo(zone)


@pytest.mark.parametrize("text", ["火星", "", "a", "UTC+25", "../../etc/passwd", "Europe", "/"])
def test_what_is_no_zone(text: str) -> None:
    """What is no place that is known leaves the zone as it is."""
    assert read_zone(text) is None
    assert at("zone", text or "?").timezone == "Asia/Shanghai"


@pytest.mark.parametrize(("text", "leads"), LEADS)
def test_leads(text: str, leads: tuple[int, ...]) -> None:
    """Several leads at once, the longest first."""
    assert at("leads", text).reminding.leads == leads


@pytest.mark.parametrize("text", NO_LEADS)
def test_what_is_no_lead(text: str) -> None:
    """A bare number could be a place in the list; it is asked again."""
    assert at("leads", text) == at("leads")


@pytest.mark.parametrize(("text", "hours"), QUIET)
def test_quiet_hours(text: str, hours: tuple[int, int]) -> None:
    """From one hour to another, over midnight too, or none."""
    kept = at("quiet", text).reminding
    assert (kept.quiet_from, kept.quiet_to) == hours


def test_the_last_lead_stays() -> None:
    """A date without any reminder would be forgotten."""
    state = at("leads", "当天")
    state, _ = step(state, Pressed("n:set:leads"), NOW)
    after, replies = step(state, Pressed("n:lead:0"), NOW)
    assert after.reminding.leads == (0,)
    assert "至少要留一个" in replies[0].text


def test_leads_are_ticked_one_after_the_other() -> None:
    """A tick takes one away, another brings it back."""
    state = at("leads")
    state, replies = step(state, Pressed("n:lead:14"), NOW)
    assert state.reminding.leads == (30, 7, 3, 1, 0)
    assert [c.ticked for c in replies[0].choices if c.token == "n:lead:14"] == [False]  # noqa: S105
    state, _ = step(state, Pressed("n:lead:14"), NOW)
    assert state.reminding.leads == (30, 14, 7, 3, 1, 0)


TOKENS = ["n:lead:7", "n:hour:8", "n:zone:Asia/Tokyo", "n:quiet:21-7", "n:hour:99", "n:zone:x"]


@pytest.mark.parametrize("token", TOKENS)
def test_an_old_button_changes_no_setting(token: str) -> None:
    """Where the setting is not being asked for, its buttons change nothing, and say so."""
    state = State(told=True)
    after, replies = step(state, Pressed(token), NOW)
    assert after == state
    assert "这个按钮已经用不上了" in replies[0].text


def pages(locale: str) -> Iterator[Reply]:
    """The pages of settings in a language."""
    state, replies = step(State(locale=locale, told=True), Command("settings"), NOW)
    yield replies[0]
    for question in ("leads", "hour", "zone", "quiet"):
        yield step(state, Pressed(f"n:set:{question}"), NOW)[1][0]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_choice_can_be_typed(locale: str) -> None:
    """The label of a choice, typed, does what pressing it does."""
    for shown in pages(locale):
        state, _ = step(State(locale=locale, told=True), Command("settings"), NOW)
        if shown.question != "date:set":
            head = (shown.question or "").rpartition(":")[2]
            state, _ = step(state, Pressed(f"n:set:{head}"), NOW)
        for choice in shown.choices:
            if choice.ticked is None:
                pressed = step(state, Pressed(choice.token), NOW)
                assert step(state, Said(choice.label), NOW) == pressed, choice


ANYTHING = [
    ("早上8点", "hour", 8), ("at 8 am", "hour", 8), ("提前7天和1天", "leads", (7, 1)),
    ("安静时间：23:00到9:00", "quiet_from", 23), ("quiet hours 21:00 to 7:00", "quiet_to", 7),
    ("安静时间不要", "quiet_to", 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "value"), ANYTHING)
def test_a_setting_is_said_on_the_page_of_all(text: str, name: str, value: object) -> None:
    """Where all settings are shown, one sentence changes the one that it is about."""
    state, _ = step(State(told=True), Command("settings"), NOW)
    state, _ = step(state, Said(text), NOW)
    assert getattr(state.reminding, name) == value
