"""What the texts say about a topic, in words: of one award, or of several beside each other."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from conversations.language import Language
from knowledge.answers import Answer, load_answers
from knowledge.load import awards as award_ids
from knowledge.model import Citation
from knowledge.topics import load_topics
from rules.load import load_award
from rules.model import Tier, Track

_COLON = re.compile(r"[^。；;，,.：:]{1,30}[：:]")

Outcome = Literal["answered", "which_jurisdiction", "unsure", "unanswered"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question that can be answered: its topic, the award if one is known, and how to put it."""

    topic: str
    award: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a question, worded for ``locale``; ``topic`` is what it was about, if known.

    ``said`` is the answer without the award's name before it; ``by_office``: it is, or holds, an
    answer of the office's own; ``compares``: it has a line for each award, with its article.
    """

    outcome: Outcome
    awards: tuple[str, ...]
    text: str
    citations: tuple[Citation, ...]
    suggestions: tuple[Suggestion, ...] = ()
    topic: str | None = None
    locale: str = "zh_Hans"
    said: str = ""
    by_office: bool = False
    compares: bool = False


def title(topic: str, words: Language) -> str:
    """A topic's title."""
    return words.say(_titles().get(topic, topic))


@lru_cache
def _titles() -> dict[str, str]:
    return {each.id: each.title for each in load_topics()}


def known(topic: str) -> bool:
    """Whether there is such a topic."""
    return topic in _titles()


def told(
    topic: str,
    awards: tuple[str, ...],
    track: Track | None,
    tier: Tier | None,
    words: Language,
) -> Answered:
    """What the texts say about a topic: of the awards that were named, or of all."""
    asked = awards or award_ids()
    found = {each: _best(each, topic, track, tier) for each in asked}
    known = {each: answer for each, answer in found.items() if answer}
    if not known:
        return unanswered(words, topic, awards)
    cells = {answers[-1].cell for answers in known.values()}
    if len(asked) == 1 or (len(known) == len(asked) and len(cells) == 1 and not awards):
        return _single(topic, known, words)
    return _compared(topic, asked, known, words, answered=bool(awards))


def _best(award: str, topic: str, track: Track | None, tier: Tier | None) -> tuple[Answer, ...]:
    """What an award's text says; first that it has no such track or tier, if that was asked."""
    answers, rules = load_answers(award), load_award(award)
    best = answers.best(topic, track and track.value, tier and tier.value)
    if best is None:
        return ()
    tiers = {each for one in rules.tracks for each in rules.tiers(one)}
    absent = []
    if track is not None and track not in rules.tracks and best.track is None:
        absent.append("individuals")
    if tier is not None and tier not in tiers and best.tier is None:
        absent.append("tiers")
    before = (answers.best(each) for each in absent if each != topic)
    return (*(each for each in before if each), best)


def either(given: list[Answered], words: Language) -> Answered:
    """Two answers, where either may have been meant."""
    lines = [
        words.say("· {title}：{answer}", title=title(each.topic or "", words), answer=each.said)
        for each in given
    ]
    name = words.say(load_award(given[0].awards[0]).spec.name)
    text = words.say("{award}，您问的可能是：", award=name)
    citations = tuple(dict.fromkeys(cited for each in given for cited in each.citations))
    return replace(given[0], text="\n".join([text, *lines]), citations=citations)


def _single(topic: str, known: dict[str, tuple[Answer, ...]], words: Language) -> Answered:
    first = next(iter(known))
    said = words.joined(*(_said(answer, topic, words) for answer in known[first]))
    if len(known) > 1:
        text = words.say("这里的几个奖都一样：{answer}", answer=said)
    else:
        name = words.say(load_award(first).spec.name)
        # A second colon in one breath is too much: there the answer stands on a line of its own.
        apart = "\n" if _COLON.match(said) else ""
        text = words.say("{title}：{answer}", title=name, answer=apart + said)
        text = text.replace(" \n", "\n", 1)
    return Answered("answered", tuple(known), text, _citations(known), topic=topic,
                    locale=words.locale, said=said)  # fmt: skip


