"""The calendar: every day from 1900 on can be reached and picked, by buttons alone."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.telegram.calendar import CLOSE, MARK, keyboard, opener, opening
from bot.platforms.telegram.keyboards import Rows, columns
from conversations.model import LOCALES
from rules.catalog import catalog
from rules.model import Tier

TODAY = date(2026, 11, 20)
ASKED = "d12:operating_since"


def page(token: str, today: date = TODAY) -> Rows:
    """The page of a token that asks for one."""
    rows = keyboard(token, today)
    assert rows is not None
    return rows


def labels(rows: Rows) -> list[list[str]]:
    """What the buttons say, row by row."""
    return [[button.label for button in row] for row in rows]


def press(rows: Rows, label: str) -> str:
    """The token of the button with this label."""
    found = [button.token for row in rows for button in row if button.label == label]
    assert len(found) == 1, (label, labels(rows))
    assert found[0] is not None
    return found[0]


def test_it_opens_at_the_present_month() -> None:
    """Monday first, today marked, days of other months left out."""
    assert labels(page(opening(ASKED, "zh_Hans"))) == [
        ["‹", "2026年11月", "›"],
        ["一", "二", "三", "四", "五", "六", "日"],
        ["·", "·", "·", "·", "·", "·", "1"],
        ["2", "3", "4", "5", "6", "7", "8"],
        ["9", "10", "11", "12", "13", "14", "15"],
        ["16", "17", "18", "19", "[20]", "21", "22"],
        ["23", "24", "25", "26", "27", "28", "29"],
        ["30", "·", "·", "·", "·", "·", "·"],
        ["只知道是这个月", "收起日历"],
    ]


def test_headings_lead_from_days_to_months_to_years() -> None:
    """A tap on the heading shows the next larger unit."""
    months = page(press(page(opening(ASKED, "zh_Hans")), "2026年11月"))
    assert labels(months)[:2] == [["‹", "2026年", "›"], ["1月", "2月", "3月", "4月"]]
    assert labels(months)[-1] == ["只知道是2026年", "收起日历"]
    years = page(press(months, "2026年"))
    assert labels(years)[:2] == [["‹", "2012–2031", "›"], ["2012", "2013", "2014", "2015"]]
    assert labels(years)[-1] == ["收起日历"]


def test_a_day_long_ago_takes_few_taps() -> None:
    """From today to 1 March 2009: heading, heading, back, the year, the month, the day."""
    rows = page(opening(ASKED, "zh_Hans"))
    for label in ("2026年11月", "2026年", "‹", "2009", "3月"):
        rows = page(press(rows, label))
    assert press(rows, "1") == f"{ASKED}:2009-03-01"
    assert press(rows, "只知道是这个月") == f"{ASKED}:2009-03"
    assert press(page(press(rows, "2009年3月")), "只知道是2009年") == f"{ASKED}:2009"


@pytest.mark.parametrize(
    ("token", "arrow", "heading"),
    [
        (f"ksd202612{ASKED}", "›", "2027年1月"),
        (f"ksd202601{ASKED}", "‹", "2025年12月"),
        (f"ksm2026{ASKED}", "›", "2027年"),
        (f"ksm2026{ASKED}", "‹", "2025年"),
        (f"ksy2012{ASKED}", "›", "2032–2051"),
        (f"ksy2012{ASKED}", "‹", "1992–2011"),
    ],
)
def test_arrows_turn_one_page(token: str, arrow: str, heading: str) -> None:
    """Into the next or the last month, year or twenty years."""
    assert labels(page(press(page(token), arrow)))[0][1] == heading


@pytest.mark.parametrize(
    ("token", "ends"),
    [
        (f"ksd190001{ASKED}", "·›"),
        (f"ksd209912{ASKED}", "‹·"),
        (f"ksm1900{ASKED}", "·›"),
        (f"ksm2099{ASKED}", "‹·"),
        (f"ksy1900{ASKED}", "·›"),
        (f"ksy2080{ASKED}", "‹·"),
    ],
)
def test_it_ends_somewhere(token: str, ends: str) -> None:
    """Before 1900 and after 2099 there is nothing to turn to."""
    earlier, _, later = labels(page(token))[0]
    assert earlier + later == ends


@pytest.mark.parametrize(
    ("locale", "month", "weekdays", "in_months"),
    [
        ("zh_Hans", "2026年11月", "一二三四五六日", "3月"),
        ("zh_Hant", "2026年11月", "一二三四五六日", "3月"),
        ("en", "Nov 2026", "MTWTFSS", "Mar"),
    ],
)
def test_it_speaks_the_users_language(
    locale: str, month: str, weekdays: str, in_months: str
) -> None:
    """Months and weekdays are named as the language names them, on every page."""
    rows = page(opening(ASKED, locale))
    assert labels(rows)[0][1] == month
    assert labels(rows)[1] == list(weekdays)
    assert press(page(press(rows, month)), in_months)


def all_day_tokens() -> list[str]:
    """The longest tokens of days that a conversation could ask for."""
    kinds = [
        f"{fact}.{kind.value}"
        for fact, spec in catalog().facts.items()
        for kind in spec.kinds
        if fact not in catalog().own_records
    ]
    keys = [*catalog().facts, *kinds, *(f"past_awards.{tier.value}" for tier in Tier)]
    return [f"d9999:{key}#99.date" for key in keys] + ["d9999:day"]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_fits_telegram_and_a_phone(locale: str) -> None:
    """Every button of every page, for the longest questions: token, label, row and number."""
    for day_token in all_day_tokens():
        first = opener(day_token, locale)
        assert first.token == opening(day_token, locale)
        for token in (
            first.token,
            f"{first.token[:2]}d209912{day_token}",
            f"{first.token[:2]}m1900{day_token}",
            f"{first.token[:2]}y1900{day_token}",
        ):
            check(page(token))


def check(rows: Rows) -> None:
    """The limits of Telegram, and of a phone: buttons of a row are equally wide."""
    assert sum(len(row) for row in rows) <= 100
    for row in rows:
        assert 1 <= len(row) <= 8
        assert len(row) * max(columns(button.label) for button in row) <= 30
        for button in row:
            assert button.token is not None
            assert 1 <= len(button.token.encode()) <= 64


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(LOCALES), st.dates())
def test_every_day_is_where_it_belongs(day: date, locale: str, today: date) -> None:
    """Each day of a month stands once, under its weekday, with its own token."""
    rows = page(f"{opening(ASKED, locale)[:2]}d{day:%Y%m}{ASKED}", today)
    check(rows)
    cells = [(column, button) for row in rows[2:-1] for column, button in enumerate(row)]
    days = {button.token: column for column, button in cells if button.token != MARK}
    assert days[f"{ASKED}:{day.isoformat()}"] == day.weekday()
    following = day.replace(day=28) + timedelta(days=4)
    assert len(days) == (following - timedelta(days=following.day)).day


@given(st.text(max_size=64), st.dates())
def test_a_token_that_is_no_page_is_none(text: str, today: date) -> None:
    """Whatever a changed app may send, there is a page or there is none; never an error."""
    for token in (text, f"ks{text}", f"ksd000000{text}", f"kty9999{text}", f"kem0000{text}"):
        rows = keyboard(token, today)
        if rows is not None:
            assert re.match(r"k[ste][odmy]", token)
            check(rows)


def test_closing_and_idle_buttons_turn_no_page() -> None:
    """The button that closes and the cells that do nothing are not pages."""
    assert press(page(opening(ASKED, "zh_Hans")), "收起日历") == CLOSE
    assert keyboard(CLOSE, TODAY) is None
    assert keyboard(MARK, TODAY) is None


@pytest.mark.parametrize("day_token", ["", "d" * 54, "字" * 18])
def test_a_question_too_long_for_a_calendar_is_an_error_of_the_program(day_token: str) -> None:
    """It is found when the message is laid out, not when somebody turns a page."""
    with pytest.raises(ValueError, match="bytes, not 1 to 53"):
        opener(day_token, "en")
