"""Settings, from the environment."""

from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import ConfigError

PREFIX = "AWARD_BOT_"

# By what the URL may say, the driver used: always the asynchronous one.
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def _database_url(value: object) -> URL:
    try:
        url = make_url(value) if isinstance(value, str | URL) else None
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in _DRIVERS:
        raise ValueError("not a URL of a database that can be used")
    url = url.set(drivername=_DRIVERS[url.drivername])
    if url.get_backend_name() == "sqlite":
        _check_sqlite(url)
    return url


def _check_sqlite(url: URL) -> None:
    # sqlite://file would silently mean a database in memory, and file:… is no plain path.
    if url.host or url.query or (url.database or "").startswith("file:"):
        raise ValueError("not the path of a file")


def _default_database() -> URL:
    folder = user_data_path("award-bot", appauthor=False)
    return URL.create("sqlite+aiosqlite", database=str(folder / "award-bot.db"))


class Settings(BaseSettings):
    """What an operator can set. Each field is the variable AWARD_BOT_ and its name in capitals.

    A field's description says what is expected, for the error.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, arbitrary_types_allowed=True, frozen=True
    )

    database_url: Annotated[
        URL,
        NoDecode,  # it is text, not JSON
        BeforeValidator(_database_url),
        Field(description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE"),
    ] = Field(default_factory=_default_database)
    log: Annotated[Literal["text", "json"] | None, Field(description="text or json")] = None


def load_settings() -> Settings:
    """Read the settings. Raises ConfigError, which never shows a value: it may be a secret."""
    try:
        return Settings()
    except ValidationError as error:
        raise ConfigError("; ".join(map(_expected, error.errors()))) from None


def _expected(error: Any) -> str:  # noqa: ANN401 - pydantic's error details
    field = str(error["loc"][0])
    return f"{PREFIX}{field.upper()}: expected {Settings.model_fields[field].description}"


def sqlite_path(url: URL) -> Path | None:
    """The file of an SQLite database; None if it is in memory or on a server."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database)).expanduser().absolute()


def shown(url: URL) -> str:
    """Where the data are, as it may be shown: a path, or the URL with its password hidden."""
    plain = url.set(drivername=url.get_backend_name())
    return str(sqlite_path(url) or plain.render_as_string(hide_password=True))
