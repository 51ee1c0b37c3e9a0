"""Dates as a calendar file (RFC 5545) for the usual calendars; a later one updates the earlier.

What has an hour stands in UTC, which every calendar shows by its user's clock; the rest are days.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from conversations import datelines
from conversations.dated import Dated
from conversations.due import reminders_of
from conversations.language import Language, language
from conversations.model import Attachment, State
from conversations.particulars import notices, particulars, when

if TYPE_CHECKING:
    from icalendar import Event

NAME = "award-bot.ics"
PRODUCT = "-//award-bot//award-bot//ZH"


def calendar(state: State, dated: Sequence[Dated], now: datetime) -> Attachment:
    """These dates as a calendar file, with alarms as the user wants to be reminded."""
    # Loaded when first needed: most chats never ask for a file.
    from icalendar import Calendar  # noqa: PLC0415 - see above

    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    for each in dated:
        made.add_component(_event(state, each, now))
    return Attachment(NAME, made.to_ical().decode())


def _event(state: State, dated: Dated, now: datetime) -> "Event":
    from icalendar import Alarm, Event  # noqa: PLC0415 - as above

    words = language(state.locale)
    title = _plain(datelines.title(words, dated))
    moment = _moment(dated)
    event = Event()
    event.add("uid", _uid(dated))
    event.add("sequence", _sequence(dated))
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", moment or dated.day)
    event.add("summary", title)
    event.add("description", _plain("\n".join(_description(words, dated, state))))
    if dated.kind == "closes" and dated.round is not None and dated.round.where:
        event.add("location", _plain(dated.round.where))
    provisional = dated.planned is not None and dated.planned.provisional
    event.add("status", "TENTATIVE" if provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a deadline keeps nobody from meeting
    for trigger in _triggers(state, dated, now):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", trigger)
        alarm.add("description", title)
        event.add_component(alarm)
    return event


def _moment(dated: Dated) -> datetime | None:
    """The moment in UTC, where the notice gives one."""
    if dated.round is None or dated.kind not in ("opens", "closes"):
        return None
    moment = dated.round.opens if dated.kind == "opens" else dated.round.closes
    return moment.astimezone(UTC)


def _description(words: Language, dated: Dated, state: State) -> Iterator[str]:
    yield when(words, dated, state)
    yield from particulars(words, dated)
    if dated.planned is not None:
        yield f"“{dated.planned.step.citation.quote}”"
    yield from notices(words, [dated])


def _triggers(state: State, dated: Dated, now: datetime) -> list[timedelta]:
    """How far each alarm lies from the beginning, by the clocks of the user."""
    reminding = replace(state.reminding, snoozes=())
    ahead = [at for at, _ in reminders_of(replace(state, reminding=reminding), dated) if at > now]
    moment = _moment(dated)
    if moment is not None:
        return sorted({at - moment for at in ahead})
    # A day begins at midnight wherever the calendar is: so the clocks are compared.
    zone, midnight = ZoneInfo(state.timezone), datetime.combine(dated.day, time(0))
    return sorted({at.astimezone(zone).replace(tzinfo=None) - midnight for at in ahead})


def _uid(dated: Dated) -> str:
    """The same for a date wherever it is moved; of the user's own, hardly that of anybody else."""
    stem = dated.key.rpartition("@")[0]
    watch = dated.watch
    if dated.round is None:
        own = f"{watch.id}\n{watch.kind}\n{watch.award}\n{watch.title}"
        stem += f"-{hashlib.sha256(own.encode()).hexdigest()[:16]}"
    elif dated.planned is not None:
        stem += f"-{watch.track}"
    elif dated.kind == "milestone":
        # Two may have one title.
        alike = [each.day for each in dated.round.milestones if each.title == dated.title]
        stem += f"-{alike.index(dated.day)}"
    return f"{stem.replace(':', '-')}@award-bot"


def _sequence(dated: Dated) -> int:
    """It grows with every change, so that the newer of two files counts."""
    if dated.round is None:
        return dated.watch.changes
    own = dated.watch.changes if dated.planned is not None else 0
    return dated.round.version - 1 + own


def _plain(text: str) -> str:
    """Without the characters that a calendar file must not have."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(kept)
