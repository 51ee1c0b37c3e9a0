"""Rounds as an office writes them down, in options or in a file, read without guessing.

A moment is ``2027-03-01 09:00``, by the office's clock unless it says its zone.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from conversations.hours import hour_of
from conversations.round_checks import Mistake, mistakes, same_year
from conversations.writing import zone_of
from knowledge.load import awards as award_ids
from rules.rounds import Milestone, Round

FIELDS = (
    "award", "year", "title", "number", "opens", "closes", "hand_in", "where", "milestones",
)  # fmt: skip
REQUIRED = ("award", "year", "title", "opens", "closes")

_DAY = r"\d{4}-\d\d-\d\d"
_MOMENT = re.compile(rf"(?P<day>{_DAY})[ T](?P<hour>\d\d:\d\d)(?::00)?(?P<zone>Z|[+-]\d\d:\d\d)?")
_MILESTONE = re.compile(rf"(?P<day>{_DAY})[ :,]+(?P<title>\S.*)")
_WRONG: Mapping[Mistake, tuple[str, str]] = {
    "closes_first": ("closes", "it closes before it opens"),
    "over": ("closes", "it is over already"),
    "far": ("closes", "it lies more than three years ahead"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, with which field; ``asked``: it may be meant, and is asked back."""

    field: str
    reason: str
    asked: bool = False

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}" if self.field else self.reason


class EntryError(Exception):
    """What is written down cannot be a round."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)


def new_round(entry: Mapping[str, Any], now: datetime) -> Round:
    """The round that an entry means. Raises EntryError with all that is wrong with it."""
    problems = [
        Problem(name, f"no such field; there are {', '.join(FIELDS)}")
        for name in entry
        if name not in FIELDS
    ]
    missing = [name for name in REQUIRED if not str(entry.get(name) or "").strip()]
    problems += [Problem(name, "is missing") for name in missing]
    read = Entry(entry, now, problems)
    award, year = read.award(), read.year()
    opens, closes = read.moment("opens", award), read.moment("closes", award)
    texts = {name: read.text(name) for name in ("title", "number", "hand_in", "where")}
    days = read.milestones()
    if problems or award is None or opens is None or closes is None:
        raise EntryError(problems)
    return Round(
        id=0, award=award, year=year, title=texts["title"], number=texts["number"],
        opens=opens, closes=closes, opens_since=now, closes_since=now,
        hand_in=texts["hand_in"], where=texts["where"], milestones=days,
    )  # fmt: skip


def changed_round(old: Round, entry: Mapping[str, Any], now: datetime) -> Round:
    """A round with what an entry says of it, one version later. Raises EntryError."""
    problems: list[Problem] = []
    read = Entry(entry, now, problems)
    changes: dict[str, Any] = {
        name: read.text(name) for name in ("title", "number", "hand_in", "where") if name in entry
    }
    if changes.get("title") == "":
        problems.append(Problem("title", "is missing"))
    for name in ("opens", "closes"):
        if name in entry:
            changes[name] = read.moment(name, old.award)
    if "milestones" in entry:
        changes["milestones"] = read.milestones()
    if problems:
        raise EntryError(problems)
    return replace(old, version=old.version + 1, **changes)


def problems_of(
    new: Round, rounds: Sequence[Round], now: datetime, old: Round | None = None
) -> Iterator[Problem]:
    """What cannot be right about a round, or has to be asked back; ``old`` is what it changes."""
    moved = old is None or (old.opens, old.closes) != (new.opens, new.closes)
    for mistake in mistakes(new.opens, new.closes, now) if moved else ():
        if mistake in _WRONG:
            yield Problem(*_WRONG[mistake])
        elif old is None or old.opens != new.opens:
            yield Problem("opens", "has passed; if that is meant, say --opened", asked=True)
    same = same_year(rounds, new.award, new.year) if old is None else None
    if same is not None:
        number = f"round {same.id}" if same.id else "this file"
        how = f"; to change it: award-bot rounds change {same.id}" if same.id else ""
        reason = f"{new.award} has a round for {new.year} already, in {number}{how}"
        yield Problem("year", reason, asked=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """The fields of an entry as they are written; what is wrong with them is noted."""

    fields: Mapping[str, Any]
    now: datetime
    problems: list[Problem]

    def text(self, name: str) -> str:
        """A text; empty if there is none."""
        value = self.fields.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.problems.append(Problem(name, "expected a text"))
            return ""
        return value.strip()

    def award(self) -> str | None:
        """An award's id."""
        said = str(self.fields.get("award") or "").strip()
        if not said or said in award_ids():
            return said or None
        self.problems.append(
            Problem("award", f"no award {said!r}; there are {', '.join(award_ids())}")
        )
        return None

    def year(self) -> int:
        """The year for which the award is given."""
        said = str(self.fields.get("year") or "").strip()
        first, last = self.now.year - 1, self.now.year + 3
        year = int(said) if re.fullmatch(r"\d{4}", said, re.ASCII) else 0
        if said and not first <= year <= last:
            self.problems.append(Problem("year", f"expected a year from {first} to {last}"))
        return year

    def moment(self, name: str, award: str | None) -> datetime | None:
        """A day and hour, by the clock of the award's office."""
        said = str(self.fields.get(name) or "").strip()
        if not said:
            return None
        match = _MOMENT.fullmatch(said)
        try:
            if match is not None:
                # 24:00 would be told as the next day.
                day, hour = date.fromisoformat(match["day"]), hour_of(match["hour"])
                naive = datetime.combine(day, hour)
                if match["zone"]:
                    return datetime.fromisoformat(f"{naive.isoformat()}{match['zone']}")
                return naive.replace(tzinfo=zone_of(award)) if award else None
        except ValueError:
            pass
        self.problems.append(Problem(name, f"expected such as 2027-03-01 09:00, not {said!r}"))
        return None

    def milestones(self) -> tuple[Milestone, ...]:
        """Further days: ``2027-04-10 说明会; 2027-05-20 现场评审``, or a list of title and day."""
        said = self.fields.get("milestones")
        if not said:
            return ()
        given = re.split(r"[;；\n]", said) if isinstance(said, str) else said
        found = []
        for each in given if isinstance(given, list | tuple) else [given]:
            if isinstance(each, str) and not each.strip():
                continue
            made = self._milestone(each)
            if made is None:
                expected = "expected such as 2027-04-10 briefing"
                self.problems.append(Problem("milestones", f"{expected}, not {each!r}"))
            else:
                found.append(made)
        return tuple(sorted(found, key=lambda each: each.day))

    def _milestone(self, each: object) -> Milestone | None:
        if isinstance(each, str):
            match = _MILESTONE.fullmatch(each.strip())
            title, day = (match["title"], match["day"]) if match else ("", "")
        elif isinstance(each, dict) and set(each) == {"title", "day"}:
            title, day = str(each["title"]).strip(), str(each["day"])
        else:
            return None
        try:
            return Milestone(title, date.fromisoformat(day), self.now) if title else None
        except ValueError:
            return None
