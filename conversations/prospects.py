"""Which round an applicant can look to: one that is announced, or what the cycle lets expect.

Nothing is invented: where no round is announced that is said, with what the text says of the
cycle; a year reckoned from an earlier round is called a reckoning.
"""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from conversations.datelines import closing, left, moment, today
from conversations.language import Language, language
from conversations.model import House, State
from rules.load import load_award
from rules.rounds import Round


def standing(rounds: Iterable[Round], award: str, now: datetime) -> tuple[Round, ...]:
    """The announced rounds of an award that have not closed yet, the nearest first."""
    found = (r for r in rounds if r.award == award and not r.withdrawn and r.closes > now)
    return tuple(sorted(found, key=lambda each: each.closes))


def first_round(rounds: Iterable[Round], award: str, day: date, now: datetime) -> Round | None:
    """The first announced round to which an application of ``day`` or later can go."""
    zone = ZoneInfo(load_award(award).spec.timezone)
    found = standing(rounds, award, now)
    return next((each for each in found if each.closes.astimezone(zone).date() >= day), None)


def expected_year(rounds: Iterable[Round], award: str, day: date) -> int | None:
    """The year in which a round is to be expected by the cycle, counted from one that is known."""
    known = [each.year for each in rounds if each.award == award and not each.withdrawn]
    if not known:
        return None
    cycle, last = load_award(award).cycle_years, max(known)
    return last + cycle * max(1, -((last - day.year) // cycle))


def cycle_line(words: Language, award: str) -> str:
    """How often the award is given, in the words of its text."""
    cited = load_award(award).cycle
    return words.say("多久评一次，{label}写的是：“{quote}”。", label=cited.label, quote=cited.quote)


def outlook(state: State, house: House, award: str, day: date, now: datetime) -> str:
    """The first round for an application of ``day`` or later, announced or expected."""
    words = language(state.locale)
    found = first_round(house.rounds, award, day, now)
    if found is None:
        return _unannounced(words, house, award, day, ahead=day > today(state, now))
    if found.opens <= now:
        days = (found.closes.astimezone(ZoneInfo(state.timezone)).date() - today(state, now)).days
        line = words.say(
            "现在正在受理的一轮：{notice}，{closes}截止，{left}。",
            notice=notice(words, found),
            closes=closing(words, found, state),
            left=left(words, days),
        )
    else:
        line = words.say(
            "最近的一轮：{notice}，{opens}开始受理，{closes}截止。",
            notice=notice(words, found),
            opens=moment(words, found.opens, state.timezone),
            closes=closing(words, found, state),
        )
    zone = ZoneInfo(load_award(award).spec.timezone)
    if day > max(found.opens, now).astimezone(zone).date():
        line = words.joined(line, words.say("要在{day}或以后、截止以前交。", day=words.day(day)))
    return line


def notice(words: Language, each: Round) -> str:
    """The notice of a round: its title and number."""
    if not each.number:
        return words.say("《{title}》", title=each.title)
    return words.say("《{title}》（{number}）", title=each.title, number=each.number)


def _unannounced(words: Language, house: House, award: str, day: date, *, ahead: bool) -> str:
    if ahead:
        line = words.say("{day}以后的申报通知，这里还没有。", day=words.day(day))
    else:
        line = words.say("现在没有正在受理的申报通知。")
    parts = [line, cycle_line(words, award)]
    year = expected_year(house.rounds, award, day)
    if year is not None:
        parts.append(words.say(
            "照这样从已公布的往后推，下一轮大约在{year}；这只是推算，不是承诺，以通知为准。",
            year=words.year(year),
        ))  # fmt: skip
    return words.joined(*parts)


def announced(words: Language, state: State, house: House, award: str, now: datetime) -> str:
    """The days of the round that is announced, if one is."""
    found = standing(house.rounds, award, now)
    if not found:
        return words.say("现在还没有看到新一轮的申报通知。")
    return words.say(
        "已经发布的通知：{notice}，{opens}开始受理，{closes}截止。",
        notice=notice(words, found[0]),
        opens=moment(words, found[0].opens, state.timezone),
        closes=closing(words, found[0], state),
    )
