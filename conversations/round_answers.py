"""What an officer types or picks at a question, as answers of the draft.

An answer is what is to be kept, by question: a day typed with its hour answers two of them.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from conversations.awards import find_awards
from conversations.dates import read_day
from conversations.hours import END_OF_DAY, take_hour
from conversations.numerals import read_number
from conversations.text import NotUnderstood
from conversations.writing import Writing
from conversations.yes_no import read_yes_no
from knowledge.fold import fold
from rules.messages import message
from rules.periods import Interval

MOST = {"title": 200, "number": 60, "hand_in": 600, "where": 300, "milestone": 60, "text": 1000}
"""How long a text may be, in characters."""
MOST_MILESTONES = 12
# A stretch as long as this has two ends worth offering.
_SHORT = timedelta(days=31)
_HALF_A_YEAR = timedelta(days=183)

NOT_A_DAY = message("没看懂是哪一天。请说年月日，比如“2027年3月1日上午9点”。")
NO_SUCH_DAY = message("日历上没有这一天，请再看一眼。")
TWO_HOURS = message("是上午还是下午？请说“下午5点”，或者“17:00”。")
NOT_AN_HOUR = message("没看懂是几点。请说“上午9点”，或者“17:00”。")
ONLY_HOUR = message("还要说是哪一天。")

_AHEAD = re.compile(
    r"^(?:(?:申报|报名|受理)?(?:截止|截至|开始|开放)(?:日期|时间)?|时间|日期"
    r"|从|自|于|是|到|至|在|[:, ])+"
)
_BEHIND = re.compile(r"(?:以?前|之前|为止|截止|止|起|开始|开放|当天|[:,.;。的 ])+$")
_BEFORE = re.compile(r"(?:[之以]?前)$")
_WEEKDAY = re.compile(r"\((?:周|星期|礼拜)[一二三四五六日天]\)")
# 3月1日, 3/1: of a closing day, the first after the opening.
_MONTH_FIRST = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:月|/)")
_NAMED_DAYS = (
    re.compile(
        r"(?P<day>.+?(?:[日号]|\d(?=[\s:：,，、])))[\s:：,，、]*(?P<name>(?![至到~—-])\D.*)"
    ),
    re.compile(r"(?P<name>\D.*?)[\s:：,，、]+(?P<day>\S*\d\S*)"),
)
_YEAR = re.compile(r"(?:(?P<full>20\d\d)|(?P<short>\d\d))年?度?")
_NONE = ("没有", "没有了", "无", "没", "不用", "就这些", "none", "no", "that is all")


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that cannot be taken, with the reason in the officer's language."""

    reason: str


Taken = dict[str, object] | Refused


def read(seen: Writing, question: str, text: str) -> Taken:
    """What was typed at a question."""
    match question:
        case "award":
            found = [each.award for each in find_awards(text)]
            mine = [award for award in found if award in seen.house.officer_of]
            if len(mine) == 1:
                return {"award": mine[0]}
            return Refused(seen.say("请选一个您负责的奖。"))
        case "year":
            return _year(seen, text)
        case "opens" | "closes" | "milestone":
            return _day(seen, question, text)
        case "opens_at" | "closes_at":
            return _hour(seen, question, text)
        case "past":
            return _past(seen, read_yes_no(text))
        case "milestones":
            return _milestone(seen, text)
    return _text(seen, question, text)


def picked(seen: Writing, question: str, value: str) -> Taken:
    """What a button or the calendar gives at a question."""
    match question:
        case "past":
            return _past(seen, value == "yes")
        case "milestones" if value.startswith("-"):
            return _less(seen, value.removeprefix("-"))
        case "milestones":
            return {"milestones": seen.value("milestones") or [], "milestones_done": True}
        case "milestone" if value == "drop":
            return {"milestones": [each for each in _days(seen) if "day" in each]}
        case "number" | "hand_in" | "where":
            return {question: ""}
        case "award" if value not in seen.house.officer_of:
            return Refused(seen.say("请选一个您负责的奖。"))
        case "award":
            return {"award": value}
    return read(seen, question, value)


def _year(seen: Writing, text: str) -> Taken:
    said = _YEAR.fullmatch(fold(text).replace(" ", ""))
    if said is not None:
        year = int(said["full"] or 2000 + int(said["short"]))
        if seen.today.year - 1 <= year <= seen.today.year + 2:
            return {"year": year}
    return Refused(
        seen.say(
            "请说评哪一个年度的奖，比如“{year}”。只能是去年到后年之间。", year=seen.today.year + 1
        )
    )


def _text(seen: Writing, question: str, text: str) -> Taken:
    """A text as it was typed, without what cannot be shown."""
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    kept = kept.strip() if question in ("hand_in", "where", "text") else " ".join(kept.split())
    most = MOST[question]
    if question != "number" and not any(char.isalpha() for char in kept):
        return Refused(seen.say("没有收到文字。请打字，或者点一个选项。"))
    if len(kept) > most:
        return Refused(seen.say("太长了，最多{count}个字，现在有{length}个。", count=most,
                                length=len(kept)))  # fmt: skip
    return {question: kept}


def _day(seen: Writing, question: str, text: str) -> Taken:
    """A day, with its hour if that was said as well."""
    hour, rest = _hour_in(text)
    if isinstance(hour, NotUnderstood):
        return Refused(seen.say(TWO_HOURS if hour.reason == "ambiguous" else NOT_AN_HOUR))
    day = _day_in(seen, question, rest, timed=hour is not None)
    if day is None:
        if hour is None or question == "milestone" or seen.day(question) is None:
            return Refused(seen.say(ONLY_HOUR))
        return _hour(seen, f"{question}_at", text)
    if isinstance(day, NotUnderstood):
        return Refused(seen.say(NO_SUCH_DAY if day.reason == "no_such_day" else NOT_A_DAY))
    if question == "milestone":
        return _dated(seen, day, hour)
    answer: dict[str, object] = {question: _written(day)}
    if hour is None:
        return answer
    at = _hour_kept(seen, question, hour)
    return at if isinstance(at, Refused) else {**answer, **at}


