"""The applicant's pages about dates: what is ahead, waiting periods, plans, settings, reminders.

Each page stands beside what was being asked (``aside``); once it is closed, that goes on.
Whatever a button does can be typed as well.
"""

from datetime import datetime

from conversations import ahead, aside, entering, noting, plans, settings, tapped, waiting
from conversations.language import language
from conversations.menu import again, current
from conversations.model import House, Reply, State

FOCUSES = aside.PREFIX
PAGES = frozenset({"deadlines", "remind", "waiting", "plan", "settings"})
# What "remind me" means where one of these is offered, in this order.
_OFFERED = ("n:e:", "n:w:", "n:f:")

Step = tuple[State, tuple[Reply, ...]]


def prompt(state: State, now: datetime, house: House) -> Reply:
    """The page that is open, or what is asked on it."""
    match _page(state):
        case ["wait"]:
            return waiting.prompt(state, now, house)
        case ["plan"]:
            return plans.prompt(state, now, house)
        case ["set"]:
            return settings.page(state)
        case ["set", question]:
            return settings.ask(state, question)
        case ["one"]:
            return ahead.one(state, now, house)
        case ["own"]:
            return noting.prompt(state)
        case ["which"]:
            return tapped.which(state, now, house)
    return ahead.page(state, now, house)


def page(state: State, name: str, argument: str, now: datetime, house: House) -> Step:
    """Open a page: one of ``PAGES``, perhaps with something said along with the command."""
    match name:
        case "remind":
            return _remind(state, argument, now, house)
        case "waiting":
            return again(entering.waiting_of(state, argument), now, "", house)
        case "plan":
            return again(entering.plan_of(state, argument), now, "", house)
        case "settings":
            return again(aside.opened(state, "set"), now, "", house)
    return again(aside.opened(state, "list"), now, "", house)


def said(state: State, text: str, now: datetime, house: House) -> Step:
    """Something was typed on an open page."""
    match _page(state):
        case ["wait"]:
            after, remark = waiting.take(state, text, now)
        case ["plan"]:
            after, remark = plans.take(state, text, now, house)
        case ["set"]:
            after, remark = settings.take_any(state, text)
        case ["set", question]:
            after, remark = settings.take(state, question, text)
            after = after and aside.opened(after, "set")
        case _:
            return noting.take(state, text, now, house)
    return again(after or state, now, remark, house)


def pressed(state: State, rest: str, now: datetime, house: House) -> Step:
    """A button ``n:…`` was pressed, perhaps an old one; ``rest`` is what follows ``n:``."""
    if rest == "back":
        return act(state, rest, now, house) or again(state, now, "", house)
    return tapped.pressed(state, rest, now, house)


def act(state: State, name: str, now: datetime, house: House) -> Step | None:
    """Do what 返回, 取消 and the like mean on an open page; ``None`` if it means nothing here."""
    say = language(state.locale).say
    if not aside.is_open(state):
        return None
    match name:
        case "back":
            return again(_before(state), now, "", house)
        case "cancel":
            return again(aside.closed(state), now, say("好，日期就看到这里。"), house)
        case "dont_know" if state.draft.get("step"):
            return again(aside.without(state, "step"), now, say("好，先不留。"), house)
        case "dont_know":
            remark = say("这里要有个答案才好往下算。先不弄了，就说“返回”。")
            return again(state, now, remark, house)
        case "why":
            return state, (Reply(_why(state)), current(state, now, house))
    return None


def _page(state: State) -> list[str]:
    return (state.focus or "").removeprefix(FOCUSES).split(":")


def _remind(state: State, argument: str, now: datetime, house: House) -> Step:
    """Keep a date that was said, or take the offer that stands; else show what is ahead."""
    if argument:
        return noting.take(state, argument, now, house)
    offered = [choice.token for choice in current(state, now, house).choices]
    for prefix in _OFFERED:
        token = next((token for token in offered if token.startswith(prefix)), None)
        if token is not None:
            return tapped.pressed(state, token.removeprefix("n:"), now, house)
    return again(aside.opened(state, "list"), now, "", house)


def _before(state: State) -> State:
    """The question before this one; before the first, what was asked before the page."""
    head, *rest = _page(state)
    if rest:
        return aside.opened(state, head)
    if head in ("one", "own", "set"):
        return aside.opened(state, "list")
    order = {"wait": waiting.ORDER, "plan": plans.ORDER}.get(head, ())
    given = [name for name in order if state.draft.get(name)]
    return aside.without(state, given[-1]) if given else aside.closed(state)


def _why(state: State) -> str:
    """Why the page asks what it asks."""
    say = language(state.locale).say
    match _page(state):
        case ["wait"]:
            return say("各个办法的间隔不一样，从哪天数起也不一样，所以要问这些。")
        case ["plan"]:
            return say("从截止日往前推，才知道每一步最晚哪天开始。工作日按国务院的放假安排数。")
    return say("您记着的日子，我会提前提醒。提前几天、几点，说“提醒设置”就能改。")
