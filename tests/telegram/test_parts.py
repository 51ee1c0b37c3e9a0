"""Messages as parts: whatever is to be said, each part is one that Telegram takes."""

import random
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from limits import check, check_buttons, read
from oracle.law import BOOKS

from bot.platform import OutgoingMessage
from bot.platforms.telegram import calendar
from bot.platforms.telegram.keyboards import Button
from bot.platforms.telegram.parts import CHOOSE, NOTHING, Part, parts
from conversations.charts import Bar, Chart, Panel
from conversations.model import (
    LOCALES,
    Attachment,
    Choice,
    Command,
    Event,
    Pressed,
    Reply,
    Said,
    State,
)
from conversations.step import current, step
from knowledge.model import Citation

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = date(2026, 11, 20)
YES_NO = (Choice("a1:q:yes", "是"), Choice("a1:q:no", "否"))
CITED = Citation("jian", "art-10.3", 10, 3, "第十条第（三）项", "质量管理体系健全")
CHART = Chart("问得最多的", (Panel("本月", (Bar("奖金", 3, "3"),)),))
LONG = "在本行政区域内依法登记注册并连续生产经营三年以上"


def link(argument: str) -> str:
    """Where a deep link leads."""
    return f"https://t.me/award_bot?start={argument}"


def message(reply: Reply, replaces: str | None = None, retires: str | None = None,
            locale: str = "zh_Hans") -> OutgoingMessage:  # fmt: skip
    """A message to chat 5."""
    return OutgoingMessage(1, 1, "telegram", "5", locale, reply, replaces, retires)


def cut(reply: Reply, replaces: str | None = None, retires: str | None = None) -> tuple[Part, ...]:
    """The parts of a message, all within the limits."""
    found = parts(message(reply, replaces, retires), link)
    check(found)
    return found


def labels(part: Part) -> list[list[str]]:
    """What the buttons of a part say, row by row."""
    return [[button.label for button in row] for row in part.keyboard]


def test_a_question_is_one_message_with_its_buttons() -> None:
    """Progress, text, articles that unfold; answers, then what else can be done."""
    reply = Reply(
        "在本地登记<注册>吗？", "q", YES_NO, (Choice("x1:back", "上一题"),), (CITED,), (3, 9)
    )
    assert cut(reply) == (
        Part(
            "send",
            "<i>（已答3题，共约9题）</i>\n在本地登记&lt;注册&gt;吗？"
            "\n<blockquote expandable><b>第十条第（三）项</b>\n质量管理体系健全</blockquote>",
            (
                (Button("是", "a1:q:yes"), Button("否", "a1:q:no")),
                (Button("上一题", "x1:back"),),
            ),
        ),
    )


def test_long_choices_are_listed_in_the_text() -> None:
    """What does not fit a button is read in the message, and its number is pressed."""
    choices = (Choice("a1:q:1", LONG), Choice("a1:q:2", "都不是"))
    (part,) = cut(Reply("是哪一种？", "q", choices))
    assert part.html == f"是哪一种？\n\n1. {LONG}\n2. 都不是"
    assert labels(part) == [["1", "2"]]


def test_a_day_can_be_picked() -> None:
    """Where a day is asked for, a button opens the calendar."""
    (part,) = cut(Reply("从什么时候起？", "q", day_token="d1:operating_since"))  # noqa: S106 - names a button
    assert part.keyboard == ((Button("📅 选日期", "ksod1:operating_since"),),)


@pytest.mark.parametrize(
    ("reply", "replaces", "retires", "kinds"),
    [
        (Reply("短"), None, None, [("send", None)]),
        (Reply("短"), "7", None, [("edit", "7")]),
        (Reply("短"), None, "6", [("retire", "6"), ("send", None)]),
        (Reply("短"), "7", "6", [("retire", "6"), ("edit", "7")]),
        (Reply("短"), "7", "7", [("edit", "7")]),
        (Reply("长" * 5000), "7", None, [("retire", "7"), ("send", None), ("send", None)]),
        (
            Reply("长" * 5000),
            "7",
            "6",
            [("retire", "6"), ("retire", "7"), ("send", None), ("send", None)],
        ),
        (Reply("长" * 5000), "7", "7", [("retire", "7"), ("send", None), ("send", None)]),
        (
            Reply("请收好", attachment=Attachment("a.json", "{}")),
            "7",
            None,
            [("retire", "7"), ("document", None)],
        ),
    ],
)
def test_a_message_takes_the_place_of_another_if_it_can(
    reply: Reply, replaces: str | None, retires: str | None, kinds: list[tuple[str, str | None]]
) -> None:
    """It is edited if one message is enough; otherwise the other loses its buttons first."""
    found = cut(reply, replaces, retires)
    assert [(part.kind, part.replaces) for part in found] == kinds


