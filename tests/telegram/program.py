"""The program on Telegram as a process, as it is started by hand."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from standin import StandIn

SECRET = "made-up-secret"  # noqa: S105 - no secret
SECONDS = 60
MODES = ("polling", "webhook")

Environment = dict[str, str]


def settings(telegram: StandIn, file: Path, port: int) -> Environment:
    """The settings for polling, with a server at a port that says how the program is."""
    ours = ("AWARD_BOT_", "TELEGRAM_")
    rest = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return rest | {
        "TELEGRAM_API_BASE": telegram.base,
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "AWARD_BOT_DATABASE_URL": f"sqlite:///{file}",
        "AWARD_BOT_LISTEN": f"127.0.0.1:{port}",
    }


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found: int = listener.getsockname()[1]
        return found


def in_mode(mode: str, environment: Environment) -> Environment:
    """The same settings for polling, or for a webhook."""
    if mode == "polling":
        return environment
    address = f"http://{environment['AWARD_BOT_LISTEN']}/telegram"
    hook = {"AWARD_BOT_WEBHOOK_URL": address, "AWARD_BOT_WEBHOOK_SECRET": SECRET}
    return environment | hook


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "bot", "telegram", *words]


def done(environment: Environment, *words: str) -> subprocess.CompletedProcess[str]:
    """The program, run to its end."""
    return subprocess.run(
        _command(*words),
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=environment,
        timeout=SECONDS,
    )


class Running:
    """The program, running; what it says goes to a file."""

    def __init__(self, process: subprocess.Popen[bytes], output: Path) -> None:
        self.process = process
        self._output = output

    @property
    def said(self) -> str:
        """All that it has said so far."""
        return self._output.read_text(encoding="utf-8")

    def wait(self, until: Callable[[], object]) -> None:
        """Wait until something is so. Raises TimeoutError, also if the program has ended."""
        deadline = time.monotonic() + SECONDS
        while not until():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise TimeoutError(self.said)
            time.sleep(0.01)

    def end(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Ask it to end; gives its exit status and how long it took."""
        begun = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(SECONDS), time.monotonic() - begun


@contextmanager
def running(environment: Environment, folder: Path) -> Iterator[Running]:
    """The program runs meanwhile; at the end it is killed if it still does."""
    with (folder / "said.txt").open("wb") as output:
        process = subprocess.Popen(
            _command(), env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            yield Running(process, folder / "said.txt")
        finally:
            process.kill()
            process.wait(SECONDS)


def status_of(environment: Environment, path: str) -> int:
    """What the program's server answers; 0 if there is none."""
    address = f"http://{environment['AWARD_BOT_LISTEN']}{path}"
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as answer:
            found: int = answer.status
            return found
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
