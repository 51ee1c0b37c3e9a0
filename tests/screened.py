"""``award-bot screen`` run on what a test sends to its standard input."""

import io
import json
import sys
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from bot.screen import screen

Json = dict[str, Any]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CASE = {"jurisdiction": "qingshanhu", "track": "organisation", "as_of": "2026-11-20"}


def printed(content: str | bytes, output: str = "json", locale: str = "zh_Hans") -> tuple[int, str]:
    """Send something to standard input; return the exit status and what is printed."""
    raw = content if isinstance(content, bytes) else content.encode()
    written = io.BytesIO()
    stdin = io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8")
    stdout = io.TextIOWrapper(written, encoding="utf-8")
    with patch.object(sys, "stdin", stdin), patch.object(sys, "stdout", stdout):
        status = screen("-", output, locale, NOW)
        stdout.flush()
    return status, written.getvalue().decode()


def results(content: str | bytes, locale: str = "zh_Hans") -> tuple[int, list[Json]]:
    """Send something; return the exit status and the object on each line that is printed."""
    status, text = printed(content, "json", locale)
    assert text.endswith("\n")
    return status, [json.loads(line) for line in text.splitlines()]


def case(**facts: object) -> str:
    """Return the line of a good case with these facts."""
    return json.dumps(CASE | {"facts": facts})