def _said(answer: Answer, topic: str, words: Language) -> str:
    """What an answer says; of a prize that the award has not, only which it has."""
    if answer.topic == "tiers" != topic:
        return words.say("没有这一档，设的是{cell}。", cell=words.say(answer.cell))
    return words.say(answer.text)


def _compared(
    topic: str,
    asked: tuple[str, ...],
    known: dict[str, tuple[Answer, ...]],
    words: Language,
    *,
    answered: bool,
) -> Answered:
    """One line for each award."""
    lines = [words.say("{topic}，要看是哪个奖：", topic=title(topic, words))]
    for award in asked:
        name = words.say(load_award(award).spec.name)
        if award in known:
            # What an award has not is all there is to say of that.
            answer = known[award][0]
            label, cell = answer.citations[0].label, words.say(answer.cell)
            if answer.topic == "tiers" != topic:
                cell = words.say("没有这一档，设的是{cell}", cell=cell)
            lines.append(words.say("· {award}：{cell}（{label}）", award=name, cell=cell,
                                   label=label))  # fmt: skip
        else:
            lines.append(words.say("· {award}：办法里没有写", award=name))
    outcome: Outcome = "answered" if answered else "which_jurisdiction"
    if len(known) == 1:
        # Only one text speaks of it: what it says is said in full.
        only = _single(topic, known, words)
        text = words.joined(only.text, words.say("别的几个办法里没有写这一点。"))
        return replace(only, outcome=outcome, text=text)
    return Answered(outcome, tuple(known), "\n".join(lines), _citations(known), topic=topic,
                    locale=words.locale, compares=True)  # fmt: skip


def _citations(known: dict[str, tuple[Answer, ...]]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(
        citation
        for answers in known.values()
        for answer in answers
        for citation in answer.citations
    ))  # fmt: skip


def with_figure(given: Answered, figure: re.Pattern[str] | None) -> Answered:
    """An answer to how long or how many: where the text sets no such figure there is none."""
    if figure is None or given.outcome != "answered" or len(given.awards) != 1:
        return given
    answers = load_answers(given.awards[0]).answers
    said = " ".join(each.text for each in answers if each.topic == given.topic)
    if figure.search(said):
        return given
    return replace(given, outcome="unanswered", citations=())


def suggestions(
    topics: Iterable[str], award: str | None, words: Language
) -> tuple[Suggestion, ...]:
    """Questions about topics that can be answered, as somebody would put them."""
    offered = []
    for topic in dict.fromkeys(topics):
        if award is not None and load_answers(award).best(topic) is None:
            continue
        name = title(topic, words)
        if award is not None:
            name = words.say("{title}：{answer}", title=words.say(load_award(award).spec.name),
                             answer=name)  # fmt: skip
        offered.append(Suggestion(topic, award, words.say("{question}？", question=name)))
    return tuple(offered)


def unanswered(words: Language, topic: str, awards: tuple[str, ...]) -> Answered:
    """That the texts do not say it: of a topic, or of something that is none of theirs."""
    if topic and len(awards) == 1:
        text = words.say(
            "{award}的办法里没有写这一点（{topic}），我不拿别处的规定来套。",
            award=words.say(load_award(awards[0]).spec.name),
            topic=title(topic, words),
        )
    elif topic:
        text = words.say("这几个办法里都没有写这一点（{topic}）。", topic=title(topic, words))
    else:
        names = words.listed(words.say(load_award(each).spec.area) for each in award_ids())
        text = words.say("这件事不在我手上的几个办法里，我不乱答。我能对照的有：{names}。",
                         names=names)  # fmt: skip
    return Answered("unanswered", awards, text, (), topic=topic or None, locale=words.locale)
