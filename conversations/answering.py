"""Questions in the middle of a conversation: answered, and then it goes on where it was.

A text is a question if it is no answer to what is being asked; where it could be both, it is one
only if it asks in so many words and the regulations have an answer.
"""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations import questions
from conversations.datelines import closing, moment
from conversations.language import Language, language
from conversations.menu import again, current
from conversations.model import Answers, Choice, Event, House, Pressed, Reply, Said, State
from conversations.naming import named
from conversations.office_answers import OfficeAnswer, matching
from conversations.office_checks import citations
from conversations.office_words import both, told
from conversations.prospects import notice, standing
from conversations.questions import Answered
from conversations.tells import Asked
from conversations.text import fold
from knowledge.load import awards as award_ids
from rules.load import load_award
from rules.messages import message

ASKED = "asked"
"""The id of the question which of several was meant."""

# Where the last question keeps the topics that may have been meant, while that is asked.
_CHOOSING = "topics"
UNFOLD = message("看条文")
HAND_OVER = message("转给工作人员")
_UNFOLDS = ("条文", "看条文", "原文", "article", "articles")
_ASKS = re.compile(
    r"[?？]\s*$|[吗呢么嘛]\s*[。!！~]*$|请问|想问|问一下|多少|几年|几个|几天|怎么|怎样|如何"
    r"|什么|哪|谁|为何"
    r"|能不能|可不可以|可以不可以|是不是|有没有|要不要|会不会|行不行|算不算|多久|多长|何时|啥"
    r"|^(?:what|how|who|when|where|which|why|can|could|may|do|does|is|are|must)\b"
)
_OUTRIGHT = re.compile(
    r"[?？]\s*$|[吗呢]\s*[。!！~]*$|请问|想问|^(?:what|how|who|when|which|why)\b"
)
_ONLY_ANOTHER = re.compile(
    r"^(?:那么?|换成|如果是|要是|和|还有|又|呢|的|怎么样|如何|and|what about|how about|\W)*$"
)
_LIKE_AN_ANSWER = re.compile(r"[\d一二两三四五六七八九十年月日天号]")
_LONG = 6
# Rounds are what a question about days is asked for.
_DAYS = frozenset({"apply_when", "notice", "apply_how"})

Step = tuple[State, tuple[Reply, ...]]


def asks(text: str) -> bool:
    """Whether a text sounds like a question."""
    return bool(_ASKS.search(fold(text)))


def outright(text: str) -> bool:
    """Whether a text can hardly be anything but a question."""
    return bool(_OUTRIGHT.search(fold(text)))


def forgotten(state: State, event: Event) -> State:
    """The same without the words of the last question, once something else is said.

    They are kept only so that they can be handed over to the office with the next word.
    """
    if "question" not in state.asked or isinstance(event, Pressed):
        return state
    if isinstance(event, Said) and worded(state, event.text):
        return state
    return replace(state, asked={k: v for k, v in state.asked.items() if k != "question"})


def tried(state: State, text: str, now: datetime, house: House) -> Step | None:
    """Answer a text that could be something else too, if the regulations have an answer to it."""
    given = _ask(state, text, now, house)
    if given.outcome not in ("answered", "which_jurisdiction"):
        return None
    return _told(state, text, given, now, house)


def said(state: State, text: str, now: datetime, house: House) -> Step | None:
    """Answer a text that is nothing else; ``None`` if it is no question either."""
    # A figure or a day where a question is open is an answer that was not understood.
    if state.screening is not None and not asks(text) and _LIKE_AN_ANSWER.search(text):
        return None
    given = _ask(state, text, now, house)
    if given.outcome == "unanswered" and given.topic is None and not asks(text):
        return None
    if given.outcome == "unsure" and not asks(text) and len(fold(text)) < _LONG:
        return None
    return _told(state, text, given, now, house)


def pressed(state: State, rest: str, now: datetime, house: House) -> Step:
    """A button ``q:…``: a topic (``t:prize:jian``), or its articles (``a:prize:jian``)."""
    kind, _, what = rest.partition(":")
    topic, _, award = what.partition(":")
    state = closed(state)
    words = language(state.locale)
    if award not in (*award_ids(), "-") or not questions.known(topic):
        return again(state, now, words.say("这个按钮已经用不上了。"), house)
    given = questions.about(topic, None if award == "-" else award, state.locale)
    if kind == "a":
        return state, (_articles(words, given), current(state, now, house))
    return _told(state, "", given, now, house)


def worded(state: State, text: str) -> str | None:
    """The button of the last answer whose words were typed."""
    words, typed = language(state.locale), fold(text)
    topic, award = state.asked.get("topic"), state.asked.get("award") or "-"
    if topic and typed in (fold(words.say(UNFOLD)), *_UNFOLDS):
        return f"q:a:{topic}:{award}"
    if state.asked.get("question") and typed == fold(words.say(HAND_OVER)):
        return "k:ask"
    return None


def is_open(state: State) -> bool:
    """Whether it is being asked which of several questions was meant."""
    return _CHOOSING in state.asked


def closed(state: State) -> State:
    """The same without the question which of several was meant."""
    if not is_open(state):
        return state
    return replace(state, asked={k: v for k, v in state.asked.items() if k != _CHOOSING})


