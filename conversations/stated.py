"""The days that are stated within a question, such as “2021年6月” in one about winning then."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
    # After 工作, 成立 and the like it is a length: “质量工作12年”.
    rf"|(?<![\d第近满过量作立营行做干搞有])[012]\d年(?!以|内|前|后|多|了|半|的|度|间){_PART}"
    rf"|(?:大前年|前年|去年|今年|明年|后年){_PART}"
    rf"|{_NUMBER}{{1,3}}年(?:多|半)?(?:以前|之前|前)"
    rf"|[上这]个?月|{_MONTH}"
    rf"|(?:\d{{1,2}} )?\b{_ENGLISH_MONTH}\b(?: \d{{1,2}}(?!\d),?)?(?: (?:19|20)\d{{2}})?"
    r"|\blast year\b|\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten) years ago\b"
    # Neither ISO9001:2015 nor 〔2018〕19号 states a day; “in 2022.” does.
    r"|(?<![\d.:\-〔\[])(?:19|20)\d{2}(?!\d|年|\.\d|版)"
)
# It is somebody's own, not what a text may ask for: “要成立3年才能报吗”.
_OWN = re.compile("了|已|刚|才(?![能可行算])|我|咱|本[公单企人]|公司|企业|单位|for |been ")
_ASKED_FOR = re.compile("要(?!等)|须|需|至少|只有|必|need|must|require|have to")
_AS_SOON_AS = re.compile("(?:以上|的)?(?:才|就)")
_BREAK = re.compile("[,;、。.?]")
_FAR = 100
"""How many characters apart the end of a clause sets two things."""
_SHORT_YEAR = re.compile(r"^([012]\d)年")
# To be three years old in March: what is complete then began three years before.
_COMPLETES = re.compile(
    rf"^(?:份|的时候|时)?(?:才|就|刚好|刚|正好|能|会|要|到)*满({_NUMBER}{{1,3}})(?:个)?(?:周)?年"
)
# The year of a text or an edition: “按2023年的办法”, “2021年修订”.
_OF_TEXT = re.compile(
    "^(?:起|版|新|的|修订|印发|施行|实施|发布|公布|出台|管理|评审|那个|这个)*"
    "(?:办法|规定|文件|条例|版本|政策(?!性)|修订|细则)"
)
_YEARS_OLD = re.compile(r"\b(\d+|two|three|five|ten) years old (?:in|on) $")
# A length of time up to now: “做了8年质量”, “成立2年半”.
_COUNT = rf"(?:{_NUMBER}+|two|three|four|five|six|seven|eight|nine|ten)"
_LASTING = re.compile(
    r"(?:了|已经?|有|才|刚|[刚才已经快]满|成立|运行|运营|经营|工作|质量"
    r"|(?:干|做|搞|从事|推行|推广|导入)[一-鿿]{0,8}?|for |been )"
    rf"\s*({_COUNT}\s*(?:个?半|个多?)?(?:年(?:多|半)?|years?|个月|months))(?!以上|以内|内|后|前)"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A day that a text states, within bounds, and from where to where it stands there."""

    when: Interval
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """A folded question and the days that it states, to find out which day is meant."""

    text: str
    days: tuple[Stated, ...]

    def day_of(self, pattern: re.Pattern[str], text: str | None = None) -> Stated | None:
        """The day that stands nearest to what is looked for, of one clause if there is one."""
        near = (
            (self._apart(match, day), day)
            for match in pattern.finditer(text or self.text)
            for day in self.days
        )
        return min(near, key=lambda pair: pair[0], default=(0, None))[1]

    def clause(self, day: Stated) -> str:
        """The clause in which a day is stated."""
        before = _BREAK.split(self.text[: day.start])[-1]
        return before + _BREAK.split(self.text[day.start :], maxsplit=1)[0]

    def _apart(self, match: re.Match[str], day: Stated) -> int:
        first, last = min(match.end(), day.end), max(match.start(), day.start)
        between = self.text[first:last] if first < last else ""
        return len(between) + _FAR * len(_BREAK.findall(between))


def stated(rest: str, today: date) -> Interval | None:
    """The day that a folded question states first, within bounds; ``None`` if it states none."""
    return next((one.when for one in _days(rest, today)), None)


def all_stated(rest: str, today: date) -> tuple[Stated, ...]:
    """The days that a folded question states; if none, since when something has lasted."""
    return tuple(_days(rest, today)) or _lasting(rest, today)


def _days(rest: str, today: date) -> Iterator[Stated]:
    for match in _WHEN.finditer(rest):
        if _OF_TEXT.search(rest[match.end() :]):
            continue
        completes = _COMPLETES.search(rest[match.end() :])
        completes = completes or _YEARS_OLD.search(rest[: match.start()])
        when = _begun(match[0], completes, today) if completes else None
        if when is None:
            read = read_when(_whole(match[0]), today)
            when = read if isinstance(read, Interval) else None
        if when is not None:
            yield Stated(when, match.start(), match.end())


def _lasting(rest: str, today: date) -> tuple[Stated, ...]:
    """Since when something has lasted for as long as is said; nothing if two lengths are said."""
    found = list(_LASTING.finditer(rest))
    if len({match[1] for match in found}) != 1 or not _OWN.search(rest):
        return ()
    before, after = rest[: found[0].start()], rest[found[0].end() :]
    if _ASKED_FOR.search(_BREAK.split(before)[-1]) or _AS_SOON_AS.match(after):
        return ()
    # “12年” alone would be the year 2012.
    when = read_when(f"{found[0][1]}了", today)
    return (Stated(when, *found[0].span(1)),) if isinstance(when, Interval) else ()


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