def test_buttons_are_under_the_last_part() -> None:
    """A long text goes first; only its last message can be answered."""
    first, second = cut(Reply("很长的一句。" * 1000, "q", YES_NO))
    assert not first.keyboard
    assert labels(second) == [["是", "否"]]


@pytest.mark.parametrize(
    ("text", "choices", "expected"),
    [
        ("请收好。", (), [("document", "请收好。")]),
        ("", (), [("document", "")]),
        ("长" * 1024, (), [("document", "长" * 1024)]),
        ("长" * 1025, (), [("send", "长" * 1025), ("document", "")]),
        ("长" * 5000, (), [("send", "长" * 4096), ("send", "长" * 904), ("document", "")]),
        ("请收好。", YES_NO, [("document", ""), ("send", "请收好。")]),
        ("长" * 5000, YES_NO, [("document", ""), ("send", "长" * 4096), ("send", "长" * 904)]),
    ],
)
@pytest.mark.parametrize(("kind", "chart"), [("document", None), ("photo", CHART)])
def test_a_file_has_the_text_under_it_or_beside_it(
    text: str,
    choices: tuple[Choice, ...],
    expected: list[tuple[str, str]],
    kind: str,
    chart: Chart | None,
) -> None:
    """As the caption if that is short enough; with buttons, below the file, to be edited later."""
    file = Attachment("answers.json", "{}", chart)
    found = cut(Reply(text, choices=choices, attachment=file))
    kinds = {"document": kind, "send": "send"}
    assert [(part.kind, part.html) for part in found] == [(kinds[k], html) for k, html in expected]
    assert bool(found[-1].keyboard) == bool(choices)
    assert [part.attachment for part in found if part.attachment] == [file]


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("答复.json", "答复.json"),
        ("../../etc/passwd", "etc-passwd"),
        ('a"b\r\nc.txt', "a-b-c.txt"),
        ("", "award-bot.txt"),
        ("\u200b", "award-bot.txt"),
        ("长" * 100 + ".json", "长" * 55 + ".json"),
    ],
)
def test_a_file_has_a_plain_name(name: str, sent: str) -> None:
    """Nothing in it can be mistaken for a path or a header."""
    (part,) = cut(Reply("", attachment=Attachment(name, "x")))
    assert part.attachment == Attachment(sent, "x")


@pytest.mark.parametrize(
    ("reply", "html"),
    [
        (Reply(""), NOTHING),
        (Reply(" \n\u200b"), NOTHING),
        (Reply("\x00", choices=YES_NO), CHOOSE),
        (Reply("", actions=YES_NO, progress=(1, 2)), f"<i>（已答1题，共约2题）</i>\n{CHOOSE}"),
        (
            Reply("", citations=(CITED,)),
            "<blockquote expandable><b>第十条第（三）项</b>\n质量管理体系健全</blockquote>",
        ),
    ],
)
def test_a_message_is_never_empty(reply: Reply, html: str) -> None:
    """A reply without text still says something: Telegram takes no empty message."""
    (part,) = cut(reply)
    assert part.html == html


def test_a_link_is_opened() -> None:
    """In a group the way into the private chat is a link."""
    (part,) = cut(Reply("请私聊。", choices=(Choice("x", "去私聊", link="jian"),)))
    assert part.keyboard == ((Button("去私聊", url="https://t.me/award_bot?start=jian"),),)


@pytest.mark.parametrize(
    "reply",
    [
        Reply("?", choices=(Choice("x" * 65, "是"),)),
        Reply("?", actions=(Choice("字" * 22, "是"),)),
        Reply("?", choices=(Choice("", "是"),)),
        Reply("?", day_token="d" * 54),
    ],
)
def test_a_token_that_does_not_fit_is_found_at_once(reply: Reply) -> None:
    """It is an error of the program, not one of Telegram's."""
    with pytest.raises(ValueError, match="token has"):
        parts(message(reply), link)


