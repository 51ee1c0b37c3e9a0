"""The screening flow: one question after another, with back, why, change and don't know."""

from dataclasses import replace

from conversations.agenda import SETUP
from conversations.asking import NOT_KNOWN, ask
from conversations.model import Choice, Reply, Screening, State
from conversations.result import after_result, articles, result
from conversations.shown import told
from conversations.taken import Refused, Taken
from conversations.taking import take_choice, take_text
from conversations.view import RESULT, View, look, title
from conversations.why import why
from rules.catalog import catalog

ACTIONS = frozenset({
    "back", "why", "result", "change", "day", "quick", "full", "articles", "continue",
    "dont_know",
})  # fmt: skip
CHANGE = "change"

Step = tuple[State, tuple[Reply, ...]]


def prompt(seen: View) -> Reply:
    """The question that is being asked, or the last part of the result."""
    return after_result(seen) if seen.current == RESULT else shown(seen)[-1]


def shown(seen: View) -> tuple[Reply, ...]:
    """All that is to be seen at this point: a question, the answers to change, or the result."""
    if seen.current == CHANGE:
        return (_changes(seen),)
    if seen.current == RESULT:
        return result(seen)
    return (ask(seen, seen.current),)


def takes_numbers(question: str | None) -> bool:
    """Whether a typed number is an answer in itself at this question, not a choice."""
    if question is None:
        return False
    spec = catalog().facts.get(question)
    return question.endswith(".deaths") or (spec is not None and spec.type == "count")


def understood(seen: View, text: str) -> Step | None:
    """Take a text as an answer to the present question, if it is one."""
    if seen.current in (RESULT, CHANGE):
        return None
    answer = take_text(seen, seen.current, text)
    return None if isinstance(answer, Refused) else taken(seen, seen.current, answer)


def said(seen: View, text: str) -> Step:
    """Something was typed in answer to the present question."""
    question = seen.current
    if question in (RESULT, CHANGE):
        remark = seen.words.say("没看懂。请选一项，或者照着选项的字说。")
        reply = prompt(seen)
        return seen.state, (
            replace(reply, text=remark) if question == RESULT else noted(reply, remark),
        )
    return taken(seen, question, take_text(seen, question, text))


def act(seen: View, name: str) -> Step:
    """Do something with the open screening; ``name`` is one of ``ACTIONS``."""
    state, say = seen.state, seen.words.say
    if name == "back":
        return _back(seen)
    if name == "why" and seen.current not in (RESULT, CHANGE):
        return state, (why(seen, seen.current), prompt(seen))
    if name == "dont_know":
        return _do_not_know(seen)
    if name in ("quick", "full"):
        changed = replace(_with(state, seen.screening.answered(mode=name)), focus=None)
        return changed, shown(look(changed, seen.now, seen.house))
    if name == "day":
        return focus(seen, "day")
    if seen.agenda.verdict is None:
        return state, (noted(prompt(seen), say("先答完这一题，再接着来。")),)
    if name == "articles":
        return state, (articles(seen), after_result(seen))
    if name == "result":
        return state, result(seen)
    if name == "why":
        return state, (prompt(seen),)
    changed = replace(state, focus=CHANGE if name == "change" else None)
    return changed, shown(look(changed, seen.now, seen.house))


def _with(state: State, screening: Screening) -> State:
    kept = tuple(screening if s.id == screening.id else s for s in state.screenings)
    return replace(state, screenings=kept)


def taken(seen: View, question: str, answer: Taken | Refused) -> Step:
    """Go on after an answer: to the next question, or to the same one if it was refused."""
    if isinstance(answer, Refused):
        return seen.state, (noted(ask(seen, question), answer.reason),)
    state = _with(seen.state, answer.screening)
    settled = not answer.more and not _still_vague(answer.screening, question)
    state = replace(state, focus=None if settled else seen.state.focus)
    after = look(state, seen.now, seen.house)
    replies = shown(after)
    if answer.more:
        return state, replies
    remark = answer.remark or _echo(after, question)
    return state, (noted(replies[0], remark), *replies[1:])


def noted(reply: Reply, remark: str) -> Reply:
    """The same message with a remark before it."""
    return replace(reply, text=f"{remark}\n\n{reply.text}") if remark else reply


def focus(seen: View, question: str) -> Step:
    """Ask a question out of turn: one that was answered, or one that is open."""
    if question not in (*seen.agenda.done, *seen.agenda.open, "day"):
        return seen.state, (noted(prompt(seen), seen.words.say("那一题现在用不着回答。")),)
    state = replace(seen.state, focus=question)
    return state, shown(look(state, seen.now, seen.house))


def _still_vague(screening: Screening, question: str) -> bool:
    return question == "day" and str(screening.answers.get("day", "")).startswith("[")


def _echo(seen: View, question: str) -> str:
    answer = told(seen, question)
    if not answer:
        return ""
    return seen.words.say("记下了：{what}——{answer}。", what=title(seen, question), answer=answer)


def _back(seen: View) -> Step:
    done = seen.agenda.done
    place = done.index(seen.current) if seen.current in done else len(done)
    if place == 0:
        return seen.state, (noted(prompt(seen), seen.words.say("这已经是第一题了。")),)
    return focus(seen, done[place - 1])


def _do_not_know(seen: View) -> Step:
    question = seen.current
    if question in (RESULT, CHANGE):
        return seen.state, shown(seen)
    if question in SETUP:
        remark = seen.words.say("这一题要先定下来，才好往下问。")
        return seen.state, (noted(ask(seen, question), remark),)
    return taken(seen, question, take_choice(seen, question, NOT_KNOWN))


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
