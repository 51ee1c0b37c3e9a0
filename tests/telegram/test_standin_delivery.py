"""How the stand-in delivers updates: polling with offsets, webhooks with secrets and retries."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from standin import StandIn
from standin.client import ask, said
from standin.errors import OTHER_POLLER, WEBHOOK_ACTIVE

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
Json = dict[str, Any]


@pytest.fixture
def telegram() -> Iterator[StandIn]:
    """Telegram, to be spoken to."""
    with StandIn() as running:
        yield running


def texts(answer: Json) -> list[str]:
    """What was said in these updates."""
    return [update["message"]["text"] for update in answer["result"]]


@dataclass
class Bot:
    """A webhook: what it was sent, and how it answers."""

    url: str = ""
    taken: list[Json] = field(default_factory=list)
    headers: list[str | None] = field(default_factory=list)
    answer: Callable[[Json], tuple[int, Json]] = lambda _: (200, {})
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ids(self) -> list[int]:
        """The ids of the updates, in the order of arrival."""
        with self.lock:
            return [update["update_id"] for update in self.taken]


@pytest.fixture
def bot() -> Iterator[Bot]:
    """A bot that waits for updates at a URL."""
    bot = Bot()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with bot.lock:
                bot.taken.append(body)
                bot.headers.append(self.headers[SECRET])
            status, answer = bot.answer(body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        bot.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield bot
        server.shutdown()
        thread.join()


def test_an_update_comes_until_an_offset_confirms_it(telegram: StandIn) -> None:
    """Asking again without a higher offset gives the same; an offset confirms all below it."""
    chat = telegram.private()
    ids = [telegram.say(chat, text).update_id for text in "abc"]
    assert texts(ask(telegram, "getUpdates")) == ["a", "b", "c"]
    assert texts(ask(telegram, "getUpdates", limit=2)) == ["a", "b"]
    assert texts(ask(telegram, "getUpdates", offset=ids[1])) == ["b", "c"]
    assert telegram.pending == ids[1:]
    assert texts(ask(telegram, "getUpdates", offset=0)) == ["b", "c"]
    assert texts(ask(telegram, "getUpdates", offset=-1)) == ["c"]
    assert texts(ask(telegram, "getUpdates", offset=(ids[2] or 0) + 1)) == []
    assert telegram.quiet()


def test_a_long_poll_ends_with_the_first_update(telegram: StandIn) -> None:
    """Who asks when there is nothing is answered as soon as there is."""
    chat = telegram.private()
    found: list[Json] = []
    asking = threading.Thread(target=lambda: found.append(ask(telegram, "getUpdates", timeout=50)))
    asking.start()
    telegram.wait(lambda: telegram.called("getUpdates"))
    telegram.say(chat, "a")
    asking.join(30)
    assert texts(found[0]) == ["a"]


def test_a_second_poller_ends_the_first_ones_poll(telegram: StandIn) -> None:
    """Two at once: the earlier is told of the conflict."""
    found: list[str] = []
    first = threading.Thread(target=lambda: found.append(said(telegram, "getUpdates", timeout=50)))
    first.start()
    telegram.wait(lambda: telegram.called("getUpdates"))
    assert said(telegram, "getUpdates") == "ok"
    first.join(30)
    assert found == [f"Conflict: {OTHER_POLLER}"]


def test_polling_and_webhook_exclude_each_other(telegram: StandIn, bot: Bot) -> None:
    """With a webhook there is nothing to poll; without it there is again."""
    assert said(telegram, "setWebhook", url=bot.url) == "ok"
    assert said(telegram, "getUpdates") == f"Conflict: {WEBHOOK_ACTIVE}"
    assert said(telegram, "deleteWebhook") == "ok"
    assert said(telegram, "getUpdates") == "ok"


def test_only_the_kinds_that_were_asked_for_come(telegram: StandIn) -> None:
    """The choice holds until another is made, and not for what has happened before."""
    chat = telegram.private()
    telegram.say(chat, "a")
    ask(telegram, "getUpdates", allowed_updates=["callback_query"])
    telegram.say(chat, "b")
    assert texts(ask(telegram, "getUpdates")) == ["a"]
    ask(telegram, "getUpdates", allowed_updates=[])
    telegram.say(chat, "c")
    assert telegram.update("chat_member", {}) is None
    assert texts(ask(telegram, "getUpdates")) == ["a", "c"]
    assert not telegram.faults
    ask(telegram, "getUpdates", allowed_updates=["messages"])
    assert [fault.kind for fault in telegram.faults] == ["careless"]


def test_polled_updates_can_be_delivered_again(telegram: StandIn) -> None:
    """What was confirmed comes once more, shuffled by a seed."""
    chat = telegram.private()
    ids = [telegram.say(chat, text).update_id or 0 for text in "abcdef"]
    ask(telegram, "getUpdates", offset=ids[-1] + 1)
    order = telegram.redeliver(seed=1)
    again = ask(telegram, "getUpdates", offset=ids[-1] + 1)["result"]
    assert [update["update_id"] for update in again] == order
    assert sorted(order) == ids
    assert order != ids
    assert ask(telegram, "getUpdates", offset=ids[-1] + 1)["result"] == []


def test_a_webhook_is_sent_each_update_with_the_secret(telegram: StandIn, bot: Bot) -> None:
    """Also those that came before it was set; a chat's messages come in order."""
    chat = telegram.private()
    first = telegram.say(chat, "a").update_id
    ask(telegram, "setWebhook", url=bot.url, secret_token="se-cret_1")  # noqa: S106 - made up
    rest = [telegram.say(chat, "b").update_id for _ in range(20)]
    telegram.wait(telegram.quiet)
    assert bot.ids() == [first, *rest]
    assert set(bot.headers) == {"se-cret_1"}
    assert [delivery.status for delivery in telegram.deliveries] == [200] * 21


