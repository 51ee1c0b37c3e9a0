"""Which phrasings a question is like: what is rare counts more, and near ones count together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from knowledge.features import KINDS, Lexicon, Tokens, features

# How much the nearest phrasing of a label counts, the next, and so on.
_NEAR = (1.0, 0.7, 0.5, 0.35, 0.25, 0.18)
# In what share of the labels a word may stand before it tells nothing about any of them.
_GENERAL = 0.1


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to put a question, and the number of the topic (or kind of elsewhere) it is for."""

    label: int
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Near:
    """How like a question is to a label's nearest phrasings taken together, and to the nearest."""

    label: int
    score: float
    nearest: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What an index makes of a question; all figures are from 0 to 1."""

    topics: tuple[Near, ...]  # the best first
    elsewhere: tuple[Near, ...]
    explained: float  # how much of the question the best topic's phrasings know
    unknown: float  # how much stands in no phrasing at all
    foreign: float  # how typical it is of what is elsewhere
    stray: bool  # whether a word in it is foreign to the awards, and to the best topic


class Index:
    """All phrasings by their features; labels from `topics` on are kinds of elsewhere."""

    def __init__(self, phrasings: Sequence[Phrasing], lexicon: Lexicon, topics: int) -> None:
        self._topics = topics
        self._lexicon = lexicon
        self._label_of = [one.label for one in phrasings]
        made_of = [features(one.tokens, lexicon) for one in phrasings]
        self._where: dict[str, list[int]] = defaultdict(list)
        for place, parts in enumerate(made_of):
            for part in parts:
                self._where[part].append(place)
        number = max(len(set(self._label_of)), 1)
        self._rarest = log(1 + number)
        self._weights: dict[str, float] = {}
        self._foreign: dict[str, float] = {}
        self._general: set[str] = set()
        inside = sum(label < topics for label in self._label_of)
        outside = len(phrasings) - inside
        for part, places in self._where.items():
            labels = [self._label_of[place] for place in places]
            different = len(set(labels))
            self._weights[part] = log(1 + number / different) * KINDS[part[0]]
            if different > _GENERAL * number:
                self._general.add(part)
            away = sum(label >= topics for label in labels)
            here, there = (len(labels) - away) / (inside or 1), away / (outside or 1)
            self._foreign[part] = there / (here + there)
        self._norms = [_norm(self._weights[part] for part in parts) for parts in made_of]

    def knows(self, part: str) -> bool:
        """Tell whether a feature stands in any phrasing."""
        return part in self._weights

    def read(self, tokens: Tokens) -> Reading:
        """Compare a question with all phrasings."""
        weights = {
            part: self._weights.get(part, self._rarest * KINDS[part[0]])
            for part in features(tokens, self._lexicon)
            if part in self._weights or part[0] in "1w2!"
        }
        near = self._near(weights)
        topics = tuple(one for one in near if one.label < self._topics)
        elsewhere = tuple(one for one in near if one.label >= self._topics)
        plain = {part: weight for part, weight in weights.items() if part[0] != "&"}
        whole, all_told = sum(plain.values()) or 1.0, sum(weights.values()) or 1.0
        unknown = sum(weight for part, weight in plain.items() if part not in self._weights)
        foreign = sum(weight * self._foreign.get(part, 0.0) for part, weight in weights.items())
        return Reading(
            topics,
            elsewhere,
            self._explained(plain, topics[0].label) / whole if topics else 0.0,
            unknown / whole,
            foreign / all_told,
            any(
                part[0] == "!" and not self._stands_in(part, topics[0].label)
                for part in (weights if topics else ())
            ),
        )

    def _near(self, weights: Mapping[str, float]) -> list[Near]:
        shared: dict[int, float] = defaultdict(float)
        for part, weight in weights.items():
            square = weight * weight
            for place in self._where.get(part, ()):
                shared[place] += square
        norm = _norm(weights.values())
        cosines: dict[int, list[float]] = defaultdict(list)
        for place, value in shared.items():
            cosines[self._label_of[place]].append(value / (norm * self._norms[place]))
        near = []
        for label, values in cosines.items():
            values.sort(reverse=True)
            score = sum(a * b for a, b in zip(_NEAR, values, strict=False)) / sum(_NEAR)
            near.append(Near(label, score, values[0]))
        near.sort(key=lambda one: one.score, reverse=True)
        return near

    def _explained(self, weights: Mapping[str, float], label: int) -> float:
        return sum(
            weight
            for part, weight in weights.items()
            if part in self._general or self._stands_in(part, label)
        )

    def _stands_in(self, part: str, label: int) -> bool:
        return any(self._label_of[place] == label for place in self._where.get(part, ()))


def _norm(weights: Iterable[float]) -> float:
    return sqrt(sum(weight * weight for weight in weights)) or 1.0
