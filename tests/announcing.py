"""What the tests of commands about rounds share: a moment, the database in its setting."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy.engine import URL

from bot.rounds import all_rounds
from bot.rounds_cli import in_transaction
from rules.rounds import Round

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def named(url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the commands find this database in their setting."""
    monkeypatch.setenv("AWARD_BOT_DATABASE_URL", url.render_as_string(hide_password=False))


def clock() -> datetime:
    """It is always the same moment."""
    return NOW


def kept() -> list[Round]:
    """The rounds in the database."""
    return asyncio.run(in_transaction(all_rounds))
