"""An award is known by whatever people call it; an unknown place is not taken for a known one."""

import pytest

from conversations.awards import find_awards


@pytest.mark.parametrize(
    ("text", "award"),
    [
        ("青山湖", "qingshanhu"),
        ("青山湖区长质量奖", "qingshanhu"),
        ("南昌市青山湖区区长质量奖", "qingshanhu"),
        ("青山胡区", "qingshanhu"),
        ("青山湖區", "qingshanhu"),
        ("qingshanhu", "qingshanhu"),
        ("Qing Shan Hu", "qingshanhu"),
        ("连云港", "lianyungang"),
        ("連雲港市市長質量獎", "lianyungang"),
        ("连云岗", "lianyungang"),
        ("连芸港", "lianyungang"),
        ("lianyungang", "lianyungang"),
        ("lianyugang", "lianyungang"),
        ("想问问港城的质量奖", "lianyungang"),
        ("长宁", "changning"),
        ("长宁区政府质量奖", "changning"),
        ("長寧區", "changning"),
        ("changning", "changning"),
        ("吉安", "jian"),
        ("吉安市市长质量奖", "jian"),
        ("急安", "jian"),
        ("Ji'an", "jian"),
        ("ji an", "jian"),
        ("庐陵", "jian"),
        ("钦州", "qinzhou"),
        ("钦洲市", "qinzhou"),
        ("欽州", "qinzhou"),
        ("QINZHOU", "qinzhou"),
    ],
)
def test_names(text: str, award: str) -> None:
    """Short forms, typing errors, traditional characters and pinyin name the award."""
    found = find_awards(text)
    assert [(match.award, match.region) for match in found] == [(award, None)]


@pytest.mark.parametrize(
    ("text", "awards"),
    [
        ("上海", {"changning"}),
        ("shanghai", {"changning"}),
        ("广西", {"qinzhou"}),
        ("Jiangxi", {"jian", "qingshanhu"}),
        ("Nanchang", {"qingshanhu"}),
        ("江苏", {"lianyungang"}),
        ("南昌", {"qingshanhu"}),
        ("江西", {"jian", "qingshanhu"}),
    ],
)
def test_regions(text: str, awards: set[str]) -> None:
    """A wider region leads to the awards within it, and is known to be only a region."""
    found = find_awards(text)
    assert {match.award for match in found} == awards
    assert all(match.region for match in found)


@pytest.mark.parametrize(
    "text",
    ["南京", "北京", "深圳市市长质量奖", "hello", "你好", "1", "质量奖", "市长质量奖", "谢谢", "",
     "beijing", "个人", "可以申报吗", "不知道", "chang", "an"],
)  # fmt: skip
def test_unknown_places(text: str) -> None:
    """Another city, a greeting, the mere word for such an award: no award is guessed."""
    assert find_awards(text) == ()
