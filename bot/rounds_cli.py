"""``award-bot rounds``: rounds announced, corrected, taken back and listed by the operator.

A line for each thing: what happened or what is wrong, where, what to do. The exit status is 0 if it
was done, 1 if it is asked back, 2 if it cannot be; if not all can be done, nothing is.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.config import load_settings, shown, sqlite_path
from bot.database import open_database
from bot.errors import DatabaseError
from bot.logs import configure
from bot.round_entries import EntryError, Problem, changed_round, new_round, problems_of
from bot.round_files import FileError, Written, read_file
from bot.rounds import RoundError, all_rounds, correct, publish
from conversations.writing import zone_of
from rules.rounds import Round

DONE, ASKED_BACK, WRONG = 0, 1, 2
TOLD = "whoever follows the award is told by the running award-bot"

Clock = Callable[[], datetime]
T = TypeVar("T")


class Refused(Exception):  # noqa: N818 - nothing has failed
    """Nothing is done: the lines that say why, and the exit status."""

    def __init__(self, lines: Sequence[str], status: int) -> None:
        super().__init__(*lines)
        self.lines, self.status = lines, status


def add(entry: Mapping[str, Any], file: Path | None, clock: Clock, *, opened: bool = False) -> int:
    """Announce a round, or all of a file; gives the exit status.

    ``opened``: applications may have begun before now. Raises ConfigError, DatabaseError, OSError.
    """

    async def work(connection: AsyncConnection) -> list[str]:
        now = clock()
        wanted = _checked(_entries(entry, file), await all_rounds(connection), now, opened=opened)
        done = [await publish(connection, new, now) for new in wanted]
        return [f"{_line(each)}: announced; {TOLD}" for each in done]

    return _run(work)


def change(number: int, entry: Mapping[str, Any], clock: Clock, *, opened: bool = False) -> int:
    """Correct a round; gives the exit status. Raises ConfigError or DatabaseError."""

    async def work(connection: AsyncConnection) -> list[str]:
        now = clock()
        rounds = await all_rounds(connection)
        old = _found(rounds, number)
        try:
            new = changed_round(old, entry, now)
        except EntryError as error:
            raise Refused([f"round {number}: {each}" for each in error.problems], WRONG) from None
        found = [each for each in problems_of(new, rounds, now, old) if not (each.asked and opened)]
        _refuse([(f"round {number}: {each}", each) for each in found])
        return _changes(old, await correct(connection, new, now))

    return _run(work)


def close(number: int, clock: Clock) -> int:
    """Take a round back; gives the exit status. Raises ConfigError or DatabaseError."""

    async def work(connection: AsyncConnection) -> list[str]:
        old = _found(await all_rounds(connection), number)
        gone = replace(old, withdrawn=True, version=old.version + 1)
        await correct(connection, gone, clock())
        return [f"{_line(old)}: taken back; {TOLD}, and its reminders end"]

    return _run(work)


def show(award: str | None, style: str) -> int:
    """List the rounds; gives the exit status. Raises ConfigError or DatabaseError."""

    async def work(connection: AsyncConnection) -> list[str]:
        rounds = await all_rounds(connection, award)
        if style == "json":
            return [json.dumps(asdict(each), ensure_ascii=False, default=_iso) for each in rounds]
        return [_listed(each) for each in rounds] or ["no rounds; award-bot rounds add makes one"]

    path = sqlite_path(load_settings().database_url)
    if path is not None and not path.exists():
        raise DatabaseError(f"{path}: nothing is there yet; award-bot rounds add makes it")
    return _run(work)


def _run(work: Callable[[AsyncConnection], Awaitable[list[str]]]) -> int:
    """Do something in one transaction and print what was done, or why nothing was."""
    settings = load_settings()
    configure(settings.log)
    try:
        lines = asyncio.run(in_transaction(work))
    except Refused as refused:
        sys.stderr.write("".join(f"{line}\n" for line in refused.lines))
        sys.stderr.write("nothing was changed\n")
        return refused.status
    except RoundError as error:
        sys.stderr.write(f"{error}; see award-bot rounds list\nnothing was changed\n")
        return ASKED_BACK
    sys.stderr.write(f"{shown(settings.database_url)}\n")
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return DONE


async def in_transaction(work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    """Do something in one transaction, beside a running program. Raises DatabaseError."""
    database = await open_database(load_settings().database_url, alone=False)
    try:
        async with database.transaction() as connection:
            return await work(connection)
    finally:
        await database.close()


def _entries(entry: Mapping[str, Any], file: Path | None) -> list[tuple[str, Written]]:
    """What is to be announced, each with how its place is named."""
    if file is None:
        return [("", Written(0, dict(entry)))]
    try:
        return [(str(file), written) for written in read_file(file)]
    except FileError as error:
        place = f"{file}:{error.line}" if error.line else f"{file}"
        raise Refused([f"{place}: {error.reason}"], WRONG) from None


def _checked(
    entries: Sequence[tuple[str, Written]], kept: Sequence[Round], now: datetime, *, opened: bool
) -> list[Round]:
    """The rounds to be announced. Raises Refused with all that is wrong with any of them."""
    wanted: list[Round] = []
    found: list[tuple[str, Problem]] = []
    for file, written in entries:
        try:
            new = new_round(written.fields, now)
            wrong = list(problems_of(new, [*kept, *wanted], now))
            wanted.append(new)
        except EntryError as error:
            wrong = list(error.problems)
        for each in wrong:
            if each.asked and each.field == "opens" and opened:
                continue
            place = f"{file}:{written.line_of(each.field)}: " if file else ""
            found.append((f"{place}{each}", each))
    _refuse(found)
    return wanted


def _refuse(found: Sequence[tuple[str, Problem]]) -> None:
    if found:
        asked = all(problem.asked for _, problem in found)
        raise Refused([line for line, _ in found], ASKED_BACK if asked else WRONG)


def _found(rounds: Sequence[Round], number: int) -> Round:
    found = next((each for each in rounds if each.id == number), None)
    if found is None:
        raise Refused([f"no round {number}; see award-bot rounds list"], WRONG)
    if found.withdrawn:
        raise Refused(
            [f"round {number}: taken back already; award-bot rounds add makes a new one"], WRONG
        )
    return found


def _changes(old: Round, new: Round) -> list[str]:
    """A line for each thing that is changed."""
    before, after = _shown(old), _shown(new)
    lines = [
        f"round {old.id}: {name}: {before[name]} → {after[name]}"
        for name in before
        if before[name] != after[name]
    ]
    return [*lines, f"{_line(new)}: changed; {TOLD}"]


def _shown(one: Round) -> dict[str, str]:
    return {
        "title": one.title,
        "number": one.number or "none",
        "opens": _moment(one, one.opens),
        "closes": _moment(one, one.closes),
        "hand_in": one.hand_in or "none",
        "where": one.where or "none",
        "milestones": "; ".join(f"{each.day} {each.title}" for each in one.milestones) or "none",
    }


def _line(one: Round) -> str:
    opens, closes = _moment(one, one.opens), _moment(one, one.closes)
    return f"round {one.id} ({one.award} {one.year}, {opens} to {closes})"


def _listed(one: Round) -> str:
    state = ", taken back" if one.withdrawn else ""
    number = f" {one.number}" if one.number else ""
    return f"{_line(one)}{state}: {one.title}{number}"


def _moment(one: Round, moment: datetime) -> str:
    return f"{moment.astimezone(zone_of(one.award)):%Y-%m-%d %H:%M}"


def _iso(value: object) -> str:
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
