"""The officers' flow: what is announced is what was confirmed."""

import random
from dataclasses import replace
from datetime import date, datetime

import pytest
from officers import ANSWERS, NOW, Officer, a_round, changing, corrected, writing

from conversations.model import Broadcast, House, Pressed, Publish, Said
from rules.rounds import Milestone, Round


def test_what_is_confirmed_is_published() -> None:
    """The order holds every answer, the moments by the office's clock."""
    officer = writing(*ANSWERS[:-1], "4月9日 说明会", "没有")
    assert officer.orders == []
    officer.presses("发布")
    assert officer.orders == [
        Publish(
            Round(
                id=0, award="jian", year=2027, title=ANSWERS[1], number="5号",
                opens=datetime.fromisoformat("2027-03-01T09:00+08:00"),
                closes=datetime.fromisoformat("2027-06-30T17:00+08:00"),
                opens_since=NOW, closes_since=NOW, hand_in="申报表", where="质量科",
                milestones=(Milestone("说明会", date(2027, 4, 9), NOW),),
            )
        )
    ]  # fmt: skip


def test_a_second_tap_publishes_nothing() -> None:
    """A round is announced once, however often its button is pressed."""
    officer = writing(*ANSWERS)
    officer.presses("发布")
    assert "什么都没有改" in officer.presses("发布")
    assert len(officer.orders) == 1


def test_an_old_preview_confirms_nothing() -> None:
    """What was changed after a preview is not published by its button."""
    officer = writing(*ANSWERS)
    old = officer.choices["发布"].token
    officer.presses("改一项")
    officer.presses("文号：5号")
    officer.says("6号")
    assert "改之前的那一份，还没有发出去" in officer.does(Pressed(old))
    assert officer.orders == []
    officer.presses("发布")
    assert len(officer.orders) == 1


@pytest.mark.parametrize("count", range(len(ANSWERS)))
def test_leaving_at_any_question_loses_nothing(count: int) -> None:
    """After the menu, a screening and another flow's beginning the same question is asked."""
    officer = writing(*ANSWERS[:count])
    asked = officer.shown[-1].question
    officer.says("菜单", "青山湖")
    officer.commands("rounds")
    if count:
        officer.presses("给关注的人发一条消息")
        officer.presses("接着写没写完的")
    else:  # nothing was written yet
        officer.presses("发布新一轮申报通知")
    assert officer.shown[-1].question == asked


@pytest.mark.parametrize("count", range(1, len(ANSWERS)))
def test_back_leads_to_the_question_before(count: int) -> None:
    """返回 asks again what was answered last, with that answer; the same answer goes on."""
    officer = writing(*ANSWERS[:count])
    asked = officer.shown[-1].question
    officer.says("返回")
    assert officer.shown[-1].question != asked
    answer = ANSWERS[count - 1]
    officer.says(answer.partition("日")[0] + "日" if "日" in answer else answer)
    while officer.shown[-1].question in ("round:opens_at", "round:closes_at"):
        officer.says("9:00" if officer.shown[-1].question == "round:opens_at" else "17:00")
    assert officer.shown[-1].question == asked


def test_back_from_the_first_question_leads_out() -> None:
    """Before the first question is the office's menu; there the menu of all."""
    officer = writing()
    assert "想做什么" in officer.says("返回")
    assert "要用的时候打 /rounds" in officer.says("取消")
    assert officer.state.focus is None


def test_a_button_of_another_question_changes_nothing() -> None:
    """An old button of a question that was answered otherwise is told to be old."""
    officer = writing("2027", ANSWERS[1])
    assert "什么都没有改" in officer.presses("2026年")
    assert officer.state.draft["year"] == 2027
    assert "用不上" not in officer.presses("2027年")  # pressed twice, it says nothing


def test_a_field_is_corrected_and_only_that() -> None:
    """The order is one version later; what is not changed is known as long as before."""
    old = a_round(milestones=(Milestone("说明会", date(2027, 4, 9), NOW),))
    officer = changing("截止", old)
    told = officer.says("2027年7月9日17:00")
    assert "截止：原来 2027年6月30日 17:00 → 现在 2027年7月9日 17:00" in told
    officer.presses("确认更正")
    later = datetime.fromisoformat("2027-07-09T17:00+08:00")
    assert corrected(officer) == replace(old, closes=later, closes_since=NOW, version=2)


def test_only_the_hour_can_be_corrected() -> None:
    """An hour alone keeps its day."""
    officer = changing("开始申报")
    assert "现在 2027年3月1日 14:30" in officer.says("下午2点半")


def test_an_opening_moved_behind_the_closing_asks_for_that() -> None:
    """A closing that no longer fits is asked for with the reason."""
    officer = changing("开始申报")
    told = officer.says("2027年8月2日9:00")
    assert officer.shown[-1].question == "round:closes"
    assert "截止不能早于开始" in told
    told = officer.says("2027年10月29日17:00")
    assert "开始申报：原来" in told
    assert "截止：原来" in told


