"""What officers type and pick at the questions about a round."""

from datetime import datetime

import pytest
from officers import ANSWERS, writing

from conversations.model import Pressed, Publish


def test_a_day_can_be_picked_from_the_calendar() -> None:
    """A picked day, or a month of which a day is asked, is an answer as if typed."""
    officer = writing(*ANSWERS[:3])
    officer.does(Pressed(f"{officer.shown[-1].day_token}:2027-03-01"))
    assert officer.shown[-1].question == "round:opens_at"
    officer.says("9点")
    assert "具体是哪一天" in officer.does(Pressed("o:d:closes:2027-06"))
    assert "2027年6月30日几点截止" in officer.presses("2027年6月30日")


CLOSINGS = [
    ("2027年6月30日下午5点", "2027-06-30T17:00"),
    ("2027-06-30 17:00", "2027-06-30T17:00"),
    ("2027-06-30T17:00", "2027-06-30T17:00"),
    ("６月３０日１７：３０", "2027-06-30T17:30"),
    ("6月30日（周三）17:30截止", "2027-06-30T17:30"),
    ("截止到6月30日下午五点半", "2027-06-30T17:30"),
    ("6月30日17点前", "2027-06-30T17:00"),
    ("30 June 2027, 5 pm", "2027-06-30T17:00"),
    ("6月30日24点", "2027-06-30T23:59"),
    ("2027年6月30日中午12点", "2027-06-30T12:00"),
    ("12月15日17:00", None),  # of 2026 before the opening, of 2027 too far to be meant
    ("2027年2月28日17:00", None),
    ("昨天17:00", None),
    ("明年17:00", None),
    ("六月三十一日17:00", None),
    ("17:00", None),
    ("6月30日5点", None),
    ("看通知", None),
]


@pytest.mark.parametrize(("text", "closes"), CLOSINGS, ids=[text for text, _ in CLOSINGS])
def test_a_closing_as_people_type_it(text: str, closes: str | None) -> None:
    """Day and hour in one; what cannot be is asked again with a reason."""
    officer = writing(*ANSWERS[:4])
    told = officer.says(text)
    if closes is None:
        assert officer.shown[-1].question == "round:closes"
        assert told != ""
        assert "closes" not in officer.state.draft
        return
    assert officer.shown[-1].question == "round:hand_in"
    officer.says("申报表", "质量科", "没有")
    officer.presses("发布")
    order = officer.orders[0]
    assert isinstance(order, Publish)
    assert order.round.closes == datetime.fromisoformat(f"{closes}+08:00")


def test_a_closing_without_year_is_the_first_after_the_opening() -> None:
    """An opening late in a year is followed by a closing early in the next."""
    officer = writing(*ANSWERS[:3], "2027年11月1日9:00", "3月31日17:00")
    assert officer.state.draft["closes"] == "2028-03-31"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("4月9日 说明会", "说明会"),
        ("4月9日说明会", "说明会"),
        ("2027-04-09：说明会", "说明会"),
        ("说明会，4月9日", "说明会"),
        ("4月9日下午2点 说明会", "下午2点 说明会"),
    ],
)
def test_a_further_day_with_its_name(text: str, title: str) -> None:
    """Day and name in one, in either order."""
    officer = writing(*ANSWERS[:-1])
    officer.says(text)
    assert officer.state.draft["milestones"] == [{"title": title, "day": "2027-04-09"}]


def test_a_further_day_is_asked_for_after_its_name() -> None:
    """A name alone is asked for its day, which has to be ahead; an hour is told with the name."""
    officer = writing(*ANSWERS[:-1], "说明会")
    assert officer.shown[-1].question == "round:milestone"
    assert "这一天已经过去了" in officer.says("2026年4月9日")
    assert "要说到具体哪一天" in officer.says("4月上旬")
    assert "2027年4月9日 说明会（14:00）" in officer.says("4月9日下午2点")


def test_a_further_day_that_has_passed_is_not_taken() -> None:
    """Nobody can be reminded of a day in the past."""
    officer = writing(*ANSWERS[:-1])
    assert "这一天已经过去了" in officer.says("2026年4月9日 说明会")
    assert "milestones" not in officer.state.draft


def test_a_further_day_can_be_given_up() -> None:
    """Who cannot say the day takes its name back."""
    officer = writing(*ANSWERS[:-1], "说明会")
    assert "还有别的日子要告诉大家吗" in officer.presses("不加了")
