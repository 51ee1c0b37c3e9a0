"""Figures and deadlines that follow from a question with numbers are reckoned by the rules."""

from datetime import date

import pytest

from conversations.language import language
from conversations.naming import named
from conversations.reckoning import reckon
from rules.model import Tier

TODAY = date(2026, 11, 21)
HANS = language("zh_Hans")


@pytest.mark.parametrize(
    ("question", "award", "label", "pieces"),
    [
        # 第十六条 5 年内: the anniversary is still inside.
        ("我公司2022年5月20日获连云港市市长质量奖，最早哪天可以重新申报？",
         "lianyungang", "第十六条", ["2027年5月21日"]),
        # 第五条 5 年（不包含获奖当年）.
        ("2019年拿过吉安市长质量奖，哪年能再报", "jian", "第五条", ["2025年1月1日"]),
        # 第二十三条 10 年（不包含获奖当年）.
        ("2017年获青山湖区区长质量奖，哪一年可以重新申报", "qingshanhu", "第二十三条",
         ["2028年1月1日"]),
        # 第十三条第（八）项 需满5年: on the anniversary.
        ("钦州2023年9月1日获得市长质量奖，哪天满5年可以再报", "qinzhou", "第十三条第（八）项",
         ["2028年9月1日"]),
        ("公司2024年3月成立，青山湖什么时候满三年", "qingshanhu", "第十条第（一）项",
         ["2027年3月1日", "2027年3月31日"]),
        ("明年3月满三年，钦州那时能报吗", "qinzhou", "第十三条第（一）项", ["2027年3月1日"]),
        ("ISO证书2024年10月8日拿的，吉安够不够年限", "jian", "第十条第（四）项", ["2027年10月8日"]),
        ("我们去年亏损，吉安还能报吗", "jian", "第十条第（五）项",
         ["2028年1月1日", "2026年、2027年都盈利"]),
        ("2024年5月12日出过较大安全事故，青山湖什么时候能报", "qingshanhu", "第十条第（五）项",
         ["2027年5月13日"]),
        ("2025年3月5日省抽查不合格,连云港什么时候能报", "lianyungang", "第八条第（六）项",
         ["2027年3月6日"]),
        ("2023年6月1日因骗奖被撤销，长宁什么时候能再报", "changning", "第三十四条",
         ["2028年6月2日"]),
        ("在连云港申报时2024年3月15日被查出虚假材料，啥时候能再申报", "lianyungang", "第十四条",
         ["2027年3月16日"]),
        ("从2018年7月1日起做质量工作，连云港个人什么时候能报", "lianyungang", "第九条第（一）项",
         ["2028年7月1日"]),
    ],
)  # fmt: skip
def test_a_day_is_counted_on_by_the_rules(
    question: str, award: str, label: str, pieces: list[str]
) -> None:
    """The day follows from the day that was said, with the article."""
    found = named(question)
    reckoned = reckon(found.rest, found.awards, None, None, TODAY, HANS)
    assert reckoned is not None
    assert label in {citation.label for citation in reckoned.citations}
    for piece in pieces:
        assert piece in reckoned.texts[award]


def test_without_an_award_all_are_counted() -> None:
    """Each of the five counts in its own way."""
    reckoned = reckon("2021年6月1日获奖,哪天能再报", (), None, None, TODAY, HANS)
    assert reckoned is not None
    days = {"changning": "2026年6月2日", "jian": "2027年1月1日", "lianyungang": "2026年6月2日",
            "qingshanhu": "2032年1月1日", "qinzhou": "2026年6月1日"}  # fmt: skip
    assert set(reckoned.texts) == set(days)
    assert all(day in reckoned.texts[award] for award, day in days.items())


@pytest.mark.parametrize(
    ("question", "tier"),
    [
        ("获奖后几年内不能再报", None),
        ("2025年的奖金是多少", None),
        ("2020年得的奖，2026年出了重大环保事故，会取消奖励吗", None),
        ("2027年打算申报，要准备什么", None),
        ("2022年出过安全事故，还能报吗", None),
        ("22年拿的提名奖，今年还能报吗", Tier.NOMINATION),
    ],
)
def test_nothing_is_counted_from_too_little(question: str, tier: Tier | None) -> None:
    """A question without a day, about something else, or that leaves open what weighs, is not."""
    assert reckon(question, ("jian",), None, tier, TODAY, HANS) is None
