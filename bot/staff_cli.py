"""``award-bot staff``: who may announce rounds by chat."""

import asyncio
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import staff
from bot.config import load_settings, load_telegram_settings
from bot.errors import ConfigError
from bot.logs import configure
from bot.rounds_cli import in_transaction
from knowledge.load import awards as award_ids

ALL = "all"

Clock = Callable[[], datetime]
Username = Callable[[], str]


def invite(award: str, days: int, clock: Clock, username: Username) -> int:
    """Print a code that makes one person an officer of an award, and its link, for some days.

    Gives the exit status: 0, or 2 if there is no such award. Raises ConfigError or DatabaseError.
    """
    if award != ALL and award not in award_ids():
        known = ", ".join((*award_ids(), ALL))
        return _refuse(f"no award {award!r}; there are {known}")
    now = clock()
    expires = now + timedelta(days=days)

    async def work(connection: AsyncConnection) -> str:
        return await staff.invite(connection, None if award == ALL else award, expires, now)

    configure(load_settings().log)
    code = asyncio.run(in_transaction(work))
    of = "all awards" if award == ALL else award
    _write(f"/staff {code} — makes whoever sends it to the bot an officer of {of}")
    try:
        _write(f"https://t.me/{username()}?start=staff_{code} — does the same on Telegram")
    except (ConfigError, OSError) as error:
        sys.stderr.write(f"no link: {error}\n")
    _write(f"works once, until {expires:%Y-%m-%d %H:%M} UTC; give it to nobody else")
    return 0


def show() -> int:
    """List the officers; gives the exit status. Raises ConfigError or DatabaseError."""
    configure(load_settings().log)
    found = asyncio.run(in_transaction(staff.officers))
    for each in found:
        since = f"since {each.since:%Y-%m-%d}"
        _write(f"{each.id}  {each.award or 'all awards'}  {each.platform} {each.address}  {since}")
    if not found:
        _write("no officers; award-bot staff invite makes a code for one")
    return 0


def remove(number: int) -> int:
    """Let somebody be no officer any more; gives the exit status: 0, or 2 if there is none.

    Raises ConfigError or DatabaseError.
    """

    async def work(connection: AsyncConnection) -> bool:
        return await staff.remove(connection, number)

    configure(load_settings().log)
    if not asyncio.run(in_transaction(work)):
        return _refuse(f"no officer {number}; see award-bot staff list")
    _write(f"officer {number} removed; a conversation under way ends within seconds")
    return 0


def telegram_username() -> str:
    """The bot's name on Telegram. Raises ConfigError, or ConnectionError if it is not reached."""
    # Loaded when needed: a code can be made without Telegram.
    from telegram.error import TelegramError  # noqa: PLC0415 - see above

    from bot.platforms.telegram.patience import said  # noqa: PLC0415
    from bot.platforms.telegram.run import client_of  # noqa: PLC0415
    from bot.platforms.telegram.setup import learn  # noqa: PLC0415

    async def ask() -> str:
        async with client_of(load_telegram_settings()) as client:
            try:
                await learn(client)
            except TelegramError as error:
                raise ConnectionError(f"Telegram is not reached: {said(error)}") from None
            return client.username

    return asyncio.run(ask())


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _refuse(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return 2
