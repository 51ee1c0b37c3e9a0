"""What is picked on a page about dates: a setting, an answer of a flow, a length, a day."""

from collections.abc import Callable
from datetime import date, datetime

from conversations import aside, noting, plans, settings, waiting
from conversations.language import language
from conversations.lengths import parsed
from conversations.menu import again
from conversations.model import House, Reply, State
from conversations.zones import is_zone

Step = tuple[State, tuple[Reply, ...]]
Deal = Callable[[State, str, datetime, House], Step | None]
"""What a button does; ``None`` if it means nothing where it is pressed."""

_ASKED = {"lead": "leads", "hour": "hour", "zone": "zone", "quiet": "quiet"}


def _set(state: State, question: str, now: datetime, house: House) -> Step | None:
    if question and question not in settings.QUESTIONS:
        return None
    focus = f"set:{question}" if question else "set"
    return again(aside.opened(state, focus), now, "", house)


def _setting(state: State, head: str, value: str) -> tuple[State | None, str] | None:
    """A setting that was pressed; ``None`` if there is no such value."""
    if head == "lead" and value.isdecimal() and int(value) <= settings.LONGEST_LEAD:
        return settings.with_lead(state, int(value))
    if head == "hour" and value.isdecimal() and int(value) < 24:
        return settings.with_hour(state, int(value))
    if head == "zone" and is_zone(value):
        return settings.with_zone(state, value)
    start, _, end = value.partition("-")
    if head == "quiet" and start.isdecimal() and end.isdecimal() and max(int(start), int(end)) < 24:
        return settings.with_quiet(state, int(start), int(end))
    return None


def _change(head: str) -> Deal:
    def deal(state: State, value: str, now: datetime, house: House) -> Step | None:
        asked = f"date:set:{_ASKED[head]}"
        found = _setting(state, head, value) if state.focus == asked else None
        if found is None:
            return None
        after, remark = found
        if head == "lead":
            return again(after or state, now, "" if after else remark, house)
        return again(aside.opened(after or state, "set"), now, remark, house)

    return deal


def _answer(flow: str) -> Deal:
    """An answer of the flow of waiting or planning, if it is the one being asked."""

    def deal(state: State, value: str, now: datetime, house: House) -> Step | None:
        if state.focus != f"date:{flow}":
            return None
        found = (
            waiting.pick(state, value, now)
            if flow == "wait"
            else plans.pick(state, value, now, house)
        )
        if found is None:
            return None
        after, remark = found
        return again(after or state, now, remark, house)

    return deal


def _planned(state: State, now: datetime, house: House) -> bool:
    """Whether a plan is being shown."""
    return state.focus == "date:plan" and plans.question(state, now, house) == "found"


def _length(state: State, value: str, now: datetime, house: House) -> Step | None:
    step, _, kept = value.partition(":")
    if state.focus != "date:plan" or state.draft.get("step") != step or kept not in plans.LENGTHS:
        return None
    after, remark = plans.with_length(state, step, parsed(kept))
    return again(after, now, remark, house)


def _step(state: State, step: str, now: datetime, house: House) -> Step | None:
    """The length of a step is to be asked."""
    steps = plans.planned(state, now, house) if _planned(state, now, house) else ()
    if all(each.step.id != step for each in steps):
        return None
    return again(aside.answered(state, step=step), now, "", house)


def _closes(state: State, _: str, now: datetime, house: House) -> Step | None:
    """Another closing day is to be named."""
    if not _planned(state, now, house):
        return None
    return again(aside.without(aside.answered(state, closes="?"), "step"), now, "", house)


def _keep(state: State, _: str, now: datetime, house: House) -> Step | None:
    """The days of a plan are kept as dates of the user's own."""
    if not _planned(state, now, house):
        return None
    after = plans.noted(state, now, house)
    if after == state:
        return again(state, now, language(state.locale).say("这些日子都已经记着了。"), house)
    remark = language(state.locale).say("好，都记下了，到时候提醒您。")
    return again(aside.opened(after, "list"), now, remark, house)


def _picked(state: State, value: str, now: datetime, house: House) -> Step | None:
    """A day from the calendar, for a date of the user's own whose title is known."""
    title = state.draft.get("title")
    if state.focus != "date:own" or not title:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:  # a month or a year
        remark = language(state.locale).say(
            "没看懂是哪一天。要一个确切的日子，比如“2027年6月30日”。"
        )
        return again(state, now, remark, house)
    return noting.keep(state, day, title, now, house)


DEALS: dict[str, Deal] = {
    "set": _set,
    **{head: _change(head) for head in _ASKED},
    "wa": _answer("wait"),
    "pa": _answer("plan"),
    "len": _length,
    "step": _step,
    "closes": _closes,
    "keep": _keep,
    "day": _picked,
}
