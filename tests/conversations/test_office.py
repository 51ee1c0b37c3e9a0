"""An officer keeps answers, uses canned ones and looks at figures; nobody else learns of it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from officers import NOW, Officer, a_round

from conversations.canned import Canned
from conversations.model import (
    LOCALES,
    Answer,
    Command,
    House,
    KeepAnswer,
    KeepCanned,
    Pressed,
    RemoveCanned,
    Said,
    ShowFigures,
    State,
    WithdrawAnswer,
)
from conversations.office_answers import OfficeAnswer
from conversations.step import step
from conversations.tickets import Entry, Ticket

ANSWER = OfficeAnswer(
    3, "jian", ("申报表在哪里下载",), "在网站下载。", ("art-10.3",), date(2026, 11, 2)
)
CANNED = Canned(4, "jian", "受理", "{award}第{number}号，{day}收到，{closing}截止。")
TICKET = Ticket(
    12, "jian", "waiting", (Entry("applicant", "表在哪拿？", NOW),), NOW, waiting_since=NOW
)


@dataclass
class Desk(Officer):
    """An officer whose orders are only remembered."""

    def _carry_out(self, order: object) -> None:
        if order is not None:
            self.orders.append(order)


def desk(*awards: str, **more: object) -> Desk:
    """An officer of these awards, by default of Ji'an's."""
    house = House(officer_of=frozenset(awards or ("jian",)), numbers=frozenset({1}), **more)  # type: ignore[arg-type]
    return Desk(house=house)


def test_an_answer_is_written_field_by_field() -> None:
    """Asked one after the other, shown as a whole, kept by a tap."""
    officer = desk()
    officer.commands("answers")
    officer.presses("记一条新的")
    shown = officer.says(
        "表在哪拿\n申报表在哪里下载", "在网站下载。", "第十条第三项和第十五条", "2027年6月30日"
    )
    assert "依据：第十条第（三）项、第十五条" in shown
    assert "有效期：到2027年6月30日为止" in shown
    assert "记下了" in officer.presses("对，记下来")
    (order,) = officer.orders
    assert isinstance(order, KeepAnswer)
    assert order.answer == OfficeAnswer(
        0, "jian", ("表在哪拿", "申报表在哪里下载"), "在网站下载。", ("art-10.3", "art-15"),
        date(2026, 11, 20), date(2027, 6, 30),
    )  # fmt: skip


def test_a_confirmed_answer_is_given_once() -> None:
    """A second tap on an old preview keeps no second one."""
    officer = desk()
    officer.commands("answers")
    officer.presses("记一条新的")
    officer.says("表在哪拿", "在网站。", "没有", "一直有效")
    confirm = officer.choices["对，记下来"].token
    officer.presses("对，记下来")
    assert "用不上了" in officer.does(Pressed(confirm))
    assert len(officer.orders) == 1


REFUSED = [
    (("表在哪拿", "在网站。", "第九十条"), "这个办法里没有“第九十条”"),
    (("表在哪拿", "在网站。", "随便"), "没看懂是第几条"),
    (("表在哪拿", "在网站。", "没有", "以后再说"), "没看懂是哪一天"),
    (("表在哪拿", "在网站。", "没有", "2026年1月1日"), "这一天已经过去了"),
    (("长" * 201,), "200个字以内"),
]


@pytest.mark.parametrize(("texts", "said"), REFUSED, ids=[said for _, said in REFUSED])
def test_what_cannot_be_is_asked_again(texts: tuple[str, ...], said: str) -> None:
    """The reason first, then the same question."""
    officer = desk()
    officer.commands("answers")
    officer.presses("记一条新的")
    assert said in officer.says(*texts).partition("\n\n")[0]


def test_figures_that_are_not_the_texts_are_pointed_out_before_it_is_kept() -> None:
    """The officer sees which figure, and which article says otherwise."""
    officer = desk()
    officer.commands("answers")
    officer.presses("记一条新的")
    shown = officer.says("奖金多少", "组织60万元。", "第十五条", "一直有效")
    assert "您写的60万元，和办法第十五条" in shown


def test_an_answer_is_changed_and_withdrawn() -> None:
    """Only what is changed is asked; each order names the version it was given for."""
    officer = desk(office_answers=(ANSWER,))
    officer.commands("answers")
    officer.says("1")
    officer.presses("改：有效期")
    officer.says("2027年6月30日")
    officer.presses("对，记下来")
    order = officer.orders[-1]
    assert isinstance(order, KeepAnswer)
    assert order.answer == replace(ANSWER, until=date(2027, 6, 30), version=2)
    officer.commands("answers")
    officer.says("1")
    officer.presses("撤回这一条")
    assert officer.orders[-1] == WithdrawAnswer("jian", 3, 1)


def test_another_text_is_an_answer_of_today() -> None:
    """Its date is that of the text, not of the first one there was."""
    officer = desk(office_answers=(ANSWER,))
    officer.commands("answers")
    officer.says("1")
    officer.presses("改：答复")
    officer.says("见公告。")
    officer.presses("对，记下来")
    order = officer.orders[-1]
    assert isinstance(order, KeepAnswer)
    assert (order.answer.text, order.answer.since) == ("见公告。", date(2026, 11, 20))


def test_a_long_list_has_pages() -> None:
    """The latest first; the next page goes on."""
    many = tuple(replace(ANSWER, id=n, questions=(f"问题{n}",)) for n in range(1, 13))
    officer = desk(office_answers=many)
    first = officer.commands("answers")
    assert "1. 问题12" in first
    assert "问题2\n" not in first
    assert "1. 问题2" in officer.presses("看后面的")


def test_an_officer_sees_only_their_awards() -> None:
    """Of another award's answers neither list nor buttons."""
    officer = desk(office_answers=(ANSWER, replace(ANSWER, id=5, award="qinzhou")))
    assert "有1条" in officer.commands("answers")
    assert "用不上了" in officer.does(Pressed("v:a:5"))
    assert "用不上了" in officer.does(Pressed("v:a:5:off:1"))
    assert officer.orders == []


