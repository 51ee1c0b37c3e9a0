"""Questions brought into one shape, so that two ways to put the same look alike."""

import re
from collections.abc import Sequence

from knowledge.fold import fold
from knowledge.numerals import read_number

_SEPARATOR = re.compile(r"[^\w]|_")
_SPACES = re.compile(r"\s+")
_TOKEN = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*|\S")
_CHINESE = re.compile(r"[一-鿿]")
_APOSTROPHE = re.compile(r"['\u2019](?:s\b)?")

_COUNTED = "年个家次天日月名万届轮位项级条人元岁份篇页度倍期"
_CHINESE_NUMBER = re.compile(rf"[一二两三四五六七八九十]+(?=多?[{_COUNTED}])")
_YEAR = re.compile(r"(?<![a-z\d])(?:19|20)\d\d年(?:度)?")
_NUMBER = re.compile(r"(?<![a-z\d.])\d{1,4}(?:\.\d+)?(?![\d.])(?=[^a-z]|$)")
# ISO 9001, GB/T 19580: a name, and no year.
_NAME = re.compile(r"(?<=[a-z]) (?=(?!(?:19|20)\d\d\b)\d{4,})")

# Said to be polite or to say who asks: nothing that tells one question from another.
_POLITE = re.findall(
    r"\S+",
    """
    请问一下 请问下 请问 请教一下 请教 你好 您好 大家好 早上好 上午好 下午好 晚上好 在吗
    在不在 打扰了 打扰一下 打扰 老师 领导 同志 小编 谢谢您 谢谢你 谢谢 多谢 拜托了 拜托
    麻烦问一下 麻烦问下 麻烦您 麻烦你 麻烦 劳驾 不好意思 帮我查一下 帮我查查 帮我看看
    帮我查 帮忙看看 帮忙查下 我想问一下 我想问下 我想问问 我想问 想问一下 想问下 想问问
    想问 问一下 问下 问问 我想咨询一下 咨询一下 咨询下 想咨询 咨询个问题 想了解一下
    想了解下 想了解 了解一下 了解下 我想知道 想知道 想请教 能告诉我 告诉我 说一下 讲一下
    说说 讲讲 解释一下 介绍一下 介绍下 有人知道 有谁知道 谁知道 我不太懂 我不懂 不太清楚
    不清楚 弄不清 我们公司 我们企业 我们单位 我们厂里 我们厂 我们这边 我们这儿 我们这
    我公司 我司 我单位 我厂 本公司 本单位 本企业 贵单位 贵局 咱们公司 咱公司 咱们厂 咱们
    咱 我们 你们 俺们 他们 我 你 您 俺 老板让问 老板问 领导问 如果说 如果 假如 要是 的话
    到底 究竟 具体 大概 大约 一般来说 一般 通常 这个 那个 这种 其实 就是说 就是 另外
    然后 目前 那么 一下 有关 关于 针对 对于
    """,
)
# The award itself, which every question is about, unless another's is meant.
_AWARD = re.compile(
    r"(?<!中国)(?<!国家)(?<!省)(?<!省长)(?<!主席)(?<!全国)(?<!县长)"
    r"(?:人民)?(?:政府)?(?:[市区]长|[市区])?质量奖"
)
_PARTICLE = re.compile(r"[吗呢啊呀吧嘛哦噢哎唉嗯呐]")

_ENGLISH_STOP = frozenset(
    re.findall(
        r"\S+",
        """
    a an the of to for in on at by is are be am was were do does did will would can could
    shall should may might must i we our us you your it its they them their this that these
    those there please hello hi thanks thank tell me know want like need about with and or
    if so then any some just also very company award awards quality government mayor
    """,
    )
)
_ENDINGS = (
    ("ications", "y"), ("ication", "y"), ("ations", "e"), ("ation", "e"), ("ements", "e"),
    ("ement", "e"), ("ments", ""), ("ment", ""), ("ings", ""), ("ing", ""), ("ies", "y"),
    ("ied", "y"), ("ers", ""), ("ed", ""), ("er", ""), ("es", ""), ("s", ""), ("ly", ""), ("e", ""),
)  # fmt: skip


def is_chinese(text: str) -> bool:
    """Tell whether a text has Chinese characters in it."""
    return _CHINESE.search(text) is not None


class Normaliser:
    """Brings questions into one shape, with the synonyms of one set of groups."""

    def __init__(self, synonyms: Sequence[Sequence[str]] = ()) -> None:
        self._canonical = {fold(word): fold(group[0]) for group in synonyms for word in group[1:]}
        words = sorted(self._canonical, key=len, reverse=True)
        # A group's first word stands for itself, so that no shorter one is found within it.
        self._words = _alternatives([*words, *{fold(group[0]) for group in synonyms}])
        self._polite = _alternatives(_POLITE)

    def __call__(self, question: str) -> str:
        """Normalise one question."""
        text = _SEPARATOR.sub(" ", _APOSTROPHE.sub("", fold(question)))
        text = _NAME.sub("", text)
        if not is_chinese(text):
            return _SPACES.sub(" ", text).strip()
        text = _numbers(text)
        for unimportant, instead in ((self._polite, " "), (_AWARD, ""), (_PARTICLE, "")):
            # What is nothing else is what was said: "hello" is a question of its own kind.
            shorter = unimportant.sub(instead, text)
            text = shorter if shorter.strip() else text
        return _SPACES.sub(" ", self.canonical(text)).strip()

    def canonical(self, text: str) -> str:
        """Put the first word of a group of synonyms for each other one of it."""
        return self._words.sub(self._replaced, text)

    def _replaced(self, match: re.Match[str]) -> str:
        return self._canonical.get(match[0], match[0])


def characters(text: str) -> tuple[str, ...]:
    """Split a normalised text into characters; a word in Latin letters stays one."""
    return tuple(_TOKEN.findall(text))


def _alternatives(words: Sequence[str]) -> re.Pattern[str]:
    """Match the longest of the words; none if there are none."""
    if not words:
        return re.compile(r"(?!)")
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in ordered))


def _numbers(text: str) -> str:
    """Write every figure as 0: what is asked does not hang on it."""
    text = _CHINESE_NUMBER.sub(lambda match: str(read_number(match[0]) or match[0]), text)
    text = _YEAR.sub("今年", text)
    return _NUMBER.sub("0", text)


def stem(word: str) -> str:
    """Take an English word's ending off, simply: applying, applies and apply are one."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            root = word[: -len(ending)]
            doubled = root[-1] == root[-2] and not instead and root[-1] not in "aeiouls"
            return (root[:-1] if doubled else root) + instead
    return word


def english_words(text: str) -> list[str]:
    """Give the words of an English question that tell something, stemmed."""
    words = text.split()
    return [stem(word) for word in words if word not in _ENGLISH_STOP] or [stem(w) for w in words]
