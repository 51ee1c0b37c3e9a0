"""``award-bot staff``: codes that make officers, who they are, and letting them go."""

import asyncio
import re
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from announcing import NOW, clock, named
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import staff, store
from bot.errors import ConfigError
from bot.rounds_cli import in_transaction
from bot.staff_cli import Invitation, invite, log, remove, show


@pytest.fixture(autouse=True)
def _database(url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands find the database of either kind in their setting."""
    named(url, monkeypatch)


def username() -> str:
    """The bot's name on Telegram."""
    return "award_bot"


def redeemed(code: str, at: datetime = NOW) -> bool:
    """Whether somebody becomes an officer by a code."""

    async def work(connection: AsyncConnection) -> bool:
        await store.make_chats(connection, "telegram", {"42": None}, NOW)
        (chat,) = await store.lock_chats(connection, "telegram", ["42"], [])
        return await staff.redeem(connection, chat.id, code, at)

    return asyncio.run(in_transaction(work))


def invited(award: str, days: int, capsys: pytest.CaptureFixture[str]) -> tuple[str, list[str]]:
    """A code, and the lines that were printed with it."""
    capsys.readouterr()
    assert invite(Invitation(award, days), clock, username) == 0
    lines = capsys.readouterr().out.splitlines()
    found = re.match(r"/staff ([A-Za-z0-9_-]+) — ", lines[0])
    assert found is not None
    return found[1], lines


def test_a_code_makes_an_officer_once(capsys: pytest.CaptureFixture[str]) -> None:
    """The code printed is the one that works, and its link is one that Telegram takes."""
    code, lines = invited("jian", 7, capsys)
    assert lines == [
        f"/staff {code} — makes whoever sends it to the bot an officer of jian",
        f"https://t.me/award_bot?start=staff_{code} — does the same on Telegram",
        "works once, until 2026-11-28 08:00 UTC; give it to nobody else",
    ]
    assert len(f"staff_{code}") <= 64
    assert [redeemed(code), redeemed(code)] == [True, False]


def test_a_code_works_for_so_many_days(capsys: pytest.CaptureFixture[str]) -> None:
    """After them it makes nobody an officer."""
    code, _ = invited("jian", 3, capsys)
    assert not redeemed(code, NOW + timedelta(days=3))


def test_without_telegram_there_is_a_code_and_no_link(capsys: pytest.CaptureFixture[str]) -> None:
    """The code is of use wherever the bot is spoken to."""

    def nowhere() -> str:
        raise ConfigError("TELEGRAM_BOT_TOKEN: expected your bot's token")

    assert invite(Invitation("jian"), clock, nowhere) == 0
    told = capsys.readouterr()
    assert told.out.startswith("/staff ")
    assert "t.me" not in told.out
    assert told.err == "no link: TELEGRAM_BOT_TOKEN: expected your bot's token\n"


def test_an_unknown_award_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """One line with the awards that there are."""
    assert invite(Invitation("nanchang"), clock, username) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("no award 'nanchang'; there are changning, jian, ")


def test_officers_are_listed_and_let_go(capsys: pytest.CaptureFixture[str]) -> None:
    """Each with number, award, chat and day; who is removed is no officer any more."""
    assert show() == 0
    assert capsys.readouterr().out == "no officers; award-bot staff invite makes a code for one\n"
    for award in ("jian", "all"):
        assert redeemed(invited(award, 7, capsys)[0])
    show()
    listed = capsys.readouterr().out.splitlines()
    assert [line.split("  ", 1)[1] for line in listed] == [
        "jian  telegram 42  since 2026-11-21",
        "all awards  telegram 42  since 2026-11-21",
    ]
    number = int(listed[0].split()[0])
    assert [remove(number, clock), remove(number, clock)] == [0, 2]
    assert f"no officer {number}; see award-bot staff list\n" == capsys.readouterr().err
    show()
    assert capsys.readouterr().out.count("\n") == 1


@pytest.mark.parametrize(
    "wanted",
    [Invitation(None), Invitation("jian", administrator=True)],
    ids=["of nothing", "an administrator of one award"],
)
def test_an_invitation_says_what_for(
    wanted: Invitation, capsys: pytest.CaptureFixture[str]
) -> None:
    """A code is for an award, for all, or for an administrator, who is one of all."""
    assert invite(wanted, clock, username) == 2
    assert "--a" in capsys.readouterr().err


def test_an_administrator_is_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """The list has what colleagues call them and whether they are one; the log, what was done."""
    assert log(9) == 0
    assert capsys.readouterr().out == "nothing was done yet\n"
    invite(Invitation(None, administrator=True, label="质量科小王"), clock, username)
    line = capsys.readouterr().out.splitlines()[0]
    code = line.split()[1]
    assert line.endswith("an administrator, and an officer of all awards")
    assert redeemed(code)
    show()
    (listed,) = capsys.readouterr().out.splitlines()
    assert listed.endswith("since 2026-11-21  质量科小王  administrator")
    assert remove(int(listed.split()[0]), clock) == 0
    capsys.readouterr()
    log(9)
    told = [line.split("  ") for line in capsys.readouterr().out.splitlines()]
    assert [[by.split()[0], action] for _, by, action, *_ in told] == [
        ["shell", "remove"],
        ["chat", "join"],
        ["shell", "invite"],
    ]
    assert code not in str(told)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_program_has_these_commands(kind: str) -> None:
    """Every command has an example beside it, and a code is made without any other setting."""
    assert kind == "sqlite"

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot", "staff", *words]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)

    listed = run("--help").stdout.partition("Commands:")[2]
    names = re.findall(r"^  ([a-z]+)  +[A-Z]", listed, re.MULTILINE)
    together = " ".join(listed.split())
    assert names == ["invite", "list", "remove", "log"]
    assert [name for name in names if f"award-bot staff {name}" not in together] == []
    assert run("invite", "--award", "jian", "--days", "3").stdout.startswith("/staff ")
    assert run("invite", "--award", "jian", "--days", "0").returncode == 2
    assert run("remove", "3").returncode == 2
