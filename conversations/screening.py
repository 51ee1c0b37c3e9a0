"""The screening flow: one question after another, with back, why, change and don't know."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from conversations.agenda import SETUP
from conversations.asking import NOT_KNOWN, ask
from conversations.language import language
from conversations.model import Choice, Reply, Screening, State
from conversations.result import articles, result
from conversations.shown import told
from conversations.taken import Refused, Taken
from conversations.taking import take_choice, take_text
from conversations.view import RESULT, View, title, view
from conversations.why import why
from rules.catalog import catalog

ACTIONS = frozenset({
    "back", "why", "result", "change", "day", "quick", "full", "articles", "continue",
    "dont_know",
})  # fmt: skip
CHANGE = "change"

Step = tuple[State, tuple[Reply, ...]]


def prompt(state: State, now: datetime) -> Reply:
    """The question that is being asked, or the last part of the result."""
    return shown_view(_seen(state, now))[-1]


def shown(state: State, now: datetime) -> tuple[Reply, ...]:
    """All that is to be seen at this point: a question, or a result."""
    return shown_view(_seen(state, now))


def shown_view(seen: View) -> tuple[Reply, ...]:
    """A question, the list of answers to change, or the result."""
    if seen.current == CHANGE:
        return (_changes(seen),)
    if seen.current == RESULT:
        return result(seen)
    return (ask(seen, seen.current),)


def current_or(state: State, otherwise: Callable[[State, datetime], Reply], now: datetime) -> Reply:
    """The present question of the open screening, or another page where none is open."""
    return prompt(state, now) if state.screening is not None else otherwise(state, now)


def takes_numbers(question: str | None) -> bool:
    """Whether a typed number is an answer in itself at this question, not a choice."""
    if question is None:
        return False
    spec = catalog().facts.get(question)
    return question.endswith(".deaths") or (spec is not None and spec.type == "count")


def said(state: State, text: str, now: datetime) -> Step:
    """Something was typed in answer to the present question."""
    seen = _seen(state, now)
    question = seen.current
    if question in (RESULT, CHANGE):
        remark = seen.words.say("没看懂。请打选项前面的数字，或者照着选项说。")
        reply = shown_view(seen)[-1]
        return state, (
            replace(reply, text=remark) if question == RESULT else _noted(reply, remark),
        )
    return _taken(seen, question, take_text(seen, question, text))


def pressed(state: State, owner: Screening, kind: str, rest: str, now: datetime) -> Step:
    """A button of screening ``owner`` was pressed, perhaps an old one."""
    say = language(state.locale).say
    if owner.id != state.current:
        state = replace(state, current=owner.id, focus=None)
        replies = shown(state, now)
        remark = say("这个按钮是另一份自查的，已经为您打开那一份，回答没有变。")
        return state, (_noted(replies[0], remark), *replies[1:])
    seen = _seen(state, now)
    if kind == "c":
        return _focus(seen, rest)
    if kind == "x":
        name, _, question = rest.partition(":")
        if name == "why" and question:
            return state, (why(seen, question), *shown_view(seen)[-1:])
        return act(state, name, now)
    question, _, value = rest.rpartition(":")
    if question != seen.current:
        return _stale(seen, question)
    if not _is_choice(seen, question, f"a{owner.id}:{rest}"):
        return _stale(seen, question)
    return _taken(seen, question, take_choice(seen, question, value))


def act(state: State, name: str, now: datetime) -> Step:
    """Do something with the open screening; ``name`` is one of ``ACTIONS``."""
    seen = _seen(state, now)
    say = seen.words.say
    if name == "back":
        return _back(seen)
    if name == "why" and seen.current not in (RESULT, CHANGE):
        return state, (why(seen, seen.current), *shown_view(seen)[-1:])
    if name == "dont_know":
        return _do_not_know(seen)
    if name in ("quick", "full"):
        changed = replace(_with(state, seen.screening.answered(mode=name)), focus=None)
        return changed, shown(changed, now)
    if name == "day":
        return _focus(seen, "day")
    if seen.agenda.verdict is None:
        return state, (_noted(shown_view(seen)[-1], say("先答完这一题，再接着来。")),)
    if name == "articles":
        return state, (articles(seen), result(seen)[-1])
    if name == "change":
        changed = replace(state, focus=CHANGE)
        return changed, shown(changed, now)
    if name == "result":
        return state, result(seen)
    if name == "why":
        return state, shown_view(seen)[-1:]
    cleared = replace(state, focus=None)
    return cleared, shown(cleared, now)


def _seen(state: State, now: datetime) -> View:
    screening = state.screening
    if screening is None:
        raise ValueError("no screening is open")
    return view(state, screening, now)


def _with(state: State, screening: Screening) -> State:
    kept = tuple(screening if s.id == screening.id else s for s in state.screenings)
    return replace(state, screenings=kept)


def _taken(seen: View, question: str, taken: Taken | Refused) -> Step:
    if isinstance(taken, Refused):
        return seen.state, (_noted(ask(seen, question), taken.reason),)
    state = _with(seen.state, taken.screening)
    settled = not taken.more and not _still_vague(taken.screening, question)
    state = replace(state, focus=None if settled else seen.state.focus)
    after = _seen(state, seen.now)
    replies = shown_view(after)
    if taken.more:
        return state, replies
    remark = taken.remark or _echo(after, question)
    return state, (_noted(replies[0], remark), *replies[1:])


def _still_vague(screening: Screening, question: str) -> bool:
    return question == "day" and str(screening.answers.get("day", "")).startswith("[")


def _echo(seen: View, question: str) -> str:
    answer = told(seen, question)
    if not answer:
        return ""
    return seen.words.say("记下了：{what}——{answer}。", what=title(seen, question), answer=answer)


def _noted(reply: Reply, remark: str) -> Reply:
    return replace(reply, text=f"{remark}\n\n{reply.text}") if remark else reply


def _is_choice(seen: View, question: str, token: str) -> bool:
    asked = ask(seen, question)
    known = {choice.token for choice in (*asked.choices, *asked.actions)}
    return token in known


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
    now_asked = shown_view(seen)[-1]
    offer = Choice(f"c{seen.screening.id}:{question}", say("改那一题"))
    actions = (offer, *now_asked.actions) if known else now_asked.actions
    return seen.state, (replace(_noted(now_asked, remark), actions=actions),)


def _focus(seen: View, question: str) -> Step:
    """Ask a question out of turn: one that was answered, or one that is open."""
    if question not in (*seen.agenda.done, *seen.agenda.open, "day"):
        reply = shown_view(seen)[-1]
        return seen.state, (_noted(reply, seen.words.say("那一题现在用不着回答。")),)
    state = replace(seen.state, focus=question)
    return state, shown(state, seen.now)


def _back(seen: View) -> Step:
    done = seen.agenda.done
    place = done.index(seen.current) if seen.current in done else len(done)
    if place == 0:
        reply = shown_view(seen)[-1]
        return seen.state, (_noted(reply, seen.words.say("这已经是第一题了。")),)
    return _focus(seen, done[place - 1])


def _do_not_know(seen: View) -> Step:
    question = seen.current
    if question in (RESULT, CHANGE):
        return seen.state, shown_view(seen)
    if question in SETUP:
        remark = seen.words.say("这一题要先定下来，才好往下问。")
        return seen.state, (_noted(ask(seen, question), remark),)
    return _taken(seen, question, take_choice(seen, question, NOT_KNOWN))


def _changes(seen: View) -> Reply:
    say = seen.words.say
    choices = tuple(
        Choice(
            f"c{seen.screening.id}:{question}",
            say("{title}：{answer}", title=title(seen, question), answer=told(seen, question)),
        )
        for question in seen.agenda.done
        if question != "award"
    )
    done = Choice(f"x{seen.screening.id}:continue", say("不改了"))
    return Reply(say("想改哪一项？"), CHANGE, (*choices, done))
