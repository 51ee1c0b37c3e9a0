"""``award-bot ask``: questions about the regulations, answered on the command line."""

import json
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.output import json_line
from conversations.model import LOCALES
from conversations.questions import Answered, ask
from knowledge.load import awards
from rules.load import load_award

KEYS = ("question", "jurisdiction", "locale")


class AskError(ValueError):
    """A question that cannot be taken: where in the input, and what was expected."""

    def __init__(self, line: int, path: str, expected: str) -> None:
        super().__init__(line, path, expected)
        self.line, self.path, self.expected = line, path, expected

    def __str__(self) -> str:
        return f"line {self.line}, {self.path}: expected {self.expected}"

    def to_json(self) -> dict[str, Any]:
        """The error object of the contract."""
        error = {"line": self.line, "path": self.path, "expected": self.expected, "citation": None}
        return {"error": error}


def result(question: str, award: str | None, locale: str | None, now: datetime) -> Answered:
    """Answer one question as of ``now``."""
    zone = ZoneInfo(load_award(award or awards()[0]).spec.timezone)
    return ask(question, award, now.astimezone(zone).date(), locale)


def as_json(question: str, given: Answered) -> dict[str, Any]:
    """The contract's object for an answer."""
    return {
        "question": question,
        "outcome": given.outcome,
        "jurisdictions": list(given.awards),
        "text": given.text,
        "citations": [
            {"jurisdiction": cited.award, "label": cited.label, "quote": cited.quote}
            for cited in given.citations
        ],
        "suggestions": [suggestion.text for suggestion in given.suggestions],
    }


def as_text(given: Answered) -> str:
    """An answer as people read it: first the answer, then the articles."""
    lines = [given.text, *(f"· {each.text}" for each in given.suggestions)]
    several = len({cited.award for cited in given.citations}) > 1
    if given.citations and given.outcome != "which_jurisdiction":
        lines.append("")
    for cited in given.citations if given.outcome != "which_jurisdiction" else ():
        name = load_award(cited.award).spec.name if several else ""
        lines.append(f"{name}{cited.label}：“{cited.quote}”")
    return "\n".join(lines)


def run(question: str, award: str | None, locale: str | None, output: str, now: datetime) -> int:
    """Answer a question, or those of standard input if it is ``-``; gives the exit status.

    It is 2 if something could not be taken; the others are answered all the same.
    """
    if sys.stdout is None:
        raise OSError("standard output is closed")
    status = 0
    asked = _lines() if question == "-" else [(1, question)]
    for number, line in asked:
        try:
            text, about, spoken = _parsed(number, line) if question == "-" else (line, None, None)
            given = result(text, about or award, spoken or locale, now)
            shown = as_json(text, given) if output == "json" else as_text(given)
        except AskError as error:
            status = 2
            shown = error.to_json() if output == "json" else str(error)
        sys.stdout.buffer.write(_encoded(shown))
    sys.stdout.buffer.flush()
    return status


def _encoded(shown: dict[str, Any] | str) -> bytes:
    if isinstance(shown, dict):
        return json_line(shown)
    return f"{shown}\n\n".encode(sys.stdout.encoding, "backslashreplace")


def _lines() -> Iterator[tuple[int, str]]:
    """The lines of standard input that are not empty; bytes that are no UTF-8 stay recognisable."""
    raw = sys.stdin.buffer.read() if sys.stdin else b""
    lines = raw.removeprefix(BOM_UTF8).split(b"\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, line.decode("utf-8", "surrogateescape")


def _parsed(number: int, line: str) -> tuple[str, str | None, str | None]:
    try:
        line.encode("utf-8")
        found = json.loads(line)
    except UnicodeEncodeError as error:
        raise AskError(number, "", "UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise AskError(number, "", "a JSON object a line") from error
    if not isinstance(found, dict):
        raise AskError(number, "", "a JSON object a line")
    unknown = next((key for key in found if key not in KEYS), None)
    if unknown is not None:
        raise AskError(number, unknown, f"one of these keys: {', '.join(KEYS)}")
    question, award, locale = (found.get(key) for key in KEYS)
    if not isinstance(question, str):
        raise AskError(number, "question", "a text")
    if award is not None and award not in awards():
        raise AskError(number, "jurisdiction", f"one of: {', '.join(awards())}, or null")
    if locale is not None and locale not in LOCALES:
        raise AskError(number, "locale", f"one of: {', '.join(LOCALES)}, or null")
    return question, award, locale
