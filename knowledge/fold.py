"""What people type and what the texts say, brought into one shape before anything reads it."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Protocol

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
_SPACE = re.compile(r"\s+")
_MOST_PASSES = 5
# Labels, and what people mostly say, are folded again and again.
_SHORT = 60


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def fold(text: str) -> str:
    """Bring ``text`` into the one shape that is read.

    NFKC (so half width), lower case, simplified characters, no control or zero-width characters,
    white space collapsed and stripped. Folding twice changes nothing.
    """
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    folded = _fold_once(text)
    # One pass can leave work for the next: the converter maps a few characters in two steps.
    for _ in range(_MOST_PASSES):
        again = _fold_once(folded)
        if again == folded:
            break
        folded = again
    return folded


@lru_cache(maxsize=4096)
def _fold_short(text: str) -> str:
    return _fold(text)


def _fold_once(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.lower()
    if not (text.isascii() and text.isprintable()):
        text = "".join(_kept(character) for character in text)
        text = unicodedata.normalize("NFC", _to_simplified().convert(text))
    return _SPACE.sub(" ", text).strip()


def _kept(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _UNSEEN else character


@cache
def _to_simplified() -> _Converter:
    # Loaded when first needed: a command that reads no Chinese does not wait for it.
    import opencc  # noqa: PLC0415 - see above

    converter: _Converter = opencc.OpenCC("t2s")
    return converter
