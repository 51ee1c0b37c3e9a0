"""One step from a kept state to the one to be kept, whatever is sent and whatever goes wrong."""

from datetime import datetime

import pytest
from delivery import NOW
from structlog.testing import capture_logs

from bot.app import Step
from bot.stepping import SORRY, Stepped, stepped
from bot.store import dump_state, load_state
from conversations.language import language
from conversations.model import (
    LOCALES,
    Command,
    Edited,
    Event,
    House,
    Mentioned,
    Pressed,
    Reply,
    Said,
    Screening,
    State,
    Unreadable,
)
from conversations.step import step as step_of_the_assistant

FRESH = dump_state(State())
HOUSE = House()


def _kept(locale: str = "zh_Hans") -> str:
    return dump_state(State(locale=locale, screenings=(Screening(1, {"said": ["你好"]}),)))


def test_what_is_said_changes_the_state_and_is_answered(step: Step) -> None:
    """A step gives the state to be kept, the language of the answers, and the answers."""
    done = stepped(FRESH, Said("你好"), step, NOW, HOUSE)
    assert load_state(done.kept) == State(screenings=(Screening(1, {"said": ["你好"]}),))
    assert (done.before, done.after) == (State(), load_state(done.kept))
    assert (done.locale, done.replies[0].text) == ("zh_Hans", "第1句：你好")


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Said("a\0b"), Said("ab")),
        (Said("a\ud83db"), Said("a?b")),
        (Said("\0"), Said("")),
        (Mentioned("a\0\udc00"), Mentioned("a?")),
        (Pressed("q\0:1"), Pressed("q:1")),
        (Command("start\0", "jian\udc00"), Command("start", "jian?")),
        (Unreadable("photo"), Unreadable("photo")),
        (Edited(), Edited()),
        (Said("字" * 20_000), Said("字" * 20_000)),
        (Said("\x1b[31m\t🙂"), Said("\x1b[31m\t🙂")),
    ],
)
def test_whatever_is_sent_reaches_the_conversation_as_text(event: Event, expected: Event) -> None:
    """NULs and halves of characters are taken out; long and odd texts arrive whole."""
    seen: list[Event] = []

    def listen(
        state: State, event: Event, _now: datetime, _house: House
    ) -> tuple[State, tuple[Reply, ...]]:
        seen.append(event)
        return state, ()

    stepped(FRESH, event, listen, NOW, HOUSE)
    assert seen == [expected]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_apology_is_in_the_language_of_the_chat(step: Step, locale: str) -> None:
    """Whoever talks in English is told in English that something went wrong."""
    kept = _kept(locale)
    apology = (Reply(language(locale).say(SORRY)),)
    assert stepped(kept, Said("坏"), step, NOW, HOUSE) == Stepped(kept, locale, apology)


@pytest.mark.parametrize("kept", ["{", "{}", "[]", "1", '{"locale": "zh_Hans"}', ""])
def test_a_state_that_cannot_be_read_is_kept(step: Step, kept: str) -> None:
    """A state that this version cannot read is answered kindly and not overwritten."""
    apology = (Reply(SORRY),)
    assert stepped(kept, Said("在吗"), step, NOW, HOUSE) == Stepped(kept, "zh_Hans", apology)


def test_a_state_that_cannot_be_written_is_as_it_was() -> None:
    """A conversation that answers with something that is no JSON has not answered."""

    def spoil(
        _state: State, _event: Event, _now: datetime, _house: House
    ) -> tuple[State, tuple[Reply, ...]]:
        return State(screenings=(Screening(1, {"said": {1, 2}}),)), (Reply("好"),)

    apology = (Reply(SORRY),)
    assert stepped(_kept(), Said("好"), spoil, NOW, HOUSE) == Stepped(_kept(), "zh_Hans", apology)


def test_a_step_is_told_of_the_house() -> None:
    """What the conversation has to know beside its state reaches it."""
    seen: list[House] = []

    def look(
        state: State, _event: Event, _now: datetime, house: House
    ) -> tuple[State, tuple[Reply, ...]]:
        seen.append(house)
        return state, ()

    house = House(30, (), frozenset({"jian"}))
    stepped(FRESH, Said("好"), look, NOW, house)
    assert seen == [house]


def test_the_log_says_where_a_step_failed_and_quotes_nobody(step: Step) -> None:
    """The line names the kind of error and the place of it, not what was said."""
    with capture_logs() as lines:
        stepped(_kept(), Said("坏"), step, NOW, HOUSE)
    (line,) = lines
    assert (line["log_level"], line["error"], line["event_kind"]) == ("error", "ValueError", "Said")
    assert line["at"].startswith("talker.py:")
    assert "坏" not in str(line)
    assert "你好" not in str(line)


@pytest.mark.parametrize("kept", ["{", '{"locale": "en"}'])
def test_what_cannot_be_read_can_be_had_and_removed(kept: str) -> None:
    """Whoever wants what is kept, or wants it removed, gets that though nobody can read it."""
    wanted: list[tuple[Event, str]] = [
        (Command("export"), "export"),
        (Said("导出我的数据"), "export"),
        (Pressed("p:remove"), "forget"),
    ]
    for event, effect in wanted:
        done = stepped(kept, event, step_of_the_assistant, NOW, HOUSE)
        assert done.kept == kept
        assert done.replies[0].effect == effect
    (question,) = stepped(kept, Command("forget"), step_of_the_assistant, NOW, HOUSE).replies
    assert "p:remove" in [choice.token for choice in question.choices]
    (sorry,) = stepped(kept, Said("在吗"), step_of_the_assistant, NOW, HOUSE).replies
    assert sorry.text == language("zh_Hans").say(SORRY)
