"""Text and its entities: Telegram's HTML, strictly; what is marked in a user's text.

Offsets and lengths count UTF-16 code units, as in the Bot API.
"""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from standin.errors import ApiError, refused

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre",
    "tg-emoji": "custom_emoji", "blockquote": "blockquote",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#(\d{1,7})|([A-Za-z]+));")
_TAG = re.compile(r"""<(/?)([^\s>/]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(
    r"""\s*([^\s=>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.-]+)))?(?=\s|$)"""
)
_ATTRIBUTES = {
    ("a", "href"), ("code", "class"), ("span", "class"), ("tg-emoji", "emoji-id"),
    ("blockquote", "expandable"),
}  # fmt: skip
_IN_TEXT = re.compile(
    r"(?<![\w/@])(?:(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/@])"
    r"|(?P<mention>@[A-Za-z0-9_]{3,32})(?!\w))"
)


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of a text; ``argument`` is the link of a text_link or the language of a pre."""

    type: str
    offset: int
    length: int
    argument: str = ""

    def of(self, text: str) -> str:
        """What it covers of the text."""
        units = text.encode("utf-16-le")[2 * self.offset : 2 * (self.offset + self.length)]
        return units.decode("utf-16-le")

    def to_json(self) -> dict[str, Any]:
        """As the Bot API has it."""
        names = {"text_link": "url", "pre": "language", "custom_emoji": "custom_emoji_id"}
        plain: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        if self.argument and self.type in names:
            plain[names[self.type]] = self.argument
        return plain


@dataclass(slots=True)
class _Open:
    tag: str
    type: str
    argument: str
    offset: int


def units(text: str) -> int:
    """How many UTF-16 code units a text has."""
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF)


def entities_of(text: str) -> tuple[Entity, ...]:
    """The commands and mentions in what a user types."""
    return tuple(
        Entity(str(found.lastgroup), units(text[: found.start()]), units(found.group()))
        for found in _IN_TEXT.finditer(text)
    )


