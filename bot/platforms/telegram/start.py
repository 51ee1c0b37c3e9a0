"""What the command line calls: settings read, logs begun, then run, or links printed."""

import asyncio
import logging
from pathlib import Path

from telegram.error import TelegramError

from bot.clock import now
from bot.config import Settings, TelegramSettings, load_settings, load_telegram_settings
from bot.logs import configure
from bot.platforms.telegram.links import publish
from bot.platforms.telegram.patience import said
from bot.platforms.telegram.run import Office, client_of, main
from bot.platforms.telegram.setup import learn
from conversations.step import step
from rules.load import load_awards


def start() -> None:
    """Run until SIGTERM or Ctrl-C. Raises what the operator can mend."""
    settings, telegram = _settings(logging.INFO)
    load_awards()  # a mistake in an award file is said now, not in the middle of a conversation
    main(Office(settings, telegram, step, now))


def print_links(folder: Path, locale: str) -> None:
    """Print the links and write their QR codes. Raises ConfigError or OSError."""
    _, telegram = _settings(logging.WARNING)
    publish(asyncio.run(_username(telegram)), folder, locale)


async def _username(telegram: TelegramSettings) -> str:
    async with client_of(telegram) as client:
        try:
            await learn(client)
        except TelegramError as error:
            raise ConnectionError(f"Telegram is not reached: {said(error)}") from None
        return client.username


def _settings(level: int) -> tuple[Settings, TelegramSettings]:
    settings, telegram = load_settings(), load_telegram_settings()
    hidden = (telegram.bot_token, telegram.webhook_secret)
    secrets = [secret.get_secret_value() for secret in hidden if secret is not None]
    password = settings.database_url.password
    configure(settings.log, level=level, secrets=[*secrets, *([str(password)] if password else [])])
    return settings, telegram
