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
        # Of several days, the one that stands by what happened.
        ("2020年成立，2022年5月20日获连云港市长质量奖，什么时候能再报", "lianyungang", "第十六条",
         ["2027年5月21日"]),
        ("2019年成立、2025年7月1日通过ISO9001认证，青山湖什么时候能报", "qingshanhu",
         "第十条第（三）项", ["2027年7月1日"]),
        ("去年盈利，前年亏损，吉安什么时候能报", "jian", "第十条第（五）项", ["2027年1月1日"]),
        ("2025年和2023年都亏损，长宁什么时候能报", "changning", "第十六条第（六）项",
         ["2029年1月1日"]),
        ("2024年获奖，2025年6月1日被撤销，连云港什么时候可以再申报", "lianyungang", "第十五条",
         ["2030年6月2日"]),
        ("我们ISO9001:2015证书是2025年2月1日拿的，青山湖什么时候能报", "qingshanhu",
         "第十条第（三）项", ["2027年2月1日"]),
        # A day that does not exist is the month's last one; the day after it is free.
        ("2024年2月29日重大质量投诉，吉安几时能报", "jian", "第十条第（六）项", ["2027年3月1日"]),
        ("公司2024年2月29日成立，青山湖哪天满三年", "qingshanhu", "第十条第（一）项",
         ["2027年2月28日"]),
        ("2021年11月21日获连云港市长质量奖，今天能再报吗", "lianyungang", "第十六条",
         ["2026年11月22日起才可以"]),
        ("2021年11月21日获钦州市长质量奖，现在满5年了吗", "qinzhou", "第十三条第（八）项",
         ["间隔已经过了", "2026年11月21日起就可以"]),
        ("2016年11月22日因骗奖被吉安取消奖励，现在还能报吗", "jian", "第二十二条",
         ["2026年11月23日"]),
        # Nobody died: “等” is for the office; the level of a prize that is not barred is told too.
        ("2025年4月2日发生较大安全事故，没有人死亡，吉安能报吗", "jian", "第十条第（六）项",
         ["由评审办公室认定"]),
        ("2022年7月8日拿了长宁区长质量奖，几时能再报", "changning", "第十八条",
         ["2027年7月9日", "报质量金奖：这一次不算在内"]),
        # No period is stated: time mends neither.
        ("2022年出口被退运，连云港以后还能报吗", "lianyungang", "第八条第（六）项",
         ["这一项没有期限"]),
        ("2009年受过行政处罚，钦州能报吗", "qinzhou", "第十三条第（七）项", ["这一项没有期限"]),
        ("今年7月才推行卓越绩效，钦州能报吗", "qinzhou", "第十三条第（三）项",
         ["推行了多久没有要求"]),
        ("2023年亏了，吉安2026年还能报吗", "jian", "第十条第（五）项",
         ["2024年：盈利、2025年：盈利", "没有说到的年份，都按盈利算"]),
        ("公司成立10年，连云港能报吗", "lianyungang", "第八条第（一）项", ["2016年", "已满3年"]),
        ("We won the Ji'an award in 2022. When can we apply again?", "jian", "第五条",
         ["2028年1月1日"]),
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
        # It did not happen.
        ("去年申报没评上，今年还能再报吗", None),
        ("2024年没有拿到吉安的奖，今年能再报吗", None),
        ("2025年没有亏损，能报吗", None),
        ("2024年扭亏为盈，能报吗", None),
        ("2025年没有发生重大质量事故，能报吗", None),
        ("2025年重大质量投诉，不是我们的责任，能报吗", None),
        # Something else happened on that day.
        ("2025年拿到营业执照，何时能报", None),
        ("2024年获得高新技术企业认定，什么时候能报", None),
        ("2025年ISO证书到期了，还能报吗", None),
        ("2022年7月ISO9001证书被撤销了，什么时候能再报", None),
        ("2024年换过名称，要重新满3年吗", None),
        ("2025年生产线扩建，能报吗", None),
        ("2025年经营收入下降，还能报吗", None),
        ("2024年才注册商标，能报吗", None),
        ("2024年产品质检不合格，能报吗", None),
        ("2025年3月被市场监管局抽查不合格，什么时候能报", None),
        ("2025年质量事故，一般什么时候能报", None),
        ("2022年8月1日获奖后出事故被撤销称号，什么时候能再报", None),
        # The prize or the text is asked about.
        ("去年的奖牌丢了，还能补吗", None),
        ("2025年的奖金什么时候发", None),
        ("2024年那届的获奖名单什么时候公布", None),
        ("按2023年的办法，获奖后几年能再报", None),
        # The length is what a text may ask for, not somebody's own; or there are two.
        ("要成立3年才能报吗", None),
        ("申报要求经营3年吗", None),
        ("在外地做质量10年，在本市做了3年，个人能报吗", None),
    ],
)
def test_nothing_is_counted_from_too_little(question: str, tier: Tier | None) -> None:
    """A question without a day, about something else, or that leaves open what weighs, is not."""
    assert reckon(question, ("jian",), None, tier, TODAY, HANS) is None


def test_who_asks_matters_where_the_articles_differ() -> None:
    """第二十七条 bars organisations that won by deception; of individuals it says nothing."""
    reckoned = reckon(
        "2023年6月1日因骗奖被撤销,什么时候能再报", ("qingshanhu",), None, None, TODAY, HANS
    )
    assert reckoned is not None
    organisation, individual = reckoned.texts["qingshanhu"].splitlines()
    assert "2028年6月2日" in organisation
    assert individual.startswith("个人：")
    assert "没有找到" in individual


def test_a_loss_bars_no_non_profit_organisation() -> None:
    """Whether somebody works for profit was not said; 第十条第（五）项 asks others for none."""
    reckoned = reckon("我们去年亏损,还能报吗", ("jian",), None, None, TODAY, HANS)
    assert reckoned is not None
    assert "从事非营利性业务的组织，不看这一条" in reckoned.texts["jian"]
