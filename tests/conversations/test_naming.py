"""Whose award a question is about; near names are told apart."""

import pytest

from conversations.naming import named


@pytest.mark.parametrize(
    ("question", "awards", "rest"),
    [
        ("连云港获奖后几年内不能再报？", ("lianyungang",), "获奖后几年内不能再报?"),
        ("江西省吉安市的奖金", ("jian",), "的奖金"),
        ("南昌市青山湖区区长质量奖奖金多少", ("qingshanhu",), "奖金多少"),
        ("吉安市市长质量奖提名奖奖金", ("jian",), "提名奖奖金"),
        ("上海市长宁区政府质量奖的周期", ("changning",), "的周期"),
        ("連雲港市市長質量獎", ("lianyungang",), ""),
        ("lianyungang jiangjin duoshao", ("lianyungang",), "jiangjin duoshao"),
        ("lianyugang jiangjin", ("lianyungang",), "jiangjin"),
        ("连运港奖金", ("lianyungang",), "奖金"),
        ("连云港港奖金", ("lianyungang",), "奖金"),
        ("钦洲市长质量奖奖金", ("qinzhou",), "奖金"),
        ("How much does Ji'an City pay?", ("jian",), "how much does pay?"),
        ("连云港和吉安哪个奖金多", ("lianyungang", "jian"), "和 哪个奖金多"),
    ],
)
def test_an_award_is_known_by_any_of_its_names(
    question: str, awards: tuple[str, ...], rest: str
) -> None:
    """Short names, errors, traditional characters and pinyin name it; the rest is left."""
    found = named(question)
    assert (found.awards, found.rest, found.higher, found.other) == (awards, rest, False, False)


@pytest.mark.parametrize(
    "question",
    ["苏州市市长质量奖几年一次", "深圳市长质量奖奖金", "宁波奖金多少", "吉安县县长质量奖奖金",
     "四川长宁县质量奖", "Suzhou prize", "中山市质量奖", "连云区区长质量奖多少钱"],
)  # fmt: skip
def test_another_place_is_no_award_known_here(question: str) -> None:
    """Another city, and a county or district within a known city, have other awards."""
    found = named(question)
    assert (found.awards, found.other) == ((), True)


@pytest.mark.parametrize(
    ("question", "awards"),
    [
        ("南昌市市长质量奖奖金多少", ()),
        ("上海市政府质量奖的条件", ()),
        ("获得中国质量奖市里给多少", ()),
        ("拿了江苏省省长质量奖，连云港奖励多少", ("lianyungang",)),
        ("长宁区的和上海市政府质量奖可以同年申报吗", ("changning",)),
    ],
)
def test_the_level_above_has_another_award(question: str, awards: tuple[str, ...]) -> None:
    """What the province, the city above or the state gives is no award known here."""
    found = named(question)
    assert (found.awards, found.higher) == (awards, True)


@pytest.mark.parametrize(
    "question",
    ["质量奖及安全事故", "处理大概多久", "海州的企业能报吗", "《中国质量奖管理办法》怎么处理异议",
     "tiaojian shenme", "奖金多少"],
)  # fmt: skip
def test_nothing_is_read_into_a_question(question: str) -> None:
    """Words that sound like a name, districts, and documents that a text cites name no award."""
    found = named(question)
    assert (found.awards, found.higher, found.other) == ((), False, False)