def test_with_several_awards_it_is_asked_for_which() -> None:
    """By a button or by its name; another one's is not taken."""
    officer = desk("jian", "qinzhou")
    officer.commands("answers")
    assert "是哪个奖的" in officer.presses("记一条新的")
    assert "没看懂是哪个奖" in officer.says("连云港")
    assert "问题是什么" in officer.says("钦州")


def test_a_tickets_answer_is_kept_for_the_next_one() -> None:
    """Question and answer are there already; who asked is not to be told by it."""
    said = Entry("officer", "在网站下载。", NOW)
    ticket = replace(TICKET, status="answered", entries=(*TICKET.entries, said))
    officer = desk(tickets=(ticket,))
    officer.commands("desk", "12")
    officer.presses("12号记成常见问题")
    shown = officer.says("没有", "一直有效")
    assert "问：表在哪拿？\n答：在网站下载。" in shown
    assert "能认出提问人" in shown
    officer.presses("对，记下来")
    order = officer.orders[-1]
    assert isinstance(order, KeepAnswer)
    assert order.ticket == 12


def test_a_canned_answer_is_saved_with_places_that_are_known() -> None:
    """Another one is asked back, never kept."""
    officer = desk()
    officer.commands("canned")
    officer.presses("存一条新的")
    assert "“{name}”我不会填" in officer.says("受理", "{name}您好")
    assert "“{”我不会填" in officer.says("第{number号")
    officer.says(CANNED.text)
    officer.presses("对，记下来")
    assert officer.orders == [KeepCanned(replace(CANNED, id=0))]


def test_a_canned_answer_is_changed_and_removed() -> None:
    """By version, as answers are."""
    officer = desk(canned=(CANNED,))
    officer.commands("canned")
    officer.says("1")
    officer.presses("改：名称")
    officer.says("收到")
    officer.presses("对，记下来")
    officer.commands("canned")
    officer.says("1")
    officer.presses("删掉这一条")
    assert officer.orders == [
        KeepCanned(replace(CANNED, title="收到", version=2)),
        RemoveCanned("jian", 4, 1),
    ]


def test_a_canned_answer_is_sent_with_all_places_filled() -> None:
    """The award, the number, today, and the closing day of the round that is open."""
    officer = desk(tickets=(TICKET,), canned=(CANNED,), rounds=(a_round(),))
    officer.commands("desk", "12")
    officer.presses("12号用常用答复")
    officer.says("1")
    officer.presses("就发这个")
    text = "吉安市市长质量奖第12号，2026年11月20日收到，2027年6月30日截止。"
    assert officer.orders == [Answer(12, text)]


def test_what_cannot_be_filled_is_asked_and_never_sent_with_a_gap() -> None:
    """Without a round nobody knows its closing day: the officer types what is to stand there."""
    officer = desk(tickets=(TICKET,), canned=(CANNED,), rounds=(a_round(),))
    officer.commands("desk", "12")
    officer.presses("12号用常用答复")
    officer.says("1")
    send = officer.choices["就发这个"].token
    officer.house = replace(officer.house, rounds=())
    assert "“本轮的截止日”我不知道" in officer.does(Pressed(send))
    assert officer.orders == []
    assert "明年春天截止。" in officer.says("明年春天")
    officer.presses("就发这个")
    (order,) = officer.orders
    assert isinstance(order, Answer)
    assert order.text.endswith("明年春天截止。")


