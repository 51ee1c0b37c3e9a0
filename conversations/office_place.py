"""Pages of an office, over what was being asked."""

from typing import Any

from conversations import aside, beside
from conversations.layers import Layer
from conversations.model import State

PREFIX = "office:"
_PAGES = Layer((PREFIX,), "below")

is_open = _PAGES.is_open
closed = _PAGES.closed


def opened(state: State, page: str, **answers: Any) -> State:  # noqa: ANN401 - JSON values
    """The same with a page open and these answers given on it; a page before it is over."""
    return _PAGES.opened(beside.closed(aside.closed(state)), PREFIX + page, **answers)
