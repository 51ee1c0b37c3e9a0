"""A yes or a no counts only if it is about what was asked."""

import pytest

from conversations.pertinent import admits, read_pertinent

POLICY = "贵单位是否符合产业、环保、节能、安全、质量等方面的政策法规，需要的资质证照也都齐全？"
REGISTERED = "贵单位是在吉安市登记注册的吗？"
LEGAL = "贵单位有（独立）法人资格吗？"
CERTIFIED = "从什么时候起取得管理体系认证（ISO9001 或其他国际通行的管理体系认证），并一直有效运行？"
ACCIDENTS = "所在单位发生过下面哪些事故？由本单位负责的才算，不论多久以前。"
AWARDS = "以前获得过下面的奖吗？"
INTERRUPTED = "贵单位的生产经营中断过吗？"
TRADEMARK = "贵单位有注册商标吗？"
BRANCH_EN = "Is your organisation registered in Ji'an City?"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (POLICY, "没有违规"), (POLICY, "有违规"), (POLICY, "没出过事"), (POLICY, "有隐患"),
        (REGISTERED, "有分公司"), (REGISTERED, "没有迁走"), (LEGAL, "有营业执照"),
        (CERTIFIED, "没断过"), (CERTIFIED, "没多久"), (ACCIDENTS, "没有重大事故"),
        (ACCIDENTS, "没有安全事故"), (ACCIDENTS, "没死过人"), (ACCIDENTS, "没有大的"),
        (AWARDS, "没得过提名奖"), (INTERRUPTED, "没有连续生产"), (TRADEMARK, "有被驳回的"),
        (BRANCH_EN, "we have a branch there"), (BRANCH_EN, "no serious accidents"),
    ],
)  # fmt: skip
def test_another_matter_is_no_answer(question: str, text: str) -> None:
    """What is said of something that was not asked is asked again."""
    assert read_pertinent(text, question) is None


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        (POLICY, "都符合", True), (POLICY, "符合的", True), (POLICY, "不符合", False),
        (INTERRUPTED, "否", False),
        (REGISTERED, "是的", True), (REGISTERED, "对", True), (LEGAL, "有法人资格", True),
        (LEGAL, "没有", False), (LEGAL, "我们公司有的", True),
        (CERTIFIED, "还没有认证", False), (CERTIFIED, "没取得", False),
        (ACCIDENTS, "都没有发生过", False), (ACCIDENTS, "从来没有事故", False),
        (AWARDS, "没得过", False), (AWARDS, "没有获过奖", False),
        (TRADEMARK, "有商标", True), (TRADEMARK, "我们没有注册商标", False),
        (BRANCH_EN, "yes we are", True),
    ],
)  # fmt: skip
def test_what_was_asked_is_answered(question: str, text: str, answer: bool) -> None:  # noqa: FBT001
    """Plain words, and words of the question itself, are an answer."""
    assert read_pertinent(text, question) is answer


def test_assent_admits_nothing() -> None:
    """To "have there been violations?" a "fine" is no confession."""
    assert admits("有过。")
    assert not admits("好的")
    assert not admits("没毛病")
