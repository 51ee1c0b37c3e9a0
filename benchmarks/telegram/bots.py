"""The bots that are measured, each a process of its own."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).parents[2]
SECRET = "a-secret-of-this-benchmark"  # noqa: S105 - it protects nothing

# More than any of them can send: it is not Telegram's limit that is measured.
SENDS_PER_SECOND = 10_000
START_SECONDS = 60.0
STOP_SECONDS = 20.0
NOT_FOUND = 404
PAGES = ("/healthz", "/readyz")
SHOWN = 3000  # characters of the log of a bot that fails


@dataclass(frozen=True, slots=True)
class Bot:
    """How to start a bot: ``module`` with ``arguments``, and what it is told by the environment.

    ``label`` is for a reader. ``echoes``: it repeats what it is told.
    """

    name: str
    label: str
    module: str
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    echoes: bool = True

    def against(self, url: str) -> "Bot":
        """The same on this database."""
        return replace(self, environment={**self.environment, "AWARD_BOT_DATABASE_URL": url})


_PTB, _AIOGRAM = "benchmarks.telegram.echo_ptb", "benchmarks.telegram.echo_aiogram"

NOTHING = Bot("nothing", "a webhook that does nothing", "benchmarks.telegram.noop")
PTB = Bot("ptb", "python-telegram-bot, echo, as it comes", _PTB)
AIOGRAM = Bot("aiogram", "aiogram, echo, as it comes", _AIOGRAM)
ECHOES = (
    NOTHING,
    PTB,
    Bot("ptb-concurrent", "  with concurrent updates", _PTB, environment={"ECHO": "concurrent"}),
    Bot(
        "ptb-aiohttp",
        "  with concurrent updates, on aiohttp",
        _PTB,
        environment={"ECHO": "concurrent aiohttp"},
    ),
    AIOGRAM,
    Bot("aiogram-uvloop", "  on uvloop", _AIOGRAM, environment={"ECHO": "uvloop"}),
)
ON_SQLITE = Bot("award-bot-sqlite", "award-bot, SQLite", "bot", ("telegram",), echoes=False)
ON_POSTGRES = Bot(
    "award-bot-postgresql", "award-bot, PostgreSQL", "bot", ("telegram",), echoes=False
)
BOTS = (*ECHOES, ON_SQLITE, ON_POSTGRES)


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is up: ``port`` is its webhook's.

    ``alive`` and ``ready`` are the seconds that it took to say so of itself.
    """

    bot: Bot
    port: int
    pid: int
    alive: float
    ready: float

    def memory(self) -> float:
        """What it holds in memory, in megabytes."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6

    def processor(self) -> float:
        """How many seconds of a processor it has used, all threads together."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(bot: Bot, api_base: str, wrapped: Sequence[str] = ()) -> Iterator[Running]:
    """Start a bot, wait until it answers, and end it with the block.

    ``wrapped`` stands between Python and the bot, such as ``-m cProfile``. Raises RuntimeError if
    it does not come up, or does not go.
    """
    port = _free_port()
    told = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", "/"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "TELEGRAM_BOT_TOKEN": "1:benchmark",
        "TELEGRAM_API_BASE": api_base,
        "AWARD_BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "AWARD_BOT_WEBHOOK_SECRET": SECRET,
        "AWARD_BOT_LISTEN": f"127.0.0.1:{port}",
        "AWARD_BOT_SENDS_PER_SECOND": str(SENDS_PER_SECOND),
        **bot.environment,
    }
    command = [sys.executable, *wrapped, "-m", bot.module, *bot.arguments]
    start = time.perf_counter()
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL, stderr=log)
        try:
            alive, ready = (_wait(process, bot, port, page) - start for page in PAGES)
            yield Running(bot, port, process.pid, alive, ready)
        except BaseException:
            log.seek(0)
            print(log.read()[-SHOWN:], file=sys.stderr)
            raise
        finally:
            _end(process, bot)


def _end(process: subprocess.Popen[bytes], bot: Bot) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise RuntimeError(f"{bot.name} did not end in {STOP_SECONDS:.0f} s") from None


def _wait(process: subprocess.Popen[bytes], bot: Bot, port: int, page: str) -> float:
    give_up = time.perf_counter() + START_SECONDS
    # An echo bot has no such page, and says so.
    well = {200, NOT_FOUND} if bot.echoes else {200}
    while time.perf_counter() < give_up:
        if process.poll() is not None:
            raise RuntimeError(f"{bot.name} ended with status {process.returncode}")
        if _status(port, page) in well:
            return time.perf_counter()
        time.sleep(0.002)
    raise RuntimeError(f"{bot.name} was not up in {START_SECONDS:.0f} s")


def _status(port: int, page: str) -> int | None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", page)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
