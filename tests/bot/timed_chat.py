"""The chat of the terminal from a moment on that is given: timed_chat.py URL MOMENT."""

import sys
from datetime import datetime

from bot.clock import now
from bot.config import Settings
from bot.platforms import console
from conversations.commands import COMMANDS
from conversations.step import step


def main() -> None:
    """Talk as if it began at the moment named on the command line."""
    ahead = datetime.fromisoformat(sys.argv[2]) - now()
    settings = Settings(database_url=sys.argv[1])
    console.run(settings.database_url, step, tuple(COMMANDS.items()), lambda: now() + ahead)


if __name__ == "__main__":
    main()
