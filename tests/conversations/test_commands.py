"""Commands: what can be typed after a slash, and the words that mean the same."""

import re
from datetime import UTC, datetime

import pytest
from opencc import OpenCC

from conversations.commands import COMMANDS, command_of, commands, locale_of
from conversations.language import language
from conversations.model import LOCALES, Command, Said, State
from conversations.step import step

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
CHINESE = [
    ("菜单", "menu"), ("回到菜单", "menu"), ("返回", "back"), ("上一题", "back"),
    ("取消", "cancel"), ("先停一停", "cancel"), ("帮助", "help"), ("怎么用", "help"),
    ("为什么", "why"), ("结果", "result"), ("修改", "change"), ("改一项回答", "change"),
    ("换一个申报日期", "day"), ("换一个奖", "award"), ("只要结论", "quick"), ("逐条问完", "full"),
    ("看保存的自查", "list"), ("语言", "language"), ("隐私", "privacy"), ("导出", "export"),
    ("导出我的数据", "export"), ("删除我的数据", "forget"), ("删除数据", "forget"),
    ("忘记我", "forget"), ("看条文", "articles"), ("接着问", "continue"), ("不知道", "dont_know"),
]  # fmt: skip
# What Telegram takes, https://core.telegram.org/bots/api#botcommand.
NAME = re.compile(r"[a-z0-9_]{1,32}")


@pytest.mark.parametrize("locale", LOCALES)
def test_commands_can_be_registered(locale: str) -> None:
    """Every command has a name that platforms take, and says in each language what it does."""
    found = commands(locale)
    assert [name for name, _ in found] == list(COMMANDS)
    assert all(NAME.fullmatch(name) for name, _ in found)
    assert all(3 <= len(about) <= 256 for _, about in found)


@pytest.mark.parametrize(("word", "name"), CHINESE)
def test_chinese_words_are_commands(word: str, name: str) -> None:
    """A word means its command in simplified and traditional characters, with a full stop too."""
    for variant in ("s2t", "s2tw", "s2twp", "s2hk"):
        written = OpenCC(variant).convert(word)
        for text in (word, written, f"{written}。", f"{written}！", f" {written} ", f"{written}!"):
            assert command_of(text) == name, text


def test_every_word_for_a_language_may_end_in_a_full_stop() -> None:
    """繁體。 and English! ask for a language."""
    assert locale_of("繁體。") == "zh_Hant"
    assert locale_of("简体中文！") == "zh_Hans"
    assert locale_of("English!") == "en"


@pytest.mark.parametrize(
    "text", ["删除", "刪除", "删掉", "删掉一份…", "数据", "export", "出口", "忘"]
)
def test_a_word_that_could_mean_something_else_is_no_command(text: str) -> None:
    """Nothing is removed or exported for a word that may be about a screening, or an answer."""
    assert command_of(text) is None


@pytest.mark.parametrize(
    ("typed", "heard"), [("菜单", "想做什么"), ("帮助", "/privacy"), ("隐私", "留下的")]
)
def test_a_chinese_word_after_a_slash_is_its_command(typed: str, heard: str) -> None:
    """／菜单 is /menu."""
    _, replies = step(State(told=True), Command(typed), NOW)
    assert heard in replies[0].text


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_said_to_be_typed_is_understood(locale: str) -> None:
    """Every word that the pages on privacy tell to type means a command, in every language."""
    say = language(locale).say
    told = [
        say("（我只记下这个聊天的编号、语言和您的回答，用来对照办法、下次接着来。"
            "想看、想导出或者想删掉，打“隐私”。）"),
        say("想要一份，就说“导出我的数据”；想全部删掉，就说“删除我的数据”。"),
        say("这个按钮已经用不上了，什么都没有删。要删，就说“删除我的数据”。"),
        say("改过的消息我不会再看，只看新发来的。要改前面的回答，说“返回”或者“修改”就行。"),
    ]  # fmt: skip
    words = [word for text in told for word in re.findall("“(.+?)”", text)]
    assert len(words) == 6
    assert all(command_of(word) for word in words), words


@pytest.mark.parametrize("locale", LOCALES)
def test_help_names_every_command(locale: str) -> None:
    """The page of help lists the commands with what they do."""
    _, replies = step(State(locale=locale, told=True), Said("help"), NOW)
    for name, about in commands(locale):
        assert f"/{name}" in replies[0].text
        assert about in replies[0].text
