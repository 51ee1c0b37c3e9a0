"""A process that talks: the real console with a conversation that repeats what it hears.

talker.py URL          the console
talker.py URL TEXT     keeps TEXT and its answer, and is killed before anything is shown
"""

import asyncio
import os
import signal
import sys
from datetime import datetime
from typing import Any

from bot.app import Desk, transact
from bot.clock import now
from bot.config import Settings
from bot.database import open_database
from bot.errors import DatabaseError
from bot.logs import configure
from bot.platform import Incoming
from bot.platforms import console
from conversations.model import Choice, Command, Event, House, Reply, Said, Screening, State


def step(
    state: State, event: Event, _now: datetime, _house: House
) -> tuple[State, tuple[Reply, ...]]:
    """Keep everything that is said, and repeat it with its number. “坏” fails, “死” kills."""
    said: list[Any] = list(state.screenings[0].answers["said"]) if state.screenings else []
    if event == Command("start"):
        return state, (Reply("您好"),)
    if event == Command("resume"):
        return state, (Reply(f"已经说了{len(said)}句"),)
    if event == Said("坏"):
        raise ValueError("坏")
    if event == Said("死"):
        os.kill(os.getpid(), signal.SIGKILL)
    text = event.text if isinstance(event, Said) else f"{event}"
    said.append(text)
    choices = (Choice("q:yes", "是"), Choice("q:no", "否"))
    after = State(screenings=(Screening(1, {"said": said}),))
    return after, (Reply(f"第{len(said)}句：{text}", choices=choices),)


async def _vanish(settings: Settings, text: str) -> None:
    database = await open_database(settings.database_url, alone=True)
    incoming = Incoming(console.PLATFORM, console.ADDRESS, "1", Said(text))
    async with database.transaction() as connection:
        await transact(connection, Desk(console.PLATFORM, step, "dead"), [incoming], [], now())
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Talk, or vanish."""
    configure("text")
    settings = Settings(database_url=sys.argv[1])
    try:
        if sys.argv[2:]:
            asyncio.run(_vanish(settings, sys.argv[2]))
        commands = [("menu", "回到开头"), ("help", "能做什么")]
        console.run(settings.database_url, step, commands, now)
    except DatabaseError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
