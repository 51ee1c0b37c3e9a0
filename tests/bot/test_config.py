"""Settings: what is accepted, and what an operator is told."""

from pathlib import Path

import pytest

from bot.config import Listen, load_settings, load_telegram_settings, shown, sqlite_path
from bot.errors import ConfigError

VARIABLE = "AWARD_BOT_DATABASE_URL"


@pytest.mark.parametrize(
    ("value", "driver", "path"),
    [
        ("sqlite:////data/a.db", "sqlite+pysqlite", Path("/data/a.db")),
        ("sqlite+pysqlite:////data/a.db", "sqlite+pysqlite", Path("/data/a.db")),
        ("sqlite:///a.db", "sqlite+pysqlite", Path.cwd() / "a.db"),
        ("sqlite:///~/a.db", "sqlite+pysqlite", Path.home() / "a.db"),
        ("sqlite://", "sqlite+pysqlite", None),
        ("sqlite:///:memory:", "sqlite+pysqlite", None),
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


# A token, a secret and addresses that can be used; a test changes one of them.
TELEGRAM = {
    "TELEGRAM_BOT_TOKEN": "123456789:AAF-made_up",
    "TELEGRAM_API_BASE": "",
    "AWARD_BOT_WEBHOOK_URL": "",
    "AWARD_BOT_WEBHOOK_SECRET": "",
    "AWARD_BOT_WEBHOOK_CONNECTIONS": "",
    "AWARD_BOT_LISTEN": "",
    "AWARD_BOT_SENDS_PER_SECOND": "",
}
HOOKED = {
    "AWARD_BOT_WEBHOOK_URL": "https://bot.example/hook",
    "AWARD_BOT_WEBHOOK_SECRET": "made-up_1",
}


def _set(monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]) -> None:
    for name, value in {**TELEGRAM, **changed}.items():
        monkeypatch.setenv(name, value)


def test_a_token_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a token alone it polls Telegram, and nothing listens."""
    _set(monkeypatch, {"TELEGRAM_BOT_TOKEN": " 123456789:AAF-made_up\r\n"})
    settings = load_telegram_settings()
    assert settings.bot_token.get_secret_value() == "123456789:AAF-made_up"
    assert settings.api_base == "https://api.telegram.org/bot"
    assert settings.webhook_url is None
    assert settings.server is None
    assert (settings.max_connections, settings.sends_per_second) == (100, 30)
    assert "made_up" not in repr(settings)


@pytest.mark.parametrize(
    ("changed", "server"),
    [
        ({}, None),
        ({"AWARD_BOT_LISTEN": "0.0.0.0:9000"}, Listen("0.0.0.0", 9000)),  # noqa: S104 - as told
        ({"AWARD_BOT_LISTEN": "[::1]:9000"}, Listen("::1", 9000)),
        (HOOKED, Listen("127.0.0.1", 8080)),
        ({**HOOKED, "AWARD_BOT_LISTEN": "localhost:9000"}, Listen("localhost", 9000)),
    ],
)
def test_where_to_listen(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], server: Listen | None
) -> None:
    """With a webhook always, while polling only if it is asked for."""
    _set(monkeypatch, changed)
    assert load_telegram_settings().server == server


@pytest.mark.parametrize(
    "changed",
    [
        {"TELEGRAM_API_BASE": "http://localhost:8081/bot"},
        {"TELEGRAM_API_BASE": "https://api.example/telegram/bot"},
        HOOKED,
        {**HOOKED, "AWARD_BOT_WEBHOOK_URL": "https://bot.example"},
        {**HOOKED, "AWARD_BOT_WEBHOOK_URL": "https://bot.example:8443/a/b%20c"},
        {**HOOKED, "AWARD_BOT_WEBHOOK_URL": "http://localhost:8080/hook"},
        {**HOOKED, "AWARD_BOT_WEBHOOK_URL": "http://127.0.0.1/hook"},
        {
            **HOOKED,
            "AWARD_BOT_WEBHOOK_URL": "http://bot.lan/hook",
            "TELEGRAM_API_BASE": "http://api.lan/bot",
        },
        {**HOOKED, "AWARD_BOT_WEBHOOK_SECRET": "x" * 256},
        {"AWARD_BOT_WEBHOOK_CONNECTIONS": "1"},
        {"AWARD_BOT_SENDS_PER_SECOND": "0.5"},
    ],
)
def test_what_telegram_can_do_is_accepted(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]
) -> None:
    """Other servers of the Bot API, webhooks with TLS, and without where nobody listens in."""
    _set(monkeypatch, changed)
    assert load_telegram_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", ""),
        ("TELEGRAM_BOT_TOKEN", "hidden"),
        ("TELEGRAM_BOT_TOKEN", "123:hidden/../getMe"),
        ("TELEGRAM_BOT_TOKEN", "123:hid den"),
        ("TELEGRAM_BOT_TOKEN", "bot123:hidden"),
        ("TELEGRAM_API_BASE", "https://hidden.example"),
        ("TELEGRAM_API_BASE", "https://hidden.example/bot/"),
        ("TELEGRAM_API_BASE", "hidden.example/bot"),
        ("TELEGRAM_API_BASE", "https://user:hidden@api.example/bot"),
        ("TELEGRAM_API_BASE", "https://hidden.example/{token}/bot"),
        ("TELEGRAM_API_BASE", "https://hidden.example:port/bot"),
        ("AWARD_BOT_WEBHOOK_URL", "http://hidden.example/hook"),
        ("AWARD_BOT_WEBHOOK_URL", "https://"),
        ("AWARD_BOT_WEBHOOK_URL", "https://hidden.example/metrics"),
        ("AWARD_BOT_WEBHOOK_URL", "https://hidden.example/hook?a=b"),
        ("AWARD_BOT_WEBHOOK_URL", "https://[hidden/hook"),
        ("AWARD_BOT_WEBHOOK_SECRET", ""),
        ("AWARD_BOT_WEBHOOK_SECRET", "hidden!"),
        ("AWARD_BOT_WEBHOOK_SECRET", "hidden" * 50),
        ("AWARD_BOT_WEBHOOK_CONNECTIONS", "101"),
        ("AWARD_BOT_LISTEN", "8080"),
        ("AWARD_BOT_LISTEN", ":8080"),
        ("AWARD_BOT_LISTEN", "hidden:65536"),
        ("AWARD_BOT_LISTEN", "hidden:http"),
        ("AWARD_BOT_SENDS_PER_SECOND", "0"),
        ("AWARD_BOT_SENDS_PER_SECOND", "nan"),
        ("AWARD_BOT_SENDS_PER_SECOND", "hidden"),
    ],
)
def test_a_wrong_setting_for_telegram_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """One line with the variable's name and what is expected, never the value."""
    _set(monkeypatch, {**HOOKED, name: value})
    with pytest.raises(ConfigError, match=f"^{name}: expected ") as caught:
        load_telegram_settings()
    told = str(caught.value)
    assert "hidden" not in told
    assert "\n" not in told
    assert told.count("expected") == 1
    assert caught.value.__cause__ is None
    assert load_settings()  # the terminal needs none of it


def test_several_wrong_settings_are_told_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by its name, so that nobody has to try again and again."""
    wrong = {"TELEGRAM_BOT_TOKEN": "hidden", "AWARD_BOT_LISTEN": "hidden"}
    _set(monkeypatch, wrong)
    with pytest.raises(ConfigError) as caught:
        load_telegram_settings()
    assert all(f"{name}: expected" in str(caught.value) for name in wrong)


def test_without_a_token_it_is_told_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has never made a bot is shown the way."""
    _set(monkeypatch, {"TELEGRAM_BOT_TOKEN": ""})
    with pytest.raises(ConfigError, match=r"https://t\.me/BotFather"):
        load_telegram_settings()


@pytest.mark.parametrize(("value", "days"), [("", 730), ("30", 30), ("3650", 3650)])
def test_how_long_chats_are_kept(monkeypatch: pytest.MonkeyPatch, value: str, days: int) -> None:
    """Two years unless the operator says otherwise."""
    monkeypatch.setenv("AWARD_BOT_RETENTION_DAYS", value)
    assert load_settings().retention_days == days


@pytest.mark.parametrize("value", ["29", "0", "-1", "forever", "99999999"])
def test_a_month_is_the_least(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """Less than a month would end conversations that are still going on."""
    monkeypatch.setenv("AWARD_BOT_RETENTION_DAYS", value)
    with pytest.raises(ConfigError, match=r"^AWARD_BOT_RETENTION_DAYS: expected .* at least 30$"):
        load_settings()


def test_no_part_of_the_url_shows_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL takes a password after the question mark as well: it is not shown either."""
    monkeypatch.setenv("AWARD_BOT_DATABASE_URL", "postgresql://u@h/d?password=geheim")
    assert "geheim" not in shown(load_settings().database_url)
