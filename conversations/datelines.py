"""Dates as an applicant reads them: what, which day, how far away, how much time is gone."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from conversations.dated import Dated, office_zone
from conversations.language import Language
from conversations.model import Choice, State
from rules.load import load_award
from rules.messages import message
from rules.rounds import Round

CELLS = 10
WEEKDAYS = (
    message("周一"), message("周二"), message("周三"), message("周四"), message("周五"),
    message("周六"), message("周日"),
)  # fmt: skip
TITLES = {
    "opens": message("{award}：开始受理申报"),
    "closes": message("{award}：申报截止"),
    "milestone": message("{award}：{title}"),
    "step": message("{award}：最晚开始“{title}”"),
    "eligible": message("{award}：申报条件都满足的那天"),
    "waiting": message("{award}：可以再次申报的那天"),
}


def award_name(words: Language, award: str) -> str:
    """What an award is called."""
    return words.say(_name(award))


def title(words: Language, dated: Dated) -> str:
    """What a date is about, in a few words; the user's own title as it is."""
    if dated.kind == "own":
        return dated.title
    award = dated.round.award if dated.round else dated.watch.award or ""
    about = words.say(dated.planned.step.title) if dated.planned else dated.title
    return words.say(TITLES[dated.kind], award=award_name(words, award), title=about)


def weekday(words: Language, day: date) -> str:
    """A day with its day of the week: 2026年6月30日（周二）."""
    week = words.say(WEEKDAYS[day.weekday()])
    return words.say("{day}（{week}）", day=words.day(day), week=week)


def moment(words: Language, at: datetime, timezone: str) -> str:
    """A day and hour by the clocks of a time zone."""
    day, hour = _local(at, timezone)
    return words.say("{day} {hour}", day=weekday(words, day), hour=hour)


def closing(words: Language, each: Round, state: State) -> str:
    """When a round closes: by the user's clocks, and by the office's where they differ."""
    own, office = moment(words, each.closes, state.timezone), office_zone(each.award).key
    theirs = own if office == state.timezone else moment(words, each.closes, office)
    if own == theirs:
        return own
    return words.say("{own}（当地办公室的时间：{theirs}）", own=own, theirs=theirs)


def when(words: Language, dated: Dated, state: State) -> str:
    """The day of a date; with the hour, where it is a closing."""
    if dated.kind == "closes" and dated.round is not None:
        return closing(words, dated.round, state)
    return weekday(words, dated.day)


def left(words: Language, days: int) -> str:
    """How many days are left, or how long ago it was."""
    if days < 0:
        return words.say("过了{count}天", count=-days) if days < -1 else words.say("昨天")
    if days < 2:
        return words.say("明天") if days else words.say("今天")
    return words.say("还有{count}天", count=days)


def bar(dated: Dated, now: datetime) -> str:
    """How much of the time is gone since the opening, or since the date became known."""
    start = dated.since
    if dated.kind == "closes" and dated.round is not None and dated.round.opens <= now:
        start = dated.round.opens
    whole = (dated.over - start).total_seconds()
    gone = (now - start).total_seconds() / whole if whole > 0 else 1.0
    full = int(CELLS * min(max(gone, 0.0), 1.0))
    return "▓" * full + "░" * (CELLS - full)


def today(state: State, now: datetime) -> date:
    """The user's day."""
    return now.astimezone(ZoneInfo(state.timezone)).date()


def ways_out(words: Language) -> tuple[Choice, ...]:
    """What can always be done on a page about dates: one step back, or out of it."""
    return Choice("n:back", words.say("返回")), Choice("n:close", words.say("先停一停"))


@lru_cache(maxsize=256)
def _name(award: str) -> str:
    return load_award(award).spec.name


# Kept: a round's hours are told to many chats together.
@lru_cache(maxsize=1024)
def _local(at: datetime, timezone: str) -> tuple[date, str]:
    local = at.astimezone(ZoneInfo(timezone))
    return local.date(), f"{local:%H:%M}"
