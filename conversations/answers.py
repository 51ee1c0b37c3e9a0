"""What people type, as facts: yes and no, not knowing, a number, results by year, choices.

Days and lengths of time are read in ``conversations.dates``.
"""

import re

from conversations.choices import read_choices
from conversations.numerals import CHINESE, DIGIT, ENGLISH, read_number
from conversations.results import read_results
from conversations.text import MAX_LENGTH, NotUnderstood
from conversations.yes_no import is_dont_know, read_yes_no
from knowledge.fold import fold

__all__ = ["is_dont_know", "read_choices", "read_count", "read_results", "read_yes_no"]

_LARGEST = 99_999
_MEASURE = "个项件枚条起次家张本份款种"
_NOUN = r"(?:授权的?|有效的?|发明|专利|商标|注册商标|证书|奖项|事故|记录|投诉|分公司|已授权)*"
_NUMBER = rf"\d{{1,3}}(?:,\d{{3}})+|\d+|{CHINESE}+"
_COUNT = re.compile(
    rf"(?>我们公司|我公司|我们|我司|公司|企业|目前|现|现在|一共|总共|共计|共|只|仅|有|拥有|是|就)*+{_NOUN}[:,]?(?:有|共|为)*"
    rf"(?P<n>{_NUMBER})[{_MEASURE}]?{_NOUN}[了的啊呢哦]*"
)
_NOUN_EN = r"(?: (?:granted|valid|invention|registered|patents?|trademarks?|of them|in total))*"
_COUNT_EN = re.compile(
    rf"(?:(?:we|i|have|has|had|got|there|are|is|only|just|the company|our company) )*"
    rf"(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d+|zero|nil|{'|'.join(ENGLISH[::-1])}|an?){_NOUN_EN}"
)
# Not between figures: 1 2 is two numbers.
_SPACE = re.compile(r"(?<!\d) | (?!\d)")
_NONE = re.compile(r"[没无零]|\b(?:no|none|zero|nil)\b")
_ANY_NUMBER = re.compile(rf"\d|(?![一零〇]){CHINESE}|一(?![个项件枚条起次家张本份]?[也都])")


def read_count(text: str) -> int | NotUnderstood:
    """Read how many there are: a whole number up to 99,999, exactly as stated; "none" is 0."""
    if len(text) > MAX_LENGTH:
        return NotUnderstood("too_long")
    folded = fold(text).strip(".。!;~ ")
    if folded.isascii():
        match = _COUNT_EN.fullmatch(folded)
    else:
        match = _COUNT.fullmatch(_SPACE.sub("", folded))
    number = read_number(match["n"].replace(",", "")) if match else None
    if match and number is not None and not _is_vague(match["n"]):
        return number if number <= _LARGEST else NotUnderstood("unknown")
    denied = _NONE.search(folded) and not _ANY_NUMBER.search(folded)
    return 0 if denied and (read_yes_no(text) is False) else NotUnderstood("unknown")


def _is_vague(number: str) -> bool:
    """Whether a number in Chinese is spelt digit by digit: 三四 is three or four."""
    return len(number) > 1 and all(character in DIGIT for character in number)
