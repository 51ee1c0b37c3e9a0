"""The command line: help, and what an operator is told."""

import re
import subprocess
import sys

import pytest

from bot.cli import failure
from bot.errors import ConfigError, DatabaseError
from knowledge.model import KnowledgeError
from rules.load import AwardError


def _help(*words: str) -> str:
    command = [sys.executable, "-m", "bot", *words, "--help"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("group", "known"), [((), "chat"), (("rules",), "check"), (("telegram",), "links")]
)
def test_help_lists_every_command_with_an_example(group: tuple[str, ...], known: str) -> None:
    """Every command in the list of commands has an example beside it."""
    lines = _help(*group).partition("Commands:")[2]
    listed = " ".join(lines.split())
    names = re.findall(r"^  ([a-z]+)  +[A-Z]", lines, re.MULTILINE)
    assert known in names
    called = [" ".join(("award-bot", *group, name)) for name in names]
    assert [call for call in called if call not in listed] == []


def test_help_loads_nothing_that_it_does_not_need() -> None:
    """Help comes at once: no database, no settings, no terminal library is loaded for it."""
    code = "import sys, bot.__main__; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "typer" in loaded
    slow = {"sqlalchemy", "sqlmodel", "alembic", "pydantic", "rich", "prompt_toolkit", "asyncio"}
    slow |= {"telegram", "aiohttp", "structlog", "segno"}
    assert slow & set(loaded) == set()


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ConfigError("AWARD_BOT_X: expected a, b"), "AWARD_BOT_X: expected a, b"),
        (DatabaseError("a.db: cannot\n be read"), "a.db: cannot be read"),
        (KnowledgeError("jian.md", 7, "no article"), "jian.md:7: no article"),
        (AwardError("jian.toml", 3, "no such fact"), "jian.toml:3: no such fact"),
        (ValueError("a mistake in the program"), None),
    ],
)
def test_what_can_be_mended_is_told_in_one_line(error: Exception, line: str | None) -> None:
    """Settings, database and award files are told in a line; a mistake of ours is none of them."""
    assert failure(error) == line
