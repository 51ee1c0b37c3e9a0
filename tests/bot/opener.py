"""A process that opens the database when it is told to, by the end of its input.

opener.py URL [USER]: USER is the number of the user that it is to be.
"""

import asyncio
import os
import sys

from bot.config import Settings
from bot.database import open_database
from bot.errors import DatabaseError


async def _open(url: str) -> None:
    database = await open_database(Settings(database_url=url).database_url, alone=False)
    await database.close()


def main() -> None:
    """Open it once."""
    if sys.argv[2:]:
        asyncio.run(_open("sqlite://"))  # loads what that other user might not be able to read
        os.setuid(int(sys.argv[2]))
    print("ready", flush=True)  # noqa: T201 - told to the test
    sys.stdin.read()
    try:
        asyncio.run(_open(sys.argv[1]))
    except DatabaseError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
