"""Whether officers may see what was not understood: asked on the privacy page, by default no."""

from datetime import datetime

import pytest
from dialogues import heard

from conversations.model import Command, Event, Pressed, Reply, Said, Screened, State
from conversations.step import step

NOW = datetime.fromisoformat("2026-11-20T19:00:00+08:00")


def after(*events: Event) -> tuple[State, tuple[Reply, ...]]:
    """The state after some events, and the last replies; the state survives as JSON."""
    state = State(told=True)
    replies: tuple[Reply, ...] = ()
    for event in events:
        state, replies = step(state, event, NOW)
        state = State.from_json(state.to_json())
    return state, replies


def test_by_default_officers_see_nothing() -> None:
    """The page says so, and offers to change it."""
    state, replies = after(Command("privacy"))
    assert not state.shows_questions
    assert "现在不给看，也不留下来" in replies[0].text
    assert "没看懂的话，可以给工作人员看" in heard(replies)


def test_it_is_allowed_and_taken_back() -> None:
    """By the button on the page, which says then what holds; the state keeps it."""
    state, replies = after(Command("privacy"), Pressed("p:show"))
    assert state.shows_questions
    assert "您同意了给工作人员看" in replies[0].text
    state, replies = after(Command("privacy"), Pressed("p:show"), Pressed("p:hide"))
    assert not state.shows_questions
    assert "现在不给看" in replies[0].text


def test_it_goes_with_all_else() -> None:
    """Who removes everything has allowed nothing any more."""
    state, _ = after(Pressed("p:show"), Command("forget"), Pressed("p:remove"))
    assert state == State()


SCREENINGS = [
    (("青山湖", "企业", "今天", "快速"), None),
    (("青山湖", "企业", "今天", "快速", "否"), "ineligible"),
]


@pytest.mark.parametrize(("texts", "outcome"), SCREENINGS)
def test_a_result_tells_the_figures_what_came_of_it(
    texts: tuple[str, ...], outcome: str | None
) -> None:
    """Award, track, outcome and what fails; nothing while questions are open."""
    _, replies = after(*map(Said, texts))
    told = [reply.tells for reply in replies if reply.tells]
    if outcome is None:
        assert told == []
        return
    (found,) = told
    assert isinstance(found, Screened)
    assert (found.award, found.track, found.outcome) == ("qingshanhu", "organisation", outcome)
    assert found.failing == ("registered_in_area",)
