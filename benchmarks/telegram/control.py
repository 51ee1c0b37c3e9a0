"""The measuring process from outside: start it, give it orders, end it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import IO

from benchmarks.telegram.load import BrokenError, Found, Order


@dataclass(frozen=True, slots=True)
class Generator:
    """The measuring process; ``port`` is where its Bot API is."""

    port: int
    _orders: IO[str]
    _answers: IO[str]

    @property
    def api_base(self) -> str:
        """What a bot is told of it."""
        return f"http://127.0.0.1:{self.port}/bot"

    def measure(self, order: Order, port: int, secret: str) -> Found:
        """Measure the bot whose webhook is at this port. Raises BrokenError."""
        told = {"order": asdict(order), "host": "127.0.0.1", "port": port, "secret": secret}
        self._orders.write(json.dumps(told) + "\n")
        self._orders.flush()
        line = self._answers.readline()
        if not line:
            raise BrokenError("the measuring process is gone")
        answer = json.loads(line)
        if "error" in answer:
            raise BrokenError(answer["error"])
        return Found(**answer)


@contextmanager
def generator() -> Iterator[Generator]:
    """Start the measuring process; it ends with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.telegram.generator"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        port = json.loads(process.stdout.readline())["port"]
        yield Generator(port, process.stdin, process.stdout)
    finally:
        process.stdin.close()
        process.wait()
