"""Pages that open over what was being asked, which goes on once they are closed."""

from dataclasses import dataclass, replace
from typing import Any

from conversations.model import State


@dataclass(frozen=True, slots=True)
class Layer:
    """Pages of one kind: their focus begins with one of ``prefixes``.

    ``beneath`` is where a draft keeps what was being asked when the first of them was opened.
    """

    prefixes: tuple[str, ...]
    beneath: str

    def is_open(self, state: State) -> bool:
        """Whether such a page is open."""
        return state.focus is not None and state.focus.startswith(self.prefixes)

    def opened(self, state: State, focus: str, **answers: Any) -> State:  # noqa: ANN401 - JSON
        """The same with a page open and these answers given on it; a page before it is over."""
        kept = {"focus": state.focus, "draft": dict(state.draft)}
        if self.is_open(state):
            kept = state.draft.get(self.beneath, {})
        return replace(state, focus=focus, draft={self.beneath: kept, **answers})

    def closed(self, state: State) -> State:
        """The same with what was being asked before; without a page open, the same."""
        if not self.is_open(state):
            return state
        kept = state.draft.get(self.beneath, {})
        return replace(state, focus=kept.get("focus"), draft=kept.get("draft", {}))


def answered(state: State, **answers: Any) -> State:  # noqa: ANN401 - JSON values
    """The same with these answers given on the open page."""
    return replace(state, draft={**state.draft, **answers})


def without(state: State, *names: str) -> State:
    """The same with these answers on the open page taken back."""
    return replace(state, draft={k: v for k, v in state.draft.items() if k not in names})
