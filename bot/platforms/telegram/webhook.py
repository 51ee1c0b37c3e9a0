"""What is served: the webhook, to which Telegram delivers updates, and how the program is.

Telegram delivers an update again until it is answered with 200: that is, until it is kept.
"""

import asyncio
import contextlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router

from bot import metrics
from bot.errors import DatabaseError
from bot.platforms.telegram.receiving import parse

MOST_BYTES = 1 << 20
"""Far more than any update has."""
PING_SECONDS = 5

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name

log = structlog.get_logger(__name__)

Receive = Callable[[Mapping[str, Any]], Awaitable[None]]
Ping = Callable[[], Awaitable[None]]


class Door:
    """Lets updates in: not before all is ready, and not at the end."""

    def __init__(self) -> None:
        self.ping: Ping | None = None
        self._receive: Receive | None = None
        self._inside = 0
        self._empty = asyncio.Event()
        self._empty.set()

    def open(self, receive: Receive, ping: Ping) -> None:
        """From now on updates are taken."""
        self._receive, self.ping = receive, ping

    async def close(self, seconds: float) -> None:
        """Let nothing more in, and wait some seconds for what is under way."""
        self._receive = self.ping = None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._empty.wait()

    async def enter(self, data: Mapping[str, Any]) -> bool:
        """Have an update kept; False if it is to be delivered again."""
        if self._receive is None:
            return False
        self._inside += 1
        self._empty.clear()
        try:
            await self._receive(data)
        except DatabaseError:
            return False
        finally:
            self._inside -= 1
            if not self._inside:
                self._empty.set()
        return True


@dataclass(frozen=True, slots=True)
class Hook:
    """The webhook's public address and its secret."""

    url: str
    secret: str

    @property
    def path(self) -> str:
        """Where it is served."""
        return unquote(urlsplit(self.url).path) or "/"


def application(door: Door, hook: Hook | None = None) -> Router:
    """What is served: how the program is, and the webhook if there is one."""

    async def take(request: Request) -> Response:
        return await _taken(request, door, hook.secret if hook else "")

    async def ready(_: Request) -> Response:
        return await _ready(door)

    routes = [
        Route("/healthz", _alive, methods=["GET"]),
        Route("/readyz", ready, methods=["GET"]),
        Route("/metrics", _metrics, methods=["GET"]),
    ]
    if hook is not None:
        # First: it is what is asked for most.
        routes.insert(0, Route(hook.path, take, methods=["POST"]))
    return Router(routes)


async def _taken(request: Request, door: Door, secret: str) -> Response:
    given = request.headers.get(SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode(), secret.encode()):
        return _refused(401, "the secret is missing or wrong: is it that of setWebhook?")
    try:
        body = await _body(request)
    except ClientDisconnect:
        return _refused(400, "broken off")
    if body is None:
        return _refused(413, "too large")
    data = parse(body)
    if data is None:
        return _refused(400, "no update")
    return Response(status_code=200 if await door.enter(data) else 503)


def _refused(status: int, reason: str) -> Response:
    metrics.REFUSED.labels(str(status)).inc()
    log.info("a request was refused", status=status, reason=reason)
    return Response(status_code=status)


async def _body(request: Request) -> bytes | None:
    """What was sent; None if it is too much. Raises ClientDisconnect."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


async def _alive(_: Request) -> Response:
    return PlainTextResponse("alive\n")


async def _ready(door: Door) -> Response:
    if door.ping is None:
        return PlainTextResponse("starting or ending\n", 503)
    try:
        async with asyncio.timeout(PING_SECONDS):
            await door.ping()
    except (DatabaseError, TimeoutError):
        return PlainTextResponse("no database\n", 503)
    return PlainTextResponse("ready\n")


async def _metrics(_: Request) -> Response:
    return Response(metrics.exposition(), media_type=metrics.CONTENT_TYPE)
