"""``award-bot telegram status``: how the sending stands."""

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from bot.config import load_settings, shown, sqlite_path
from bot.errors import DatabaseError
from bot.logs import configure
from bot.status import Status, read_status


def show_status(platform: str, style: str, clock: Callable[[], datetime]) -> None:
    """Print a platform's as ``text`` or ``json``. Raises ConfigError or DatabaseError."""
    settings = load_settings()
    configure(settings.log)
    path = sqlite_path(settings.database_url)
    if path is not None and not path.exists():
        raise DatabaseError(f"{path}: nothing is there yet; award-bot telegram makes it")
    now = clock()
    found = asyncio.run(read_status(settings.database_url, platform, now))
    sys.stderr.write(f"{shown(settings.database_url)}\n")
    sys.stdout.write(as_json(found) if style == "json" else as_text(found, now))


def as_json(found: Status) -> str:
    """One JSON object on a line; times as ISO 8601."""
    return json.dumps(asdict(found), default=datetime.isoformat, ensure_ascii=False) + "\n"


def as_text(found: Status, now: datetime) -> str:
    """A line for each thing to know."""
    lines = {
        "waiting to be sent": str(found.waiting),
        "oldest of them": _since(found.oldest, now),
        "chats out of reach": f"{found.blocked} (blocked the bot, or removed it)",
        "never to be sent": f"{found.failed} (refused by Telegram for good)",
        "reminders due": str(found.due),
        "broadcasts going": str(found.broadcasts),
        "last error": "none",
    }
    if found.last_error is not None:
        lines["last error"] = f"{found.last_error}, {_since(found.last_error_at, now)}"
    return "".join(f"{name + ':':<21}{value}\n" for name, value in lines.items())


def _since(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "none"
    ago = timedelta(seconds=max(0, round((now - moment).total_seconds())))
    return f"{ago} ago ({moment:%Y-%m-%d %H:%M:%S} UTC)"
