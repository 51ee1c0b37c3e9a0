"""Questions answered from the regulations: exactly, with the article, or not at all.

What is asked is found by ``knowledge.search``, whose award it is about by ``naming``; what the
text says is data (``knowledge/awards/``); what follows from figures in the question is reckoned
(``reckoning``). Where a text is silent that is said, and nothing is borrowed from another one.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from conversations import reckoning
from conversations.language import Language, language
from conversations.meaning import (
    CERTAIN,
    asks_when,
    asks_which_day,
    award_of,
    borne_out,
    figure_asked,
    finder,
    is_order,
    likely,
    may_follow,
    plain,
    tier_of,
    topic_of,
    track_of,
)
from conversations.naming import Named, named
from conversations.stated import stated
from conversations.telling import (
    Answered,
    Outcome,
    Suggestion,
    either,
    known,
    suggestions,
    title,
    told,
    unanswered,
    with_figure,
)
from conversations.tongue import has_chinese, tongue
from knowledge.answers import load_answers
from knowledge.search import Found, nearest_provision
from rules.load import load_award
from rules.model import Tier, Track

__all__ = [
    "Answered",
    "Suggestion",
    "about",
    "ask",
    "finder",
    "known",
    "spoken",
    "suggestions",
    "title",
]

_PIECES = re.compile(r"[?;。\n]+")
MOST_PIECES = 3
NAMED, UNNAMED = 0.5, 0.75
"""How likely it must be that the awards are asked about, if one is named and if none is."""
LIKELY = 0.33
"""How likely the first topic must be where no award is named."""
CLOSE_BY = 0.77
"""How near to the first topic another one must be for a silent text not to be called silent."""
OWN_WORDS = 0.7
"""How much of a question must stand in one answer's articles to be taken for what it is about."""
CLOSE_ENOUGH = 0.5
"""From how well an article fits it is worth showing as the closest one."""


def ask(question: str, award: str | None, today: date, locale: str | None = None) -> Answered:
    """Answer a question; ``award`` is what it is about if it names none.

    Without ``locale`` the answer is in the language of the question.
    """
    spoken = locale or tongue(question)
    pieces = [piece for piece in _PIECES.split(question.replace("？", "?").replace("；", ";"))
              if piece.strip()]  # fmt: skip
    if 1 < len(pieces) <= MOST_PIECES:
        parts = _parts(pieces, award, today, spoken)
        if parts is not None:
            return parts
    return _one(question, award, today, spoken)


def about(topic: str, award: str | None, locale: str) -> Answered:
    """What the texts say about a topic, as when it was chosen from a list."""
    return told(topic, (award,) if award else (), None, None, language(locale))


def spoken(question: str, locale: str) -> str:
    """The language to answer in: that of the question, if it is plainly another one."""
    found = tongue(question)
    if found != "zh_Hans":
        return found
    return found if locale == "en" and has_chinese(question) else locale


def _parts(pieces: list[str], award: str | None, today: date, locale: str) -> Answered | None:
    """Several questions in one text, if each of them can be answered."""
    names = named(" ".join(pieces)).awards
    context = names[0] if len(names) == 1 else award
    parts = [_one(piece, context, today, locale) for piece in pieces]
    if any(part.outcome != "answered" for part in parts):
        return None
    if len({part.topic for part in parts}) < len(parts):
        return None
    awards = tuple(dict.fromkeys(each for part in parts for each in part.awards))
    citations = tuple(dict.fromkeys(each for part in parts for each in part.citations))
    return replace(parts[0], awards=awards, citations=citations,
                   text="\n".join(part.text for part in parts))  # fmt: skip


def _one(question: str, award: str | None, today: date, locale: str) -> Answered:
    words = language(locale)
    names = named(question)
    if is_order(names) or (names.other and not names.awards):
        return unanswered(words, "", names.awards)
    meant = award if names.awards else award_of(names) or award
    awards = names.awards or ((meant,) if meant else ())
    found = finder().find(plain(names))
    track, tier = track_of(question), tier_of(names, question)
    if may_follow(found, names):
        reckoned = reckoning.reckon(names.rest, awards, track, tier, today, words)
        if reckoned is not None:
            return _reckoned(reckoned, awards, words)
    if found.decision == "sure" and found.topics[0] == "apply_when" and asks_which_day(names):
        return _undated(awards, words)
    asked = _Asked(names, awards, track, tier, words, today)
    if found.decision == "none":
        return _by_its_words(asked) or _closest(question, found, awards, words)
    if len(awards) == 1 and _plainly_inside(found, names):
        return _of_one(asked, found)
    if found.decision == "unsure" and (found.inside < UNNAMED or found.right < LIKELY):
        return _unsure(found, names, awards, words)
    topic = topic_of(found, names, awards)
    return told(topic, awards, track, tier, words) if topic else unanswered(words, "", awards)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked, but for the topic."""

    names: Named
    awards: tuple[str, ...]
    track: Track | None
    tier: Tier | None
    words: Language
    today: date


def _by_its_words(asked: _Asked) -> Answered | None:
    """The answer to a question that is in the words of the named award's own text."""
    if len(asked.names.awards) != 1 or asked.names.higher:
        return None
    topic, borne = borne_out(asked.names, asked.awards[0])
    if borne < OWN_WORDS:
        return None
    return told(topic, asked.awards, asked.track, asked.tier, asked.words)


