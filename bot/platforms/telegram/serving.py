"""The web server beside everything else, in the same event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator, Generator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.routing import Router

from bot.config import Listen
from bot.errors import ConfigError

STOP_SECONDS = 1
_WAITING_CONNECTIONS = 2048


class _Server(uvicorn.Server):
    """Uvicorn's, which leaves signals to the program."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


@asynccontextmanager
async def serving(app: Router, listen: Listen) -> AsyncIterator[Listen]:
    """Serve meanwhile; gives where. At the end requests under way are answered.

    Raises ConfigError if nothing can listen there.
    """
    listener = _bound(listen)
    host, port = listener.getsockname()[:2]  # who connects already waits a moment
    config = uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield Listen(host, port)
    finally:
        server.should_exit = True
        await task


def _bound(listen: Listen) -> socket.socket:
    try:
        family, *_, address = socket.getaddrinfo(
            listen.host, listen.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address, family=family, backlog=_WAITING_CONNECTIONS)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no name of a machine"
        raise ConfigError(
            f"AWARD_BOT_LISTEN: expected an address of this machine and a free port: {reason}"
        ) from None
