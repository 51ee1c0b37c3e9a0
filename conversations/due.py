"""When the dates that matter to a chat are to be told: all of it derived.

A reminder comes at the user's hour, so many days before its date. If that is in the quiet hours it
waits for their end; if the date would be over by then, it comes a day earlier. Pure: the moment
comes in as an argument.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from operator import itemgetter
from zoneinfo import ZoneInfo

from conversations.dated import Dated, derived
from conversations.model import State
from conversations.reminding import Snooze
from rules.rounds import Round

LATE = timedelta(hours=1)
"""A reminder that comes so much after its time says that it is late."""
LONGEST_LEADS = {"opens": 1, "step": 7, "milestone": 7}
"""The longest leads for the opening of a round, a step of the plan, a milestone."""
_NONE: tuple[tuple[datetime, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A date as it is told in a reminder: how many days are left, by the user's calendar.

    ``late``: the reminder comes after its time. ``over``: it comes after the date itself.
    """

    dated: Dated
    days_left: int
    late: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be told now: each date with the names of the reminders dealt with by that.

    The names are in the order of their times. A date whose last name has been dealt with before
    has been told, and is not told again. ``until``: everything up to then is dealt with by this.
    """

    told: tuple[tuple[Told, tuple[str, ...]], ...]
    until: datetime


def due(state: State, rounds: Sequence[Round], since: datetime, now: datetime) -> Due:
    """What was to be told after ``since`` and is to be told by ``now``, the nearest date first.

    Nothing in the user's quiet hours. Of several reminders of one date only the last is told.
    """
    return due_of(state, derived(state, rounds), since, now)


def due_of(state: State, dates: Iterable[Dated], since: datetime, now: datetime) -> Due:
    """The same, where the dates have been derived before."""
    local = now.astimezone(ZoneInfo(state.timezone))
    if _quiet(state.reminding.quiet_from, state.reminding.quiet_to, local.hour):
        return Due((), since)
    told: list[tuple[Told, tuple[str, ...]]] = []
    for dated in dates:
        known = max(since, dated.since)
        passed = [each for each in reminders_of(state, dated, known) if known < each[0] <= now]
        if not passed:
            continue
        over = dated.over <= now
        late = now - passed[-1][0] > LATE
        days_left = (dated.day - local.date()).days
        each = Told(dated, days_left, late and not over, over)
        told.append((each, tuple(name for _, name in passed)))
    return Due(tuple(told), max(since, now))


def next_at(
    state: State, rounds: Sequence[Round], since: datetime, now: datetime
) -> datetime | None:
    """The moment at which ``due`` is to be asked again, everything up to ``since`` being told."""
    return next_of(state, derived(state, rounds), since, now)


def next_of(
    state: State, dates: Iterable[Dated], since: datetime, now: datetime
) -> datetime | None:
    """The same, where the dates have been derived before."""
    first: datetime | None = None
    for dated in dates:
        known = max(since, dated.since)
        at = next((at for at, _ in reminders_of(state, dated, known) if at > known), None)
        if at is not None and (first is None or at < first):
            first = at
    return None if first is None else waking(state, max(first, now))


def reopened(
    before: State, after: State, rounds: Sequence[Round], since: datetime, now: datetime
) -> datetime:
    """The ``since`` to go on with after a user has changed something.

    What was still to be told stays so, at its new time, or at once if that has passed. What would
    have been told by now, had it been asked for earlier, is not. What has been told has a name, and
    is not told again.
    """
    wishes = [(state.reminding, state.timezone) for state in (before, after)]
    if wishes[0] == wishes[1]:
        return since
    open_ = {
        name
        for dated in derived(before, rounds)
        for at, name in reminders_of(before, dated)
        if at > max(since, dated.since)
    }
    moved = (
        at - timedelta.resolution
        for dated in derived(after, rounds)
        for at, name in reminders_of(after, dated)
        if name in open_
    )
    return min((now, *moved))


def reminders_of(
    state: State, dated: Dated, since: datetime | None = None
) -> tuple[tuple[datetime, str], ...]:
    """When a date is to be told, in order, each with a name that no other reminder of the chat has.

    Those up to ``since`` may be left out.
    """
    kept, found = state.reminding, _NONE
    # What is over is only told if it was put off until then.
    if since is None or dated.over > since:
        found = _by_leads(
            dated.key, dated.kind, dated.day, dated.over, kept.leads, state.timezone, kept.hour,
            kept.quiet_from, kept.quiet_to,
        )  # fmt: skip
    snoozed = tuple(
        (waking(state, snooze.until), f"{dated.key}~{snooze.until.astimezone(UTC).isoformat()}")
        for snooze in kept.snoozes
        if snooze.key == dated.key
    )
    return tuple(sorted((*snoozed, *found), key=itemgetter(0))) if snoozed else found


def waking(state: State, moment: datetime) -> datetime:
    """The same moment, or the end of the quiet hours that it falls into."""
    kept = state.reminding
    return _waking(moment, ZoneInfo(state.timezone), kept.quiet_from, kept.quiet_to)


def _waking(moment: datetime, zone: ZoneInfo, start: int, end: int) -> datetime:
    local = moment.astimezone(zone)
    while _quiet(start, end, local.hour):
        # A second turn only where the one hour that is not quiet is skipped in spring.
        awake = _moment(local.date(), end, zone)
        if awake <= moment:
            awake = _moment(local.date() + timedelta(days=1), end, zone)
        moment, local = awake, awake.astimezone(zone)
    return moment


# Kept: of the many chats that fall due together most have the same dates and want the same hour.
@lru_cache(maxsize=16384)
def _by_leads(  # noqa: PLR0913, PLR0917 - all that it follows from
    key: str,
    kind: str,
    day: date,
    over: datetime,
    leads: Sequence[int],
    timezone: str,
    hour: int,
    quiet_from: int,
    quiet_to: int,
) -> tuple[tuple[datetime, str], ...]:
    """When a date is to be told by its leads, in order, each with its name."""
    zone = ZoneInfo(timezone)
    found = []
    for lead in _leads(leads, kind):
        told_on = day - timedelta(days=lead)
        at = _waking(_moment(told_on, hour, zone), zone, quiet_from, quiet_to)
        while at >= over:  # it closes in the morning, or far away
            told_on -= timedelta(days=1)
            at = _waking(_moment(told_on, hour, zone), zone, quiet_from, quiet_to)
        found.append((at, f"{key}-{lead}"))
    return tuple(sorted(found, key=itemgetter(0)))


def _leads(wanted: Sequence[int], kind: str) -> Sequence[int]:
    leads = sorted(set(wanted), reverse=True)
    longest = LONGEST_LEADS.get(kind)
    if longest is None or not leads:
        return leads
    # Whoever wants to know long before wants to know at all.
    return [lead for lead in leads if lead <= longest] or [longest]


def _quiet(start: int, end: int, hour: int) -> bool:
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def _moment(day: date, hour: int, zone: ZoneInfo) -> datetime:
    # In UTC: moments of one zone are compared by their clocks, which are put forward and back.
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def snooze_of(name: str) -> Snooze | None:
    """The snooze that a reminder's name is of, if it is of one."""
    key, mark, until = name.rpartition("~")
    return Snooze(key, datetime.fromisoformat(until)) if mark else None
