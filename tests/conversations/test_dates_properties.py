"""Laws of reading days, whatever is typed and whenever."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from conversations.dates import read_day, read_when
from conversations.text import NotUnderstood
from conversations.time_words.spans import Length, latest_complete
from rules.periods import Interval, add_years, latest_start

TODAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
CHINESE_DIGITS = "〇一二三四五六七八九"
WORDS = (
    "2019 19 3 5 12 31 0 年 月 日 号 个月 天 周 半 多 前 后 以前 以上 快 不到 近 满 大概 左右"
    " 去年 上 下 底 初 季度 春 国庆 春节 十 三 两 几 一 〇 到 - / . , : ~ 的 了 是 我们 成立 拿到"
    " 不 没 和 或 之间 最近 今天 ISO9001 ? May March years months ago in last next before after"
    " between and about end of early at least more than half a an Q3 '19"
)


def years_complete(day: date, today: date) -> int:
    """How many whole years lie between ``day`` and ``today``."""
    years = today.year - day.year
    while (end := add_years(day, years)) is None or end > today:
        years -= 1
    return years


def chinese(number: int) -> str:
    """A number from 1 to 31 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else CHINESE_DIGITS[tens] + "十"
    return ten + (CHINESE_DIGITS[ones] if ones else "")


def holds(text: str, day: date, today: date) -> bool:
    """Whether ``text`` is read as a day that can be ``day``."""
    when = read_when(text, today)
    return isinstance(when, Interval) and when.first <= day <= when.last


@given(st.text(max_size=60), TODAYS)
def test_any_text_has_an_answer(text: str, today: date) -> None:
    """Whatever is typed is read or not understood; nothing is raised."""
    assert isinstance(read_when(text, today), Interval | NotUnderstood)
    assert isinstance(read_day(text, today), date | Interval | NotUnderstood)


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=8), st.sampled_from(["", " "]), TODAYS)
def test_any_words_about_time_have_an_answer(words: list[str], space: str, today: date) -> None:
    """Words about time in any order are read or not understood; nothing is raised."""
    text = space.join(words)
    assert isinstance(read_when(text, today), Interval | NotUnderstood)
    assert isinstance(read_day(text, today), date | Interval | NotUnderstood)


@given(st.text(alphabet=st.sampled_from("2019年5月前三多个- 半"), min_size=900, max_size=1000))
def test_a_long_text_has_an_answer(text: str) -> None:
    """A thousand characters are read like ten; ten thousand are too long."""
    assert isinstance(read_when(text, date(2026, 11, 20)), Interval | NotUnderstood)
    assert read_when(text * 12, date(2026, 11, 20)) == NotUnderstood("too_long")


@given(DAYS, TODAYS)
def test_a_day_written_out_is_that_day(day: date, today: date) -> None:
    """A complete date is read as exactly that day, whatever its form and whenever it is read."""
    year = "".join(CHINESE_DIGITS[int(digit)] for digit in str(day.year))
    for text in (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month} 月 {day.day} 号",
        f"{year}年{chinese(day.month)}月{chinese(day.day)}日",
        f"{day:%d %B %Y}",
        f"{day:%B %d, %Y}",
    ):
        assert read_when(text, today) == Interval(day, day)
        assert read_day(text, today) == day


@given(DAYS, TODAYS)
def test_what_is_true_of_a_day_holds_it(day: date, today: date) -> None:
    """A vaguer date that the day lies in is read as an interval that holds it."""
    half = "上" if day.month < 7 else "下"
    third = "上" if day.day <= 10 else "中" if day.day <= 20 else "下"
    for text in (
        f"{day.year}",
        f"{day.year}年",
        f"{day.year}年{day.month}月",
        f"{day:%B %Y}",
        f"{day.year}年{half}半年",
        f"{day.year}年第{(day.month + 2) // 3}季度",
        f"{day.year}年{day.month}月{third}旬",
        f"大概{day.year}年",
        f"{day.year - 1}到{day.year}年之间" if day.year > 1900 else "1900",
        f"before {day.year + 1}" if day.year < 2100 else "2100",
    ):
        assert holds(text, day, today)
    if day <= today and day.year > 1900:
        assert holds(f"{day.year - 1}年以后", day, today)


@given(st.integers(0, 14600), TODAYS)
def test_what_is_true_of_a_length_holds_the_day(ago: int, today: date) -> None:
    """Whatever can be said with truth of the time since a day is read as holding that day."""
    day = today - timedelta(days=ago)
    years = years_complete(day, today)
    exactly = add_years(day, years) == today
    assert holds(f"不到{years + 1}年", day, today)
    assert holds(f"less than {years + 1} years", day, today)
    if years:
        assert holds(f"{years}年以上", day, today)
        assert holds(f"at least {years} years", day, today)
    if years and not exactly:
        assert holds(f"{years}年多了", day, today)
        assert holds(f"超过{years}年", day, today)
    nearly = add_years(day - timedelta(days=180), years + 1)
    if nearly is not None and nearly <= today:
        assert holds(f"快{years + 1}年了", day, today)
        assert holds(f"{years + 1}年前", day, today)


@given(st.integers(0, 14600), TODAYS)
def test_what_is_false_of_a_length_leaves_the_day_out(ago: int, today: date) -> None:
    """A bound that the time since a day breaks does not hold that day."""
    day = today - timedelta(days=ago)
    years = years_complete(day, today)
    assert not holds(f"{years + 1}年以上", day, today)
    assert not holds(f"{years + 1}年多", day, today)
    assume(years)
    assert not holds(f"不到{years}年", day, today)
    assert not holds(f"快{years}年了", day, today)
    assert holds(f"超过{years}年", day, today) != (add_years(day, years) == today)


@given(TODAYS, st.integers(0, 80))
def test_years_are_counted_as_the_regulations_count_them(today: date, years: int) -> None:
    """Whole years are complete from the same day on as in the rules."""
    assert latest_complete(today, Length(12 * years)) == latest_start(today, years)


@given(DAYS, TODAYS)
def test_a_denied_day_is_not_read(day: date, today: date) -> None:
    """A date with "not" in front, or with something missing after it, is never half-understood."""
    for text in (
        f"不是{day.year}年{day.month}月",
        f"not {day.isoformat()}",
        f"{day.year}年还没有",
        f"{day.year}年{day.month}月到期",
        f"{day.year}年吗",
    ):
        assert read_when(text, today) == NotUnderstood("unknown")
