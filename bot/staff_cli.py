"""``award-bot staff``: who answers for an award's office by chat, and what they have done."""

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import audit, routing, staff
from bot.config import load_settings, load_telegram_settings
from bot.errors import ConfigError
from bot.logs import configure
from bot.rounds_cli import in_transaction
from knowledge.load import awards as award_ids

ALL = "all"

Clock = Callable[[], datetime]
Username = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Invitation:
    """Whom a code is for: an officer of ``award``, or of all; called ``label`` by colleagues.

    ``days`` is for how long the code works.
    """

    award: str | None
    days: int = 7
    administrator: bool = False
    label: str = ""


def invite(wanted: Invitation, clock: Clock, username: Username) -> int:
    """Print a code that makes one person an officer, and its link.

    Gives the exit status: 0, or 2 if there is no such award. Raises ConfigError or DatabaseError.
    """
    award = None if wanted.award == ALL else wanted.award
    if award is not None and award not in award_ids():
        known = ", ".join((*award_ids(), ALL))
        return _refuse(f"no award {award!r}; there are {known}")
    if award is not None and wanted.administrator:
        return _refuse("an administrator is one of all awards: leave --award out")
    if wanted.award is None and not wanted.administrator:
        return _refuse("say of which award (--award), or --administrator")
    now = clock()
    expires = now + timedelta(days=wanted.days)

    async def work(connection: AsyncConnection) -> str:
        return await staff.invite(
            connection, award, expires, now,
            administrator=wanted.administrator, label=wanted.label,
        )  # fmt: skip

    configure(load_settings().log)
    code = asyncio.run(in_transaction(work))
    of = "all awards" if award is None else award
    what = "an administrator, and an officer of" if wanted.administrator else "an officer of"
    _write(f"/staff {code} — makes whoever sends it to the bot {what} {of}")
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
        parts = [
            f"{each.id}",
            each.award or "all awards",
            f"{each.platform} {each.address}",
            f"since {each.since:%Y-%m-%d}",
            each.label,
            "administrator" if each.administrator else "",
            "" if each.reachable else "cannot be reached",
        ]
        _write("  ".join(part for part in parts if part))
    if not found:
        _write("no officers; award-bot staff invite makes a code for one")
    return 0


def remove(number: int, clock: Clock) -> int:
    """Let somebody be no officer any more; gives the exit status: 0, or 2 if there is none.

    What they dealt with is given to their colleagues. Raises ConfigError or DatabaseError.
    """

    async def work(connection: AsyncConnection) -> bool:
        return await routing.dismissed(connection, number, audit.SHELL, clock())

    configure(load_settings().log)
    if not asyncio.run(in_transaction(work)):
        return _refuse(f"no officer {number}; see award-bot staff list")
    _write(f"officer {number} removed; a conversation under way ends within seconds")
    return 0


def log(most: int) -> int:
    """Print what officers have done last, the latest first; gives the exit status.

    Raises ConfigError or DatabaseError.
    """

    async def work(connection: AsyncConnection) -> list[audit.Line]:
        return await audit.lines(connection, most)

    configure(load_settings().log)
    found = asyncio.run(in_transaction(work))
    for each in found:
        by = each.by if each.by == audit.SHELL else f"chat {each.by}"
        parts = [f"{each.at:%Y-%m-%d %H:%M}", by, each.action, each.award or "", each.subject]
        _write("  ".join(part for part in parts if part))
    if not found:
        _write("nothing was done yet")
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