def prompt(state: State) -> Reply:
    """The question which of several was meant."""
    words = language(state.locale)
    award = state.asked.get("award")
    offered = questions.suggestions(state.asked.get(_CHOOSING, ()), award, words)
    choices = tuple(Choice(f"q:t:{each.topic}:{each.award or '-'}", each.text) for each in offered)
    none = Choice("q:none", words.say("都不是"))
    text = words.say("没有把握您问的是哪一件。是不是想问：")
    return Reply(text, ASKED, (*choices, none), (_hand_over(words),))


def _ask(state: State, text: str, now: datetime, house: House) -> Answered:
    """The answer to a text, about the award that is being talked about if it names none.

    What the text says comes first; what its office has answered to the same question, after it.
    """
    award = _present(state)
    zone = ZoneInfo(load_award(award or award_ids()[0]).spec.timezone)
    locale = questions.spoken(text, state.locale)
    names = named(text)
    last = state.asked.get("topic")
    if names.awards and last and _ONLY_ANOTHER.match(names.rest):
        return questions.about(last, names.awards[0], locale)
    today = now.astimezone(zone).date()
    given = questions.ask(text, award, today, locale)
    if not house.office_answers:
        return given
    awards = names.awards or ((award,) if award else ())
    found = matching(names.rest, awards, house.office_answers, today)
    return given if found is None else _of_office(given, found[0], language(locale))


def _of_office(given: Answered, kept: OfficeAnswer, words: Language) -> Answered:
    """The office's own answer, beside what the text says if it says something."""
    cited = tuple(dict.fromkeys((*given.citations, *citations(kept))))
    if given.outcome == "answered" and given.awards == (kept.award,):
        return replace(given, text=both(given.text, kept, words), citations=cited, by_office=True)
    return replace(
        given, outcome="answered", awards=(kept.award,), text=told(kept, words),
        citations=citations(kept), suggestions=(), by_office=True,
    )  # fmt: skip


def _present(state: State) -> str | None:
    if state.screening is not None:
        award = state.screening.answers.get("award")
        return award if award in award_ids() else None
    award = state.asked.get("award")
    return award if award in award_ids() else None


def _told(state: State, text: str, given: Answered, now: datetime, house: House) -> Step:
    """An answer, and then what was being asked."""
    state = closed(state)
    words = language(given.locale)
    award = given.awards[0] if len(given.awards) == 1 else None
    handed = given.outcome in ("unanswered", "unsure")
    asked: Answers = {"award": award, "topic": given.topic}
    asked = {**asked, "question": text} if handed else asked
    if given.outcome == "unsure" and given.suggestions:
        topics = [each.topic for each in given.suggestions]
        state = replace(state, asked={**asked, _CHOOSING: topics})
        return state, (replace(prompt(state), tells=_tells(text, given)),)
    state = replace(state, asked=asked)
    actions = list(_actions(words, given, award))
    if handed:
        actions.append(_hand_over(words))
    reply = Reply(
        words.joined(given.text, _of_rounds(words, given, award, state, now, house)),
        actions=tuple(actions),
        citations=given.citations,
        tells=_tells(text, given) if text else None,
    )
    return state, (reply, current(state, now, house))


def _tells(text: str, given: Answered) -> Asked:
    """What is counted of a question."""
    return Asked(given.outcome, given.awards, given.topic, text, office=given.by_office)


def _actions(words: Language, given: Answered, award: str | None) -> list[Choice]:
    if given.topic is None or given.outcome not in ("answered", "which_jurisdiction"):
        return []
    if given.outcome == "which_jurisdiction":
        return [
            Choice(f"q:t:{given.topic}:{each}", words.say(load_award(each).spec.area))
            for each in given.awards
        ]
    return [Choice(f"q:a:{given.topic}:{award or '-'}", words.say(UNFOLD))]


def _hand_over(words: Language) -> Choice:
    return Choice("k:ask", words.say(HAND_OVER))


def _articles(words: Language, given: Answered) -> Reply:
    """The articles of an answer, in the words of the texts."""
    several = len({citation.award for citation in given.citations}) > 1
    lines = []
    for citation in given.citations:
        label = citation.label
        if several:
            label = words.joined(words.say(load_award(citation.award).spec.name), label)
        lines.append(words.say("{label}：“{quote}”", label=label, quote=citation.quote))
    text = "\n\n".join(lines) or words.say("没有可以引用的条文。")
    return Reply(text, citations=given.citations)


def _of_rounds(  # noqa: PLR0913, PLR0917 - what an answer about days is made of
    words: Language, given: Answered, award: str | None, state: State, now: datetime, house: House
) -> str:
    """What has been announced, where a question is about days: the texts set none."""
    if given.topic not in _DAYS or award is None:
        return ""
    found = standing(house.rounds, award, now)
    if not found:
        return words.say("现在还没有看到新一轮的申报通知。")
    return words.say(
        "已经发布的通知：{notice}，{opens}开始受理，{closes}截止。",
        notice=notice(words, found[0]),
        opens=moment(words, found[0].opens, state.timezone),
        closes=closing(words, found[0], state),
    )
