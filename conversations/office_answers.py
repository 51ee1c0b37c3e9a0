"""The offices' own answers: what an officer has answered and wants the next one to be told at once.

They stand beside what the texts say and are never mixed up with it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt

from conversations.naming import named
from knowledge.fold import fold
from knowledge.normal import Normaliser, english_words, is_chinese
from knowledge.topics import load_synonyms, load_topics

MOST_QUESTIONS = 20
"""Ways to put the question that are kept with one answer."""

# From how much a question has to be like a kept one to be taken for the same, and how much more
# than like any other answer's: an answer to something else is worse than none.
_SURE, _AHEAD = 0.72, 0.06
# From here on it is the same question, and the last answer to it is the one that holds.
_THE_SAME = 0.999
# A single character or word tells less than two side by side.
_SINGLE = 0.45

# What one says or leaves out without asking anything else.
_WHERE = re.compile("哪里|哪儿|何处|哪个地方|什么地方")
_MAY = re.compile("是否可以|可不可以|能不能|行不行|可以不可以|能否|可否|可以|能够|能|行|允许")
_EMPTY = re.compile("今年|[的在从由去来要是了得该就都还会到]")
_TOKEN = re.compile(r"[a-z]+|\d+(?:\.\d+)?|[一-鿿]")
_ALTERNATIVE = re.compile(r"(.{1,2})[不没]\1|是否|能否|可否|有没有|不好意思")
_NEGATION = re.compile(r"[不没未无非别]|\b(?:not|no|without|never)\b|n't\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class OfficeAnswer:
    """An answer of an award's office, with the ways to put its question and what it rests on.

    ``provisions`` are ids of that award's text. It holds ``since`` a day and ``until`` another,
    that one included, or for good. ``version`` goes up with each change.
    """

    id: int
    award: str
    questions: tuple[str, ...]
    text: str
    provisions: tuple[str, ...]
    since: date
    until: date | None = None
    version: int = 1
    withdrawn: bool = False

    def holds(self, today: date) -> bool:
        """Whether it is told on that day."""
        return not self.withdrawn and (self.until is None or today <= self.until)


@dataclass(frozen=True, slots=True)
class _Kept:
    """One way to put a kept question, made comparable."""

    answer: OfficeAnswer
    shape: "_Shape"
    size: float


@dataclass(frozen=True, slots=True)
class _Index:
    """All kept questions, and in which of them each part occurs, with its weight squared."""

    kept: tuple[_Kept, ...]
    places: Mapping[str, Sequence[tuple[int, float]]]


@dataclass(frozen=True, slots=True)
class _Shape:
    """What must agree, however alike two questions are: whether not, of which year, how many."""

    negated: bool
    years: frozenset[str]
    numbers: frozenset[str]

    def fits(self, kept: "_Shape") -> bool:
        if self.negated != kept.negated:
            return False
        if self.years and kept.years and self.years != kept.years:
            return False
        return not (self.numbers and kept.numbers) or self.numbers == kept.numbers


def matching(
    question_rest: str,
    awards: Sequence[str],
    house_answers: Sequence[OfficeAnswer],
    today: date,
) -> tuple[OfficeAnswer, float] | None:
    """The office's answer to a question, and how sure it is (to 1); ``None`` unless it is sure.

    ``question_rest`` is the question without the names of awards; with ``awards`` only theirs are
    looked at.
    """
    open_ = tuple(
        each for each in house_answers if each.holds(today) and (not awards or each.award in awards)
    )
    if not open_ or not question_rest.strip():
        return None
    best = _likenesses(question_rest, _made(open_))
    ranked = sorted(open_, key=lambda each: (-round(best[each.id], 3), -each.id))
    first = best[ranked[0].id]
    if first < _SURE:
        return None
    for other in ranked[1:]:
        near = first - best[other.id] < _AHEAD and first < _THE_SAME
        # Of another award, and as sure: which one is meant is not known.
        if near or (other.award != ranked[0].award and best[other.id] >= _SURE):
            return None
    return ranked[0], first


@lru_cache(maxsize=32)
def _made(answers: tuple[OfficeAnswer, ...]) -> _Index:
    kept: list[_Kept] = []
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for answer in answers:
        for weights, shape in map(_taken_apart, answer.questions):
            for part, weight in weights.items():
                places[part].append((len(kept), weight * weight))
            kept.append(_Kept(answer, shape, _size(weights)))
    return _Index(tuple(kept), dict(places))


@lru_cache(maxsize=4096)
def _taken_apart(question: str) -> tuple[Mapping[str, float], "_Shape"]:
    """A kept question without the names of awards; remembered, for few change at a time."""
    rest = named(question).rest
    return _weighed(rest), _shape(rest)


def _likenesses(question: str, index: _Index) -> Mapping[int, float]:
    """How much a question is like the nearest of each answer's, from 0 to 1, by the answers' ids.

    Of those with which it could be the same.
    """
    weights, shape = _weighed(question), _shape(question)
    shared: dict[int, float] = defaultdict(float)
    for part in weights:
        for place, square in index.places.get(part, ()):
            shared[place] += square
    size = _size(weights)
    best: dict[int, float] = defaultdict(float)
    for place, value in shared.items():
        kept = index.kept[place]
        if shape.fits(kept.shape):
            likeness = value / (size * kept.size)
            best[kept.answer.id] = max(best[kept.answer.id], likeness)
    return best


def _size(weights: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in weights.values())) or 1.0


def _weighed(text: str) -> dict[str, float]:
    """What a question is compared by: characters, words, neighbours; the rare ones weigh more."""
    rare, most = _rarity()
    return {
        part: rare.get(part, most) * (_SINGLE if len(part) == 1 else 1.0) for part in _parts(text)
    }


def _shape(text: str) -> _Shape:
    folded = fold(text)
    plain = _ALTERNATIVE.sub("", folded)
    years = frozenset(_YEAR.findall(folded))
    numbers = frozenset(_NUMBER.findall(folded)) - years
    return _Shape(bool(_NEGATION.search(plain)), years, numbers)


@lru_cache
def _normaliser() -> Normaliser:
    return Normaliser(load_synonyms())


@lru_cache
def _rarity() -> tuple[Mapping[str, float], float]:
    """How much each part of a question tells, and one that nobody has asked about before.

    Counted over the topics in which it occurs: so 多少 or 可以 tell little.
    """
    topics = load_topics()
    counts = Counter(
        part
        for topic in topics
        for part in {each for put in (*topic.questions, *topic.english) for each in _parts(put)}
    )
    most = log(1 + len(topics))
    return {part: log(1 + len(topics) / count) for part, count in counts.items()}, most


def _parts(text: str) -> set[str]:
    plain = _normaliser()(text)
    plain = _EMPTY.sub("", _MAY.sub("可", _WHERE.sub("哪", plain))) or plain
    tokens = _TOKEN.findall(plain) if is_chinese(plain) else english_words(plain)
    neighbours = (f"{a} {b}" for a, b in pairwise(tokens))
    return {*tokens, *neighbours}


def numbered(answers: Iterable[OfficeAnswer], number: int) -> OfficeAnswer | None:
    """The answer of that number, unless it is withdrawn."""
    return next((each for each in answers if each.id == number and not each.withdrawn), None)
