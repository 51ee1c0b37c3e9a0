"""The page of an office's figures: of which award, of which days, in which form."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from conversations.dates import read_when
from conversations.model import Choice, Reply
from conversations.office_form import Form
from conversations.office_orders import FIGURES, ShowFigures
from conversations.text import NotUnderstood
from knowledge.fold import fold
from rules.load import load_award
from rules.messages import message

NO_AWARD = "-"
"""Stands for questions that were about no single award."""

_PERIODS: Mapping[str, str] = {
    "m": message("这个月"),
    "l": message("上个月"),
    "y": message("今年"),
}
_DAYS = re.compile(r"(\d{8})-(\d{8})")
_APART = re.compile(r"到|至|—+|–|~|\bto\b|\buntil\b")
_WORDS = {
    "m": ("这个月", "本月", "当月", "this month"),
    "l": ("上个月", "上月", "last month"),
    "y": ("今年", "本年", "this year"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures: ``award`` may be ``NO_AWARD``; ``period`` a word's code or two days."""

    award: str
    period: str = "m"


def days(period: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of a period; ``None`` if it is none."""
    month = today.replace(day=1)
    match period:
        case "m":
            return month, today
        case "l":
            last = month - timedelta(days=1)
            return last.replace(day=1), last
        case "y":
            return today.replace(month=1, day=1), today
    found = _DAYS.fullmatch(period)
    if found is None:
        return None
    try:
        first, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
    except ValueError:
        return None
    return (first, last) if first <= last else None


def read_period(text: str, today: date) -> str | None:
    """A period as it is typed: 上个月, 9月1日到10月31日, 2026年9月; ``None`` if it is none."""
    folded = fold(text).strip("。. ")
    named = next((code for code, words in _WORDS.items() if folded in words), None)
    if named is not None:
        return named
    ends = [read_when(each, today) for each in _APART.split(folded)[:2] if each.strip()]
    if not ends or any(isinstance(each, NotUnderstood) for each in ends):
        return None
    first, last = ends[0], ends[-1]
    if isinstance(first, NotUnderstood) or isinstance(last, NotUnderstood):
        return None
    if first.first == date.min or last.last == date.max or last.last < first.first:
        return None
    return f"{first.first:%Y%m%d}-{last.last:%Y%m%d}"


def awards_of(form: Form) -> tuple[str, ...]:
    """Of what the officer may see figures: an administrator also of what names no award."""
    mine = tuple(sorted(form.house.officer_of))
    return (*mine, NO_AWARD) if form.house.is_admin else mine


def wanted(form: Form, rest: str) -> Wanted | None:
    """What a button or a page names (``jian:m``), if it is the officer's to see."""
    award, _, period = rest.partition(":")
    if not award and len(awards_of(form)) == 1:
        award = awards_of(form)[0]
    if award not in awards_of(form) or days(period or "m", form.today) is None:
        return None
    return Wanted(award, period or "m")


def page(form: Form, rest: str) -> Reply:
    """The figures themselves, or the question of which award."""
    found = wanted(form, rest)
    return _which(form) if found is None else _shown(form, found)


def file(form: Form, rest: str) -> Reply | None:
    """The figures as a picture (``png:jian:m``) or a sheet (``csv:jian:m``)."""
    form_, _, of = rest.partition(":")
    found = wanted(form, of)
    if found is None or form_ not in ("png", "csv"):
        return None
    text = form.words.say("图在这里。") if form_ == "png" else form.words.say("表格在这里。")
    shown = _shown(form, found)
    order = _order(form, found)
    kind = ShowFigures(order.award, order.first, order.last, "png" if form_ == "png" else "csv")
    return Reply(text, shown.question, shown.choices, shown.actions, effect=kind,
                 otherwise=shown.otherwise)  # fmt: skip


def _order(form: Form, found: Wanted) -> ShowFigures:
    between = days(found.period, form.today)
    if between is None:
        raise ValueError("no such period")
    award = None if found.award == NO_AWARD else found.award
    return ShowFigures(award, *between)


def _which(form: Form) -> Reply:
    say = form.words.say
    choices = tuple(
        Choice(
            f"v:s:{award}:m",
            say("没有说是哪个奖的") if award == NO_AWARD else say(load_award(award).spec.name),
        )
        for award in awards_of(form)
    )
    return Reply(say("看哪个奖的数字？"), "office:s", choices, (Choice("v:leave", say("回去")),))


def _shown(form: Form, found: Wanted) -> Reply:
    say, of = form.words.say, f"{found.award}:{found.period}"
    choices = [
        Choice(f"v:s:{found.award}:{code}", say(label))
        for code, label in _PERIODS.items()
        if code != found.period
    ]
    choices += [
        Choice(f"v:p:png:{of}", say("看图")),
        Choice(f"v:p:csv:{of}", say("要表格（CSV）")),
    ]
    if len(awards_of(form)) > 1:
        choices.append(Choice("v:s", say("看别的奖的")))
    hint = say("也可以说别的时间，比如“9月1日到10月31日”。")
    return Reply(
        f"{FIGURES}\n\n{hint}",
        "office:s",
        tuple(choices),
        (Choice("v:leave", say("回去")),),
        effect=_order(form, found),
        otherwise=say("您现在看不到这些数字了。"),
    )
