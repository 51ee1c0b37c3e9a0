"""Days as people state them, read without guessing.

What is vague stays an interval that holds every day which the words can honestly mean; a text with
a word that is not known is not understood at all. Choices that are not in the words themselves:

- 5月, 5月12日 without a year: the latest that has begun; of a day to come, the next;
- 19年5月: 2019; two digits that lie more than five years ahead are of the last century;
- last June, next March: the nearest, or that of last or next year, whichever was meant;
- X前, before X: any day before X; X后, after X: from the day after X up to today; 年底前 reaches
  into the end of the year, and a holiday that follows the moon counts from where it may fall;
- since X, X起, 从X开始: X itself, as the day on which something began;
- 大概, 左右, about: a year more on both sides of a year, a month of a month, a week of a day;
- 刚刚, 最近, just: the last three months;
- two statements, as in "2019年, 七年多了", must both hold.

How lengths of time are read stands in ``time_words.durations``, seasons and the like in
``time_words.fields``, and which words may stand around a date in ``time_words.filler_words``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from conversations.text import MAX_LENGTH, NotUnderstood, UnreadableError
from conversations.time_words.fields import Fields, merge, resolve
from conversations.time_words.spans import Length, Span, hull, shift
from conversations.time_words.tokens import Mark, Token, date_tokens
from knowledge.fold import fold
from rules.periods import Interval

_RECENT = Length(3)
_ASIDE = ("link", "comma", "about", "recent", "now", "between")
_AHEAD = ("before", "after", "by", "not_before")
_BEHIND: dict[Token, Mark] = {
    "before_it": "before", "front": "before", "after_it": "after", "rear": "after",
    "by_it": "by", "from_it": "not_before",
}  # fmt: skip
_SPACE_IN_CHINESE = re.compile(r"(?<=[一-鿿〇]) (?=[一-鿿〇\d])|(?<=\d) (?=[一-鿿〇])")
_PLANNED = re.compile(
    "我们?打算|打算|计划|准备|预计|想|要|将|会|能|再|申报|申请|提交|递交|报名|报|交|材料"
    r"|\b(?:we plan to|we will|we'll|i will|will|plan to|planning to|submit|submitting|apply"
    r"|applying|application|submission|hand in|it)\b"
)


def read_when(text: str, today: date) -> Interval | NotUnderstood:
    """Read a day in the past or future, known exactly or within bounds, seen from ``today``."""
    return _read(text, today, future=False)


def read_day(text: str, today: date) -> date | Interval | NotUnderstood:
    """Read a day to come, such as that of a submission; without a year it is the next such day.

    Of a stretch that has begun, only the days from ``today`` on are kept.
    """
    when = _read(text, today, future=True)
    if isinstance(when, NotUnderstood):
        return when
    if when.exact:
        return when.first
    return Interval(today, when.last) if when.first < today <= when.last else when


def _read(text: str, today: date, *, future: bool) -> Interval | NotUnderstood:
    if len(text) > MAX_LENGTH:
        return NotUnderstood("too_long")
    folded = fold(text).rstrip("~ ")
    if future:
        folded = _PLANNED.sub(" ", folded).strip()
    folded = _SPACE_IN_CHINESE.sub("", folded)
    try:
        return _understand(list(date_tokens(folded, today, future=future)), today, future=future)
    except UnreadableError as error:
        return NotUnderstood(error.reason)


# Two statements of the same day leave at least this part of the narrower one.
_MOST_LOST = 8


def _understand(tokens: list[Token], today: date, *, future: bool) -> Interval:
    reading = _Reading(today, future=future, about="about" in tokens)
    statements = list(reading.statements(_gather(tokens)))
    if not statements:
        return _unsaid(tokens, today, future=future)
    first = max(one.first for one in statements)
    last = min(one.last for one in statements)
    narrowest = min((one.last - one.first).days for one in statements)
    # Statements of one thing overlap well; those that only touch are of two things.
    if (last - first).days < narrowest // _MOST_LOST:
        raise UnreadableError("ambiguous")
    return Interval(first, last)


def _unsaid(tokens: list[Token], today: date, *, future: bool) -> Interval:
    """What "just now" and "now" mean when nothing else is said about time."""
    if "recent" in tokens and not future:
        return Interval(shift(today, -_RECENT), today)
    if "now" in tokens:
        return Interval(today, today)
    raise UnreadableError("unknown")


def _gather(tokens: list[Token]) -> list[Token]:
    """Join the parts of one date, and keep of the other words those that matter to it."""
    joined: list[Token] = []
    between, comma = "between" in tokens, False
    for word in tokens:
        if word in _ASIDE:
            comma = comma or word == "comma"
            continue
        last = joined[-1] if joined else None
        merged = None
        if isinstance(word, Fields) and isinstance(last, Fields):
            merged = merge(last, word)
        if merged:
            joined[-1] = merged
        else:
            joined += ["gap"] if comma else []
            joined.append(("to" if between else "gap") if word == "and" else word)
        comma = False
    return joined


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the joined words say, seen from ``today``."""

    today: date
    future: bool
    about: bool

    def statements(self, items: list[Token]) -> Iterator[Interval]:
        """The bounds that the words set, one after another; all of them hold."""
        position = 0
        while position < len(items):
            if items[position] in ("gap", "event"):
                position += 1
                continue
            item = items[position]
            ahead = item if item in _AHEAD else None
            position += ahead is not None
            stretch, position = self._stretch(items, position)
            behind = items[position] if position < len(items) else None
            if behind in _BEHIND:
                if ahead or (behind in ("front", "rear") and _unclear(items[position - 1])):
                    raise UnreadableError("ambiguous")
                position += 1
                yield self._bounded(stretch, _BEHIND[behind])
            else:
                yield self._bounded(stretch, ahead)

    def _stretch(self, items: list[Token], position: int) -> tuple[Span, int]:
        one = _moment(items, position)
        if position + 2 < len(items) and items[position + 1] in ("to", "or"):
            other = _moment(items, position + 2)
            either = items[position + 1] == "or"
            return self._range(one, other, either=either), position + 3
        return self._resolved(one), position + 1

    def _range(self, one: Fields | Span, other: Fields | Span, *, either: bool) -> Span:
        """From ``one`` to ``other``, which share what only one of them names."""
        if isinstance(one, Fields) and isinstance(other, Fields):
            inherits = one.year is not None and other.year is None
            if one.year is None and other.year and one.named() != other.named() - {"year"}:
                # From May to 2020: whose May?
                raise UnreadableError("unknown")
            one, other = _share(one, other), _share(other, one)
            begin, end = self._resolved(one), self._resolved(other)
            if begin.first > end.last and inherits and other.year:
                end = self._resolved(replace(other, year=other.year + 1))
        else:
            begin, end = self._resolved(one), self._resolved(other)
        if begin.first > end.last and not either:
            raise UnreadableError("unknown")
        return hull(begin, end)

    def _resolved(self, moment: Fields | Span) -> Span:
        if isinstance(moment, Fields):
            if moment.named() == {"edge"}:
                raise UnreadableError("unknown")
            moment = resolve(moment, self.today, future=self.future)
        return moment.about() if self.about else moment

    def _bounded(self, stretch: Span, bound: Token | None) -> Interval:
        today = self.today
        match bound:
            case "before":
                return self._until(stretch.before)
            case "by":
                return self._until(stretch.last)
            case "after" | "not_before":
                first = stretch.after if bound == "after" else stretch.first
                return Interval(first, today if first <= today and not self.future else date.max)
            case _:
                return stretch.interval()

    def _until(self, last: date) -> Interval:
        first = self.today if self.future and self.today <= last else date.min
        return Interval(first, last)


def _moment(items: list[Token], position: int) -> Fields | Span:
    item = items[position] if position < len(items) else None
    if isinstance(item, Fields | Span):
        return item
    raise UnreadableError("unknown")


def _unclear(item: Token) -> bool:
    """Whether 前 after it can count instead of bound: 3月前, 3日前."""
    return isinstance(item, Fields) and item.named() in ({"month"}, {"day"})


def _share(one: Fields, other: Fields) -> Fields:
    if one.year is None and one.month is None and (one.day or one.piece):
        one = replace(one, month=other.month)
    return replace(one, year=other.year) if one.year is None else one
