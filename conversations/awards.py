"""Which award a text means: short names, typing errors, traditional characters, pinyin, regions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from knowledge.fold import fold
from knowledge.places import load_places
from rules.award import Award
from rules.load import load_awards

# How alike two spellings in Latin letters must be, in percent.
CLOSE = 84
# The shortest name in which one wrong character is still a typing error.
LONG_ENOUGH = 3
# How much of a text is searched for names with errors in them, in characters.
SEARCHED = 60

# Full names are too much alike: half of them is 市市长质量奖.
_FULL = 16
_LATIN = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True)
class Match:
    """An award that a text may mean; ``region``: only its wider region was named."""

    award: str
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Where in a folded text an award is named: from ``start`` up to ``end``."""

    award: str
    start: int
    end: int


def find_awards(text: str) -> tuple[Match, ...]:
    """The awards that ``text`` names, best first; none if it names no place known here."""
    folded = fold(text)
    spans = find_names(folded)
    if spans:
        return tuple(Match(award) for award in dict.fromkeys(span.award for span in spans))
    return tuple(dict.fromkeys(_by_region(folded)))


def find_names(folded: str) -> tuple[Span, ...]:
    """Where a folded text names awards: as they are written, or as they sound, or misspelt."""
    for search in (_named, _in_latin, _by_sound, _misspelt):
        found = tuple(search(folded))
        if found:
            return tuple(sorted(found, key=lambda span: span.start))
    return ()


def _named(text: str) -> Iterator[Span]:
    pattern, owners = _names_pattern()
    for match in pattern.finditer(text):
        yield Span(owners[match[0]], match.start(), match.end())


@lru_cache
def _names_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    owners = {name: award.id for award in load_awards() for name in _names(award)}
    longest_first = sorted(owners, key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in longest_first)), owners


def _by_region(text: str) -> Iterator[Match]:
    for award in load_awards():
        letters = "".join(char for char in text if char.isascii() and char.isalpha())
        parts = _regions(award)
        region = next((part for part in parts if part in text or _in_letters(part, letters)), None)
        if region:
            yield Match(award.id, region)


def _in_latin(text: str) -> Iterator[Span]:
    """Names typed in pinyin, in one word or syllable by syllable."""
    words = list(_LATIN.finditer(text))
    if not words:
        return
    from rapidfuzz import fuzz  # noqa: PLC0415 - only when there are Latin letters

    runs = [
        (
            "".join(word[0] for word in words[first:last]),
            words[first].start(),
            words[last - 1].end(),
        )
        for first in range(len(words))
        for last in range(first + 1, min(first + 5, len(words) + 1))
    ]
    sounds = _sounds()
    for run, start, end in runs:
        if run in sounds:
            yield Span(sounds[run], start, end)
    if any(run in sounds for run, _, _ in runs):
        return
    for run, start, end in runs:
        for sound, award in sounds.items():
            alike = len(run) > 5 and len(sound) < _FULL and fuzz.ratio(sound, run) >= CLOSE
            begins = len(sound) > 5 and run.startswith(sound)
            if begins:
                yield Span(award, start, start + len(sound))
                return
            if alike:
                yield Span(award, start, end)
                return


@lru_cache
def _sounds() -> dict[str, str]:
    return {
        "".join(readings): award.id
        for award in load_awards()
        for name in _names(award)
        for readings in product(*_readings(name))
    }


def _by_sound(text: str) -> Iterator[Span]:
    """Names typed with characters that sound the same."""
    if text.isascii():
        return
    syllables = _readings(text[:SEARCHED])
    for award in load_awards():
        for name in _names(award):
            wanted = _readings(name)
            for start in range(len(syllables) - len(wanted) + 1):
                end = start + len(wanted)
                alike = all(map(frozenset.intersection, syllables[start:end], wanted))
                if alike and _stands_alone(text, start, end, name):
                    yield Span(award.id, start, end)
                    return


# 及安全 is no 吉安: of so short a name, spelt otherwise, what surrounds it must be a name's.
_BEFORE_A_NAME = re.compile(r"(?:^|[\s,。,、“\"(《:在是报和跟与问到去看])$")
_AFTER_A_NAME = re.compile(r"^(?:$|[\s,。?!、市区的县]|质量|区长|政府|奖|提名|申报)")


def _stands_alone(text: str, start: int, end: int, name: str) -> bool:
    if len(name) >= LONG_ENOUGH:
        return True
    before, after = text[:start], text[end:]
    return bool(
        _AFTER_A_NAME.search(after) or (_BEFORE_A_NAME.search(before) and after[:1] != "全")
    )


def _misspelt(text: str) -> Iterator[Span]:
    """Longer short names with one character wrong: of a full name 市市长质量奖 says nothing."""
    others = load_places()
    for award in load_awards():
        for name in map(fold, award.spec.names):
            if len(name) < LONG_ENOUGH:
                continue
            for start in range(min(len(text), SEARCHED) - len(name) + 1):
                window = text[start : start + len(name)]
                wrong = sum(a != b for a, b in zip(name, window, strict=True))
                if wrong <= 1 and window not in others.counties:
                    yield Span(award.id, start, start + len(name))
                    return


def _names(award: Award) -> tuple[str, ...]:
    """Names that mean this award and no other."""
    return tuple(fold(name) for name in (award.spec.area, award.spec.name, *award.spec.names))


def _regions(award: Award) -> tuple[str, ...]:
    return tuple(fold(region) for region in award.spec.regions)


def _in_letters(name: str, letters: str) -> bool:
    return any("".join(readings) in letters for readings in product(*_readings(name)))


@lru_cache(maxsize=4096)
def _readings(text: str) -> tuple[frozenset[str], ...]:
    """How each character can be read: 长 as chang and as zhang; others as they stand."""
    return tuple(_read(char) for char in text)


@lru_cache(maxsize=8192)
def _read(char: str) -> frozenset[str]:
    if char.isascii():
        return frozenset({char})
    from pypinyin import Style, pinyin  # noqa: PLC0415 - a large table, seldom needed

    return frozenset(pinyin(char, style=Style.NORMAL, heteronym=True)[0])
