"""What is kept, for how long, how to have it, how to have it removed, and when that is said."""

from dataclasses import replace

import pytest
from said import NOW, heard, said

from conversations.language import language
from conversations.model import (
    LOCALES,
    Command,
    Edited,
    Event,
    House,
    Mentioned,
    Pressed,
    Said,
    State,
    Unreadable,
)
from conversations.privacy import CONSENT, period
from conversations.step import current, step

REMOVE = Pressed("p:remove")
FIRST: list[Event] = [
    Command("start"),
    Command("start", "jian_individual"),
    Command("help"),
    Command("privacy"),
    Said("吉安"),
    Said("😀"),
    Said("字" * 2000),
    Pressed("m:screen"),
    Pressed("a1:award:jian"),
    Unreadable("photo"),
    Edited(),
]


@pytest.mark.parametrize("event", FIRST, ids=repr)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_answer_says_what_is_kept(event: Event, locale: str) -> None:
    """Whatever comes first, its answer says what is kept, once, and what is asked stands last."""
    state, replies = heard(State(locale=locale), event)
    consent = language(locale).say(CONSENT)
    assert replies[0].text.count(consent) == 1
    assert not replies[0].text.endswith(consent)
    assert replies[-1].text.endswith(current(state, NOW).text.rpartition("\n\n")[2])
    assert state.told
    _, replies = heard(state, Said("你好"))
    assert all(consent not in reply.text for reply in replies)


def test_nothing_is_said_of_it_in_a_group() -> None:
    """A group is no user: nothing of it is kept."""
    state, replies = heard(State(), Mentioned("吉安"))
    assert state == State()
    assert language("zh_Hans").say(CONSENT) not in replies[0].text


@pytest.mark.parametrize(
    ("days", "chinese"),
    [(730, "2年"), (365, "一年"), (90, "3个月"), (30, "一个月"), (45, "45天"), (1, "一天")],
)
def test_a_period_as_people_say_it(days: int, chinese: str) -> None:
    """Years, months or days, whichever fits without a remainder."""
    assert period(language("zh_Hans"), days) == chinese
    _, replies = step(State(told=True), Command("privacy"), NOW, House(retention_days=days))
    assert f"{chinese}没有来过" in replies[0].text


def test_export_is_left_to_the_caller() -> None:
    """The answer to an export bids the caller attach it, and the question goes on."""
    state = said("青山湖", "企业")
    after, replies = heard(state, Command("export"))
    assert after == state
    assert [reply.effect for reply in replies] == ["export", None]
    assert replies[-1].question == "day"


def test_everything_is_removed_after_a_question() -> None:
    """Asked once, answered with yes: nothing is left, and the goodbye is in the user's language."""
    state = replace(said("青山湖", "企业"), locale="zh_Hant")
    asked, replies = heard(state, Command("forget"))
    assert asked.screenings == state.screenings
    assert replies[0].question == "forget"
    assert replies[0].effect is None
    after, replies = heard(asked, REMOVE)
    assert after == State()
    assert [reply.effect for reply in replies] == ["forget"]
    assert replies[0].text == language("zh_Hant").say(
        "都删掉了，什么都没有留下。以后再来，随便说句话就重新开始。"
    )


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        ("1", True), ("是，全部删掉", True), ("是", True), ("确认", True), ("yes", True),
        ("2", False), ("不删，都留着", False), ("否", False), ("不", False), ("取消", False),
        ("返回", False), ("不知道", False), ("为什么", False), ("no", False),
    ],
)  # fmt: skip
def test_the_question_can_be_answered_in_words(text: str, removed: bool) -> None:  # noqa: FBT001
    """A plain yes removes everything; a no, a doubt or a way out keeps it."""
    state = said("青山湖", "企业", "删除我的数据")
    after, replies = heard(state, Said(text))
    assert (replies[0].effect == "forget") is removed
    assert (after.screenings == ()) is removed
    assert after.focus is None


@pytest.mark.parametrize("text", ["随便", "2019年", "今天", "企业", "可能吧", "吉安"])
def test_what_is_no_answer_is_asked_again(text: str) -> None:
    """Nothing is removed, and nothing else is answered, for words that are neither yes nor no."""
    state = said("青山湖", "企业", "删除我的数据")
    after, replies = heard(state, Said(text))
    assert after == state
    assert replies[0].question == "forget"


@pytest.mark.parametrize(
    "between",
    [Pressed("p:keep"), Command("menu"), Command("dont_know"), Said("不"), Said("帮助"),
     Pressed("a1:day:today"), Command("start")],
    ids=repr,
)  # fmt: skip
def test_an_old_button_removes_nothing(between: Event) -> None:
    """A "yes, remove" that is pressed when something else is asked removes nothing."""
    state, _ = heard(said("青山湖", "企业", "删除我的数据"), between)
    after, replies = heard(state, REMOVE)
    assert after == state
    assert after.screenings
    assert all(reply.effect is None for reply in replies)


def test_a_second_tap_on_remove_finds_nothing() -> None:
    """Where everything is gone already, the button says so."""
    state, _ = heard(said("青山湖", "删除我的数据"), REMOVE)
    state, replies = heard(state, REMOVE)
    assert state == State(told=True)
    assert replies[0].effect is None
    assert "已经都删掉了" in replies[0].text


@pytest.mark.parametrize("event", [Unreadable("voice"), Edited(), Said("English"), Said("你好")])
def test_the_question_stays_open_until_it_is_answered(event: Event) -> None:
    """What is no answer to it asks whether to remove everything once more."""
    state = said("青山湖", "企业", "删除我的数据")
    after, replies = heard(state, event)
    assert after.focus == "forget"
    assert replies[-1].question == "forget"
    assert after.screenings == state.screenings


@pytest.mark.parametrize("text", ["不删", "别删", "不要删", "先不删", "算了", "留着", "不"])
def test_keeping_can_be_said_in_many_ways(text: str) -> None:
    """Whoever has changed their mind is understood, and nothing is removed."""
    state = said("青山湖", "企业", "删除我的数据")
    after, replies = heard(state, Said(text))
    assert after.screenings == state.screenings
    assert "什么都没有删" in replies[0].text


@pytest.mark.parametrize("text", ["删", "删吧", "删掉", "全部删掉", "确定", "是"])
def test_removing_can_be_said_in_many_ways(text: str) -> None:
    """Asked whether, "remove" is an answer."""
    _, replies = heard(said("青山湖", "企业", "删除我的数据"), Said(text))
    assert replies[0].effect == "forget"


@pytest.mark.parametrize("text", ["谢谢", "好的，谢谢！", "Thanks"])
def test_thanks_are_answered(text: str) -> None:
    """And what was asked is asked again."""
    state = said("青山湖")
    after, (reply,) = heard(state, Said(text))
    assert after == state
    assert reply.text.startswith("不客气")


def test_a_link_scanned_again_goes_on_where_it_was() -> None:
    """The award is named and greeted with; what was answered for it is not begun anew."""
    state, (first,) = heard(State(), Command("start", "jian"))
    assert "吉安市市长质量奖" in first.text
    state, _ = heard(state, Said("组织"))
    state, _ = heard(state, Command("menu"))
    again, (reply,) = heard(state, Command("start", "jian"))
    assert "接着来" in reply.text
    assert len(again.screenings) == 1
    assert again.current == state.screenings[0].id
