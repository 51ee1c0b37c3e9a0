"""The words of a question are kept only until the next thing that is said."""

from datetime import UTC, datetime

import pytest

from conversations.model import Command, Event, Pressed, Said, State
from conversations.step import step

NOW = datetime(2026, 11, 20, 11, tzinfo=UTC)
QUESTIONS = ["明天会下雨吗？", "吉安评审要不要交钱", "吉安奖金多少", "特种设备检验多久一次"]


def said(state: State, *events: Event) -> State:
    """What is kept after some events."""
    for event in events:
        state, _ = step(state, event, NOW)
    return state


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "after", [Said("吉安"), Said("谢谢"), Command("help"), Said("连云港几年评一次")]
)
def test_the_next_word_takes_them_away(question: str, after: Event) -> None:
    """Whatever was answered, and whatever is said next."""
    state = said(State(told=True), Said(question), after)
    assert question not in str(state.to_json())


@pytest.mark.parametrize("question", QUESTIONS[:2])
def test_until_then_they_can_be_handed_over(question: str) -> None:
    """By the button or by its words."""
    for event in (Pressed("k:ask"), Said("转给工作人员")):
        assert question in str(said(State(told=True), Said(question), event).to_json())
