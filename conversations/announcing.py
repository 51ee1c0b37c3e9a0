"""What the followers of an award are told: a round, a correction, a word of its office."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from conversations.dated import office_zone
from conversations.datelines import award_name, closing, left, moment, today, weekday
from conversations.language import Language, language
from conversations.model import Choice, Reply, State
from conversations.prospects import notice
from rules.messages import message
from rules.rounds import Round

CHANGED = {
    "title": message("通知的名称"),
    "number": message("文号"),
    "year": message("年度"),
    "opens": message("开始受理"),
    "closes": message("申报截止"),
    "hand_in": message("要交的"),
    "where": message("交到"),
}


def announced(state: State, new: Round, old: Round | None, now: datetime) -> Reply:
    """A round was published, corrected (``old`` is what it was) or withdrawn."""
    words = language(state.locale)
    values = {"award": award_name(words, new.award), "year": words.year(new.year)}
    if new.withdrawn:
        lines = [
            words.say("{award}（{year}）的申报通知撤回了：{notice}。", **values,
                      notice=notice(words, old or new)),
            words.say("里面的日子都不算数了，也不会再按它提醒您。有了新的通知，再告诉您。"),
        ]  # fmt: skip
        return Reply("\n".join(lines), actions=tuple(_stop(words, state, new.award)))
    if old is None or old.withdrawn:
        lines = [
            words.say("{award}（{year}）的申报通知公布了：{notice}。", **values,
                      notice=notice(words, new)),
            *_published(words, state, new, now),
        ]  # fmt: skip
    else:
        lines = [
            words.say("{award}（{year}）的申报通知有更正：", **values),
            *_changes(words, state, new, old),
            _closes(words, state, new, now),
            words.say("通知：{notice}", notice=notice(words, new)),
        ]
    lines += dict.fromkeys(_fits(words, state, new))
    offers = (
        Choice(f"n:plan:{new.award}", words.say("看倒排时间表")),
        Choice("n:ics", words.say("全部存进日历")),
    )
    return Reply("\n".join(lines), actions=(*offers, *_stop(words, state, new.award)))


def broadcast(state: State, award: str, text: str) -> Reply:
    """Something that an award's office tells everybody who follows it, in its own words."""
    words = language(state.locale)
    lead = words.say("{award}的评审办公室请我转告：", award=award_name(words, award))
    return Reply(f"{lead}\n\n{text}", actions=tuple(_stop(words, state, award)))


def _published(words: Language, state: State, new: Round, now: datetime) -> Iterator[str]:
    opens = moment(words, new.opens, state.timezone)
    yield words.say("开始受理：{opens}", opens=opens)
    yield _closes(words, state, new, now)
    if new.hand_in:
        yield words.say("要交的：{what}", what=new.hand_in)
    if new.where:
        yield words.say("交到：{where}", where=new.where)
    for milestone in new.milestones:
        day = weekday(words, milestone.day)
        yield words.say("· {what}：{value}", what=milestone.title, value=day)


def _closes(words: Language, state: State, new: Round, now: datetime) -> str:
    day = new.closes.astimezone(ZoneInfo(state.timezone)).date()
    days = left(words, (day - today(state, now)).days)
    return words.say("申报截止：{closes}（{left}）", closes=closing(words, new, state), left=days)


def _changes(words: Language, state: State, new: Round, old: Round) -> Iterator[str]:
    """Each thing that changed, as it was and as it is."""
    before, after = _values(words, state, old), _values(words, state, new)
    for name, what in CHANGED.items():
        if before[name] != after[name]:
            yield _change(words, words.say(what), before[name], after[name])
    was, will = _milestones(words, old), _milestones(words, new)
    for title in dict.fromkeys((*was, *will)):
        if title not in will:
            yield words.say("· {what}：{old} → 取消了", what=title, old=was[title])
        elif title not in was:
            yield words.say("· 新增 {what}：{value}", what=title, value=will[title])
        elif was[title] != will[title]:
            yield _change(words, title, was[title], will[title])


def _values(words: Language, state: State, each: Round) -> dict[str, str]:
    return {
        "title": each.title,
        "number": each.number,
        "year": words.year(each.year),
        "opens": moment(words, each.opens, state.timezone),
        "closes": closing(words, each, state),
        "hand_in": each.hand_in,
        "where": each.where,
    }


def _milestones(words: Language, each: Round) -> dict[str, str]:
    days: dict[str, list[str]] = {}
    for milestone in each.milestones:
        days.setdefault(milestone.title, []).append(weekday(words, milestone.day))
    return {title: words.listed(found) for title, found in days.items()}


def _change(words: Language, what: str, before: str, after: str) -> str:
    nothing = words.say("（没有写）")
    return words.say("· {what}：{old} → {new}", what=what, old=before or nothing,
                     new=after or nothing)  # fmt: skip


def _fits(words: Language, state: State, new: Round) -> Iterator[str]:
    """Whether this round comes in time for the days that the user waits for."""
    closes = new.closes.astimezone(office_zone(new.award)).date()
    for watch in state.reminding.watches:
        if watch.award != new.award or watch.day is None or watch.kind == "own":
            continue
        day = words.day(watch.day)
        if watch.day <= closes:
            yield words.say("您等的那一天是{day}，在截止以前，赶得上这一轮。", day=day)
        else:
            yield words.say("您等的那一天是{day}，在截止以后，这一轮赶不上，要等下一轮。", day=day)


def _stop(words: Language, state: State, award: str) -> Iterator[Choice]:
    """To follow the award no more; or to begin with it, for who only waits for a day."""
    name = award_name(words, award)
    following = [watch for watch in state.reminding.watches if watch.award == award]
    rounds = [watch for watch in following if watch.kind == "rounds"]
    if rounds:
        yield Choice(f"n:stop:{rounds[0].id}", words.say("{award}的都不用提醒了", award=name))
    else:
        yield Choice(f"n:f:{award}", words.say("有{award}的通知就提醒我", award=name))
        for watch in following:
            yield Choice(f"n:stop:{watch.id}", words.say("不用提醒了"))
