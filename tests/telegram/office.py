"""The program as it runs in a test, with its Telegram, its database and those who write to it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from databases import fresh
from nursery import Nursery
from process import Program
from rows import Rows
from standin import Chat, StandIn
from visitor import Visitor

from bot.clock import now

MOMENT = "2026-11-20T12:00:00+08:00"
END_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Office:
    """A program that runs."""

    telegram: StandIn
    program: Program
    rows: Rows
    chats: list[Chat] = field(default_factory=list)

    def visitor(self, language_code: str | None = "zh-hans") -> Visitor:
        """Somebody who has never been here, with their private chat."""
        return self.with_chat(self.telegram.private(language_code=language_code, started=False))

    def with_chat(self, chat: Chat) -> Visitor:
        """Whoever writes in this chat."""
        self.chats.append(chat)
        return Visitor(self.telegram, chat, self.rows)


@contextmanager
def opened(  # noqa: PLR0913 - settings, by name
    nursery: Nursery,
    folder: Path,
    *,
    mode: str = "polling",
    database: str = "sqlite",
    moment: str = MOMENT,
    telegram: StandIn | None = None,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Office]:
    """The program runs meanwhile, its clock set to ``moment`` at first, with ``more`` variables.

    At the end it has done nothing that a bot must not do, has logged nothing that was said, and
    ends well when it is asked to.
    """
    with telegram or StandIn() as api:
        url = fresh(database, folder)
        rows = Rows.of(url)
        try:
            with Program(
                api,
                url,
                folder,
                webhook=mode == "webhook",
                launch=nursery.begin,
                more={
                    "CLOCK": f"{moment} {now().timestamp()}",
                    "AWARD_BOT_SENDS_PER_SECOND": "10000",
                    **more,
                },
            ) as program:
                office = Office(api, program, rows)
                yield office
                assert program.stop() < END_SECONDS
            assert api.faults == []
            program.check(*office.chats)
        finally:
            rows.close()
