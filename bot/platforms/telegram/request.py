"""How the Bot API is called: aiohttp under python-telegram-bot.

The address of every call holds the token. So no error of aiohttp, which would name the address,
leaves this file: only what kind it was.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# A token that is not known, a file that is too large, too many requests: whoever says so.
_MEANT_AS_SAID = (401, 404, 413, 429)
CONNECTIONS = 64
"""How many calls can be under way at once; others wait for their turn."""

_written = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How many seconds each stage of a call may take; None waits for ever.

    All of them together are less than what is left of the time for which a chat is held.
    """

    read: float | None = 9
    write: float | None = 2
    connect: float | None = 4
    pool: float | None = 3


class AiohttpRequest(BaseRequest):
    """One session whose connections are kept."""

    def __init__(
        self,
        connections: int = CONNECTIONS,
        timeouts: Timeouts | None = None,
        proxy: str | None = None,
    ) -> None:
        self._connections = connections
        self._timeouts = timeouts or Timeouts()
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """How long an answer may take."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913, PLR0917 - as the library has it
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 - as the library has them
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        """Call, and give status and body. Raises TimedOut or NetworkError, without the address."""
        if self._session is None:
            raise RuntimeError("not initialized")
        usual = self._timeouts
        timeout = _timeout(
            Timeouts(
                read=_given(read_timeout, usual.read),
                write=_given(write_timeout, usual.write),
                connect=_given(connect_timeout, usual.connect),
                pool=_given(pool_timeout, usual.pool),
            )
        )
        body = _body(request_data)
        failure: TelegramError
        try:
            async with self._session.request(
                method, url, data=body, timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, _readable(response.status, await response.read())
        except aiohttp.ConnectionTimeoutError:
            failure = TimedOut("no connection in time")
        except TimeoutError:
            failure = TimedOut("no answer in time")
        except (aiohttp.ClientError, OSError, ValueError) as error:
            failure = NetworkError(f"the call failed: {_kind(error)}")
        # Raised here and not above: there it would carry the original, which names the address.
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer. Raises NetworkError; unlike the library, without logging the answer."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or not answer.keys() & {"result", "description"}:
            raise NetworkError("the answer is not the Bot API's")
        return answer


def proxy_for(url: str) -> str | None:
    """The proxy that the environment (https_proxy, no_proxy …) sets for an address, if any."""
    parts = urlsplit(url)
    proxy = getproxies().get(parts.scheme)
    return None if proxy is None or proxy_bypass(parts.netloc) else proxy


def _given(value: Any, default: float | None) -> float | None:  # noqa: ANN401 - see do_request
    if value is BaseRequest.DEFAULT_NONE:
        return default
    return None if value is None else float(value)


@lru_cache
def _timeout(of: Timeouts) -> aiohttp.ClientTimeout:
    # A server that answers byte by byte is given up too, hence the sum of all.
    return aiohttp.ClientTimeout(
        total=_sum(of.pool, of.connect, of.write, of.read),
        connect=_sum(of.pool, of.connect),
        sock_connect=of.connect,
        sock_read=of.read,
    )


def _sum(*seconds: float | None) -> float | None:
    known = [each for each in seconds if each is not None]
    return sum(known) if len(known) == len(seconds) else None


def _body(data: RequestData | None) -> aiohttp.BytesPayload | aiohttp.FormData | None:
    if data is None:
        return None
    if not data.contains_files:
        # A lone surrogate is no character that could be sent.
        text = _written(data.parameters).encode("utf-8", "replace")
        return aiohttp.BytesPayload(text, content_type="application/json")
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


def _readable(status: int, payload: bytes) -> bytes:
    # The library quotes an error's body that it can't read, a whole page perhaps, in its message.
    # And a page of something in between, a proxy perhaps, says nothing of the message or the chat.
    if status >= 300:
        try:
            AiohttpRequest.parse_json_payload(payload)
        except TelegramError:
            if status in _MEANT_AS_SAID:
                return b'{"description": ""}'
            raise NetworkError(f"{_phrase(status)} ({status})") from None
    return payload


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown status"


def _kind(error: Exception) -> str:
    # What the system says of a connection; it knows hosts and ports but no addresses.
    said = error.strerror if isinstance(error, OSError) else None
    return f"{type(error).__name__} ({said})" if said else type(error).__name__
