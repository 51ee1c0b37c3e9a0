"""Choices from a list, by number, by label, by a part of one, or nearly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers import read_choices

AREAS = ("青山湖区", "连云港市", "长宁区", "吉安市", "钦州市")
RECORDS = ("质量安全事故", "生产安全事故", "环境污染事故", "公共卫生事故", "质量投诉", "都没有")
SEVERITY = ("一般事故", "较大事故", "重大事故", "特别重大事故")
LEVELS = ("一级", "二级", "三级", "没有")
REVERSED = ("三级", "二级", "一级")
YES_NO = ("是", "否", "不知道")
MODELS = ("ISO 9001 质量管理体系", "GB/T 19580 卓越绩效", "其他管理模式", "没有认证")
ENGLISH = ("Registered trademark", "Invention patent", "Safety certificate", "None of these")
COLOURS = ("绿色", "黄色", "橙色", "红色")
YEARS = ("2023年", "2024年", "2025年")
NEGATED = ("没有发生安全事故", "发生过质量投诉")
INSIDE = ("质量奖", "质量奖提名")

CHOSEN = [
    ("1", AREAS, (0,)),
    ("１", AREAS, (0,)),
    ("5", AREAS, (4,)),
    ("1.", AREAS, (0,)),
    ("1、", AREAS, (0,)),
    ("(2)", AREAS, (1,)),
    ("1,3", AREAS, (0, 2)),
    ("1，3", AREAS, (0, 2)),
    ("1 3", AREAS, (0, 2)),
    ("1、3", AREAS, (0, 2)),
    ("1和3", AREAS, (0, 2)),
    ("1 and 3", AREAS, (0, 2)),
    ("3,1,3", AREAS, (0, 2)),
    ("1到3", AREAS, (0, 1, 2)),
    ("①③", AREAS, (0, 2)),
    ("①、③", AREAS, (0, 2)),
    ("第二个", AREAS, (1,)),
    ("第2个", AREAS, (1,)),
    ("第二", AREAS, (1,)),
    ("第一和第三个", AREAS, (0, 2)),
    ("2号", AREAS, (1,)),
    ("選3", AREAS, (2,)),
    ("我选3", AREAS, (2,)),
    ("选第三项", AREAS, (2,)),
    ("选3吧", AREAS, (2,)),
    ("3吧", AREAS, (2,)),
    ("一", AREAS, (0,)),
    ("二、三", AREAS, (1, 2)),
    ("option 2", AREAS, (1,)),
    ("no. 2", AREAS, (1,)),
    ("#2", AREAS, (1,)),
    ("the second", AREAS, (1,)),
    ("the first one", AREAS, (0,)),
    ("two", AREAS, (1,)),
    ("2nd", AREAS, (1,)),
    ("青山湖区", AREAS, (0,)),
    ("青山湖區", AREAS, (0,)),
    ("青山湖", AREAS, (0,)),
    ("青山胡区", AREAS, (0,)),
    ("我们是青山湖区的", AREAS, (0,)),
    ("选青山湖区", AREAS, (0,)),
    ("我们在青山湖", AREAS, (0,)),
    ("吉安", AREAS, (3,)),
    ("1.青山湖区", AREAS, (0,)),
    ("2、连云港市", AREAS, (1,)),
    ("3 长宁", AREAS, (2,)),
    ("qingshanhu", AREAS, (0,)),
    ("Jian", AREAS, (3,)),
    ("绿", COLOURS, (0,)),
    ("红色的", COLOURS, (3,)),
    ("吉安和钦州", AREAS, (3, 4)),
    ("青山湖区，长宁区", AREAS, (0, 2)),
    ("连云港", AREAS, (1,)),
    ("連雲港市", AREAS, (1,)),
    ("生产安全事故", RECORDS, (1,)),
    ("生产安全", RECORDS, (1,)),
    ("环境污染", RECORDS, (2,)),
    ("发生过环境污染事故", RECORDS, (2,)),
    ("生产安全事故、质量投诉", RECORDS, (1, 4)),
    ("都没有", RECORDS, (5,)),
    ("都没有。", RECORDS, (5,)),
    ("卫生事故", RECORDS, (3,)),
    ("重大事故", SEVERITY, (2,)),
    ("特别重大", SEVERITY, (3,)),
    ("特别重大事故", SEVERITY, (3,)),
    ("较大", SEVERITY, (1,)),
    ("特别重大的事故", SEVERITY, (3,)),
    ("一级", LEVELS, (0,)),
    ("二级的", LEVELS, (1,)),
    ("没有", LEVELS, (3,)),
    ("三级", REVERSED, (0,)),
    ("2", REVERSED, (1,)),
    ("是", YES_NO, (0,)),
    ("是的", YES_NO, (0,)),
    ("否", YES_NO, (1,)),
    ("不知道", YES_NO, (2,)),
    ("9001", MODELS, (0,)),
    ("ISO9001", MODELS, (0,)),
    ("iso 9001", MODELS, (0,)),
    ("卓越绩效", MODELS, (1,)),
    ("19580", MODELS, (1,)),
    ("没有认证", MODELS, (3,)),
    ("trademark", ENGLISH, (0,)),
    ("Registered Trademark", ENGLISH, (0,)),
    ("registerd trademark", ENGLISH, (0,)),
    ("invention patents", ENGLISH, (1,)),
    ("patent and trademark", ENGLISH, (0, 1)),
    ("none of these", ENGLISH, (3,)),
    ("2024年", YEARS, (1,)),
    ("2024", YEARS, (1,)),
    ("没有发生安全事故", NEGATED, (0,)),
    ("质量奖", INSIDE, (0,)),
    ("质量奖提名", INSIDE, (1,)),
    ("提名", INSIDE, (1,)),
    ("全选", AREAS, (0, 1, 2, 3, 4)),
    ("all of the above", AREAS, (0, 1, 2, 3, 4)),
]

NOT_CHOSEN = [
    ("", AREAS),
    ("0", AREAS),
    ("6", AREAS),
    ("1,6", AREAS),
    ("13", AREAS),
    ("第九个", AREAS),
    ("-1", AREAS),
    ("1.5", AREAS),
    ("1-3", AREAS),
    ("3到1", AREAS),
    ("不是1", AREAS),
    ("不选3", AREAS),
    ("除了1", AREAS),
    ("not 2", AREAS),
    ("1?", AREAS),
    ("1个", AREAS),
    ("3年", AREAS),
    ("区", AREAS),
    ("市", AREAS),
    ("你好", AREAS),
    ("不是青山湖区", AREAS),
    ("青山湖区还是长宁区", AREAS),
    ("青山湖区吗", AREAS),
    ("上海市", AREAS),
    ("2.青山湖区", AREAS),
    ("色", COLOURS),
    ("不是绿", COLOURS),
    ("hello", AREAS),
    ("没有安全事故", RECORDS),
    ("没有生产安全事故", RECORDS),
    ("没发生过质量投诉", RECORDS),
    ("无质量投诉", RECORDS),
    ("安全事故", RECORDS),
    ("事故", RECORDS),
    ("质量", RECORDS),
    ("除了质量投诉", RECORDS),
    ("食品事故", RECORDS),
    ("大事故", SEVERITY),
    ("特大事故", SEVERITY),
    ("不是重大事故", SEVERITY),
    ("较小事故", SEVERITY),
    ("别选重大事故", SEVERITY),
    ("级", LEVELS),
    ("四级", LEVELS),
    ("3", REVERSED),
    ("一", REVERSED),
    ("不是", YES_NO),
    ("不", YES_NO),
    ("是不是", YES_NO),
    ("认证", MODELS),
    ("没有ISO9001", MODELS),
    ("14001", MODELS),
    ("no trademark", ENGLISH),
    ("not a registered trademark", ENGLISH),
    ("we have no invention patent", ENGLISH),
    ("certify", ENGLISH),
    ("e", ENGLISH),
    ("2026", YEARS),
    # Part of a label that says the opposite.
    ("发生安全事故", NEGATED),
    ("安全事故", NEGATED),
    ("没发生过质量投诉", NEGATED),
]


@pytest.mark.parametrize(("text", "labels", "chosen"), CHOSEN)
def test_what_is_chosen(text: str, labels: tuple[str, ...], chosen: tuple[int, ...]) -> None:
    """Numbers, labels, unmistakable parts and near spellings choose."""
    assert read_choices(text, labels) == chosen


@pytest.mark.parametrize(("text", "labels"), NOT_CHOSEN)
def test_what_is_not_chosen(text: str, labels: tuple[str, ...]) -> None:
    """A number off the list, a denial, a question, or what fits several labels chooses nothing."""
    assert read_choices(text, labels) is None


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=12), max_size=6))
def test_any_text_has_an_answer(text: str, labels: list[str]) -> None:
    """Whatever is typed and whatever the labels are, the choices are on the list."""
    chosen = read_choices(text, labels)
    assert chosen is None or chosen == tuple(sorted(set(chosen)))
    assert all(0 <= index < len(labels) for index in chosen or ())


@given(st.sampled_from((AREAS, RECORDS, SEVERITY, MODELS, ENGLISH, INSIDE)), st.data())
def test_numbers_and_labels_choose_alike(labels: tuple[str, ...], data: st.DataObject) -> None:
    """Every set of choices can be typed as numbers, and every single one as its label."""
    indices = data.draw(st.sets(st.integers(0, len(labels) - 1), min_size=1))
    chosen = tuple(sorted(indices))
    assert read_choices("、".join(str(index + 1) for index in chosen), labels) == chosen
    for index in chosen:
        assert read_choices(labels[index], labels) == (index,)


@given(st.sampled_from(AREAS + RECORDS[:5] + SEVERITY), st.sampled_from(["不是", "没有", "并非"]))
def test_a_denied_label_is_not_chosen(label: str, denial: str) -> None:
    """A label behind a "not" never chooses that label."""
    assert read_choices(denial + label, (*AREAS, *RECORDS, *SEVERITY)) is None


def test_a_long_text_chooses_nothing() -> None:
    """Ten thousand characters are no choice."""
    assert read_choices("1" * 10_000, AREAS) is None
    assert read_choices("青山湖区" * 2_500, AREAS) is None
