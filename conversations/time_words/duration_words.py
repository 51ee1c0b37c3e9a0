"""The words for lengths of time, in Chinese and English, and what each of them says."""

import re
from dataclasses import dataclass
from functools import cache

from conversations.numerals import CHINESE, DIGIT, ENGLISH, read_about, read_number
from conversations.time_words.durations import (
    Amount,
    Bound,
    Duration,
    Towards,
    days,
    month_and_half,
    months,
    weeks,
    years,
)

_LONGEST_IN_YEARS = 200
_UNITS = ("year", "month", "quarter", "week", "day")

_BEFORE_ZH: dict[Bound, str] = {
    "nearly": "快要到?|快要?满|快到|快有|快|将近|接近|临近|近乎|几乎|差一点"
    "|马上就?要?满?|就要满?|即将满?",
    "under": "(?:还|都)?(?:不到|不足|未满|不满|没到|没满|未到|不及|没有|未足)"
    "|少于|小于|低于|<(?!=)",
    "at_most": "不超过|不多于|不大于|最多|至多|≤|<=",
    "within": "在?最近(?:这|的)?|在?过去(?:这|的)?|未来(?:这|的)?|今后|这",
    "at_least": "(?:至少|起码|最少|不少于|不低于|不小于|不下|足足|足|已?满)[有满]?了?|≥|>=",
    "over": "(?:已经?)?(?:超过|大于|多于|不止|高于)了?|>(?!=)",
    "just": "刚刚?(?:好|到)?满|刚刚?(?:过|到|有)?了?",
    "nearly_or_within": "近",
    "plain": "整|刚好|正好|整整|再过",
}
_AFTER_ZH: dict[Bound, str] = {
    "more": "多|有余|余",
    "just": "出头|刚过",
    "at_least": "及?以上|或以上|往上|或更[久长]|\\+",
    "under": "(?:不到|不足)(?![\\d零一二两三四五六七八九十几半])",
    "at_most": "及?以下",
    "within": "以内|之内|内|里",
    "plain": "整|来",
}
_BEFORE_EN: dict[Bound, str] = {
    "nearly": "nearly|almost|close to|just under|not quite|approaching|going on|coming up on"
    "|(?:just )?(?:short|shy) of",
    "under": "less than|under|fewer than|not yet|shorter than",
    "at_most": "at most|no more than|not more than|no longer than|up to|not over",
    "within": "(?:with)?in the (?:last|past|next)|within|(?:over|during) the (?:last|past)|these",
    "at_least": "at least|no less than|not less than|no fewer than|a minimum of|minimum"
    "|upwards of|a full",
    "over": "in excess of|longer than|well over|more than|over",
    "more": "(?:a )?(?:little|bit|slightly) more than",
    "just": "just over|(?:a )?(?:little|bit|slightly) over|just",
    "plain": "exactly|for the (?:last|past)|in",
}
_AFTER_EN: dict[Bound, str] = {
    "at_least": "(?:or|and) (?:more|longer)|plus|and counting",
    "at_most": "or (?:less|under)",
    "more": "and (?:a bit|change)|and a few months",
}


def _choice(group: str, words: dict[Bound, str]) -> str:
    """The alternatives, each under its own name, for a verbose pattern."""
    named = (f"(?P<{group}_{bound}>{pattern})" for bound, pattern in words.items())
    return "|".join(named).replace(" ", r"\ ")


_NUMBER_ZH = rf"\d{{1,3}}(?:\.\d{{1,2}})?(?![\d.])|好?几十?|{CHINESE}{{1,3}}几|{CHINESE}{{1,6}}"
_TO = r"\s?(?:到|至|-|~|或者?|、)\s?"
_ZH = re.compile(
    rf"""(?<![\d.第每前])(?:{_choice("pre", _BEFORE_ZH)})?\s?
    (?:(?P<n>{_NUMBER_ZH})(?:{_TO}(?P<n2>{_NUMBER_ZH}))?\s?(?P<tens>多|余|来)?(?P<plus>\+)?\s?
        (?:(?P<year>周?年)(?P<year_half>半)?(?:[零又加和]?(?P<more_months>{_NUMBER_ZH})个月)?
          |(?P<month>个(?P<month_half>半)?(?P<month_more>多)?月)
          |(?P<week>周(?!年)|个?(?:星期|礼拜))
          |(?P<quarter>个季度)
          |(?P<day>天))
      |(?P<half_year>大?半年)|(?P<half_month>半个?月))
    (?!级|度|份|纪|龄|代)
    (?:{_choice("post", _AFTER_ZH)})?\s?
    (?P<way>之?以?前(?!后)|之?以?后)?""",
    re.VERBOSE,
)

