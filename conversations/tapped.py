"""What a button of a reminder or of a page about dates does, whenever it was shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from conversations import ahead, aside, datelines, entering, picking, wishing
from conversations.dated import Dated, dates
from conversations.due import waking
from conversations.following import stopped
from conversations.ics import calendar
from conversations.language import Language, language
from conversations.menu import again, begin, current
from conversations.model import Choice, House, Reply, State
from conversations.picking import Deal
from conversations.reminding import Snooze
from knowledge.fold import fold
from knowledge.load import awards as award_ids
from rules.messages import message

Step = tuple[State, tuple[Reply, ...]]
# What the buttons of a reminder say, and other words for it.
WORDS = {
    "done": (message("办完了"), "办好了", "做完了", "搞定了", "it's done"),
    "1h": (message("一小时后再提醒"), "过一小时再提醒", "一个小时后再提醒", "一小时后", "snooze"),
    "1d": (message("明天再提醒"), "明天再说", "remind me tomorrow"),
    "3d": (message("三天后再提醒"), "三天后再说", "过三天再提醒"),
    "stop": (message("不用提醒了"), "不用再提醒了", "别提醒了", "别再提醒了"),
}
HOLD_OFF = {"1h": timedelta(hours=1), "1d": timedelta(days=1), "3d": timedelta(days=3)}


def pressed(state: State, rest: str, now: datetime, house: House) -> Step:
    """Do what a button says; ``rest`` is its token after ``n:``."""
    head, _, value = rest.partition(":")
    deal = _DEALS.get(head)
    if head in HOLD_OFF:
        step: Step | None = _put_off(state, head, value, now, house)
    else:
        step = deal(state, value, now, house) if deal else None
    if step is not None:
        return step
    return again(state, now, language(state.locale).say("这个按钮已经用不上了。"), house)


def deal_of(text: str, locale: str) -> str | None:
    """Which button of a reminder a text means, if it is nothing else."""
    folded, say = fold(text).rstrip("。.!~"), language(locale).say
    return next(
        (head for head, words in WORDS.items() if folded in {*words, fold(say(words[0]))}), None
    )


def worded(state: State, head: str, now: datetime, house: House) -> Step | None:
    """Do what a button of a reminder says, once it is clear to which date; ``None`` without any."""
    found = dates(state, house.rounds, now)
    if not found:
        return None
    if state.focus == "date:one":
        chosen = ahead.find(state, house, str(state.draft.get("key")))
        found = (chosen,) if chosen else found
    elif len(found) > 1 or state.screening is not None:
        return again(aside.opened(state, "which", deal=head), now, "", house)
    value = str(found[0].watch.id) if head == "stop" else found[0].key
    return pressed(state, f"{head}:{value}", now, house)


def which(state: State, now: datetime, house: House) -> Reply:
    """Ask which date a word was about."""
    words, head = language(state.locale), str(state.draft.get("deal"))
    found: dict[str, str] = {}
    for dated in dates(state, house.rounds, now)[: ahead.MOST]:
        value = str(dated.watch.id) if head == "stop" else dated.key
        found.setdefault(f"n:{head}:{value}", _choice(words, dated, state))
    choices = tuple(Choice(token, label) for token, label in found.items())
    text = words.say("{deal}：是哪一个？", deal=words.say(WORDS[head][0]))
    return Reply(text, "date:which", choices, datelines.ways_out(words))


def _choice(words: Language, dated: Dated, state: State) -> str:
    return f"{datelines.title(words, dated)} {datelines.when(words, dated, state)}"


def _done(state: State, key: str, now: datetime, house: House) -> Step:
    """A date is dealt with."""
    words = language(state.locale)
    dated = ahead.find(state, house, key)
    if dated is None:
        return _gone(state, key, now, house)
    watch = state.reminding.watch(dated.watch.id) or dated.watch
    reminding = state.reminding.with_changed(replace(watch, done=(*watch.done, key)))
    snoozes = tuple(each for each in reminding.snoozes if each.key != key)
    after = replace(state, reminding=replace(reminding, snoozes=snoozes))
    remark = words.say("好，办完了：{title}。不再提醒。", title=datelines.title(words, dated))
    return again(_listed(after), now, remark, house)


def _listed(state: State) -> State:
    """The page of all dates instead of that of one."""
    if state.focus == "date:one":
        return aside.opened(state, "list")
    return aside.closed(state) if state.focus == "date:which" else state


def _gone(state: State, key: str, now: datetime, house: House) -> Step:
    """A button of a date that is none any more."""
    say = language(state.locale).say
    if any(key in watch.done for watch in state.reminding.watches):
        return again(state, now, say("这一项已经标成办完了。"), house)
    remark = say("这个日子已经改了，或者不用提醒了，按钮用不上了。现在的日子说“提醒”就能看。")
    return again(state, now, remark, house)


def _put_off(state: State, head: str, key: str, now: datetime, house: House) -> Step:
    """A date is told again in an hour, tomorrow or in three days, at the usual hour."""
    words = language(state.locale)
    dated = ahead.find(state, house, key)
    if dated is None:
        return _gone(state, key, now, house)
    until = _until(state, head, now)
    if dated.over <= now:
        return again(state, now, words.say("“{title}”的日子已经过了，不再提醒。",
                                           title=datelines.title(words, dated)), house)  # fmt: skip
    if until >= dated.over:
        remark = words.say(
            "等到{until}就过了：{title}，{when}。换一个早一点的吧。",
            until=datelines.moment(words, until, state.timezone),
            title=datelines.title(words, dated),
            when=datelines.when(words, dated, state),
        )
        return again(state, now, remark, house)
    others = tuple(each for each in state.reminding.snoozes if each.key != key)
    reminding = replace(state.reminding, snoozes=(*others, Snooze(key, until)))
    remark = words.say(
        "好，{until}再提醒您：{title}。",
        until=datelines.moment(words, until, state.timezone),
        title=datelines.title(words, dated),
    )
    return again(_listed(replace(state, reminding=reminding)), now, remark, house)


def _until(state: State, head: str, now: datetime) -> datetime:
    """When a date that is put off is told again, outside the quiet hours."""
    until = now + HOLD_OFF[head]
    if head != "1h":
        local = until.astimezone(ZoneInfo(state.timezone))
        until = local.replace(hour=state.reminding.hour, minute=0, second=0, microsecond=0)
    return waking(state, until.astimezone(UTC))


def _stop(state: State, value: str, now: datetime, house: House) -> Step:
    """Something is not reminded of any more."""
    words = language(state.locale)
    watch = state.reminding.watch(int(value)) if value.isdecimal() else None
    if watch is None:
        return again(state, now, words.say("这个早就不提醒了。"), house)
    after = _listed(stopped(state, watch.id))
    return again(after, now, words.say("好，不再提醒。想要的时候再说“提醒”。"), house)


def _calendar(state: State, key: str, now: datetime, house: House) -> Step:
    """A calendar file of one date, or of all that are ahead."""
    words = language(state.locale)
    chosen: tuple[Dated, ...] = dates(state, house.rounds, now)
    if key:
        dated = ahead.find(state, house, key)
        if dated is None:
            return _gone(state, key, now, house)
        chosen = (dated,)
    if not chosen:
        return again(state, now, words.say("前面没有日子，没有什么可存的。"), house)
    text = words.say("打开这个文件，就存进日历了；日子有变，再要一次、再打开一次，会自动更新。")
    file = Reply(text, attachment=calendar(state, chosen, now))
    return state, (file, current(state, now, house))


def _one(state: State, key: str, now: datetime, house: House) -> Step:
    if ahead.find(state, house, key) is None:
        return _gone(state, key, now, house)
    return again(ahead.opened(state, key), now, "", house)


def _check(state: State, award: str, now: datetime, house: House) -> Step | None:
    """The other conditions of an award are to be looked at."""
    if award not in award_ids():
        return None
    answers = {"award": award}
    if state.focus == "date:wait" and state.draft.get("track"):
        answers["track"] = state.draft["track"]
    return begin(aside.closed(state), answers, now, house)


def _close(state: State, _: str, now: datetime, house: House) -> Step:
    return again(aside.closed(state), now, "", house)


def _page(focus: str) -> Deal:
    return lambda state, _, now, house: again(aside.opened(state, focus), now, "", house)


_DEALS: dict[str, Deal] = {
    **picking.DEALS,
    **wishing.DEALS,
    "done": _done,
    "stop": _stop,
    "ics": _calendar,
    "one": _one,
    "check": _check,
    "list": _page("list"),
    "own": _page("own"),
    "close": _close,
    "wait": lambda state, award, now, house: again(
        entering.waiting_of(state, award), now, "", house
    ),
    "plan": lambda state, award, now, house: again(entering.plan_of(state, award), now, "", house),
}