def test_a_webhook_is_tried_until_it_takes_the_update(telegram: StandIn, bot: Bot) -> None:
    """Errors and redirects are no answer; the chat's next update waits, another chat's does not."""
    chat, other = telegram.private(), telegram.private()
    statuses = iter([500, 503, 302])
    bot.answer = lambda update: (
        next(statuses, 200) if update["message"]["chat"]["id"] == chat.id else 200,
        {},
    )
    ask(telegram, "setWebhook", url=bot.url)
    first, second = (telegram.say(chat, text).update_id for text in "ab")
    third = telegram.say(other, "c").update_id
    telegram.wait(telegram.quiet)
    assert [found for found in bot.ids() if found != third] == [first] * 4 + [second]
    assert bot.ids().count(third or 0) == 1
    assert [d.status for d in telegram.deliveries if d.update_id == first] == [500, 503, 302, 200]
    assert telegram.webhook_info["last_error_message"].startswith("Wrong response")


def test_a_webhook_that_is_away_is_waited_for(telegram: StandIn, bot: Bot) -> None:
    """Refused connections are tried again, at whichever server takes its turn."""
    telegram.balance("https://bot.example", "http://127.0.0.1:9", bot.url.removesuffix("/hook"))
    ask(telegram, "setWebhook", url="https://bot.example/hook")
    chats = [telegram.private() for _ in range(4)]
    ids = [telegram.say(chat, "a").update_id for chat in chats]
    telegram.wait(telegram.quiet)
    assert sorted(bot.ids()) == ids
    assert any(delivery.error for delivery in telegram.deliveries)