_NUMBER_EN = (
    r"\d{1,3}(?:\.\d{1,2})?|a\ couple\ of|couple\ of|a\ few|several|few|"
    + "|".join(ENGLISH[::-1])
    + "|an?"
)
_ABOUT_EN = {
    "a couple of": (2, 3),
    "couple of": (2, 3),
    "a few": (2, 9),
    "few": (2, 9),
    "several": (3, 9),
}
_EN = re.compile(
    rf"""(?<![a-z\d.])(?:(?:{_choice("pre", _BEFORE_EN)})\ )?
    (?:(?P<n>{_NUMBER_EN})(?:\ ?(?:-|~|to|or|and)\ ?(?P<n2>{_NUMBER_EN}))?(?P<plus>\+)?
        (?:\ ?-?full)?(?P<and_half>[\ -]and[\ -](?:an?[\ -])?half)?[\ -]?
        (?:(?P<year>years?|yrs?|y)|(?P<month>months?|mos?)|(?P<week>weeks?|wks?)|(?P<day>days?))
        (?![a-z])(?P<half_after>\ and\ (?:a\ )?half)?
        (?:,?\ (?:and\ )?(?P<more_months>{_NUMBER_EN})\ months?)?
      |half[\ -](?:an?\ )?(?P<half>year|month))
    (?![a-z])'?s?(?:\ (?:{_choice("post", _AFTER_EN)}))?
    (?:\ (?P<way>ago|back|before\ now|from\ now|from\ today|hence))?(?![a-z])""",
    re.VERBOSE,
)


def match_duration(text: str, start: int) -> tuple[Duration, int] | None:
    """Read a length of time in the folded ``text`` from ``start`` on, and say where it ends."""
    for pattern, read in ((_ZH, _read_zh), (_EN, _read_en)):
        match = pattern.match(text, start)
        duration = match and read(match)
        if match and duration:
            return duration, match.end()
    return None


def _read_zh(match: re.Match[str]) -> Duration | None:
    amount = _amount_zh(match)
    bound = _bound(_named(match, "pre"), "at_least" if match["plus"] else _named(match, "post"))
    if match["month_more"] or match["tens"] in ("多", "余") or match["half_year"] == "大半年":
        bound = "more" if bound == "plain" else None
    way = match["way"]
    if amount is None or bound is None:
        return None
    towards: Towards = "unsaid"
    if way:
        towards = "past" if way.endswith("前") else "future"
    if match[0].startswith(("未来", "今后", "再过")):
        towards = "future"
    elif match[0].startswith(("过去", "在过去")):
        towards = "past"
    short_year = _short_year(match)
    if short_year is None and _is_digit_by_digit(match["n"]):
        return None
    return Duration(amount, bound, towards, short_year, _doubtful(match))


def _read_en(match: re.Match[str]) -> Duration | None:
    pre, post = _named(match, "pre"), _named(match, "post")
    if match["plus"]:
        post = "at_least"
    bound = _bound(pre, post)
    amount = _amount_en(match, bound)
    if amount is None or bound is None:
        return None
    way, prefix = match["way"], match[f"pre_{pre}"] if pre else ""
    towards: Towards = "unsaid"
    if way:
        towards = "past" if way in ("ago", "back", "before now") else "future"
    elif prefix == "in" or prefix.endswith("next") or prefix.startswith("in "):
        towards = "past" if prefix.endswith(("last", "past")) else "future"
    return Duration(amount, bound, towards)


def _named(match: re.Match[str], group: str) -> Bound | None:
    words = {"pre": (_BEFORE_ZH, _BEFORE_EN), "post": (_AFTER_ZH, _AFTER_EN)}[group]
    names = words[0] if match.re is _ZH else words[1]
    return next((bound for bound in names if match[f"{group}_{bound}"]), None)


@cache
def _bound(pre: Bound | None, post: Bound | None) -> Bound | None:
    """What two words say together; ``None`` where they contradict each other."""
    said = {word for word in (pre, post) if word not in (None, "plain")}
    if not said:
        return "plain"
    if len(said) == 1:
        return said.pop()
    if said <= {"at_least", "over"}:
        return "at_least"
    if said <= {"nearly_or_within", "within", "at_most"}:
        return "within"
    return None


