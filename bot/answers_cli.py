"""``award-bot answers``: an office's own answers, kept, changed, withdrawn, listed and copied.

A line for each thing: what happened or what is wrong, where, what to do. The exit status is 0 if it
was done, 2 if it cannot be; if not all can be done, nothing is.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.audit import SHELL
from bot.config import load_settings
from bot.logs import configure
from bot.office_answer_files import FIELDS, EntryError, read_entry, same_as, written
from bot.office_answers import OfficeError, all_answers, keep, withdraw
from bot.round_files import FileError, Written, read_file
from bot.rounds_cli import Refused, in_transaction
from conversations.office_answers import OfficeAnswer
from conversations.office_checks import conflict
from conversations.writing import zone_of
from knowledge.load import awards as award_ids

DONE, WRONG = 0, 2
LIST = "see award-bot answers list"
# Of an entry whose award is not known the day is that of all offices.
_ZONE_OF = "jian"

Clock = Callable[[], datetime]


def add(entry: Mapping[str, Any], clock: Clock) -> int:
    """Keep a new answer; gives the exit status. Raises ConfigError or DatabaseError."""

    async def work(connection: AsyncConnection) -> list[str]:
        new = _read(entry, _today(clock(), entry))
        kept = await keep(connection, new, SHELL, clock())
        return [f"{_line(kept)}: kept", *_warnings(kept)]

    return _run(work)


def edit(number: int, entry: Mapping[str, Any], clock: Clock) -> int:
    """Change an answer; what is not given stays. Gives the exit status."""

    async def work(connection: AsyncConnection) -> list[str]:
        old = await _found(connection, number)
        new = _read(entry, _today(clock(), {"award": old.award}), old)
        if new == replace(old, version=new.version):
            return [f"{_line(old)}: nothing changed"]
        kept = await keep(connection, new, SHELL, clock())
        return [f"{_line(kept)}: changed", *_warnings(kept)]

    return _run(work)


def take_back(number: int, clock: Clock) -> int:
    """Withdraw an answer: it is told to nobody any more. Gives the exit status."""

    async def work(connection: AsyncConnection) -> list[str]:
        old = await _found(connection, number)
        await withdraw(connection, old.award, old.id, old.version, SHELL, clock())
        return [f"{_line(old)}: withdrawn"]

    return _run(work)


def show(award: str | None, style: str, clock: Clock) -> int:
    """List all answers, also those withdrawn or expired; gives the exit status."""

    async def work(connection: AsyncConnection) -> list[str]:
        answers = await all_answers(connection, award)
        if style == "json":
            return [json.dumps(asdict(each), ensure_ascii=False, default=_iso) for each in answers]
        now = clock()
        listed = [f"{_line(each)}{_state(each, now)}: {each.text}" for each in answers]
        return listed or ["no answers; award-bot answers add makes one"]

    return _run(work)


def copy_out(award: str | None, style: str, file: Path | None) -> int:
    """Write the answers that are not withdrawn, as ``json`` or ``csv``; gives the exit status.

    Raises OSError if the file cannot be written.
    """
    found: list[OfficeAnswer] = []

    async def work(connection: AsyncConnection) -> list[str]:
        found.extend(each for each in await all_answers(connection, award) if not each.withdrawn)
        return [] if file is not None else written(found, style).splitlines()

    status = _run(work)
    if file is not None and status == DONE:
        # A spreadsheet program takes a file that does not begin so for another encoding.
        file.write_text(written(found, style), "utf-8-sig" if style == "csv" else "utf-8")
        sys.stdout.write(f"{file}: {len(found)} answers\n")
    return status


def copy_in(file: Path, clock: Clock) -> int:
    """Keep all answers of a file, or none: one that stands already is changed, or left as it is.

    Gives the exit status. Raises OSError if the file cannot be read.
    """

    async def work(connection: AsyncConnection) -> list[str]:
        lines, wrong = [], []
        now = clock()
        for each in _entries(file):
            try:
                lines += await _import(connection, each, now)
            except (Refused, OfficeError) as error:
                reasons = error.lines if isinstance(error, Refused) else [str(error)]
                wrong += [f"{file}:{_place(each, line)}: {line}" for line in reasons]
        if wrong:
            raise Refused(wrong, WRONG)
        return lines

    return _run(work)


async def _import(connection: AsyncConnection, entry: Written, now: datetime) -> list[str]:
    today = _today(now, entry.fields)
    new = _read(entry.fields, today)
    old = same_as(new, await all_answers(connection, new.award))
    if old is None:
        kept = await keep(connection, new, SHELL, now)
        return [f"{_line(kept)}: kept", *_warnings(kept)]
    changed = _read(entry.fields, today, old)
    if changed == replace(old, version=changed.version):
        return [f"{_line(old)}: nothing changed"]
    kept = await keep(connection, changed, SHELL, now)
    return [f"{_line(kept)}: changed", *_warnings(kept)]


def _entries(file: Path) -> list[Written]:
    try:
        return read_file(file, FIELDS, "answers")
    except FileError as error:
        place = f"{file}:{error.line}" if error.line else f"{file}"
        raise Refused([f"{place}: {error.reason}"], WRONG) from None


def _place(entry: Written, line: str) -> int:
    return entry.line_of(line.partition(":")[0])


def _read(entry: Mapping[str, Any], today: date, old: OfficeAnswer | None = None) -> OfficeAnswer:
    try:
        return read_entry(entry, today, old)
    except EntryError as error:
        lines = [f"{field}: {reason}" for field, reason in error.problems]
        raise Refused(lines, WRONG) from None


async def _found(connection: AsyncConnection, number: int) -> OfficeAnswer:
    answers = await all_answers(connection)
    found = next((each for each in answers if each.id == number), None)
    if found is None:
        raise Refused([f"no answer {number}; {LIST}"], WRONG)
    if found.withdrawn:
        raise Refused([f"answer {number}: withdrawn already; award-bot answers add"], WRONG)
    return found


def _run(work: Callable[[AsyncConnection], Awaitable[list[str]]]) -> int:
    """Do something in one transaction and print what was done, or why nothing was."""
    configure(load_settings().log)
    try:
        lines = asyncio.run(in_transaction(work))
    except (Refused, OfficeError) as error:
        reasons: Sequence[str] = error.lines if isinstance(error, Refused) else [f"{error}; {LIST}"]
        sys.stderr.write("".join(f"{line}\n" for line in reasons))
        sys.stderr.write("nothing was changed\n")
        return WRONG
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return DONE


def _today(now: datetime, entry: Mapping[str, Any]) -> date:
    award = str(entry.get("award") or "").strip()
    return now.astimezone(zone_of(award if award in award_ids() else _ZONE_OF)).date()


def _line(answer: OfficeAnswer) -> str:
    return f"answer {answer.id} ({answer.award}, {answer.questions[0]})"


def _state(answer: OfficeAnswer, now: datetime) -> str:
    if answer.withdrawn:
        return ", withdrawn"
    if not answer.holds(now.astimezone(zone_of(answer.award)).date()):
        return f", expired {answer.until}"
    return f", until {answer.until}" if answer.until else ""


def _warnings(answer: OfficeAnswer) -> list[str]:
    """Where its figures differ from the text's: kept all the same, both are shown."""
    found = conflict(answer)
    if found is None:
        return []
    labels = ", ".join(dict.fromkeys(each.label for each in found.citations))
    said = ", ".join(found.figures)
    return [f"answer {answer.id}: check it: {said} is not what {labels} says; both are shown"]


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
