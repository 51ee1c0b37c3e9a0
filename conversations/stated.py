"""The day that is stated within a question, such as “2021年6月” in one about winning then."""

import re
from datetime import date

from conversations.dates import read_day, read_when
from conversations.numerals import read_number
from rules.periods import Interval, add_years

_NUMBER = "[0-9〇零一二两三四五六七八九十]"
_MONTH = rf"{_NUMBER}{{1,2}}月(?:份)?(?:{_NUMBER}{{1,3}}[日号])?(?:初|中旬|底|末)?"
_PART = rf"(?:{_MONTH}|年?[初底末中]|[上下]半年)?"
_ENGLISH_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
)
_WHEN = re.compile(
    r"(?:19|20)\d{2}[-./]\d{1,2}(?:[-./]\d{1,2})?(?!\d)"
    rf"|(?<!\d)(?:19|20)\d{{2}}年{_PART}"
    rf"|二[〇零]{_NUMBER}{{2}}年{_PART}"
    rf"|(?<![\d第近满过])[012]\d年(?!以|内|前|后|多|了|半|的|度|间){_PART}"
    rf"|(?:大前年|前年|去年|今年|明年|后年){_PART}"
    rf"|{_NUMBER}{{1,3}}年(?:多|半)?(?:以前|之前|前)"
    rf"|[上这]个?月|{_MONTH}"
    rf"|(?:\d{{1,2}} )?\b{_ENGLISH_MONTH}\b(?: \d{{1,2}}(?!\d),?)?(?: (?:19|20)\d{{2}})?"
    r"|\blast year\b|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten) years ago\b"
    r"|(?<![\d.])(?:19|20)\d{2}(?![\d年.])"
)
_SHORT_YEAR = re.compile(r"^([012]\d)年")
# To be three years old in March: what is complete then began three years before.
_COMPLETES = re.compile(
    rf"^(?:份|的时候|时)?(?:才|就|刚好|刚|正好|能|会|要|到)*满({_NUMBER}{{1,3}})(?:个)?(?:周)?年"
)
_YEARS_OLD = re.compile(r"\b(\d+|two|three|five|ten) years old (?:in|on) $")
# A length of time up to now: “做了8年质量”, “成立2年半”.
_COUNT = rf"(?:{_NUMBER}+|two|three|four|five|six|seven|eight|nine|ten)"
_LASTING = re.compile(
    r"(?:了|已经?|有|才|刚|满|成立|运行|经营|推行|推广|(?:干|做|搞|从事)[一-鿿]{0,8}?|for |been )"
    rf"\s*({_COUNT}\s*(?:个?半|个多?)?(?:年(?:多|半)?|years?|个月|months))(?!以上|以内|内|后|前)"
)


def stated(rest: str, today: date) -> Interval | None:
    """The day that a folded question states, within bounds; ``None`` if it states none."""
    for match in _WHEN.finditer(rest):
        completes = _COMPLETES.search(rest[match.end() :])
        completes = completes or _YEARS_OLD.search(rest[: match.start()])
        if completes:
            begun = _begun(match[0], completes, today)
            if begun is not None:
                return begun
        when = read_when(_whole(match[0]), today)
        if isinstance(when, Interval):
            return when
    return None


def lasting(rest: str, today: date) -> Interval | None:
    """Since when something has lasted that has done so for as long as the question states."""
    match = _LASTING.search(rest)
    when = read_when(match[1], today) if match else None
    return when if isinstance(when, Interval) else None


def _whole(text: str) -> str:
    return _SHORT_YEAR.sub(r"20\1年", text).replace("月份", "月")


def _begun(text: str, completes: re.Match[str], today: date) -> Interval | None:
    """When it began: years before the day, mostly one to come, on which they are complete."""
    when = read_day(_whole(text), today)
    if not isinstance(when, Interval | date):
        return None
    bounds = when if isinstance(when, Interval) else Interval(when, when)
    years = read_number(completes[1])
    first, last = (add_years(day, -(years or 0)) for day in (bounds.first, bounds.last))
    return Interval(first, last) if years and first and last else None
