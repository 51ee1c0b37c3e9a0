"""Choices from a list, as people type them: a number, a label, a part of one, nearly a label."""

import re
from collections.abc import Sequence

from conversations.numerals import CHINESE, ENGLISH
from conversations.text import MAX_LENGTH, fold

_ENCIRCLED = str.maketrans(
    {chr(base + i): f" {i + 1} " for base in (0x2460, 0x2776, 0x2780) for i in range(10)}
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_LEAD = re.compile(
    r"^(?:我们?|就|那|请|答案|答|是|选择|选项|选|要|勾|the|option|choice|number|i choose|choose|no\.?|#)\s*"
)
_TAIL = re.compile(r"(?:\s*(?:这个|那个|吧|的|了|啊|哦|呢|one|please|[.。!~、,]))+$")
_NUMBER = re.compile(
    rf"(?:第|选项?|option |no\.? ?|#|the )?\(?(?P<n>\d{{1,3}}|{CHINESE}{{1,3}}|{'|'.join(ENGLISH)}"
    rf"|{'|'.join(_ORDINALS)})\)?(?P<measure>号|项|条|种|个|st|nd|rd|th)?"
)
_BETWEEN = re.compile(r"\s*(?:[,、;和与及跟+&]|\band\b|\.(?!\d))\s*|\s+")
_RANGE = re.compile(r"(\d{1,3})\s*[到至~]\s*(\d{1,3})")
_ALL = re.compile(r"全选|都选|全部都?选|全都选|全都要|以上都是|以上全部|all of (?:the above|them)")
_DENIAL = re.compile(r"[没不无未非别否除勿]|\b(?:no|not|none|never|without|except|neither)\b|n't")
_QUESTION = re.compile(r"[?]|吗|还是|\bor\b")
_BLANKS = re.compile(r"[\s,.。;:!、~()/-]+")
_AROUND = re.compile(
    r"(?:我们公司|我们|我司|公司|企业|我|是|的|在|属于|选择|选|要|申请|申报|想|就|有过|有|发生过?|出过|了|吧|啊|和|与|及"
    r"|跟|还有|以及|都|区|市|iso|年|we|are|is|have|had|has|in|a|an|the|and|it|i|s)*"
)
_NEAR, _MARGIN = 75, 15


def read_choices(text: str, labels: Sequence[str]) -> tuple[int, ...] | None:
    """Read which of ``labels`` are chosen, as ascending indices from 0.

    ``None`` where that is not plain: a number off the list, a denial, several labels that fit.
    """
    if len(text) > MAX_LENGTH:
        return None
    folded = fold(text.translate(_ENCIRCLED))
    names = [_bare(fold(label)) for label in labels]
    exact = [index for index, name in enumerate(names) if name and name == _bare(folded)]
    if exact:
        return (exact[0],) if len(exact) == 1 else None
    if not folded or _QUESTION.search(folded):
        return None
    if _ALL.fullmatch(_TAIL.sub("", folded)):
        return tuple(range(len(labels))) or None
    numbers = _numbers(folded)
    if numbers is not None:
        return _by_number(numbers, names) or _by_label(folded, names)
    return _by_label(folded, names)
