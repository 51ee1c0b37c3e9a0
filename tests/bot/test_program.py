"""The program itself, as it is started by hand."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest


def _chat(url: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "AWARD_BOT_DATABASE_URL": url},
    )


def test_a_chat_can_be_piped_and_is_taken_up_again(file: Path) -> None:
    """It greets, answers each line in plain text, and the next time goes on instead of greeting."""
    url = f"sqlite:///{file}"
    first = _chat(url, "/start jian\n/help\n")
    assert first.returncode == 0
    assert first.stderr == f"{file}\n"
    assert len(first.stdout.split("\n\n")) > 3
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f]", first.stdout) is None
    again = _chat(url)
    assert again.returncode == 0
    assert again.stdout.strip()
    assert again.stdout != _chat("sqlite://").stdout


@pytest.mark.parametrize("typed", ["", "\n", "???\n", "/\n", "/nosuch\n", "2\n", "字" * 20_000])
def test_whatever_is_typed_is_answered(typed: str) -> None:
    """No line ends the program, and none is met with a failure."""
    done = _chat("sqlite://", typed)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert "failed" not in done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("mysql://office:secret@db/award", r"award-bot: AWARD_BOT_DATABASE_URL: expected .*"),
        ("postgresql://office:secret@127.0.0.1:1/award", r"award-bot: .*"),
        ("sqlite:///{folder}", r"award-bot: .*: not a file"),
        ("sqlite:///{folder}/garbage", r"award-bot: .*garbage: .*not a database"),
    ],
)
def test_what_the_operator_can_mend_is_told_in_one_line(
    tmp_path: Path, url: str, line: str
) -> None:
    """A wrong setting or an unusable database: one line without secrets, exit status 2."""
    (tmp_path / "garbage").write_bytes(b"minutes of the meeting\n" * 100)
    done = _chat(url.format(folder=tmp_path))
    assert done.returncode == 2
    assert done.stdout == ""
    assert re.fullmatch(line, done.stderr.splitlines()[-1])
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
