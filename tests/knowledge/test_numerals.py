"""Chinese numerals of provisions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.numerals import read_number, write_number


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (22, "二十二"),
        (39, "三十九"),
        (90, "九十"),
        (99, "九十九"),
    ],
)
def test_numbers_are_written_as_articles_are_numbered(number: int, written: str) -> None:
    """Ten is 十 without 一 before it, and a round ten has nothing after it."""
    assert write_number(number) == written


@settings(deadline=None)
@given(st.integers(min_value=1, max_value=99))
def test_what_is_written_is_read_back(number: int) -> None:
    """Reading undoes writing."""
    assert read_number(write_number(number)) == number


@pytest.mark.parametrize("number", [-1, 0, 100])
def test_no_other_number_is_written(number: int) -> None:
    """A number that no provision bears is refused."""
    with pytest.raises(ValueError, match="1 to 99"):
        write_number(number)


@pytest.mark.parametrize("text", ["", "十十", "一十", "二十十", "〇", "10", "百"])
def test_what_is_no_numeral_is_not_read(text: str) -> None:
    """Characters that are not in the order of a numeral mean no number."""
    assert read_number(text) is None
