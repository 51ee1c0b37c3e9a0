"""Several processes, some of which die or hang: in order, and nobody is held up for long."""

from collections.abc import Awaitable, Callable, Sequence

import pytest
from delivery import NOW, messages, running, said
from sqlalchemy.engine import URL

from bot.app import HOLD_SECONDS, Attempt, Desk, Step, transact
from bot.database import Database, open_database
from bot.platform import OutgoingMessage

Open = Callable[[URL], Awaitable[Database]]


async def _killed(
    database: Database, step: Step, texts: Sequence[str], parts: int = 0, address: str = "a"
) -> None:
    """Somebody said this to a process that was killed after sending some parts of the first."""
    desk = Desk("p", step, "dead")
    first: list[OutgoingMessage | None] = []
    for text in texts:
        async with database.transaction() as connection:
            ((turn,), _) = await transact(connection, desk, [said(text, address=address)], [], NOW)
            first.append(turn.message)
    if parts:
        assert first[0] is not None
        async with database.transaction() as connection:
            await transact(connection, desk, [], [Attempt(first[0], "part", parts)], NOW)


async def test_what_a_crash_left_is_sent_by_the_next_process(
    url: URL, opened: Open, step: Step
) -> None:
    """Another process takes over after the time for which the dead one held the chat."""
    await _killed(await opened(url), step, ["一", "二"])
    async with running(await opened(url), step) as process:
        await process.later(HOLD_SECONDS - 1)
        assert process.platform.sent == []
        await process.later(1)
        assert process.platform.texts == ["第1句：一", "第2句：二"]


async def test_after_a_crash_only_the_parts_not_sent_are_sent(
    url: URL, opened: Open, step: Step
) -> None:
    """A message of which some parts are noted as sent goes on with the next part."""
    await _killed(await opened(url), step, ["一|二|三", "四"], parts=2)
    async with running(await opened(url), step) as process:
        await process.later(HOLD_SECONDS)
        assert process.platform.texts == ["三", "第2句：四"]


async def test_a_crash_after_the_last_part_repeats_nothing(
    url: URL, opened: Open, step: Step
) -> None:
    """A message of which all parts are noted is sent, even if that was not noted."""
    await _killed(await opened(url), step, ["一|二", "三"], parts=2)
    async with running(await opened(url), step) as process:
        await process.later(HOLD_SECONDS)
        assert process.platform.texts == ["第2句：三"]


async def test_on_a_file_what_a_crash_left_is_sent_at_once(file_url: URL, step: Step) -> None:
    """Where there can be no other process nobody waits for a dead one."""
    database = await open_database(file_url, alone=True)
    await _killed(database, step, ["一"])
    async with running(database, step) as process:
        await process.platform.tries(1)
        await process.settled()
        assert process.platform.texts == ["第1句：一"]
    await database.close()


async def test_who_speaks_after_a_crash_gets_what_was_left_first(
    url: URL, opened: Open, step: Step
) -> None:
    """An update takes over as well: the oldest message that waits goes before its answer."""
    await _killed(await opened(url), step, ["一"])
    async with running(await opened(url), step) as process:
        process.clock.advance(HOLD_SECONDS)
        await process.hear("二")
        await process.settled()
        assert process.platform.texts == ["第1句：一", "第2句：二"]


async def test_two_processes_keep_the_order_of_a_chat(url: URL, opened: Open, step: Step) -> None:
    """What comes in by one process while another one sends is sent by that one."""
    async with (
        running(await opened(url), step) as first,
        running(await opened(url), step, first.clock) as second,
    ):
        gate = first.platform.hold_back("一")
        await first.hear("一")
        await first.platform.tries(1)
        await second.hear("二", "三")
        await second.later(1)
        assert second.platform.tried == []
        gate.set()
        await first.settled()
        assert first.platform.texts == ["第1句：一", "第2句：二", "第3句：三"]


async def test_two_processes_share_the_chats(url: URL, opened: Open, step: Step) -> None:
    """A chat in which nobody is sending is free: whoever gets the next update answers."""
    async with (
        running(await opened(url), step) as first,
        running(await opened(url), step, first.clock) as second,
    ):
        for number in range(3):
            for process in (first, second):
                await process.hear(f"{number}")  # the second one is a repetition
                await process.hear(f"{number}", address=f"{id(process)}")
                await process.settled()
    assert first.platform.sent_to("a") == ["第1句：0", "第2句：1", "第3句：2"]
    assert second.platform.sent_to("a") == []
    assert len(first.platform.sent) == 6
    assert len(second.platform.sent) == 3


async def test_a_process_that_hangs_is_overtaken_and_notices(
    url: URL, opened: Open, step: Step
) -> None:
    """Its message is repeated once; when it comes back it sends nothing more in that chat."""
    async with (
        running(await opened(url), step) as hung,
        running(await opened(url), step, hung.clock) as other,
    ):
        gate = hung.platform.hold_back("一")
        await hung.hear("一", "二")
        await hung.platform.tries(1)
        await other.later(HOLD_SECONDS)
        assert other.platform.texts == ["第1句：一", "第2句：二"]
        gate.set()
        await hung.settled()
        await hung.later(HOLD_SECONDS)
        assert hung.platform.texts == ["第1句：一"]
    assert [row.status for row in await messages(await opened(url))] == ["sent", "sent"]


async def test_who_has_waited_long_for_a_place_does_not_send_twice(
    url: URL, opened: Open, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can only be begun so late that another process may be at it is not begun."""
    monkeypatch.setattr("bot.outbox.MOST_AT_ONCE", 1)
    async with (
        running(await opened(url), step) as slow,
        running(await opened(url), step, slow.clock) as other,
    ):
        gate = slow.platform.hold_back("一")
        await slow.hear("一")
        await slow.platform.tries(1)
        await slow.hear("二", address="b")
        await other.later(HOLD_SECONDS)  # it has room for one of the two chats
        await other.later(0)
        assert other.platform.sent_to("b") == ["第1句：二"]
        gate.set()
        await slow.settled()
        assert slow.platform.sent_to("b") == []
