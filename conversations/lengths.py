"""How long something takes, as people say it: 10天, 两周, 半个月, 5个工作日, ten working days."""

import re
from collections.abc import Mapping
from typing import Literal

from conversations.language import Language
from conversations.numerals import CHINESE, DIGIT, ENGLISH, read_number
from conversations.text import MAX_LENGTH, NotUnderstood
from knowledge.fold import fold
from rules.plan import Length

LONGEST = 366
"""The longest length that is taken, in days."""

_Unit = Literal["workday", "day", "week", "half_month", "month"]
_DAYS: dict[_Unit, int] = {"workday": 1, "day": 1, "week": 7, "half_month": 15, "month": 30}
_AROUND = re.compile(
    r"^(?:我们?|就|大概|大约|差不多|大致|预计|打算|计划|需要?|要|留出?|给|用|花|提前"
    r"|about|around|roughly|it takes|we need|leave|allow)+\s*"
    r"|\s*(?:左右|吧|就够了?|就行|够了|时间|的)+$"
)
_LENGTH = re.compile(
    rf"(?P<n>\d{{1,3}}|{CHINESE}{{1,4}}|{'|'.join(ENGLISH[::-1])}|an?)?\s?(?:"
    r"(?P<workday>个?工作日|(?:working|business)[ -]days?|workdays?)"
    r"|(?P<half_month>半个?月)|(?P<month>个月|months?)"
    r"|(?P<week>周|个?(?:星期|礼拜)|weeks?)|(?P<day>天|日|days?))"
)


def read_length(text: str) -> Length | NotUnderstood:
    """Read a length in days or working days; a bare number could be either, and is not taken."""
    if len(text) > MAX_LENGTH:
        return NotUnderstood("too_long")
    folded = fold(text).strip(" .。,，!！~")
    match = _LENGTH.fullmatch(_AROUND.sub("", _AROUND.sub("", folded)).strip())
    if match is None:
        return NotUnderstood("unknown")
    unit: _Unit = next(name for name in _DAYS if match[name])
    number = read_number(match["n"]) if match["n"] else None
    if match["n"] and len(match["n"]) > 1 and all(char in DIGIT for char in match["n"]):
        return NotUnderstood("ambiguous")  # 三四 is three or four
    if unit == "half_month":
        number = 1 if match["n"] is None else None
    if number is None or number < 1:
        return NotUnderstood("unknown")
    count = number * _DAYS[unit]
    if count > LONGEST:
        return NotUnderstood("too_long")
    return Length(count, unit == "workday")


def written(length: Length) -> str:
    """A length as it is kept."""
    return f"{length.count}w" if length.workdays else str(length.count)


def parsed(kept: str) -> Length:
    """Read what ``written`` wrote. Raises ValueError if it is something else."""
    return Length(int(kept.removesuffix("w")), kept.endswith("w"))


def lengths(kept: Mapping[str, str]) -> dict[str, Length]:
    """Read the lengths of steps, by their ids, as a chat keeps them."""
    return {step: parsed(each) for step, each in kept.items()}


def said(words: Language, length: Length) -> str:
    """A length as people read it."""
    if length.workdays:
        return words.say("{count}个工作日", count=length.count)
    return words.say("{count}天", count=length.count)
