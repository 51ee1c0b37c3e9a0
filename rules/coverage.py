"""Which words of a regulation are encoded, clause by clause, and which are not."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.model import KnowledgeError, Provision, Regulation
from rules.spec import AwardSpec, Cite, CriterionSpec, Unbound

_CLAUSE = re.compile(r"[^，；。：！,;:]+")
_NUMERAL = "[一二三四五六七八九十]+"
_NUMBER = re.compile(rf"\s*(?:- )?(?:第{_NUMERAL}条|[（(]{_NUMERAL}[）)])")
# Words that only join one quoted piece to the next.
_JOINING = frozenset("并且或和及")


@dataclass(frozen=True, slots=True)
class Covered:
    """One provision, what is encoded from it, and its clauses that nothing covers."""

    provision: Provision
    criteria: tuple[CriterionSpec, ...]
    unbound: tuple[Unbound, ...]
    open: tuple[str, ...]


def coverage(
    spec: AwardSpec, regulation: Regulation, articles: Iterable[int]
) -> tuple[Covered, ...]:
    """What covers each provision of ``articles``, in their order; KnowledgeError if one is not."""
    criteria = [(criterion, reach(regulation, criterion.cite)) for criterion in spec.criterion]
    unbound = [(piece, reach(regulation, piece.cite)) for piece in spec.unbound]
    covered = []
    for article in articles:
        for provision in regulation.article(article):
            here = [words for _, words in (*criteria, *unbound)]
            quoted = frozenset[int]().union(*(words.get(provision.id, ()) for words in here))
            covered.append(
                Covered(
                    provision,
                    tuple(criterion for criterion, words in criteria if provision.id in words),
                    tuple(piece for piece, words in unbound if provision.id in words),
                    tuple(_open(provision.text, quoted)),
                )
            )
    return tuple(covered)


def reach(regulation: Regulation, cite: Cite) -> dict[str, frozenset[int]]:
    """Which characters of which provisions a citation covers; none if it does not resolve.

    A quote that is cited by the article alone may stand in any of its provisions.
    """
    try:
        cited = regulation.provision(cite.provision)
        quote = regulation.cite(cite.provision, cite.quote).quote
    except KnowledgeError:
        return {}
    of_article = cite.quote is not None and cited.item is None and cited.paragraph == 1
    provisions = regulation.article(cited.article) if of_article else (cited,)
    text = "".join(provision.text for provision in provisions)
    covered = {
        place
        for found in re.finditer(re.escape(quote), text)
        for place in range(found.start(), found.end())
    }
    reached, start = {}, 0
    for provision in provisions:
        end = start + len(provision.text)
        words = frozenset(place - start for place in covered if start <= place < end)
        if words:
            reached[provision.id] = words
        start = end
    return reached


def _open(text: str, quoted: frozenset[int]) -> Iterator[str]:
    number = _NUMBER.match(text)
    for clause in _CLAUSE.finditer(text, number.end() if number else 0):
        left = {
            text[place]
            for place in range(clause.start(), clause.end())
            if place not in quoted and not text[place].isspace()
        }
        if left - _JOINING:
            yield clause[0].strip()
