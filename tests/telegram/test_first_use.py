"""Somebody new, from the link on a notice to a verdict, by taps; and in which language."""

import json
import re
from datetime import datetime

import pytest
from office import MOMENT, Office
from standin import Call, Chat, Message
from visitor import Seen

from bot.platforms.telegram.setup import DESCRIPTION, NAME, SHORT
from conversations.commands import commands
from conversations.language import language
from conversations.model import Command
from conversations.step import step

NOON = datetime.fromisoformat(MOMENT)

# What each question asks and what is tapped in answer; a day is picked from the calendar.
TAPS = (
    ("打算哪天提交申报", "就按今天"),
    ("先要一个快速的结论", "逐条过一遍（列出所有差距）"),
    ("在吉安市登记注册的吗", "是"),
    ("法人资格吗", "是"),
    ("政策法规", "是"),
    ("非营利性业务吗", "否"),
    ("开始合法生产经营", "2018"),
    ("安全生产标准化证书是几级", "二级"),
    ("取得管理体系认证", "2025-03-14"),
    ("推行卓越绩效管理模式", "没有"),
    ("2024年、2025年的经营结果怎样", "都盈利"),
    ("发生过下面哪些事故", "生产安全事故"),
    ("生产安全事故是什么时候的事", "2024-06-03"),
    ("有人死亡吗", "没有人死亡"),
    ("认定的是哪一级", "一般"),
    ("还有别的生产安全事故吗", "没有了"),
    ("发生过下面哪些事故", "就这些"),
    ("有过下面哪些记录", "都没有"),
    ("以前获得过下面的奖吗", "市长质量奖提名奖"),
    ("以前获得过下面的奖吗", "就这些"),
    ("受过下面的处理吗", "都没有"),
    ("由评审判断", "没有明显不符合的"),
)


def test_from_a_link_to_a_verdict(office: Office) -> None:
    """One question after the other, in one message; then the result in new ones, with its law."""
    visitor = office.visitor()
    seen = visitor.say("/start jian_organisation")
    assert "只记下这个聊天的编号、语言和您的回答" in seen.text
    (question,) = seen.new
    for asked, answer in TAPS:
        assert asked in question.text
        assert seen in (Seen((question,), ()), Seen((), (question,)))
        if re.fullmatch(r"20\d\d.*", answer):
            opener = next(b for b in question.buttons if (b.data or "").startswith("kso"))
            seen = visitor.pick((opener.data or "").removeprefix("kso"), answer)
        else:
            seen = visitor.tap(answer)
    assert question.buttons == ()
    result, afterwards = seen.new
    assert "结论：按您说的情况，现在还不能申报" in result.text
    assert "从2025年3月14日算起，到2026年11月20日还不满3年" in result.text
    assert quotes(result) == [
        (
            "第十条第（四）项",
            "取得 ISO9001 质量管理体系认证证书或其他国际通行管理体系认证，并有效运行 3 年以上",
        ),
        ("第十条第（四）项", "推广应用卓越绩效管理模式等先进管理模式 1 年以上"),
    ]
    assert "由评审办公室和评审决定" in afterwards.text
    assert {"看条文原文", "改一项回答", "回到菜单"} <= {b.text for b in afterwards.buttons}
    assert "☑ 市长质量奖提名奖" in [b.text for v in question.history for b in v.buttons]


def quotes(message: Message) -> list[tuple[str, str]]:
    """The expandable quotes of a message: labels, which are bold, and the words of the law."""
    found = [quote.partition("\n") for quote in message.marked("expandable_blockquote")]
    assert [label for label, _, _ in found] == list(message.marked("bold"))
    return [(label, words) for label, _, words in found]


def test_a_long_result_comes_in_order(office: Office) -> None:
    """Longer than a message may be: it is continued in the next, no quote is cut, buttons last."""
    visitor = office.visitor(language_code="en")
    visitor.say("/start jian_organisation")
    visitor.tap("Today")
    visitor.tap("2")  # both labels are too long for a button: they are listed
    (whole, _) = step(visitor.rows.state(visitor.chat.id), Command("result"), NOON)[1]
    seen = visitor.say("/result")
    *result, afterwards = seen.new
    assert len(result) == 2
    found = [quote for message in result for quote in quotes(message)]
    assert found == [(cited.label, cited.quote) for cited in whole.citations]
    assert "".join(unquoted(message) for message in result) == "".join(whole.text.split())
    assert [bool(message.buttons) for message in seen.new] == [False, False, True]
    assert "Saved checks" in afterwards.text


