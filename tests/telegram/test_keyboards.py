"""Choices and actions as buttons on a phone."""

import pytest

from bot.platforms.telegram.keyboards import (
    MOST_BUTTONS,
    Button,
    Keyboard,
    checked,
    columns,
    keyboard,
)
from conversations.model import Choice, Reply


def link(argument: str) -> str:
    """Where a deep link leads."""
    return f"https://t.me/award_bot?start={argument}"


def laid_out(reply: Reply, *more: Button) -> Keyboard:
    """What a message offers."""
    return keyboard(reply, link, more)


def labels(found: Keyboard) -> list[list[str]]:
    """What the buttons say, row by row."""
    return [[button.label for button in row] for row in found.rows]


def choices(*names: str, ticked: tuple[bool | None, ...] = ()) -> tuple[Choice, ...]:
    """Choices with these labels."""
    ticks = ticked or (None,) * len(names)
    return tuple(
        Choice(f"t:{number}", name, tick)
        for number, (name, tick) in enumerate(zip(names, ticks, strict=True))
    )


LONG = "在本行政区域内依法登记注册并连续生产经营三年以上"
ROWS: list[tuple[tuple[str, ...], list[list[str]]]] = [
    (("是", "否"), [["是", "否"]]),
    (("国家级", "省级", "市级", "县级"), [["国家级", "省级", "市级", "县级"]]),
    (("盈利", "持平", "亏损", "政策性亏损"), [["盈利", "持平"], ["亏损", "政策性亏损"]]),
    (("吉安市市长质量奖", "质量金奖"), [["吉安市市长质量奖"], ["质量金奖"]]),
    (("快速结论（能定下来就停）", "逐条"), [["快速结论（能定下来就停）"], ["逐条"]]),
    (("字" * 18, "否"), [["字" * 18], ["否"]]),
    (tuple("一二三四五六七八九"), [[*"一二三四五"], [*"六七八九"]]),
]


@pytest.mark.parametrize(("names", "rows"), ROWS)
def test_short_choices_share_a_row_and_long_ones_do_not(
    names: tuple[str, ...], rows: list[list[str]]
) -> None:
    """A row takes as many as a phone shows in full, and as even as that allows."""
    assert labels(laid_out(Reply("?", choices=choices(*names)))) == rows


@pytest.mark.parametrize(
    ("names", "rows"),
    [
        (
            ("上一题", "不知道", "为什么问", "看目前结果", "逐条问完", "先停一停"),
            [["上一题", "不知道", "为什么问"], ["看目前结果", "逐条问完", "先停一停"]],
        ),
        (("上一题", "先停一停"), [["上一题", "先停一停"]]),
        (("甲", "乙", "丙", "丁"), [["甲", "乙"], ["丙", "丁"]]),
        (("Back", "I don't know", "Why?"), [["Back", "I don't know"], ["Why?"]]),
    ],
)
def test_actions_come_two_or_three_in_a_row(names: tuple[str, ...], rows: list[list[str]]) -> None:
    """They stand below the choices, in rows of their own."""
    reply = Reply("?", choices=choices("是"), actions=choices(*names))
    assert labels(laid_out(reply)) == [["是"], *rows]


def test_ticks_are_shown_on_the_buttons() -> None:
    """What is ticked and what could be is seen in the label; the last one ends the list."""
    reply = Reply("?", choices=choices("质量事故", "投诉", "就这些", ticked=(True, False, None)))
    assert labels(laid_out(reply)) == [["☑ 质量事故", "☐ 投诉"], ["就这些"]]


def test_choices_too_long_for_a_button_are_numbered() -> None:
    """If one is too long, all are listed in the text, and the buttons bear the numbers."""
    found = laid_out(Reply("?", choices=choices("短的", LONG, "也短")))
    assert found.listed == ("1. 短的", f"2. {LONG}", "3. 也短")
    assert labels(found) == [["1", "2", "3"]]
    assert [button.token for button in found.rows[0]] == ["t:0", "t:1", "t:2"]


def test_a_numbered_list_of_ticks_ends_in_words() -> None:
    """Numbers with ticks for what can be ticked; what ends the list is no item of it."""
    reply = Reply("?", choices=choices(LONG, "短的", "就这些", ticked=(True, False, None)))
    found = laid_out(reply)
    assert found.listed == (f"1. ☑ {LONG}", "2. ☐ 短的")
    assert labels(found) == [["☑ 1", "☐ 2"], ["就这些"]]


def test_what_is_offered_beside_the_choices_stands_behind_them() -> None:
    """The button of the calendar follows the choices."""
    found = laid_out(Reply("?", choices=choices("没有")), Button("📅 选日期", "k"))
    assert labels(found) == [["没有", "📅 选日期"]]


def test_no_more_buttons_than_telegram_takes() -> None:
    """Of 150 choices all are listed, and as many as there is room for have a number to press."""
    reply = Reply("?", choices=choices(*["短"] * 150), actions=choices("返回", "取消"))
    found = laid_out(reply, Button("📅", "k"))
    assert found.listed == tuple(f"{number}. 短" for number in range(1, 151))
    assert sum(len(row) for row in found.rows) == MOST_BUTTONS
    assert max(len(row) for row in found.rows) <= 8
    assert found.rows[0][0].label == "1"
    assert labels(found)[-1] == ["返回", "取消"]


def test_a_link_leads_to_the_private_chat() -> None:
    """A choice with a link has an address and nothing to press."""
    found = laid_out(Reply("?", choices=(Choice("x", "私聊", link="jian"),)))
    assert found.rows == ((Button("私聊", url="https://t.me/award_bot?start=jian"),),)


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("", "…"),
        ("\u200b", "…"),
        ("两\n行\x07", "两 行"),
        ("  空  格 ", "空 格"),
        ("很长的动作" * 10, "很长的动作" * 3 + "很长…"),
    ],
)
def test_a_label_is_one_short_line(label: str, shown: str) -> None:
    """Labels are cleaned and cut to what a button shows."""
    found = laid_out(Reply("?", actions=choices(label)))
    assert labels(found) == [[shown]]
    assert columns(shown) <= 36


@pytest.mark.parametrize("token", ["", "字" * 22, "x" * 65])
def test_a_token_that_does_not_fit_is_an_error_of_the_program(token: str) -> None:
    """It is found when the message is laid out, not when Telegram refuses it."""
    with pytest.raises(ValueError, match="bytes, not 1 to 64"):
        laid_out(Reply("?", choices=(Choice(token, "是"),)))
    assert checked("x" * 64) == "x" * 64
