"""What people ask about, and how they put it: topics, what is not about the awards, synonyms."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from knowledge.model import KnowledgeError
from knowledge.tables import Id, Table, Text, line_of_entry, read_table

TOPICS = Path(__file__).parent / "topics"

_ELSEWHERE = "elsewhere.toml"
_SYNONYMS = "synonyms.toml"
_CONCEPTS = "concepts.toml"


class _TopicEntry(Table):
    id: Id
    title: Text
    questions: tuple[Text, ...] = Field(min_length=1)
    english: tuple[Text, ...] = ()


class _TopicFile(Table):
    topic: tuple[_TopicEntry, ...]


class _ElsewhereEntry(Table):
    id: Id
    questions: tuple[Text, ...] = Field(min_length=1)
    english: tuple[Text, ...] = ()


class _ElsewhereFile(Table):
    elsewhere: tuple[_ElsewhereEntry, ...]


class _SynonymFile(Table):
    groups: tuple[tuple[Text, ...], ...]


class _ConceptFile(Table):
    concepts: dict[Id, tuple[Text, ...]] = Field(default_factory=dict)
    foreign: dict[Id, tuple[Text, ...]] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that is asked, with its title and the ways to put it; `group` is its file."""

    id: str
    title: str
    questions: tuple[str, ...]
    english: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A kind of question that the awards' texts don't answer, with ways to put it."""

    id: str
    questions: tuple[str, ...]
    english: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concepts:
    """Words by what they hint at; `foreign` names what is not asked of these texts."""

    words: Mapping[str, tuple[str, ...]]
    foreign: frozenset[str] = frozenset()


@lru_cache
def load_topics(folder: Path = TOPICS) -> tuple[Topic, ...]:
    """Give all topics, file after file; KnowledgeError with file and line for a mistake."""
    topics: dict[str, Topic] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name in {_ELSEWHERE, _SYNONYMS, _CONCEPTS}:
            continue
        read, text = read_table(path, _TopicFile)
        for index, entry in enumerate(read.topic):
            if entry.id in topics:
                line = line_of_entry(text, "topic", index)
                raise KnowledgeError(path.name, line, f"there are two topics {entry.id}")
            topics[entry.id] = Topic(
                entry.id,
                entry.title,
                entry.questions,
                entry.english,
                path.stem,
            )
    return tuple(topics.values())


@lru_cache
def load_elsewhere(folder: Path = TOPICS) -> tuple[Elsewhere, ...]:
    """Give the kinds of questions that are not about the texts; KnowledgeError for a mistake."""
    path = folder / _ELSEWHERE
    read, text = read_table(path, _ElsewhereFile)
    kinds: dict[str, Elsewhere] = {}
    for index, entry in enumerate(read.elsewhere):
        if entry.id in kinds:
            line = line_of_entry(text, "elsewhere", index)
            raise KnowledgeError(path.name, line, f"there are two kinds {entry.id}")
        kinds[entry.id] = Elsewhere(**entry.model_dump())
    return tuple(kinds.values())


@lru_cache
def load_synonyms(folder: Path = TOPICS) -> tuple[tuple[str, ...], ...]:
    """Give groups of words that mean the same here; the first of a group stands for all."""
    read, _ = read_table(folder / _SYNONYMS, _SynonymFile)
    for group in read.groups:
        if len(group) < 2:
            raise KnowledgeError(_SYNONYMS, None, f"the group of “{''.join(group)}” is of one word")
    words = [word for group in read.groups for word in group]
    for word in words:
        if words.count(word) > 1:
            raise KnowledgeError(_SYNONYMS, None, f"“{word}” stands in two groups")
    return read.groups


@lru_cache
def load_concepts(folder: Path = TOPICS) -> Concepts:
    """Give the words that hint at something, in Chinese and English."""
    read, _ = read_table(folder / _CONCEPTS, _ConceptFile)
    return Concepts({**read.concepts, **read.foreign}, frozenset(read.foreign))
