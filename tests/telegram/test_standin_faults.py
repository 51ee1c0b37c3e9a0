"""What can be made to go wrong with the stand-in, and what is left of it afterwards."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator

import pytest
from standin import Chat, StandIn
from standin.client import ask, said
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest


@pytest.fixture
def telegram() -> Iterator[StandIn]:
    """Telegram, to be spoken to."""
    with StandIn() as running:
        yield running


@pytest.fixture
def chat(telegram: StandIn) -> Chat:
    """A private chat that has begun."""
    return telegram.private()


@pytest.fixture
async def bot(telegram: StandIn) -> AsyncIterator[Bot]:
    """The library's bot, which does not wait for long."""
    quick = HTTPXRequest(read_timeout=0.5)
    async with Bot(telegram.token, base_url=telegram.base, request=quick) as bot:
        yield bot


def texts(chat: Chat) -> list[str]:
    """What the user sees."""
    return [message.text for message in chat.messages]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (400, "Bad Request: wrong request"),
        (403, "Forbidden: bot was blocked by the user"),
        (429, "Too Many Requests: retry after 1"),
        (500, "Internal Server Error"),
        (502, "Bad Gateway"),
    ],
)
def test_a_refusal_is_answered_and_has_no_effect(
    telegram: StandIn, chat: Chat, code: int, text: str
) -> None:
    """Once, if nothing else is said; it is no fault of the bot's."""
    telegram.trouble.refuse(code)
    answers = [said(telegram, "sendMessage", chat_id=chat.id, text=text) for text in "ab"]
    assert answers == [text, "ok"]
    assert texts(chat) == ["b"]
    assert not telegram.faults
    assert [call.fault for call in telegram.calls] == ["refuse", None]
    assert [call.status for call in telegram.calls] == [code, 200]


def test_trouble_strikes_the_calls_it_is_meant_for(telegram: StandIn, chat: Chat) -> None:
    """By method, by chat, by what a call says, after some that go well, as often as wanted."""
    other = telegram.private()
    rule = telegram.trouble.refuse(
        500,
        method="sendMessage",
        chat=chat,
        times=2,
        after=1,
        when=lambda c: c.parameters["text"] == "x",
    )
    answers = [
        (text, place is chat, said(telegram, "sendMessage", chat_id=place.id, text=text) == "ok")
        for text in ("x", "y", "x", "x", "x")
        for place in (other, chat)
    ]
    assert [(text, ours) for text, ours, ok in answers if not ok] == [("x", True)] * 2
    assert rule.used == 2
    assert said(telegram, "sendChatAction", chat_id=chat.id, action="typing") == "ok"


def test_a_rule_can_hold_until_it_is_cancelled(telegram: StandIn, chat: Chat) -> None:
    """Without a number it strikes every time."""
    rule = telegram.trouble.refuse(502, times=None)
    assert {said(telegram, "getMe") for _ in range(3)} == {"Bad Gateway"}
    rule.cancel()
    assert said(telegram, "sendMessage", chat_id=chat.id, text="a") == "ok"


async def test_a_message_may_be_delivered_though_nobody_says_so(
    telegram: StandIn, chat: Chat, bot: Bot
) -> None:
    """The client times out; the user has the message nevertheless."""
    telegram.trouble.deliver_then_time_out(method="sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(chat.id, "a")
    assert texts(chat) == ["a"]
    (call,) = telegram.called("sendMessage")
    assert (call.accepted, call.status) == (True, None)


@pytest.mark.parametrize(("moment", "shown"), [("before", []), ("after", ["a"])])
async def test_a_connection_is_dropped_before_or_after(
    telegram: StandIn, chat: Chat, bot: Bot, moment: str, shown: list[str]
) -> None:
    """The client cannot tell which; the user can."""
    telegram.trouble.drop("before" if moment == "before" else "after", method="sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(chat.id, "a")
    assert texts(chat) == shown
    await bot.send_message(chat.id, "b")
    assert texts(chat) == [*shown, "b"]


@pytest.mark.parametrize(("moment", "held"), [("before", []), ("after", ["a"])])
def test_a_call_can_be_held_at_a_moment(
    telegram: StandIn, chat: Chat, moment: str, held: list[str]
) -> None:
    """A test can look, or end the bot, while it is under way; then it goes on."""
    hold = telegram.trouble.hold("before" if moment == "before" else "after", method="sendMessage")
    answers: list[str] = []
    sending = threading.Thread(
        target=lambda: answers.append(said(telegram, "sendMessage", chat_id=chat.id, text="a"))
    )
    sending.start()
    assert hold.wait().method == "sendMessage"
    assert texts(chat) == held
    assert not answers
    hold.release()
    sending.join(30)
    assert answers == ["ok"]
    assert texts(chat) == ["a"]


@pytest.mark.parametrize(("moment", "shown"), [("before", []), ("after", ["a"])])
async def test_a_held_call_can_be_dropped(
    telegram: StandIn, chat: Chat, bot: Bot, moment: str, shown: list[str]
) -> None:
    """Then what had no effect never has."""
    hold = telegram.trouble.hold("before" if moment == "before" else "after", method="sendMessage")
    sending = asyncio.create_task(bot.send_message(chat.id, "a", read_timeout=30))
    await asyncio.to_thread(hold.wait)
    hold.drop()
    with pytest.raises(NetworkError):
        await sending
    assert texts(chat) == shown


async def test_a_call_that_is_given_up_before_it_is_done_is_not_done(
    telegram: StandIn, chat: Chat, bot: Bot
) -> None:
    """Whoever hangs up while it is held has not sent it."""
    hold = telegram.trouble.hold("before", method="sendMessage")
    with pytest.raises(TimedOut):
        await bot.send_message(chat.id, "a")
    await telegram.until(lambda: hold.held[0].given_up)
    hold.release()
    await bot.send_message(chat.id, "b")
    assert texts(chat) == ["b"]


def test_too_much_is_refused_with_the_time_to_wait(telegram: StandIn, chat: Chat) -> None:
    """A chat's limit is its own; one for all is shared."""
    other = telegram.private()
    telegram.trouble.limit(per_chat=(2, 600))
    answers = [ask(telegram, "sendMessage", chat_id=chat.id, text="a") for _ in range(3)]
    assert [answer["ok"] for answer in answers] == [True, True, False]
    wait = answers[2]["parameters"]["retry_after"]
    assert 290 <= wait <= 300
    assert answers[2]["description"] == f"Too Many Requests: retry after {wait}"
    assert said(telegram, "sendMessage", chat_id=other.id, text="a") == "ok"
    telegram.trouble.limit(overall=(1, 600))
    assert said(telegram, "sendMessage", chat_id=chat.id, text="a") == "ok"
    assert said(telegram, "sendMessage", chat_id=other.id, text="a") != "ok"
    telegram.trouble.clear()
    assert said(telegram, "sendMessage", chat_id=other.id, text="a") == "ok"
    assert not telegram.faults


async def test_a_slow_answer_comes_in_the_end(telegram: StandIn, chat: Chat, bot: Bot) -> None:
    """It is done and answered after the time that was asked for."""
    telegram.trouble.slow(0.05, method="sendMessage")
    await bot.send_message(chat.id, "a", read_timeout=30)
    await telegram.until(lambda: texts(chat) == ["a"])
    assert telegram.called("sendMessage")[0].fault == "slow"
