"""What people say around questions: follow-ups, yes and no, none of these, then pass it on."""

from datetime import UTC, datetime

import pytest

from conversations.desk_typed import ticket_meant
from conversations.model import Event, House, Reply, Said, State
from conversations.step import step

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)


def says(*texts: str) -> tuple[State, tuple[Reply, ...]]:
    """The state and what is heard after somebody has said these, beginning at the menu."""
    state = State(told=True)
    replies: tuple[Reply, ...] = ()
    for text in texts:
        event: Event = Said(text)
        state, replies = step(state, event, NOW, House())
    return state, replies


@pytest.mark.parametrize(
    ("said", "piece"),
    [
        (("吉安奖金多少", "那提名奖呢"), "提名奖：组织3万元"),
        (("吉安奖金多少", "个人呢"), "3万元"),
        (("吉安奖金多少", "那连云港呢"), "50万元"),
        (("奖金多少", "个人呢"), "钦州市市长质量奖：没有个人奖"),
        (("奖金多少", "那提名奖呢"), "没有这一档"),
        (("how much is the prize in Ji'an", "and individuals?"), "30,000"),
    ],
)
def test_a_follow_up_is_about_what_was_asked_last(said: tuple[str, ...], piece: str) -> None:
    """Another award, another prize, individuals: the same question is answered for that."""
    assert piece in says(*said)[1][0].text


@pytest.mark.parametrize("text", ["有", "没有", "都不是", "明年6月底", "对"])
def test_an_answer_to_nothing_is_no_question(text: str) -> None:
    """At the menu a yes, a no or a day are not understood, rather than taken for a question."""
    assert says(text)[1][0].text.startswith("没看懂")


@pytest.mark.parametrize(
    "text", ["我们公司在吉安，想报市长质量奖，能不能报啊", "那吉安呢", "吉安能报不", "吉安"]
)
def test_who_names_a_place_wants_to_know_whether_they_can_apply(text: str) -> None:
    """Where nothing was asked before, a place begins a self-check, whatever stands around it."""
    assert "看吉安市市长质量奖" in says(text)[1][0].text


def test_what_was_none_of_these_can_be_passed_on() -> None:
    """The words that were not understood go along, and are not to be typed again."""
    asked = "那要不要写明是谁写的"
    _, replies = says("吉安奖金多少", asked, "都不是")
    assert "换个说法" in replies[0].text
    assert f"问：{asked}" in says("吉安奖金多少", asked, "都不是", "转人工")[1][0].text


def test_what_was_answered_can_be_passed_on_too() -> None:
    """Whoever is not content with an answer says so, and the question goes along."""
    assert "问：吉安奖金多少" in says("吉安奖金多少", "转给工作人员")[1][0].text
    assert (
        "问：奖金是多少：那连云港呢"
        in says("吉安奖金多少", "那连云港呢", "转给工作人员")[1][0].text
    )
    assert "想问工作人员什么" in says("吉安奖金多少", "问工作人员")[1][0].text


def test_a_question_is_sent_by_a_word() -> None:
    """At the look before it is sent, “发吧” sends, and another question is answered."""
    before = ("吉安奖金多少", "转给工作人员")
    assert says(*before, "发吧")[1][0].effect is not None
    _, replies = says(*before, "几年评一次？")
    assert "2年" in replies[0].text
    assert replies[-1].question == "ask:preview"


def test_long_quotations_are_named_and_shown_at_a_word() -> None:
    """An answer is short; “看条文” shows every article that it names."""
    _, replies = says("奖金多少")
    assert replies[0].citations == ()
    assert all(len(line) < 80 for line in replies[0].text.splitlines())
    assert "青山湖区区长质量奖第二十三条" in says("奖金多少", "看条文")[1][0].text


@pytest.mark.parametrize(
    ("text", "number"),
    [("2号解决了", 2), ("转交2号", 2), ("1号怎么样了？", 1), ("第3号提问有答复吗", 3),
     ("1号", None), ("明年1号", None), ("15号上午", None), ("回答", None)],
)  # fmt: skip
def test_a_ticket_is_meant_only_with_something_beside_its_number(
    text: str, number: int | None
) -> None:
    """A number alone may as well be a day."""
    assert ticket_meant(text) == number


@pytest.mark.parametrize("text", ["对，没断过", "不是非盈利的", "22年拿的ISO", "我们都盈利"])
def test_who_tells_how_it_is_with_them_asks_nothing(text: str) -> None:
    """At a question an answer to another one is not understood, and no article is told for it."""
    start = ("吉安", "企业", "今天", "逐条", "是", "是")
    _, replies = says(*start, text)
    assert "没看懂" in replies[0].text
    assert not replies[0].citations


def test_a_bare_topic_is_asked_about_at_a_question() -> None:
    """What is no answer and tells nothing is a question, without a question mark too."""
    _, replies = says("吉安", "企业", "今天", "逐条", "是", "是", "公示期")
    assert "5个工作日" in replies[0].text
