"""Files of rounds and the like: CSV with a header, or a JSON list; each entry with its lines."""

import csv
import io
import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.json_places import line_of
from bot.round_entries import FIELDS

MOST = 1000
"""More rounds than any country's offices announce at once."""


class FileError(Exception):
    """A file that cannot be read: its line, if known, and what is wrong."""

    def __init__(self, line: int | None, reason: str) -> None:
        super().__init__(line, reason)
        self.line, self.reason = line, reason


@dataclass(frozen=True, slots=True)
class Written:
    """An entry of a file, and the line of each of its fields."""

    line: int
    fields: dict[str, Any]
    lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, name: str) -> int:
        """The line of a field, or of the entry."""
        return self.lines.get(name, self.line)


def read_file(path: Path, names: Sequence[str] = FIELDS, what: str = "rounds") -> list[Written]:
    """The entries of a file, by their fields' names. Raises FileError, or OSError if unreadable."""
    try:
        text = path.read_bytes().removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        reason = "not UTF-8; in a spreadsheet program save it as “CSV UTF-8”"
        raise FileError(error.object.count(b"\n", 0, error.start) + 1, reason) from error
    entries = list(
        _json(text, names) if text.lstrip().startswith(("[", "{")) else _csv(text, names)
    )
    if not entries:
        raise FileError(None, f"no {what} in it")
    if len(entries) > MOST:
        raise FileError(None, f"more than {MOST} {what} in it")
    return entries


def _csv(text: str, names: Sequence[str]) -> Iterator[Written]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                if header is None:
                    header = _header(row, line, names)
                elif len(row) != len(header):
                    raise FileError(line, f"{len(row)} columns, the header has {len(header)}")
                else:
                    cells = zip(header, row, strict=True)
                    yield Written(line, {name: cell.strip() for name, cell in cells if cell})
            line = reader.line_num + 1  # a quoted cell may hold several lines
    except csv.Error as error:
        raise FileError(line, f"not CSV: {error}") from error


def _header(row: list[str], line: int, known: Sequence[str]) -> list[str]:
    names = [cell.strip().lower() for cell in row]
    wrong = [name for name in names if name not in known or names.count(name) > 1]
    if wrong:
        expected = f"expected once each of {', '.join(known)}"
        raise FileError(line, f"column {wrong[0]!r}: {expected}")
    return names


def _json(text: str, names: Sequence[str]) -> Iterator[Written]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise FileError(error.lineno, f"not JSON: {error.msg} (column {error.colno})") from error
    except RecursionError as error:
        raise FileError(None, "not JSON: nested too deep") from error
    start = text.lstrip()
    above = text[: len(text) - len(start)].count("\n")
    for index, entry in enumerate(found if isinstance(found, list) else [found]):
        place = f"[{index}]" if isinstance(found, list) else ""
        line = line_of(start, place) + above
        if not isinstance(entry, dict):
            raise FileError(line, "expected an object for each round")
        lines = {
            name: line_of(start, f"{place}.{name}" if place else name) + above
            for name in entry
            if name in names
        }
        yield Written(line, entry, lines)
