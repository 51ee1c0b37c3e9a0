"""What an officer does: announce a round, correct or withdraw one, tell everybody who follows.

Nobody who is no officer learns that this exists: ``page`` and ``pressed`` give them ``otherwise``,
which is the answer to an unknown command or an old button. ``here`` says whether what is typed,
and 返回 or 取消 (``ACTIONS``, through ``page``), is meant for this flow.
"""

from dataclasses import replace
from datetime import datetime

from conversations import aside, round_asking, staff
from conversations.model import (
    Broadcast,
    Choice,
    Correct,
    Effect,
    House,
    Publish,
    Reply,
    State,
)
from conversations.round_answers import Refused, picked, read
from conversations.round_asking import MENU, page_of, title
from conversations.round_preview import told
from conversations.screening import noted
from conversations.writing import (
    ANNOUNCE,
    BROADCAST,
    CHANGE,
    FIELDS,
    PREVIEW,
    QUESTIONS,
    WITHDRAW,
    Writing,
    values_of,
)
from rules.messages import message

FOCUSES = "round:"
PAGES = frozenset({"rounds", "broadcast", "staff"})
ACTIONS = frozenset({"back", "cancel", "change", "continue", "dont_know", "why"})

HALF_WRITTEN = message("还有一份没写完的。先接着写，或者丢掉它。")

Step = tuple[State, tuple[Reply, ...]]


def here(state: State, house: House) -> bool:
    """Whether an officer is in the middle of this."""
    return bool(house.officer_of) and (state.focus or "").startswith(FOCUSES)


def prompt(state: State, now: datetime, house: House) -> Reply:
    """What is being asked of the officer, while they are ``here``."""
    return round_asking.prompt(Writing(state, now, house))


def said(state: State, text: str, now: datetime, house: House) -> Step:
    """The officer typed something, while they are ``here``."""
    seen = Writing(state, now, house)
    question = seen.current
    if question in (None, PREVIEW):
        return _again(seen, seen.say("没看懂。请选一项，或者照着选项的字说。"))
    return _taken(seen, question, read(seen, question, text))


def page(  # noqa: PLR0913, PLR0917 - a command has a name, an argument and somebody who gives it
    state: State, name: str, argument: str, now: datetime, house: House, otherwise: Reply
) -> Step:
    """A command was given: one of ``PAGES``, or while the officer is ``here`` of ``ACTIONS``.

    ``staff`` with a code makes somebody an officer; ``otherwise`` is what all others are told.
    """
    if name == "staff" and argument:
        return state, (staff.redeem(argument, state.locale, otherwise),)
    if not house.officer_of:
        return state, (otherwise,)
    seen = Writing(aside.closed(state), now, house)
    if name in ACTIONS:
        return _act(seen, name)
    if name == "broadcast":
        return _begin(seen, {"doing": BROADCAST})
    remark = staff.about(seen) if name == "staff" else ""
    return _open(seen, MENU, remark)


def _act(seen: Writing, name: str) -> Step:
    """Words that do something at every question; ``name`` is one of ``ACTIONS``."""
    match name:
        case "back":
            return _back(seen)
        case "cancel":
            return _cancel(seen)
        case "change" if seen.doing is not None:
            return _open(seen, "round:fields", "")
        case "continue" if seen.unfinished:
            return _open(seen, "round:draft", "")
        case "dont_know":
            return _again(seen, seen.say("不急，可以先停一停，问清楚了再接着写。"))
        case "why":
            return _again(seen, seen.say("写下的会告诉关注这个奖的人，提醒也按这些日子算。"))
    return _again(seen, "")


