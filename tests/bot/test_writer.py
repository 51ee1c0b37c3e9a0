"""Updates and attempts share transactions, and none does another any harm."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

import pytest
from delivery import Clock, chats, heard, messages, refusing, said, spoiling, updates
from postgres import Postgres
from sqlalchemy.engine import URL

from bot.app import Attempt, Desk, Step, Turn
from bot.database import Database, UnreachableError
from bot.errors import DatabaseError
from bot.platform import Incoming, OutgoingMessage
from bot.stepping import SORRY
from bot.writer import MOST_AT_ONCE, Writer
from conversations.model import Event, House, Reply, State

Open = Callable[[URL], Awaitable[Database]]
LETTERS = [chr(ord("a") + number) for number in range(26)]


@asynccontextmanager
async def writing(database: Database, step: Step, holder: str = "this") -> AsyncIterator[Writer]:
    """A writer at work; ended at the end."""
    writer = Writer(database, Desk("p", step, holder), Clock())
    task = asyncio.create_task(writer.run())
    try:
        yield writer
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _turns(writer: Writer, incoming: Sequence[Incoming]) -> list[Turn]:
    """Hand over all of them before any is written."""
    async with asyncio.timeout(60):
        return await asyncio.gather(*[writer.handle(each) for each in incoming])


async def _outcomes(writer: Writer, incoming: Sequence[Incoming]) -> list[Turn | BaseException]:
    wanted = [writer.handle(each) for each in incoming]
    async with asyncio.timeout(60):
        return await asyncio.gather(*wanted, return_exceptions=True)


def _message(turn: Turn) -> OutgoingMessage:
    assert turn.message is not None
    return turn.message


async def test_chats_share_a_transaction(database: Database, step: Step) -> None:
    """Updates of many chats that wait at the same moment are written in one."""
    async with writing(database, step) as writer:
        turns = await _turns(writer, [said("你好", address=letter) for letter in LETTERS])
    assert len({turn.number for turn in turns}) == 1
    assert [_message(turn).address for turn in turns] == LETTERS


async def test_a_transaction_does_not_grow_without_end(database: Database, step: Step) -> None:
    """So many updates share a transaction and no more: nobody waits long for the others."""
    incoming = [said("你好", address=str(number)) for number in range(MOST_AT_ONCE + 1)]
    async with writing(database, step) as writer:
        turns = await _turns(writer, incoming)
    assert [turn.number - turns[0].number for turn in turns] == [0] * MOST_AT_ONCE + [1]


async def test_updates_of_one_chat_keep_their_order(database: Database, step: Step) -> None:
    """What is said in one chat at once is heard in order, an update a transaction."""
    texts = [str(number) for number in range(24)]
    async with writing(database, step) as writer:
        turns = await _turns(writer, [said(text) for text in texts])
    assert await heard(database) == texts
    assert [turn.number for turn in turns] == sorted({turn.number for turn in turns})
    assert [row.position for row in await messages(database)] == list(range(1, 25))


async def test_a_chat_that_floods_holds_nobody_up(database: Database, step: Step) -> None:
    """Whoever comes after a flood of another chat is in the very next transaction."""
    flood = [said(str(number)) for number in range(50)]
    async with writing(database, step) as writer:
        turns = await _turns(writer, [*flood, said("你好", address="b")])
    assert turns[-1].number == turns[0].number
    assert turns[-2].number == turns[0].number + 49


async def test_the_same_update_at_the_same_time_is_applied_once(
    database: Database, step: Step
) -> None:
    """One update that arrives several times at once is applied once."""
    async with writing(database, step) as writer:
        turns = await _turns(writer, [said("你好", "1")] * 8)
    assert await heard(database) == ["你好"]
    assert len(await messages(database)) == 1
    assert _message(turns[0]).position == 1


async def test_a_step_that_fails_harms_no_other(database: Database, step: Step) -> None:
    """Whoever cannot be answered gets an apology; those in the same transaction get answers."""
    async with writing(database, step) as writer:
        turns = await _turns(
            writer, [said("好"), said("坏", address="b"), said("好", address="c")]
        )  # fmt: skip
    texts = [_message(turn).reply.text for turn in turns]
    assert texts == ["第1句：好", SORRY, "第1句：好"]
    assert len({turn.number for turn in turns}) == 1


async def test_an_update_that_the_database_refuses_harms_no_other(
    database: Database, step: Step
) -> None:
    """If one makes the transaction fail each is tried alone; that one can come again."""
    incoming = [said("好", address=letter) for letter in "abc"]
    async with writing(database, step) as writer:
        async with refusing(database, "INSERT ON chat", "NEW.address = 'b'"):
            first, refused, third = await _outcomes(writer, incoming)
        assert isinstance(first, Turn)
        assert isinstance(refused, DatabaseError)
        assert isinstance(third, Turn)
        assert [chat.address for chat in await chats(database)] == ["a", "c"]
        assert await updates(database) == ["a:好", "c:好"]
        (turn,) = await _turns(writer, [incoming[1]])
    assert _message(turn).reply.text == "第1句：好"


async def test_an_update_that_breaks_the_program_harms_no_other(
    database: Database, step: Step
) -> None:
    """An error that is not the database's, outside the step, is told to its own update alone."""
    async with writing(database, spoiling(step)) as writer:
        first, broken = await _outcomes(writer, [said("好"), said("怪", address="b")])
    assert isinstance(first, Turn)
    assert isinstance(broken, Exception)
    assert not isinstance(broken, DatabaseError)
    assert [chat.address for chat in await chats(database)] == ["a"]


