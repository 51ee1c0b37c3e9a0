"""Which award a text means: short names, typing errors, traditional characters, pinyin, regions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from conversations.text import fold
from rules.award import Award
from rules.load import load_awards

# How alike two spellings in Latin letters must be, in percent.
CLOSE = 84
# The shortest name in which one wrong character is still a typing error.
LONG_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Match:
    """An award that a text may mean; ``region``: only its wider region was named."""

    award: str
    region: str | None = None


def find_awards(text: str) -> tuple[Match, ...]:
    """The awards that ``text`` names, best first; none if it names no place known here."""
    folded = fold(text)
    for search in (_named, _by_sound, _misspelt, _by_region):
        found = tuple(dict.fromkeys(search(folded)))
        if found:
            return found
    return ()


def _named(text: str) -> Iterator[Match]:
    for award in load_awards():
        if any(name in text for name in _names(award)):
            yield Match(award.id)


def _by_region(text: str) -> Iterator[Match]:
    for award in load_awards():
        letters = "".join(char for char in text if char.isascii() and char.isalpha())
        parts = _regions(award)
        region = next((part for part in parts if part in text or _pinyin(part) in letters), None)
        if region:
            yield Match(award.id, region)


def _by_sound(text: str) -> Iterator[Match]:
    """Names typed in pinyin, or with characters that sound the same."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only when a name is not found as it stands

    syllables = re.findall("[a-z]+", text)
    letters = "".join(syllables)
    runs = {
        "".join(syllables[start:end])
        for start in range(len(syllables))
        for end in range(start + 1, start + 5)
    }
    for award in load_awards():
        sounds = [_pinyin(name) for name in _names(award)]
        if letters:
            near = (sound for sound in sounds if sound in runs or
                    (len(letters) > 5 and fuzz.ratio(sound, letters) >= CLOSE))  # fmt: skip
            if next(near, None) is not None:
                yield Match(award.id)
        elif not text.isascii():
            windows = {
                _pinyin(text[start : start + len(name)])
                for name in _names(award)
                for start in range(min(len(text), 40) - len(name) + 1)
            }
            if windows & set(sounds):
                yield Match(award.id)


def _misspelt(text: str) -> Iterator[Match]:
    """Longer names with one character wrong."""
    for award in load_awards():
        for name in _names(award):
            if len(name) < LONG_ENOUGH:
                continue
            for start in range(min(len(text), 40) - len(name) + 1):
                pairs = zip(name, text[start : start + len(name)], strict=True)
                if sum(a != b for a, b in pairs) <= 1:
                    yield Match(award.id)


def _names(award: Award) -> tuple[str, ...]:
    """Names that mean this award and no other."""
    return tuple(fold(name) for name in (award.spec.area, award.spec.name, *award.spec.names))


def _regions(award: Award) -> tuple[str, ...]:
    return tuple(fold(region) for region in award.spec.regions)


@lru_cache(maxsize=4096)
def _pinyin(text: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a large table, seldom needed

    return "".join(lazy_pinyin(text))