def test_connections_are_used_side_by_side(telegram: StandIn, bot: Bot) -> None:
    """As many as were asked for, and no more; a chat's texts and taps may overlap."""
    under_way, most = 0, 0
    gate = threading.Barrier(3)

    def slowly(_: Json) -> tuple[int, Json]:
        nonlocal under_way, most
        with bot.lock:
            under_way += 1
            most = max(most, under_way)
        gate.wait(30)
        with bot.lock:
            under_way -= 1
        return 200, {}

    bot.answer = slowly
    ask(telegram, "setWebhook", url=bot.url, max_connections=3)
    for _ in range(6):
        telegram.say(telegram.private(), "a")
    telegram.wait(telegram.quiet)
    assert most == 3


def test_an_answer_to_a_webhook_can_carry_a_method(telegram: StandIn, bot: Bot) -> None:
    """It is executed as strictly as any other, but nobody learns the result."""
    chat, other = telegram.private(), telegram.private()
    reply = {"method": "sendMessage", "chat_id": chat.id, "text": "well"}
    bot.answer = lambda update: (
        200,
        reply if update["message"]["chat"]["id"] == chat.id else {"method": "dance"},
    )
    ask(telegram, "setWebhook", url=bot.url)
    telegram.say(chat, "a")
    telegram.say(other, "a")
    telegram.wait(telegram.quiet)
    assert [message.text for message in chat.messages] == ["well"]
    assert [call.via for call in telegram.calls[1:]] == ["webhook", "webhook"]
    assert [fault.kind for fault in telegram.faults] == ["unknown method"]


def test_webhook_updates_can_be_delivered_again(telegram: StandIn, bot: Bot) -> None:
    """All of them, or some, in any order."""
    ask(telegram, "setWebhook", url=bot.url)
    chat = telegram.private()
    ids = [telegram.say(chat, text).update_id or 0 for text in "abcdef"]
    telegram.wait(telegram.quiet)
    telegram.redeliver(seed=2)
    telegram.wait(telegram.quiet)
    telegram.redeliver(ids[:2])
    telegram.wait(telegram.quiet)
    assert sorted(bot.ids()) == sorted(ids * 2 + ids[:2])
    assert bot.ids()[-2:] == ids[:2]


def test_setting_the_same_webhook_again_disturbs_nothing(telegram: StandIn, bot: Bot) -> None:
    """Each of several processes may set it when it begins."""
    entered, go = threading.Event(), threading.Event()

    def slowly(_: Json) -> tuple[int, Json]:
        entered.set()
        go.wait(30)
        return 200, {}

    bot.answer = slowly
    ask(telegram, "setWebhook", url=bot.url)
    telegram.say(telegram.private(), "a")
    assert entered.wait(30)
    ask(telegram, "setWebhook", url=bot.url)
    go.set()
    telegram.wait(telegram.quiet)
    assert len(bot.taken) == 1


def test_updates_wait_while_delivery_is_paused(telegram: StandIn, bot: Bot) -> None:
    """What comes up meanwhile is delivered afterwards."""
    ask(telegram, "setWebhook", url=bot.url)
    chat = telegram.private()
    telegram.pause()
    ids = [telegram.say(chat, text).update_id for text in "ab"]
    assert telegram.pending == ids
    telegram.resume()
    telegram.wait(telegram.quiet)
    assert bot.ids() == ids


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("http://bot.example/", "An HTTPS URL must be provided for webhook"),
        ("https://bot.example:8080/", "Webhook can be set up only on ports 80, 88, 443 or 8443"),
        ("bot.example", "invalid URL specified"),
    ],
)
def test_a_webhook_needs_a_public_url(url: str, text: str) -> None:
    """Unless the server is told that it is a local one."""
    with StandIn(local=False) as telegram:
        assert said(telegram, "setWebhook", url=url) == f"Bad Request: bad webhook: {text}"


def test_pending_updates_can_be_dropped(telegram: StandIn, bot: Bot) -> None:
    """A bot may begin afresh."""
    telegram.say(telegram.private(), "a")
    ask(telegram, "setWebhook", url=bot.url, drop_pending_updates=True)
    assert telegram.quiet()
    assert not bot.taken
