"""Where in a JSON text a key path stands: JSON readers keep no line numbers."""

import json
import re

_STEP = re.compile(r"\[(\d+)\]|([^.\[\]]+)")
_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"


def line_of(text: str, path: str) -> int:
    """The line (from 1) of a path such as ``facts.records.quality_claim[1].date`` in valid JSON.

    Where the path stops short, the line of the last part that is there.
    """
    position = _skip(text, 0)
    found = position
    for match in _STEP.finditer(path):
        step: int | str = int(match[1]) if match[1] else match[2]
        place = _inside(text, position, step)
        if place is None:
            break
        found, position = place
    return text.count("\n", 0, found) + 1


def _inside(text: str, position: int, step: int | str) -> tuple[int, int] | None:
    """Where the entry ``step`` of the value at ``position`` begins, and where its value does."""
    is_table = isinstance(step, str)
    if text[position] != ("{" if is_table else "["):
        return None
    start = _skip(text, position + 1)
    number = 0
    while text[start] not in "}]":
        key: object = number
        value = start
        if is_table:
            key, end = _DECODER.raw_decode(text, start)
            value = _skip(text, _skip(text, end) + 1)
        if key == step:
            return start, value
        _, end = _DECODER.raw_decode(text, value)
        start = _skip(text, end)
        if text[start] == ",":
            start = _skip(text, start + 1)
        number += 1
    return None


def _skip(text: str, position: int) -> int:
    while text[position] in _SPACE:
        position += 1
    return position
