"""Processes of the program that begin at once: it is loaded only once, and then forked.

As a script it begins a process for each order on its input; ``Nursery`` is the tests' side.
"""

import asyncio
import importlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from killable import TELEGRAM, prepare
from sqlalchemy import make_url

# What the program imports only when it is needed.
LOADED = (
    f"{TELEGRAM}.start",
    "cn2an",
    "psycopg",
    "uvicorn.protocols.http.httptools_impl",
    "uvloop",
)


def serve() -> None:
    """Begin processes and tell how they are, as the lines of standard input say."""
    from bot.__main__ import main  # noqa: PLC0415 - only here is the program loaded

    for name in LOADED:
        importlib.import_module(name)
    _warm_up()
    print("ready", flush=True)  # noqa: T201 - told to the tests
    for line in sys.stdin:
        order = json.loads(line)
        if "poll" in order:
            print(json.dumps(_status(order["poll"])), flush=True)  # noqa: T201 - the same
        elif child := os.fork():
            print(child, flush=True)  # noqa: T201 - the same
        else:
            _become(main, order["begin"], order["output"])


def _warm_up() -> None:
    """Do for all processes what each would do only once: read awards, compile, make a schema."""
    from bot.database import open_database  # noqa: PLC0415 - as above
    from conversations.model import LOCALES, Command, Said, State  # noqa: PLC0415 - as above
    from conversations.step import step  # noqa: PLC0415 - as above

    async def make_schema() -> None:
        await (await open_database(make_url("sqlite://"), alone=False)).close()

    asyncio.run(make_schema())
    now = datetime(2026, 11, 20, tzinfo=UTC)
    for locale in LOCALES:
        state, _ = step(State(locale), Command("start", "jian_individual"), now)
        for text in ("2026年12月1日", "五年前", "三级", "有", "看目前结果", "请问奖金多少？"):
            state, _ = step(state, Said(text), now)


def _status(child: int) -> int | None:
    found, status = os.waitpid(child, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def _become(main: Callable[[], None], environment: Mapping[str, str], output: str) -> None:
    status: object = 1
    try:
        os.environ.clear()
        os.environ.update(environment)
        log = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for number, file in enumerate((os.open(os.devnull, os.O_RDONLY), log, log)):
            os.dup2(file, number)
        sys.argv[1:] = ["telegram"]
        prepare(environment)
        main()
    except SystemExit as end:
        status = end.code
    except BaseException as error:  # noqa: BLE001 - shown, and told by the status
        sys.excepthook(type(error), error, error.__traceback__)
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 0)


class Child:
    """A process of the nursery, as ``subprocess.Popen`` has it."""

    def __init__(self, nursery: "Nursery", number: int) -> None:
        self._nursery, self._number = nursery, number
        self._status: int | None = None

    def poll(self) -> int | None:
        """Its status, negative for a signal; None while it runs."""
        if self._status is None:
            self._status = self._nursery.ask(poll=self._number)
        return self._status

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended; gives its status. Raises TimeoutError."""
        end = None if timeout is None else time.monotonic() + timeout
        while (status := self.poll()) is None:
            if end is not None and time.monotonic() > end:
                raise TimeoutError("it has not ended")
            time.sleep(0.005)
        return status

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.poll() is None:
            os.kill(self._number, number)


class Nursery:
    """Begins processes; used as a context."""

    def __enter__(self) -> Self:
        self._turn = threading.Lock()
        self._server = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._server.stdout is not None
        assert self._server.stdout.readline() == "ready\n"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.communicate(timeout=30)

    def begin(self, environment: Mapping[str, str], output: Path) -> Child:
        """A new process, prepared as its variables say; a ``process.Launch``."""
        number = self.ask(begin=dict(environment), output=str(output))
        assert number is not None
        return Child(self, number)

    def ask(self, **order: object) -> int | None:
        """Give an order and read what is answered."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        with self._turn:
            self._server.stdin.write(json.dumps(order) + "\n")
            self._server.stdin.flush()
            found: int | None = json.loads(self._server.stdout.readline())
        return found


if __name__ == "__main__":
    serve()