def _plainly_inside(found: Found, names: Named) -> bool:
    """Whether it is this award that is asked about, though the topic may not be quite sure."""
    return found.decision == "sure" or found.inside >= (NAMED if names.awards else UNNAMED)


def _kept_until(given: Answered, asked: _Asked) -> Answered:
    """Until which year files of a year that was said are kept."""
    when, years = stated(asked.names.rest, asked.today), re.search(r"(\d+) ?年", given.said)
    if when is None or years is None or when.first.year != when.last.year:
        return given
    words, first = asked.words, when.first.year
    last = words.year(first + int(years[1]))
    more = words.say("从{first}算，就到{last}。", first=words.year(first), last=last)
    return replace(given, text=words.joined(given.text, more))


def _in_question(found: Found) -> bool:
    """Whether another topic may well have been meant than the first."""
    if found.right >= CERTAIN or len(found.ranked) < 2:
        return False
    return found.ranked[1].score >= CLOSE_BY * found.ranked[0].score


def _doubtful(asked: _Asked, found: Found) -> bool:
    """Whether a question may be about something else than what the text is silent on."""
    if _in_question(found):
        return True
    own_words = borne_out(asked.names, asked.awards[0])[1] >= OWN_WORDS
    return own_words and figure_asked(asked.names) is None


def _of_one(asked: _Asked, found: Found) -> Answered:
    """What one award's text says to a question; of two things if it may be either."""
    first = topic_of(found, asked.names, asked.awards)
    if first is None:
        return unanswered(asked.words, "", asked.awards)
    silent = load_answers(asked.awards[0]).best(first) is None
    if silent and found.decision == "sure" and not _doubtful(asked, found):
        return unanswered(asked.words, first, asked.awards)
    topics = likely(found, asked.names, asked.awards[0]) if first == found.ranked[0].topic else ()
    given = [
        told(topic, asked.awards, asked.track, asked.tier, asked.words)
        for topic in topics or (first,)
    ]
    if len(given) > 1 and (found.decision == "unsure" or found.right < CERTAIN):
        return either(given, asked.words)
    if given[0].topic == "same_year" and asks_when(asked.names):
        return _next_year(given[0], asked)
    if given[0].topic == "retention" and asks_when(asked.names):
        return _kept_until(given[0], asked)
    return with_figure(given[0], figure_asked(asked.names))


def _next_year(given: Answered, asked: _Asked) -> Answered:
    """From when the other level's award can be applied for: in another calendar year."""
    day = asked.words.day(date(asked.today.year + 1, 1, 1))
    more = asked.words.say("按同一个自然年算，{day}起就不算同一年了。", day=day)
    return replace(given, text=asked.words.joined(given.text, more))


def _reckoned(found: reckoning.Reckoned, awards: tuple[str, ...], words: Language) -> Answered:
    """What follows from the figures in the question, a line for each award."""
    lines = [
        words.say("{title}：{answer}", title=words.say(load_award(award).spec.name), answer=text)
        for award, text in found.texts.items()
    ]
    outcome: Outcome = "answered" if awards else "which_jurisdiction"
    return Answered(outcome, tuple(found.texts), "\n".join(lines), found.citations,
                    topic=found.topic, locale=words.locale)  # fmt: skip


def _unsure(found: Found, names: Named, awards: tuple[str, ...], words: Language) -> Answered:
    """Near misses: what it may be, to choose from."""
    topics = found.topics if not names.higher else (topic_of(found, names, awards),)
    award = awards[0] if len(awards) == 1 else None
    offered = suggestions((topic for topic in topics if topic), award, words)
    if not offered:
        return unanswered(words, "", awards)
    text = words.say("没有把握您问的是哪一件。是不是想问：")
    return Answered("unsure", awards, text, (), offered, locale=words.locale)


def _undated(awards: tuple[str, ...], words: Language) -> Answered:
    """The day itself is asked for: the texts set none."""
    given = told("apply_when", awards, None, None, words)
    text = words.joined(words.say("具体日子要看当年的申报通知，办法里没有写。"), given.text)
    return replace(given, outcome="unanswered", text=text, citations=())


def _closest(question: str, found: Found, awards: tuple[str, ...], words: Language) -> Answered:
    """The last resort: the article that is nearest to what was asked, called just that."""
    if found.elsewhere is None and len(awards) == 1:
        near = nearest_provision(question, load_award(awards[0]).regulation)
        if near is not None and near[1] >= CLOSE_ENOUGH:
            citation = load_award(awards[0]).regulation.cite(near[0].id)
            text = words.say(
                "这一点我没有现成的答案。办法里最接近的是{label}，请看是不是您要找的：“{quote}”",
                label=citation.label, quote=citation.quote,
            )  # fmt: skip
            return Answered("unsure", awards, text, (citation,), locale=words.locale)
    return unanswered(words, "", awards)
