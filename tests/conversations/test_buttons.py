"""Buttons: pressed twice, pressed late, and days picked from a calendar."""

import pytest
from said import NOW, heard, said

from conversations.model import LOCALES, Pressed, Said, State
from conversations.step import current

START = ("青山湖", "企业", "今天", "逐条", "是", "是", "符合", "不是")
DATED = (*START, "2019年", "2020年", "2021年", "绿色", "都盈利", "生产安全事故")
BELONGS = "这个按钮是"
AHEAD = "这一天还没到"


@pytest.mark.parametrize(
    ("texts", "token"),
    [
        ((*START[:1], "企业"), "a1:track:organisation"),
        ((*START[:2], "就按今天"), "a1:day:today"),
        (START[:4], "a1:mode:full"),
        (START[:5], "a1:registered_in_area:yes"),
        ((*START[:4], "不知道"), "a1:registered_in_area:?"),
        ((*START, "2019年5月"), "d1:operating_since:2019-05"),
        ((*START, "2019年"), "d1:operating_since:2019"),
        (DATED[:13], "a1:annual_results:profit"),
        ((*DATED, "2024年6月3日"), "d1:records.safety_accident#0.date:2024-06-03"),
        ((*DATED, "2024年", "一般"), "a1:records.safety_accident#0.severity:ordinary"),
        ((*DATED, "2024年", "一般", "没有了"), "a1:records.safety_accident#more:no"),
        ((*DATED[:13], "都没有"), "a1:accidents:done"),
    ],
)
def test_a_second_tap_says_nothing_about_it(texts: tuple[str, ...], token: str) -> None:
    """The answer that was just given, given again, gets the present question and no remark."""
    state = said(*texts)
    after, replies = heard(state, Pressed(token))
    assert after == state
    assert replies == (current(state, NOW),)


@pytest.mark.parametrize(
    ("texts", "token"),
    [
        (START[:5], "a1:registered_in_area:no"),
        (START[:3], "d1:day:2027-03-01"),
        ((*START, "2019年5月"), "d1:operating_since:2019-06"),
        ((*START, "2019年5月"), "d1:operating_since:2027"),
        ((*DATED, "2024年"), "a1:accidents:1"),
        ((*DATED, "2024年", "一般", "还有"), "a1:records.safety_accident#more:yes"),
        ((*DATED, "2024年", "一般"), "a1:records.safety_accident#0.severity:major"),
        ((*DATED, "2024年", "一般", "不知道"), "a1:records.safety_accident#more:?"),
    ],
)
def test_an_old_button_that_would_change_something_says_so(
    texts: tuple[str, ...], token: str
) -> None:
    """A button of an earlier question whose answer would differ changes nothing, and says so."""
    state = said(*texts)
    after, replies = heard(state, Pressed(token))
    assert after == state
    assert BELONGS in replies[0].text
    assert replies[0].question == current(state, NOW).question


@pytest.mark.parametrize(
    ("typed", "picked"),
    [("2019年5月12日", "2019-05-12"), ("2019年5月", "2019-05"), ("2019年", "2019")],
)
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("texts", "question"),
    [
        (START, "operating_since"),
        ((*START, "2018年"), "qms_certified_since"),
        (DATED, "records.safety_accident#0.date"),
    ],
)
def test_a_picked_day_is_a_typed_day(
    texts: tuple[str, ...], question: str, locale: str, typed: str, picked: str
) -> None:
    """A day, a month or a year from the calendar does what the same does when it is typed."""
    state = State.from_json({**said(*texts).to_json(), "locale": locale})
    assert current(state, NOW).question == question
    assert current(state, NOW).day_token == f"d1:{question}"
    assert heard(state, Pressed(f"d1:{question}:{picked}")) == heard(state, Said(typed))


def test_a_day_to_come_is_refused_where_it_lies_behind() -> None:
    """A picked day in the future is refused like a typed one, and nothing changes."""
    state = said(*START)
    after, replies = heard(state, Pressed("d1:operating_since:2026-11-21"))
    assert after == state
    assert AHEAD in replies[0].text
    assert replies[0].day_token == "d1:operating_since"  # noqa: S105 - a button's


@pytest.mark.parametrize("value", ["2027-02-30", "2027-13", "0000", "soon", "", "2027-3-1"])
def test_what_is_no_day_changes_nothing(value: str) -> None:
    """A token that no calendar makes is answered, and takes nothing."""
    state = said("青山湖", "企业")
    after, replies = heard(state, Pressed(f"d1:day:{value}"))
    assert after.screenings == state.screenings
    assert replies[0].question == "day"


def test_a_day_is_asked_for_only_where_one_is_meant() -> None:
    """Only a question about a day has a calendar."""
    tokens = [current(said(*DATED[:count]), NOW).day_token for count in range(1, len(DATED) + 1)]
    days = [token for token in tokens if token]
    assert days == [
        "d1:day", "d1:operating_since", "d1:qms_certified_since", "d1:excellence_model_since",
        "d1:records.safety_accident#0.date",
    ]  # fmt: skip


@pytest.mark.parametrize("token", ["m:screen", "x1:award"])
def test_beginning_twice_begins_once(token: str) -> None:
    """A second tap on what begins a screening finds the one that was begun."""
    state, _ = heard(said("钦州", "今天"), Pressed(token))
    after, replies = heard(state, Pressed(token))
    assert after == state
    assert replies == (current(state, NOW),)


def test_a_tier_of_another_award_is_no_answer() -> None:
    """After the award is changed, the tier named for the one before is neither shown nor asked."""
    state = said("上海", "企业", "质量金奖", "今天", "逐条")
    state, _ = heard(state, Pressed("c1:award"))
    state, _ = heard(state, Pressed("a1:award:jian"))
    state, replies = heard(state, Said("改一项回答"))
    assert [choice.token for choice in replies[0].choices] == [
        "c1:track", "c1:day", "c1:mode", "x1:continue"]  # fmt: skip


def test_an_old_button_of_a_kind_that_another_award_lacks() -> None:
    """A prize that the award chosen since does not have is no error."""
    state = said("上海", "企业", "质量金奖", "今天", "逐条")
    state, _ = heard(state, Pressed("c1:award"))
    state, _ = heard(state, Pressed("a1:award:jian"))
    after, replies = heard(state, Pressed("a1:past_awards.gold#0.date:?"))
    assert after == state
    assert BELONGS in replies[0].text
