"""Waiting periods: the days are those of the law, the answers those of the conversation."""

from datetime import UTC, date, datetime

import pytest

from conversations.model import Command, House, Pressed, Reply, Said, State
from conversations.step import current, step
from conversations.waits import events, waits
from rules.load import load_award, load_awards
from rules.model import Tier, Track
from rules.periods import parse_interval
from rules.rounds import Round

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
# Award, track, what happened and when; for each prize the first and the last day from which one
# may apply again (None: there is no waiting). Counted by hand from the articles.
BY_LAW = [
    # 第五条：5年（不包含获奖当年）后
    ("jian", "organisation", "past_awards.award", "2021", {
        "award": ("2027-01-01", "2027-01-01"), "nomination": ("2027-01-01", "2027-01-01")}),
    ("jian", "individual", "past_awards.award", "2021-12-31", {
        "award": ("2027-01-01", "2027-01-01"), "nomination": ("2027-01-01", "2027-01-01")}),
    ("jian", "organisation", "past_awards.nomination", "2023", {"award": None, "nomination": None}),
    # 第二十条、第二十二条：5年、10年内不予受理
    ("jian", "organisation", "sanctions.false_materials", "2024-02-29", {
        "award": ("2029-03-01", "2029-03-01"), "nomination": ("2029-03-01", "2029-03-01")}),
    ("jian", "individual", "sanctions.fraudulent_award", "2020-05-01", {
        "award": ("2030-05-02", "2030-05-02"), "nomination": ("2030-05-02", "2030-05-02")}),
    ("jian", "organisation", "sanctions.post_award_incident", "2024", {
        "award": None, "nomination": None}),
    # 第二十三条：10年（不包含获奖当年）后
    ("qingshanhu", "organisation", "past_awards.award", "2018", {
        "award": ("2029-01-01", "2029-01-01"), "nomination": ("2029-01-01", "2029-01-01")}),
    ("qingshanhu", "individual", "past_awards.award", "2018-06", {
        "award": ("2029-01-01", "2029-01-01")}),
    # 第二十七条：只写了组织
    ("qingshanhu", "organisation", "sanctions.fraudulent_award", "2024-03-05", {
        "award": ("2029-03-06", "2029-03-06"), "nomination": ("2029-03-06", "2029-03-06")}),
    ("qingshanhu", "individual", "sanctions.fraudulent_award", "2024-03-05", {"award": None}),
    # 第十六条：5年内不再
    ("lianyungang", "organisation", "past_awards.award", "2021", {
        "award": ("2026-01-02", "2027-01-01"), "nomination": ("2026-01-02", "2027-01-01")}),
    # 第十四条：申报中虚假3年
    ("lianyungang", "individual", "sanctions.false_materials", "2024-06-30", {
        "award": ("2027-07-01", "2027-07-01"), "nomination": ("2027-07-01", "2027-07-01")}),
    # 第十八条：只管曾获奖项
    ("changning", "organisation", "past_awards.gold", "2023-12-05", {
        "award": None, "gold": ("2028-12-06", "2028-12-06")}),
    ("changning", "individual", "past_awards.award", "2023-12-05", {
        "award": ("2028-12-06", "2028-12-06"), "gold": None}),
    # 第十三条第（八）项：满5年
    ("qinzhou", "organisation", "past_awards.award", "2021-11-20", {
        "award": ("2026-11-20", "2026-11-20"), "nomination": ("2026-11-20", "2026-11-20")}),
    ("qinzhou", "organisation", "past_awards.nomination", "2025", {
        "award": None, "nomination": None}),
]  # fmt: skip
CYCLES = {"qingshanhu": 1, "lianyungang": 1, "changning": 2, "jian": 2, "qinzhou": 2}


@pytest.mark.parametrize(("award", "track", "event", "when", "expected"), BY_LAW)
def test_the_days_are_those_of_the_law(
    award: str, track: str, event: str, when: str, expected: dict[str, tuple[str, str] | None]
) -> None:
    """For each prize, from when one may apply again after an award won or a sanction."""
    found = waits(load_award(award), Track(track), event, parse_interval(when))
    days = {
        tier.value: (wait.first.isoformat(), wait.last.isoformat())
        if wait.first and wait.last
        else None
        for wait in found
        for tier in wait.tiers
    }
    assert days == expected


def test_the_cycle_is_that_of_the_text() -> None:
    """So many years lie between two rounds by the article on the cycle."""
    assert {award.id: award.cycle_years for award in load_awards()} == CYCLES


