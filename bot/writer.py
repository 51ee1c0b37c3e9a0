"""Everything that is waiting to be written shares a transaction: what costs most is the commit."""

import asyncio
from collections import deque
from dataclasses import dataclass

from bot.app import Attempt, Clock, Desk, Turn, transact
from bot.database import Database, UnreachableError
from bot.errors import DatabaseError
from bot.platform import Incoming

MOST_AT_ONCE = 32
"""Updates that share a transaction: few enough that none of them waits long for the others."""

Wanted = asyncio.Future[Turn]


@dataclass(frozen=True, slots=True)
class _Batch:
    incoming: list[tuple[Incoming, Wanted]]
    attempts: list[tuple[Attempt, Wanted]]

    def __len__(self) -> int:
        return len(self.incoming) + len(self.attempts)

    def alone(self) -> "list[_Batch]":
        """Each of them in a transaction of its own."""
        return [
            *(_Batch([], [attempt]) for attempt in self.attempts),
            *(_Batch([each], []) for each in self.incoming),
        ]

    def refuse(self, error: Exception) -> None:
        """Tell whoever waits for it that nothing has happened."""
        for _, wanted in (*self.incoming, *self.attempts):
            if not wanted.done():
                wanted.set_exception(error)


class Writer:
    """Writes updates and attempts in the order in which they came, chat by chat.

    No chat has two updates in one transaction, so that one that floods is slowed down and no
    other waits for it.
    """

    def __init__(self, database: Database, desk: Desk, clock: Clock) -> None:
        self._database, self._desk, self._clock = database, desk, clock
        self._incoming: deque[tuple[Incoming, Wanted]] = deque()
        self._attempts: deque[tuple[Attempt, Wanted]] = deque()
        self._wake = asyncio.Event()
        self._ended = False

    def handle(self, incoming: Incoming) -> Wanted:
        """Have an update dealt with; gives what this process is to send next in that chat.

        The future raises DatabaseError if nothing has happened and it may be handled again.
        """
        wanted = self._wanted()
        self._incoming.append((incoming, wanted))
        return wanted

    def record(self, attempt: Attempt) -> Wanted:
        """Have an attempt noted; gives what is to be sent next in that chat. Raises as handle."""
        wanted = self._wanted()
        self._attempts.append((attempt, wanted))
        return wanted

    def _wanted(self) -> Wanted:
        wanted: Wanted = asyncio.get_running_loop().create_future()
        if self._ended:
            wanted.set_exception(DatabaseError("the program is ending"))
        self._wake.set()
        return wanted

    async def run(self) -> None:
        """Write until cancelled; what is being written is finished."""
        try:
            while True:
                await self._wake.wait()
                batch = self._taken()
                if not batch:
                    self._wake.clear()
                    continue
                writing = asyncio.ensure_future(self._write(batch))
                try:
                    await asyncio.shield(writing)
                except asyncio.CancelledError:
                    await writing
                    raise
        finally:
            self.end()

    def end(self) -> None:
        """Refuse whatever is not written, from now on: it has not happened."""
        self._ended = True
        rest = _Batch([*self._incoming], [*self._attempts])
        rest.refuse(DatabaseError("the program is ending"))

    def _taken(self) -> _Batch:
        attempts = [self._attempts.popleft() for _ in range(len(self._attempts))]
        taken: list[tuple[Incoming, Wanted]] = []
        later: list[tuple[Incoming, Wanted]] = []
        chats: set[str] = set()
        while self._incoming and len(taken) < MOST_AT_ONCE:
            each = self._incoming.popleft()
            if each[0].address in chats:
                later.append(each)
            else:
                chats.add(each[0].address)
                taken.append(each)
        self._incoming.extendleft(reversed(later))
        return _Batch(taken, attempts)

    async def _write(self, batch: _Batch) -> None:
        waiting = [batch]
        while waiting:
            batch, *waiting = waiting
            error = await self._tried(batch)
            if isinstance(error, UnreachableError):
                for each in (batch, *waiting):
                    each.refuse(error)
                return
            if error is not None and len(batch) > 1:
                # One that the database refuses must not take the others with it.
                waiting = batch.alone()
            elif error is not None:
                batch.refuse(error)

    async def _tried(self, batch: _Batch) -> Exception | None:
        try:
            async with self._database.transaction() as connection:
                answers, follows = await transact(
                    connection,
                    self._desk,
                    [incoming for incoming, _ in batch.incoming],
                    [attempt for attempt, _ in batch.attempts],
                    self._clock(),
                )
        except Exception as error:  # noqa: BLE001 - told to whoever waits for it
            return error
        for (_, wanted), turn in zip(batch.incoming, answers, strict=True):
            _fulfil(wanted, turn)
        for (_, wanted), turn in zip(batch.attempts, follows, strict=True):
            _fulfil(wanted, turn)
        return None


def _fulfil(wanted: Wanted, turn: Turn) -> None:
    # Whoever waited may have gone away; what was written stays written.
    if not wanted.done():
        wanted.set_result(turn)
