"""The desk in conversation: handing a question over, and what officers and others can do."""

import json
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from conversations.language import language
from conversations.model import (
    LOCALES,
    AddToTicket,
    Answer,
    AskOffice,
    Choice,
    Command,
    Event,
    House,
    Pressed,
    Reply,
    Said,
    State,
)
from conversations.orders import OfTicket
from conversations.step import current, step
from conversations.ticket_words import usually
from conversations.tickets import Colleague, Entry, Status, Ticket

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def ticket(number: int = 1, award: str = "jian", **more: object) -> Ticket:
    """A question that was asked an hour ago."""
    since = NOW - timedelta(hours=1)
    said = (Entry("applicant", "合并后怎么算成立时间", since),)
    made = Ticket(number, award, "waiting", said, since, waiting_since=since)
    return replace(made, **more)  # type: ignore[arg-type]


def officer(*tickets: Ticket, awards: tuple[str, ...] = ("jian",), **more: object) -> House:
    """The house as officer 7 sees it."""
    colleagues = (Colleague(7, "小李", None), Colleague(8, "小王", "jian"))
    made = House(
        officer_of=frozenset(awards), numbers=frozenset({7}), tickets=tickets, colleagues=colleagues
    )
    return replace(made, **more)  # type: ignore[arg-type]


def asker(*tickets: Ticket) -> House:
    """The house as whoever asked these sees it."""
    return House(tickets=tuple(replace(each, mine=True) for each in tickets))


def does(state: State, house: House, *events: Event) -> tuple[State, tuple[Reply, ...]]:
    """What comes of some events; the state survives as JSON."""
    replies: tuple[Reply, ...] = ()
    for event in events:
        state, replies = step(state, event, NOW, house)
        state = State.from_json(json.loads(json.dumps(state.to_json())))
    return state, replies


def shown(replies: tuple[Reply, ...]) -> list[Choice]:
    """All that can be pressed."""
    return [each for reply in replies for each in (*reply.choices, *reply.actions, *reply.fallback)]


def pressing(replies: tuple[Reply, ...], label: str) -> Pressed:
    """The press of a button with this label."""
    return Pressed(next(each.token for each in shown(replies) if each.label == label))


def orders(replies: tuple[Reply, ...]) -> list[object]:
    """What the replies ask to be done."""
    return [reply.effect for reply in replies if reply.effect is not None]


SCREENING = (Said("吉安"), Said("组织"))


def test_a_question_is_handed_over_from_an_answer_that_is_not_there() -> None:
    """What was asked goes along, and the award that was being talked about."""
    state = State(told=True, asked={"question": "合并后怎么算", "award": "jian"})
    state, replies = does(state, House(), Pressed("k:ask"))
    assert "问：合并后怎么算" in replies[0].text
    _, replies = does(state, House(), pressing(replies, "发给工作人员"))
    assert orders(replies) == [AskOffice("jian", "合并后怎么算", "")]


def test_the_screening_goes_on_where_it_was() -> None:
    """A question to the office, given up or sent, leaves the screening alone."""
    before, _ = does(State(told=True), House(), *SCREENING)
    asked = current(before, NOW)
    for after in ((Said("不问了"),), (Command("cancel"),), (Command("back"),) * 3):
        state, _ = does(before, House(), Command("ask", "要几份"), *after)
        assert (state, current(state, NOW)) == (before, asked)
    state, replies = does(before, House(), Command("ask", "要几份"), Said("不给看"))
    state, replies = does(state, House(), pressing(replies, "发给工作人员"))
    assert state == before
    assert replies[-1] == asked


@pytest.mark.parametrize(("word", "given"), [("不给看", False), ("给看，答起来更准", True)])
def test_a_self_check_goes_along_only_if_its_owner_says_so(word: str, given: bool) -> None:  # noqa: FBT001
    """What is shown before it is sent is what is sent."""
    state, replies = does(
        State(told=True), House(), *SCREENING, Command("ask", "要几份"), Said(word)
    )
    assert ("申报者：组织" in replies[0].text) is given
    _, replies = does(state, House(), pressing(replies, "发给工作人员"))
    (order,) = orders(replies)
    assert isinstance(order, AskOffice)
    assert ("申报者：组织" in order.shared) is given


def test_what_was_looked_at_is_what_is_sent() -> None:
    """The button of an earlier preview sends nothing; one that is pressed twice sends once."""
    state, replies = does(State(told=True), House(), Command("ask", "要几份"), Said("吉安"))
    old = pressing(replies, "发给工作人员")
    state, _ = does(state, House(), pressing(replies, "改问题"))
    state, replies = does(state, House(), Said("要几份复印件？"))
    _, refused = does(state, House(), old)
    assert orders(refused) == []
    send = pressing(replies, "发给工作人员")
    state, replies = does(state, House(), send)
    assert orders(replies) == [AskOffice("jian", "要几份复印件？", "")]
    assert orders(does(state, House(), send)[1]) == []


def test_so_many_questions_wait_at_a_time() -> None:
    """Whoever has five open is shown them, and asks no sixth."""
    house = asker(*(ticket(number) for number in range(1, 6)))
    _, (reply,) = does(State(told=True), house, Command("ask", "还有"))
    assert "您有5个提问还在等答复" in reply.text
    assert [each.token for each in reply.choices] == [
        f"k:{number}:mine" for number in range(5, 0, -1)
    ]


