"""What cannot be right about an office's answer, and where its figures differ from the texts'."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from conversations.canned import Canned, wrong_places
from conversations.naming import named
from conversations.numerals import CHINESE, read_number
from conversations.office_answers import MOST_QUESTIONS, OfficeAnswer
from conversations.text import MAX_LENGTH
from knowledge.answers import load_answers
from knowledge.fold import fold
from knowledge.load import awards as award_ids
from knowledge.load import load_regulation
from knowledge.model import Citation, KnowledgeError

LONGEST_QUESTION = 200
LONGEST_TITLE = 40

Mistake = Literal[
    "no_award", "missing", "too_long", "too_many", "no_provision", "until_first", "no_place",
]  # fmt: skip

_FIGURE = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?|{CHINESE}+)(?P<big>[万亿]?)"
    r"(?P<unit>元|块钱?|个?工作日|个?月|年|天|日|周|%|家|名|个|人|次|届|份|页|分)"
)
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}[日号])?)?|\d{1,2}月\d{1,2}[日号]")
_UNITS = {"块": "元", "块钱": "元", "天": "日", "名": "人", "个": "家", "届": "次"}
_BIG = {"": 1, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, with which field; ``value`` is what it is about."""

    field: str
    mistake: Mistake
    value: str = ""

    def __str__(self) -> str:
        return f"{self.field}: {_IN_ENGLISH[self.mistake].format(value=self.value)}"


_IN_ENGLISH: Mapping[Mistake, str] = {
    "no_award": "no award {value!r}",
    "missing": "is missing",
    "too_long": "is too long, at most {value} characters",
    "too_many": "too many, at most {value}",
    "no_provision": "the award's text has no provision {value!r}",
    "until_first": "it would end before it begins",
    "no_place": "{value!r} cannot be filled in",
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of an answer that the text does not have, where it has others of that kind."""

    figures: tuple[str, ...]
    text: str
    citations: tuple[Citation, ...]


def problems_of(answer: OfficeAnswer) -> tuple[Problem, ...]:
    """Why an answer cannot be kept."""
    found: list[Problem] = []
    if answer.award not in award_ids():
        found.append(Problem("award", "no_award", answer.award))
    if not answer.questions or not all(each.strip() for each in answer.questions):
        found.append(Problem("questions", "missing"))
    if len(answer.questions) > MOST_QUESTIONS:
        found.append(Problem("questions", "too_many", str(MOST_QUESTIONS)))
    if any(len(each) > LONGEST_QUESTION for each in answer.questions):
        found.append(Problem("questions", "too_long", str(LONGEST_QUESTION)))
    found += _text(answer.text)
    if answer.award in award_ids():
        found += [
            Problem("provisions", "no_provision", each)
            for each in answer.provisions
            if cited(answer.award, each) is None
        ]
    if answer.until is not None and answer.until < answer.since:
        found.append(Problem("until", "until_first"))
    return tuple(found)


def wrong_with(canned: Canned) -> tuple[Problem, ...]:
    """Why a canned answer cannot be kept."""
    found: list[Problem] = []
    if canned.award not in award_ids():
        found.append(Problem("award", "no_award", canned.award))
    if not canned.title.strip():
        found.append(Problem("title", "missing"))
    if len(canned.title) > LONGEST_TITLE:
        found.append(Problem("title", "too_long", str(LONGEST_TITLE)))
    found += _text(canned.text)
    found += [Problem("text", "no_place", each) for each in wrong_places(canned.text)]
    return tuple(found)


def _text(text: str) -> list[Problem]:
    if not text.strip():
        return [Problem("text", "missing")]
    return [Problem("text", "too_long", str(MAX_LENGTH))] if len(text) > MAX_LENGTH else []


def cited(award: str, provision: str) -> Citation | None:
    """A provision of an award's text, if there is one of that id."""
    try:
        return load_regulation(award).cite(provision)
    except KnowledgeError:
        return None


def citations(answer: OfficeAnswer) -> tuple[Citation, ...]:
    """What an answer rests on; a provision that the text in force no longer has is left out."""
    found = (cited(answer.award, each) for each in answer.provisions)
    return tuple(each for each in found if each is not None)


def conflict(answer: OfficeAnswer) -> Conflict | None:
    """Where an answer's figures differ from what the text says of the same, or where it cites."""
    said = figures(answer.text)
    if not said:
        return None
    for text, quotes in (*_answered(answer), *_provisions(answer)):
        there = figures(" ".join((text, *(each.quote for each in quotes))))
        other = tuple(
            written
            for unit, values in said.items()
            for value, written in values.items()
            if there.get(unit) and value not in there[unit]
        )
        if other:
            return Conflict(other, text, quotes)
    return None


def figures(text: str) -> dict[str, dict[float, str]]:
    """The figures of a text: by what they count, each value with how it is written. No dates."""
    found: dict[str, dict[float, str]] = defaultdict(dict)
    folded = _DATE.sub(" ", fold(text).replace(" ", ""))
    for match in _FIGURE.finditer(folded):
        number = _number(match["number"])
        if number is not None:
            unit = match["unit"].removeprefix("个") or match["unit"]
            named_ = _UNITS.get(unit, unit)
            found[named_][number * _BIG[match["big"]]] = match[0]
    return dict(found)


def _number(text: str) -> float | None:
    return float(text) if text[0].isdecimal() else read_number(text)


def _answered(answer: OfficeAnswer) -> Iterable[tuple[str, tuple[Citation, ...]]]:
    """What the award's text says where it surely answers one of the same questions."""
    # Loaded when an answer has figures: all ways to put a question are read then.
    from conversations.questions import finder  # noqa: PLC0415 - see above

    topics: dict[str, None] = {}
    for question in answer.questions:
        found = finder().find(named(question).rest)
        if found.decision == "sure":
            topics[found.topics[0]] = None
    answers = load_answers(answer.award)
    for topic in topics:
        best = [each for each in answers.answers if each.topic == topic]
        if best:
            quotes = tuple(dict.fromkeys(one for each in best for one in each.citations))
            yield " ".join(each.text for each in best), quotes


def _provisions(answer: OfficeAnswer) -> Iterable[tuple[str, tuple[Citation, ...]]]:
    found = citations(answer)
    if found:
        yield "", found
