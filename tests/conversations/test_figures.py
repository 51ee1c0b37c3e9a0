"""Figures: what may be shown of them, and in which words."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.counting import FEWEST
from conversations.figures import (
    REST,
    Counted,
    Figures,
    Group,
    answered_share,
    attached,
    chart,
    counted,
    sheet,
    told,
    too_few,
)
from conversations.language import language

ZH = language("zh_Hans")

# Each chat has asked some things, by kind.
CHATS = st.lists(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9)), max_size=30)


@given(CHATS)
def test_nobody_is_told_by_a_number_or_by_a_sum(chats: list[dict[str, int]]) -> None:
    """Behind every row, and behind what all rows leave of everything, stand five chats or none."""
    kinds = sorted({kind for chat in chats for kind in chat})
    groups = [
        Group(kind, sum(chat.get(kind, 0) for chat in chats), sum(kind in chat for chat in chats))
        for kind in kinds
    ]
    few = set(too_few(groups))
    shown = counted(groups, sum(bool(few & set(chat)) for chat in chats))
    keys = [key for key, _ in shown.rows]
    assert len(set(keys)) == len(keys)
    together = set(kinds) - set(keys)
    for key, count in shown.rows:
        members = together if key == REST else {key}
        behind = [chat for chat in chats if members & set(chat)]
        assert len(behind) >= FEWEST
        assert count == sum(chat.get(each, 0) for chat in behind for each in members)
    # All is shown, or nothing of it.
    assert shown.total in (0, sum(each.count for each in groups))


TABLES = [
    ([Group("a", 9, 6), Group("b", 5, 5)], 0, (("a", 9), ("b", 5))),
    ([Group("a", 9, 6), Group("b", 7, 4)], 4, ((REST, 16),)),
    ([Group("a", 9, 6), Group("b", 6, 5), Group("c", 2, 2)], 2, (("a", 9), (REST, 8))),
    ([Group("a", 9, 6), Group("b", 3, 3), Group("c", 2, 2)], 5, (("a", 9), (REST, 5))),
    ([Group("b", 3, 3), Group("c", 1, 1)], 4, ()),
    ([Group("b", 4, 4)], 4, ()),
    ([], 0, ()),
]


@pytest.mark.parametrize(("groups", "together", "rows"), TABLES)
def test_what_is_too_little_is_put_together(
    groups: list[Group], together: int, rows: tuple[tuple[str, int], ...]
) -> None:
    """Until five chats stand behind it; if need be with the least of what could be shown."""
    assert counted(groups, together).rows == rows


def _figures(**changes: object) -> Figures:
    tables = {
        "topics": Counted((("prize", 12), ("waiting", 7), (REST, 6))),
        "outcomes": Counted((("answered", 17), ("office", 1), ("unanswered", 7))),
        "tickets": Counted((("answered", 6),)),
        "screenings": Counted((("not_yet", 8),)),
        "criteria": Counted((("excellence_model_adopted", 6),)),
    }
    given_ = {"tables": tables, "usual": timedelta(hours=5), "slowest": timedelta(hours=24)}
    return Figures("lianyungang", date(2026, 11, 1), date(2026, 11, 20), **{**given_, **changes})  # type: ignore[arg-type]


def test_figures_are_told_in_words() -> None:
    """What was asked, what came of it, how long it took; criteria with their article."""
    text = told(_figures(), ZH)
    assert text.startswith("连云港市市长质量奖，2026年11月1日到2026年11月20日")
    for line in (
        "· 奖金是多少：12",
        "· 其他：6",
        "答上的占72%。",
        "按上班时间算，一半在5小时内答复，最慢的3个工作日。",
        "· 推行《卓越绩效评价准则》（第八条第（二）项）：6",
    ):
        assert line in text


def test_where_nothing_may_be_shown_that_is_said() -> None:
    """An empty page still says why."""
    text = told(_figures(tables={}, usual=None, slowest=None), ZH)
    assert "还没有可以看的数字" in text
    assert "不到5个人的不单独列出来" in text


def test_the_share_is_not_told_if_it_would_be_a_guess() -> None:
    """Among what is put together there may be answers."""
    assert answered_share(_figures()) == 72
    hidden = {"outcomes": Counted((("answered", 17), (REST, 8)))}
    assert answered_share(_figures(tables=hidden)) is None
    assert answered_share(_figures(tables={})) is None


def test_a_sheet_has_a_line_for_each_number() -> None:
    """As a spreadsheet program reads it; a question that begins like a formula is none."""
    found = _figures(texts=("=1+1", "奖牌丢了，怎么补"))
    rows = [*csv.reader(io.StringIO(sheet(found, ZH)))]
    assert rows[0] == ["award", "from", "until", "table", "key", "title", "count"]
    assert [
        "lianyungang",
        "2026-11-01",
        "2026-11-20",
        "topics",
        "prize",
        "奖金是多少",
        "12",
    ] in rows
    assert [row[3:] for row in rows[-4:]] == [
        ["working_hours", "usual", "", "5.0"],
        ["working_hours", "slowest", "", "24.0"],
        ["not_understood", "", "'=1+1", "1"],
        ["not_understood", "", "奖牌丢了，怎么补", "1"],
    ]


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant", "en"])
def test_a_chart_shows_what_the_text_says(locale: str) -> None:
    """Every number of the text is a bar; the file says the same in words beside the picture."""
    words = language(locale)
    bars = [bar for panel in chart(_figures(), words).panels for bar in panel.bars]
    text = told(_figures(), words)
    assert len(bars) == 9
    assert all(bar.label in text and bar.shown in text for bar in bars)
    file = attached(_figures(), words, "png")
    assert (file.name, file.text) == ("lianyungang-2026-11-01-2026-11-20.png", text)
    assert file.chart is not None
    assert file.chart.locale == locale
