"""Working days beside the State Council's notices, written here as published, day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workdays_counted import workdays_between

from rules.workdays import are_arranged, is_arranged, is_workday, look_up, workday_before

# 国务院办公厅关于部分节假日安排的通知: the days off, from and to, and the weekends that are worked.
# 2024: 国办发明电〔2023〕7号; 2025: 国办发明电〔2024〕12号; 2026: 国办发明电〔2025〕7号.
NOTICES = {
    2024: (
        [
            ("01-01", "01-01"),  # 元旦
            ("02-10", "02-17"),  # 春节
            ("04-04", "04-06"),  # 清明节
            ("05-01", "05-05"),  # 劳动节
            ("06-10", "06-10"),  # 端午节
            ("09-15", "09-17"),  # 中秋节
            ("10-01", "10-07"),  # 国庆节
        ],
        ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    ),
    2025: (
        [
            ("01-01", "01-01"),  # 元旦
            ("01-28", "02-04"),  # 春节
            ("04-04", "04-06"),  # 清明节
            ("05-01", "05-05"),  # 劳动节
            ("05-31", "06-02"),  # 端午节
            ("10-01", "10-08"),  # 国庆节、中秋节
        ],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (
        [
            ("01-01", "01-03"),  # 元旦
            ("02-15", "02-23"),  # 春节
            ("04-04", "04-06"),  # 清明节
            ("05-01", "05-05"),  # 劳动节
            ("06-19", "06-21"),  # 端午节
            ("09-25", "09-27"),  # 中秋节
            ("10-01", "10-07"),  # 国庆节
        ],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}
# Public holidays of a year by 全国年节及纪念日放假办法: two more since 2025.
HOLIDAYS = {2024: 11, 2025: 13, 2026: 13}
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
COUNTS = st.integers(1, 40)


def day(year: int, text: str) -> date:
    """The day of a year that is written as month and day."""
    return date.fromisoformat(f"{year}-{text}")


def days(first: date, last: date) -> list[date]:
    """All days from the first to the last."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def worked(year: int) -> set[date]:
    """The days worked in a year by its notice."""
    spans, weekends = NOTICES[year]
    off = {each for first, last in spans for each in days(day(year, first), day(year, last))}
    week = {each for each in days(date(year, 1, 1), date(year, 12, 31)) if each.weekday() < 5}
    return (week - off) | {day(year, weekend) for weekend in weekends}


@pytest.mark.parametrize("year", NOTICES)
def test_the_notices_are_written_right(year: int) -> None:
    """What is worked in exchange are weekends, and a year loses just its public holidays."""
    week = [each for each in days(date(year, 1, 1), date(year, 12, 31)) if each.weekday() < 5]
    assert all(day(year, weekend).weekday() >= 5 for weekend in NOTICES[year][1])
    assert len(worked(year)) == len(week) - HOLIDAYS[year]


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_is_as_the_state_council_arranged_it(year: int) -> None:
    """Each day of the year is worked, or off, by its notice."""
    found = {each for each in days(date(year, 1, 1), date(year, 12, 31)) if is_workday(each)}
    assert found == worked(year)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        # From the first day to the last: worked (x) or off (-).
        ("2024-02-03", "2024-02-19", "-xxxxxx--------xx"),  # Spring Festival, two Sundays worked
        ("2024-09-28", "2024-10-13", "-xx-------xxxxx-"),  # National Day, Sunday and Saturday
        ("2025-01-25", "2025-02-09", "-xx--------xxxx-"),
        ("2025-09-27", "2025-10-12", "-xxx--------xxx-"),
        ("2026-02-13", "2026-03-01", "xx---------xxxxx-"),
        ("2026-09-19", "2026-10-11", "-xxxxx---xxx-------xxx-"),  # Mid-Autumn as well
        ("2025-12-31", "2026-01-05", "x---xx"),  # the Sunday after New Year is worked
        ("2026-06-18", "2026-06-22", "x---x"),  # Dragon Boat
    ],
)
def test_an_exchange_is_counted(first: str, last: str, expected: str) -> None:
    """Weekends worked in exchange count, and the days off that they pay for do not."""
    around = days(date.fromisoformat(first), date.fromisoformat(last))
    assert "".join("x" if is_workday(each) else "-" for each in around) == expected


def test_a_year_is_arranged_once_its_notice_is_out() -> None:
    """Known years are those of the notices above: when one is added, its notice is written here."""
    assert [year for year in range(2024, 2100) if is_arranged(year)] == list(NOTICES)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        ("2025-03-03", "2025-03-14", "certain"),
        ("2025-12-22", "2026-01-12", "certain"),
        ("2024-12-25", "2024-12-31", "certain"),
        ("{last}-12-14", "{last}-12-24", "certain"),
        ("{last}-12-14", "{last}-12-25", "provisional"),
        ("{last}-12-30", "{next}-01-04", "provisional"),
        ("{next}-03-01", "{next}-03-12", "provisional"),
    ],
)
def test_a_count_is_certain_where_every_day_is_arranged(first: str, last: str, count: str) -> None:
    """After the last notice nothing is certain, nor in the week before, exchanged for New Year."""
    years = {"last": max(NOTICES), "next": max(NOTICES) + 1}
    start, end = (date.fromisoformat(text.format(**years)) for text in (first, last))
    assert are_arranged(start, end) is (count == "certain")


def test_what_was_looked_up_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """After that the calendar of these years is known, and nobody waits for it."""
    look_up(2025, 2026)
    monkeypatch.delattr("rules.workdays.country_holidays")
    assert is_workday(date(2026, 2, 28))
    assert are_arranged(date(2025, 1, 2), date(2026, 12, 24))


def test_what_the_law_says_is_known_of_every_year() -> None:
    """In a year that is not arranged the public holidays and the weekends are off all the same."""
    year = max(NOTICES) + 5
    for text in ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03"):
        assert not is_workday(day(year, text))
    for each in days(date(year, 7, 1), date(year, 8, 31)):
        assert is_workday(each) == (each.weekday() < 5)


@given(start=DAYS, count=COUNTS)
def test_so_many_working_days_lie_from_it_on(start: date, count: int) -> None:
    """The day found is worked, and it is the first of just so many before the day itself."""
    found = workday_before(start, count)
    assert is_workday(found)
    assert workdays_between(found, start - timedelta(days=1)) == count


@given(start=DAYS, first=COUNTS, second=COUNTS)
def test_counting_on_is_counting_at_once(start: date, first: int, second: int) -> None:
    """Counting back twice comes to the same day as counting back once by the sum."""
    assert workday_before(workday_before(start, first), second) == workday_before(
        start, first + second
    )


@given(start=DAYS, later=st.integers(0, 30), count=COUNTS)
def test_a_later_day_never_gives_an_earlier_one(start: date, later: int, count: int) -> None:
    """A day on, the day found stays or moves on, by as many days as are worked."""
    end = start + timedelta(days=later)
    before, after = workday_before(start, count), workday_before(end, count)
    assert before <= after
    moved = workdays_between(start, end - timedelta(days=1))
    assert workdays_between(before, after - timedelta(days=1)) == moved


@pytest.mark.parametrize("count", [0, -1])
def test_one_counts_back_at_least_one_day(count: int) -> None:
    """No working day is the day itself, or one after it."""
    with pytest.raises(ValueError, match="at least one day"):
        workday_before(date(2026, 6, 1), count)


def test_before_the_calendar_there_is_no_day() -> None:
    """Counting back beyond the first day of all is refused."""
    with pytest.raises(OverflowError):
        workday_before(date(1, 1, 5), 40)