def pressed(state: State, rest: str, now: datetime, house: House, otherwise: Reply) -> Step:
    """A button ``o:…`` was pressed, perhaps an old one; ``rest`` is what follows ``o:``."""
    if not house.officer_of:
        return state, (otherwise,)
    seen = Writing(aside.closed(state), now, house)
    head, _, rest = rest.partition(":")
    match head:
        case "menu" | "list" | "of":
            return _open(seen, page_of(head, rest), "")
        case "new":
            return _begin(seen, {"doing": ANNOUNCE})
        case "say":
            return _begin(seen, {"doing": BROADCAST})
        case "resume" if seen.unfinished:
            return _go(seen, replace(seen.state, current=None, focus="round:draft"), "")
        case "drop":
            return _dropped(seen)
        case "c" | "w":
            return _change(seen, head, rest)
        case "fields" | "f" | "a" | "d" | "go" if seen.doing is not None:
            return _of_draft(seen, head, rest)
        case "back" if here(state, house):
            return _back(seen)
        case "cancel" if here(state, house):
            return _cancel(seen)
    return _stale(seen)


def _again(seen: Writing, remark: str) -> Step:
    return seen.state, (noted(round_asking.prompt(seen), remark),)


def _go(seen: Writing, state: State, remark: str) -> Step:
    return _again(replace(seen, state=state), remark)


def _open(seen: Writing, focus: str, remark: str) -> Step:
    return _go(seen, replace(seen.state, current=None, focus=focus), remark)


def _stale(seen: Writing) -> Step:
    remark = seen.say("这个按钮已经用不上了，什么都没有改。")
    if (seen.state.focus or "").startswith(FOCUSES):
        return _again(seen, remark)
    return _open(seen, MENU, remark)


def _dropped(seen: Writing) -> Step:
    """What was being written is given up."""
    if seen.doing == WITHDRAW:
        remark = seen.say("好，不撤回，什么都没有改。")
    else:
        remark = seen.say("好，没写完的丢掉了。") if seen.unfinished else ""
    return _open(replace(seen, state=replace(seen.state, draft={})), MENU, remark)


def _begin(seen: Writing, draft: dict[str, object]) -> Step:
    """Begin to write something, unless something else is half written."""
    if seen.unfinished and seen.doing != draft["doing"]:
        return _open(seen, MENU, seen.say(HALF_WRITTEN))
    if seen.unfinished:
        return _open(seen, "round:draft", seen.say("接着写上次没写完的。"))
    if len(seen.house.officer_of) == 1 and draft["doing"] in (ANNOUNCE, BROADCAST):
        draft = {**draft, "award": min(seen.house.officer_of)}
    return _go(seen, replace(seen.state, current=None, focus="round:draft", draft=draft), "")


def _change(seen: Writing, head: str, rest: str) -> Step:
    """Begin to change a field of a published round, or to withdraw it."""
    number, _, field = rest.partition(":")
    found = seen.published(number)
    if found is None or found.withdrawn or (head == "c" and field not in FIELDS):
        return _stale(seen)
    doing = CHANGE if head == "c" else WITHDRAW
    draft = {"doing": doing, "id": found.id, "version": found.version}
    if seen.unfinished and (seen.doing, seen.old) != (doing, found):
        return _open(seen, MENU, seen.say(HALF_WRITTEN))
    if head == "w":
        state = replace(seen.state, current=None, focus="round:draft", draft=draft)
        return _go(seen, state, "")
    return _asked(replace(seen, state=_kept(seen, draft)), field)


def _kept(seen: Writing, draft: dict[str, object]) -> State:
    """The same with this draft, or what was already written of it."""
    same = all(seen.draft.get(key) == value for key, value in draft.items())
    return replace(seen.state, current=None, draft=seen.draft if same else draft)


def _asked(seen: Writing, question: str) -> Step:
    """Ask a question of the draft out of turn."""
    draft = dict(seen.draft)
    if question == "milestones":
        old = values_of(seen.old, seen.zone)["milestones"] if seen.old else []
        draft = {**draft, "milestones": draft.get("milestones", old), "milestones_done": False}
    state = replace(seen.state, focus=f"round:draft:{question}", draft=draft)
    return _go(seen, state, "")


