"""Settings: what is accepted, and what an operator is told."""

from pathlib import Path

import pytest

from bot.config import load_settings, shown, sqlite_path
from bot.errors import ConfigError

VARIABLE = "AWARD_BOT_DATABASE_URL"


@pytest.mark.parametrize(
    ("value", "driver", "path"),
    [
        ("sqlite:////data/a.db", "sqlite+aiosqlite", Path("/data/a.db")),
        ("sqlite+aiosqlite:////data/a.db", "sqlite+aiosqlite", Path("/data/a.db")),
        ("sqlite:///a.db", "sqlite+aiosqlite", Path.cwd() / "a.db"),
        ("sqlite:///~/a.db", "sqlite+aiosqlite", Path.home() / "a.db"),
        ("sqlite://", "sqlite+aiosqlite", None),
        ("sqlite:///:memory:", "sqlite+aiosqlite", None),
        ("postgresql://office:secret@db/award", "postgresql+psycopg", None),
        ("postgresql+psycopg://db/award", "postgresql+psycopg", None),
    ],
)
def test_urls_of_both_databases_are_accepted(
    monkeypatch: pytest.MonkeyPatch, value: str, driver: str, path: Path | None
) -> None:
    """A URL of SQLite or PostgreSQL is accepted, and the asynchronous driver is used."""
    monkeypatch.setenv(VARIABLE, value)
    url = load_settings().database_url
    assert url.drivername == driver
    assert sqlite_path(url) == path


@pytest.mark.parametrize(
    "value",
    [
        "nonsense",
        "mysql://office:secret@db/award",
        "postgresql+asyncpg://office:secret@db/award",
        "postgresql://office:secret@db:port/award",
        "sqlite://secret.db",
        "sqlite:///file:secret.db?uri=true",
        "sqlite:///secret.db?mode=ro",
        "/home/secret.db",
    ],
)
def test_a_wrong_url_is_told_in_one_line_that_keeps_the_secret(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    """A wrong URL: one line with the variable's name and what is expected, never the value."""
    monkeypatch.setenv(VARIABLE, value)
    with pytest.raises(ConfigError) as caught:
        load_settings()
    expected = "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE"
    assert str(caught.value) == f"{VARIABLE}: expected {expected}"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("value", [None, ""])
def test_the_default_is_a_file_in_the_users_data_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str | None
) -> None:
    """Without the variable, or with an empty one, the file is in the user's data folder."""
    monkeypatch.setattr("bot.config.user_data_path", lambda name, **_: tmp_path / name)
    if value is None:
        monkeypatch.delenv(VARIABLE, raising=False)
    else:
        monkeypatch.setenv(VARIABLE, value)
    expected = tmp_path / "award-bot" / "award-bot.db"
    assert sqlite_path(load_settings().database_url) == expected


def test_where_the_data_are_is_shown_without_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed at start names the server but not the password."""
    monkeypatch.setenv(VARIABLE, "postgresql://office:secret@db/award")
    text = shown(load_settings().database_url)
    assert "db/award" in text
    assert "secret" not in text
