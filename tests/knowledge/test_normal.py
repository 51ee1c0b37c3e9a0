"""Questions brought into one shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fold import fold
from knowledge.normal import (
    Normaliser,
    characters,
    english_words,
    is_chinese,
    stem,
)

NORMAL = Normaliser([["奖金", "奖励金", "奖励资金"], ["申报", "申请", "报名"]])


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("獎金有多少？", "奖金有多少?"),
        ("ＩＳＯ　９００１", "iso 9001"),
        ("  奖金\t多少\n", "奖金 多少"),
        ("奖\u200b金", "奖金"),
        ("How Much", "how much"),
    ],
)
def test_folding(typed: str, folded: str) -> None:
    """Width, case, traditional characters, white space and invisible characters are evened out."""
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("question", "normal"),
    [
        ("请问一下，奖金是多少？", "奖金是多少"),
        ("你好，我们公司想咨询：奖金是多少呢", "奖金是多少"),
        ("奖励资金是多少", "奖金是多少"),
        ("怎么报名", "怎么申报"),
        ("市长质量奖几年一次", "几年0次"),
        ("区长质量奖的奖金", "的奖金"),
        ("省长质量奖的奖金", "省长质量奖的奖金"),
        ("中国质量奖几年评", "中国质量奖几年评"),
        ("三年后能报吗", "0年后能报"),
        ("十二家企业", "0家企业"),
        ("2024年的奖金", "今年的奖金"),
        ("要ISO9001吗", "要iso9001"),
        ("按GB/T 19580评", "按gb t19580评"),
        ("ISO 9001 certificate", "iso9001 certificate"),
        ("3家2023年的企业", "0家今年的企业"),
        ("你好", "你好"),
        ("质量奖", "质量奖"),
        ("吗", "吗"),
        ("？！", ""),
        ("What's the Prize?", "what the prize"),
    ],
)
def test_normalising(question: str, normal: str) -> None:
    """Politeness, the award itself and figures go; synonyms become one word."""
    assert NORMAL(question) == normal


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("要iso9001吗", ("要", "iso9001", "吗")),
        ("0年 0家", ("0", "年", "0", "家")),
        ("", ()),
    ],
)
def test_characters(text: str, tokens: tuple[str, ...]) -> None:
    """Chinese is compared character by character, a word in Latin letters is one."""
    assert characters(text) == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("applying", "applies"),
        ("applications", "apply"),
        ("certification", "certify"),
        ("winners", "win"),
        ("prizes", "prize"),
        ("requirement", "require"),
    ],
)
def test_endings(one: str, other: str) -> None:
    """Forms of one word are one, roughly."""
    assert stem(stem(one)) == stem(stem(other))


def test_english_words() -> None:
    """Words that tell nothing are left out, unless there are no others."""
    assert english_words("what is the prize money for the winner") == [
        "what",
        stem("prize"),
        stem("money"),
        stem("winner"),
    ]
    assert english_words("will it be") == ["will", "it", "be"]


@given(st.text(max_size=80))
def test_any_text_can_be_normalised(text: str) -> None:
    """No text breaks it; what comes out has no white space at its ends, none doubled."""
    normal = NORMAL(text)
    assert normal == normal.strip()
    assert "  " not in normal
    assert is_chinese(normal) in {True, False}
