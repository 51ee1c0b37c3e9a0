"""The chat of the terminal in processes that begin at once, by a clock that stands still.

It is loaded only once, and then forked. Each line of standard input is an order, as JSON: a process
talks on the database ``url``; in its ``folder`` stands what is typed, and there it leaves what is
printed and logged. Its exit status is the answer. What is printed holds a mark wherever a line is
read, so that one sees what was said in answer to which. Of the ``moments`` the first is that of its
start, the others those at which the lines are typed; the last one lasts.
"""

import asyncio
import importlib
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import make_url

MARK = b"\x1e"
"""No message holds a control character."""
LONGEST_SECONDS = 120
"""A process that does not end by then is killed: the tests wait for it."""
# What the program imports only when it is needed.
LOADED = ("bot.platforms.console", "conversations.step", "cn2an", "alembic.command")


@dataclass(slots=True)
class Clock:
    """It stands still at the first of some moments until it goes on to the next."""

    moments: list[datetime]

    def __call__(self) -> datetime:
        """The present moment."""
        return self.moments[0]

    def go_on(self) -> None:
        """It is the next moment, if there is one."""
        if len(self.moments) > 1:
            self.moments.pop(0)


@dataclass(frozen=True, slots=True)
class Typed:
    """Stands for standard input."""

    file: BinaryIO
    clock: Clock

    @property
    def buffer(self) -> "Typed":
        """What gives its bytes."""
        return self

    def isatty(self) -> bool:
        """Nobody is there."""
        return False

    def readline(self) -> bytes:
        """The next line; that it is asked for shows in what is printed."""
        sys.stdout.buffer.write(MARK)
        sys.stdout.buffer.flush()
        self.clock.go_on()
        return self.file.readline()


def serve() -> None:
    """Begin a process for each order, and tell how it ended."""
    from bot.__main__ import main  # noqa: PLC0415 - only here is the program loaded

    _warm_up()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _become(main, json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201 - told to the tests


def _warm_up() -> None:
    """Do for all processes what each would do only once."""
    from bot.database import open_database  # noqa: PLC0415 - as above
    from rules.load import load_awards  # noqa: PLC0415 - as above

    for name in LOADED:
        importlib.import_module(name)
    load_awards()

    async def make_schema() -> None:
        await (await open_database(make_url("sqlite://"), alone=False)).close()

    asyncio.run(make_schema())


def _become(main: Callable[[], None], order: Mapping[str, Any]) -> None:
    status: object = 1
    signal.alarm(LONGEST_SECONDS)
    try:
        folder = Path(order["folder"])
        clock = Clock([datetime.fromisoformat(each).astimezone(UTC) for each in order["moments"]])
        for number, name in enumerate(("printed", "logged"), 1):
            file = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(file, number)
        sys.stdin = Typed((folder / "typed").open("rb"), clock)
        sys.argv[1:] = ["chat"]
        os.environ["AWARD_BOT_DATABASE_URL"] = order["url"]
        real: Any = importlib.import_module("bot.clock")
        real.now = clock
        main()
    except SystemExit as end:
        status = 0 if end.code is None else end.code
    except BaseException as error:  # noqa: BLE001 - shown, and told by the status
        sys.excepthook(type(error), error, error.__traceback__)
    else:
        status = 0
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 1)


if __name__ == "__main__":
    serve()
