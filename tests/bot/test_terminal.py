"""The console in a real (pseudo) terminal."""

import os
import pty
import re
import select
import subprocess
import sys
import termios
from collections.abc import Iterator

import pytest
from sqlalchemy.engine import URL
from wcwidth import wcswidth

ROWS, COLUMNS = 30, 40
CTRL_C, CTRL_D = b"\x03", b"\x04"
PROMPT = b"\x1b[?2004h"  # bracketed paste is switched on whenever a line is asked for
PATIENCE = 60  # seconds until a program that says nothing is taken to hang
GOODBYE = "您的回答都保存好了"


class Screen:
    """A terminal of 30 lines of 40 columns with the program in it."""

    def __init__(self, command: list[str]) -> None:
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (ROWS, COLUMNS))
        # Nobody is there to answer when the program asks where the cursor is.
        env = {**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
        for name in ("NO_COLOR", "COLUMNS", "LINES"):
            env.pop(name, None)
        self._program = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True
        )
        os.close(theirs)
        self._shown = b""

    def type(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._ours, keys)

    def wait_for(self, text: str) -> str:
        """Wait until a text has been shown; gives all that has been shown, without colours."""
        while text not in self._plain():
            self._read()
        return self._plain()

    def wait_for_prompt(self, number: int) -> None:
        """Wait until a line is asked for the first, second … time; only then are keys its own."""
        while self._shown.count(PROMPT) < number:
            self._read()

    def _read(self) -> None:
        ready, _, _ = select.select([self._ours], [], [], PATIENCE)
        assert ready, f"nothing more comes; shown: {self._plain()}"
        self._shown += os.read(self._ours, 65536)

    def _plain(self) -> str:
        text = self._shown.decode("utf-8", "ignore")
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)

    def left(self) -> int:
        """Wait for the program to end; gives its exit status."""
        return self._program.wait()

    def close(self) -> None:
        """Switch it off."""
        self._program.kill()
        self._program.wait()
        os.close(self._ours)


@pytest.fixture
def screen(talker: str, file_url: URL) -> Iterator[Screen]:
    """The program, talking in a terminal."""
    screen = Screen([sys.executable, talker, file_url.render_as_string()])
    yield screen
    screen.close()


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_a_person_can_talk_and_leave(screen: Screen, key: bytes) -> None:
    """It greets and answers; Ctrl-C and Ctrl-D leave with a goodbye and exit status 0."""
    screen.wait_for("您好")
    screen.wait_for_prompt(1)
    screen.type("你好\r".encode())
    screen.wait_for("第1句：你好")
    screen.wait_for_prompt(2)
    screen.type(key)
    screen.wait_for(GOODBYE)
    assert screen.left() == 0


def test_long_lines_are_wrapped_by_their_width(screen: Screen) -> None:
    """Chinese characters are two columns wide: no line that is shown is wider than the screen."""
    screen.wait_for_prompt(1)
    screen.type(("长" * 100 + "完").encode() + b"\r")
    screen.wait_for("第1句")
    shown = screen.wait_for("2. 否")
    answer = shown[shown.index("第1句") : shown.index("1. 是")].splitlines()
    assert "".join(answer).replace(" ", "") == "第1句：" + "长" * 100 + "完"
    assert all(wcswidth(line) <= COLUMNS for line in answer)


def test_commands_are_completed(screen: Screen) -> None:
    """The beginning of a command is completed with the tabulator, once it is offered."""
    screen.wait_for_prompt(1)
    screen.type(b"/me")
    screen.wait_for("回到开头")
    screen.type(b"\t\r")
    screen.wait_for("Command(name='menu'")
