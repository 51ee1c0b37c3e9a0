"""How days and years are counted, by a table made by hand and by the laws that it follows."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.periods import (
    Interval,
    add_years,
    day_after,
    format_interval,
    latest_outside,
    latest_start,
    new_year,
    parse_interval,
)

DAYS = st.dates()
# Days near ends of months come up too rarely by themselves.
EDGES = st.builds(
    lambda year, turn, off: date(year, *turn) + timedelta(days=off),
    st.integers(2000, 2100),
    st.sampled_from([(3, 1), (1, 1), (12, 31), (6, 30)]),
    st.integers(-3, 3),
)
YEARS = st.integers(1, 12)
NO_DATES = """
    2026-02-30 2023-02-29 2026-13 2026-00 2026-01-00 0000 0000-05 2026-1 2026-1-1 26 20261120
    2026-11-20T00:00 2026/11 2026? 2019~ 201X 2019-05-1\u0662 \uff12\uff10\uff11\uff19 none 10000
    [..] [] [2020] [2020..2019] [2019-05-13..2019-05-12] [2019,2020] [2019...2020] {2019..2020}
    [2019..2020 2019..2020 [2019..2020]x [2019-02-30..2020] [..2019-13] -2019 +2019 []..[]
"""


def day(text: str | None) -> date | None:
    """Return the day that is written."""
    return date.fromisoformat(text) if text else None


def between(first: str, last: str) -> Interval:
    """Return the days between two."""
    return Interval(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("start", "years", "expected"),
    [
        ("2023-05-10", 3, "2026-05-10"),
        ("2024-02-29", 1, "2025-02-28"),
        ("2024-02-29", 3, "2027-02-28"),
        ("2024-02-29", 4, "2028-02-29"),
        ("2096-02-29", 4, "2100-02-28"),
        ("2025-02-28", 3, "2028-02-28"),
        ("2026-12-31", 1, "2027-12-31"),
        ("2026-11-20", -3, "2023-11-20"),
        ("2024-02-29", -1, "2023-02-28"),
        ("9999-01-01", 1, None),
        ("0001-01-01", -1, None),
    ],
)
def test_the_corresponding_day_is_the_months_last_where_it_does_not_exist(
    start: str, years: int, expected: str | None
) -> None:
    """The corresponding day bears the same date; 29 February falls on the 28th where it must."""
    assert add_years(date.fromisoformat(start), years) == day(expected)


@pytest.mark.parametrize(
    ("as_of", "years", "expected"),
    [
        ("2026-11-20", 3, "2023-11-20"),
        ("2026-11-20", 10, "2016-11-20"),
        ("2027-02-28", 3, "2024-02-29"),  # both 28 and 29 February 2024 come to 28 February 2027
        ("2027-02-27", 3, "2024-02-27"),
        ("2028-02-28", 4, "2024-02-28"),
        ("2028-02-29", 4, "2024-02-29"),
        ("2028-02-29", 3, "2025-02-28"),
        ("2028-03-01", 3, "2025-03-01"),
        ("2027-01-01", 2, "2025-01-01"),
        ("0002-01-01", 3, None),
    ],
)
def test_n_years_are_complete_for_whoever_began_by_the_corresponding_day(
    as_of: str, years: int, expected: str | None
) -> None:
    """The latest start that makes "N年以上" good is the day whose anniversary it is."""
    assert latest_start(date.fromisoformat(as_of), years) == day(expected)


@pytest.mark.parametrize(
    ("as_of", "years", "expected"),
    [
        ("2026-11-20", 3, "2023-11-19"),
        ("2026-11-21", 3, "2023-11-20"),
        ("2027-02-28", 3, "2024-02-27"),
        ("2027-03-01", 3, "2024-02-29"),
        ("2028-02-29", 3, "2025-02-28"),
        ("2028-03-01", 4, "2024-02-29"),
        ("2028-02-29", 4, "2024-02-28"),
        ("2027-01-01", 2, "2024-12-31"),
        ("0001-01-01", 1, None),
    ],
)
def test_the_last_n_years_still_hold_the_anniversary(
    as_of: str, years: int, expected: str | None
) -> None:
    """The latest day outside "近N年" is the day before the one whose anniversary it is."""
    assert latest_outside(date.fromisoformat(as_of), years) == day(expected)


@given(start=DAYS | EDGES, as_of=DAYS | EDGES, years=YEARS)
def test_what_began_by_the_line_is_complete_and_nothing_else(
    start: date, as_of: date, years: int
) -> None:
    """Years are complete exactly for the starts up to the line, whatever the day."""
    line, end = latest_start(as_of, years), add_years(start, years)
    complete = end is not None and end <= as_of
    assert complete is (line is not None and start <= line)


@given(event=DAYS | EDGES, as_of=DAYS | EDGES, years=YEARS)
def test_what_lies_by_the_line_is_outside_and_nothing_else(
    event: date, as_of: date, years: int
) -> None:
    """An event is outside exactly from the day after its anniversary on, whatever the day."""
    line, end = latest_outside(as_of, years), add_years(event, years)
    outside = end is not None and end < as_of
    assert outside is (line is not None and event <= line)


def test_the_calendar_ends() -> None:
    """After the last day there is none, and no year before the first or after the last."""
    assert day_after(date(2026, 12, 31)) == date(2027, 1, 1)
    assert (day_after(date.max), day_after(None)) == (None, None)
    assert (new_year(2027), new_year(0), new_year(10000)) == (date(2027, 1, 1), None, None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019-05", "2019-05-01", "2019-05-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("[2023-11-21..2024-11-20]", "2023-11-21", "2024-11-20"),
        ("[2019..2020-02]", "2019-01-01", "2020-02-29"),
        ("[..2019-05]", "0001-01-01", "2019-05-31"),
        ("[2022..]", "2022-01-01", "9999-12-31"),
        ("[2019-05-12..2019-05-12]", "2019-05-12", "2019-05-12"),
    ],
)
def test_a_partial_date_is_one_day_within_its_bounds(text: str, first: str, last: str) -> None:
    """A year, a month, a day or bounds leave the days between their ends possible."""
    assert parse_interval(text) == between(first, last)


@pytest.mark.parametrize("text", NO_DATES.split())
def test_anything_else_is_no_date(text: str) -> None:
    """Days that do not exist, empty sets, "[..]" and other notations are refused."""
    with pytest.raises(ValueError, match=r"."):
        parse_interval(text)


@pytest.mark.parametrize("text", ["", " 2019", "2019 ", "2019\n", "[2019 .. 2020]"])
def test_a_date_has_no_space_in_it(text: str) -> None:
    """Nothing, and anything beside the date, is refused."""
    with pytest.raises(ValueError, match="not a partial date"):
        parse_interval(text)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2019-01-01", "2019-12-31", "2019"),
        ("2019-02-01", "2019-02-28", "2019-02"),
        ("2024-02-01", "2024-02-28", "[2024-02-01..2024-02-28]"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2019-05-12", "2019-05-12", "2019-05-12"),
        ("2019-01-01", "2020-12-31", "[2019-01-01..2020-12-31]"),
        ("0001-01-01", "2019-05-31", "[..2019-05-31]"),
        ("2022-01-01", "9999-12-31", "[2022-01-01..]"),
        ("0987-01-01", "0987-12-31", "0987"),
    ],
)
def test_a_date_is_written_as_shortly_as_it_can_be(first: str, last: str, expected: str) -> None:
    """Whole years and months are written as such, an open end is left away."""
    assert format_interval(between(first, last)) == expected


@given(one=DAYS | EDGES | st.just(date.min), other=DAYS | EDGES | st.just(date.max))
def test_what_is_written_reads_back_as_the_same(one: date, other: date) -> None:
    """Every date but "any day at all", which is no answer, survives being written and read."""
    assume((one, other) != (date.min, date.max))
    interval = Interval(min(one, other), max(one, other))
    assert parse_interval(format_interval(interval)) == interval


@given(year=st.integers(1, 9999), month=st.integers(1, 12))
def test_years_and_months_read_back_as_they_were_written(year: int, month: int) -> None:
    """A year or a month keeps its short form."""
    for text in (f"{year:04}", f"{year:04}-{month:02}"):
        assert format_interval(parse_interval(text)) == text


def test_an_interval_does_not_end_before_it_begins() -> None:
    """There are no empty intervals."""
    with pytest.raises(ValueError, match="before it begins"):
        between("2019-05-13", "2019-05-12")


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2018-12-31", None),
        ("2019-01-01", ("2019-01-01", "2019-01-01")),
        ("2019-06-30", ("2019-01-01", "2019-06-30")),
        ("2019-12-31", ("2019-01-01", "2019-12-31")),
        ("2026-11-20", ("2019-01-01", "2019-12-31")),
    ],
)
def test_days_to_come_are_no_possible_days(until: str, expected: tuple[str, str] | None) -> None:
    """Up to a day, only the days that are no later remain, if there are any."""
    left = parse_interval("2019").until(date.fromisoformat(until))
    assert left == (between(*expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"), [("2019-05-12", True), ("2019-05", False), ("[2019..]", False)]
)
def test_a_date_is_exact_if_one_day_is_possible(
    text: str,
    expected: bool,  # noqa: FBT001 - a table's column
) -> None:
    """Only a single day is exact."""
    assert parse_interval(text).exact is expected
