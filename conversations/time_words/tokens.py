"""The words of a text about time, one after another; a word that is not known ends the reading."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from conversations.text import UnreadableError
from conversations.time_words.calendar_words import match_calendar
from conversations.time_words.duration_words import match_duration
from conversations.time_words.durations import Duration, duration_span
from conversations.time_words.fields import Fields, full_year
from conversations.time_words.filler_words import match_filler
from conversations.time_words.numeric_dates import match_figures
from conversations.time_words.relative_words import match_relative
from conversations.time_words.short_years import is_year
from conversations.time_words.spans import Span

Mark = Literal[
    "before", "after", "by", "not_before",  # what follows
    "before_it", "after_it", "front", "rear", "by_it", "from_it",  # what stands in front
    "to", "or", "and", "between", "about", "recent", "now", "link", "comma", "gap", "event",
]  # fmt: skip
Token = Fields | Span | Mark

_ABOUT = (
    "大概其?|大约|约莫|约摸|约|差不多|左右|前后|上下|好像|可能|应该|也许|估计|印象中?|我?记得|吧"
    "|(?:around|about|approximately|approx|roughly|circa|ca|some|probably|maybe|may be|perhaps"
    "|i think|i believe|i guess|or so|or thereabouts)(?![a-z])"
    # Said of the whole, so at its beginning or after a stop: not "before 2019 we don't know".
    "|(?:^|(?<=[,.。 我也]))(?:(?:不太|不大|不是很|不)(?:清楚|确定|记得)|记不太?清楚?|说不准"
    "|(?:i'm )?not (?:quite |very )?(?:sure|certain)(?![a-z]))"
)
_TILL_NOW = "(?:(?:up )?to|till|until) (?:now|date|today|(?:the )?present)(?![a-z])|so far(?![a-z])"
_MARKS: tuple[tuple[Mark, str], ...] = (
    ("by_it", "(?:及|或)(?:者)?(?:之前|以前|更早)|or (?:earlier|before)(?![a-z])"),
    ("from_it", "(?:及|或)(?:者)?(?:之后|以后|更晚)|or (?:later|after)(?![a-z])"),
    ("about", _ABOUT),
    ("by", "不晚于|不迟于|最晚|最迟|(?:no later than|not later than|by)(?![a-z])"),
    ("not_before", "不早于|(?:no earlier than|not before)(?![a-z])"),
    ("before", "早于|(?:before|prior to|earlier than)(?![a-z])"),
    ("after", "晚于|迟于|(?:after|later than)(?![a-z])"),
    ("before_it", "[之以]前"),
    ("after_it", "[之以]后"),
    ("front", "前"),
    ("rear", "后"),
    ("between", "之间|年间|间|介于|between(?![a-z])"),
    ("now", "现在|目前|眼下|(?:as of |right )?now(?![a-z])"),
    ("recent", "最近|近期|近日|新近|刚刚|刚才|刚|(?:just now|just|recently|newly|lately)(?![a-z])"),
    ("link", "的|(?:of|in|the)(?![a-z])"),
    ("comma", ","),
    ("and", "和|与|跟|及|&|and(?![a-z])"),
    ("gap", _TILL_NOW),
    ("or", "或者是|或者|或是|还是|或|/|or(?![a-z])"),
)  # fmt: skip
# After the words around a date, among which 拿到 and 到现在 are.
_RANGE = re.compile(r"到|至|-|~|–|—|to(?![a-z])")
_MARK = re.compile("|".join(f"(?P<{mark}>{pattern})" for mark, pattern in _MARKS))
# 三年的证书, a three-year certificate: how long it is valid, not since when.
_VALIDITY = re.compile(r"\s?的?(?:认证|有效)?(?:证|certif)")
_ASCII_WORD = re.compile(r"[a-z]")


def date_tokens(text: str, today: date, *, future: bool) -> Iterator[Token]:
    """The words of the folded ``text``, those that change nothing as "gap".

    Raises UnreadableError at the first word that is not known, or that can be two things.
    """
    position, event = 0, False
    while position < len(text):
        if text[position] == " ":
            position += 1
            continue
        if found := match_duration(text, position):
            duration, end = found
            word: Token | None = _as_year(duration, text, position, end, today)
            if word is None:
                duration = _in_context(duration, text, position, end, event=event)
                word = duration_span(duration, today, future=future)
            if word is None:
                raise UnreadableError("unknown")
            position = end
        else:
            word, position = _word(text, position, today, future=future)
        event = event or word == "event"
        yield word


def _word(text: str, start: int, today: date, *, future: bool) -> tuple[Token, int]:
    if figures := match_figures(text, start, today):
        return figures
    if not _inside_word(text, start):
        named = match_relative(text, start, today, future=future)
        if named or (named := match_calendar(text, start, today)):
            return named
    filler = match_filler(text, start)
    mark = None if _inside_word(text, start) else _MARK.match(text, start)
    if mark and (filler is None or mark.end() >= filler[1]):
        return mark.lastgroup, mark.end()  # type: ignore[return-value]  # a group is a Mark
    if filler:
        return ("event" if filler[0] else "gap"), filler[1]
    if match := _RANGE.match(text, start):
        return "to", match.end()
    raise UnreadableError("unknown")


def _as_year(duration: Duration, text: str, start: int, end: int, today: date) -> Fields | None:
    """The year, where 19年 is one."""
    if duration.doubtful:
        raise UnreadableError("ambiguous")
    if duration.short_year is None:
        return None
    year = is_year(text[start : end - 1], text[:start], text[end:])
    if year is None:
        raise UnreadableError("ambiguous")
    return Fields(year=full_year(duration.short_year, today)) if year else None


def _in_context(duration: Duration, text: str, start: int, end: int, *, event: bool) -> Duration:
    """``duration``, unless the words around it say that it is not counted from today."""
    # "after 3 years", 做过三年: from another day, or over.
    elsewhere = text.endswith(("after ", "过"), 0, start)
    validity = duration.towards == "unsaid" and _VALIDITY.match(text, end)
    if elsewhere or validity or (event and duration.runs_from_event()):
        raise UnreadableError("unknown")
    if event and duration.bound == "nearly_or_within":
        return replace(duration, bound="nearly")
    return duration


def _inside_word(text: str, start: int) -> bool:
    return start > 0 and bool(_ASCII_WORD.match(text[start]) and _ASCII_WORD.match(text[start - 1]))
