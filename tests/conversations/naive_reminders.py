"""What a careful person would remind somebody of, who looks at the clock every quarter of an hour.

Written from what is promised, apart from the program, and as simply as it can be: time is walked
through, nothing is calculated. Of the program only the data is used, and the plan backwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from conversations.model import State
from rules.load import load_award
from rules.model import Track
from rules.plan import Length, plan
from rules.rounds import Round

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
CHINA = ZoneInfo("Asia/Shanghai")
LONG_AGO = datetime.min.replace(tzinfo=UTC)
FAR = datetime.max.replace(tzinfo=UTC)
NEVER_MORE_THAN = {"opens": 1, "step": 7, "milestone": 7}

Which = tuple[object, ...]
Mark = tuple[Which, str]


@dataclass(frozen=True)
class Matter:
    """A date that somebody cares about."""

    which: Which
    kind: str
    day: date
    over: datetime
    known: datetime


@dataclass(frozen=True)
class Line:
    """A date as it is told: what, on which day, how far away, whether late or over."""

    kind: str
    day: date
    days_left: int
    late: bool
    over: bool


@dataclass
class Watchman:
    """He knows what one chat wants and what the offices have announced, and remembers what he said.

    ``owed``: what should have been said by now; ``said``: what was.
    """

    state: State
    rounds: tuple[Round, ...]
    looked: datetime
    owed: set[Mark] = field(default_factory=set)
    said: set[Mark] = field(default_factory=set)
    _plan: list[tuple[datetime, Mark, Matter]] = field(default_factory=list)
    _next: datetime = LONG_AGO
    _firsts: dict[tuple[object, ...], datetime] = field(default_factory=dict)

    def look(self, now: datetime) -> None:
        """Look at the clock, and note what should be said by now."""
        if now >= self._next:
            for when, mark, matter in self._plan:
                if self.looked < when <= now and when > matter.known and mark not in self.said:
                    self.owed.add(mark)
            self._next = min((when for when, _, _ in self._plan if when > now), default=FAR)
        self.looked = now

    def user(self, state: State, now: datetime) -> None:
        """The user wants something else from now on."""
        self.look(now)
        ahead = {mark for when, mark, matter in self._plan if when > max(now, matter.known)}
        self.state = state
        self._write()
        # What was still to be said: some of it should have been said by now, by the new wishes.
        back = min((when for when, mark, _ in self._plan if mark in ahead | self.owed), default=now)
        for when, mark, matter in self._plan:
            if back <= when <= now and when > matter.known and mark not in self.said:
                self.owed.add(mark)
        self._forget(now)

    def put_away(self, state: State) -> None:
        """What was put off until now has been said."""
        self.state = state
        self._write()

    def offices(self, rounds: tuple[Round, ...], now: datetime) -> None:
        """The offices have announced something."""
        self.look(now)
        self.rounds = rounds
        self._write()
        self._forget(now)

    def speak(self, now: datetime) -> list[Line]:
        """Say what should have been said, unless the user wants quiet."""
        self.look(now)
        if not self.owed or self._quiet(now):
            return []
        today = now.astimezone(ZoneInfo(self.state.timezone)).date()
        lines = []
        for matter in {matter.which: matter for _, _, matter in self._plan}.values():
            passed = [(when, mark) for when, mark, about in self._plan
                      if about.which == matter.which and when <= now]  # fmt: skip
            new = [each for each in passed if each[1] in self.owed]
            # Who has heard the later of two reminders does not want the earlier one.
            if new and not any(mark in self.said for _, mark in passed[passed.index(new[-1]) :]):
                over = matter.over <= now
                late = not over and now - new[-1][0] > HOUR
                left = (matter.day - today).days
                lines.append(Line(matter.kind, matter.day, left, late, over))
        self.said |= self.owed
        self.owed.clear()
        return lines

    def _forget(self, now: datetime) -> None:
        """What nobody wants any more, or only later, is not owed."""
        wanted = {mark for when, mark, matter in self._plan if matter.known < when <= now}
        self.owed &= wanted

    def _write(self) -> None:
        """Write down what is to be said when, by what is known today."""
        plan: list[tuple[datetime, Mark, Matter]] = []
        for matter in self._matters():
            plan += [
                (self._awake(snooze.until), (matter.which, f"again {snooze.until}"), matter)
                for snooze in self.state.reminding.snoozes
                if snooze.key == _key(matter)
            ]
            plan += [
                (self._time(matter, lead), (matter.which, f"{lead} days"), matter)
                for lead in self._leads(matter.kind)
            ]
        self._plan = sorted(plan, key=lambda each: each[0])
        self._next = self.looked

    def _leads(self, kind: str) -> list[int]:
        wanted = sorted(self.state.reminding.leads, reverse=True)
        most = NEVER_MORE_THAN.get(kind)
        if most is None or not wanted:
            return wanted
        return [lead for lead in wanted if lead <= most] or [most]

    def _time(self, matter: Matter, lead: int) -> datetime:
        """The hour of the day, so many days before; not in the quiet hours, not when it is over."""
        day = matter.day - lead * DAY
        while self._first(day) >= matter.over:
            day -= DAY
        return self._first(day)

    def _first(self, day: date) -> datetime:
        """The first quarter of an hour at or after the user's hour of a day that is not quiet."""
        wishes = self.state.reminding
        key = (day, wishes.hour, wishes.quiet_from, wishes.quiet_to, self.state.timezone)
        if key not in self._firsts:
            zone, wanted = ZoneInfo(self.state.timezone), datetime.combine(day, time(wishes.hour))
            now = datetime.combine(day, time(0), UTC) + wishes.hour * HOUR - 16 * HOUR
            while now.astimezone(zone).replace(tzinfo=None) < wanted or self._quiet(now):
                now += QUARTER
            self._firsts[key] = now
        return self._firsts[key]

    def _awake(self, moment: datetime) -> datetime:
        while self._quiet(moment):
            moment += QUARTER - timedelta(minutes=moment.minute % 15)
        return moment

    def _quiet(self, moment: datetime) -> bool:
        wishes = self.state.reminding
        hour, quiet = wishes.quiet_from, set()
        while hour != wishes.quiet_to:
            quiet.add(hour)
            hour = (hour + 1) % 24
        return moment.astimezone(ZoneInfo(self.state.timezone)).hour in quiet

    def _matters(self) -> Iterator[Matter]:
        """All that somebody cares about; what two wishes have in common only once."""
        found: dict[Which, Matter] = {}
        done = {key for watch in self.state.reminding.watches for key in watch.done}
        for matter in self._every():
            known = found.get(matter.which)
            if _key(matter) not in done and (known is None or matter.known < known.known):
                found[matter.which] = matter
        yield from found.values()

    def _every(self) -> Iterator[Matter]:
        zone = ZoneInfo(self.state.timezone)
        for watch in self.state.reminding.watches:
            if watch.day is not None:
                which = ("own", watch.id, watch.day)
                yield Matter(which, watch.kind, watch.day, _midnight(watch.day, zone), watch.since)
            for each in self.rounds:
                if watch.kind != "rounds" or watch.award != each.award or each.withdrawn:
                    continue
                opens, closes = each.opens.astimezone(CHINA), each.closes.astimezone(CHINA)
                day = each.opens.astimezone(zone).date()
                yield Matter((each.id, "opens", opens.date()), "opens", day, _midnight(day, zone),
                             max(watch.since, each.opens_since))  # fmt: skip
                known = max(watch.since, each.closes_since)
                day = each.closes.astimezone(zone).date()
                yield Matter((each.id, "closes", closes.date()), "closes", day, each.closes, known)
                for one in each.milestones:
                    yield Matter((each.id, "milestone", one.title, one.day), "milestone", one.day,
                                 _midnight(one.day, zone), max(watch.since, one.since))  # fmt: skip
                if watch.track is None:
                    continue
                steps = load_award(each.award).steps[Track(watch.track)]
                own = {step: Length(int(days)) for step, days in watch.lengths.items()}
                for planned in plan(steps, closes.date(), own):
                    day_or_none = planned.begins_by
                    if day_or_none is not None:
                        step = (each.id, "step", planned.step.id, day_or_none)
                        yield Matter(step, "step", day_or_none, _midnight(day_or_none, zone), known)


@cache
def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first quarter of an hour that is no longer of a day."""
    now = datetime.combine(day, time(0), UTC)
    while now.astimezone(zone).date() <= day:
        now += QUARTER
    return now


def _key(matter: Matter) -> str:
    """What the program calls it, so that the user can put it off or have done with it."""
    first, *_, day = matter.which
    kind = matter.which[1]
    if first == "own":
        return f"w{kind}@{day}"
    return {"opens": f"r{first}:opens@{day}", "closes": f"r{first}:closes@{day}",
            "step": f"r{first}:s:{matter.which[2]}@{day}"}.get(str(kind), "")  # fmt: skip