def parse_html(text: str) -> tuple[str, tuple[Entity, ...]]:
    """Text and entities of a message with ``parse_mode`` HTML. Raises ApiError.

    Stricter than the real one where that mends in silence: an ampersand or a bracket that is not
    escaped, an attribute it does not know, a quote within a quote, anything within code.
    """
    plain: list[str] = []
    offset = at = 0
    stack: list[_Open] = []
    found: list[Entity] = []
    while at < len(text):
        if text[at] == "<":
            at = _tag(text, at, offset, stack, found)
            continue
        piece, at = _text(text, at)
        plain.append(piece)
        offset += units(piece)
    if stack:
        raise _broken(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    return "".join(plain), tuple(sorted(found, key=lambda e: (e.offset, -e.length)))


def trimmed(text: str, entities: tuple[Entity, ...]) -> tuple[str, tuple[Entity, ...]]:
    """The text without white space at its ends, which is never shown."""
    kept = text.strip()
    before = units(text[: len(text) - len(text.lstrip())])
    end = units(kept)
    fitted = []
    for entity in entities:
        start = max(entity.offset - before, 0)
        stop = min(entity.offset + entity.length - before, end)
        if stop > start:
            fitted.append(Entity(entity.type, start, stop - start, entity.argument))
    return kept, tuple(fitted)


def given_entities(values: object, text: str) -> tuple[Entity, ...]:
    """The entities that a bot gives as JSON. Raises ApiError."""
    if not isinstance(values, list):
        raise refused("can't parse entities JSON object")
    found = []
    for value in values:
        match value:
            case {"type": str(kind), "offset": int(offset), "length": int(length)} if length > 0:
                argument = value.get("url") or value.get("language") or ""
                found.append(Entity(kind, offset, length, argument))
            case _:
                raise refused("can't parse MessageEntity: wrong or missing field")
        if offset < 0 or offset + length > units(text):
            raise refused("ENTITY_BOUNDS_INVALID")
    return tuple(sorted(found, key=lambda e: (e.offset, -e.length)))


def _broken(text: str) -> ApiError:
    return refused(f"can't parse entities: {text}")


def _place(text: str, at: int) -> str:
    return f"at byte offset {len(text[:at].encode())}"


def _text(text: str, at: int) -> tuple[str, int]:
    if text[at] == "&":
        reference = _REFERENCE.match(text, at)
        decoded = _decoded(reference) if reference else ""
        if not reference or not decoded:
            raise _broken(f"Unescaped ampersand {_place(text, at)}")
        return decoded, reference.end()
    if text[at] == ">":
        raise _broken(f"Unescaped bracket {_place(text, at)}")
    plain = re.compile(r"[^<>&]+").match(text, at)
    assert plain is not None
    return plain.group(), plain.end()


def _decoded(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name = reference.groups()
    if name:
        return _NAMED.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def _tag(text: str, at: int, offset: int, stack: list[_Open], found: list[Entity]) -> int:
    """Take a tag: open an entity or close one."""
    tag = _TAG.match(text, at)
    ending = text.startswith("</", at)
    if tag is None:
        raise _broken(f"Unclosed {'end' if ending else 'start'} tag {_place(text, at)}")
    name = tag[2].lower()
    if ending:
        _close(name, _place(text, at), offset, stack, found)
    else:
        stack.append(_opened(name, tag[3], _place(text, at), offset))
        _check_nesting(stack, _place(text, at))
    return tag.end()


def _opened(name: str, attributes: str, place: str, offset: int) -> _Open:
    if name not in _TYPES:
        raise _broken(f'Unsupported start tag "{name}" {place}')
    values = _attributes(name, attributes, place)
    kind, argument = _TYPES[name], ""
    if name == "a":
        argument = values.get("href", "")
        if not link(argument):
            raise _broken(f'Tag "a" must have a link {place}')
    elif name == "span" and values.get("class") != "tg-spoiler":
        raise _broken(f'Tag "span" must have class "tg-spoiler" {place}')
    elif name == "code":
        argument = values.get("class", "").removeprefix("language-")
    elif name == "tg-emoji":
        argument = values.get("emoji-id", "")
        if not re.fullmatch(r"[1-9]\d*", argument):
            raise _broken("Invalid custom emoji identifier specified")
    elif "expandable" in values:
        kind = "expandable_blockquote"
    return _Open(name, kind, argument, offset)


def _attributes(tag: str, text: str, place: str) -> dict[str, str]:
    values: dict[str, str] = {}
    at = 0
    text = text.rstrip()
    while at < len(text):
        found = _ATTRIBUTE.match(text, at)
        if found is None:
            raise _broken(f'Wrong attribute in the tag "{tag}" {place}')
        name = found[1].lower()
        if (tag, name) not in _ATTRIBUTES:
            raise _broken(f'Unknown attribute "{name}" in the tag "{tag}" {place}')
        raw = next((value for value in found.groups()[1:] if value is not None), "")
        values[name] = _REFERENCE.sub(lambda r: _decoded(r) or r.group(), raw)
        at = found.end()
    return values


def _check_nesting(stack: list[_Open], place: str) -> None:
    *outer, new = stack
    if new.tag == "blockquote" and any(o.tag == "blockquote" for o in outer):
        raise _broken(f"A blockquote can't contain another {place}")
    fixed = [o.tag for o in outer if o.tag in {"code", "pre"}]
    if fixed and (fixed, new.tag) != (["pre"], "code"):
        raise _broken(f'Tag "{fixed[0]}" can\'t contain other entities {place}')


def _close(name: str, place: str, offset: int, stack: list[_Open], found: list[Entity]) -> None:
    if not stack:
        raise _broken(f"Unexpected end tag {place}")
    opened = stack[-1]
    if name != opened.tag:
        raise _broken(f'Unmatched end tag {place}, expected "</{opened.tag}>", found "</{name}>"')
    stack.pop()
    length = offset - opened.offset
    if not length:
        return
    inner = Entity("code", opened.offset, length, found[-1].argument if found else "")
    if opened.tag == "pre" and found and found[-1] == inner and inner.argument:
        found[-1] = Entity("pre", opened.offset, length, inner.argument)
    else:
        argument = opened.argument if opened.type != "code" or stack else ""
        found.append(Entity(opened.type, opened.offset, length, argument))


def link(url: str) -> bool:
    """Whether a text or a button may link there."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https", "tg"} and bool(parts.netloc)
