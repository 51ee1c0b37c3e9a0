"""Whether a yes or a no is about what was asked.

"没有" answers the question; "没有重大事故" answers another one, and so do "没断过", asked when a
certificate was obtained, and "有营业执照", asked about legal personality. A word beside the yes or
no counts only if it stands in the question: otherwise it is asked again, never guessed.
"""

import re

from conversations.answers import read_yes_no
from knowledge.fold import fold

# Words that say yes, no, who or since when, and nothing of what.
_PLAIN = re.compile(
    r"没问题|没有问题|没错|没毛病|当然|确实|真的|其实|肯定|绝对|目前|现在|暂时|一直|从来|根本|完全|至今"
    r"|全部|全都|已经|早就|早已|我们公司|我们企业|公司|企业|单位|我们|咱们|我司|本公司"
    r"|[没有無无未不否木需是对的了啊呢吧嘛呀哦嗯过曾还尚并也都均全已我咱您你行好可以会能要在属于符合具备取得拿到办通获发生出现报做完成]"
    r"|[0-9一二三四五六七八九十两]+年[来内]?|今年|去年|\W+"
)
_PLAIN_WORDS = re.compile(
    "yes|yeah|yep|yup|ya|y|sure|ok|okay|of|course|certainly|definitely|absolutely|correct|right"
    "|true|indeed|exactly|no|nope|nah|n|none|never|not|yet|at|all|any|nothing|negative|false|wrong"
    "|we|i|it|they|our|us|company|the|a|an|have|has|had|do|does|did|don|t|haven|hasn|didn|is|are"
    "|was|were|been|already|there|that|this|them|these|so|and|to"
)
# A yes that says outright that there was something.
_ADMITS = frozenset(
    {
        "有",
        "有过",
        "是",
        "是的",
        "有的",
        "我有",
        "有一次",
        "对",
        "yes",
        "yep",
        "yeah",
        "y",
        "i have",
    }
)


def read_pertinent(text: str, question: str) -> bool | None:
    """Read a yes or a no in answer to ``question``; ``None`` if it may be about something else."""
    answer = read_yes_no(text)
    if answer is None:
        return None
    asked, said = fold(question), fold(text)
    words = re.findall(r"[a-z]+", said)
    known = set(re.findall(r"[a-z]+", asked))
    if any(word not in known and not _PLAIN_WORDS.fullmatch(word) for word in words):
        return None
    left = _PLAIN.sub("", re.sub(r"[a-z]+", "", said))
    return answer if all(char in asked for char in left) else None


def admits(text: str) -> bool:
    """Whether a yes says outright that there was something: assent such as "好的" does not."""
    return fold(text).strip("。.!！了啊呢吧 ") in _ADMITS
