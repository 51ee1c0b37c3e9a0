"""The kinds of condition that the five texts use, each as the things that it rests on."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from oracle.days import ONE_DAY, add_years, possible_days
from oracle.worlds import Criterion, State, Thing, always

SEVERITIES = ("ordinary", "considerable", "major", "extraordinary")
LEVELS = ("national", "industry", "provincial", "municipal", "county")
ACCIDENTS = (
    "quality_accident",
    "safety_accident",
    "pollution_accident",
    "public_health_accident",
    "food_safety_accident",
    "drug_safety_accident",
)

FIVE = ACCIDENTS[:5]  # 质量、安全、环境污染、公共卫生、食品安全
FOUR = ACCIDENTS[:4]  # 质量、安全生产、环境污染、公共卫生

Record = dict[str, Any]
Rules = dict[str, Criterion]
Gravity = Callable[[str, Record], str]  # what a record of a kind comes to while it counts


@dataclass(frozen=True, slots=True)
class Case:
    """One input object: `every` day is tried instead of the decisive ones where asked."""

    jurisdiction: str
    tier: str
    as_of: date
    facts: dict[str, Any]
    every: bool = False

    def days(self, text: str) -> list[date]:
        """Return the days that a partial date can mean."""
        return possible_days(text, self.as_of, every=self.every)


def told(case: Case, key: str, good: Callable[[Any], bool]) -> list[Thing]:
    """Return a plain fact that is good or bad, whatever the day."""
    if key not in case.facts:
        return [Thing([[always("met")], [always("unmet")]])]
    return [Thing([[always("met" if good(case.facts[key]) else "unmet")]])]


def is_true(case: Case, key: str) -> list[Thing]:
    """Return a fact that has to be true."""
    return told(case, key, lambda value: value is True)


def reached(start: date, years: int) -> State:
    """Return a world in which something is met from the anniversary on."""
    return lambda day: "met" if day >= add_years(start, years) else "unmet"


def barred_until_after(start: date, years: int, outcome: str) -> State:
    """Return a world in which something counts up to and on the anniversary."""
    return lambda day: outcome if day < add_years(start, years) + ONE_DAY else "met"


def since(case: Case, key: str, years: int) -> list[Thing]:
    """Return "N年以上" since a day; with no years, that it has begun at all."""
    if key not in case.facts or case.facts[key] == "none":
        return told(case, key, lambda _value: False)
    return [Thing([[reached(start, years) for start in case.days(case.facts[key])]])]


def year_is_bad(year: int, span: int) -> State:
    """Return a world in which a year's result is bad while it is among the last completed ones."""
    return lambda day: "unmet" if day.year - span <= year <= day.year - 1 else "met"


def results(case: Case, span: int, good: set[str]) -> list[Thing]:
    """Return the results of the last completed calendar years, each of which has to be good."""
    things = []
    for year in range(case.as_of.year - span, case.as_of.year):
        result = case.facts.get("annual_results", {}).get(str(year))
        answers: list[list[State]] = []
        if result is None or result in good:
            answers.append([always("met")])
        if result is None or result not in good:
            answers.append([year_is_bad(year, span)])
        things.append(Thing(answers))
    return things


def fillings(kind: str, record: Record) -> Iterator[Record]:
    """Yield a record with every value that what is absent from it could have."""
    severities = [record["severity"]] if "severity" in record else list(SEVERITIES)
    deaths = [record["deaths"]] if "deaths" in record else [0]
    levels = [record["level"]] if "level" in record else [""]
    if kind == "safety_accident" and "deaths" not in record:
        deaths = [0, 1, 3]
    if kind == "failed_inspection" and "level" not in record:
        levels = list(LEVELS)
    for severity, dead, level in product(severities, deaths, levels):
        yield {"severity": severity, "deaths": dead, "level": level}


def clean(
    case: Case, kind: str, listed: list[Record] | None, gravity: Gravity, years: int | None
) -> list[Thing]:
    """Return the records of one kind, of which none may count; without years, of any age."""
    if listed is None:
        worst = {gravity(kind, filled) for filled in fillings(kind, {})}
        return [Thing([[always(outcome)] for outcome in {"met", *worst}], unasked=True)]
    things = []
    for record in listed:
        days = case.days(record["date"])
        answers: list[list[State]] = []
        for filled in fillings(kind, record):
            outcome = gravity(kind, filled)
            if years is None:
                answers.append([always(outcome)])
            else:
                answers.append([barred_until_after(day, years, outcome) for day in days])
        if days:  # a record wholly after the day of filing does not count
            things.append(Thing(answers))
    return things


