"""Lengths of time as people state them: how long ago, how long already, how soon.

How wide the words are read, with "year" standing for any unit:

- "3 years", "3年前": half a unit on both sides; "3年半", "3.5 years": a quarter; days: a tenth;
- 大概, 左右, about: three quarters of a unit, at least a tenth of the whole;
- 3年多, 三年有余, a little more than 3 years: over 3, under 4;
- 十多年: over 10, under 20;
- 快, 将近, nearly: not yet, but less than half a unit (or a tenth of the whole) short of it;
- 不到, less than: anything under; 近三年, 三年内, within: anything up to, the end included;
- 以上, 至少, 满, at least: that and anything longer; 超过, over: anything longer;
- 刚满, just over: complete for a quarter of a unit at most;
- 两三年: 2 to 3, 几年: 2 to 9, 十几年: 11 to 19, each end as wide as a single number.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from conversations.time_words.spans import Length, Span, latest_complete, shift, vague_span

Bound = Literal[
    "plain", "nearly", "under", "at_most", "within", "nearly_or_within",
    "at_least", "over", "more", "just",
]  # fmt: skip
Towards = Literal["unsaid", "past", "future"]

_DAY = Length(days=1)


@dataclass(frozen=True, slots=True)
class Amount:
    """A length between ``low`` and ``high``, and how coarse its wording is.

    ``half`` is the margin of the plain words, ``about`` that of "about", ``step`` what 多 can add.
    """

    low: Length
    high: Length
    half: Length
    about: Length
    step: Length


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as stated.

    ``short_year`` holds the two digits of a bare 19年, which may be the year 2019; ``doubtful`` is
    set where 19 may be a year and no more than that can be said (19年以前, 19年内).
    """

    amount: Amount
    bound: Bound
    towards: Towards
    short_year: int | None = None
    doubtful: bool = False

    def runs_from_event(self) -> bool:
        """Whether, after the name of an event, it runs from that: 成立三年后, 认证五年内."""
        return self.towards == "future" or self.bound == "within"


def years(low: int, high: int, step: int = 1) -> Amount:
    """Whole years; ``step`` is 10 where 多 follows a ten."""
    about = max(9, -(-12 * high // 10))
    return Amount(Length(12 * low), Length(12 * high), Length(6), Length(about), Length(12 * step))


def months(low: int, high: int, *, half_year: bool = False, step: int = 1) -> Amount:
    """Whole months; ``half_year`` where they were said in halves of a year."""
    if half_year:
        about = Length(max(6, -(-high // 10)))
        return Amount(Length(low), Length(high), Length(3), about, Length(6))
    about = Length(days=max(23, 3 * high))
    return Amount(Length(low), Length(high), Length(days=15), about, Length(step))


def month_and_half(whole: int) -> Amount:
    """So many months and a half; half a month for 0."""
    length = Length(whole, 15)
    about = Length(days=max(15, 3 * whole))
    return Amount(length, length, Length(days=7), about, Length(days=15))


def weeks(low: int, high: int, step: int = 1) -> Amount:
    """Whole weeks."""
    about = Length(days=max(6, high))
    return Amount(
        Length(days=7 * low), Length(days=7 * high), Length(days=4), about, Length(days=7 * step)
    )


def days(low: int, high: int, step: int = 1) -> Amount:
    """Whole days."""
    half, about = Length(days=high // 10), Length(days=max(2, high // 5))
    return Amount(Length(days=low), Length(days=high), half, about, Length(days=step))


def duration_span(duration: Duration, today: date, *, future: bool) -> Span | None:
    """The day so long before, or after, ``today``; ``None`` where the words say neither.

    ``future`` says where the asked day lies, for words that leave it open.
    """
    amount = duration.amount
    slack = amount.about - amount.half
    if duration.towards == "future" or (future and duration.towards == "unsaid"):
        ahead = _days_ahead(duration, today)
        return ahead and vague_span(*ahead, slack)
    first, last = _days_back(amount, duration.bound, today)
    return vague_span(first, last, slack) if first <= last else None


def _days_ahead(duration: Duration, today: date) -> tuple[date, date] | None:
    amount = duration.amount
    if duration.bound in ("within", "at_most", "nearly_or_within"):
        return today, shift(today, amount.high)
    if duration.bound != "plain" or duration.towards != "future":
        return None
    return shift(today, amount.low - amount.half), shift(today, amount.high + amount.half)


def _days_back(amount: Amount, bound: Bound, today: date) -> tuple[date, date]:
    low, high = amount.low, amount.high
    yesterday = shift(today, -_DAY)
    match bound:
        case "plain":
            first, last = shift(today, -(high + amount.half)), shift(today, amount.half - low)
        case "nearly":
            short = amount.about if _tenth_is_wider(amount) else amount.half
            first, last = _not_yet(today, high), shift(today, short - low)
        case "under":
            first, last = _not_yet(today, high), today
        case "within" | "at_most" | "nearly_or_within":
            first, last = shift(today, -high), today
        case "at_least":
            first, last = date.min, latest_complete(today, low)
        case "over":
            first, last = date.min, latest_complete(yesterday, low)
        case "more":
            first, last = _not_yet(today, high + amount.step), latest_complete(yesterday, low)
        case "just":
            last = latest_complete(today, low)
            first = shift(last, -_half_of(amount.half))
    return first, last


def _not_yet(today: date, length: Length) -> date:
    """The earliest day from which ``length`` is not complete."""
    return shift(latest_complete(today, length), _DAY)


def _half_of(length: Length) -> Length:
    return Length(-(-length.months // 2), -(-length.days // 2))


def _tenth_is_wider(amount: Amount) -> bool:
    return amount.high.months >= 120
