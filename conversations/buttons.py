"""What a button of a screening does, whenever it was shown: an old one changes nothing silently."""

import re
from dataclasses import replace
from datetime import datetime

from conversations.asking import ask
from conversations.language import language
from conversations.model import HOUSE, Choice, House, Screening, State
from conversations.screening import Step, act, focus, noted, prompt, shown, taken
from conversations.shown import told
from conversations.taken import Refused, Taken
from conversations.taking import take_choice, take_text
from conversations.view import View, look, title
from conversations.why import why
from rules.periods import parse_interval

# What a token begins with, before the screening's number.
KINDS = ANSWER, DAY, ACTION, CHANGE = "a", "d", "x", "c"
_DETAIL = re.compile(r"(?P<index>\d{1,3})\.(?P<attribute>date|severity|deaths|level)", re.ASCII)
_DAY = re.compile(r"[12]\d{3}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)


def pressed(  # noqa: PLR0913, PLR0917 - a button's parts, and where and when it is pressed
    state: State, owner: Screening, kind: str, rest: str, now: datetime, house: House = HOUSE
) -> Step:
    """A button of screening ``owner`` was pressed, perhaps an old one."""
    say = language(state.locale).say
    if owner.id != state.current:
        state = replace(state, current=owner.id, focus=None)
        replies = shown(look(state, now, house))
        remark = say("这个按钮是另一份自查的，已经为您打开那一份，回答没有变。")
        return state, (noted(replies[0], remark), *replies[1:])
    seen = look(state, now, house)
    if kind == CHANGE:
        return focus(seen, rest)
    if kind == ACTION:
        name, _, question = rest.partition(":")
        if name == "why" and question:
            return state, (why(seen, question), prompt(seen))
        return act(seen, name)
    question, _, value = rest.rpartition(":")
    if question != seen.current:
        return _old(seen, kind, question, value)
    answer = _answer(seen, kind, question, value)
    return _stale(seen, question) if answer is None else taken(seen, question, answer)


def _answer(seen: View, kind: str, question: str, value: str) -> Taken | Refused | None:
    """What a button comes to at a question; ``None`` if the question has no such button."""
    asked = ask(seen, question)
    if kind == DAY:
        if asked.day_token is None or not _DAY.fullmatch(value):
            return None
        return take_text(seen, question, _as_typed(value))
    token = f"{ANSWER}{seen.screening.id}:{question}:{value}"
    if all(choice.token != token for choice in (*asked.choices, *asked.actions)):
        return None
    return take_choice(seen, question, value)


def _as_typed(day: str) -> str:
    """A picked day, month or year as somebody would type it, whatever their language."""
    try:
        return language("zh_Hans").interval(parse_interval(day))
    except ValueError:
        return day


def _old(seen: View, kind: str, question: str, value: str) -> Step:
    """A button of another question: pressed twice, it says again what was answered."""
    if _is_answered(seen, question):
        answer = _answer(seen, kind, question, value)
        if isinstance(answer, Taken) and answer.screening.answers == seen.screening.answers:
            return seen.state, (prompt(seen),)
    return _stale(seen, question)


def _is_answered(seen: View, question: str) -> bool:
    """Whether a question has an answer that stands, so that it could be asked again."""
    if question in seen.agenda.done:
        return True
    applicant = seen.agenda.applicant
    if applicant is None:
        return False
    fact, _, year = question.partition(".")
    if fact == "annual_results":
        results = applicant.answer(fact)
        return isinstance(results, dict) and year in results
    key, _, rest = question.partition("#")
    if key not in applicant.scope.slots:
        return False
    if rest == "more":
        return applicant.answer(question) is not None
    detail = _DETAIL.fullmatch(rest)
    entries = applicant.entries(key) or ()
    return (
        detail is not None
        and int(detail["index"]) < len(entries)
        and detail["attribute"] in entries[int(detail["index"])]
    )


def _stale(seen: View, question: str) -> Step:
    """A button of another question: say what it was about, offer to change it, change nothing."""
    say = seen.words.say
    known = question in seen.agenda.done
    answer = told(seen, question) if known else ""
    remark = say(
        "这个按钮是“{what}”那一题的，不是现在这一题，所以没有改动。", what=title(seen, question)
    )
    if answer:
        remark = seen.words.joined(remark, say("那一题现在的回答：{answer}。", answer=answer))
    now_asked = prompt(seen)
    offer = Choice(f"{CHANGE}{seen.screening.id}:{question}", say("改那一题"))
    actions = (offer, *now_asked.actions) if known else now_asked.actions
    return seen.state, (replace(noted(now_asked, remark), actions=actions),)
