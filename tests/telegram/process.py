"""The real program as a process that can be killed, stopped, paused and started again.

::

    with Program(telegram, "sqlite:////folder/file.db", tmp_path) as program:
        …                     # polling; webhook=True for a webhook; the program takes updates
        program.kill()        # kill -9; program.start() starts it again, on the same port
        assert program.stop() < 10   # SIGTERM: seconds until it ended, with exit status 0
        program.check(chat)   # the log holds no traceback, no secret, no word of these chats

Several share the work once a load balancer knows them: ``share(telegram, first, second)``.
"""

import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self

from program import SECRET, settings
from standin import Chat, StandIn

READY_SECONDS = 60.0
END_SECONDS = 30.0
PUBLIC = "https://bot.example"

# Below the ports that the system gives out by itself, so that nothing else takes one meanwhile.
_PORTS = range(20_000, 32_000)
_ANY_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SHORTEST_QUOTE = 12


class Process(Protocol):
    """What is asked of a process, as ``subprocess.Popen`` has it."""

    def poll(self) -> int | None:
        """Its status, negative for a signal; None while it runs."""

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended; gives its status."""

    def send_signal(self, number: int) -> None:
        """Send it a signal."""


Launch = Callable[[Mapping[str, str], Path], Process]
"""Begins a process with these variables, whose output is added to a file."""


def by_hand(environment: Mapping[str, str], output: Path) -> Process:
    """Begin the program as an operator does."""
    with output.open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", "telegram"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=dict(environment),
        )


@dataclass(eq=False)
class Program:
    """A process and its successors; ``more`` are variables of all of them.

    What they log is kept in ``folder``.
    """

    telegram: StandIn
    database: str
    folder: Path
    webhook: bool = False
    launch: Launch = by_hand
    more: Mapping[str, str] = field(default_factory=dict)
    process: Process | None = None

    def __post_init__(self) -> None:
        self.port = _free_port()
        self._log = self.folder / f"program-{self.port}.log"
        self._begun = self._asked = 0
        if self.webhook:
            share(self.telegram, self)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def address(self) -> str:
        """Where its webhook server listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """All that it has logged."""
        return self._log.read_text("utf-8") if self._log.exists() else ""

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self.process is not None and self.process.poll() is None

    def start(self, **more: str) -> Self:
        """Start it, with these variables for this once, and wait until it takes updates."""
        self.begin(**more)
        self.wait_ready()
        return self

    def begin(self, **more: str) -> None:
        """Start it and wait for nothing."""
        assert not self.running, "it runs already"
        self._begun = len(self.log)
        self._asked = len(self.telegram.called("getUpdates"))
        self.process = self.launch({**self._environment(), **self.more, **more}, self._log)

    def wait_ready(self) -> None:
        """Wait until it takes updates."""
        self.telegram.wait(lambda: self._ready() or not self.running, READY_SECONDS)
        assert self.running, f"it has ended: {self.log}"

    def kill(self) -> None:
        """End it as ``kill -9`` does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(END_SECONDS)

    def stop(self) -> float:
        """Ask it to end, as SIGTERM does; gives the seconds that it took to end with status 0."""
        assert self.process is not None
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(END_SECONDS)
        assert status == 0, f"it ended with {status}: {self.log}"
        return time.monotonic() - begun

    def pause(self) -> None:
        """Let it stand still, as on a machine that is out of breath."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def check(self, *chats: Chat) -> None:
        """The log holds no traceback, no secret, and nothing that was said in these chats."""
        log = self.log
        for unwanted in ("Traceback", self.telegram.token, SECRET):
            assert unwanted not in log
        assert _ANY_CHINESE.search(log) is None
        for chat in chats:
            for message in chat.everything:
                for line in message.text.splitlines():
                    assert len(line) < _SHORTEST_QUOTE or line not in log

    def _ready(self) -> bool:
        if self.webhook:
            known = self.telegram.webhook_info["url"].startswith(PUBLIC)
        else:
            known = len(self.telegram.called("getUpdates")) > self._asked
        return known and '"message": "started"' in self.log[self._begun :]

    def _environment(self) -> dict[str, str]:
        found = settings(self.telegram, self.folder, self.port)
        found |= {"AWARD_BOT_DATABASE_URL": self.database, "AWARD_BOT_LOG": "json"}
        if self.webhook:
            found["AWARD_BOT_WEBHOOK_URL"] = f"{PUBLIC}/telegram"
            found["AWARD_BOT_WEBHOOK_SECRET"] = SECRET
        return found


def share(telegram: StandIn, *programs: Program) -> None:
    """Deliver to these webhooks in turn, as a load balancer does."""
    telegram.balance(PUBLIC, *(program.address for program in programs))


def _free_port() -> int:
    while True:
        port = random.choice(_PORTS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
