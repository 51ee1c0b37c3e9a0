"""Yes and no, "I don't know", and how many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.answers import is_dont_know, read_count, read_yes_no
from conversations.text import NotUnderstood

YES = """
在 在的 已经报了 今年已经报了 已经申报过了 已经申请了 有 有的 有了 有啊 有呢 有吧 有！ 有。 是
是的 是啊 对 对的 对啊 嗯 嗯嗯 好 好的 行 可以 当然 当然有 当然是 都有 全都有 已经有了 已经
已经有 没错 沒錯 没问题 不错 没有错 符合 符合的 符合要求 属于 屬於 具备 满足 肯定有 确实有 我们有
我们有的 我们公司有 我们都有 有商标 有注册商标 有三项发明专利 我们有质量管理体系证书 是的，有
对，有的 有有有 对对对 一直有 早就有了 有过 发生过 出过 拿到了 通过了 注册了 需要 要 √ 确认
可以的 是这样 yes Yes YES y Y yep yeah yup sure ok OK okay correct right true indeed definitely
"""
YES_PHRASES = [
    "of course", "yes, we do", "yes we have", "we do", "we have one", "we have a trademark",
    "Yes, of course.", "no problem", "it is", "we are", "that's right", "yes please",
    "yes, since 2019", "Yes!", " 有 ", "有，2019年拿的", "是的，我们有商标", "yes we do have it",
]  # fmt: skip
NO = """
不在 没申请 还没申请 没有申报 今年没报 今年还没申请 没有 没 還沒 还没 还没有 还没呢 没有呢 没有啊
没有的 没有！ 沒有 並沒有 并没有 从来没有 从没有过 从未 无 無 否 不 不是 不是的 不对 不行 不可以
不符合 不属于 不具备 不满足 尚未 暂无 暂时没有 目前没有 现在还没有 都没有 全都没有 我们没有
我们公司没有 我们没有商标 没商标 没有注册商标 没有安全事故 没有发生过安全事故 没发生过 没出过事故
未发生 无事故 无不良记录 没有不良记录 没有任何违法记录 近三年没有 三年内都没有 绝对没有 不存在
没有没有 没有，都没有 不，没有 没办 没拿到 没通过 没做过 不需要 不用 不要 不出口 一个也没有
一次都没有 木有 × no No NO n N nope nah never none
"""
NO_PHRASES = [
    "not yet", "no, we don't", "no we do not", "we don't", "we do not", "we haven't",
    "we have not", "we don't have one", "we have no trademark", "we have never had one",
    "no trademark", "No accidents.", "not at all", "of course not", "certainly not", "it isn't",
    "we are not", "No, thank you.", "we never had any", "there are none", "none at all", "No!",
    "no, never", "不是，没有",
]  # fmt: skip
NEITHER = """
今年没有 今年有 在南昌 不在吉安 有申请 正在申请 准备报 不知道 不清楚 不一定 不确定 不好说 说不准
可能 可能有 可能没有 应该有 应该没有 也许 大概有 好像有 好像没有 估计有 差不多 有没有 有没有？
是不是 有吗 有？ 没有？ 是吗 没有吗 是否 有有没有 对不对 有些有 有的有有的没有 部分有 有一部分
有，但没注册 没有，不过快了 有商标没专利 没有商标有专利 是的，没有 对，没有 不，我们有 不是，有的
有，没有 以前有 之前有过 快有了 正在办 准备办 申请中 打算做 有可能 有时候 有点 有待确认 有限公司
如果有 除了去年都有 没准 没想好 没查 没听懂 没看懂 没印象 没有印象 没把握 没有问题 没关系 未知
未必 无所谓 无法确定 不适用 不涉及 不少 不止 不懂 不明白 什么意思 为什么 你好 谢谢 3 1 2019年
三年 基本符合 算是 还行 是营利的 不是营利的 是什么 哪有 maybe perhaps probably unsure idk what
why hello yesno
"""
NEITHER_PHRASES = [
    "", "  ", "。", "?", "yes?", "yes and no", "yes, but not registered", "not sure", "no idea",
    "i don't know", "we are not sure", "i don't think so", "we might", "we used to have one",
    "we have one but it expired", "no doubt", "no issues", "无异议", "有no", "no comment",
    "not always", "it depends", "not no", "we don't have none", "if we have one",
    "有" * 400 + "没有", "没有" + "有" * 400, "no yes", "we have not had no accident",
]  # fmt: skip

DONT_KNOW = """
不知道 不知道。 我不知道 我们也不知道 不知道啊 不晓得 不清楚 不太清楚 不是很清楚 這個不清楚
具体不清楚 不清楚具体时间 说不准 说不清 不好说 不确定 不太确定 没把握 忘了 忘记了 我忘了 记不清
记不清了 不记得了 想不起来了 没查 还没查 待查 待确认 要查一下 我查一下 查一下再说 回头查查
我去问问 得问一下 不了解 没印象 未知 不详 无法确定 不知道有没有 不清楚是不是 不确定有没有
暂时不清楚 dunno unknown unsure idk ? ？ ？？ tbd
"""
DONT_KNOW_PHRASES = [
    "don't know", "I don't know", "I don’t know.", "i dont know", "do not know",
    "we do not know", "not sure", "I'm not sure", "not quite sure", "no idea", "I have no idea",
    "no clue", "can't remember", "I can't say", "I forgot", "need to check", "let me check",
    "hard to say", "not certain", "不知道 ", "不 知道",
]  # fmt: skip
KNOWN = """
有 没有 是 不是 2019 知道 我知道 清楚 确定 很清楚 不是不知道 不太清楚，大概2019年
没有，不清楚的不算 你知道吗 3项 你好 查 不 忘不了 yes no know sure sure? why
"""
KNOWN_PHRASES = ["", "I know", "we are sure", "we know it", "not", "记不清了，2019年左右"]

COUNTS = [
    ("3", 3), ("３", 3), ("03", 3), ("0", 0), ("1,200", 1200), ("三", 3), ("三项", 3),
    ("3項", 3), ("十二件", 12), ("二十", 20), ("一百零五件", 105), ("两个", 2), ("兩項", 2),
    ("两项发明专利", 2), ("有3项", 3), ("我们有三项发明专利", 3), ("一共5个", 5),
    ("发明专利3项", 3), ("发明专利：3项", 3), ("3个了", 3), ("3项。", 3), ("只有1项", 1),
    ("1项", 1), ("一个", 1), ("3 patents", 3), ("three", 3), ("three invention patents", 3),
    ("we have 3 patents", 3), ("one", 1), ("a patent", 1), ("没有", 0), ("還沒有", 0),
    ("我们没有发明专利", 0), ("无", 0), ("零", 0), ("零项", 0), ("〇", 0), ("一项也没有", 0),
    ("一个都没有", 0), ("none", 0), ("no", 0), ("zero", 0), ("no patents", 0),
    ("we have none", 0), ("我公司现有发明专利12件", 12),
]  # fmt: skip
NO_COUNTS = [
    "", "有", "是", "不知道", "三四项", "两三个", "十几项", "几个", "大概3项", "3项左右",
    "3项以上", "至少3项", "不到3项", "三项多", "3个多", "-3", "负三", "3.5", "2.0", "半个",
    "12345678", "99999999999999999", "1亿", "3万", "3%", "3年", "2019年", "第3", "3号", "3-5",
    "3到5项", "3项发明2项实用新型", "3 or 4", "3/4", "1 2", "about 3", "more than 3", "没有3项",
    "不是3项", "not 3", "3?", "3项吗", "正在申请3项", "3项申请中", "1,20", "many", "很多",
    "a few", "不", "没问题",
]  # fmt: skip

PIECES = "有 没有 不 是 对 没 无 未 我们 商标 ，  了 吗 ? yes no"


@pytest.mark.parametrize("text", YES.split() + YES_PHRASES)
def test_yes(text: str) -> None:
    """A plain yes is yes, with whatever particles and punctuation."""
    assert read_yes_no(text) is True


@pytest.mark.parametrize("text", NO.split() + NO_PHRASES)
def test_no(text: str) -> None:
    """A plain no is no, with whatever particles and punctuation."""
    assert read_yes_no(text) is False


@pytest.mark.parametrize("text", NEITHER.split() + NEITHER_PHRASES)
def test_neither_yes_nor_no(text: str) -> None:
    """A question, a doubt, a condition, a contradiction, or something else is neither."""
    assert read_yes_no(text) is None


@pytest.mark.parametrize("text", DONT_KNOW.split() + DONT_KNOW_PHRASES)
def test_dont_know(text: str) -> None:
    """Not knowing is an answer of its own, and neither yes nor no."""
    assert is_dont_know(text)
    assert read_yes_no(text) is None


@pytest.mark.parametrize("text", KNOWN.split() + KNOWN_PHRASES)
def test_not_a_dont_know(text: str) -> None:
    """A text that says something, if only in part, is no "I don't know"."""
    assert not is_dont_know(text)


@pytest.mark.parametrize(("text", "number"), COUNTS)
def test_a_number_of_things(text: str, number: int) -> None:
    """A whole number is read with its measure word and its noun, and "none" is 0."""
    assert read_count(text) == number


@pytest.mark.parametrize("text", NO_COUNTS)
def test_no_number_of_things(text: str) -> None:
    """A number that is vague, broken, denied, of something else, or two numbers is not read."""
    assert read_count(text) == NotUnderstood("unknown")


@given(st.text(max_size=80))
def test_any_text_has_an_answer(text: str) -> None:
    """Whatever is typed is read or not; nothing is raised."""
    assert read_yes_no(text) in (True, False, None)
    assert is_dont_know(text) in (True, False)
    assert isinstance(read_count(text), int | NotUnderstood)


@given(
    st.lists(
        st.sampled_from(
            [
                "有",
                "没有",
                "不",
                "是",
                "对",
                "没",
                "无",
                "未",
                "我们",
                "商标",
                "，",
                "",
                "了",
                "吗",
                "?",
                "yes",
                "no",
            ]
        )
    )
)
def test_what_holds_a_yes_and_a_no_is_neither(words: list[str]) -> None:
    """A yes never contains a "no", and a no is never read without one."""
    text = "".join(words)
    answer = read_yes_no(text)
    if answer is False:
        assert any(word in text for word in ("没", "无", "未", "不", "no"))
    if answer is True:
        assert not any(word in text for word in ("没有", "无", "未", "no", "吗", "?"))


@given(st.integers(0, 99999))
def test_a_number_is_itself(number: int) -> None:
    """Any number of up to five figures is read as itself, alone and with a measure word."""
    assert read_count(str(number)) == number
    assert read_count(f"有{number}项") == number


@pytest.mark.parametrize("text", ["有" * 10_000, "没有" * 5_000, "不知道" * 4_000, "3" * 10_000])
def test_a_long_text_is_no_answer(text: str) -> None:
    """Ten thousand characters are not read as an answer."""
    assert read_yes_no(text) is None
    assert not is_dont_know(text)
    assert read_count(text) == NotUnderstood("too_long")
