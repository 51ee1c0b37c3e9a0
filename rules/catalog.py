"""The catalog of facts that can be asked (``facts.toml``), for all awards."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from rules.model import Track

FactType = Literal[
    "yes_no", "since", "since_or_none", "count", "choice", "annual_results", "events"
]


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a fact that is chosen from a list, with its label (in Chinese)."""

    value: int | str
    label: str


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of event that are asked for in one question; wording is Chinese."""

    key: str
    title: str
    question: str
    help: str
    kinds: tuple[str, ...]


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
class Catalog:
    """All facts by key, the topics in their order, and the lists of values shared by facts."""

    facts: Mapping[str, FactSpec]
    topics: Mapping[str, str]
    choices: Mapping[str, tuple[Option, ...]]

    def values(self, choice: str) -> tuple[int | str, ...]:
        """The values of a shared list, such as ``severity``."""
        return tuple(option.value for option in self.choices[choice])

    def kinds(self, fact: str) -> tuple[str, ...]:
        """The kinds of event that a fact of type ``events`` distinguishes."""
        return tuple(str(option.value) for option in self.facts[fact].kinds)


@lru_cache(maxsize=1)
def catalog() -> Catalog:
    """The catalog that is shipped with the program."""
    with (Path(__file__).parent / "facts.toml").open("rb") as file:
        data = tomllib.load(file)
    return Catalog(
        facts={table["key"]: _fact(table) for table in data["fact"]},
        topics={table["key"]: table["title"] for table in data["topic"]},
        choices={table["key"]: _options(table["options"]) for table in data["choice"]},
    )


def _fact(table: dict[str, Any]) -> FactSpec:
    table = dict(table)
    table["tracks"] = tuple(Track(track) for track in table["tracks"])
    for name in ("options", "kinds"):
        table[name] = _options(table.get(name, []))
    table["groups"] = tuple(
        Group(**{**group, "kinds": tuple(group["kinds"])}) for group in table.get("groups", [])
    )
    return FactSpec(**table)


def _options(tables: list[dict[str, Any]]) -> tuple[Option, ...]:
    return tuple(Option(**table) for table in tables)
