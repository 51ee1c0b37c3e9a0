"""How one language says things: messages, days, periods, lists.

Messages are written in simplified Chinese, in the code and in the data; the catalogs in
``locales/`` hold the other languages. Quotations of the law are never translated.
"""

import gettext
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from conversations.model import DEFAULT_LOCALE
from rules.periods import Interval

LOCALES_FOLDER = Path(__file__).parent / "locales"
DOMAIN = "award_bot"


@dataclass(frozen=True, slots=True)
class Language:
    """One language: ``zh_Hans``, ``zh_Hant`` or ``en``."""

    locale: str
    catalog: gettext.NullTranslations

    def say(self, message: str, /, **values: object) -> str:
        """The message in this language, its named places filled."""
        translated = self.catalog.gettext(message) if message else ""
        return translated.format(**values) if values else translated

    @property
    def chinese(self) -> bool:
        """Whether it is written in Chinese characters."""
        return self.locale != "en"

    def day(self, day: date) -> str:
        """A day as people write it: 2026年11月20日, 20 November 2026."""
        return _format(day, "d MMMM y" if self.locale == "en" else "long", self.locale)

    def month(self, day: date) -> str:
        """The month of a day: 2026年11月, November 2026."""
        return _format(day, "MMMM y" if self.locale == "en" else "y年M月", self.locale)

    def year(self, year: int) -> str:
        """A year: 2026年, 2026."""
        return f"{year}年" if self.chinese else str(year)

    def interval(self, interval: Interval) -> str:
        """A day known within bounds, in the fewest words."""
        first, last = interval.first, interval.last
        if interval.exact:
            return self.day(first)
        if first == date.min:
            return self.say("{day}或更早", day=self.day(last))
        if last == date.max:
            return self.say("{day}或更晚", day=self.day(first))
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            if first.year == last.year:
                return self.year(first.year)
            return self.say(
                "{first}至{last}之间", first=self.year(first.year), last=self.year(last.year)
            )
        if first.day == 1 and _is_month_end(last):
            if (first.year, first.month) == (last.year, last.month):
                return self.month(first)
            return self.say("{first}至{last}之间", first=self.month(first), last=self.month(last))
        return self.say("{first}至{last}之间", first=self.day(first), last=self.day(last))

    def joined(self, *sentences: str) -> str:
        """Sentences one after another, spaced as the language spaces them."""
        return ("" if self.chinese else " ").join(sentence for sentence in sentences if sentence)

    def listed(self, items: Iterable[str]) -> str:
        """Items one after another: 甲、乙、丙."""
        return ("、" if self.chinese else ", ").join(items)


@lru_cache
def language(locale: str) -> Language:
    """The language of a locale; an unknown one is Chinese, as the texts are."""
    if locale in {"zh_Hant", "en"}:
        return Language(
            locale, gettext.translation(DOMAIN, LOCALES_FOLDER, [locale], fallback=True)
        )
    return Language(DEFAULT_LOCALE, gettext.NullTranslations())


@lru_cache(maxsize=4096)
def _format(day: date, pattern: str, locale: str) -> str:
    # Imported on first use: a one-off command that shows no date should not wait for it.
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(day, pattern, locale=locale)


def _is_month_end(day: date) -> bool:
    from calendar import monthrange  # noqa: PLC0415 - as above

    return day.day == monthrange(day.year, day.month)[1]
