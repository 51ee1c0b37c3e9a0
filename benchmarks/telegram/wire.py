"""HTTP with as little work as possible: a server's connections, and a client that keeps its own.

Whoever measures on the same two cores as the bot must not take much of them.
"""

import asyncio
from collections.abc import Callable
from typing import cast

from httptools import HttpRequestParser, HttpResponseParser

Answer = Callable[[bytes, bytes, Callable[[bytes], None]], None]
"""Takes a request's path and body, and the function that writes the response."""

Done = Callable[[int], None]
"""Takes a response's status; 0: the connection was lost before it came."""


def response(body: bytes, status: bytes = b"200 OK") -> bytes:
    """A whole response with a JSON body."""
    return (
        b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
        % (status, len(body), body)
    )  # fmt: skip


def request(path: bytes, host: bytes, headers: bytes, body: bytes) -> bytes:
    """A whole POST with a JSON body; ``headers`` are lines with their ends."""
    return (
        b"POST %b HTTP/1.1\r\nHost: %b\r\nContent-Type: application/json\r\n%bContent-Length: %d"
        b"\r\n\r\n%b" % (path, host, headers, len(body), body)
    )


class ServerConnection(asyncio.Protocol):
    """A connection that somebody has opened to us."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._parser = HttpRequestParser(self)
        self._path = self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection is there."""
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        """Something has come."""
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        """The parser has read a path, or a piece of it."""
        self._path += url

    def on_body(self, body: bytes) -> None:
        """The parser has read a body, or a piece of it."""
        self._body += body

    def on_message_complete(self) -> None:
        """The parser has read a whole request."""
        path, body = self._path, self._body
        self._path = self._body = b""
        self._answer(path, body, self._write)

    def _write(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(data)


class _ClientConnection(asyncio.Protocol):
    """A connection that we have opened; it carries one request at a time."""

    def __init__(self, client: "Client") -> None:
        self._client = client
        self._parser = HttpResponseParser(self)
        self.busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        self.busy = False
        self._client.free(self, self._parser.get_status_code())

    def connection_lost(self, _error: Exception | None) -> None:
        self._client.lost(self)


class Client:
    """Posts to one address, on as many connections as there are requests under way."""

    def __init__(self, host: str, port: int, done: Done) -> None:
        self._host, self._port, self._done = host, port, done
        self._idle: list[_ClientConnection] = []
        self._opening: set[asyncio.Task[None]] = set()
        self.under_way = 0

    def post(self, data: bytes) -> None:
        """Send a whole request; its response's status is given to ``done``."""
        self.under_way += 1
        if self._idle:
            self._send(self._idle.pop(), data)
            return
        task = asyncio.get_running_loop().create_task(self._open(data))
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)

    async def _open(self, data: bytes) -> None:
        loop = asyncio.get_running_loop()
        try:
            _, made = await loop.create_connection(
                lambda: _ClientConnection(self), self._host, self._port
            )
        except OSError:
            self.under_way -= 1
            self._done(0)
            return
        self._send(made, data)

    def _send(self, connection: _ClientConnection, data: bytes) -> None:
        connection.busy = True
        connection.transport.write(data)

    def free(self, connection: _ClientConnection, status: int) -> None:
        """A connection has brought its response and can be used again."""
        self.under_way -= 1
        if not connection.transport.is_closing():
            self._idle.append(connection)
        self._done(status)

    def lost(self, connection: _ClientConnection) -> None:
        """A connection is closed."""
        if connection in self._idle:
            self._idle.remove(connection)
        if connection.busy:
            connection.busy = False
            self.under_way -= 1
            self._done(0)

    async def settled(self) -> None:
        """Wait until no request is under way, for some seconds."""
        for _ in range(500):
            if not self.under_way:
                return
            await asyncio.sleep(0.01)

    def close(self) -> None:
        """Close the connections that are idle."""
        for connection in self._idle:
            connection.transport.close()
        self._idle.clear()