def unquoted(message: Message) -> str:
    """The text without the quotes and without white space."""
    text = message.text
    for quote in message.marked("expandable_blockquote"):
        text = text.replace(quote, "", 1)
    return "".join(text.split())


@pytest.mark.parametrize(
    ("code", "locale"),
    [("zh-hans", "zh_Hans"), ("zh-hant", "zh_Hant"), ("zh-TW", "zh_Hant"), ("en-GB", "en"),
     ("fr", "en"), (None, "zh_Hans")],
)  # fmt: skip
def test_the_first_language_is_that_of_the_users_telegram(
    office: Office, code: str | None, locale: str
) -> None:
    """What is said first, and the menu of commands, are in the user's own language."""
    visitor = office.visitor(language_code=code)
    seen = visitor.say("/start")
    say = language(locale).say
    asked = say("想做什么？也可以直接说地名，比如“吉安”；或者直接问，比如“吉安奖金多少”。")
    assert asked in seen.text
    assert visitor.rows.state(visitor.chat.id).locale == locale
    # A chat's own menu is set by a call of its own, after the answer.
    visitor.wait(lambda: menu(office, visitor.chat, (code or "")[:2]) == list(commands(locale)))


def test_another_language_changes_the_menu_of_commands(office: Office) -> None:
    """Who asks for another language has the commands in it as well."""
    visitor = office.visitor()
    visitor.say("/start")
    visitor.say("English")
    visitor.wait(lambda: menu(office, visitor.chat, "zh") == list(commands("en")))
    visitor.tap("语言 / Language")
    visitor.tap("繁體中文")
    visitor.wait(lambda: menu(office, visitor.chat, "zh") == list(commands("zh_Hant")))


def menu(office: Office, chat: Chat, code: str) -> list[tuple[str, str]]:
    """The commands that Telegram shows in a chat to a user of this language."""
    known = office.telegram.profile.commands
    here = json.dumps({"chat_id": chat.id, "type": "chat"})
    everywhere = json.dumps({"type": "default"})
    places = ((here, code), (here, ""), (everywhere, code), (everywhere, ""))
    shown = next(known[place] for place in places if known.get(place))
    return [(command["command"], command["description"]) for command in shown]


def test_the_bot_introduces_itself_once(office: Office) -> None:
    """Name, descriptions and commands in the languages that Telegram can tell apart."""
    profile = office.telegram.profile
    office.telegram.wait(lambda: len(profile.commands) >= 3)
    say = language("en").say
    for kept, text in (
        (profile.names, NAME),
        (profile.short_descriptions, SHORT),
        (profile.descriptions, DESCRIPTION),
    ):
        assert (kept[""], kept.get("en", kept[""])) == (text, say(text))
    before = len(settings_made(office))
    assert before > 5
    asked = len(office.telegram.called("getMyCommands"))
    office.program.stop()
    office.program.start()
    office.telegram.wait(lambda: len(office.telegram.called("getMyCommands")) == asked + 3)
    assert len(settings_made(office)) == before


def settings_made(office: Office) -> list[Call]:
    """Each time the bot has changed what is shown of it to everybody."""
    return [
        call
        for call in office.telegram.calls
        if call.method.startswith("setMy") and "scope" not in call.parameters
    ]


def test_typing_is_shown_while_an_answer_takes_long(office: Office) -> None:
    """When nothing has come for a second; an answer that comes at once is not announced."""
    visitor = office.visitor()
    visitor.say("/start")
    assert visitor.chat.actions == []
    held = office.telegram.trouble.hold("before", method="sendMessage", chat=visitor.chat)
    office.telegram.say(visitor.chat, "吉安")
    held.wait()
    office.telegram.wait(lambda: visitor.chat.actions == ["typing"])
    held.release()
    office.telegram.wait(lambda: "组织申报，还是个人申报" in visitor.chat.last.text)
