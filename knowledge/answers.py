"""What each award's text says about each topic: short answers with their citations, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from knowledge.load import load_edition, load_regulation
from knowledge.model import Citation, KnowledgeError, Regulation
from knowledge.tables import Id, Table, Text, line_of_entry, parse_table

AWARDS = Path(__file__).parent / "awards"


class _Cite(Table):
    provision: Text
    quote: Text | None = None


class _Entry(Table):
    topic: Id
    text: Text
    cell: Text
    cite: tuple[_Cite, ...]
    track: Literal["organisation", "individual"] | None = None
    tier: Literal["award", "nomination", "gold"] | None = None
    criteria: tuple[Id, ...] = ()


class _File(Table):
    award: Id
    silent: tuple[Id, ...] = ()
    called: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)
    answer: tuple[_Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text says about a topic; a variant, if for one track or tier only."""

    topic: str
    text: str
    cell: str
    citations: tuple[Citation, ...]
    track: str | None = None
    tier: str | None = None
    criteria: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """All that one award's text says; `silent` are the topics of which it says nothing.

    `called` are this text's own names for what questions call otherwise: 资金 for 奖金.
    """

    award: str
    answers: tuple[Answer, ...]
    silent: frozenset[str]
    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def best(self, topic: str, track: str | None = None, tier: str | None = None) -> Answer | None:
        """Give the most exact answer that does not narrow what was asked; None if silent.

        A variant is for who asks about its track (and tier); the general answer covers all.
        """
        fitting = (
            one
            for one in self.answers
            if one.topic == topic and one.track in {None, track} and one.tier in {None, tier}
        )
        return max(fitting, key=_exactness, default=None)


def _exactness(answer: Answer) -> tuple[bool, bool]:
    return answer.track is not None, answer.tier is not None


def load_answers(award: str, as_of: date | None = None, folder: Path = AWARDS) -> Answers:
    """Give the answers for the edition in force on ``as_of`` (by default the latest).

    A file is read once. Raises KnowledgeError with file, line and reason.
    """
    return _load_edition(award, load_regulation(award, as_of).edition, folder)


@lru_cache
def _load_edition(award: str, edition: str, folder: Path) -> Answers:
    regulation = load_edition(award, edition)
    path = folder / f"{Path(regulation.path).stem}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(path.name, None, "there is no such file in UTF-8") from error
    return build_answers(text, path.name, regulation)


def build_answers(text: str, file: str, regulation: Regulation) -> Answers:
    """Make answers of the text of their file, each quote checked. Raises KnowledgeError."""
    read = parse_table(text, file, _File)
    if read.award != regulation.award:
        raise KnowledgeError(file, None, f"it is for {read.award}, not for {regulation.award}")
    silent = frozenset(read.silent)
    general = {entry.topic for entry in read.answer if entry.track is None and entry.tier is None}
    seen: set[tuple[str, str | None, str | None]] = set()
    answers = []
    for index, entry in enumerate(read.answer):
        key = (entry.topic, entry.track, entry.tier)
        reason = None
        if key in seen:
            reason = "is answered twice for the same case"
        elif entry.topic in silent:
            reason = "is said to be silent as well"
        elif entry.topic not in general:
            reason = "lacks its general answer"
        elif not entry.cite:
            reason = "cites no provision"
        try:
            citations = tuple(regulation.cite(cite.provision, cite.quote) for cite in entry.cite)
        except KnowledgeError as error:
            reason = f": {error.reason}"
        if reason is not None:
            said = entry.topic + (reason if reason.startswith(":") else f" {reason}")
            raise KnowledgeError(file, line_of_entry(text, "answer", index), said)
        seen.add(key)
        answers.append(
            Answer(entry.topic, entry.text, entry.cell, citations, entry.track, entry.tier,
                   entry.criteria)
        )  # fmt: skip
    return Answers(read.award, tuple(answers), silent, read.called)
