"""Dates of the user's own: asked for, taken, kept."""

from datetime import date, datetime

from conversations import aside, datelines, settings
from conversations.following import MOST, watched
from conversations.language import language
from conversations.menu import again
from conversations.model import House, Reply, State
from conversations.own_dates import read_own_date
from conversations.reminding import Watch

Step = tuple[State, tuple[Reply, ...]]


def prompt(state: State) -> Reply:
    """Ask for a date of the user's own, or for its day."""
    words, title = language(state.locale), state.draft.get("title")
    if title:
        text = words.say("“{title}”是哪一天？比如“3月15日”“下周五”。", title=title)
    else:
        text = words.say("要记哪一天、什么事？一句话就行，比如“3月15日 内审”。")
    token = "n:day" if title else None
    return Reply(text, "date:own", (), datelines.ways_out(words), day_token=token)


def take(state: State, text: str, now: datetime, house: House) -> Step:
    """Keep the date that a line names, or ask for what is missing of it."""
    words = language(state.locale)
    day, title = read_own_date(text, datelines.today(state, now))
    known = str(state.draft.get("title", "")) if state.focus == "date:own" else ""
    if day is not None and (title or known):
        return keep(state, day, known or title, now, house)
    if day is not None:
        remark = words.say(
            "{day}有什么事？请连日子一起说，比如“3月15日 内审”。", day=words.day(day)
        )
        return again(aside.opened(state, "own"), now, remark, house)
    if known:
        return again(
            state, now, words.say("没看懂是哪一天。要一个确切的日子，比如“2027年6月30日”。"), house
        )
    if state.focus == "date:own" and title:
        return again(aside.opened(state, "own", title=title), now, "", house)
    if aside.is_open(state):
        remark = words.say("没看懂。可以点下面的一项，或者打一个日子和事情，比如“3月15日 内审”。")
        return again(state, now, remark, house)
    return again(aside.opened(state, "own", **({"title": title} if title else {})), now, "", house)


def keep(state: State, day: date, title: str, now: datetime, house: House) -> Step:
    """Keep a date of the user's own, unless it lies in the past or is kept already."""
    words = language(state.locale)
    if day < datelines.today(state, now):
        remark = words.say("{day}已经过去了。请说一个还没到的日子。", day=words.day(day))
        return again(aside.opened(state, "own", title=title), now, remark, house)
    listed = aside.opened(state, "list") if aside.is_open(state) else state
    if any(w.kind == "own" and (w.day, w.title) == (day, title) for w in state.reminding.watches):
        return again(listed, now, words.say("这个日子已经记着了。"), house)
    if len(state.reminding.watches) >= MOST:
        remark = words.say("已经记了{count}个。请先停掉用不着的。", count=MOST)
        return again(aside.opened(state, "list"), now, remark, house)
    remark = words.say(
        "记下了：{day} {title}。{leads}会提醒您。",
        day=datelines.weekday(words, day),
        title=title,
        leads=settings.leads(words, state.reminding.leads),
    )
    after = watched(listed, Watch(0, "own", now, day=day, title=title))
    return again(after, now, remark, house)
