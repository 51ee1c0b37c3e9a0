"""The chat of the terminal at a moment that is given: timed_chat.py URL MOMENT."""

import sys
from datetime import datetime

from bot.config import Settings
from bot.platforms import console
from conversations.commands import COMMANDS
from conversations.step import step


def main() -> None:
    """Talk as if it were the moment named on the command line."""
    moment = datetime.fromisoformat(sys.argv[2])
    settings = Settings(database_url=sys.argv[1])
    console.run(settings.database_url, step, tuple(COMMANDS.items()), lambda: moment)


if __name__ == "__main__":
    main()