def _of_draft(seen: Writing, head: str, rest: str) -> Step:
    """A button of what is being written."""
    if head == "fields":
        return _open(seen, "round:fields", "")
    if head == "f":
        known = rest in QUESTIONS[str(seen.doing)] and rest in seen.answered
        return _asked(seen, rest) if known else _stale(seen)
    if head == "go":
        return _confirmed(seen) if rest == seen.digest else _changed_since(seen)
    question, _, value = rest.partition(":")
    if question != seen.current or not seen.focus.startswith("round:draft"):
        return _old(seen, question, value)
    return _taken(seen, question, picked(seen, question, value))


def _old(seen: Writing, question: str, value: str) -> Step:
    """A button of another question: pressed twice it says nothing, else that nothing changed."""
    answered = question in seen.answered and str(seen.value(question)) == value
    if answered and (seen.state.focus or "").startswith(FOCUSES):
        return _again(seen, "")
    return _stale(seen)


def _taken(seen: Writing, question: str, answer: dict[str, object] | Refused) -> Step:
    """Go on after an answer: to the next question, or to the same one if it was refused."""
    if isinstance(answer, Refused):
        return _again(seen, answer.reason)
    state = replace(seen.state, draft={**seen.draft, **answer})
    after = replace(seen, state=state)
    reason = after.wrong(question)
    if reason:
        return _again(seen, reason)
    focus = f"round:draft:{question}" if not after.settled(question) else "round:draft"
    after = replace(seen, state=replace(state, focus=focus))
    echo = "" if question == "text" else told(after, question).rstrip("。.")
    remark = seen.say("记下了：{what}——{answer}。", what=title(seen, question), answer=echo)
    return _again(after, remark if echo and after.settled(question) else "")


def _back(seen: Writing) -> Step:
    """The question before this one; before the first one, the page from which it began."""
    if seen.current is None:
        return _open(seen, MENU, "")
    before = seen.before
    if before is not None:
        return _asked(seen, before)
    focus = MENU if seen.old is None else page_of("of", str(seen.old.id))
    return _open(seen, focus, "")


def _cancel(seen: Writing) -> Step:
    """Stop; what is written is kept."""
    remark = seen.say("好，先停在这里。要用的时候打 /rounds。")
    if seen.unfinished:
        remark = seen.say("好，先停在这里。写好的都留着，打 /rounds 可以接着写。")
    if seen.current is not None:
        return _open(seen, MENU, remark)
    state = replace(seen.state, focus=None)
    return state, (Reply(remark, choices=(Choice("m:menu", seen.say("回到菜单")),)),)


def _changed_since(seen: Writing) -> Step:
    if seen.current != PREVIEW:
        return _stale(seen)
    return _again(seen, seen.say("这个按钮是改之前的那一份，还没有发出去。请看过现在的再确认。"))


def _confirmed(seen: Writing) -> Step:
    """Give the order; what is written is gone, so that a second tap gives no second order."""
    if seen.current != PREVIEW:
        return _stale(seen)
    say = seen.say
    effect: Effect
    if seen.doing == BROADCAST:
        effect = Broadcast(seen.award, str(seen.value("text")))
        done = say("好，正在发给关注{award}的人。发完了告诉您结果。", award=seen.award_name)
        failed = say("没有发出去：您现在不是这个奖的工作人员。")
    elif seen.doing == ANNOUNCE:
        effect = Publish(seen.round())
        done = say("发布了。关注{award}的人马上会收到通知。", award=seen.award_name)
        failed = say("没有发布：可能别人刚发布了同一年度的通知。打 /rounds 看一看现在的。")
    else:
        effect = Correct(seen.round())
        done = say("撤回了。关注{award}的人会收到通知，提醒也都停了。", award=seen.award_name)
        if seen.doing == CHANGE:
            done = say("改好了。关注{award}的人会收到更正，写明原来和现在。", award=seen.award_name)
        failed = say("没有改：别人刚改过这一轮。打 /rounds 看一看现在的，再改。")
    state = replace(seen.state, focus=MENU, draft={})
    shown = round_asking.prompt(replace(seen, state=state))
    text = f"{done}\n\n{shown.text}"
    otherwise = f"{failed}\n\n{shown.text}"
    return state, (replace(shown, text=text, effect=effect, otherwise=otherwise),)
