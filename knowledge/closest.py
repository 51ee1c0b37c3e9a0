"""The provision of a regulation that is nearest to a question: the last resort, never an answer."""

from collections import Counter
from functools import lru_cache
from itertools import pairwise
from math import log

from knowledge.fold import fold
from knowledge.model import Provision, Regulation
from knowledge.normal import Normaliser, is_chinese

# How much of what is asked must stand in the provision, and in how many pairs of characters.
_ENOUGH = 0.5
_PAIRS = 2
# What is asked with, and what stands in nearly every article.
_EMPTY = frozenset("的了吗呢吧是有和与及在对就也都还要能会可以什么怎样多少几谁哪些个被把到从为")
# How much the order of the characters counts beside the pairs.
_ORDER = 0.2


def nearest_provision(question: str, regulation: Regulation) -> tuple[Provision, float] | None:
    """Give the provision that has most of a question's rarer words, with a score from 0 to 1.

    None if no provision has enough of them, and for questions that are not in Chinese.
    """
    text = Normaliser()(question)
    asked = pairs(text)
    if not is_chinese(text) or len(asked) < _PAIRS:
        return None
    from rapidfuzz import fuzz  # noqa: PLC0415 - a last resort, seldom needed

    provisions, weights = _weighed(regulation)
    rarest = log(1 + len(provisions))
    whole = sum(weights.get(pair, rarest) for pair in asked)
    best: tuple[Provision, float] | None = None
    for provision, held in provisions:
        shared = asked & held
        if len(shared) < _PAIRS:
            continue
        known = sum(weights[pair] for pair in shared) / whole
        order = fuzz.partial_ratio(text, provision.text) / 100
        score = (1 - _ORDER) * known + _ORDER * order
        if score >= _ENOUGH and (best is None or score > best[1]):
            best = provision, score
    return best


@lru_cache(maxsize=32)
def _weighed(
    regulation: Regulation,
) -> tuple[tuple[tuple[Provision, frozenset[str]], ...], dict[str, float]]:
    """Give each provision's pairs of characters, and what each pair tells."""
    provisions = tuple((one, pairs(fold(one.text))) for one in regulation.provisions)
    number = Counter(pair for _, held in provisions for pair in held)
    weights = {pair: log(1 + len(provisions) / count) for pair, count in number.items()}
    return provisions, weights


def pairs(text: str) -> frozenset[str]:
    """Give the pairs of Chinese characters in a text that tell something."""
    return frozenset(
        a + b
        for a, b in pairwise(text)
        if is_chinese(a) and is_chinese(b) and not (a in _EMPTY or b in _EMPTY)
    )
