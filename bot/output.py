"""How commands print results."""

import json
from enum import StrEnum
from typing import Any

# JSON lets these stand in a string, but to many readers of lines they end one.
_LINE_ENDS = {ord(character): f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}


class Output(StrEnum):
    """For programs or for people."""

    JSON = "json"
    TEXT = "text"


def json_line(result: dict[str, Any]) -> bytes:
    """One result on one line: UTF-8 wherever it goes; half a surrogate pair is escaped."""
    shown = json.dumps(result, ensure_ascii=False).translate(_LINE_ENDS)
    return f"{shown}\n".encode("utf-8", "backslashreplace")
