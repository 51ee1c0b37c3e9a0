"""What is kept of a chat: given on request, removed on request, and not kept for longer."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from delivery import NO_LIMIT, NOW, Process, chats, heard, messages, running, updates

from bot import store
from bot.app import Step
from bot.database import Database
from bot.platform import ChatLeft, Left, TryLater, Undeliverable
from bot.service import KEPT_UPDATES, Limits
from bot.tables import ChatRow, OutgoingRow
from conversations.model import Command, Event, House, Reply, State

EXPORT, FORGET = Command("export"), Command("forget")


@pytest.fixture
def talk(step: Step) -> Step:
    """A conversation that repeats what is said, exports and forgets."""

    def talk(
        state: State, event: Event, now: datetime, house: House
    ) -> tuple[State, tuple[Reply, ...]]:
        if event == EXPORT:
            return state, (Reply("都在这里", effect="export"),)
        if event == FORGET:
            return State(), (Reply("都删掉了", effect="forget"),)
        return step(state, event, now, house)

    return talk


async def _exported(process: Process, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - as Process.take
    await process.take(EXPORT, **more)
    await process.settled()
    attachment = process.platform.messages[-1].reply.attachment
    assert attachment is not None
    assert attachment.name.endswith(".json")
    found: dict[str, Any] = json.loads(attachment.text)
    return found


async def test_an_export_has_everything_that_is_kept(database: Database, talk: Step) -> None:
    """Every column of the chat's row and of its messages is in the file, and no other chat."""
    async with running(database, talk) as process:
        process.platform.refuse("二", Undeliverable("no such thing"))
        await process.hear("一", "二")
        await process.hear("别人", address="b")
        await process.settled()
        kept = await _exported(process)
    beside = {"outgoing", "follow", "reminder", "deferred", "staff", "broadcast", "ticket",
              "question_asked", "screened"}  # fmt: skip
    assert set(kept) == {*ChatRow.model_fields} | beside
    assert (kept["platform"], kept["address"]) == ("p", "a")
    assert kept["state"]["screenings"][0]["answers"]["said"] == ["一", "二"]
    assert kept["created_at"] == NOW.isoformat()
    assert [set(message) for message in kept["outgoing"]] == [set(OutgoingRow.model_fields)] * 2
    assert [message["status"] for message in kept["outgoing"]] == ["sent", "failed"]
    assert "别人" not in json.dumps(kept, ensure_ascii=False)


async def test_an_export_has_what_waits_and_what_was_just_changed(
    database: Database, step: Step
) -> None:
    """Messages that are to be sent are in the file with their text, and the newest state."""

    def export(
        _state: State, _event: Event, _now: datetime, _house: House
    ) -> tuple[State, tuple[Reply, ...]]:
        return State(locale="en"), (Reply("here", effect="export"),)

    async with running(database, step) as process:
        process.platform.refuse("一", TryLater("busy", 60))
        await process.hear("一")
        await process.settled()
    async with running(database, export, process.clock) as process:
        await process.later(60)
        process.platform.refuse("here", TryLater("busy", 60))
        await process.take(EXPORT)
        await process.settled()
        await process.later(60)
    (message,) = process.platform.messages[-1:]
    assert message.reply.attachment is not None
    assert json.loads(message.reply.attachment.text)["state"]["locale"] == "en"


async def test_to_forget_is_to_remove_everything(database: Database, talk: Step) -> None:
    """What was said, sent and waits is removed at once; the goodbye is sent, then it is gone."""
    async with running(database, talk) as process:
        process.platform.refuse("二", TryLater("busy", 60))
        await process.hear("别人", address="b")
        await process.hear("一", "二", "三")
        await process.settled()
        await process.take(FORGET)
        await process.settled()
        kept = [row for row in await messages(database) if row.status == "queued"]
        assert [json.loads(row.body)["text"] for row in kept] == ["都删掉了"]
        assert await heard(database) == []
        await process.later(60)
        assert process.platform.sent_to("a") == ["第1句：一", "都删掉了"]
    assert [chat.address for chat in await chats(database)] == ["b"]
    assert len(await messages(database)) == 1


async def test_what_is_under_way_when_all_is_forgotten_goes_before_the_goodbye(
    database: Database, talk: Step
) -> None:
    """A message that the platform is just taking arrives; the goodbye is the last, all the same."""
    async with running(database, talk) as process:
        gate = process.platform.hold_back("一")
        await process.hear("一", "二")
        await process.platform.tries(1)
        await process.take(FORGET)
        gate.set()
        await process.settled()
        assert process.platform.texts == ["第1句：一", "都删掉了"]
    assert (await chats(database), await messages(database)) == ([], [])


@pytest.mark.parametrize("error", [Undeliverable("no"), ChatLeft("blocked")])
async def test_a_goodbye_that_is_not_heard_is_not_kept(
    database: Database, talk: Step, error: Exception
) -> None:
    """Whoever has everything removed and leaves is forgotten as well."""
    async with running(database, talk) as process:
        process.platform.refuse("都删掉了", error)
        await process.hear("一")
        await process.settled()
        await process.take(FORGET)
        await process.settled()
        assert process.platform.texts == ["第1句：一"]
    assert (await chats(database), await messages(database)) == ([], [])


