"""The words of a text about time, one after another; a word that is not known ends the reading."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from conversations.calendar_words import match_calendar
from conversations.duration_words import match_duration
from conversations.durations import duration_span
from conversations.fields import Fields, full_year
from conversations.filler_words import match_filler
from conversations.numeric_dates import match_figures
from conversations.short_years import is_year
from conversations.spans import Span
from conversations.text import UnreadableError

Mark = Literal[
    "before", "after", "by", "not_before",  # what follows
    "before_it", "after_it", "front", "rear", "by_it", "from_it",  # what stands in front
    "to", "or", "and", "between", "about", "recent", "now", "link", "comma", "gap", "event",
]  # fmt: skip
Token = Fields | Span | Mark

_MARKS: tuple[tuple[Mark, str], ...] = (
    ("by_it", "(?:及|或)(?:者)?(?:之前|以前|更早)|or (?:earlier|before)(?![a-z])"),
    ("from_it", "(?:及|或)(?:者)?(?:之后|以后|更晚)|or (?:later|after)(?![a-z])"),
    ("about", "大概其?|大约|约莫|约摸|约|差不多|左右|前后|上下|好像|可能|应该|也许|估计|印象中?|我?记得|吧"
     "|(?:around|about|approximately|approx|roughly|circa|ca|some|probably|maybe|may be|perhaps"
     "|i think|i believe|i guess|or so|or thereabouts)(?![a-z])"),
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
    ("or", "或者是|或者|或是|还是|或|/|or(?![a-z])"),
)  # fmt: skip
# After the words around a date, among which 拿到 and 到现在 are.
_RANGE = re.compile(r"到|至|-|~|–|—|to(?![a-z])")
_MARK = re.compile("|".join(f"(?P<{mark}>{pattern})" for mark, pattern in _MARKS))
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
        if found := _duration(text, position, today, future=future, event=event):
            token, position = found
        else:
            token, position = _word(text, position, today, future=future)
        event = event or token == "event"
        yield token


def _word(text: str, start: int, today: date, *, future: bool) -> tuple[Token, int]:
    if figures := match_figures(text, start, today):
        return figures
    if not _inside_word(text, start) and (
        named := match_calendar(text, start, today, future=future)
    ):
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


def _duration(
    text: str, start: int, today: date, *, future: bool, event: bool
) -> tuple[Token, int] | None:
    found = match_duration(text, start)
    if found is None:
        return None
    duration, end = found
    if duration.doubtful:
        raise UnreadableError("ambiguous")
    if duration.short_year is not None:
        year = is_year(text[start : end - 1], text[:start], text[end:])
        if year is None:
            raise UnreadableError("ambiguous")
        if year:
            return Fields(year=full_year(duration.short_year, today)), end
    if text[:start].endswith("after "):
        raise UnreadableError("unknown")
    if event:
        if duration.runs_from_event():
            raise UnreadableError("unknown")
        if duration.bound == "nearly_or_within":
            duration = replace(duration, bound="nearly")
    stretch = duration_span(duration, today, future=future)
    if stretch is None:
        raise UnreadableError("unknown")
    return stretch, end


def _inside_word(text: str, start: int) -> bool:
    return start > 0 and bool(_ASCII_WORD.match(text[start]) and _ASCII_WORD.match(text[start - 1]))