def _amount_zh(match: re.Match[str]) -> Amount | None:
    if match["half_year"]:
        return months(6, 6, half_year=True)
    if match["half_month"]:
        return month_and_half(0)
    half = bool(match["year_half"] or match["month_half"])
    if "." in match["n"]:
        plain = match["year"] and not (match["n2"] or match["tens"] or half)
        return _decimal(match["n"]) if plain else None
    numbers = _range(match["n"], match["n2"])
    if numbers is None:
        return None
    low, high = numbers
    step = _last_digit(low) if match["tens"] in ("多", "余") else 1
    if match["tens"] == "来":
        low, high = low - low // 5, high + high // 5
    return _amount(match, low, high, _Rest(step, half, match["more_months"]))


def _amount_en(match: re.Match[str], bound: Bound | None) -> Amount | None:
    if match["half"]:
        return months(6, 6, half_year=True) if match["half"] == "year" else month_and_half(0)
    if "." in match["n"]:
        return _decimal(match["n"]) if match["year"] and not match["n2"] else None
    numbers = _ABOUT_EN.get(match["n"]) or _range(match["n"], match["n2"])
    if numbers is None:
        return None
    half = bool(match["and_half"] or match["half_after"])
    step = _last_digit(numbers[0]) if bound == "more" else 1
    return _amount(match, *numbers, _Rest(step, half, match["more_months"]))


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is said beside the number and its unit."""

    step: int
    half: bool
    months: str | None


def _amount(match: re.Match[str], low: int, high: int, rest: _Rest) -> Amount | None:
    unit = next(name for name in _UNITS if match.groupdict().get(name))
    if unit == "year":
        return _years_and_more(low, high, rest)
    if rest.months or (rest.half and (unit != "month" or low != high)):
        return None
    if unit == "month":
        return month_and_half(low) if rest.half else months(low, high, step=rest.step)
    if unit == "quarter":
        return months(3 * low, 3 * high)
    return (weeks if unit == "week" else days)(low, high, rest.step)


def _years_and_more(low: int, high: int, rest: _Rest) -> Amount | None:
    if high > _LONGEST_IN_YEARS or (low != high and (rest.half or rest.months)):
        return None
    if rest.months:
        extra = read_number(rest.months)
        whole = 12 * low + (extra or 0)
        return months(whole, whole) if extra and extra < 24 and not rest.half else None
    if rest.half:
        return months(12 * low + 6, 12 * low + 6, half_year=True)
    return years(low, high, rest.step)


def _decimal(text: str) -> Amount | None:
    in_months = round(float(text) * 12)
    if not in_months:
        return None
    if text.endswith((".5", ".50")):
        return months(in_months, in_months, half_year=True)
    amount = months(in_months, in_months)
    return years(in_months // 12, in_months // 12) if text.rstrip("0").endswith(".") else amount


def _range(low: str, high: str | None) -> tuple[int, int] | None:
    if high is None:
        about = read_about(low)
        number = read_number(low)
        numbers = about or (number and (number, number)) or None
        return numbers if numbers and numbers[0] else None
    first, second = read_number(low), read_number(high)
    if first is None or second is None or not 0 < first < second:
        return None
    return first, second


def _last_digit(number: int) -> int:
    """What one more is in a round number: 10 in 20, 100 in 300, 1 in 3."""
    step = 1
    while number and number % (step * 10) == 0:
        step *= 10
    return step


def _short_year(match: re.Match[str]) -> int | None:
    """The two digits of 19年, 零九年 or 七八年, if nothing beside them says a length of time."""
    text = match["n"]
    if match[0] != f"{text}年" or len(text) != 2:
        return None
    return read_number(text) if text.isascii() or all(c in DIGIT for c in text) else None


def _is_digit_by_digit(text: str | None) -> bool:
    """Whether a number is spelt as only years are: 五三, but not 两三."""
    spelt = text is not None and len(text) > 1 and all(c in DIGIT for c in text)
    return spelt and read_about(text or "") is None


_YEAR_OR_LENGTH = re.compile(r"\d\d年(?:[之以]前|[之以]?后|内|里)|\d\d\D\d\d年")


def _doubtful(match: re.Match[str]) -> bool:
    return bool(_YEAR_OR_LENGTH.fullmatch(match[0]))
