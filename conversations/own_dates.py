"""The user's own dates, typed in one line: "3月15日 内审", "internal review 15 March"."""

import re
from collections.abc import Iterator
from datetime import date

from conversations.dates import read_day
from knowledge.fold import fold

LONGEST_TITLE = 60
_LONGEST = 120
# No day takes more characters; longer pieces are not tried, so that no line takes long.
_LONGEST_DAY = 24
_WISH = re.compile(
    r"^(?:请|帮我|麻烦)*(?:提醒我?+一?+下?+|记一?下|remind me(?: (?:of|about|to)\b)?)"
    r"[\s:：,，]*(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_EDGES = " \t,，.。;；:：!！、~-—“”\"'（）()"
_LEADING = re.compile(r"^(?:我|要|有|是|的|去|做|in|on|of|for|to|the|is)(?=[\s,，:：])[\s,，:：]*")
_TRAILING = re.compile(r"[\s,，:：](?:on|by|at|is|在|是)$")
# Beside a date these are read as a wish to do something; here they belong to what it is.
_TO_DO = re.compile(r"[报交要将会能再想]|打算|计划|准备|预计|申请|材料|submit|apply|hand in|plan")
_BREAK = re.compile(r"[\s,，;；:：、]+")


def wish(text: str) -> str | None:
    """What somebody asks to be reminded of, if that is what a text does."""
    found = _WISH.match(text.strip())
    return found["rest"] if found else None


def read_own_date(text: str, today: date) -> tuple[date | None, str]:
    """The day and the title in a line; a day that is not plain is ``None``, and all is title."""
    line = " ".join(text.split())[:_LONGEST]
    day = _day(line, today)
    if day is not None:
        return day, ""
    for head, tail in (*_parts_at_breaks(line), *_parts_anywhere(line)):
        for when, what in ((head, tail), (tail, head)):
            day = _day(when, today)
            title = _title(what)
            if day is not None and title:
                return day, title
    return None, _title(line)


def _parts_at_breaks(line: str) -> Iterator[tuple[str, str]]:
    for found in _BREAK.finditer(line):
        yield line[: found.start()], line[found.end() :]


def _parts_anywhere(line: str) -> Iterator[tuple[str, str]]:
    """The line cut near its beginning or its end, the longest piece first."""
    if line.isascii():
        return
    # A day with its year, in Chinese numerals, is no longer than half of the longest.
    for length in range(min(len(line) - 1, _LONGEST_DAY // 2), 0, -1):
        for place in (length, len(line) - length):
            # A word or a number is not cut in two.
            around = line[place - 1 : place + 1]
            if not (around.isascii() and around.isalnum()):
                yield line[:place], line[place:]


def _day(text: str, today: date) -> date | None:
    if len(text) > _LONGEST_DAY:
        return None
    folded = fold(text)
    if _TO_DO.search(folded) or not any(char.isalnum() for char in folded):
        return None
    found = read_day(text.strip(_EDGES), today)
    return found if isinstance(found, date) else None


def _title(text: str) -> str:
    title = _TRAILING.sub("", _LEADING.sub("", text.strip(_EDGES))).strip(_EDGES)
    return title[:LONGEST_TITLE] if any(char.isalnum() for char in title) else ""
