"""What questions are compared by: words, neighbours, and the concepts the words hint at."""

from collections.abc import Callable, Container, Iterable, Mapping
from itertools import combinations, pairwise

Tokens = tuple[str, ...]

# How much each kind of feature tells; a feature's name begins with its kind: "1" a character, "w" a
# word, "2" two neighbours, "#" a concept, "&" two concepts. "!" is a foreign word: it makes nothing
# alike, but is to be known to the topic that is found.
KINDS: Mapping[str, float] = {"1": 0.5, "w": 0.9, "2": 0.8, "#": 1.3, "&": 1.0, "!": 0.0}


class Lexicon:
    """Words and the concepts they hint at; a word is given as its tokens."""

    def __init__(
        self,
        groups: Iterable[tuple[str, Iterable[str]]],
        split: Callable[[str], Tokens],
        foreign: Container[str] = (),
    ) -> None:
        self._concepts: dict[Tokens, set[str]] = {}
        self._longest: dict[str, int] = {}
        self._foreign: set[Tokens] = set()
        for name, words in groups:
            for word in words:
                if tokens := split(word):
                    self._concepts.setdefault(tokens, set()).add(name)
                    longest = self._longest.get(tokens[0], 0)
                    self._longest[tokens[0]] = max(longest, len(tokens))
                    if name in foreign:
                        self._foreign.add(tokens)

    def concepts(self, tokens: Tokens) -> tuple[list[str], list[str]]:
        """Give the concepts in a question, sorted, and its foreign words.

        A lone character within a word hints at nothing.
        """
        found: set[str] = set()
        strange: list[str] = []
        end = 0
        for start, token in enumerate(tokens):
            longest = min(self._longest.get(token, 0), len(tokens) - start)
            for length in range(longest, 0, -1):
                word = tokens[start : start + length]
                names = self._concepts.get(word)
                if names is not None and (length > 1 or start >= end):
                    found |= names
                    end = max(end, start + length)
                    if word in self._foreign:
                        strange.append(" ".join(word))
        return sorted(found), strange


def single(token: str) -> str:
    """Name the feature that a token by itself is."""
    return f"1{token}" if len(token) == 1 else f"w{token}"


def features(tokens: Tokens, lexicon: Lexicon) -> frozenset[str]:
    """Give all that a question is compared by."""
    concepts, strange = lexicon.concepts(tokens)
    found = {single(token) for token in tokens}
    found.update([f"2{a} {b}" for a, b in pairwise(tokens)])
    found.update([f"!{word}" for word in strange])
    found.update([f"#{one}" for one in concepts])
    found.update([f"&{a} {b}" for a, b in combinations(concepts, 2)])
    return frozenset(found)