@pytest.mark.parametrize("award", [award.id for award in load_awards()])
def test_every_event_has_an_answer(award: str) -> None:
    """Whatever was won or decided, for whoever it was: a day with its article, or what is said."""
    loaded = load_award(award)
    for event, _ in events(loaded):
        for track in loaded.tracks:
            state, replies = step(State(told=True), Command("waiting", award), NOW)
            for token in (f"n:wa:event:{event}", f"n:wa:track:{track.value}"):
                state, replies = step(state, Pressed(token), NOW)
            state, replies = step(state, Said("2025年3月1日"), NOW)
            assert replies[-1].question == "date:wait:found"
            days = [wait.last for wait in waits(loaded, track, event, parse_interval("2025-03-01"))]
            if any(days):
                assert replies[-1].citations
            else:
                assert "（第" in replies[-1].text or "请问评审办公室" in replies[-1].text


ROUND = Round(
    id=1,
    award="jian",
    year=2024,
    title="2024年的通知",
    number="",
    opens=datetime(2024, 3, 1, tzinfo=UTC),
    closes=datetime(2024, 6, 1, tzinfo=UTC),
    opens_since=datetime(2024, 2, 1, tzinfo=UTC),
    closes_since=datetime(2024, 2, 1, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("won", "expected"),
    [
        ("2020年", "下一轮大约在2026年"),
        ("2021年", "下一轮大约在2028年"),
        ("2023年", "下一轮大约在2030年"),
    ],
)
def test_a_round_to_be_expected_is_called_a_reckoning(won: str, expected: str) -> None:
    """Every two years from a round that is known, not before the waiting period is over."""
    house = House(rounds=(ROUND,))
    state, _ = step(State(told=True), Command("waiting", "jian"), NOW, house)
    for said in ("获得过市长质量奖", won):
        state, replies = step(state, Said(said), NOW, house)
    assert expected in replies[0].text
    assert "只是推算，不是承诺" in replies[0].text


def test_nothing_is_expected_where_no_round_is_known() -> None:
    """Without any announced round only the article on the cycle is told."""
    text = answered("获得过市长质量奖", "2021年").text
    assert "大约在" not in text
    assert "评选周期为 2 年" in text


def answered(*texts: str, award: str = "jian") -> Reply:
    """What is said in the end."""
    state, replies = step(State(told=True), Command("waiting", award), NOW)
    for text in texts:
        state, replies = step(state, Said(text), NOW)
    return replies[-1]


def test_a_finished_screening_is_not_asked_again() -> None:
    """What a screening knows of an award that was won is taken from it."""
    state = State(told=True).begin({
        "award": "lianyungang", "track": "organisation", "day": "today", "mode": "quick",
        "past_awards.award@lianyungang": [{"date": "2022-04-01"}],
    })  # fmt: skip
    state, replies = step(state, Said("多久能再报"), NOW)
    assert "2027年4月2日起可以" in replies[0].text
    assert state.screening is not None
    state, replies = step(state, Said("取消"), NOW)
    assert replies[0].question == current(State.from_json({**state.to_json()}), NOW).question


def test_the_reminder_is_of_the_day_that_was_counted() -> None:
    """到那天提醒我 keeps the award and the day, and no second time."""
    state, _ = step(State(told=True), Command("waiting", "qingshanhu"), NOW)
    for text in ("获得过区长质量奖", "2019年", "到2030年1月1日提醒我", "提醒我"):
        state, _ = step(state, Said(text), NOW)
    kept = [(w.kind, w.award, w.day) for w in state.reminding.watches]
    assert kept == [("waiting", "qingshanhu", date(2030, 1, 1)), ("rounds", "qingshanhu", None)]
    again, replies = step(state, Pressed("n:w:qingshanhu:2030-01-01"), NOW)
    assert again.reminding == state.reminding
    assert "已经记着了" in replies[0].text


@pytest.mark.parametrize(
    "token", ["n:w:jian:2020-01-01", "n:w:jian:soon", "n:w:nowhere:2030-01-01", "n:wa:when:2021"]
)
def test_a_button_that_means_nothing_keeps_nothing(token: str) -> None:
    """A day in the past, no day, no award, a flow that is not open."""
    state = State(told=True)
    after, replies = step(state, Pressed(token), NOW)
    assert after == state
    assert "这个按钮已经用不上了" in replies[0].text


def test_tiers_that_stand_alike_are_told_together() -> None:
    """One block for both prizes where one rule holds for both."""
    found = waits(
        load_award("jian"), Track.ORGANISATION, "past_awards.award", parse_interval("2021")
    )
    assert [wait.tiers for wait in found] == [(Tier.AWARD, Tier.NOMINATION)]