def test_whoever_answers_a_message_speaks_in_its_ticket() -> None:
    """An asker adds, an officer answers, whatever is being asked and whatever the words are."""
    for words in ("返回", "1", "谢谢", "吉安", "菜单"):
        _, replies = does(State(told=True), asker(ticket()), Said(words, ticket=1))
        assert orders(replies) == [AddToTicket(1, words)]
        _, replies = does(State(told=True), officer(ticket()), Said(words, ticket=1))
        assert orders(replies) == [Answer(1, words)]


def test_an_answer_is_never_too_long_in_silence() -> None:
    """What does not fit is not sent, and that is said."""
    for text in ("好" * 3000, " "):
        state, replies = does(State(told=True), officer(ticket()), Said(text, ticket=1))
        assert orders(replies) == []
        assert state == State(told=True)


def test_what_is_typed_on_another_page_is_no_answer() -> None:
    """Only where an answer is asked for it is one: a card takes no words."""
    state, _ = does(State(told=True), officer(ticket()), Pressed("k:1:see"))
    _, replies = does(state, officer(ticket()), Said("现在几点"))
    assert orders(replies) == []


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (None, ""),
        (timedelta(hours=3), "一般半个工作日内答复。"),
        (timedelta(hours=8), "一般一个工作日内答复。"),
        (timedelta(hours=9), "一般2个工作日内答复。"),
    ],
)
def test_how_long_it_usually_takes(time: timedelta | None, said: str) -> None:
    """Told in working days of eight hours, and only if it is known."""
    assert usually(language("zh_Hans"), {} if time is None else {"jian": time}, "jian") == said


STRANGE = [
    "k:1:see", "k:1:claim", "k:1:answer", "k:1:close", "k:1:send:answer", "k:1:to:7",
    "k:1:addition", "k:1:add", "k:1:mine", "k:desk", "k:staff", "k:invite", "k:invite:admin",
    "k:code", "k:off",
    "k:gone:7", "k:log", "k:send:0", "k:share:yes", "k:about:jian", "k:", "k:1", "k:x:y",
]  # fmt: skip
COMMANDS = ["desk", "invite", "desk_here", "staff"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("focus", [None, "desk:list", "desk:answer:1", "desk:staff", "desk:invite"])
def test_nobody_else_learns_of_the_desk(locale: str, focus: str | None) -> None:
    """To all others its buttons are old, its commands unknown and its pages closed."""
    state = State(told=True, locale=locale, focus=focus)
    plain = replace(state, focus=None)
    for token in STRANGE:
        expected = step(plain, Pressed("zz:1"), NOW, House())
        assert step(state, Pressed(token), NOW, House()) == expected, token
    for name in COMMANDS:
        _, (reply,) = step(state, Command(name), NOW, House())
        _, (unknown,) = step(plain, Command("x" * 9), NOW, House())
        assert reply.text == unknown.text.replace("x" * 9, name)


def test_an_officer_of_another_award_can_do_nothing() -> None:
    """A ticket of another award is none to them, even if it were shown to them by mistake."""
    house = officer(ticket(), awards=("qinzhou",))
    for token in STRANGE:
        _, replies = step(State(told=True), Pressed(token), NOW, house)
        assert not any(isinstance(order, OfTicket) for order in orders(replies)), token
        assert "合并后" not in "".join(reply.text for reply in replies), token


STATUSES: tuple[Status, ...] = ("waiting", "claimed", "answered", "closed")
TYPED = ("好", "返回", "取消", "1", "谢谢", "不知道", "为什么", "吉安", "/", "给看", "菜单", "待办",
         "我的提问", "看1号", "2号", "English", "繁体", "多少钱？")  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_whatever_is_pressed_or_typed_it_goes_on(seed: int) -> None:
    """Every page has an answer to everything, as tickets change underneath; every button fits."""
    chance = random.Random(seed)
    state, choices = State(told=True), [Choice("k:ask", ""), Choice("k:desk", "")]
    for _ in range(60):
        tickets = tuple(
            ticket(
                number,
                chance.choice(["jian", "jian", "qinzhou"]),
                status=chance.choice(STATUSES),
                claimed_by=chance.choice([None, 7, 8]),
                mine=chance.random() < 0.3,
                withdrawn=chance.random() < 0.1,
                shared=chance.choice(["", "申报者：组织"]),
            )
            for number in range(1, chance.randint(1, 4))
        )
        house = chance.choice([House(), asker(*tickets), officer(*tickets, is_admin=seed % 2 > 0)])
        event: Event = Pressed(chance.choice(choices).token)
        if chance.random() < 0.4:
            event = Said(chance.choice(TYPED), chance.choice([None, None, None, 1, 2]))
        state, replies = does(state, house, event)
        assert replies
        assert current(state, NOW, house).text
        choices += shown(replies)
        assert all(len(each.token.encode()) <= 64 for each in choices)
        assert all(reply.text and "{" not in reply.text for reply in replies)
        if not house.officer_of:
            assert not any(isinstance(each, Answer) for each in orders(replies))


def test_whoever_is_both_answers_on_the_page_of_an_officer() -> None:
    """Asking one's own office, to try it out: what is typed as an answer is one."""
    house = officer(ticket(mine=True))
    _, replies = does(State(told=True), house, Pressed("k:1:answer"), Said("三年"))
    assert orders(replies) == [Answer(1, "三年")]
