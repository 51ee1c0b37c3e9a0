"""The catalog of facts that can be asked (``facts.toml``), for all awards."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from knowledge.model import KnowledgeError
from rules.lines import line_of
from rules.model import Track

PATH = Path(__file__).parent / "facts.toml"
# Ids of questions that are about no fact.
RESERVED = frozenset({"award", "track", "tier", "day", "mode", "judgement", "result", "change"})

FactType = Literal[
    "yes_no", "since", "since_or_none", "count", "choice", "annual_results", "events"
]


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Option:
    """One value of a fact that is chosen from a list, with its label (in Chinese)."""

    value: int | str
    label: str


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of event that are asked for in one question; wording is Chinese."""

    key: str
    title: str
    question: str
    help: str
    kinds: tuple[str, ...]


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class FactSpec:
    """One fact: its type, whose it is, and how it is asked; wording is Chinese.

    ``local``: the answer holds for one award's area only and does not carry over.
    ``opposite``: the question asks for the opposite of the fact.
    """

    key: str
    type: FactType
    tracks: tuple[Track, ...]
    topic: str
    title: str
    question: str
    help: str
    proof: str
    advice: str
    example: str = ""
    local: bool = False
    opposite: bool = False
    options: tuple[Option, ...] = ()
    kinds: tuple[Option, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class _Topic:
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class _Choice:
    key: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class _File:
    topic: tuple[_Topic, ...]
    fact: tuple[FactSpec, ...]
    choice: tuple[_Choice, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """All facts by key, the topics in their order, and the lists of values shared by facts.

    ``own_records`` are a person's own records, which stand beside ``records`` in the contract.
    """

    facts: Mapping[str, FactSpec]
    topics: Mapping[str, str]
    choices: Mapping[str, tuple[Option, ...]]
    own_records: frozenset[str]

    def values(self, choice: str) -> tuple[int | str, ...]:
        """The values of a shared list, such as ``severity``."""
        return tuple(option.value for option in self.choices[choice])

    def kinds(self, fact: str) -> tuple[str, ...]:
        """The kinds of event that a fact of type ``events`` distinguishes."""
        return tuple(str(option.value) for option in self.facts[fact].kinds)


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """The catalog that is shipped with the program. Raises KnowledgeError if it is damaged."""
    return read_catalog(PATH.read_text(encoding="utf-8"))


def read_catalog(text: str) -> Catalog:
    """Read and check a catalog. Raises KnowledgeError with file, line and reason."""
    try:
        data = tomllib.loads(text)
        file = TypeAdapter(_File).validate_python(data)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(PATH.name, None, f"not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        line = line_of(text, first["loc"])
        raise KnowledgeError(PATH.name, line, f"{where}: {first['msg']}") from error
    topics = {topic.key: topic.title for topic in file.topic}
    for index, fact in enumerate(file.fact):
        for reason in _mistakes(fact, topics):
            raise KnowledgeError(PATH.name, line_of(text, ("fact", index)), f"{fact.key}: {reason}")
    decisions = {"records", "past_awards", "sanctions"}
    own = {fact.key for fact in file.fact if fact.type == "events"} - decisions
    return Catalog(
        facts={fact.key: fact for fact in file.fact},
        topics=topics,
        choices={choice.key: choice.options for choice in file.choice},
        own_records=frozenset(own),
    )


def _mistakes(fact: FactSpec, topics: Mapping[str, str]) -> Iterator[str]:
    if fact.topic not in topics:
        yield f"there is no topic {fact.topic}"
    if fact.key in RESERVED:
        yield "this name is used by the conversation itself"
    if fact.type == "choice" and not fact.options:
        yield "a choice needs options"
    if fact.opposite and not (fact.type == "yes_no" and fact.options):
        yield "only a yes_no fact can be asked for by its opposite, and needs options"
    kinds = [str(option.value) for option in fact.kinds]
    grouped = [kind for group in fact.groups for kind in group.kinds]
    if fact.groups and sorted(grouped) != sorted(kinds):
        yield "its groups must hold each of its kinds once"
