"""What somebody writes to somebody else, without what nobody sees and what would deceive."""

import re
import unicodedata

# They turn round what stands after them, also the bot's own words; letters need none of them.
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSEEN = frozenset({"Cc", "Cs", "Cn", "Co"})
_GAP = re.compile(r"\n(?:[^\S\n]*\n){2,}")
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")


def written(text: str) -> str:
    """The text as it is passed on; empty if there is nothing to be seen in it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(each for each in lines if each == "\n" or _is_kept(each))
    kept = _GAP.sub("\n\n", kept).strip()
    return kept if any(each.isprintable() and not each.isspace() for each in kept) else ""


def together(text: str) -> str:
    """The same in one block: no line of it can be taken for one of the bot's own."""
    return _BLANK.sub("\n", text)


def _is_kept(character: str) -> bool:
    return character not in _TURNING and unicodedata.category(character) not in _UNSEEN
