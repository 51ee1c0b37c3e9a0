"""Hours of the day as people type them: 17:00, 下午5点半, 5 pm, 24点.

What can be two hours is not guessed: 5点 may be in the morning or in the afternoon, 半夜12点 may
belong to this day or to the next.
"""

import re
from datetime import time

from conversations.numerals import DIGIT, read_number
from conversations.text import NotUnderstood, UnreadableError
from knowledge.fold import fold

END_OF_DAY = "24:00"

_MORNING = "凌晨|清晨|早上|早晨|上午|早"
_EVENING = "下午|午后|傍晚|晚上|晚间|晚|夜里|夜间"
_PART = rf"(?P<part>{_MORNING}|{_EVENING}|中午|正午|半夜|午夜)?的?\s?"
_NUMBER = rf"(?:\d{{1,2}}|[{DIGIT}十]{{1,3}})"
_CHINESE = re.compile(
    rf"{_PART}(?<!\d)(?P<hour>{_NUMBER})\s?(?:点钟?|时(?!候|间))"
    rf"(?:整|(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>\d\d|{_NUMBER}(?=分)))?分?"
)
_FIGURES = re.compile(
    rf"{_PART}(?<![\d:])(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::00)?(?![\d:])"
    r"\s?(?P<m>[ap]\.?m\.?(?![a-z]))?"
)
_ENGLISH = re.compile(r"(?<![\d:])(?P<hour>\d{1,2})\s?(?P<m>[ap]\.?m\.?(?![a-z]))")
_NOON = re.compile(r"正午|中午|\bnoon\b")
_ISO = re.compile(r"(?<=\d)t(?=\d)")


def take_hour(text: str) -> tuple[str | None, str] | NotUnderstood:
    """The hour that a text names, as ``HH:MM``, and the rest of the text, folded.

    ``None`` if it names none; 24:00 is the end of the day.
    """
    folded = _ISO.sub(" ", fold(text))
    for pattern in (_FIGURES, _ENGLISH, _CHINESE, _NOON):
        found = list(pattern.finditer(folded))
        if not found:
            continue
        if len(found) > 1:
            return NotUnderstood("ambiguous")
        try:
            hour = _read(found[0])
        except UnreadableError as error:
            return NotUnderstood(error.reason)
        rest = f"{folded[: found[0].start()]} {folded[found[0].end() :]}"
        return hour, rest.strip()
    return None, folded


def hour_of(text: str) -> time:
    """The time that ``HH:MM`` is. The end of the day is its last minute: 24:00 is the next day."""
    return time(23, 59) if text == END_OF_DAY else time.fromisoformat(text)


def _read(match: re.Match[str]) -> str:
    said = match.groupdict()
    if "hour" not in said:
        return "12:00"
    hour, minute = _number(said["hour"]), _minute(said)
    if not (hour < 24 and minute < 60) and (hour, minute) != (24, 0):
        raise UnreadableError("no_such_day")
    part = said.get("part") or ""
    if half := (said.get("m") or "").strip("."):
        hour = _twelve(hour, afternoon=half.startswith("p"))
    elif part:
        hour = _in_part(part, hour)
    elif 0 < hour <= 6 and not said["hour"].startswith(("0", "零")):
        raise UnreadableError("ambiguous")
    return f"{hour:02}:{minute:02}"


def _minute(said: dict[str, str | None]) -> int:
    if said.get("half"):
        return 30
    if quarter := said.get("quarter"):
        return 15 * _number(quarter)
    return _number(said["minute"]) if said.get("minute") else 0


def _number(text: str | None) -> int:
    number = read_number(text or "")
    if number is None:
        raise UnreadableError("unknown")
    return number


def _twelve(hour: int, *, afternoon: bool) -> int:
    if not 1 <= hour <= 12:
        raise UnreadableError("unknown")
    return hour % 12 + (12 if afternoon else 0)


def _in_part(part: str, hour: int) -> int:
    """An hour in a part of the day."""
    if part in ("半夜", "午夜") or (hour == 12 and part not in ("中午", "正午", "上午", "下午")):
        raise UnreadableError("ambiguous")
    if part in _MORNING.split("|"):
        if hour > 12:
            raise UnreadableError("unknown")
        return hour
    if part in ("中午", "正午"):
        if hour not in (11, 12, 13, 14, 1, 2):
            raise UnreadableError("unknown")
        return hour + 12 if hour < 11 else hour
    return hour + 12 if hour < 12 else hour