async def test_a_refused_transaction_is_told_to_all_and_has_not_happened(
    database: Database, step: Step
) -> None:
    """If no answer can be kept, neither is a state or an update, and all can come again."""
    incoming = [said("好", address=letter) for letter in "abc"]
    async with writing(database, step) as writer:
        async with refusing(database, "INSERT ON outgoing"):
            outcomes = await _outcomes(writer, incoming)
        assert [type(outcome) for outcome in outcomes] == [DatabaseError] * 3
        assert all("full" in str(outcome) for outcome in outcomes)
        assert "好" not in str(outcomes)
        assert (await chats(database), await updates(database)) == ([], [])
        turns = await _turns(writer, incoming)
    assert [_message(turn).position for turn in turns] == [1, 1, 1]


async def test_a_lost_connection_is_told_to_all_and_nothing_has_happened(
    postgres: Postgres, server_url: URL, opened: Open, step: Step
) -> None:
    """If the server goes away in the middle, none is tried alone; all can come again."""
    steps: list[Event] = []

    def cut(
        state: State, event: Event, now: datetime, house: House
    ) -> tuple[State, tuple[Reply, ...]]:
        steps.append(event)
        if len(steps) == 1:
            postgres.cut(server_url)
        return step(state, event, now, house)

    incoming = [said("好", address=letter) for letter in "abc"]
    database = await opened(server_url)
    async with writing(database, cut) as writer:
        outcomes = await _outcomes(writer, incoming)
        assert [type(outcome) for outcome in outcomes] == [UnreachableError] * 3
        assert len(steps) == 3
        assert await chats(database) == []
        turns = await _turns(writer, incoming)
    assert [_message(turn).reply.text for turn in turns] == ["第1句：好"] * 3


async def test_attempts_share_a_transaction_with_updates(database: Database, step: Step) -> None:
    """That something is sent is noted where the next updates are written, before them."""
    async with writing(database, step) as writer:
        (first,) = await _turns(writer, [said("一")])
        noted = writer.record(Attempt(_message(first), "sent", 1, "m1"))
        answered = writer.handle(said("二"))
        follows, turn = await noted, await answered
    assert follows.number == turn.number
    assert follows.message is None
    assert _message(turn).reply.text == "第2句：二"
    assert [row.status for row in await messages(database)] == ["sent", "queued"]


async def test_who_no_longer_waits_is_dealt_with_all_the_same(
    database: Database, step: Step
) -> None:
    """An update whose sender has hung up is kept, and the next one too."""
    async with writing(database, step) as writer:
        writer.handle(said("一")).cancel()
        await _turns(writer, [said("二")])
    assert await heard(database) == ["一", "二"]


async def test_at_the_end_what_waits_is_told(database: Database, step: Step) -> None:
    """When the program ends, what is not written yet has not happened, now and afterwards."""
    writer = Writer(database, Desk("p", step, "this"), Clock())
    task = asyncio.create_task(writer.run())
    await asyncio.sleep(0)
    task.cancel()
    waits = [writer.handle(said("一"))]
    with pytest.raises(asyncio.CancelledError):
        await task
    waits.append(writer.handle(said("二")))
    outcomes = await asyncio.gather(*waits, return_exceptions=True)
    assert [str(outcome) for outcome in outcomes] == ["the program is ending"] * 2
    assert [type(outcome) for outcome in outcomes] == [DatabaseError] * 2
    assert await chats(database) == []


async def test_at_the_end_what_is_being_written_is_finished(
    server_url: URL, opened: Open, step: Step
) -> None:
    """A transaction that has begun is committed before the program ends."""
    database = await opened(server_url)
    reached = asyncio.Event()

    def tell(
        state: State, event: Event, now: datetime, house: House
    ) -> tuple[State, tuple[Reply, ...]]:
        reached.set()
        return step(state, event, now, house)

    writer = Writer(database, Desk("p", tell, "this"), Clock())
    task = asyncio.create_task(writer.run())
    wanted = writer.handle(said("一"))
    async with asyncio.timeout(60):
        await reached.wait()
    assert not wanted.done()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert _message(wanted.result()).reply.text == "第1句：一"
    assert await heard(database) == ["一"]


async def test_several_processes_apply_everything_once(url: URL, opened: Open, step: Step) -> None:
    """What arrives in one chat by several processes at once, all of it twice, is heard once."""
    writers = []
    async with asyncio.TaskGroup() as group:
        ends = []
        for number in range(3):
            writer = Writer(await opened(url), Desk("p", step, str(number)), Clock())
            writers.append(writer)
            ends.append(group.create_task(writer.run()))
        texts = [str(number) for number in range(18)]
        wanted = [writers[n % 3].handle(said(text)) for n, text in enumerate(texts)]
        wanted += [writers[(n + 1) % 3].handle(said(text)) for n, text in enumerate(texts)]
        async with asyncio.timeout(60):
            await asyncio.gather(*wanted)
        for end in ends:
            end.cancel()
    database = await opened(url)
    kept = await heard(database)
    assert sorted(kept) == sorted(texts)
    answers = [json.loads(row.body)["text"] for row in await messages(database)]
    assert answers == [f"第{n}句：{text}" for n, text in enumerate(kept, 1)]
