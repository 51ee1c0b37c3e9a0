"""The dates that matter to a chat: derived from its wishes, the rounds and the steps of a plan.

A moved or withdrawn date needs no cancelling: it is not derived any more. Pure: the moment comes
in as an argument.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zlib import crc32
from zoneinfo import ZoneInfo

from conversations.lengths import lengths
from conversations.model import State
from conversations.reminding import Watch
from rules.load import load_award
from rules.model import Track
from rules.plan import Planned, plan
from rules.rounds import Round

Kind = Literal["opens", "closes", "milestone", "step", "eligible", "waiting", "own"]

_LONGEST_STEP_ID = 32  # a key stands in a button, which has room for 64 bytes


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that matters to a chat.

    ``key`` names it together with its day, the same in every time zone: what belongs to a round is
    named by the office's day. ``day`` is by the user's calendar. ``over`` is the moment from which
    it lies in the past; ``since`` is when it became known: what was to be told before that is not
    told. ``title`` is the user's own, or a milestone's.
    """

    key: str
    kind: Kind
    day: date
    over: datetime
    since: datetime
    watch: Watch
    round: Round | None = None
    planned: Planned | None = None
    title: str = ""


_Outline = tuple[str, Kind, date, datetime, datetime, Planned | None, str]


def derived(state: State, rounds: Sequence[Round]) -> tuple[Dated, ...]:
    """All dates that are not dealt with, those gone by too, each once; the nearest first."""
    done = {key for watch in state.reminding.watches for key in watch.done}
    found: dict[str, Dated] = {}
    for dated in _all(state, rounds):
        # Two wishes may come to the same date: it has been known since the first of them.
        earlier = found.get(dated.key)
        if dated.key not in done and (earlier is None or dated.since < earlier.since):
            found[dated.key] = dated
    return tuple(sorted(found.values(), key=lambda each: (each.day, each.over, each.key)))


def dates(state: State, rounds: Sequence[Round], now: datetime) -> tuple[Dated, ...]:
    """All dates that are ahead or of today and not dealt with, the nearest first."""
    return tuple(dated for dated in derived(state, rounds) if dated.over > now)


@lru_cache(maxsize=256)
def office_zone(award: str) -> ZoneInfo:
    """The time zone of the office that gives an award."""
    return ZoneInfo(load_award(award).spec.timezone)


def _all(state: State, rounds: Sequence[Round]) -> Iterator[Dated]:
    zone = ZoneInfo(state.timezone)
    for watch in state.reminding.watches:
        if watch.kind == "rounds":
            for each in rounds:
                if each.award == watch.award and not each.withdrawn:
                    yield from _of_round(watch, each, zone)
        elif watch.day is not None:
            key = f"w{watch.id}@{watch.day}"
            yield Dated(key, watch.kind, watch.day, _end(watch.day, zone), watch.since, watch,
                        title=watch.title)  # fmt: skip


def _of_round(watch: Watch, each: Round, zone: ZoneInfo) -> Iterator[Dated]:
    wanted = tuple(sorted(watch.lengths.items()))
    for key, kind, day, over, since, planned, title in _outline(each, watch.track, wanted, zone):
        yield Dated(key, kind, day, over, max(watch.since, since), watch, each, planned, title)


# What follows is the same for many chats, which fall due together.
@lru_cache(maxsize=4096)
def _outline(
    each: Round, track: str | None, wanted: tuple[tuple[str, str], ...], zone: ZoneInfo
) -> tuple[_Outline, ...]:
    """The dates of a round for whoever wants its plan like this, without their wishes."""
    return tuple(_outlined(each, track, wanted, zone))


def _outlined(
    each: Round, track: str | None, wanted: tuple[tuple[str, str], ...], zone: ZoneInfo
) -> Iterator[_Outline]:
    office, name = office_zone(each.award), f"r{each.id}"
    day = _day(each.opens, zone)
    opens = f"{name}:opens@{_day(each.opens, office)}"
    yield opens, "opens", day, _end(day, zone), each.opens_since, None, ""
    for milestone in each.milestones:
        # By its title: others may come before it in a later version.
        key = f"{name}:m{crc32(milestone.title.encode()):08x}@{milestone.day}"
        end = _end(milestone.day, zone)
        yield key, "milestone", milestone.day, end, milestone.since, None, milestone.title
    closes = _day(each.closes, office)
    for planned in _plan(each.award, track, closes, wanted):
        begins = planned.begins_by
        if begins is not None:
            key = f"{name}:s:{_short(planned.step.id)}@{begins}"
            yield key, "step", begins, _end(begins, zone), each.closes_since, planned, ""
    key, day = f"{name}:closes@{closes}", _day(each.closes, zone)
    yield key, "closes", day, each.closes, each.closes_since, None, ""


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()


@lru_cache(maxsize=4096)
def _plan(
    award: str, track: str | None, closes: date, wanted: tuple[tuple[str, str], ...]
) -> tuple[Planned, ...]:
    if track is None:
        return ()
    steps = load_award(award, closes).steps.get(Track(track), ())
    return plan(steps, closes, lengths(dict(wanted)))


def _short(step: str) -> str:
    if len(step) <= _LONGEST_STEP_ID:
        return step
    return f"{step[: _LONGEST_STEP_ID - 9]}-{crc32(step.encode()):08x}"


@lru_cache(maxsize=4096)
def _end(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), zone).astimezone(UTC)
