"""Pages of an office that open over what was being asked, which goes on once they are closed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations import aside, beside
from conversations.model import State

PREFIX = "office:"
# Where a draft keeps what was being asked when the first of these pages was opened.
_BENEATH = "below"


def is_open(state: State) -> bool:
    """Whether such a page is open."""
    return (state.focus or "").startswith(PREFIX)


def opened(state: State, page: str, **answers: Any) -> State:  # noqa: ANN401 - JSON values
    """The same with a page open and these answers given on it; a page before it is over."""
    state = beside.closed(aside.closed(state))
    beneath: Mapping[str, Any] = {"focus": state.focus, "draft": dict(state.draft)}
    if is_open(state):
        beneath = state.draft.get(_BENEATH, {})
    return replace(state, focus=PREFIX + page, draft={_BENEATH: beneath, **answers})


def closed(state: State) -> State:
    """The same with what was being asked before; without a page open, the same."""
    if not is_open(state):
        return state
    beneath = state.draft.get(_BENEATH, {})
    return replace(state, focus=beneath.get("focus"), draft=beneath.get("draft", {}))
