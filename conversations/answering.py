"""Questions in the middle of a conversation: answered, and then it goes on where it was.

A text is a question if it is no answer to what is being asked; where it could be both, it is one
only if it asks in so many words and the regulations have an answer.
"""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations import questions
from conversations.citing import articles, basis, cited
from conversations.commands import command_of
from conversations.dates import read_when
from conversations.follow_ups import followed
from conversations.language import Language, language
from conversations.menu import MENUS, again, begins, current, shortened
from conversations.model import (
    Answers,
    Choice,
    Command,
    Event,
    House,
    Pressed,
    Reply,
    Said,
    State,
)
from conversations.naming import named
from conversations.office_answers import OfficeAnswer, matching
from conversations.office_checks import citations
from conversations.office_words import both, told
from conversations.prospects import announced
from conversations.questions import Answered
from conversations.tells import Asked
from conversations.text import NotUnderstood
from conversations.yes_no import read_yes_no
from knowledge.fold import fold
from knowledge.load import awards as award_ids
from rules.load import load_award
from rules.messages import message

ASKED = "asked"
"""The id of the question which of several was meant."""

# The words of the last question: of one that could not be answered, and of one that was.
_WORDS = frozenset({"question", "said"})
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
# A figure, a day, or somebody telling how it is with them: 对，没断过; 不是非营利的.
_LIKE_AN_ANSWER = re.compile(
    r"[\d一二两三四五六七八九十年月日天号]|^(?:对|是|不|没|有|嗯|好|行|都|我们?)|[过了没]|不是|的$"
)
_LONG = 6
# Around a place that is the whole of a text: 那吉安呢？
_AROUND = re.compile(r"^那么?|[呢吗?？\s]+$")
_NONE_OF_THEM = ("都不是", "都不对", "不是这些", "不是这个", "none of these", "none of them")
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
    if not state.asked.keys() & _WORDS or isinstance(event, Pressed):
        return state
    if isinstance(event, Said) and worded(state, event.text):
        return state
    if isinstance(event, Command) and event.name.strip().lower() == "ask":
        return state
    if is_open(state):
        return state  # 都不是 may be next, and then they are handed over
    return replace(state, asked={k: v for k, v in state.asked.items() if k not in _WORDS})


def left(state: State) -> State:
    """The same once something else was said where it was asked which of several was meant."""
    if not is_open(state):
        return state
    return replace(state, asked={k: v for k, v in closed(state).asked.items() if k not in _WORDS})


def tried(state: State, text: str, now: datetime, house: House) -> Step | None:
    """Answer a text that could be something else too, if the regulations have an answer to it."""
    given = _ask(state, text, now, house)
    if given.outcome not in ("answered", "which_jurisdiction"):
        return None
    return _told(state, text, given, now, house)


def said(state: State, text: str, now: datetime, house: House) -> Step | None:
    """Answer a text that is nothing else; ``None`` if it is no question either."""
    # Where a question is open that is an answer that was not understood.
    if state.screening is not None and not asks(text) and _LIKE_AN_ANSWER.search(text):
        return None
    if not asks(text) and _answers_something(text, now):
        return None
    place = state.screening is None and begins(_AROUND.sub("", text.strip()))
    if place and not state.asked.get("topic"):
        return None
    given = _ask(state, text, now, house)
    if given.outcome == "unanswered" and given.topic is None and not asks(text):
        return None
    if given.outcome == "unsure" and not asks(text) and len(fold(text)) < _LONG:
        return None
    return _told(state, text, given, now, house)


def _answers_something(text: str, now: datetime) -> bool:
    """Whether a text is an answer to whatever was asked: a yes or no, a day."""
    if read_yes_no(text) is not None or fold(text) in _NONE_OF_THEM:
        return True
    return not isinstance(read_when(text, now.date()), NotUnderstood)


def pressed(state: State, rest: str, now: datetime, house: House) -> Step:
    """A button ``q:…``: a topic (``t:prize:jian``), its articles (``a:prize:jian``), ``none``."""
    kind, _, what = rest.partition(":")
    topic, _, award = what.partition(":")
    state = closed(state)
    words = language(state.locale)
    if kind == "none":
        text = words.say("那请换个说法再问一次，或者转给工作人员。")
        reply = Reply(text, actions=(_hand_over(words), *_way_out(state, now, house)))
        return state, (reply, *_onwards(state, now, house))
    if award not in (*award_ids(), "-") or not questions.known(topic):
        return again(state, now, words.say("这个按钮已经用不上了。"), house)
    given = questions.about(topic, None if award == "-" else award, state.locale)
    if kind == "a":
        shown = cited(state, topic, award) or given.citations
        return state, (articles(words, shown), *_onwards(state, now, house))
    return _told(state, "", given, now, house)


