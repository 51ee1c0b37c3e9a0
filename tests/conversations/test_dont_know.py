""" "I don't know" is an answer of its own: it settles nothing, least of all as a "no"."""

from datetime import UTC, datetime

import pytest

from conversations.agenda import agenda
from conversations.model import Said, Screening, State
from conversations.step import step
from rules.model import Needs, Outcome, Status

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = NOW.date()


def said(*texts: str, state: State | None = None) -> State:
    """The state after saying some things."""
    state = state or State()
    for text in texts:
        state, _ = step(state, Said(text), NOW)
    return state


def test_not_knowing_of_another_record_keeps_the_condition_open() -> None:
    """A lesser accident is told, whether there was another is not known: no verdict is given."""
    state = said(
        "钦州", "今天", "快速", "是", "是", "是", "2018年", "2020年",
        "生产安全事故", "2025年3月", "一般", "不知道", "都没有", "都没有", "都没有",
    )  # fmt: skip
    assert state.screening is not None
    found = agenda(state.screening, TODAY)
    assert found.open == ()
    assert found.verdict is not None
    assert found.verdict.outcome is Outcome.UNDETERMINED
    open_ = [f for f in found.verdict.findings if f.status is Status.UNKNOWN]
    assert [finding.needs for finding in open_] == [Needs.ANSWER]


@pytest.mark.parametrize("words", ["不知道", "不清楚", "记不清了", "no idea", "说不准"])
def test_every_way_of_not_knowing_is_understood(words: str) -> None:
    """Whatever the words, the answer is kept as not known and the next question is asked."""
    state = said("青山湖", "企业", "今天", "快速", "是", words)
    assert state.screening is not None
    assert state.screening.answers["legal_person"] == "unknown"


def test_nothing_is_called_possible_while_questions_are_open() -> None:
    """A look at the result in the middle does not say that one may apply."""
    state = said(
        "钦州", "今天", "快速", "是", "是", "是", "2018年", "2020年", "都没有", "质量投诉",
        "2025年3月", "一般",
    )  # fmt: skip
    _, replies = step(state, Said("结果"), NOW)
    assert "可以申报" not in replies[0].text
    assert "没问到" in replies[0].text


def test_numbers_of_screenings_are_never_used_again() -> None:
    """After a deletion a new screening has a new number, so that no old button fits it."""
    state = State().begin({"award": "jian"})
    assert state.current == 1
    state, _ = step(state, Said("菜单"), NOW)
    state = State(begun=state.begun).begin({})
    assert state.current == 2
    assert state.screenings == (Screening(2, {}),)


def test_a_chat_kept_before_screenings_were_counted_goes_on() -> None:
    """A state without the count is read; the next screening has a number of its own."""
    kept = State().begin({"award": "jian"}).to_json()
    del kept["begun"]
    assert State.from_json(kept).begin({}).current == 2
