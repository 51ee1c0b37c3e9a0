"""Polling: an update is confirmed only when it is kept, and whatever goes wrong, it goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
import structlog
from adapter import Noting, client_of, hasty, receiver_of
from standin import StandIn
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError

from bot.errors import DatabaseError
from bot.platforms.telegram.polling import Client, poll
from bot.platforms.telegram.receiving import Batch
from conversations.model import Said


@asynccontextmanager
async def _polling(telegram: StandIn, service: Noting) -> AsyncIterator[asyncio.Event]:
    """Poll meanwhile; gives what asks it to stop."""
    stop = asyncio.Event()
    async with client_of(telegram) as client:
        receiver = receiver_of(client, service)
        task = asyncio.create_task(poll(client, receiver.receive, hasty(stop)))
        try:
            yield stop
        finally:
            stop.set()
            service.open.set()
            await task
            await receiver.background.finish(10)


async def test_an_update_is_confirmed_only_when_it_is_kept(telegram: StandIn) -> None:
    """As long as the service is at it, Telegram keeps the update; then it is confirmed."""
    service = Noting()
    async with _polling(telegram, service):
        message = telegram.say(telegram.private(), "你好")
        await service.begun.wait()
        assert telegram.pending == [message.update_id]
        service.open.set()
        await telegram.until(telegram.quiet)
    assert service.ids == [message.update_id]
    assert service.kept[0].event == Said("你好")


async def test_what_is_kept_at_the_end_is_confirmed(telegram: StandIn) -> None:
    """Asked to end in the middle of a batch: what is kept by then is confirmed, and only that."""
    service = Noting()
    async with _polling(telegram, service) as stop:
        first = telegram.say(telegram.private(), "一")
        await service.begun.wait()
        stop.set()
        second = telegram.say(telegram.private(), "二")
    assert service.ids == [first.update_id]
    assert telegram.pending == [second.update_id]


async def test_updates_are_kept_in_the_order_in_which_they_came(telegram: StandIn) -> None:
    """However many come at once, the service is given them in order."""
    service = Noting()
    service.open.set()
    telegram.pause()
    chats = [telegram.private() for _ in range(3)]
    said = [telegram.say(chats[n % 3], f"第{n}句").update_id for n in range(250)]
    async with _polling(telegram, service):
        telegram.resume()
        await telegram.until(telegram.quiet)
    assert service.ids == said


async def test_while_the_database_is_away_nothing_is_confirmed(telegram: StandIn) -> None:
    """What could not be kept is taken again, as often as needed, and confirmed after that."""
    service = Noting(away=3)
    service.open.set()
    telegram.pause()
    said = [telegram.say(telegram.private(), f"{n}").update_id for n in range(2)]
    async with _polling(telegram, service):
        telegram.resume()
        await telegram.until(telegram.quiet)
    assert set(service.ids) == set(said)
    assert len(service.given) > len(said)
    offsets = [call.parameters.get("offset", 0) for call in telegram.called("getUpdates")]
    assert max(offset for offset in offsets[:2] if offset is not None) <= said[0]


async def test_a_chats_updates_keep_their_order_when_the_database_comes_back(
    telegram: StandIn,
) -> None:
    """Behind one that could not be kept none of the same chat is; other chats do not wait."""
    service = Noting(away=1)
    service.open.set()
    telegram.pause()
    chat, other = telegram.private(), telegram.private()
    first = telegram.say(chat, "一").update_id
    theirs = telegram.say(other, "别人").update_id
    then = [telegram.say(chat, text).update_id for text in ("二", "三")]
    async with _polling(telegram, service):
        telegram.resume()
        await telegram.until(telegram.quiet)
    assert [int(each.update_id) for each in service.given] == [first, theirs, first, theirs, *then]
    assert service.ids == [theirs, first, theirs, *then]


async def test_a_tap_is_answered_though_nothing_can_be_kept(telegram: StandIn) -> None:
    """Also behind an update of the same chat that could not be kept."""
    service = Noting(away=1_000_000)
    service.open.set()
    chat = telegram.private()
    async with client_of(telegram) as client:
        keyboard = {"inline_keyboard": [[{"text": "是", "callback_data": "q:yes"}]]}
        await client.send_message(chat.id, "好吗", api_kwargs={"reply_markup": keyboard})
    telegram.pause()
    telegram.say(chat, "一")
    press = telegram.press(chat, "是")
    async with _polling(telegram, service):
        telegram.resume()
        await telegram.until(lambda: press.answered)
        service.away = 0
        await telegram.until(telegram.quiet)
    assert service.ids[-1] == press.update_id


async def test_a_tap_is_answered_while_it_is_still_dealt_with(telegram: StandIn) -> None:
    """The button stops turning before anything is kept."""
    service = Noting()
    chat = telegram.private()
    async with client_of(telegram) as client:
        keyboard = {"inline_keyboard": [[{"text": "是", "callback_data": "q:yes"}]]}
        await client.send_message(chat.id, "好吗", api_kwargs={"reply_markup": keyboard})
    async with _polling(telegram, service):
        press = telegram.press(chat, "是")
        await telegram.until(lambda: press.answered)
        assert service.kept == []
        service.open.set()
        await telegram.until(telegram.quiet)
    assert service.ids == [press.update_id]


async def test_an_update_that_cannot_be_read_is_logged_and_passed_over(telegram: StandIn) -> None:
    """It is confirmed, its id is logged but not what it says; those beside it are kept."""
    service = Noting()
    service.open.set()
    telegram.pause()
    before = telegram.say(telegram.private(), "前")
    broken = telegram.update("message", {"from": {"id": 5}, "chat": ["秘密"]})
    after = telegram.say(telegram.private(), "后")
    with structlog.testing.capture_logs(
        processors=[structlog.contextvars.merge_contextvars]
    ) as lines:
        async with _polling(telegram, service):
            telegram.resume()
            await telegram.until(telegram.quiet)
    assert service.ids == [before.update_id, after.update_id]
    [line] = [line for line in lines if line["event"] == "an update cannot be read"]
    assert line["update"] == broken
    assert "秘密" not in f"{line}"


async def test_a_webhook_is_taken_away_first_and_its_updates_are_kept(telegram: StandIn) -> None:
    """What came while there was a webhook is not lost by polling again."""
    service = Noting()
    service.open.set()
    async with client_of(telegram) as client:
        await client.set_webhook("http://127.0.0.1:9/hook")
    message = telegram.say(telegram.private(), "你好")
    async with _polling(telegram, service):
        await telegram.until(telegram.quiet)
    assert service.ids == [message.update_id]
    assert telegram.webhook_info["url"] == ""


@pytest.mark.parametrize("trouble", ["conflict", "bad gateway", "too many", "hang up", "token"])
async def test_polling_goes_on_after_trouble(telegram: StandIn, trouble: str) -> None:
    """Another poller, an error of Telegram's or of the network: it complains and goes on."""
    service = Noting()
    service.open.set()
    match trouble:
        case "conflict":
            telegram.trouble.refuse(409, "Conflict: other getUpdates", method="getUpdates")
        case "bad gateway":
            telegram.trouble.refuse(502, method="getUpdates", times=3)
        case "too many":
            telegram.trouble.refuse(429, retry_after=0, method="getUpdates")
        case "hang up":
            telegram.trouble.drop("after", method="getUpdates", times=2)
        case "token":
            telegram.trouble.refuse(401, "Unauthorized", method="getUpdates", times=2)
    with structlog.testing.capture_logs() as lines:
        async with _polling(telegram, service):
            message = telegram.say(telegram.private(), "你好")
            await telegram.until(telegram.quiet)
    assert service.ids == [message.update_id]
    complaints = [line["event"] for line in lines if line["log_level"] == "warning"]
    assert complaints
    assert ("another program takes this bot's updates; end it" in complaints) == (
        trouble == "conflict"
    )


