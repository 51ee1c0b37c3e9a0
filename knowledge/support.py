"""How far an award's own text bears out that a topic is what was asked.

A question often uses the words of the very article: those that stand in what the text says about a
topic speak for it, each the more the fewer topics have it.
"""

from collections import Counter
from functools import lru_cache
from math import log

from knowledge.answers import load_answers
from knowledge.closest import pairs
from knowledge.fold import fold
from knowledge.normal import Normaliser


def support(question: str, award: str) -> dict[str, float]:
    """Give for each topic, from 0 to 1, how much of the question's rarer words its answer has."""
    asked = pairs(_normal()(question))
    answers, weights = _weighed(award)
    rarest = log(1 + len(answers))
    whole = sum(weights.get(pair, rarest) for pair in asked)
    if not whole:
        return {}
    return {
        topic: sum(weights[pair] for pair in asked & known) / whole
        for topic, known in answers.items()
    }


@lru_cache
def _normal() -> Normaliser:
    return Normaliser()


@lru_cache(maxsize=32)
def _weighed(award: str) -> tuple[dict[str, frozenset[str]], dict[str, float]]:
    """Give the pairs of characters of each topic's answers and citations, and what each tells."""
    texts: dict[str, str] = {}
    for each in load_answers(award).answers:
        quotes = "\n".join(citation.quote for citation in each.citations)
        texts[each.topic] = f"{texts.get(each.topic, '')}\n{each.text}\n{quotes}"
    answers = {topic: pairs(fold(text)) for topic, text in texts.items()}
    number = Counter(pair for known in answers.values() for pair in known)
    return answers, {pair: log(1 + len(answers) / count) for pair, count in number.items()}
