"""``award-bot tickets``: what is open, what was said, and closing."""

import asyncio
import json
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from announcing import NOW, clock, named
from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import store, tickets
from bot.rounds_cli import in_transaction
from bot.tickets_cli import close, show, show_all

ASKED = NOW - timedelta(days=5)


@pytest.fixture(autouse=True)
def _database(url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands find the database of either kind in their setting."""
    named(url, monkeypatch)


def asked(words: str, award: str = "jian") -> int:
    """A question that was handed to an office five days ago; gives its number."""

    async def work(connection: AsyncConnection) -> int:
        await store.make_chats(connection, "telegram", {"42": None}, NOW)
        (chat,) = await store.lock_chats(connection, "telegram", ["42"], [])
        values = {"chat_id": chat.id, "award": award, "shared": "申报者：组织",
                  "locale": "en", "remind_at": NOW}  # fmt: skip
        return await tickets.opened(connection, values, words, ASKED)

    return asyncio.run(in_transaction(work))


def test_what_is_open_is_listed_without_a_word_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    """The oldest first, with how long it waits; an award alone, or as JSON."""
    assert show_all(None, "text", clock) == 0
    assert capsys.readouterr().out == "no open tickets\n"
    asked("合并以后怎么算")
    asked("要几份", "qinzhou")
    show_all(None, "text", clock)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[:3] for line in lines] == [
        ["1", "jian", "waiting"],
        ["2", "qinzhou", "waiting"],
    ]
    assert lines[0].endswith("waited 4 working days  late")
    assert "合并" not in lines[0]
    show_all("qinzhou", "json", clock)
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line) == {
        "ticket": 2, "award": "qinzhou", "status": "waiting", "claimed_by": None,
        "opened": ASKED.isoformat(), "working_days_waited": 4, "late": True,
    }  # fmt: skip


def test_one_is_shown_with_all_that_was_said(capsys: pytest.CaptureFixture[str]) -> None:
    """The words, and the self-check that its owner let the office see."""
    asked("合并以后怎么算")
    assert show(1) == 0
    told = capsys.readouterr().out
    assert "applicant: 合并以后怎么算" in told
    assert "申报者：组织" in told
    assert show(7) == 2
    assert capsys.readouterr().err == "no ticket 7; see award-bot tickets list\n"


def test_one_is_closed_once_and_its_asker_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """It is no longer open; what is to be told waits for the running program."""
    asked("合并以后怎么算")
    assert [close(1, clock), close(1, clock), close(7, clock)] == [0, 2, 2]
    capsys.readouterr()
    show_all(None, "text", clock)
    assert capsys.readouterr().out == "no open tickets\n"
    show_all(None, "text", clock, closed=True)
    assert "closed" in capsys.readouterr().out

    async def work(connection: AsyncConnection) -> list[tuple[str, bool]]:
        found = await connection.execute(text("SELECT what, office FROM ticket_notice"))
        return [(row.what, bool(row.office)) for row in found]

    assert asyncio.run(in_transaction(work)) == [("closed", False)]


@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_program_has_these_commands(kind: str) -> None:
    """Every command has an example beside it, and works without any other setting."""
    assert kind == "sqlite"

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot", "tickets", *words]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    listed = run("--help").stdout.partition("Commands:")[2]
    names = re.findall(r"^  ([a-z]+)  +[A-Z]", listed, re.MULTILINE)
    together = " ".join(listed.split())
    assert names == ["list", "show", "close"]
    assert [name for name in names if f"award-bot tickets {name}" not in together] == []
    assert run("list").stdout == "no open tickets\n"
    assert run("close", "3").returncode == 2
