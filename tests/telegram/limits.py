"""The Bot API's limits, checked strictly and apart from the program."""

from html.parser import HTMLParser

from bot.platforms.telegram.keyboards import Rows
from bot.platforms.telegram.parts import Part


class Reader(HTMLParser):
    """Reads HTML as strictly as Telegram does, and writes it again to see that nothing was odd."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []
        self.text = ""
        self.again = ""
        self.tags = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Only these tags, and no quote within another."""
        assert tag in {"b", "i", "blockquote"}
        assert attrs == ([("expandable", None)] if tag == "blockquote" else [])
        assert tag != "blockquote" or not self.open
        self.open.append(tag)
        self.tags += 1
        self.again += self.get_starttag_text() or ""

    def handle_endtag(self, tag: str) -> None:
        """Closed in order."""
        assert self.open.pop() == tag
        self.again += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        """No sign of markup outside of markup."""
        assert not set(data) & set("<>&")
        self.text += data
        self.again += data

    def handle_entityref(self, name: str) -> None:
        """Only the named entities that Telegram knows."""
        self.text += {"lt": "<", "gt": ">", "amp": "&"}[name]
        self.again += f"&{name};"

    def handle_charref(self, name: str) -> None:
        """None are needed."""
        raise AssertionError(name)


def read(html: str) -> str:
    """What is seen of a piece of HTML, which must be in order."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open
    assert reader.again == html
    assert reader.tags <= 100
    assert len(html.encode("utf-8")) <= 32 * 1024
    return reader.text


def check(found: tuple[Part, ...]) -> None:
    """Every limit of the Bot API that a message can meet, and what the order of parts means."""
    assert found
    kinds = [part.kind for part in found]
    assert kinds == sorted(kinds, key=lambda kind: kind != "retire")
    assert "edit" not in kinds or set(kinds) <= {"retire", "edit"}
    assert all(not part.keyboard for part in found[:-1])
    for part in found:
        with_file = part.kind in ("document", "photo")
        limit = 1024 if with_file else 4096
        seen = read(part.html)
        assert len(seen.encode("utf-16-le")) // 2 <= limit
        if part.kind in ("send", "edit"):
            assert seen.strip(" \n\u200b\u200d\u2800\u3164")
        assert (part.replaces is not None) == (part.kind in ("edit", "retire"))
        assert (part.attachment is not None) == with_file
        assert part.attachment is None or (part.attachment.chart is not None) == (
            part.kind == "photo"
        )
        check_buttons(part.keyboard)


def check_buttons(rows: Rows) -> None:
    """The limits of keyboards."""
    assert sum(len(row) for row in rows) <= 100
    for button in (button for row in rows for button in row):
        assert 1 <= len(button.label.strip()) <= 100
        assert "\n" not in button.label
        button.label.encode("utf-8")
        assert (button.token is None) != (button.url is None)
        assert button.token is None or 1 <= len(button.token.encode("utf-8")) <= 64
    assert all(1 <= len(row) <= 8 for row in rows)
