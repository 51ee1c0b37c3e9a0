"""Orders about an office's own answers, canned answers and figures, if whoever gives them may.

Every function works within the caller's transaction.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot import figures, office_answers, staff
from bot.desk_office import Work
from bot.office_answers import OfficeError
from conversations.figures import attached, told
from conversations.language import language
from conversations.model import Reply
from conversations.office_orders import (
    FIGURES,
    KeepAnswer,
    KeepCanned,
    OfOffice,
    RemoveCanned,
    ShowFigures,
    WithdrawAnswer,
)


async def done(work: Work, order: OfOffice) -> Mapping[str, str] | None:
    """Carry out an order; gives what stands in its reply, or ``None`` if it cannot be."""
    if isinstance(order, ShowFigures):
        return None
    try:
        await _done(work, order)
    except OfficeError:
        return None
    return {}


async def _done(work: Work, order: KeepAnswer | WithdrawAnswer | KeepCanned | RemoveCanned) -> None:
    connection, by, now = work.connection, work.by, work.now
    match order:
        case KeepAnswer(answer=new):
            await _officer(work, new.award)
            await office_answers.keep(connection, new, by, now)
        case WithdrawAnswer(award=award, number=number, version=version):
            await _officer(work, award)
            await office_answers.withdraw(connection, award, number, version, by, now)
        case KeepCanned(canned=text):
            await _officer(work, text.award)
            await office_answers.keep_canned(connection, text, by, now)
        case RemoveCanned(award=award, number=number, version=version):
            await _officer(work, award)
            await office_answers.remove_canned(connection, award, number, version, by, now)


async def _officer(work: Work, award: str) -> None:
    if not await staff.is_officer(work.connection, work.by, award):
        raise OfficeError("only an officer of that award may")


async def shown(work: Work, reply: Reply, order: ShowFigures) -> Reply | None:
    """A reply with the figures that were asked for, or ``None`` if they are not the speaker's."""
    if order.award is not None:
        may = await staff.is_officer(work.connection, work.by, order.award)
    else:
        may = await staff.is_administrator(work.connection, work.by)
    if not may:
        return None
    found = await figures.gathered(work.connection, order.award, order.first, order.last)
    words = language(work.locale)
    reply = replace(reply, effect=None, otherwise="", fallback=())
    if order.form == "text":
        return replace(reply, text=reply.text.replace(FIGURES, told(found, words)))
    return replace(reply, attachment=attached(found, words, order.form))