def no_records(
    case: Case, kinds: tuple[str, ...], gravity: Gravity, years: int | None
) -> list[Thing]:
    """Return the organisation's records of several kinds, of which none may count."""
    records = case.facts.get("records", {})
    return [
        thing for kind in kinds for thing in clean(case, kind, records.get(kind), gravity, years)
    ]


def own_records(case: Case, key: str, gravity: Gravity) -> list[Thing]:
    """Return a person's own records, of any age."""
    return clean(case, key, case.facts.get(key), gravity, None)


def any_at_all(_kind: str, _record: Record) -> str:
    """Let every record count."""
    return "unmet"


def at_least(severity: str) -> Gravity:
    """Return a gravity by which records from a severity on count."""
    floor = SEVERITIES.index(severity)
    return lambda _kind, record: "unmet" if SEVERITIES.index(record["severity"]) >= floor else "met"


def of_level(*levels: str) -> Gravity:
    """Return a gravity by which failed inspections of the listed levels count."""
    return lambda _kind, record: "unmet" if record["level"] in levels else "met"


def accident(severity: str, named: tuple[str, ...]) -> Gravity:
    """Return a gravity by which named kinds count, and unnamed ones are for the office."""
    grave = at_least(severity)

    def gravity(kind: str, record: Record) -> str:
        if grave(kind, record) == "met":
            return "met"
        return "unmet" if kind in named else "office"

    return gravity


def fatal_only(_kind: str, record: Record) -> str:
    """Let an accident count if somebody died."""
    return "unmet" if record["deaths"] > 0 else "met"


def awards(case: Case, tiers: tuple[str, ...], world: Callable[[date], State]) -> list[Thing]:
    """Return the awards won here of some tiers, and what each comes to by the day it was won."""
    if "past_awards" not in case.facts:
        return [Thing([[always("met")], [always("unmet")]])]
    return dated(case, case.facts["past_awards"], "tier", tiers, world)


def bans(case: Case, kinds: tuple[str, ...], years: int) -> list[Thing]:
    """Return the sanctions decided here, each of which bars for some years."""
    if "sanctions" not in case.facts:
        return [Thing([[always("met")], [always("unmet")]])]

    def world(day: date) -> State:
        return barred_until_after(day, years, "unmet")

    return dated(case, case.facts["sanctions"], "kind", kinds, world)


def dated(
    case: Case,
    entries: list[Record],
    key: str,
    wanted: tuple[str, ...],
    world: Callable[[date], State],
) -> list[Thing]:
    """Return those entries of this jurisdiction, of the wanted sort, that lie in the past."""
    return [
        Thing([[world(day) for day in case.days(entry["date"])]])
        for entry in entries
        if entry["jurisdiction"] == case.jurisdiction
        and entry[key] in wanted
        and case.days(entry["date"])
    ]


def from_new_year(years: int) -> Callable[[date], State]:
    """Return "N年（不包含获奖当年）后": again from 1 January of the year after the N-th."""
    return lambda won: lambda day: "met" if day >= date(won.year + years + 1, 1, 1) else "unmet"


def waiting_from_new_year(case: Case, years: int) -> list[Thing]:
    """Return "N年（不包含获奖当年）后可重新申报", for winners of the award only."""
    return awards(case, ("award",), from_new_year(years))


def waiting_through(case: Case, tier: str, years: int) -> list[Thing]:
    """Return "N年内不…申报" after an award of a tier."""
    return awards(case, (tier,), lambda won: barred_until_after(won, years, "unmet"))


def profitable(case: Case) -> Criterion:
    """Return "近2年持续盈利", which binds those whose business is for profit."""
    nonprofit = case.facts.get("nonprofit")
    gate = None if nonprofit is None else not nonprofit
    return Criterion(results(case, 2, {"profit"}), (gate,))


def plain(things: dict[str, list[Thing]]) -> Rules:
    """Return criteria that bind everybody."""
    return {identifier: Criterion(each) for identifier, each in things.items()}
