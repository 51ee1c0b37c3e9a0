"""In which language a question is put."""

import re

from knowledge.fold import fold

_CHINESE = re.compile("[一-鿿]")
# Words by which a question in Latin letters is known to be English, not pinyin.
_ENGLISH = re.compile(
    r"\b(?:the|an?|is|are|was|of|for|in|on|to|do|does|did|can|could|may|might|must|should|what|how"
    r"|whom?|when|where|which|why|much|many|long|often|awards?|prizes?|money|apply|we|our|us|i|my"
    r"|after|before|again|company|individual|winners?|years?|if|there|any|get|use|put|and|or|be"
    r"|have|has|need|required|not|no|please|tell|about|fees?|valid)\b"
)


def has_chinese(text: str) -> bool:
    """Whether there are Chinese characters in a text."""
    return bool(_CHINESE.search(text))


def tongue(question: str) -> str:
    """``zh_Hans``, ``zh_Hant`` or ``en``; pinyin is simplified Chinese."""
    if _CHINESE.search(question):
        # What is written the same in both is simplified, as most are.
        plain = re.sub(r"\s+", "", question)
        return "zh_Hant" if _changed(plain) else "zh_Hans"
    words = re.findall("[a-z]+", question.lower())
    known = _ENGLISH.findall(question.lower())
    return "en" if len(known) > len(words) // 4 else "zh_Hans"


def _changed(text: str) -> bool:
    folded = re.sub(r"\s+", "", fold(text))
    return any(char not in folded for char in text if _CHINESE.match(char))
