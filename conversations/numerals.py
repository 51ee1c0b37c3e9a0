"""Numbers as people write them: 3, 三, 十八, 二〇一九, eighteen, 两三 (2 to 3), 十几 (11 to 19)."""

import re
from functools import lru_cache

DIGIT = "零〇○一二两三四五六七八九"
CHINESE = rf"[{DIGIT}十百千廿卅]"
ENGLISH = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip
_ENGLISH = {word: number for number, word in enumerate(ENGLISH, 1)} | {
    "a": 1,
    "an": 1,
    "zero": 0,
    "nil": 0,
}
_ORDER = "一二三四五六七八九"
_PAIR = re.compile(rf"((?:[{_ORDER}]?[十百]|[廿卅])?)([{_ORDER}两])([{_ORDER}])")
_SOME = re.compile(rf"(好)?([{_ORDER}两]?十)?几(十)?")


@lru_cache(maxsize=512)
def read_number(text: str) -> int | None:
    """Read one whole number in digits, Chinese or an English word up to twenty; ``None`` if not."""
    if text.isascii():
        return int(text) if text.isdigit() and len(text) <= 9 else _ENGLISH.get(text)
    if not re.fullmatch(rf"{CHINESE}{{1,12}}", text):
        return None
    # Loaded when first needed: it takes a tenth of a second.
    import cn2an  # noqa: PLC0415 - see above

    plain = text.replace("○", "零").replace("〇", "零")
    try:
        return int(cn2an.cn2an(plain, "normal"))
    except ValueError:
        return None


def read_about(text: str) -> tuple[int, int] | None:
    """Read a number that is two: 两三 (2, 3), 三五 (3, 5), 十几 (11, 19), 几 (2, 9), 几十 (20, 99).

    Neighbours such as 七八 are 7 to 8, never 78. ``None`` if ``text`` is not of this kind.
    """
    if match := _SOME.fullmatch(text):
        at_least = 3 if match[1] else 2
        if match[3]:
            return None if match[2] else (at_least * 10, 99)
        tens = (read_number(match[2]) or 0) if match[2] else 0
        return (tens + 1, tens + 9) if tens else (at_least, 9)
    match = _PAIR.fullmatch(text)
    if match is None:
        return None
    low, high = read_number(match[1] + match[2]), read_number(match[1] + match[3])
    if low is None or high is None:
        return None
    neighbours = high == low + 1 or (match[2], match[3]) == ("三", "五")
    return (low, high) if neighbours else None
