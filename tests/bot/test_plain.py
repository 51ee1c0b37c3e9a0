"""Messages as plain numbered text, and typed lines as events."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.plain import event_of, render
from conversations.model import Attachment, Choice, Command, Event, Reply, Said
from knowledge.model import Citation

CITED = Citation("jian", "art-10.3", 10, 3, "第十条第（三）项", "质量管理体系健全")
YES_NO = (Choice("q:1", "是"), Choice("q:0", "否"))


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply("您好。\n\n我是评奖助手。"), "您好。\n\n我是评奖助手。"),
        (Reply("在本地注册吗？", choices=YES_NO), "在本地注册吗？\n1. 是\n2. 否"),
        (
            Reply(
                "有哪些记录？",
                choices=(
                    Choice("q:a", "质量事故", ticked=True),
                    Choice("q:b", "投诉", ticked=False),
                ),
            ),
            "有哪些记录？\n1. ☑ 质量事故\n2. ☐ 投诉",
        ),
        (
            Reply("哪一年？", actions=(Choice("back", "返回"), Choice("unknown", "不知道"))),
            "哪一年？\n（也可以说：返回 · 不知道）",
        ),
        (
            Reply("请看。", citations=(CITED,), choices=YES_NO, progress=(3, 9)),
            "（已答3题，共约9题）\n请看。\n「第十条第（三）项：质量管理体系健全」\n1. 是\n2. 否",
        ),
        (
            Reply(
                "都在这里。",
                choices=YES_NO[:1],
                attachment=Attachment("award-bot.json", '{\n  "语言": "en\x07"\n}'),
            ),
            '都在这里。\naward-bot.json\n{\n  "语言": "en"\n}\n1. 是',
        ),
        (
            Reply("我们私下聊。", choices=(Choice("g:", "私下聊", link="jian"),)),
            "我们私下聊。\n私下聊",
        ),
        (Reply("哪一天？", day_token="d1:day"), "哪一天？"),  # noqa: S106 - a button's
        (Reply("都删掉了。", effect="forget"), "都删掉了。"),
        (Reply("\x1b[31m红\x07色\r\n\x9b2J第二行\t完"), "[31m红色\n2J第二行完"),
    ],
)
def test_a_message_reads_as_plain_text(reply: Reply, expected: str) -> None:
    """Text, article, numbered choices and what else can be said, each on lines of their own."""
    assert render(reply, "zh_Hans") == expected


@given(st.text(), st.text())
def test_nothing_that_is_shown_can_steer_a_terminal(text: str, label: str) -> None:
    """Whatever a message quotes, no control character but the line break is shown."""
    shown = render(Reply(text, choices=(Choice("q", label),)), "zh_Hans")
    assert {c for c in shown if unicodedata.category(c) == "Cc"} <= {"\n"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/start jian", Command("start", "jian")),
        ("/start  jian_individual ", Command("start", "jian_individual")),
        ("／菜单", Command("菜单")),
        ("  /MENU", Command("menu")),
        ("/", Command("")),
        ("2", Said("2")),
        ("2023年5月", Said("2023年5月")),
        ("是/否", Said("是/否")),
        ("", None),
        (" \t　", None),
    ],
)
def test_a_line_is_a_command_or_something_said(line: str, expected: Event | None) -> None:
    """A line that begins with a slash is a command, a blank one nothing, any other is said."""
    assert event_of(line) == expected
