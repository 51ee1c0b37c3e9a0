"""How the stand-in reads HTML: as Telegram does, and stricter where that mends in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standin.errors import ApiError
from standin.markup import Entity, entities_of, parse_html, trimmed, units

BROKEN = [
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("a</b>", "Unexpected end tag at byte offset 1"),
    ("好</b>", "Unexpected end tag at byte offset 3"),
    ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("<br>", 'Unsupported start tag "br" at byte offset 0'),
    ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
    ("1 < 2", "Unclosed start tag at byte offset 2"),
    ("1 < 2 > 0", 'Unsupported start tag "" at byte offset 2'),
    ("a > b", "Unescaped bracket at byte offset 2"),
    ("a & b", "Unescaped ampersand at byte offset 2"),
    ("a&nbsp;b", "Unescaped ampersand at byte offset 1"),
    ("a&lt b", "Unescaped ampersand at byte offset 1"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<a>x</a>", 'Tag "a" must have a link at byte offset 0'),
    ("<b class='x'>a</b>", 'Unknown attribute "class" in the tag "b" at byte offset 0'),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    (
        "<blockquote>a<blockquote>b</blockquote></blockquote>",
        "A blockquote can't contain another at byte offset 13",
    ),
    ("<code><b>a</b></code>", 'Tag "code" can\'t contain other entities at byte offset 6'),
]
READ = [
    ("&lt;b&gt; &amp; &quot;&#22909;&#x597d;", '<b> & "好好', ()),
    ("<b>好</b>", "好", (Entity("bold", 0, 1),)),
    ("😀<i>a</i>", "😀a", (Entity("italic", 2, 1),)),
    ("<b>a<i>b</i></b>", "ab", (Entity("bold", 0, 2), Entity("italic", 1, 1))),
    ("<blockquote>a</blockquote>", "a", (Entity("blockquote", 0, 1),)),
    ("<blockquote expandable>a</blockquote>", "a", (Entity("expandable_blockquote", 0, 1),)),
    ('<a href="https://a.cn/?b=1&amp;c">a</a>', "a",
     (Entity("text_link", 0, 1, "https://a.cn/?b=1&c"),)),
    ('<pre><code class="language-json">{}</code></pre>', "{}", (Entity("pre", 0, 2, "json"),)),
    ('<span class="tg-spoiler">a</span>', "a", (Entity("spoiler", 0, 1),)),
    ("<B>a</B >", "a", (Entity("bold", 0, 1),)),
    ("<b></b>a", "a", ()),
]  # fmt: skip


@pytest.mark.parametrize(("html", "text"), BROKEN)
def test_broken_html_is_refused(html: str, text: str) -> None:
    """Tags that do not close, cross or are not known, and whatever is not escaped."""
    with pytest.raises(ApiError) as refused:
        parse_html(html)
    assert refused.value.description == f"Bad Request: can't parse entities: {text}"


@pytest.mark.parametrize(("html", "text", "entities"), READ)
def test_html_is_text_with_entities(html: str, text: str, entities: tuple[Entity, ...]) -> None:
    """What is shown, and what of it is marked, in UTF-16 code units."""
    assert parse_html(html) == (text, entities)


@given(st.text(st.characters(codec="utf-8")))
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    """Whatever is escaped is shown as it is."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped) == (text, ())


@given(st.text("ab好😀 \n"), st.text("ab好😀 \n"), st.text("ab好😀 \n"))
def test_an_entity_covers_what_was_marked(before: str, marked: str, after: str) -> None:
    """An entity's offset and length cut out what stood between the tags; trimming keeps that."""
    text, entities = parse_html(f"{before}<b>{marked}</b>{after}")
    assert [e.of(text) for e in entities] == ([marked] if marked else [])
    assert units(text) == len(text.encode("utf-16-le")) // 2
    kept, moved = trimmed(text, entities)
    assert kept == text.strip()
    assert "".join(e.of(kept) for e in moved).strip() == marked.strip()


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("/start jian", [("bot_command", "/start")]),
        ("😀 /help@award_bot", [("bot_command", "/help@award_bot")]),
        ("好 @award_bot?", [("mention", "@award_bot")]),
        ("a/b c@d.cn /帮助", []),
        ("@award_bot /start", [("mention", "@award_bot"), ("bot_command", "/start")]),
    ],
)
def test_commands_and_mentions_are_marked(text: str, marked: list[tuple[str, str]]) -> None:
    """In what a user types, as the user's own app would see them."""
    assert [(e.type, e.of(text)) for e in entities_of(text)] == marked
