"""Random lives of a chat: months of wishes, rounds and failures, at every quarter of an hour."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from naive_reminders import Line, Watchman

from conversations.dated import dates
from conversations.due import due, next_at, reopened
from conversations.model import State
from conversations.reminders import reminder, settled
from conversations.reminding import Reminding, Snooze, Watch, WatchKind
from rules.load import load_award
from rules.rounds import Milestone, Round

QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
ASIDE = timedelta(minutes=7)
"""Things happen between two quarters of an hour."""
ZONES = (
    "Asia/Shanghai",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Santiago",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
)
# In spring and in autumn, when clocks are put forward and back.
STARTS = (datetime(2026, 2, 20, tzinfo=UTC), datetime(2026, 9, 15, tzinfo=UTC))
AWARDS = ("jian", "changning")
LEADS = ((30, 14, 7, 3, 1, 0), (14,), (3, 1), (0,), (2, 1, 0), (40, 9), ())
FAILURES = (QUARTER, 5 * QUARTER, 9 * HOUR, 2 * DAY, 16 * DAY)
WISHES = ("settings", "settings", "follow", "own", "snooze", "snooze", "done", "lengths", "stop")
MOST = 8
NEWS = ("publish", "publish", "move", "hour", "opens", "milestone", "withdraw")
HAPPENINGS = ("user", "user", "user", "office", "office", "time", "failure")
STRETCHES = (1, 5, 20, 40, 96, 200, 400, 900)


@dataclass
class Program:
    """The program as the running system asks it: what one chat is told, and when."""

    state: State
    rounds: tuple[Round, ...]
    since: datetime
    at: datetime | None = None
    names: set[str] = field(default_factory=set)

    def user(self, state: State, now: datetime) -> None:
        """The user wants something else."""
        self.since = reopened(self.state, state, self.rounds, self.since, now)
        self.state = state
        self.at = next_at(state, self.rounds, self.since, now)

    def offices(self, rounds: tuple[Round, ...], now: datetime) -> None:
        """The offices have announced something."""
        self.rounds, self.at = rounds, now

    def speak(self, now: datetime) -> list[Line]:
        """What is told now."""
        if self.at is None or self.at > now:
            return []
        found = due(self.state, self.rounds, self.since, now)
        new = tuple(pair for pair in found.told if pair[1][-1] not in self.names)
        self.names.update(name for _, names in found.told for name in names)
        if new:
            reply = reminder(self.state, replace(found, told=new), now)
            assert all(len(each.token.encode()) <= 64 for each in reply.actions)
        self.state, self.since = settled(self.state, found), found.until
        self.at = next_at(self.state, self.rounds, self.since, now)
        assert self.at is None or self.at > now
        return [Line(told.dated.kind, told.dated.day, told.days_left, told.late, told.over)
                for told, _ in new]  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What is said at a moment: by the program, and by the watchman."""

    now: datetime
    ours: list[Line]
    theirs: list[Line]


def live(rng: Random, days: int) -> list[Said]:
    """A life of a chat of so many days: all that is said in it."""
    now = rng.choice(STARTS)
    end = now + days * DAY
    state = State(timezone=rng.choice(ZONES), reminding=Reminding(
        hour=rng.choice((9, 9, rng.randint(0, 23))), leads=rng.choice(LEADS),
    ).with_watch(Watch(0, "rounds", now, rng.choice(AWARDS), "organisation")))  # fmt: skip
    program, watchman = Program(state, (), now), Watchman(state, (), now)
    said: list[Said] = []
    while now < end:
        what = rng.choice(HAPPENINGS)
        if what == "user":
            wish = wished(rng, program, now + ASIDE)
            if wish != program.state:
                program.user(wish, now + ASIDE)
                watchman.user(wish, now + ASIDE)
        elif what == "office":
            rounds = announced(rng, program.rounds, now + ASIDE)
            program.offices(rounds, now + ASIDE)
            watchman.offices(rounds, now + ASIDE)
        elif what == "failure":
            now += rng.choice(FAILURES)
        for _ in range(rng.choice(STRETCHES)):
            now += QUARTER
            ours, theirs = program.speak(now), watchman.speak(now)
            if ours or theirs:
                said.append(Said(now, ours, theirs))
            if program.state != watchman.state:
                watchman.put_away(program.state)
    return said


