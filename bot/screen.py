"""``award-bot screen``: cases in, verdicts out, one line a case."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from conversations.report import error, report, text
from rules.cases import parse_case
from rules.facts import InputError
from rules.messages import message

JSON_EXPECTED = message("一个 JSON 对象：{reason}")
UTF8_EXPECTED = message("UTF-8 编码的文本")
READABLE_FILE = message("可以读取的文件：{reason}")
A_CASE = message("至少一个案例")


def screen(source: str, output: str, locale: str, now: datetime) -> int:
    """Judge every case in ``source`` (a path, or ``-``) and print a result for each.

    Gives the exit status: 0 if every case could be judged, 2 if one was malformed.
    """
    status = 0
    for line, case in _cases(source):
        try:
            result = report(parse_case(_parsed(case), now), locale)
        except InputError as problem:
            problem.line = (problem.line or 1) + line - 1
            result, status = error(problem, locale), 2
        sys.stdout.write(_shown(result, output, locale))
    return status


def _shown(result: dict[str, Any], output: str, locale: str) -> str:
    if output == "text":
        return f"{text(result, locale)}\n\n"
    return f"{json.dumps(result, ensure_ascii=False)}\n"


def _cases(source: str) -> Iterator[tuple[int, str | InputError]]:
    """Each case with the line it starts on: the whole file if it is one object, else each line."""
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        yield line, InputError("", UTF8_EXPECTED)
        return
    except OSError as problem:
        yield 1, InputError("", READABLE_FILE, {"reason": problem.strerror or ""})
        return
    lines = [(number, line) for number, line in enumerate(content.split("\n"), 1) if line.strip()]
    if not lines:
        yield 1, InputError("", A_CASE)
    elif len(lines) == 1 or not any(_is_case(line) for _, line in lines):
        yield 1, content
    else:
        yield from lines


def _is_case(line: str) -> bool:
    """Whether a line is a case of its own, rather than a piece of a spread-out object."""
    try:
        case = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(case, dict) and "jurisdiction" in case


def _parsed(case: str | InputError) -> object:
    if isinstance(case, InputError):
        raise case
    try:
        return json.loads(case, object_pairs_hook=_unique, parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        reason = f"{problem.msg} (column {problem.colno})"
        raise InputError("", JSON_EXPECTED, {"reason": reason}, line=problem.lineno) from problem
    except (ValueError, RecursionError) as problem:
        reason = str(problem).partition(";")[0]
        raise InputError("", JSON_EXPECTED, {"reason": reason}) from problem


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InputError(twice, JSON_EXPECTED, {"reason": f"the key {twice!r} stands there twice"})
    return table


def _no_constant(name: str) -> object:
    raise InputError("", JSON_EXPECTED, {"reason": f"{name} is no JSON number"})
