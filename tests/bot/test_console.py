"""The console as a process: pipes, crashes and signals."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from bot.platforms.console import Stop

Talk = Callable[[bytes], str]
CHOICES = "1. 是\n2. 否\n"


@pytest.fixture
def command(talker: str, file_url: URL) -> list[str]:
    """The program, talking on the test's file."""
    return [sys.executable, talker, file_url.render_as_string()]


@pytest.fixture
def talk(command: list[str]) -> Talk:
    """Give the program its input, get what it prints; it must end well, without complaint."""

    def talk(typed: bytes) -> str:
        # A locale in which Chinese cannot be written: the transcript is UTF-8 all the same.
        env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
        done = subprocess.run(command, input=typed, capture_output=True, check=False, env=env)
        assert (done.returncode, done.stderr) == (0, b"")
        return done.stdout.decode("utf-8")

    return talk


def test_a_transcript_can_be_piped_through(talk: Talk) -> None:
    """Each line is answered in plain text with a blank line after it; blank lines are nothing."""
    printed = talk("你好\n\n  \n/day 2027\n".encode())
    assert printed == (
        f"您好\n\n第1句：你好\n{CHOICES}\n第2句：Command(name='day', argument='2027')\n{CHOICES}\n"
    )


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("没有换行".encode(), "没有换行"),
        ("视窗\r\n".encode(), "视窗"),
        ("\ufeff开头\n".encode(), "开头"),
        (b"\xff\xfe?\n", "\ufffd\ufffd?"),
        (b"a\0b\x1b[2J\n", "ab[2J"),
        (("长" * 12_000).encode(), "长" * 12_000),
    ],
)
def test_any_bytes_are_read(talk: Talk, typed: bytes, heard: str) -> None:
    """Whatever bytes come in, the line is heard as well as it can be read."""
    assert talk(typed) == f"您好\n\n第1句：{heard}\n{CHOICES}\n"


def test_a_conversation_goes_on_where_it_was_left(talk: Talk) -> None:
    """A chat that exists is not greeted anew but told where it stands, its answers kept."""
    talk("一\n二\n".encode())
    assert talk("三\n".encode()) == f"已经说了2句\n\n第3句：三\n{CHOICES}\n"


def test_what_was_kept_before_a_crash_is_shown_once(command: list[str], talk: Talk) -> None:
    """Killed after the answer was kept and before it was shown: it is shown at the next start."""
    killed = subprocess.run([*command, "一"], capture_output=True, check=False)
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, b"")
    assert talk(b"") == f"第1句：一\n{CHOICES}\n"
    assert talk(b"") == "已经说了1句\n\n"


def test_what_was_not_kept_before_a_crash_has_not_happened(command: list[str], talk: Talk) -> None:
    """Killed in the middle of a step: the state is as before, and the next line is dealt with."""
    talk("一\n".encode())
    killed = subprocess.run(command, input="死\n".encode(), capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert talk("二\n".encode()) == f"已经说了1句\n\n第2句：二\n{CHOICES}\n"


def test_a_step_that_fails_does_not_end_the_conversation(command: list[str]) -> None:
    """After a failed step the next line is answered, and no log quotes what was typed."""
    typed = "坏\n二\n".encode()
    done = subprocess.run(command, input=typed, capture_output=True, check=False)
    assert done.returncode == 0
    assert "抱歉" in done.stdout.decode()
    assert "第1句：二" in done.stdout.decode()
    assert "坏" not in done.stderr.decode()


def test_a_reader_that_goes_away_ends_it_quietly(command: list[str], talk: Talk) -> None:
    """If nobody reads any more the program ends without a word, and keeps what is unsaid."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command, input="一\n".encode(), stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")
    assert talk(b"") == "您好\n\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("pause", [0, 0.5])
def test_a_signal_ends_it_politely(
    command: list[str], talk: Talk, number: signal.Signals, pause: float
) -> None:
    """Ctrl-C or SIGTERM, at once or while it waits for a line: exit status 0, nothing lost."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("一\n".encode())
        process.stdin.flush()
        lines = [process.stdout.readline().decode() for _ in range(6)]
        time.sleep(pause)
        process.send_signal(number)
        process.wait(60)  # its input stays open meanwhile
        _, complaints = process.communicate()
    assert lines[2] == "第1句：一\n"
    assert (process.returncode, complaints) == (0, b"")
    assert talk(b"") == "已经说了1句\n\n"


def test_a_signal_interrupts_waiting_but_not_work() -> None:
    """A signal ends the waiting for a line; what is under way is finished first."""
    stop = Stop()
    stop.on_signal(signal.SIGTERM, None)
    assert stop.asked
    stop.waiting = True
    with pytest.raises(KeyboardInterrupt):
        stop.on_signal(signal.SIGTERM, None)


def test_a_second_terminal_on_the_same_file_is_refused(command: list[str], file: Path) -> None:
    """While one terminal talks, a second one on the same file is told so; the first goes on."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline().decode() == "您好\n"
        second = subprocess.run(command, input=b"", capture_output=True, check=False)
        printed, _ = first.communicate("一\n".encode())
    assert second.returncode == 1
    assert f"{file}: in use by another award-bot" in second.stderr.decode()
    assert "第1句：一" in printed.decode()


def test_standard_input_may_be_missing(command: list[str]) -> None:
    """If the caller has closed standard input, it greets and ends."""
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *command],  # noqa: S607 - any shell will do
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout.decode()) == (0, "您好\n\n")


def test_updates_are_noted_without_their_text(talk: Talk, file: Path) -> None:
    """Of each line it is noted that it was dealt with, under an id of its own."""
    talk("一\n一\n".encode())
    with closing(sqlite3.connect(file)) as connection:
        ids = connection.execute("SELECT update_id FROM inbound").fetchall()
    assert len(set(ids)) == 3
