"""A terminal at which the program's own processes talk, one after the other on the same file."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from conversations.model import State

SCRIPT = Path(__file__).parent / "bot" / "timed_chat.py"
MARK = "\x1e"
_ANY_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Terminal:
    """Somebody's terminal: processes one after the other, on the same file."""

    server: subprocess.Popen[str]
    folder: Path

    @property
    def url(self) -> str:
        """The database, as the program's setting names it."""
        return f"sqlite:///{self.folder}/award-bot.db"

    def talk(
        self, moment: datetime, lines: Sequence[str], later: Sequence[datetime] = ()
    ) -> list[str]:
        """What a process prints at its start, and in answer to each line; then it ends well.

        ``later`` are the moments at which the lines are typed, if that is not at its start.
        """
        (self.folder / "typed").write_text("".join(f"{line}\n" for line in lines), "utf-8")
        moments = [each.isoformat() for each in (moment, *later)]
        order = {"url": self.url, "moments": moments, "folder": str(self.folder)}
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        self.server.stdin.write(json.dumps(order) + "\n")
        self.server.stdin.flush()
        status = self.server.stdout.readline()
        logged = (self.folder / "logged").read_text("utf-8")
        assert (status, "Traceback" in logged) == ("0\n", False), logged
        assert _ANY_CHINESE.search(logged) is None
        *heard, end = (self.folder / "printed").read_text("utf-8").split(MARK)
        assert (len(heard), end) == (len(lines) + 1, "")
        return heard

    def state(self) -> State:
        """The state of the conversation, as it is kept."""
        with closing(sqlite3.connect(self.folder / "award-bot.db")) as database:
            found = database.execute("SELECT state FROM chat WHERE address = 'local'").fetchone()
        return State() if found is None else State.from_json(json.loads(found[0]))


@contextmanager
def beginning() -> Iterator[subprocess.Popen[str]]:
    """Begins processes of the program at once."""
    with subprocess.Popen(
        [sys.executable, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        yield server
