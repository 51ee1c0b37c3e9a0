"""What a bot puts under a message: checked as the Bot API does, and read by the tests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from standin.errors import ApiError, refused
from standin.markup import link

ACTIONS = frozenset({
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text", "pay",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game",
})  # fmt: skip
LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
_OTHERS = {
    "keyboard": {
        "keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard",
        "input_field_placeholder", "selective",
    },
    "remove_keyboard": {"remove_keyboard", "selective"},
    "force_reply": {"force_reply", "input_field_placeholder", "selective"},
}  # fmt: skip
ROW = 8
TOTAL = 100
DATA = 64


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message: exactly one of ``data`` and ``url``, or another ``action``."""

    text: str
    action: str
    value: Any

    @property
    def data(self) -> str | None:
        """What is sent to the bot when it is pressed."""
        return self.value if self.action == "callback_data" else None

    @property
    def url(self) -> str | None:
        """Where it leads."""
        return self.value if self.action == "url" else None


def rows(markup: Mapping[str, Any] | None) -> tuple[tuple[Button, ...], ...]:
    """The buttons of an inline keyboard that has been checked."""
    return tuple(
        tuple(_button(button) for button in row)
        for row in (markup or {}).get("inline_keyboard", ())
    )


def _button(button: Mapping[str, Any]) -> Button:
    (action,) = ACTIONS & button.keys()
    return Button(button["text"], action, button[action])


def check(markup: object, *, inline_only: bool = False) -> dict[str, Any] | None:
    """A reply markup as it is kept; nothing if it has no buttons. Raises ApiError."""
    if not isinstance(markup, dict):
        raise refused("object expected as reply markup")
    if "inline_keyboard" in markup:
        _no_others(markup, {"inline_keyboard"})
        keyboard = [row for row in _rows(markup["inline_keyboard"]) if row]
        for button in _all(keyboard):
            _check_button(button)
        _check_size(keyboard)
        return {"inline_keyboard": keyboard} if keyboard else None
    if inline_only:
        raise refused("inline keyboard expected")
    for kind, fields in _OTHERS.items():
        if kind in markup:
            _no_others(markup, fields)
            return markup
    raise refused("can't parse reply keyboard markup JSON object")


def _all(keyboard: Iterable[Iterable[object]]) -> list[object]:
    return [button for row in keyboard for button in row]


def _rows(keyboard: object) -> list[list[object]]:
    if not isinstance(keyboard, list):
        raise refused('field "inline_keyboard" must be of type Array')
    for row in keyboard:
        if not isinstance(row, list):
            raise refused('field "inline_keyboard" must be an Array of Arrays')
    return keyboard


def _no_others(given: Mapping[str, Any], known: Iterable[str]) -> None:
    for name in given.keys() - set(known):
        raise ApiError(400, f"unknown field {name} in markup", careless="unknown parameter")


def _check_button(button: object) -> None:
    if not isinstance(button, dict):
        raise refused("can't parse inline keyboard button: expected an Object")
    _no_others(button, ACTIONS | LOOKS)
    text = button.get("text")
    if not isinstance(text, str):
        raise refused("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise refused("inline keyboard button text must be non-empty")
    actions = ACTIONS & button.keys()
    if not actions:
        raise refused(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise refused("can't parse inline keyboard button: exactly one action is allowed")
    if "callback_data" in actions:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= DATA:
            raise refused("BUTTON_DATA_INVALID")
    if "url" in actions and not (isinstance(button["url"], str) and link(button["url"])):
        raise refused("BUTTON_URL_INVALID")


def _check_size(keyboard: list[list[object]]) -> None:
    if any(len(row) > ROW for row in keyboard) or len(_all(keyboard)) > TOTAL:
        raise refused("reply markup is too long")