def wished(rng: Random, program: Program, now: datetime) -> State:
    """The state after something that a user may do."""
    state, kept = program.state, program.state.reminding
    what = rng.choice(WISHES) if len(kept.watches) < MOST else "stop"
    what = what if kept.watches else "follow"
    ahead = [each.key for each in dates(state, program.rounds, now)
             if each.kind != "milestone"]  # fmt: skip
    if what == "settings":
        return arranged(rng, state)
    if what == "follow":
        track = rng.choice(("organisation", None))
        kept = kept.with_watch(Watch(0, "rounds", now, rng.choice(AWARDS), track))
    elif what == "own":
        kind: WatchKind = rng.choice(("own", "eligible", "waiting"))
        day, award = now.date() + rng.randint(-1, 40) * DAY, None if kind == "own" else "jian"
        kept = kept.with_watch(Watch(0, kind, now, award, day=day, title="内审"))
    elif what == "snooze" and ahead:
        until = now + rng.choice((HOUR, DAY, 3 * DAY))
        kept = replace(kept, snoozes=(*kept.snoozes, Snooze(rng.choice(ahead[:3]), until)))
    elif kept.watches:
        watch = rng.choice(kept.watches)
        if what == "stop":
            kept = kept.without(watch.id)
        elif what == "done" and ahead:
            kept = kept.with_changed(replace(watch, done=(*watch.done, rng.choice(ahead))))
        elif what == "lengths" and watch.track and watch.award:
            steps = next(iter(load_award(watch.award).steps.values()))
            free = rng.choice([step.id for step in steps if step.workdays is None])
            wanted = {**watch.lengths, free: str(rng.randint(1, 20))}
            kept = kept.with_changed(replace(watch, lengths=wanted))
    return replace(state, reminding=kept)


def arranged(rng: Random, state: State) -> State:
    """The state with another setting."""
    kept = state.reminding
    what = rng.choice(("leads", "hour", "quiet", "zone"))
    if what == "zone":
        return replace(state, timezone=rng.choice(ZONES))
    if what == "leads":
        kept = replace(kept, leads=rng.choice((*LEADS, *LEADS[:1] * 4)))
    elif what == "hour":
        kept = replace(kept, hour=rng.randint(0, 23))
    else:
        kept = replace(kept, quiet_from=rng.randint(0, 23), quiet_to=rng.randint(0, 23))
    return replace(state, reminding=kept)


def announced(rng: Random, rounds: tuple[Round, ...], now: datetime) -> tuple[Round, ...]:
    """The rounds after something that an office may do."""
    standing = [each for each in rounds if not each.withdrawn and each.closes > now - 5 * DAY]
    what = rng.choice(NEWS)
    hour = timedelta(minutes=rng.choice((0, 30, 60 * 8, 60 * 17, 60 * 24 - 1)))
    midnight = datetime(now.year, now.month, now.day, tzinfo=UTC) - 8 * HOUR
    closes = midnight + rng.randint(1, 45) * DAY + hour
    if what == "publish" or not standing:
        opens = midnight + rng.randint(-3, 10) * DAY + hour
        new = Round(
            len(rounds) + 1, rng.choice(AWARDS), 2026, "通知", "一号", opens, closes, now, now
        )
        return (*rounds, new) if len(standing) < 4 else rounds
    old = rng.choice(standing)
    new = replace(old, version=old.version + 1)
    if what == "move":
        new = replace(new, closes=closes, closes_since=now)
    elif what == "hour":
        new = replace(new, closes=old.closes + rng.randint(-9, 9) * HOUR, closes_since=now)
    elif what == "opens":
        new = replace(new, opens=old.opens + rng.randint(-2, 5) * DAY, opens_since=now)
    elif what == "milestone":
        day: date = now.date() + rng.randint(0, 20) * DAY
        new = replace(new, milestones=(Milestone("说明会", day, now), *old.milestones[:1]))
    else:
        new = replace(new, withdrawn=True)
    return tuple(new if each.id == old.id else each for each in rounds)
