"""Calls of the Bot API: what is sent, what errors say, and that none of them holds the token."""

import asyncio
import json
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.platforms.telegram.request import AiohttpRequest, Timeouts, proxy_for

TOKEN = "123:secret-token"  # noqa: S105 - made up
SENT = {"message_id": 7, "date": 0, "chat": {"id": 1, "type": "private"}}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def _bot(handler: Handler, timeouts: Timeouts | None = None) -> AsyncIterator[Bot]:
    """A bot whose every call is answered by ``handler``."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    request = AiohttpRequest(timeouts=timeouts)
    await request.initialize()
    try:
        yield Bot(TOKEN, f"http://127.0.0.1:{port}/bot", request=request)
    finally:
        await request.shutdown()
        await runner.cleanup()


def _answered(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


async def test_parameters_are_sent_as_json() -> None:
    """Texts go as they are, keyboards as objects, and what has no value does not go at all."""
    seen: list[tuple[str, str, object]] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append((request.path, request.content_type, await request.json()))
        return _answered(SENT)

    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("是", callback_data="q:yes")]])
    async with _bot(handler) as bot:
        await bot.send_message(1, "您好\udc80", reply_markup=keyboard)
    path, kind, body = seen[0]
    assert path == f"/bot{TOKEN}/sendMessage"
    assert kind == "application/json"
    assert body == {
        "chat_id": 1,
        "text": "您好?",
        "reply_markup": {"inline_keyboard": [[{"text": "是", "callback_data": "q:yes"}]]},
    }


async def test_files_are_sent_beside_the_parameters() -> None:
    """A document goes as a part of a form, with its name, the parameters as other parts."""
    seen: dict[str, object] = {}

    async def handler(request: web.Request) -> web.Response:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                seen[name] = (value.filename, value.file.read())
            else:
                seen[name] = value
        return _answered(SENT)

    async with _bot(handler) as bot:
        await bot.send_document(1, "全部".encode(), caption="您好", filename="award-bot.json")
    assert (seen["caption"], seen["chat_id"]) == ("您好", "1")
    assert ("award-bot.json", "全部".encode()) in seen.values()


async def test_connections_are_kept() -> None:
    """Calls one after another share a connection."""
    peers = set()

    async def handler(request: web.Request) -> web.Response:
        assert request.transport is not None
        peers.add(request.transport.get_extra_info("peername"))
        return _answered(SENT)

    async with _bot(handler) as bot:
        for _ in range(5):
            await bot.send_message(1, "您好")
    assert len(peers) == 1


@pytest.mark.parametrize(
    ("status", "body", "kind", "message"),
    [
        (400, {"description": "Bad Request: chat not found"}, BadRequest, "Chat not found"),
        (403, {"description": "Forbidden: bot was blocked by the user"}, Forbidden, "Forbidden: "),
        (429, {"description": "slow", "parameters": {"retry_after": 3}}, RetryAfter, "Flood"),
        (502, "<html>a page</html>", NetworkError, "Bad Gateway (502)"),
        (400, "<html>a page</html>", NetworkError, "Bad Request (400)"),
        (403, "<html>a page</html>", NetworkError, "Forbidden (403)"),
        (500, "", NetworkError, "Internal Server Error (500)"),
        (400, '{"half', NetworkError, "Bad Request (400)"),
        (302, "", NetworkError, "Found (302)"),
        (200, "<html>a page</html>", NetworkError, "the answer is not the Bot API's"),
        (200, "[1]", NetworkError, "the answer is not the Bot API's"),
        (200, "{}", NetworkError, "the answer is not the Bot API's"),
    ],
)
async def test_errors_say_what_the_bot_api_said(
    status: int,
    body: object,
    kind: type[TelegramError],
    message: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The library's error for each status; a page that is no answer is quoted nowhere."""

    async def handler(_: web.Request) -> web.Response:
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(status=status, text=text, headers={"Location": "/elsewhere"})

    caplog.set_level(logging.DEBUG, "telegram.request")
    async with _bot(handler) as bot:
        with pytest.raises(kind, match=f"^{message.replace('(', '.').replace(')', '.')}") as caught:
            await bot.send_message(1, "您好")
    assert "page" not in str(caught.value)
    assert caplog.records == []


async def _never(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(1000):
        await response.write(b" ")  # some of it comes in time, all of it never does
        await _pause()
    return response


async def _pause() -> None:
    await asyncio.sleep(0.05)


async def _hang_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def _half(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "100"})
    await response.prepare(request)
    await response.write(b"{")
    assert request.transport is not None
    request.transport.abort()
    return response


@pytest.mark.parametrize(
    ("handler", "kind"),
    [(_never, TimedOut), (_hang_up, NetworkError), (_half, NetworkError)],
)
async def test_no_error_holds_the_token(handler: Handler, kind: type[TelegramError]) -> None:
    """Whatever goes wrong on the way: one of the library's errors, nowhere with the address."""
    async with _bot(handler, Timeouts(0.2, 0.2, 0.2, 0.2)) as bot:
        with pytest.raises(kind) as caught:
            await bot.send_message(1, "您好")
    assert "secret-token" not in _everything(caught.value)


@pytest.mark.parametrize("base", ["http://127.0.0.1:1/bot", "http://award-bot.invalid/bot"])
async def test_where_nobody_listens_is_said_without_the_token(base: str) -> None:
    """Nobody there: an error that says so, without the token."""
    request = AiohttpRequest()
    async with request:
        with pytest.raises(NetworkError, match=r"^the call failed: ") as caught:
            await Bot(TOKEN, base, request=request).send_message(1, "您好")
    assert "secret-token" not in _everything(caught.value)


def _everything(error: BaseException | None) -> str:
    """All that a log could possibly show of an error and of those behind it."""
    found = ""
    while error is not None:
        found += "".join(traceback.format_exception(error)) + repr(error) + repr(vars(error))
        error = error.__cause__ or error.__context__
    return found


async def test_a_call_can_have_times_of_its_own() -> None:
    """What the call says counts; None waits for ever, and saying nothing means the usual time."""

    async def handler(_: web.Request) -> web.Response:
        await _pause()
        return _answered(SENT)

    async with _bot(handler, Timeouts(read=0.01)) as bot:
        with pytest.raises(TimedOut, match="no answer in time"):
            await bot.send_message(1, "您好")
        assert await bot.send_message(1, "您好", read_timeout=30)
        assert await bot.send_message(1, "您好", read_timeout=None)


@pytest.mark.parametrize(
    ("environment", "proxy"),
    [
        ({}, None),
        ({"https_proxy": "http://proxy:3128"}, "http://proxy:3128"),
        ({"https_proxy": "http://proxy:3128", "no_proxy": "api.telegram.org"}, None),
        ({"http_proxy": "http://proxy:3128"}, None),
    ],
)
def test_the_proxy_of_the_environment_is_used(
    environment: dict[str, str], proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As everywhere: https_proxy and no_proxy say how Telegram is reached."""
    for name in ("https_proxy", "http_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_for("https://api.telegram.org/bot") == proxy