def _hour_in(text: str) -> tuple[str | NotUnderstood | None, str]:
    found = take_hour(text)
    return (found, "") if isinstance(found, NotUnderstood) else found


def _day_in(
    seen: Writing, question: str, text: str, *, timed: bool
) -> date | Interval | NotUnderstood | None:
    """The day in what is left of a text without its hour; ``None`` if nothing is left."""
    plain = _AHEAD.sub("", _WEEKDAY.sub("", fold(text)))
    bare = _BEHIND.sub("", plain).strip()
    if not bare:
        return None
    found = _first_after(seen, question, bare)
    if isinstance(found, date) and _BEFORE.search(plain) and not timed:
        # 6月30日前: with that day, or without?
        return Interval(found - timedelta(days=1), found)
    if isinstance(found, Interval) and found.last - found.first > _SHORT:
        return NotUnderstood("unknown")
    return found


def _first_after(seen: Writing, question: str, text: str) -> date | Interval | NotUnderstood:
    """The day to come; a closing day without a year is the first after the opening."""
    found = read_day(text, seen.today)
    opens = seen.day("opens") if question == "closes" else None
    if opens is None or isinstance(found, NotUnderstood) or not _MONTH_FIRST.match(text):
        return found
    last = found if isinstance(found, date) else found.last
    if last >= opens.first:
        return found
    later = read_day(text, opens.first)
    end = later.last if isinstance(later, Interval) else later
    # Nearly a year later it is rather a slip: a closing day before the opening.
    near = isinstance(end, date) and end - opens.first < _HALF_A_YEAR
    return later if near else found


def _written(day: date | Interval) -> str:
    return day.isoformat() if isinstance(day, date) else f"[{day.first}..{day.last}]"


def _hour(seen: Writing, question: str, text: str) -> Taken:
    hour, rest = _hour_in(text)
    if isinstance(hour, NotUnderstood) and hour.reason == "ambiguous":
        return Refused(seen.say(TWO_HOURS))
    if hour is None or isinstance(hour, NotUnderstood) or _BEHIND.sub("", _AHEAD.sub("", rest)):
        return Refused(seen.say(NOT_AN_HOUR))
    return _hour_kept(seen, question.removesuffix("_at"), hour)


def _hour_kept(seen: Writing, question: str, hour: str) -> Taken:
    if question == "opens" and hour == END_OF_DAY:
        return Refused(seen.say("开始的时间请说成第二天的0:00。"))
    # 24:00 is a moment of the next day, and would be told as that day.
    return {f"{question}_at": "23:59" if hour == END_OF_DAY else hour}


def _past(seen: Writing, answer: bool | None) -> Taken:  # noqa: FBT001 - a read answer
    if answer is None:
        return Refused(seen.say("没看懂。请选“是”或者“不是”。"))
    if answer:
        return {"past": str(seen.moment("opens"))}
    return {"opens": None, "opens_at": None}


def _days(seen: Writing) -> list[dict[str, Any]]:
    return [dict(each) for each in seen.value("milestones") or ()]


def _milestone(seen: Writing, text: str) -> Taken:
    """A further day by its name, with its day if that was said as well; or that there is none."""
    if fold(text).rstrip("。.!") in _NONE:
        return picked(seen, "milestones", "done")
    if len(_days(seen)) >= MOST_MILESTONES:
        return Refused(seen.say("最多{count}个日子。", count=MOST_MILESTONES))
    for pattern in _NAMED_DAYS:
        said = pattern.fullmatch(" ".join(text.split()))
        day = _day_in(seen, "milestone", said["day"], timed=True) if said else None
        name = _text(seen, "milestone", said["name"]) if said else None
        if isinstance(day, date) and isinstance(name, dict):
            return _added(seen, {"title": name["milestone"], "day": day.isoformat()})
    name = _text(seen, "milestone", text)
    return name if isinstance(name, Refused) else _added(seen, {"title": name["milestone"]})


def _added(seen: Writing, more: dict[str, Any]) -> Taken:
    if "day" in more and date.fromisoformat(more["day"]) < seen.today:
        return Refused(seen.say("这一天已经过去了。请看看年份对不对。"))
    return {"milestones": [*_days(seen), more], "milestones_done": False}


def _dated(seen: Writing, day: date | Interval, hour: str | None) -> Taken:
    """The day of the further date that has only a name so far."""
    if not isinstance(day, date):
        return Refused(seen.say("要说到具体哪一天。"))
    if day < seen.today:
        return Refused(seen.say("这一天已经过去了。请看看年份对不对。"))
    days = _days(seen)
    for each in days:
        if "day" not in each:
            # A further date is a day; its hour is told with its name.
            named = f"{each['title']}（{hour}）" if hour else each["title"]
            each.update(title=named, day=day.isoformat())
    return {"milestones": days, "milestones_done": False}


def _less(seen: Writing, number: str) -> Taken:
    """Without one of the further dates."""
    index = read_number(number)
    days = _days(seen)
    if index is None or not 0 <= index < len(days):
        return Refused(seen.say("那个日子已经不在了。"))
    return {"milestones": days[:index] + days[index + 1 :], "milestones_done": False}
