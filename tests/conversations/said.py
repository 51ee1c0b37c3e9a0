"""What several tests say in a chat, at one moment."""

from datetime import UTC, datetime

from conversations.model import Event, Reply, Said, State
from conversations.step import step

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


def said(*texts: str, state: State | None = None) -> State:
    """The state after saying some things, in a chat that has begun unless another is given."""
    state = state or State(told=True)
    for text in texts:
        state, _ = step(state, Said(text), NOW)
    return state


def heard(state: State, event: Event) -> tuple[State, tuple[Reply, ...]]:
    """The state after an event, and what is said."""
    return step(state, event, NOW)
