"""What a chat asks to be reminded of by a button: a day of becoming eligible, a wait, rounds."""

from datetime import date, datetime

from conversations import datelines, entering, settings
from conversations.following import (
    MOST,
    day_watch,
    eligible_day,
    eligible_watch,
    rounds_watch,
    watched,
)
from conversations.language import language
from conversations.menu import again
from conversations.model import House, Reply, State
from conversations.picking import Deal
from conversations.reminding import Watch
from conversations.view import view
from knowledge.load import awards as award_ids

Step = tuple[State, tuple[Reply, ...]]


def _eligible(state: State, value: str, now: datetime, house: House) -> Step | None:
    """The day on which the conditions of a screening are met is to be told."""
    words = language(state.locale)
    screening = next((s for s in state.screenings if str(s.id) == value), None)
    day = eligible_day(view(state, screening, now, house)) if screening else None
    if screening is None or day is None:
        return None
    if eligible_watch(state, screening.id) is not None:
        return again(state, now, words.say("已经记着了：{day}。", day=words.day(day)), house)
    award = screening.answers.get("award")
    watch = Watch(0, "eligible", now, award, screening.answers.get("track"), day,
                  screening=screening.id)  # fmt: skip
    return _watch(state, watch, day, now, house)


def _waiting(state: State, value: str, now: datetime, house: House) -> Step | None:
    """The end of a waiting period is to be told."""
    award, _, text = value.partition(":")
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    if award not in award_ids() or day <= datelines.today(state, now):
        return None
    words = language(state.locale)
    if day_watch(state, "waiting", award, day) is not None:
        return again(state, now, words.say("已经记着了：{day}。", day=words.day(day)), house)
    return _watch(state, Watch(0, "waiting", now, award, day=day), day, now, house)


def _watch(state: State, watch: Watch, day: date, now: datetime, house: House) -> Step:
    words = language(state.locale)
    if len(state.reminding.watches) >= MOST:
        return again(
            state, now, words.say("已经记了{count}个。请先停掉用不着的。", count=MOST), house
        )
    remark = words.say(
        "好，{day}前我会提醒您（{leads}，{hour}）。",
        day=words.day(day),
        leads=settings.leads(words, state.reminding.leads),
        hour=settings.hour(state.reminding.hour),
    )
    return again(watched(state, watch), now, remark, house)


def _follow(state: State, award: str, now: datetime, house: House) -> Step | None:
    """An award's rounds are to be told, with the plan if it is known who applies."""
    words = language(state.locale)
    if award not in award_ids():
        return None
    if rounds_watch(state, award) is not None:
        name = datelines.award_name(words, award)
        return again(state, now, words.say("已经记着了：{award}。", award=name), house)
    after = entering.followed(state, award, now)
    return again(after, now, entering.following(after, award, now, house), house)


DEALS: dict[str, Deal] = {"e": _eligible, "w": _waiting, "f": _follow}
