"""The articles of an answer: quoted or named beside it, and in full at a word."""

import re

from conversations.language import Language
from conversations.model import Reply, State
from conversations.telling import Answered
from knowledge.load import awards as award_ids
from knowledge.model import Citation
from rules.load import load_award

# Longer quotations are named, and shown at a word: a phone holds no more beside an answer.
_SHORT, _FEW = 120, 2
# How an article begins in print: its label has said it already.
_NUMBER = re.compile(r"^第[一二三四五六七八九十百]+条\s*")


def basis(words: Language, given: Answered) -> tuple[str, tuple[Citation, ...]]:
    """The articles of an answer: quoted if they are short, else named in a line."""
    quoted = given.citations
    length = sum(len(each.quote) for each in quoted)
    if given.topic is None or (len(quoted) <= _FEW and length <= _SHORT):
        return "", quoted
    if given.compares:
        return "", ()  # each line names its own
    labels = dict.fromkeys(_label(words, each, quoted) for each in quoted)
    return words.say("依据：{label}", label=words.listed(labels)), ()


def _label(words: Language, cited: Citation, among: tuple[Citation, ...]) -> str:
    """What an article is called, with its award's name where there are several."""
    if len({each.award for each in among}) == 1:
        return cited.label
    return words.joined(words.say(load_award(cited.award).spec.name), cited.label)


def cited(state: State, topic: str, award: str) -> tuple[Citation, ...]:
    """The articles of the last answer, if it was about this; else none."""
    asked = state.asked
    if asked.get("topic") != topic or (asked.get("award") or "-") != award:
        return ()
    pairs = (str(each).partition(":") for each in asked.get("cited", ()))
    return tuple(
        load_award(of).regulation.cite(provision) for of, _, provision in pairs if of in award_ids()
    )


def articles(words: Language, cited: tuple[Citation, ...]) -> Reply:
    """The articles of an answer, in the words of the texts."""
    lines = (
        words.say(
            "{label}：“{quote}”",
            label=_label(words, each, cited),
            quote=_NUMBER.sub("", each.quote),
        )
        for each in cited
    )
    return Reply("\n\n".join(lines) or words.say("没有可以引用的条文。"))
