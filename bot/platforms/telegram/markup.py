"""Text as Telegram's HTML, in pieces that it takes: every tag closed in the piece that opens it.

A message is a list of blocks; they are cut as plain text and marked up afterwards, so that no tag
and no entity is ever cut. Lengths are counted in UTF-16 units after the markup is taken away.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

# https://core.telegram.org/bots/api#sendmessage and #senddocument.
MESSAGE_UNITS = 4096
CAPTION_UNITS = 1024
# The server also refuses more than 32 KiB before it reads the markup: 4,096 units at no more than
# five bytes each (&amp;) and this many tags stay below. Of more than 100 it ignores the rest.
MOST_TAGS = 80
LABEL_UNITS = 200

Kind = Literal["small", "text", "quote"]

# Control characters, line ends other than \n, marks that turn the direction of what follows, and
# halves of surrogate pairs: the server drops or refuses them.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]")
_PLAINLY_TEXT = re.compile("[0-9A-Za-z\u4e00-\u9fff]")
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# Where a text may be cut, best first; what is matched stays in the first part.
_ENDS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"[。！？；!?;]+[”』」）]*|\.\s"))
_JOINERS = frozenset("\u200d\ufe0e\ufe0f")


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a message: ``small`` print, ``text`` in paragraphs, or a ``quote`` and its label.

    ``tight`` sets it on the line after the block before, without a blank line.
    """

    kind: Kind
    text: str
    label: str = ""
    tight: bool = False


def clean(text: str) -> str:
    """The text without what is no character or would steer those around it."""
    return _UNWANTED.sub("", text)


def has_text(text: str) -> bool:
    """Whether there is anything to see in it: Telegram refuses a message of blanks."""
    if _PLAINLY_TEXT.search(text):
        return True
    return any(
        unicodedata.category(char)[0] in "LNPS" and char not in _BLANK_LETTERS for char in text
    )


def units(text: str) -> int:
    """How long a text is as Telegram counts, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escaped(text: str) -> str:
    """A text that holds no markup, whatever it says."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def pieces(blocks: Iterable[Block], limit: int = MESSAGE_UNITS) -> tuple[str, ...]:
    """The blocks as HTML, in as few messages as they need; blocks without text are left out."""
    found: list[str] = []
    html, used, tags = "", 0, 0
    for block, gap in _bounded(blocks, limit):
        todo: Block | None = block
        while todo is not None:
            cost = 2 if todo.kind == "quote" else 1
            room = limit - used - (len(gap) if html else 0) if tags + cost <= MOST_TAGS else 0
            head, todo = _split(todo, room, limit, begun=bool(html))
            if head is not None:
                html = f"{html}{gap}{_html(head)}" if html else _html(head)
                used = limit - room + _size(head)
                tags += cost
            if todo is not None and html:
                found.append(html)
                html, used, tags = "", 0, 0
    return (*found, html) if html else tuple(found)


def _bounded(blocks: Iterable[Block], limit: int) -> Iterator[tuple[Block, str]]:
    """The blocks that say something, their labels of a bounded length, with the gap before each."""
    longest = min(LABEL_UNITS, limit // 4)
    for block in blocks:
        label, text = clean(block.label).strip(), clean(block.text).strip()
        if not has_text(label) and not has_text(text):
            continue
        if units(label) > longest:
            label = f"{_head(label, longest - 1)}…"
        yield Block(block.kind, text, label), "\n" if block.tight else "\n\n"


def _split(
    block: Block, room: int, limit: int, *, begun: bool
) -> tuple[Block | None, Block | None]:
    """What of a block goes into ``room``, and what is left of it.

    A quarter of a message is worth filling, though not with half a quote that could stay whole.
    """
    size = _size(block)
    if size <= room:
        return block, None
    if begun and (room < limit // 4 or (block.kind == "quote" and size <= limit)):
        return None, block
    head, rest = cut(block.text, room - _label_size(block))
    first = Block(block.kind, head, block.label) if has_text(head) else None
    left = Block(block.kind, rest, block.label) if has_text(rest) else None
    return first, left


def cut(text: str, room: int) -> tuple[str, str]:
    """Cut a text into a part of at most ``room`` units and the rest, white space between gone.

    Cut at the end of a paragraph, a line or a sentence, or, failing these, between characters.
    """
    longest = _head(text, room)
    if len(longest) == len(text):
        return text, ""
    end = next(filter(None, (_last_end(pattern, longest) for pattern in _ENDS)), 0)
    if not end:
        end = len(longest)
        # Not within an emoji or a letter with its accents, if these are of a sensible length.
        while end > max(1, len(longest) - 16) and (
            text[end] in _JOINERS or text[end - 1] == "\u200d" or unicodedata.combining(text[end])
        ):
            end -= 1
    return text[:end].rstrip(), text[end:].lstrip()


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    """The last place to cut at, unless it leaves more than three quarters of the room empty."""
    last = 0
    for match in pattern.finditer(text):
        last = match.end()
    return last if last > len(text) // 4 else 0


def _head(text: str, room: int) -> str:
    """As much of a text as ``room`` units hold; never half of a character."""
    if not _ASTRAL.search(text, 0, room):
        return text[:room]
    return text[:room].encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")


def _size(block: Block) -> int:
    return units(block.text) + _label_size(block)


def _label_size(block: Block) -> int:
    return units(block.label) + 1 if block.label else 0


def _html(block: Block) -> str:
    text = escaped(block.text)
    if block.kind == "small":
        return f"<i>{text}</i>"
    if block.kind == "quote":
        label = f"<b>{escaped(block.label)}</b>\n" if block.label else ""
        return f"<blockquote expandable>{label}{text}</blockquote>"
    return text