ANY = st.characters(exclude_categories=())
TEXTS = st.one_of(
    st.text(ANY, max_size=80),
    st.text(st.sampled_from("字<>&\"'a😀👨\u200d\u0301\u202eش\ud83d\x00\u3164\n。 "), max_size=200),
    st.builds(
        lambda text, times, end: (text + end) * times,
        st.text(ANY, min_size=1, max_size=40),
        st.integers(1, 400),
        st.sampled_from(["", "\n", "\n\n", "。", "&", "😀"]),
    ),
)
TOKENS = st.text(st.characters(codec="ascii"), min_size=1, max_size=64)
CHOICES = st.builds(
    Choice,
    TOKENS,
    st.one_of(st.text(ANY, max_size=20), TEXTS),
    st.sampled_from([None, True, False]),
    st.one_of(st.none(), st.just("jian")),
)
CITATIONS = st.builds(
    Citation, st.just("jian"), st.just("art-1"), st.just(1), st.none(), TEXTS, TEXTS
)
REPLIES = st.builds(
    Reply,
    TEXTS,
    choices=st.lists(CHOICES, max_size=8).map(lambda few: tuple(few) * (1 + 20 * (len(few) > 6))),
    actions=st.lists(CHOICES, max_size=7).map(lambda few: tuple(few) * (1 + 20 * (len(few) > 6))),
    citations=st.lists(CITATIONS, max_size=4).map(
        lambda few: tuple(few) * (1 + 30 * (len(few) > 3))
    ),
    progress=st.none() | st.tuples(st.integers(), st.integers()),
    day_token=st.none() | st.text(st.characters(codec="ascii"), min_size=1, max_size=53),
    attachment=st.none() | st.builds(Attachment, st.text(ANY), TEXTS, st.none() | st.just(CHART)),
)
NAMED = st.none() | st.integers(1, 3).map(str)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(REPLIES, NAMED, NAMED, st.sampled_from(LOCALES))
def test_whatever_is_said_telegram_takes_it(
    reply: Reply, replaces: str | None, retires: str | None, locale: str
) -> None:
    """Any text, in any script, of any length, with any number of buttons, within every limit."""
    whole = message(reply, replaces, retires, locale)
    found = parts(whole, link)
    check(found)
    assert parts(whole, link) == found


@given(st.text(st.sampled_from("字a<&>😀。\n"), min_size=1).map(lambda text: text * 60))
def test_nothing_of_a_long_text_is_lost(text: str) -> None:
    """All that is said arrives, in order, whatever the number of messages."""
    said = re.sub(r"\s", "", text)
    arrived = "".join(read(part.html) for part in cut(Reply(f"甲{text}")))
    assert re.sub(r"\s", "", arrived) == f"甲{said}"


def check_replies(replies: tuple[Reply, ...], locale: str, tokens: list[str]) -> None:
    """Each reply can be shown, its calendar too; its tokens are noted."""
    for reply in replies:
        found = parts(message(reply, locale=locale), link)
        check(found)
        for button in (button for part in found for row in part.keyboard for button in row):
            if button.token is not None:
                tokens.append(button.token)
            page = calendar.keyboard(button.token or "", TODAY)
            if page is not None:
                check_buttons(page)


def some_answer(prompt: Reply, rng: random.Random) -> Event:
    """One of the choices, a day, or a number: what is asked for."""
    if prompt.day_token is not None and rng.random() < 0.8:
        day = rng.choice(["2019", "2024-03", "2026-02-28"])
        return Pressed(f"{prompt.day_token}:{day}")
    if prompt.choices:
        return Pressed(rng.choice(prompt.choices).token)
    return Said(rng.choice(["2019年3月", "2", "不知道"]))


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("award", "track"), sorted(BOOKS))
@pytest.mark.parametrize("seed", range(3))
def test_every_question_of_every_award_can_be_shown(
    award: str, track: str, locale: str, seed: int
) -> None:
    """A whole conversation, why each question is asked, its result, the list: all fit."""
    rng = random.Random(f"{award} {track} {locale} {seed}")
    tokens: list[str] = []
    event: Event = Command("start", f"{award}_{track}")
    state = State(locale=locale, begun=9998)
    for _ in range(200):
        state, replies = step(state, event, NOW)
        check_replies(replies, locale, tokens)
        check_replies(step(state, Command("why"), NOW)[1], locale, tokens)
        prompt = current(state, NOW)
        if prompt.question == "result":
            break
        full = [choice.token for choice in prompt.choices if choice.token.endswith(":mode:full")]
        event = Pressed(full[0]) if full else some_answer(prompt, rng)
    else:
        pytest.fail("the conversation does not end")
    for name in ("result", "articles", "change", "list", "help", "menu"):
        state, replies = step(state, Command(name), NOW)
        check_replies(replies, locale, tokens)
    assert any(token.startswith("a9999:") for token in tokens)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_pressed_the_answer_can_be_shown(seed: int) -> None:
    """Buttons old and new, words and commands in any order: every reply fits."""
    rng = random.Random(seed)
    state, tokens = State(begun=9998), ["m:screen", "m:list", "l:en"]
    for _ in range(80):
        chance = rng.random()
        event: Event = Pressed(rng.choice(tokens[-12:] if chance < 0.6 else tokens))
        if chance > 0.75:
            event = Said(rng.choice(["吉安", "企业", "今天", "2019年", "否", "1", "不知道", "?"]))
        state, replies = step(state, event, NOW)
        check_replies(replies, state.locale, tokens)
