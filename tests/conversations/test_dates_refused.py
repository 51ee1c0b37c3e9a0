"""Texts that say no day, deny one or can mean two, read on Friday 20 November 2026."""

from datetime import date

import pytest

from conversations.dates import read_when
from conversations.text import NotUnderstood

TODAY = date(2026, 11, 20)

NOT_READ = [
    ("", "unknown"),
    ("。。。", "unknown"),
    ("你好", "unknown"),
    ("3", "unknown"),
    ("88", "unknown"),
    ("十八", "unknown"),
    ("1899", "unknown"),
    ("2101", "unknown"),
    ("123456", "unknown"),
    ("30万", "unknown"),
    ("2019万元", "unknown"),
    ("2019元", "unknown"),
    ("2019人", "unknown"),
    ("2019个", "unknown"),
    ("5.6%", "unknown"),
    ("13800138000", "unknown"),
    ("0791-2019-8888", "unknown"),
    ("编号2019", "unknown"),
    ("ISO9001", "unknown"),
    ("ISO9001:2015", "unknown"),
    ("ISO 9001 2015", "unknown"),
    ("GB/T19580-2012", "unknown"),
    ("2015标准", "unknown"),
    ("不是2019年", "unknown"),
    ("not 2019", "unknown"),
    ("2019年还没有", "unknown"),
    ("2019年没拿到", "unknown"),
    ("we did not have it in 2019", "unknown"),
    ("not until 2019", "unknown"),
    ("到2019年为止", "unknown"),
    ("2019年到期", "unknown"),
    ("有效期到2027年", "unknown"),
    ("expired in 2019", "unknown"),
    ("2019年被撤销了", "unknown"),
    ("2019年停产", "unknown"),
    ("如果2019年算的话", "unknown"),
    ("2019年？", "unknown"),
    ("是2019年吗", "unknown"),
    ("打算2027年", "unknown"),
    ("至少2019年", "unknown"),
    ("每年5月", "unknown"),
    ("农历五月", "unknown"),
    ("第三年", "unknown"),
    ("early", "unknown"),
    ("we may have it", "unknown"),
    ("before", "unknown"),
    ("记不清了", "unknown"),
    ("2019年之前不清楚", "unknown"),
    ("不确定是不是2019年", "unknown"),
    ("5月到2020年", "unknown"),
    ("最新的证书是2024年", "unknown"),
    ("2019年又拿了", "unknown"),
    ("很久以前", "unknown"),
    ("2019年三月的第一周", "unknown"),
    ("2月30日", "no_such_day"),
    ("2019年13月", "no_such_day"),
    ("13月", "no_such_day"),
    ("2019-02-29", "no_such_day"),
    ("2019年2月29日", "no_such_day"),
    ("2019年4月31号", "no_such_day"),
    ("20190230", "no_such_day"),
    ("2019.13", "no_such_day"),
    ("February 30, 2019", "no_such_day"),
    ("31/31/2019", "no_such_day"),
    ("2019年0月", "no_such_day"),
    ("12/5/2019", "ambiguous"),
    ("19/5/12", "ambiguous"),
    ("3/4", "ambiguous"),
    ("5.12", "ambiguous"),
    ("19/5", "ambiguous"),
    ("2019、2020", "ambiguous"),
    ("May-19", "ambiguous"),
    ("19年", "ambiguous"),
    ("19年左右", "ambiguous"),
    ("19年以前", "ambiguous"),
    ("19年内", "ambiguous"),
    ("19-20年", "ambiguous"),
    ("七八年", "ambiguous"),
    ("3月前", "ambiguous"),
    ("3日前", "ambiguous"),
    ("2019年，2020年", "ambiguous"),
    ("2015年成立，2019年拿证", "ambiguous"),
    ("2019年拿的，快三年了", "ambiguous"),
    ("2019年" * 300, "too_long"),
]


@pytest.mark.parametrize(("text", "reason"), NOT_READ)
def test_what_is_not_understood_is_never_guessed(text: str, reason: str) -> None:
    """A text that says no day, denies one, or can mean two is not read, and it is known why."""
    result = read_when(text, TODAY)
    assert isinstance(result, NotUnderstood)
    assert result.reason == reason


def test_two_statements_that_only_touch_are_not_one_day() -> None:
    """Founded three years ago, producing for two: no day is made of the edge that they share."""
    today = date(2026, 11, 20)
    assert read_when("3年前成立，2年前投产", today) == NotUnderstood("ambiguous")