async def test_who_leaves_before_the_goodbye_is_forgotten(database: Database, talk: Step) -> None:
    """The goodbye does not wait for a return."""
    async with running(database, talk) as process:
        process.platform.refuse("都删掉了", TryLater("busy", 60))
        await process.take(FORGET)
        await process.settled()
        assert len(await chats(database)) == 1
        await process.take(Left())
    assert (await chats(database), await messages(database)) == ([], [])


async def test_who_writes_before_the_goodbye_begins_anew(database: Database, talk: Step) -> None:
    """A chat that goes on after it was forgotten is kept, with nothing of before."""
    async with running(database, talk) as process:
        process.platform.refuse("都删掉了", TryLater("busy", 60))
        await process.hear("一")
        await process.settled()
        await process.take(FORGET)
        await process.settled()
        await process.hear("又来")
        await process.later(60)
        assert process.platform.texts == ["第1句：一", "都删掉了", "第1句：又来"]
    assert await heard(database) == ["又来"]


async def test_who_comes_back_after_the_goodbye_is_new(database: Database, talk: Step) -> None:
    """After everything was removed the next word is the first."""
    async with running(database, talk) as process:
        await process.hear("一")
        await process.take(FORGET)
        await process.settled()
        assert not await process.service.knows("a")
        await process.hear("二")
        await process.settled()
        assert process.platform.texts[-1] == "第1句：二"


async def test_a_repeated_wish_to_forget_forgets_nothing_new(
    database: Database, talk: Step
) -> None:
    """The update of the wish is remembered: delivered again, it does not remove what came after."""
    async with running(database, talk) as process:
        await process.hear("一")
        for _ in range(2):
            await process.take(FORGET, update_id="forget")
            await process.settled()
            await process.hear("二")
        assert await heard(database) == ["二"]


async def test_chats_that_nobody_uses_are_removed(
    database: Database, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the time for which they are kept chats go, even those that left, with all of theirs."""
    monkeypatch.setattr("bot.service.UPKEEP_ROWS", 2)
    async with running(database, step, limits=Limits(NO_LIMIT, retention_days=30)) as process:
        process.platform.refuse("走", ChatLeft("blocked"))
        for number in range(5):
            await process.hear("好", address=f"{number}")
        await process.hear("走", address="left")
        await process.hear("一")
        await process.settled()
        process.clock.advance(days=20)
        await process.hear("二")
        await process.settled()
        process.clock.advance(days=10)
        await process.service.keep_up()
        assert len(await chats(database)) == 7
        process.clock.advance(1)
        await process.service.keep_up()
    assert [chat.address for chat in await chats(database)] == ["a"]
    assert await heard(database) == ["一", "二"]
    assert {row.chat_id for row in await messages(database)} <= {
        chat.id for chat in await chats(database)
    }


async def test_what_is_no_longer_needed_is_removed(
    database: Database, step: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Old updates and messages go; what still waits to be sent stays, and is sent."""
    monkeypatch.setattr("bot.service.UPKEEP_ROWS", 2)
    async with running(database, step) as process:
        process.platform.refuse("等", TryLater("busy", timedelta(days=9).total_seconds()))
        await process.hear("一", "二", "三", "等", "后")
        await process.settled()
        process.clock.advance(KEPT_UPDATES.total_seconds())
        await process.service.keep_up()
        assert len(await updates(database)) == len(await messages(database)) == 5
        process.clock.advance(1)
        await process.service.keep_up()
        assert await updates(database) == []
        assert [row.status for row in await messages(database)] == ["queued", "queued"]
        await process.later(timedelta(days=2).total_seconds())
        assert process.platform.texts[-2:] == ["第4句：等", "第5句：后"]


async def test_a_repeated_update_is_known_for_a_week(database: Database, step: Step) -> None:
    """Within the time for which a platform may repeat an update, it is known."""
    async with running(database, step) as process:
        await process.hear("一")
        process.clock.advance(days=6)
        await process.service.keep_up()
        await process.hear("一")
    assert await heard(database) == ["一"]


def test_a_state_is_read_as_it_was_written() -> None:
    """What is kept of a conversation comes back as it was, in whatever language."""
    state = State(locale="en", told=True).begin({"k": ["你好", 1.5, None, True, {"a": "\n"}]})
    assert store.load_state(store.dump_state(state)) == state


async def test_exports_that_wait_do_not_hold_each_other(database: Database, talk: Step) -> None:
    """A copy of all that is kept is not copied into the next one: many of them stay small."""
    async with running(database, talk) as process:
        process.platform.refuse("都在这里", *[TryLater("busy", 600)] * 3)
        for _ in range(12):
            await process.take(EXPORT)
        await process.settled()
        sizes = [len(message.body) for message in await messages(database)]
    assert max(sizes) < 20 * min(sizes)


async def test_who_leaves_while_hearing_goodbye_is_removed_after_it(
    database: Database, talk: Step
) -> None:
    """The number of a chat is nobody else's while something is on its way to it."""
    async with running(database, talk) as process:
        gate = process.platform.hold_back("都删掉了")
        await process.hear("一")
        await process.settled()
        await process.take(FORGET)
        await process.platform.tries(2)
        await process.take(Left())
        await process.hear("新来的", address="b")
        gate.set()
        await process.settled()
        assert process.platform.sent_to("b") == ["第1句：新来的"]
    assert [chat.address for chat in await chats(database)] == ["b"]