class Scripted:
    """A client that gives what it is told, and notes from where on it is asked for updates."""

    def __init__(self, *batches: list[int] | TelegramError) -> None:
        self._batches = list(batches)
        self.offsets: list[int | None] = []
        self.stop = asyncio.Event()

    async def delete_webhook(self, *, drop_pending_updates: bool) -> bool:
        """Done."""
        return not drop_pending_updates

    async def updates(
        self, offset: int | None, _seconds: int = 0, **_: int
    ) -> list[dict[str, object]]:
        """The next batch; at the end nothing, and the wish to end."""
        self.offsets.append(offset)
        if not self._batches:
            self.stop.set()
            return []
        batch = self._batches.pop(0)
        if isinstance(batch, TelegramError):
            raise batch
        return [{"update_id": each} for each in batch]


@pytest.mark.parametrize(
    ("batches", "lost", "offsets"),
    [
        ([[5, 6], [7]], [], [None, 7, 8]),
        ([[5], [], [3]], [], [None, 6, None, 4]),  # a week without updates: ids start anew
        ([[5], [2]], [], [None, 6, 6]),  # delivered again, out of order
        ([[5, 6, 7], [6, 7]], [6], [None, 6, 8]),
        ([[5, 6], [5, 6]], [5], [None, 5, 7]),
        ([[5], NetworkError("away"), RetryAfter(0), Conflict("two"), []], [], [None, 6, 6, 6, 6]),
    ],
)
async def test_what_is_asked_for_confirms_only_what_is_kept(
    batches: list[list[int] | TelegramError], lost: list[int], offsets: list[int | None]
) -> None:
    """The next batch is asked for from behind the last update before which all are kept."""
    script = Scripted(*batches)
    failing = list(lost)

    async def receive(data: object, _: Batch) -> None:
        assert isinstance(data, dict)
        if data["update_id"] in failing:
            failing.remove(data["update_id"])
            raise DatabaseError("away")

    await poll(cast("Client", script), receive, hasty(script.stop))
    assert script.offsets[: len(offsets)] == offsets


async def test_it_ends_soon_though_nothing_comes(telegram: StandIn) -> None:
    """A long poll that is under way is broken off."""
    service = Noting()
    async with _polling(telegram, service) as stop:
        await telegram.until(lambda: telegram.called("getUpdates"))
        stop.set()
    assert [call.parameters["timeout"] for call in telegram.called("getUpdates")] == [50]
