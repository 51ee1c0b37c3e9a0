"""A webhook that does nothing but send back what it is told: what the measuring itself can bear."""

import asyncio
import os
from collections.abc import Callable

import uvloop

from benchmarks.telegram import bot_api
from benchmarks.telegram.wire import Client, ServerConnection, request, response

_TEXT = b'"text":"'


async def main() -> None:
    """Serve for ever."""
    loop = asyncio.get_running_loop()
    root = os.environ["TELEGRAM_API_BASE"].partition("//")[2]
    address, _, path = root.partition("/")
    host, _, port = address.partition(":")
    client = Client(host, int(port), lambda _status: None)
    method = f"/{path}{os.environ['TELEGRAM_BOT_TOKEN']}/sendMessage".encode()

    def answer(_path: bytes, body: bytes, write: Callable[[bytes], None]) -> None:
        write(response(b"{}"))
        if not body:
            return
        chat = bot_api.sender(body)
        text = body[body.index(_TEXT) + len(_TEXT) :].partition(b'"')[0]
        message = b'{"chat_id":%d,"text":"%b"}' % (chat, text)
        client.post(request(method, address.encode(), b"", message))

    listen = os.environ["AWARD_BOT_LISTEN"].partition(":")
    server = await loop.create_server(
        lambda: ServerConnection(answer), listen[0], int(listen[2])
    )  # fmt: skip
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
