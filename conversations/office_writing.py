"""What an officer does while writing down an office answer or a canned answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations.menu import again
from conversations.model import (
    Choice,
    KeepAnswer,
    KeepCanned,
    RemoveCanned,
    Reply,
    State,
    WithdrawAnswer,
)
from conversations.office_form import ANSWER, FIELDS, PREVIEW, Form, Refused, read
from conversations.office_place import opened
from conversations.screening import noted

Step = tuple[State, tuple[Reply, ...]]


def turned(form: Form, page: str, remark: str = "", **answers: Any) -> Step:  # noqa: ANN401
    """Open a page."""
    return again(opened(form.state, page, **answers), form.now, remark, form.house)


def stale(form: Form) -> Step:
    """Say that a button is of no use any more."""
    remark = form.words.say("这个按钮已经用不上了，什么都没有改。")
    return again(form.state, form.now, remark, form.house)


def from_ticket(form: Form, number: str) -> Step:
    """Begin to keep a ticket's answer as an office answer."""
    ticket = next(
        (each for each in form.house.tickets
         if str(each.id) == number and each.award in form.house.officer_of), None
    )  # fmt: skip
    said_last = [each.text for each in ticket.entries if each.by == "officer"] if ticket else []
    if ticket is None or ticket.withdrawn or not said_last:
        return stale(form)
    draft: dict[str, Any] = {"kind": ANSWER, "award": ticket.award, "ticket": ticket.id}
    question = read(form, "questions", ticket.question)
    if not isinstance(question, Refused):
        draft["questions"] = question
    after, replies = begun(form, {**draft, "text": said_last[-1]})
    if "questions" not in draft:
        return after, replies
    remark = form.words.say("问题和答复已经填好，再补两项就行；最后会给您看一遍，都能改。")
    return after, (noted(replies[0], remark), *replies[1:])


def begun(form: Form, draft: Mapping[str, Any]) -> Step:
    """Begin to write, with what is known already."""
    only = min(form.house.officer_of) if len(form.house.officer_of) == 1 else None
    award = {"award": only} if only and "award" not in draft else {}
    return turned(form, "form", **{**draft, **award})


def of_form(form: Form, head: str, rest: str) -> Step:
    """A button of what is being written."""
    field, _, value = rest.partition(":")
    match head:
        case "drop":
            page = "a" if form.kind == ANSWER else "c"
            return turned(form, page, form.words.say("好，没有记。"))
        case "e" if rest in FIELDS[form.kind]:
            return _kept(form, {**form.draft, "editing": rest})
        case "d" if form.current == "until":
            return taken(form, "until", read(form, "until", rest))
        case "f" if field == form.current:
            return _picked(form, field, value)
        case "go" if form.current == PREVIEW:
            return _confirmed(form, rest)
    return stale(form)


def _picked(form: Form, field: str, value: str) -> Step:
    match field:
        case "award" if value in form.house.officer_of:
            return taken(form, field, value)
        case "provisions":
            return taken(form, field, [])
        case "until":
            return taken(form, field, "")
    return stale(form)


def taken(form: Form, field: str, value: object) -> Step:
    """Go on after an answer: to the next field, or to the same one if it was refused."""
    if isinstance(value, Refused):
        return again(form.state, form.now, value.reason, form.house)
    # Another text is an answer of today.
    gone = ("editing", "since") if field == "text" else ("editing",)
    draft = {name: each for name, each in form.draft.items() if name not in gone}
    return _kept(form, {**draft, field: value})


def _kept(form: Form, draft: Mapping[str, Any]) -> Step:
    return again(replace(form.state, draft=draft), form.now, "", form.house)


def _confirmed(form: Form, digest: str) -> Step:
    """Give the order; what is written is gone, so that a second tap gives no second one."""
    if digest != form.digest:
        changed = form.words.say("这个按钮是改之前的，还没有记下。")
        return again(form.state, form.now, changed, form.house)
    if form.problems():
        return stale(form)
    say = form.words.say
    if form.kind == ANSWER:
        done = say("记下了。再有人问同样的，就会看到这条答复。")
        return ordered(form, "a", done, KeepAnswer(form.answer(), form.draft.get("ticket")))
    return ordered(form, "c", say("存好了。答提问的时候可以用。"), KeepCanned(form.canned()))


def ordered(
    form: Form, page: str, done: str,
    order: KeepAnswer | WithdrawAnswer | KeepCanned | RemoveCanned,
) -> Step:  # fmt: skip
    """Give an order; the list is a tap away, for it is not what it was."""
    say = form.words.say
    failed = say("没有改：同事刚改过这一条，或者您现在不是这个奖的工作人员。请看看现在的。")
    choices = (
        Choice(f"v:{page}", say("看全部答复") if page == "a" else say("看全部常用答复")),
        Choice("v:leave", say("回去")),
    )
    after = opened(form.state, page)
    return after, (Reply(done, f"office:{page}", choices, effect=order, otherwise=failed),)
