"""The results of fiscal years, as people report them: "24年亏了，25年盈利", "profit in both years".

The words are taken one after another; one that is not known ends the reading. Each statement
leaves some results possible for some years. What all of them leave is the answer, where it is a
single result.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from conversations.numerals import read_number
from conversations.text import MAX_LENGTH, NotUnderstood, UnreadableError
from conversations.time_words.fields import full_year
from knowledge.fold import fold

_AGO = {
    "大前年": -3, "前年": -2, "the year before last": -2, "去年": -1, "上一年": -1, "上年": -1,
    "last year": -1, "今年": 0, "本年": 0, "this year": 0,
}  # fmt: skip
_WORDS = re.compile(
    "(?P<ago>" + "|".join(_AGO) + ")度?"
    r"|(?P<year>(?:19|20)\d\d)(?!\d|万|元|,\d{3}(?!\d))\s?(?:年度?)?"
    r"|(?P<short>(?<!\d)\d\d)(?:\s?年度?|(?=\s?(?::|[亏盈赚赔持平])|\s?[到至~-]\s?\d\d\s?年))"
    r"|(?P<spelt>[一二][〇零○九][〇零○一二三四五六七八九]{2})年度?"
    r"|(?P<break_even>不赚不[亏赔]|不[亏赔]不赚|不盈不亏|不亏不盈|盈亏[平持]平|盈亏平衡|收支平衡|收支[持打]平|持平"
    r"|打平|保本|(?:break|broke|broken)[- ]?even|平(?!均))"
    r"|(?P<policy_loss>政策性?亏损|policy(?:[- ]related)? loss(?:es)?)"
    r"|(?P<not_loss>(?:没有?|未|不|从未|not|no)\s?(?:an? |any )?(?:亏损|亏钱|赔钱|[亏赔]|loss))过?"
    r"|(?P<not_profit>(?:没有?|未|不|从未|not|no)\s?(?:an? |any )?"
    r"(?:[盈赢]利|赚钱|挣钱|[盈赚挣]|profitable|profit))过?"
    r"|(?P<profit>扭亏(?:为盈)?|转亏为盈|由?亏转盈|[盈赢]利|盈余|赚钱|挣钱|由?盈(?!转)|[赚挣]|微利"
    r"|profitable|profits?|made money|in the black)"
    r"|(?P<loss>由?盈转亏|亏损|亏钱|赔钱|[亏赔]|loss(?:es)?|lost money|in the red)"
    r"|(?P<span>连续|这|最近|近|过去|前|后|(?:in )?(?:the )?(?:last|past|both|all) )?"
    r"(?P<count>[一二两三四五六七八九十\d]|two|three|four|five)\s?(?:年|years)"
    r"|(?P<but>除了?|除开|except(?: for)?|apart from)"
    r"|(?P<others>其[他它余](?:的?年份|年度)?|另外(?:[一两]年|年份)?|剩下的?|别的年份|(?:the )?rest"
    r"|(?:the )?others?(?: years?)?)"
    r"|(?P<all>(?:这|最?近)几年都?|全都是|全都|全是|全部|都是|都|均|全|一直以来|一直|始终|每年|年年|历年|从来"
    r"|always|both(?: years)?|every year|each year|all(?: years)?)"
    r"|(?P<to>[到至~]|-(?=(?:19|20)\d\d(?!\d|万|元))|-(?=\d\d\s?年))"
    r"|(?:(?P<sign>[-+])\s?)?(?P<amount>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<decimals>\.\d+)?"
    r"\s?(?:[万亿千百元块]|rmb|cny|yuan|million|[mkw](?![a-z]))*"
    r"|(?P<stop>[,.。;!])"
    r"|(?P<filler>我们|公司|企业|我司|净?利润|净利|经营|业绩|财务|结果|情况|总体|整体|实现|小幅|大幅|略有|略"
    r"|稍有?|微|小|大|保持|的|了|是|为|有|在|也|还|而|但是?|和|与|及|过|年份|以外|之外|外|[:、\s]"
    r"|(?:in|and|we|was|were|had|has|have|been|made|an?|the|it|our|for|of|is|are|but|then|years?"
    r"|net|results?|small|slight|big)(?![a-z]))"
)
_RESULTS: dict[str, frozenset[str]] = {
    "profit": frozenset({"profit"}),
    "loss": frozenset({"loss"}),
    "break_even": frozenset({"break_even"}),
    "policy_loss": frozenset({"policy_loss"}),
    "not_loss": frozenset({"profit", "break_even"}),
    "not_profit": frozenset({"loss", "policy_loss", "break_even"}),
}
_ALL_FOLLOWS = re.compile(r"\s?(?:来|里|内)?\s?(?:都|均|全|一直)")
_ASCII_LETTER = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class _Years:
    """The years that a statement is about."""

    kind: Literal["named", "all", "others"]
    years: frozenset[int] = frozenset()


_Possible = frozenset[str]
_Clause = list[_Years | _Possible]


def read_results(text: str, years: Sequence[int], today: date) -> dict[int, str] | NotUnderstood:
    """Read the results of fiscal years: ``profit``, ``break_even``, ``loss``, ``policy_loss``.

    ``years`` are those asked about, which "all" and "the others" stand for. A year that is not
    over on ``today`` is left out unless it is asked about, for a submission on a day to come; so
    are years of which nothing certain is said.
    """
    if len(text) > MAX_LENGTH:
        return NotUnderstood("too_long")
    reading = _Reading(tuple(years), today)
    try:
        reading.read(fold(text).replace("−", "-"))
        return reading.conclusion()
    except UnreadableError as error:
        return NotUnderstood(error.reason)


@dataclass(slots=True)
class _Reading:
    """The statements found so far; a statement without years says something of some year."""

    asked: tuple[int, ...]
    today: date
    statements: list[tuple[_Years | None, _Possible]] = field(default_factory=list)
    clause: _Clause = field(default_factory=list)
    pending: _Years | None = None
    named: set[int] = field(default_factory=set)
    excepted: bool = False
    range_open: bool = False

    def read(self, text: str) -> None:
        """Take ``text`` apart."""
        position = 0
        while position < len(text):
            match = _WORDS.match(text, position)
            inside = position and all(
                _ASCII_LETTER.match(text[i]) for i in (position - 1, position)
            )
            if match is None or inside:
                raise UnreadableError("unknown")
            self._word(match)
            position = match.end()
        self._end_clause()
        if self.range_open or (self.pending and not self.excepted):
            raise UnreadableError("unknown")

    def _word(self, match: re.Match[str]) -> None:
        word = match.lastgroup or ""
        if word in _RESULTS:
            self._result(_RESULTS[word])
        elif word in ("ago", "year", "short", "spelt"):
            self._year(_year(word, match[word], self.today))
        elif match["amount"]:
            self._amount(match)
        elif match["count"]:
            self._count(match)
        elif word in ("all", "others"):
            self._years(_Years("all" if word == "all" else "others"))
        elif word == "to":
            last = self.clause[-1] if self.clause else None
            if not isinstance(last, _Years) or last.kind != "named":
                raise UnreadableError("unknown")
            self.range_open = True
        elif word == "but":
            self.excepted = True
        elif word == "stop":
            self._end_clause()

    def _result(self, possible: _Possible) -> None:
        last = self.clause[-1] if self.clause else None
        if isinstance(last, frozenset):
            # Two words for one result, as in 盈利 +300万: both hold.
            self.clause[-1] = last & possible
        else:
            self.clause.append(possible)

    def _amount(self, match: re.Match[str]) -> None:
        last = self.clause[-1] if self.clause else None
        sign = match["sign"]
        if not sign and isinstance(last, frozenset):
            return
        if not (sign or self.clause or self.pending):
            raise UnreadableError("unknown")
        figures = match["amount"] + (match["decimals"] or "")
        zero = not figures.strip("0.,")
        result = "break_even" if zero else "loss" if sign == "-" else "profit"
        self._result(_RESULTS[result])

    def _year(self, year: int) -> None:
        years = {year}
        last = self.clause[-1] if self.clause else None
        if self.range_open and isinstance(last, _Years) and last.years:
            first = max(last.years)
            if not first < year < first + 20:
                raise UnreadableError("unknown")
            years = set(range(first, year + 1))
        self.range_open = False
        self.named |= years
        self._years(_Years("named", frozenset(years)))

    def _count(self, match: re.Match[str]) -> None:
        """三年 stands for the years asked if it means the last three and all of them."""
        span = (match["span"] or "").strip()
        number = read_number(match["count"]) or 0
        every = span not in ("", "前", "后") or _ALL_FOLLOWS.match(match.string, match.end())
        if not every or span in ("前", "后") or number < len(self.asked):
            raise UnreadableError("ambiguous")
        self._years(_Years("all"))

    def _years(self, years: _Years) -> None:
        last = self.clause[-1] if self.clause else None
        if not isinstance(last, _Years):
            self.clause.append(years)
        elif last.kind == years.kind == "named":
            self.clause[-1] = _Years("named", last.years | years.years)
        elif years.kind == "named":
            raise UnreadableError("ambiguous")
        elif last.kind == "all" or (last.kind == "named" and self.excepted):
            # 除了去年都盈利: last year is only named to be left out.
            self.clause[-1] = years

    def _end_clause(self) -> None:
        items, self.clause = self.clause, []
        # "loss in 2024 and profit in 2025" names the year last.
        if items and isinstance(items[0], frozenset) and isinstance(items[-1], _Years):
            items.reverse()
        for item in items:
            if isinstance(item, _Years):
                if self.pending and not self.excepted:
                    raise UnreadableError("unknown")
                self.pending = item
            else:
                self.statements.append((self.pending, item))
                self.pending = None

    def conclusion(self) -> dict[int, str]:
        """The years of which a single result is left.

        Raises UnreadableError: ``unknown`` where nothing is said of a year that is over,
        ``ambiguous`` where what is said leaves no result or more than one.
        """
        left: dict[int, _Possible] = {}
        of_some_year = [possible for years, possible in self.statements if years is None]
        for years, possible in self.statements:
            for year in self._meant(years):
                left[year] = left.get(year, possible) & possible
        for year, possible in left.items():
            left[year] = possible.intersection(*of_some_year)
            if not left[year]:
                raise UnreadableError("ambiguous")
        over = {
            year: possible
            for year, possible in left.items()
            if year < self.today.year or year in self.asked
        }
        certain = {year: min(possible) for year, possible in over.items() if len(possible) == 1}
        if not certain:
            raise UnreadableError("ambiguous" if over or of_some_year else "unknown")
        return certain

    def _meant(self, years: _Years | None) -> set[int]:
        if years is None:
            return set(self.asked) if len(self.asked) == 1 else set()
        if years.kind == "named":
            return set(years.years)
        if years.kind == "all" and not self.excepted:
            return set(self.asked)
        if not self.named:
            raise UnreadableError("ambiguous")
        return set(self.asked) - self.named


def _year(word: str, text: str, today: date) -> int:
    if word == "ago":
        return today.year + _AGO[text]
    number = read_number(text) or 0
    return full_year(number, today) if word == "short" else number
