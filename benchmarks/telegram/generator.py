"""The process that is Telegram: posts updates to a webhook, and is the server that a bot calls.

It takes orders as JSON, one a line, and answers each with a line; ``control.py`` speaks to it.
"""

import asyncio
import gc
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import uvloop

from benchmarks.telegram import bot_api
from benchmarks.telegram.load import BrokenError, Load, Numbers, Order
from benchmarks.telegram.script import Scripts, Turn
from benchmarks.telegram.wire import Client, ServerConnection, request, response


class Telegram:
    """The server, and the one measurement that is under way."""

    def __init__(self) -> None:
        self._load: Load | None = None
        self._numbers = Numbers()
        self._strays = 0

    def answer(self, path: bytes, body: bytes, write: Callable[[bytes], None]) -> None:
        """Answer a call of the Bot API."""
        at = time.perf_counter()
        method = path.rpartition(b"/")[2].lower()
        load = self._load
        if load is None or method not in bot_api.MESSAGES:
            write(response(bot_api.plain_answer(method)))
            if method in bot_api.MESSAGES:
                self._strays += 1
            if method == bot_api.TAP_ANSWER and load is not None:
                load.taps_answered += 1
            return
        write(response(load.message(method, body)))
        load.replied(body, at)

    async def measure(self, order: Order, host: str, port: int, secret: str) -> dict[str, Any]:
        """Carry out an order: what was measured, or what went wrong."""
        address = f"{host}:{port}".encode()
        headers = f"X-Telegram-Bot-Api-Secret-Token: {secret}\r\n".encode()
        client = Client(host, port, self._done)
        load = Load(
            order,
            self._numbers,
            lambda body: client.post(request(b"/hook", address, headers, body)),
        )
        self._load, self._strays = load, 0
        try:
            found = await load.run()
            await client.settled()
        except BrokenError as error:
            return {"error": str(error)}
        finally:
            self._load = None
            client.close()
        if self._strays:
            return {"error": f"{self._strays} messages that nobody asked for"}
        return asdict(found)

    def _done(self, status: int) -> None:
        if status != 200 and self._load is not None:
            self._load.fail(f"the webhook answers with status {status}")


def _order(data: dict[str, Any]) -> Order:
    scripts = Scripts(
        tuple(_turn(turn) for turn in data["scripts"]["prepare"]),
        tuple(_turn(turn) for turn in data["scripts"]["cycle"]),
    )
    return Order(**{**data, "scripts": scripts})


def _turn(data: dict[str, Any]) -> Turn:
    return Turn(data["text"], tuple(data["expects"]), data["tap"])


async def main() -> None:
    """Serve until the orders end."""
    telegram, loop = Telegram(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: ServerConnection(telegram.answer), "127.0.0.1", 0)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    reader = asyncio.StreamReader(limit=2**24)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        told = json.loads(line)
        order = _order(told["order"])
        found = await telegram.measure(order, told["host"], told["port"], told["secret"])
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    gc.disable()  # its pauses would be measured; next to nothing it makes is a cycle
    uvloop.run(main())
