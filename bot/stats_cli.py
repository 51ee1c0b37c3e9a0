"""``award-bot stats``: the figures of the awards' offices, printed or drawn."""

import asyncio
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.config import load_settings, sqlite_path
from bot.errors import DatabaseError
from bot.figures import gathered
from bot.logs import configure
from bot.rounds_cli import in_transaction
from conversations.figures import Figures, chart, sheet, told
from conversations.language import language
from conversations.writing import zone_of
from knowledge.load import awards as award_ids

DONE, WRONG = 0, 2

Clock = Callable[[], datetime]
Days = tuple[date | None, date | None]


def show(award: str | None, days: Days, form: str, file: Path | None, clock: Clock) -> int:
    """Print the figures of an award, or of all, as ``text`` or ``csv``, or draw one's as ``png``.

    Gives the exit status. Raises ConfigError, DatabaseError, or OSError if a file is not written.
    """
    if award is not None and award not in award_ids():
        return _refuse(f"no award {award!r}; there are {', '.join(award_ids())}")
    today = clock().astimezone(zone_of(award or award_ids()[0])).date()
    first, last = days[0] or (days[1] or today).replace(day=1), days[1] or today
    if first > last:
        return _refuse(f"--from {first} is after --until {last}")
    if form == "png" and (award is None or file is None):
        return _refuse("a chart is of one award, in a file: --award jian -o figures.png")
    settings = load_settings()
    path = sqlite_path(settings.database_url)
    if path is not None and not path.exists():
        raise DatabaseError(f"{path}: nothing is there yet")
    configure(settings.log)
    awards = (award,) if award is not None else (*award_ids(), None)

    async def work(connection: AsyncConnection) -> list[Figures]:
        return [await gathered(connection, each, first, last) for each in awards]

    _write(asyncio.run(in_transaction(work)), form, file)
    return DONE


def _write(found: Sequence[Figures], form: str, file: Path | None) -> None:
    # The command line speaks to the operator of an office in China: names as the texts have them.
    words = language("zh_Hans")
    if form == "png" and file is not None:
        # Loaded only here: it draws.
        from bot.charts import png  # noqa: PLC0415 - see above

        file.write_bytes(png(chart(found[0], words)))
        sys.stdout.write(f"{file}: written\n")
        return
    if form == "csv":
        header, *_ = sheet(found[0], words).splitlines(keepends=True)
        lines = (sheet(each, words).split("\n", 1)[1] for each in found)
        text = "".join([header, *lines])
    else:
        text = "\n\n\n".join(told(each, words) for each in found) + "\n"
    if file is None:
        sys.stdout.write(text)
        return
    # A spreadsheet program takes a file that does not begin so for another encoding.
    file.write_text(text, "utf-8-sig" if form == "csv" else "utf-8")
    sys.stdout.write(f"{file}: written\n")


def _refuse(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return WRONG
