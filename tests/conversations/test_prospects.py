"""Which round somebody can look to, and what follows when answers change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from announced import HOUSE, NOW, ROUNDS, heard, said

from conversations.model import House, Pressed, Said, State
from conversations.prospects import expected_year, first_round, outlook

AWARD = "jian"
OPENED = next(each for each in ROUNDS if each.award == AWARD)
AHEAD = replace(OPENED, opens=NOW + timedelta(days=10))
WITHDRAWN = replace(OPENED, withdrawn=True)
LATER = replace(OPENED, id=9, year=2028, closes=datetime(2028, 6, 30, 9, tzinfo=UTC))
HAD = "关于申报吉安市市长质量奖的通知"
# What is announced, the day to apply on, what is said and what is not.
CASES = [
    (House(), date(2026, 5, 6), ["没有正在受理", "评选周期为 2 年"], [HAD, "大约在"]),
    (House(), date(2027, 1, 1), ["2027年1月1日以后的申报通知，这里还没有"], ["大约在"]),
    (HOUSE, date(2026, 5, 6), ["现在正在受理", HAD, "17:00截止，还有55天"], ["或以后、截止"]),
    (HOUSE, date(2026, 6, 1), ["现在正在受理", "要在2026年6月1日或以后、截止以前交"], []),
    (HOUSE, date(2026, 6, 30), ["现在正在受理"], []),
    (HOUSE, date(2026, 7, 1), ["这里还没有", "大约在2028年", "不是承诺"], [HAD]),
    (House(rounds=(AHEAD,)), date(2026, 5, 6), ["最近的一轮", "开始受理"], ["现在正在受理"]),
    (House(rounds=(WITHDRAWN,)), date(2026, 5, 6), ["没有正在受理"], [HAD, "大约在"]),
    (House(rounds=(LATER, OPENED)), date(2026, 5, 6), ["2026年6月30日"], ["2028年"]),
    (House(rounds=(LATER, OPENED)), date(2026, 7, 1), ["2028年6月30日"], ["这里还没有"]),
]


@pytest.mark.parametrize(("house", "day", "told", "not_told"), CASES)
def test_the_round_to_look_to(
    house: House, day: date, told: list[str], not_told: list[str]
) -> None:
    """The announced round that takes an application of that day, or what the cycle says."""
    text = outlook(State(), house, AWARD, day, NOW)
    for piece in told:
        assert piece in text, text
    for piece in not_told:
        assert piece not in text, text


def test_a_closing_is_told_by_the_users_clocks_and_the_offices() -> None:
    """Somebody in London reads both; somebody in China one."""
    text = outlook(State(timezone="Europe/London"), HOUSE, AWARD, NOW.date(), NOW)
    assert "2026年6月30日（周二） 10:00（当地办公室的时间：2026年6月30日（周二） 17:00）" in text
    assert "当地办公室" not in outlook(State(), HOUSE, AWARD, NOW.date(), NOW)


@pytest.mark.parametrize(
    ("day", "year"),
    [("2026-07-01", 2028), ("2028-12-31", 2028), ("2029-01-01", 2030), ("2033-05-05", 2034)],
)
def test_the_year_to_be_expected(day: str, year: int) -> None:
    """By the cycle, from the last round that is known, never before the day."""
    assert expected_year(ROUNDS, AWARD, date.fromisoformat(day)) == year
    assert first_round(ROUNDS, AWARD, date.fromisoformat(day), NOW) is None
    assert expected_year((), AWARD, date.fromisoformat(day)) is None


def followed() -> State:
    """A finished screening that comes to a day, which is to be told."""
    return said("青山湖", "企业", "今天", "快速", "是", "是", "符合", "不是", "2015年",
                "2025年1月20日", "2020年", "绿色", "都盈利", "都没有", "都没有", "没有",
                "没有", "到2027年1月20日提醒我")  # fmt: skip


CHANGES = [
    ("qms_certified_since", "2025年3月1日", "变成了2027年3月1日", [date(2027, 3, 1)]),
    ("qms_certified_since", "2020年", "已经可以申报", []),
    ("registered_in_area", "否", "定不出是哪一天了", []),
    ("operating_since", "2014年", "", [date(2027, 1, 20)]),
]


@pytest.mark.parametrize(("question", "answer", "told", "days"), CHANGES)
def test_a_changed_answer_moves_the_day(
    question: str, answer: str, told: str, days: list[date]
) -> None:
    """The day that is told is that of the answers as they are; a change of it is said, once."""
    state, _ = heard(followed(), Pressed(f"c1:{question}"))
    state, replies = heard(state, Said(answer))
    assert [watch.day for watch in state.reminding.watches] == days
    assert told in replies[0].text
    assert ("提醒" in replies[0].text) is bool(told)
    assert "按现在的回答" not in heard(state, Said("结果"))[1][0].text


def test_a_question_in_between_leaves_the_day() -> None:
    """While something is still to be answered the day stays as it is, and nothing is said."""
    state, _ = heard(followed(), Pressed("c1:history"))
    before = state.reminding
    for text in ("改一项回答", "不改了", "看条文原文", "换一个奖，相同的回答带过去"):
        state, _ = heard(state, Said(text))
    assert state.reminding == before