def test_a_round_that_has_opened_can_be_corrected() -> None:
    """An opening that has passed is not asked about, unless it is what is changed."""
    begun = a_round(opens=datetime.fromisoformat("2026-11-02T09:00+08:00"))
    officer = changing("交到哪里", begun)
    assert "原来 质量科 → 现在 二楼窗口" in officer.says("二楼窗口")
    officer = changing("开始申报", begun)
    assert "已经过去了，是已经开始申报了吗" in officer.says("2026年11月3日9:00")


def test_nothing_changed_is_nothing_to_confirm() -> None:
    """The same answer as before can't be sent out as a correction."""
    officer = changing("文号")
    assert "和原来一样" in officer.says("5号")
    assert "确认更正" not in officer.choices


def test_what_somebody_else_corrected_meanwhile_is_not_overwritten() -> None:
    """A half-written correction of an older version is given up, not sent."""
    officer = changing("文号")
    officer.says("6号")
    officer.announces([a_round(title="更正后的通知", version=2)])
    assert "什么都没有改" in officer.presses("确认更正")
    assert officer.orders == []
    officer.commands("rounds")
    assert "接着写没写完的" not in [choice.label for choice in officer.shown[-1].choices]


def test_a_round_is_withdrawn_once_confirmed() -> None:
    """Withdrawing is an order of its own; half-written corrections are not lost by it."""
    officer = changing("文号")
    officer.says("返回")
    officer.presses("撤回这一轮")
    assert officer.orders == []
    officer.presses("撤回")
    assert corrected(officer) == a_round(withdrawn=True, version=2)
    assert "用不上" in officer.presses("改：文号")


def test_a_message_goes_out_once() -> None:
    """The text as it was typed, line breaks kept, without what cannot be shown."""
    officer = Officer()
    officer.commands("broadcast")
    officer.says("各位好：\n\x07材料请寄二楼。")
    officer.presses("发出去")
    officer.presses("发出去")
    assert officer.orders == [Broadcast("jian", "各位好：\n材料请寄二楼。")]


def test_of_two_awards_one_is_chosen() -> None:
    """Only the officer's own are offered, by button or by name; other rounds are not shown."""
    officer = Officer(House(officer_of=frozenset({"jian", "qinzhou"})))
    officer.announces([a_round(id=3, award="changning")])
    officer.commands("broadcast")
    assert [choice.label for choice in officer.shown[-1].choices] == [
        "吉安市市长质量奖",
        "钦州市市长质量奖",
    ]
    assert "请选一个您负责的奖" in officer.says("长宁")
    assert "关注钦州市市长质量奖的人说什么" in officer.says("钦州")
    assert "什么都没有改" in officer.does(Pressed("o:c:3:title"))
    assert "什么都没有改" in officer.does(Pressed("o:a:award:changning"))


def test_orders_that_cannot_be_carried_out_are_told() -> None:
    """Every order has words for the case that it fails."""
    officer = writing(*ANSWERS)
    officer.presses("发布")
    failed = [officer.shown[0].otherwise]
    officer.commands("broadcast")
    officer.says("各位好")
    officer.presses("发出去")
    failed.append(officer.shown[0].otherwise)
    officer = changing("文号")
    officer.says("6号")
    officer.presses("确认更正")
    failed.append(officer.shown[0].otherwise)
    assert [text.partition("：")[0] for text in failed] == ["没有发布", "没有发出去", "没有改"]


WORDS = (
    "1", "2", "3", "2027", "关于申报的通知", "2027年3月1日9:00", "2027年6月30日17:00", "6月底",
    "5点", "下午5点", "2026年11月2日9:00", "说明会", "4月9日 说明会", "没有", "是", "不是", "返回",
    "取消", "改", "继续", "？", "不知道", "菜单", "吉安", "提醒我3月15日内审", "日程", "群发",
    "管理申报通知", "English", "中文", "\x00", "。", "字" * 700,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_nothing_goes_out_unconfirmed_whatever_is_said(seed: int) -> None:
    """In a random chat every order follows a press on the confirmation of what was shown."""
    chance = random.Random(seed)
    officer = Officer(House(officer_of=frozenset({"jian", "qinzhou"}), rounds=(a_round(),)))
    officer.commands("rounds")
    for _ in range(250):
        before, old = len(officer.orders), officer.shown
        confirms = {c.token for reply in old for c in reply.choices if c.token.startswith("o:go:")}
        choices = [c for reply in old for c in (*reply.choices, *reply.actions)]
        event: Said | Pressed = Said(chance.choice(WORDS))
        if choices and chance.random() < 0.6:
            event = Pressed(chance.choice(choices).token)
        elif chance.random() < 0.2:
            event = Pressed(chance.choice(list(officer.choices.values())).token)
        officer.does(event)
        assert officer.shown[-1].text
        if len(officer.orders) > before and isinstance(event, Pressed):
            assert event.token in confirms
