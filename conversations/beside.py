"""Pages of the desk that open beside what was being asked, which goes on once they are closed."""

from dataclasses import replace
from typing import Any

from conversations import aside
from conversations.model import State

ASK, DESK = "ask:", "desk:"
# Where a draft keeps what was being asked when the first of these pages was opened.
_BENEATH = "under"


def is_open(state: State) -> bool:
    """Whether such a page is open."""
    return state.focus is not None and state.focus.startswith((ASK, DESK))


def opened(state: State, focus: str, **answers: Any) -> State:  # noqa: ANN401 - JSON values
    """The same with a page open and these answers given on it; a page before it is over."""
    state = aside.closed(state)
    if is_open(state):
        beneath = state.draft.get(_BENEATH, {})
    else:
        beneath = {"focus": state.focus, "draft": dict(state.draft)}
    return replace(state, focus=focus, draft={_BENEATH: beneath, **answers})


def closed(state: State) -> State:
    """The same with what was being asked before; without a page open, the same."""
    if not is_open(state):
        return state
    beneath = state.draft.get(_BENEATH, {})
    return replace(state, focus=beneath.get("focus"), draft=beneath.get("draft", {}))


def answered(state: State, **answers: Any) -> State:  # noqa: ANN401 - JSON values
    """The same with these answers given on the open page."""
    return replace(state, draft={**state.draft, **answers})


def without(state: State, *names: str) -> State:
    """The same with these answers on the open page taken back."""
    return replace(state, draft={k: v for k, v in state.draft.items() if k not in names})
