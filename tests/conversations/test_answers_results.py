"""Profit and loss by year, as people report it on 20 November 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers import read_results
from conversations.text import NotUnderstood

TODAY = date(2026, 11, 20)
TWO = (2024, 2025)
THREE = (2023, 2024, 2025)

# What was typed, the years asked, and what it says of them: p, b, l, L (policy loss) by year.
READ = [
    ("24年亏了，25年盈利", TWO, "2024 l, 2025 p"),
    ("24年亏了25年盈利", TWO, "2024 l, 2025 p"),
    ("24年虧了，25年賺錢", TWO, "2024 l, 2025 p"),
    ("前年亏损去年盈利", TWO, "2024 l, 2025 p"),
    ("去年盈利，前年亏损", TWO, "2024 l, 2025 p"),
    ("前年亏，去年赚", TWO, "2024 l, 2025 p"),
    ("2024 盈利 2025 持平", TWO, "2024 p, 2025 b"),
    ("2024盈利 2025持平", TWO, "2024 p, 2025 b"),
    ("2024年盈利；2025年不赚不亏", TWO, "2024 p, 2025 b"),
    ("2024年保本，2025年微利", TWO, "2024 b, 2025 p"),
    ("二〇二四年亏损，二〇二五年盈利", TWO, "2024 l, 2025 p"),
    ("2024年度实现盈利，2025年度小幅亏损", TWO, "2024 p, 2025 l"),
    ("loss in 2024, profit in 2025", TWO, "2024 l, 2025 p"),
    ("2024 loss, 2025 profit", TWO, "2024 l, 2025 p"),
    ("We made a loss in 2024 and a profit in 2025.", TWO, "2024 l, 2025 p"),
    ("2024: we broke even; 2025: profitable", TWO, "2024 b, 2025 p"),
    ("profit last year, loss the year before last", TWO, "2024 l, 2025 p"),
    ("24年政策性亏损", TWO, "2024 L"),
    ("24年政策性亏损，25年盈利", TWO, "2024 L, 2025 p"),
    ("policy loss in 2024", TWO, "2024 L"),
    ("2024: -300万, 2025: +120万", TWO, "2024 l, 2025 p"),
    ("24 年 -3，25 年 5", TWO, "2024 l, 2025 p"),
    ("2024：－３００万元，2025：120万元", TWO, "2024 l, 2025 p"),
    ("2024年0，2025年10", TWO, "2024 b, 2025 p"),
    ("24年亏了300万，25年赚了120万", TWO, "2024 l, 2025 p"),
    ("2024年净利润-12.5万元", TWO, "2024 l"),
    ("2025年利润1,200万", TWO, "2025 p"),
    ("都盈利", TWO, "2024 p, 2025 p"),
    ("两年都赚钱", TWO, "2024 p, 2025 p"),
    ("兩年都盈利", TWO, "2024 p, 2025 p"),
    ("这两年都是盈利的", TWO, "2024 p, 2025 p"),
    ("一直盈利", TWO, "2024 p, 2025 p"),
    ("全都是盈利", TWO, "2024 p, 2025 p"),
    ("每年都盈利", THREE, "2023 p, 2024 p, 2025 p"),
    ("近三年都盈利", THREE, "2023 p, 2024 p, 2025 p"),
    ("连续三年盈利", THREE, "2023 p, 2024 p, 2025 p"),
    ("近三年都盈利", TWO, "2024 p, 2025 p"),
    ("都亏损", TWO, "2024 l, 2025 l"),
    ("profit in both years", TWO, "2024 p, 2025 p"),
    ("always profitable", TWO, "2024 p, 2025 p"),
    ("we made a profit every year", THREE, "2023 p, 2024 p, 2025 p"),
    ("2024和2025年都盈利", TWO, "2024 p, 2025 p"),
    ("2024、2025年亏损", TWO, "2024 l, 2025 l"),
    ("2023-2025年都盈利", THREE, "2023 p, 2024 p, 2025 p"),
    ("23到24年亏损，25年盈利", THREE, "2023 l, 2024 l, 2025 p"),
    ("去年亏了 其他年份都盈利", THREE, "2023 p, 2024 p, 2025 l"),
    ("去年亏损，其余盈利", THREE, "2023 p, 2024 p, 2025 l"),
    ("除了去年亏损，都盈利", THREE, "2023 p, 2024 p, 2025 l"),
    ("loss in 2024, the others profit", THREE, "2023 p, 2024 l, 2025 p"),
    ("没有亏损，都是盈利", TWO, "2024 p, 2025 p"),
    ("盈利", (2025,), "2025 p"),
    ("亏了", (2025,), "2025 l"),
    ("profit", (2025,), "2025 p"),
    ("持平", (2025,), "2025 b"),
    ("去年盈利", TWO, "2025 p"),
    ("去年扭亏为盈", TWO, "2025 p"),
    # A year that was not asked about, and one that is not over.
    ("2022年亏损，2024年盈利", TWO, "2022 l, 2024 p"),
    ("去年盈利，今年亏损", TWO, "2025 p"),
    ("2025年盈利，2026年盈利", TWO, "2025 p"),
    # What is said of 2024 leaves two results open; 2025 is certain.
    ("前年没亏，去年盈利", TWO, "2025 p"),
]

NOT_READ = [
    ("", TWO, "unknown"),
    ("你好", TWO, "unknown"),
    ("有", TWO, "unknown"),
    ("2024", TWO, "unknown"),
    ("2024年", TWO, "unknown"),
    ("不知道", TWO, "unknown"),
    ("今年盈利", TWO, "unknown"),
    ("2024年可能盈利", TWO, "unknown"),
    ("2024年盈利吗", TWO, "unknown"),
    ("2024年盈利？", TWO, "unknown"),
    ("去年差点亏损", TWO, "unknown"),
    ("2024年亏损减少", TWO, "unknown"),
    ("去年收入300万", TWO, "unknown"),
    ("2024年盈利，2025年还没出来", TWO, "unknown"),
    ("not a loss in 2024", TWO, "ambiguous"),
    ("没亏过", TWO, "ambiguous"),
    ("没有亏损", TWO, "ambiguous"),
    ("从来没有亏过", TWO, "ambiguous"),
    ("两年都没亏", TWO, "ambiguous"),
    ("去年没赚钱", TWO, "ambiguous"),
    ("盈利", TWO, "ambiguous"),
    ("一年亏一年赚", TWO, "ambiguous"),
    ("一年盈利，一年亏损", TWO, "ambiguous"),
    ("亏损，盈利", TWO, "ambiguous"),
    ("前两年亏损", THREE, "ambiguous"),
    ("近两年都盈利", THREE, "ambiguous"),
    ("2024年盈利，2024年亏损", TWO, "ambiguous"),
    ("都盈利，去年亏损", TWO, "ambiguous"),
    ("盈利，去年亏损", TWO, "ambiguous"),
    ("2024年盈利-300万", TWO, "ambiguous"),
    ("2024年亏损盈利", TWO, "ambiguous"),
    ("其他年份都盈利", TWO, "ambiguous"),
    ("2024年亏" * 300, TWO, "too_long"),
]

WORDS = (
    "2024 2025 24年 去年 前年 今年 2024年 盈利 亏损 持平 政策性亏损 没 不 都 一直 两年 三年 近 其他"
    " 除了 和 - 到 , ; : -3 5 300万 +1 的 了 我们 profit loss in and both years others even 吗"
)


def results(said: str) -> dict[int, str]:
    """The results that a line of the table stands for."""
    names = {"p": "profit", "b": "break_even", "l": "loss", "L": "policy_loss"}
    pairs = (part.split() for part in said.split(","))
    return {int(year): names[letter] for year, letter in pairs}


@pytest.mark.parametrize(("text", "years", "said"), READ)
def test_results_are_read_by_year(text: str, years: tuple[int, ...], said: str) -> None:
    """Each completed year named gets its result; "all" and "the others" mean the years asked."""
    assert read_results(text, years, TODAY) == results(said)


@pytest.mark.parametrize(("text", "years", "reason"), NOT_READ)
def test_results_are_never_guessed(text: str, years: tuple[int, ...], reason: str) -> None:
    """A result without its year, one of two possible, or a contradiction is not read."""
    assert read_results(text, years, TODAY) == NotUnderstood(reason)  # type: ignore[arg-type]


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=8), st.sampled_from(["", " "]))
def test_any_words_have_an_answer(words: list[str], space: str) -> None:
    """Words about results in any order are read or not; a result is never of a year to come."""
    read = read_results(space.join(words), TWO, TODAY)
    if isinstance(read, dict):
        assert read
        assert all(year < TODAY.year for year in read)
        assert set(read.values()) <= {"profit", "break_even", "loss", "policy_loss"}


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    """Whatever is typed is read or not; nothing is raised."""
    assert isinstance(read_results(text, TWO, TODAY), dict | NotUnderstood)


@given(
    st.dictionaries(
        st.integers(2010, 2025), st.sampled_from(["盈利", "亏损", "持平", "政策性亏损"]), min_size=1
    )
)
def test_what_is_written_out_is_read_back(said: dict[int, str]) -> None:
    """A list of years with their results is read as exactly that."""
    names = {"盈利": "profit", "亏损": "loss", "持平": "break_even", "政策性亏损": "policy_loss"}
    expected = {year: names[result] for year, result in said.items()}
    text = "，".join(f"{year}年{result}" for year, result in said.items())
    assert read_results(text, TWO, TODAY) == expected
    short = " ".join(f"{year % 100}年{result}" for year, result in said.items())
    assert read_results(short, TWO, TODAY) == expected
