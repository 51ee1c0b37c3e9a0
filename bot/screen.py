"""``award-bot screen``: cases in, verdicts out, one line a case."""

import json
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.json_places import line_of
from bot.output import json_line
from conversations.report import error, report, text
from rules.cases import parse_case
from rules.facts import InputError
from rules.messages import message

JSON_EXPECTED = message("一个 JSON 对象：{reason}")
UTF8_EXPECTED = message("UTF-8 编码的文本")
READABLE_FILE = message("可以读取的文件：{reason}")
A_CASE = message("至少一个案例")

_JSON_SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True)
class _Refused:
    """Stands in what was parsed for a value that cannot be taken, until its path is known."""

    reason: str


def screen(source: str, output: str, locale: str, now: datetime) -> int:
    """Judge every case in ``source`` (a path, or ``-``) and print a result for each.

    Gives the exit status: 0 if every case could be judged, 2 if one was malformed.
    """
    status = 0
    if sys.stdout is None:
        raise OSError("standard output is closed")
    for line, case in _cases(source):
        try:
            result = report(parse_case(_parsed(case), now), locale)
        except InputError as problem:
            problem.line = _line_in_case(case, problem) + line - 1
            result, status = error(problem, locale), 2
        sys.stdout.buffer.write(_shown(result, output, locale))
    sys.stdout.buffer.flush()
    return status


def _line_in_case(case: str | InputError, problem: InputError) -> int:
    """The line of a problem within its case, from 1."""
    if problem.line is not None or isinstance(case, InputError) or not problem.path:
        return problem.line or 1
    return line_of(case, problem.path)


def _shown(result: dict[str, Any], output: str, locale: str) -> bytes:
    """What is printed."""
    if output == "text":
        return f"{text(result, locale)}\n\n".encode(sys.stdout.encoding, "backslashreplace")
    return json_line(result)


def _cases(source: str) -> Iterator[tuple[int, str | InputError]]:
    """Each case with the line it starts on: the whole file if it is one object, else each line.

    Bytes that are not UTF-8 are kept as half surrogate pairs, so that only their case suffers.
    """
    try:
        if source == "-":
            raw = sys.stdin.buffer.read() if sys.stdin else b""
        else:
            raw = Path(source).read_bytes()
    except OSError as problem:
        yield 1, InputError("", READABLE_FILE, {"reason": problem.strerror or ""})
        return
    content = raw.removeprefix(BOM_UTF8).decode("utf-8", "surrogateescape")
    lines = [
        (number, line)
        for number, line in enumerate(content.split("\n"), 1)
        if line.strip(_JSON_SPACE)
    ]
    if not lines:
        yield 1, InputError("", A_CASE)
    elif _is_json(content) or _is_spread_out([line for _, line in lines]):
        yield lines[0][0], content.lstrip(_JSON_SPACE)
    else:
        yield from lines


def _is_spread_out(lines: list[str]) -> bool:
    """Whether lines that are not JSON together are one broken object, and not a case a line."""
    first, *others = lines
    return not others or not (_is_json(first) or any(line.startswith("{") for line in others))


def _is_json(content: str) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _parsed(case: str | InputError) -> object:
    if isinstance(case, InputError):
        raise case
    try:
        case.encode()
        parsed = json.loads(case, object_pairs_hook=_table, parse_constant=_constant)
        refused = next(_refused(parsed, ""), None)
    except UnicodeEncodeError as problem:
        line = case.count("\n", 0, problem.start) + 1
        raise InputError("", UTF8_EXPECTED, line=line) from problem
    except json.JSONDecodeError as problem:
        reason = f"{problem.msg} (column {problem.colno})"
        raise InputError("", JSON_EXPECTED, {"reason": reason}, line=problem.lineno) from problem
    except (ValueError, RecursionError) as problem:
        reason = str(problem).partition(";")[0]
        raise InputError("", JSON_EXPECTED, {"reason": reason}) from problem
    if refused:
        path, reason = refused
        raise InputError(path, JSON_EXPECTED, {"reason": reason})
    return parsed


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in pairs:
        table[key] = _Refused(f"the key {key!r} stands there twice") if key in table else value
    return table


def _constant(name: str) -> _Refused:
    return _Refused(f"{name} is no JSON number")


def _refused(value: object, path: str) -> Iterator[tuple[str, str]]:
    """The path and the reason of every value that cannot be taken."""
    if isinstance(value, _Refused):
        yield path, value.reason
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _refused(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _refused(inner, f"{path}[{index}]")
