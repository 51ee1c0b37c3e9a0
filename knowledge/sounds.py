"""Questions by their sound: typed in pinyin, or with characters that sound the same."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log

from knowledge.features import Tokens

_LETTERS = re.compile(r"[a-z]+")
_CHINESE = re.compile(r"[一-鿿]")
# Letters in the longest syllable (zhuang), and texts too long to be worth the while.
_LONGEST = 6
_TOO_LONG = 80
_SHORTEST = 4
# How many characters of one sound are considered, the frequent ones first.
_OF_ONE_SOUND = 12
# What it costs, as a natural logarithm, to take another character than the one typed.
_CHANGED = 5.0
_SMOOTH = 2.0

# Figures are written as 0 in questions that were normalised.
_NUMBERS = ("yi", "er", "liang", "san", "si", "wu", "liu", "qi", "ba", "jiu", "shi")

# From where to where in the text, the character that may stand there, and what that costs.
_Edge = tuple[int, int, str, float]


class Sounds:
    """Writes what was typed by its sound in the characters in which questions are put."""

    def __init__(self, lines: Iterable[Tokens]) -> None:
        self._single: Counter[str] = Counter()
        self._pairs: Counter[tuple[str, str]] = Counter()
        for tokens in lines:
            self._single.update(tokens)
            self._pairs.update(pairwise(tokens))
        self._total = sum(self._single.values()) or 1
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for character, _ in self._single.most_common():
            if _CHINESE.fullmatch(character):
                for syllable in _syllables(character):
                    if len(self._by_sound[syllable]) < _OF_ONE_SOUND:
                        self._by_sound[syllable].append(character)
        for syllable in _NUMBERS:
            self._by_sound[syllable].append("0")

    def spelt(self, text: str) -> str | None:
        """Read a text in Latin letters as pinyin, with or without spaces; None if it is none."""
        edges: list[_Edge] = []
        place = 0
        for word in text.replace("ü", "v").split():
            if len(text) > _TOO_LONG or not _LETTERS.fullmatch(word):
                return None
            for start in range(len(word)):
                for end in range(start + 1, min(start + _LONGEST, len(word)) + 1):
                    characters = self._by_sound.get(word[start:end], ())
                    edges += [(place + start, place + end, one, 0.0) for one in characters]
            place += len(word)
        written = self._cheapest(edges, place)
        return None if written is None else written.replace("\0", "")

    def corrected(self, tokens: Tokens) -> Tokens:
        """Put right what is misspelt by its sound or typed twice, if few characters change.

        The tokens as they are if more than one in three would have to change.
        """
        tokens = tuple(one for at, one in enumerate(tokens) if at == 0 or one != tokens[at - 1])
        if not _SHORTEST <= len(tokens) <= _TOO_LONG:
            return tokens
        edges: list[_Edge] = []
        for place, token in enumerate(tokens):
            edges.append((place, place + 1, token, 0.0))
            if _CHINESE.fullmatch(token) and self._doubtful(tokens, place):
                same = {one for sound in _syllables(token) for one in self._by_sound.get(sound, ())}
                edges += [(place, place + 1, one, _CHANGED) for one in sorted(same - {token})]
        if len(edges) == len(tokens):
            return tokens
        written = (self._cheapest(edges, len(tokens)) or "").split("\0")
        changed = sum(a != b for a, b in zip(tokens, written, strict=False))
        few = len(written) == len(tokens) and changed <= len(tokens) / 3
        return tuple(written) if few else tokens

    def _doubtful(self, tokens: Tokens, place: int) -> bool:
        """Tell whether a character makes an unknown pair with a neighbour."""
        near = pairwise(tokens[max(place - 1, 0) : place + 2])
        return any(pair not in self._pairs for pair in near)

    def _cheapest(self, edges: Sequence[_Edge], length: int) -> str | None:
        """Find the likeliest characters from end to end; None if there is no way through."""
        by_start: dict[int, list[_Edge]] = defaultdict(list)
        for edge in edges:
            by_start[edge[0]].append(edge)
        ways: list[dict[str, tuple[float, str]]] = [{} for _ in range(length + 1)]
        ways[0][""] = (0.0, "")
        for place in range(length):
            for _, end, character, extra in by_start[place]:
                for before, (cost, text) in ways[place].items():
                    total = cost + extra + self._cost(before, character)
                    known = ways[end].get(character)
                    if known is None or total < known[0]:
                        ways[end][character] = (total, f"{text}\0{character}")
        if length == 0 or not ways[length]:
            return None
        return min(ways[length].values())[1].lstrip("\0")

    def _cost(self, before: str, character: str) -> float:
        rate = (self._single[character] + 0.1) / self._total
        if not before:
            return -log(rate)
        together = self._pairs[before, character] + _SMOOTH * rate
        return -log(together / (self._single[before] + _SMOOTH))


@lru_cache(maxsize=8192)
def _syllables(character: str) -> tuple[str, ...]:
    # Loaded when first needed: a large table, and most questions are typed as they are written.
    import pypinyin  # noqa: PLC0415 - see above

    found = pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(found[0])) if found else ()
