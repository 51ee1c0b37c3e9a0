"""Settings, from the environment."""

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import ConfigError

PREFIX = "AWARD_BOT_"
TELEGRAM_API = "https://api.telegram.org/bot"

# What the webhook's server answers beside the webhook itself.
OWN_PATHS = ("/healthz", "/readyz", "/metrics")

# By what the URL may say, the driver used.
_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class Listen(NamedTuple):
    """Where a server listens."""

    host: str
    port: int


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
    return URL.create("sqlite+pysqlite", database=str(folder / "award-bot.db"))


def _bot_token(value: SecretStr) -> SecretStr:
    # It becomes part of every address that is called.
    return _secret(value, r"\d+:[A-Za-z0-9_-]+")


def _webhook_secret(value: SecretStr) -> SecretStr:
    return _secret(value, r"[A-Za-z0-9_-]{1,256}")


def _secret(value: SecretStr, pattern: str) -> SecretStr:
    text = value.get_secret_value().strip()
    if not re.fullmatch(pattern, text, re.ASCII):
        raise ValueError("not of this form")
    return SecretStr(text)


def _api_base(value: str) -> str:
    if not urlsplit(_web_address(value)).path.endswith("/bot"):
        raise ValueError("does not end with /bot")
    return value


def _webhook_url(value: str) -> str:
    # A Bot API server of one's own may call a webhook without TLS; Telegram's never does.
    path = unquote(urlsplit(_web_address(value)).path)
    if path in OWN_PATHS or re.search(r"[{}]", path):
        raise ValueError("this path is taken, or cannot be served")
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)  # raises ValueError for some of what is no URL
    _ = parts.port  # the same
    plain = value.isascii() and value.isprintable() and not re.search(r"[\s{}\\]", value)
    known = parts.scheme in {"http", "https"} and bool(parts.hostname)
    if not plain or not known or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("not a plain web address")
    return value


def _listen(value: object) -> Listen:
    if isinstance(value, Listen):
        return value
    host, colon, port = str(value).rpartition(":")
    host = host.removeprefix("[").removesuffix("]")
    if not colon or not host or not re.fullmatch(r"\d{1,5}", port, re.ASCII) or int(port) > 65535:
        raise ValueError("not host:port")
    return Listen(host, int(port))


class Settings(BaseSettings):
    """What an operator can set for every command: AWARD_BOT_ and the field's name in capitals.

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
    retention_days: Annotated[
        int,
        Field(
            ge=30,
            le=36_500,
            description="for how many days a chat that nobody uses is kept, at least 30",
        ),
    ] = 730


class TelegramSettings(BaseSettings):
    """What an operator can set for Telegram; each field names its variable.

    Apart from ``Settings``, so that a mistake here troubles no other command.
    """

    model_config = SettingsConfigDict(
        env_ignore_empty=True, arbitrary_types_allowed=True, frozen=True, populate_by_name=True
    )

    bot_token: Annotated[
        SecretStr,
        AfterValidator(_bot_token),
        Field(
            validation_alias="TELEGRAM_BOT_TOKEN",
            description="your bot's token, such as 123456789:AAF… (to get one, open "
            "https://t.me/BotFather in Telegram and send /newbot)",
        ),
    ]
    api_base: Annotated[
        str,
        AfterValidator(_api_base),
        Field(
            validation_alias="TELEGRAM_API_BASE",
            description="the root of a Bot API server, up to and including /bot, "
            "such as http://localhost:8081/bot",
        ),
    ] = TELEGRAM_API
    webhook_url: Annotated[
        str | None,
        AfterValidator(lambda value: None if value is None else _webhook_url(value)),
        Field(
            validation_alias="AWARD_BOT_WEBHOOK_URL",
            description="the https:// address at which Telegram reaches this bot (http:// only on "
            "this machine or with TELEGRAM_API_BASE), with a path other than "
            f"{', '.join(OWN_PATHS)}",
        ),
    ] = None
    webhook_secret: Annotated[
        SecretStr | None,
        AfterValidator(lambda value: None if value is None else _webhook_secret(value)),
        Field(
            validation_alias="AWARD_BOT_WEBHOOK_SECRET",
            description="1 to 256 of A-Z, a-z, 0-9, _ and -, made up by you, "
            "required with AWARD_BOT_WEBHOOK_URL",
        ),
    ] = None
    max_connections: Annotated[
        int,
        Field(
            ge=1,
            le=100,
            validation_alias="AWARD_BOT_WEBHOOK_CONNECTIONS",
            description="how many updates Telegram may deliver at a time, 1 to 100",
        ),
    ] = 100
    listen: Annotated[
        Listen | None,
        NoDecode,  # it is text, not JSON
        BeforeValidator(lambda value: None if value is None else _listen(value)),
        Field(validation_alias="AWARD_BOT_LISTEN", description="host:port, such as 127.0.0.1:8080"),
    ] = None
    sends_per_second: Annotated[
        float,
        Field(
            gt=0,
            le=10_000,
            allow_inf_nan=False,
            validation_alias="AWARD_BOT_SENDS_PER_SECOND",
            description="how many messages the bot may send a second over all processes, such "
            "as 30",
        ),
    ] = 30

    @property
    def server(self) -> Listen | None:
        """Where to listen: always with a webhook, else only if it is set."""
        if self.webhook_url is not None and self.listen is None:
            return Listen("127.0.0.1", 8080)
        return self.listen


SettingsT = TypeVar("SettingsT", bound=BaseSettings)


def load_settings() -> Settings:
    """Read the settings. Raises ConfigError, which never shows a value: it may be a secret."""
    return _load(Settings)


def load_telegram_settings() -> TelegramSettings:
    """Read the settings for Telegram. Raises ConfigError, which never shows a value."""
    settings = _load(TelegramSettings)
    if settings.webhook_url is not None:
        if not _reachable(urlsplit(settings.webhook_url), settings.api_base):
            raise ConfigError(_expected(TelegramSettings, "webhook_url"))
        if settings.webhook_secret is None:
            raise ConfigError(_expected(TelegramSettings, "webhook_secret"))
    return settings


def _load(kind: type[SettingsT]) -> SettingsT:
    try:
        return kind()
    except ValidationError as error:
        wrong = dict.fromkeys(str(details["loc"][0]) for details in error.errors())
        raise ConfigError("; ".join(_expected(kind, name) for name in wrong)) from None


def _expected(kind: type[BaseSettings], name: str) -> str:
    """Which variable is wrong, by the field's name or the variable's, and what is expected."""
    for field, info in kind.model_fields.items():
        variable: Any = info.validation_alias or f"{PREFIX}{field.upper()}"
        if name in {field, variable}:
            return f"{variable}: expected {info.description}"
    raise KeyError(name)


def _reachable(url: SplitResult, api_base: str) -> bool:
    return url.scheme == "https" or api_base != TELEGRAM_API or _local(str(url.hostname))


def _local(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def sqlite_path(url: URL) -> Path | None:
    """The file of an SQLite database; None if it is in memory or on a server."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", ":memory:"}:
        return None
    return Path(str(url.database)).expanduser().absolute()


def shown(url: URL) -> str:
    """Where the data are, as it may be shown: a path, or the URL with its password hidden."""
    plain = url.set(drivername=url.get_backend_name(), query={})  # which may hold a password too
    return str(sqlite_path(url) or plain.render_as_string(hide_password=True))
