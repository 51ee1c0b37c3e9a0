"""Pages about dates, over what was being asked."""

from typing import Any

from conversations.layers import Layer, answered, without
from conversations.model import State

__all__ = ["PREFIX", "answered", "closed", "is_open", "opened", "without"]

PREFIX = "date:"
_PAGES = Layer((PREFIX,), "beneath")

is_open = _PAGES.is_open
closed = _PAGES.closed


def opened(state: State, focus: str, **answers: Any) -> State:  # noqa: ANN401 - JSON values
    """The same with a page open and these answers given on it; a page before it is over."""
    return _PAGES.opened(state, PREFIX + focus, **answers)
