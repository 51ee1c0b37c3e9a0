"""Answers that an officer may give to a question as they stand: the office's own, the texts'."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from conversations import questions
from conversations.model import House
from conversations.naming import named
from conversations.office_answers import matching
from knowledge.answers import load_answers

MOST = 3
# From how well a topic fits a question its answer is worth an officer's look.
FITS = 0.2


@dataclass(frozen=True, slots=True)
class Suggested:
    """An answer that may fit; ``id`` names it, shortly enough for a button."""

    id: str
    text: str


def suggestions_for(
    question: str, award: str, locale: str, house: House, today: date
) -> tuple[Suggested, ...]:
    """Up to three answers to a question, worded for its asker, the best first."""
    found: dict[str, Suggested] = {}
    for each in _all(question, award, locale, house, today):
        found.setdefault(each.text, each)
    return tuple(found.values())[:MOST]


def _all(question: str, award: str, locale: str, house: House, today: date) -> Iterator[Suggested]:
    if not question.strip():
        return
    office = matching(named(question).rest, (award,), house.office_answers, today)
    if office is not None:
        yield Suggested(f"o{office[0].id}", office[0].text)
    given = questions.ask(question, award, today, locale)
    if given.outcome == "answered" and given.awards == (award,):
        yield Suggested("answer", given.text)
    for ranked in questions.finder().find(named(question).rest).ranked:
        if ranked.score < FITS:
            return
        if ranked.topic != given.topic and load_answers(award).best(ranked.topic) is not None:
            yield Suggested(ranked.topic, questions.about(ranked.topic, award, locale).text)
