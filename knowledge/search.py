"""What a question asks: the topic, what it could be, or that it is none of them.

A question is read as it stands. If that is not sure, it is read as it may have been meant: pinyin
as characters, and characters that sound alike as those in which people put their questions.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from knowledge.closest import nearest_provision
from knowledge.deciding import (
    CHINESE,
    ENGLISH,
    SURE,
    SURE_CORRECTED,
    Decision,
    Model,
    decide,
)
from knowledge.features import Lexicon, Tokens, single
from knowledge.fold import fold
from knowledge.matching import Index, Phrasing, Reading
from knowledge.normal import Normaliser, characters, english_words, is_chinese
from knowledge.sounds import Sounds
from knowledge.topics import Concepts, Elsewhere, Topic, load_concepts

__all__ = ["Finder", "Found", "Ranked", "nearest_provision"]

MAX_LENGTH = 200
"""How much of a text is read, in characters."""

# How alike, in percent, a misspelt English word must be to one that is known.
_ALIKE = 80
_RANKED = 5
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A topic and how well it fits a question, from 0 to 1."""

    topic: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a question asks: `topics` is the one it is (sure), up to three it may be, or none.

    `elsewhere` is the kind of other business that it is most like, if none. `right` is how likely
    the first of the ranked is what was asked, `inside` that the awards are asked about at all.
    """

    decision: Decision
    topics: tuple[str, ...]
    ranked: tuple[Ranked, ...]
    elsewhere: str | None = None
    right: float = 0.0
    inside: float = 0.0


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read a question, and how sure it must be to count."""

    reading: Reading
    model: Model
    sure: float = SURE


class Finder:
    """Finds the topic of a question; awards' names are to be taken out of it before."""

    def __init__(
        self,
        topics: Sequence[Topic],
        elsewhere: Sequence[Elsewhere] = (),
        synonyms: Sequence[Sequence[str]] = (),
        concepts: Concepts | None = None,
    ) -> None:
        labels: list[Topic | Elsewhere] = [*topics, *elsewhere]
        self._ids = [one.id for one in labels]
        self._number = len(topics)
        self._in_english = [one.english for one in labels]
        self._concepts = load_concepts() if concepts is None else concepts
        self._normal = Normaliser(synonyms)
        self._phrasings = [
            Phrasing(label, characters(self._normal(question)))
            for label, one in enumerate(labels)
            for question in one.questions
        ]
        lexicon = Lexicon(
            self._concepts.words.items(),
            lambda word: characters(self._normal.canonical(fold(word))),
            self._concepts.foreign,
        )
        self._chinese = Index(self._phrasings, lexicon, self._number)

    def find(self, question: str) -> Found:
        """Tell what ``question`` asks."""
        found: Found | None = None
        for way in self._ways(question[:MAX_LENGTH]):
            now = self._found(way)
            if now.decision == "sure":
                return now
            if found is None or (found.decision == "none" and now.decision == "unsure"):
                found = now
        return found or Found("none", (), ())

    def _ways(self, question: str) -> Iterator[_Way]:
        text = self._normal(question)
        if is_chinese(text):
            yield from self._ways_in_chinese(text)
            return
        if spelt := self._sounds.spelt(text):
            yield _Way(self._chinese.read(characters(self._normal(spelt))), CHINESE)
        elif is_chinese(mixed := self._spelt_out(text)):
            yield _Way(self._chinese.read(characters(self._normal(mixed))), CHINESE)
        yield _Way(self._english.read(self._words(text)), ENGLISH)

    def _ways_in_chinese(self, text: str) -> Iterator[_Way]:
        tokens = characters(self._spelt_out(text))
        reading = self._chinese.read(tokens)
        yield _Way(reading, CHINESE)
        # A word known to be foreign is not misspelt.
        corrected = tokens if reading.stray else self._sounds.corrected(tokens)
        if corrected != tokens:
            yield _Way(self._chinese.read(corrected), CHINESE, SURE_CORRECTED)

    def _found(self, way: _Way) -> Found:
        reading = way.reading
        judged = decide(reading, way.model, way.sure)
        ranked = tuple(
            Ranked(self._ids[one.label], round(one.score, 4)) for one in reading.topics[:_RANKED]
        )
        topics = tuple(self._ids[label] for label in judged.topics)
        none = judged.decision == "none" and reading.elsewhere
        away = self._ids[reading.elsewhere[0].label] if none else None
        return Found(judged.decision, topics, ranked, away, judged.right, judged.inside)

    def _spelt_out(self, text: str) -> str:
        """Write the pinyin in a Chinese question in characters."""

        def written(match: re.Match[str]) -> str:
            word = match[0]
            known = self._chinese.knows(single(word))
            return word if known else self._sounds.spelt(word) or word

        return _LETTERS.sub(written, text)

    def _words(self, text: str) -> Tokens:
        """Split an English question into words, those misspelt put right."""
        return tuple(self._known(word) for word in english_words(text))

    def _known(self, word: str) -> str:
        if len(word) < 4 or self._english.knows(single(word)):
            return word
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only for words not known

        near = process.extractOne(word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return near[0] if near else word

    # What follows is made when first needed: most questions are in Chinese, and spelt well.

    @cached_property
    def _sounds(self) -> Sounds:
        return Sounds(one.tokens for one in self._phrasings)

    @cached_property
    def _english_phrasings(self) -> list[Phrasing]:
        return [
            Phrasing(label, tuple(english_words(self._normal(question))))
            for label, questions in enumerate(self._in_english)
            for question in questions
        ]

    @cached_property
    def _english(self) -> Index:
        groups = [
            (name, [word for word in words if word.isascii()])
            for name, words in self._concepts.words.items()
        ]
        lexicon = Lexicon(
            groups,
            lambda word: tuple(english_words(self._normal(word))),
            self._concepts.foreign,
        )
        return Index(self._english_phrasings, lexicon, self._number)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted({word for one in self._english_phrasings for word in one.tokens})