def worded(state: State, text: str) -> str | None:
    """The button of the last answer whose words were typed."""
    words, typed = language(state.locale), fold(text)
    topic, award = state.asked.get("topic"), state.asked.get("award") or "-"
    if topic and typed in (fold(words.say(UNFOLD)), *_UNFOLDS):
        return f"q:a:{topic}:{award}"
    if typed == fold(words.say(HAND_OVER)) or command_of(text) == "ask":
        if state.asked.get("question"):
            return "k:ask"
        # What was answered goes to the office only if that is what is said: 转给工作人员.
        if state.asked.get("said") and typed.startswith(("转", "pass")):
            return "k:ask:it"
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
    of_another = followed(state.asked, text, names, locale)
    if of_another is not None:
        return of_another
    today = now.astimezone(zone).date()
    given = questions.ask(text, award, today, locale)
    if not house.office_answers:
        return given
    awards = names.awards or ((award,) if award else ())
    found = matching(names.rest, awards, house.office_answers, today)
    return given if found is None else _of_office(given, found[0], language(locale))


def _of_office(given: Answered, kept: OfficeAnswer, words: Language) -> Answered:
    """The office's own answer, beside what the text says if it says something."""
    named = tuple(dict.fromkeys((*given.citations, *citations(kept))))
    if given.outcome == "answered" and given.awards == (kept.award,):
        return replace(given, text=both(given.text, kept, words), citations=named, by_office=True)
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
    whole = text
    if text and given.topic and followed(state.asked, text, named(text), given.locale):
        # To the office 那吉安呢 alone says nothing.
        whole = words.say("{title}：{answer}", title=questions.title(given.topic, words),
                          answer=text)  # fmt: skip
    asked = {**asked, "question" if handed else "said": whole} if text else asked
    if given.outcome == "unsure" and given.suggestions:
        topics = [each.topic for each in given.suggestions]
        state = replace(state, asked={**asked, _CHOOSING: topics})
        return state, (replace(prompt(state), tells=_tells(text, given)),)
    kept = dict.fromkeys(f"{each.award}:{each.provision}" for each in given.citations)
    state = replace(state, asked={**asked, "cited": list(kept)} if kept else asked)
    actions = list(_actions(words, given, award))
    if handed:
        actions.append(_hand_over(words))
    sources, quoted = basis(words, given)
    dated = award if given.topic in _DAYS else None
    rounds = announced(words, state, house, dated, now) if dated else ""
    reply = Reply(
        "\n".join(part for part in (given.text, sources, rounds) if part),
        actions=(*actions, *_way_out(state, now, house)),
        citations=quoted,
        tells=_tells(text, given) if text else None,
    )
    return state, (reply, *_onwards(state, now, house))


def _onwards(state: State, now: datetime, house: House) -> tuple[Reply, ...]:
    """What was being asked, put again in short; the menu is not: it stands above."""
    asked = current(state, now, house)
    if asked.question in MENUS:
        return ()
    return (shortened(state, asked),)


def _way_out(state: State, now: datetime, house: House) -> tuple[Choice, ...]:
    """The way back to the menu, where nothing else is asked."""
    if current(state, now, house).question not in MENUS:
        return ()
    return (Choice("m:menu", language(state.locale).say("回到菜单")),)


def _tells(text: str, given: Answered) -> Asked:
    """What is counted of a question."""
    return Asked(given.outcome, given.awards, given.topic, text, office=given.by_office)


def _actions(words: Language, given: Answered, award: str | None) -> list[Choice]:
    if given.topic is None or given.outcome not in ("answered", "which_jurisdiction"):
        return []
    if given.outcome == "which_jurisdiction":
        areas = [
            Choice(f"q:t:{given.topic}:{each}", words.say(load_award(each).spec.area))
            for each in given.awards
        ]
        return [*areas, Choice(f"q:a:{given.topic}:-", words.say(UNFOLD))]
    return [Choice(f"q:a:{given.topic}:{award or '-'}", words.say(UNFOLD))]


def _hand_over(words: Language) -> Choice:
    return Choice("k:ask", words.say(HAND_OVER))
