"""Choices from a list, as people type them: a number, a label, a part of one, nearly a label."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from conversations.numerals import CHINESE, ENGLISH, read_number
from conversations.text import MAX_LENGTH
from knowledge.fold import fold

_ENCIRCLED = str.maketrans(
    {chr(base + i): f" {i + 1} " for base in (0x2460, 0x2776, 0x2780) for i in range(10)}
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_LEAD = re.compile(
    r"^(?:(?:我们公司|我们?|公司|企业|就|那|请|答案|答|是|在|属于|选择|选项|选|要|勾|申请|申报"
    r"|i choose|choose|the|option|choice|number|no\.|#)\s*)+"
)
_TAIL = re.compile(r"(?:\s*(?:这个|那个|[吧的了啊哦呢.。!~、,]| one| please))+$")
_NUMBER = re.compile(
    rf"(?P<nth>第|选项?|option |the )?\(?(?P<n>\d{{1,3}}|{CHINESE}{{1,3}}|{'|'.join(ENGLISH)}"
    rf"|{'|'.join(_ORDINALS)})\)?(?P<measure>号|st|nd|rd|th)?(?P<counted>[个项条种])?"
)
_BETWEEN = re.compile(r"\s*(?:[,、;和与及跟+&]|\band\b|\.(?!\d))\s*|\s+")
_NUMBERED_LABEL = re.compile(r"(?P<n>\d{1,2})\s?[.、:)\s]\s?(?P<label>[^\d\s].*)")
_RANGE = re.compile(r"(\d{1,3})\s*[到至~]\s*(\d{1,3})")
_ALL = re.compile(r"全选|都选|全部都?选|全都选|全都要|以上都是|以上全部|all of (?:the above|them)")
_DENIAL = re.compile(
    r"[没不无未非否勿]|除了|除开|\b(?:no|not|none|never|without|except|neither)\b|n't"
)
_QUESTION = re.compile(r"[?]|吗|还是|\bor\b")
_BLANKS = re.compile(r"[\s,.。;:!、~()/-]+")
_AROUND = re.compile(
    r"(?>我们公司|我们|我司|公司|企业|我|是|的|在|属于|选择|选|要|申请|申报|想|就|有过|有|发生过?|出过|了|吧|啊|和"
    r"|与|及|跟|还有|以及|都|区|市|年|we|are|is|have|had|has|in|an?|the|and|it|i|s)*"
)
# Characters that tell two labels apart, however much else they share: 三级, 四级; 较大, 较小.
_TELLING = frozenset("0123456789一二三四五六七八九十大小上下高低多少新旧省市县国")
_SAYS_NOTHING = "是有在的我都这那对好没不无未非否零一二两三四五六七八九十"
_LIKE_SPELLING, _LIKE_PAIRS, _MARGIN = 85, 70, 15


def read_choices(text: str, labels: Sequence[str]) -> tuple[int, ...] | None:
    """Read which of ``labels`` are chosen, as ascending indices from 0.

    ``None`` where that is not plain: a number off the list, a denial, several labels that fit.
    """
    if len(text) > MAX_LENGTH:
        return None
    folded = fold(text.translate(_ENCIRCLED))
    folded = _TAIL.sub("", folded) or folded
    names = [fold(label) for label in labels]
    bare = [_bare(name) for name in names]
    whole = {_bare(fold(text)), _bare(folded)} - {""}
    exact = [index for index, name in enumerate(bare) if name in whole]
    if exact:
        return (exact[0],) if len(exact) == 1 else None
    if not folded or _QUESTION.search(folded):
        return None
    if _ALL.fullmatch(folded):
        return tuple(range(len(labels))) or None
    numbers = _numbers(folded)
    if numbers is not None and (chosen := _by_number(numbers, names)):
        return chosen
    if numbers is None and (line := _NUMBERED_LABEL.fullmatch(folded)):
        chosen = _by_label(line["label"], names)
        return chosen if chosen == (int(line["n"]) - 1,) else None
    return _by_labels(folded, names) or _by_labels(_LEAD.sub("", folded), names)


def _bare(text: str) -> str:
    return _BLANKS.sub("", text)


def _numbers(text: str) -> list[tuple[int, bool]] | None:
    """The numbers of which ``text`` consists, and whether each stands bare; ``None`` if not."""
    text = _LEAD.sub("", text)
    if match := _RANGE.fullmatch(text):
        first, last = int(match[1]), int(match[2])
        return [(n, False) for n in range(first, last + 1)] if first < last <= 99 else None
    numbers: list[tuple[int, bool]] = []
    for part in _BETWEEN.split(text):
        match = _NUMBER.fullmatch(part)
        if not part:
            continue
        # 1个 is a count; 第1个 is a choice.
        if match is None or (match["counted"] and not match["nth"]):
            return None
        number = _ORDINALS.get(match["n"]) or read_number(match["n"])
        if number is None:
            return None
        numbers.append((number, match[0] == match["n"]))
    return numbers or None


def _by_number(numbers: list[tuple[int, bool]], names: list[str]) -> tuple[int, ...] | None:
    leading = [_leading_number(name) for name in names]
    for number, stands_bare in numbers:
        if not 1 <= number <= len(names):
            return None
        # With 三级 first on the list, a bare 3 may be the third or that one.
        elsewhere = number in leading and leading[number - 1] != number
        if stands_bare and elsewhere:
            return None
    return tuple(sorted({number - 1 for number, _ in numbers}))


def _leading_number(name: str) -> int | None:
    match = re.match(rf"\d+|{CHINESE}+", name)
    return read_number(match[0]) if match else None


def _by_labels(text: str, names: list[str]) -> tuple[int, ...] | None:
    found = _by_label(text, names)
    parts = [part for part in re.split(r"[,、;和与及跟+&]|\band\b", text) if part.strip()]
    if found or len(parts) < 2:
        return found
    chosen: set[int] = set()
    for part in parts:
        indices = _by_label(part.strip(), names)
        if indices is None:
            return None
        chosen.update(indices)
    return tuple(sorted(chosen))


def _by_label(text: str, names: list[str]) -> tuple[int, ...] | None:
    bare = [_bare(name) for name in names]
    core = _bare(text)
    denied = bool(_DENIAL.search(text))
    containing = [index for index, name in enumerate(bare) if core and core in name]
    if containing:
        index = containing[0]
        # A part of "no accidents" is not a choice of it unless the "no" is part of it.
        fits = len(containing) == 1 and (denied or not _DENIAL.search(names[index]))
        return (index,) if fits and _says_enough(core, bare[index]) else None
    if denied:
        return None
    return _inside(core, bare) or _in_pinyin(core, bare) or _nearly(core, bare)


def _inside(text: str, names: list[str]) -> tuple[int, ...] | None:
    """The labels that ``text`` contains, if nothing else of weight is left in it."""
    chosen: list[int] = []
    for index in sorted(range(len(names)), key=lambda i: len(names[i]), reverse=True):
        if names[index] and names[index] in text:
            chosen.append(index)
            text = text.replace(names[index], " ")
    rest = all(_AROUND.fullmatch(piece) for piece in text.split())
    return tuple(sorted(chosen)) if chosen and rest else None


def _in_pinyin(text: str, names: list[str]) -> tuple[int, ...] | None:
    """The one label that begins with these sounds: qingshanhu."""
    if not (text.isascii() and text.isalpha() and len(text) > 3):
        return None
    sounds = ["" if name.isascii() else "".join(_sound(name)) for name in names]
    found = [index for index, sound in enumerate(sounds) if sound.startswith(text)]
    return (found[0],) if len(found) == 1 and not _DENIAL.search(names[found[0]]) else None


def _nearly(text: str, names: list[str]) -> tuple[int, ...] | None:
    """The one label that ``text`` is a misspelling of."""
    if len(text) < (5 if text.isascii() else 3):
        return None
    scores = sorted(((_likeness(text, name), index) for index, name in enumerate(names)))
    if not scores or scores[-1][0] == 0:
        return None
    best, index = scores[-1]
    second = scores[-2][0] if len(scores) > 1 else 0
    plain = best - second >= _MARGIN and not _DENIAL.search(names[index])
    return (index,) if plain else None


def _likeness(text: str, name: str) -> float:
    """From 0, unlike, to 100."""
    telling = [Counter(c for c in word if c in _TELLING) for word in (text, name)]
    # A label with other words around it is no misspelling: they may deny it.
    if telling[0] != telling[1] or name in text:
        return 0
    if text.isascii():
        ratio = fuzz.ratio(text, name)
        return ratio if ratio >= _LIKE_SPELLING else 0
    if len(text) == len(name) and _sound(text) == _sound(name):
        return 100
    pairs = [Counter(pairwise(word)) for word in (text, name)]
    alike = 200 * (pairs[0] & pairs[1]).total() / max(len(text) + len(name) - 2, 1)
    return alike if alike >= _LIKE_PAIRS else 0


def _sound(text: str) -> list[str]:
    # Loaded when first needed: a misspelling is rare.
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - see above

    return lazy_pinyin(text)


def _says_enough(part: str, label: str) -> bool:
    """Whether a part of a label stands for it: three letters, two characters, or the colour 绿."""
    if part.isascii():
        return len(part) >= 3
    return len(part) >= 2 or (label.startswith(part) and part not in _SAYS_NOTHING)