PERIODS = [
    ("这个月", date(2026, 11, 1), date(2026, 11, 20)),
    ("上个月", date(2026, 10, 1), date(2026, 10, 31)),
    ("今年", date(2026, 1, 1), date(2026, 11, 20)),
    ("9月1日到10月31日", date(2026, 9, 1), date(2026, 10, 31)),
    ("2025年", date(2025, 1, 1), date(2025, 12, 31)),
]


@pytest.mark.parametrize(("text", "first", "last"), PERIODS)
def test_figures_are_of_the_days_that_are_named(text: str, first: date, last: date) -> None:
    """By a word, by two days, by a year; of this month if nothing is said."""
    officer = desk()
    officer.commands("stats")
    assert officer.orders[-1] == ShowFigures("jian", date(2026, 11, 1), date(2026, 11, 20))
    officer.says(text)
    assert officer.orders[-1] == ShowFigures("jian", first, last)
    officer.presses("看图")
    assert officer.orders[-1] == ShowFigures("jian", first, last, "png")
    officer.presses("要表格（CSV）")
    assert officer.orders[-1] == ShowFigures("jian", first, last, "csv")


def test_figures_of_no_single_award_are_an_administrators() -> None:
    """All others neither see them offered nor get them by an old button."""
    officer = desk("jian", "qinzhou")
    assert "没有说是哪个奖的" not in officer.commands("stats")
    for token in ("v:s:-:m", "v:p:png:-:m", "v:s:changning:m", "v:s:jian:20261101-20260101"):
        assert "用不上了" in officer.does(Pressed(token))
    officer.house = replace(officer.house, is_admin=True)
    officer.commands("stats")
    officer.presses("没有说是哪个奖的")
    assert officer.orders[-1] == ShowFigures(None, date(2026, 11, 1), date(2026, 11, 20))


def test_a_page_is_left_for_what_was_before_it() -> None:
    """What was half written elsewhere goes on."""
    officer = desk()
    officer.commands("rounds")
    officer.presses("发布新一轮申报通知")
    officer.says("2027")
    officer.commands("answers")
    officer.presses("记一条新的")
    assert "通知的标题是什么" in officer.says("返回", "返回")
    assert officer.state.draft["year"] == 2027


TOKENS = (
    "v:leave", "v:a", "v:a:3", "v:a:new", "v:a:3:text", "v:a:3:off:1", "v:c", "v:c:4", "v:c:new",
    "v:c:4:off:1", "v:k:12", "v:u:12", "v:u:12:4", "v:send:12:4:00000000", "v:s", "v:s:jian:m",
    "v:p:png:jian:m", "v:f:award:jian", "v:go:00000000", "v:drop", "v:e:text", "v:d:2027-01-01",
    "v:", "v:x",
)  # fmt: skip
STRANGE = [*map(Pressed, TOKENS), *map(Command, ("answers", "canned", "stats"))]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("event", STRANGE, ids=repr)
def test_nobody_else_learns_of_it(event: Pressed | Command, locale: str) -> None:
    """To all others a command is unknown and a button old, as any made-up one."""
    house = House(office_answers=(ANSWER,), canned=(CANNED,), rounds=(a_round(),))
    state = State(told=True, locale=locale)
    made_up = Pressed("zz:1") if isinstance(event, Pressed) else Command("x" * 9)
    after, replies = step(state, event, NOW, house)
    _, expected = step(state, made_up, NOW, house)
    name = event.name if isinstance(event, Command) else ""
    assert after == state
    assert [each.text for each in replies] == [
        each.text.replace("x" * 9, name) for each in expected
    ]
    assert not any(each.effect for each in replies)


@pytest.mark.parametrize("focus", ["form", "s:jian:m", "a:3", "list:c:1", "u:12:4", "x", ""])
@pytest.mark.parametrize("officer", [True, False])
def test_any_page_goes_on(focus: str, officer: bool) -> None:  # noqa: FBT001 - a case
    """A page that is nothing, or no longer theirs, is left without a word of it."""
    house = House(officer_of=frozenset({"jian"} if officer else ()))
    for event in (Said("随便"), Said("1"), Command("back"), Command("menu"), Command("cancel")):
        state = State(told=True, focus=f"office:{focus}", draft={"below": {}})
        after, replies = step(state, event, NOW + timedelta(days=1), house)
        assert replies[-1].text
        assert officer or not (after.focus or "").startswith("office:")
