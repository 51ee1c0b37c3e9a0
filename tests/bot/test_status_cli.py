"""How the sending stands, as the operator sees it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import DatabaseError
from bot.status import Status
from bot.status_cli import as_json, as_text, show_status

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)
EARLIER = datetime(2026, 11, 20, 10, 59, 30, tzinfo=UTC)

CALM = Status(0, None, 0, 0, None, None)
TROUBLED = Status(12, EARLIER, 3, 1, "Telegram: Bad Gateway (502)", NOW, 7, 1)


def _clock() -> datetime:
    return NOW


def test_people_are_told_a_thing_a_line() -> None:
    """What waits and since when, who is out of reach, what went wrong last."""
    assert as_text(CALM, NOW) == (
        "waiting to be sent:  0\n"
        "oldest of them:      none\n"
        "chats out of reach:  0 (blocked the bot, or removed it)\n"
        "never to be sent:    0 (refused by Telegram for good)\n"
        "reminders due:       0\n"
        "broadcasts going:    0\n"
        "last error:          none\n"
    )
    assert as_text(TROUBLED, NOW) == (
        "waiting to be sent:  12\n"
        "oldest of them:      1 day, 1:00:30 ago (2026-11-20 10:59:30 UTC)\n"
        "chats out of reach:  3 (blocked the bot, or removed it)\n"
        "never to be sent:    1 (refused by Telegram for good)\n"
        "reminders due:       7\n"
        "broadcasts going:    1\n"
        "last error:          Telegram: Bad Gateway (502), 0:00:00 ago (2026-11-21 12:00:00 UTC)\n"
    )


def test_programs_are_told_in_json() -> None:
    """One object on a line, times with their zone."""
    assert json.loads(as_json(CALM)) == {
        "waiting": 0,
        "oldest": None,
        "blocked": 0,
        "failed": 0,
        "last_error": None,
        "last_error_at": None,
        "due": 0,
        "broadcasts": 0,
    }
    found = json.loads(as_json(TROUBLED))
    assert found["oldest"] == "2026-11-20T10:59:30+00:00"
    assert as_json(TROUBLED).count("\n") == 1


def test_asking_makes_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing has run yet, that is said, and nothing is made."""
    file = tmp_path / "award-bot.db"
    monkeypatch.setenv("AWARD_BOT_DATABASE_URL", f"sqlite:///{file}")
    with pytest.raises(DatabaseError, match="nothing is there yet"):
        show_status("telegram", "text", _clock)
    assert not file.exists()
