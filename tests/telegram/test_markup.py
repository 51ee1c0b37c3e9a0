"""Text as pieces of HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.markup import Block, clean, cut, escaped, has_text, pieces, units

CITED = Block("quote", "质量管理体系健全", "第十条", tight=True)


def shown(html: str) -> str:
    """What is read of a piece once its markup is gone."""
    plain = re.sub(r"<[^>]*>", "", html)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.mark.parametrize(
    ("blocks", "html"),
    [
        ([Block("text", "您好。\n\n我是评奖助手。")], "您好。\n\n我是评奖助手。"),
        (
            [Block("text", "<b>1 & 2</b> &lt;")],
            "&lt;b&gt;1 &amp; 2&lt;/b&gt; &amp;lt;",
        ),
        (
            [Block("small", "已答3题"), Block("text", "在本地注册吗？", tight=True)],
            "<i>已答3题</i>\n在本地注册吗？",
        ),
        (
            [Block("text", "请看。"), CITED, CITED],
            "请看。" + "\n<blockquote expandable><b>第十条</b>\n质量管理体系健全</blockquote>" * 2,
        ),
        ([Block("text", "一"), Block("text", "1. 甲\n2. 乙")], "一\n\n1. 甲\n2. 乙"),
        ([Block("quote", "原文")], "<blockquote expandable>原文</blockquote>"),
        ([Block("text", " \u200b\n"), Block("text", "只有这个")], "只有这个"),
        ([Block("text", "\x1b[31m红\x07\ud800色\u202e")], "[31m红色"),
    ],
)
def test_blocks_become_html(blocks: list[Block], html: str) -> None:
    """Everything is escaped; small print is slanted; quotes fold; nothing unseen is sent."""
    assert pieces(blocks) == (html,)


@pytest.mark.parametrize(
    ("text", "room", "head", "rest"),
    [
        ("够短", 10, "够短", ""),
        ("一二三四\n\n五六七八", 8, "一二三四", "五六七八"),
        ("一二三\n四五六\n七八九", 8, "一二三\n四五六", "七八九"),
        ("甲。乙丙丁！戊己庚", 7, "甲。乙丙丁！", "戊己庚"),
        ("他说：“好。”我说：不", 8, "他说：“好。”", "我说：不"),
        ("Yes. No way at all", 10, "Yes.", "No way at all"),
        ("甲乙丙丁戊己庚", 3, "甲乙丙", "丁戊己庚"),
        ("短。一二三四五六七八九十", 10, "短。一二三四五六七八", "九十"),
        ("😀😀😀", 3, "😀", "😀😀"),
        ("好👨\u200d👩", 5, "好", "👨\u200d👩"),
        ("ae\u0301x", 2, "a", "e\u0301x"),
    ],
)
def test_a_text_is_cut_where_it_pauses(text: str, room: int, head: str, rest: str) -> None:
    """After a paragraph, a line, a sentence; if there is none about there, between characters."""
    assert cut(text, room) == (head, rest)


@given(st.text(st.sampled_from("字a😀\n。 &<\u0301\u200d"), max_size=300), st.integers(8, 60))
def test_cutting_loses_only_white_space(text: str, room: int) -> None:
    """Head and rest hold every character in order, and the head is no longer than the room."""
    head, rest = cut(text, room)
    assert units(head) <= room
    assert re.sub(r"\s", "", head + rest) == re.sub(r"\s", "", text)
    assert rest != text or not text


LONG = "第一段很长。" * 400


@pytest.mark.parametrize(
    ("blocks", "count"),
    [
        ([Block("text", "字" * 4096)], 1),
        ([Block("text", "字" * 4097)], 2),
        ([Block("text", "😀" * 2048)], 1),
        ([Block("text", "😀" * 2049)], 2),
        ([Block("text", "&" * 4096)], 1),
        ([Block("small", "已答3题"), Block("text", "字" * 4096, tight=True)], 2),
        ([Block("text", "字" * 4000), Block("quote", "文" * 200, "第十条")], 2),
        ([Block("quote", "文" * 9000, "第十条")], 3),
        ([Block("text", f"{LONG}\n\n{LONG}\n\n{LONG}")], 3),
        ([Block("quote", "短", "条")] * 100, 3),
    ],
)
def test_what_is_too_long_is_split(blocks: list[Block], count: int) -> None:
    """As few messages as the limits allow, each with its tags closed, nothing lost."""
    found = pieces(blocks)
    assert len(found) == count
    assert all(1 <= units(shown(piece)) <= 4096 for piece in found)
    for tag in ("i", "b", "blockquote"):
        assert all(len(re.findall(f"<{tag}\\b", p)) == p.count(f"</{tag}>") for p in found)
    read = "".join(shown(piece) for piece in found)
    for block in blocks:
        for char in {"字", "文", "😀", "&"} & set(block.text):
            assert read.count(char) == sum(each.text.count(char) for each in blocks)


def test_each_part_of_a_long_quote_says_where_it_is_from() -> None:
    """The label stands over every part of a quote that does not fit one message."""
    found = pieces([Block("quote", "文" * 9000, "第十条")])
    assert all(piece.startswith("<blockquote expandable><b>第十条</b>\n文") for piece in found)


def test_a_quote_that_fits_one_message_stays_whole() -> None:
    """It moves to the next message rather than being torn."""
    first, second = pieces([Block("text", "字" * 2000), Block("quote", "文" * 3000, "第十条")])
    assert first == "字" * 2000
    assert second.count("文") == 3000


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_can_be_escaped_and_read_again(text: str) -> None:
    """What is shown is what was written, without what is no character."""
    assert shown(escaped(clean(text))) == clean(text)
    clean(text).encode()


BLANK = ["", " \n\t", "\u200b\u200d", "\u2800", "\u3164", "\ud83d", "\u0301"]


@pytest.mark.parametrize("text", BLANK)
def test_blanks_are_no_text(text: str) -> None:
    """What shows nothing is not sent as a message: Telegram would refuse it."""
    assert not has_text(text)


@pytest.mark.parametrize("text", ["字", "a", "…", "😀", "⠁", "مرحبا", "§", "\u200b."])
def test_anything_visible_is_text(text: str) -> None:
    """Letters of any script, signs and emoji are."""
    assert has_text(text)
