"""A small strict reader of calendar files, written from RFC 5545: what it does not know it refuses.

It has nothing in common with the library that writes them. ``Agenda`` is what a calendar does with
the files it is given.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

MOST_OCTETS = 75
_LINE = re.compile(r'([A-Z][A-Z0-9-]*)((?:;[A-Z-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))*):(.*)')
_DURATION = re.compile(r"([+-]?)P(?:(\d+)W|(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?)")
_MOMENT = re.compile(r"\d{8}T\d{6}Z")
_DAY = re.compile(r"\d{8}")
_TEXT = re.compile(r"(?:[^\\;,\x00-\x08\x0a-\x1f\x7f]|\\[\\;,nN])*")
# What may stand in each part: once; and what must.
KNOWN = {
    "VCALENDAR": {"PRODID", "VERSION", "CALSCALE", "METHOD"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "DESCRIPTION", "LOCATION",
               "STATUS", "TRANSP"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
}  # fmt: skip
NEEDED = {
    "VCALENDAR": {"PRODID", "VERSION"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
}
INSIDE = {"VCALENDAR": {"VEVENT"}, "VEVENT": {"VALARM"}, "VALARM": set()}
TEXTS = {"PRODID", "UID", "SUMMARY", "DESCRIPTION", "LOCATION"}
FIXED = {
    "VERSION": {"2.0"}, "CALSCALE": {"GREGORIAN"}, "METHOD": {"PUBLISH"}, "ACTION": {"DISPLAY"},
    "STATUS": {"CONFIRMED", "TENTATIVE"}, "TRANSP": {"TRANSPARENT"},
}  # fmt: skip

Value = str | int | date | datetime | timedelta


class NotACalendarError(Exception):
    """A file that RFC 5545 does not allow, or that this reader does not know."""


@dataclass
class Part:
    """A calendar, an event or an alarm: what it says, and the parts inside it."""

    name: str
    values: dict[str, Value] = field(default_factory=dict)
    parts: list["Part"] = field(default_factory=list)


def read(text: str) -> Part:
    """Read a file. Raises NotACalendarError with what is wrong."""
    open_: list[Part] = []
    whole: Part | None = None
    for line in _unfolded(text):
        found = _LINE.fullmatch(line)
        if found is None or whole is not None:
            raise NotACalendarError(f"no content line, or after the end: {line!r}")
        name, params, value = found.groups()
        if name == "BEGIN":
            if value not in (INSIDE[open_[-1].name] if open_ else {"VCALENDAR"}):
                raise NotACalendarError(f"{value} cannot begin here")
            part = Part(value)
            if open_:
                open_[-1].parts.append(part)
            open_.append(part)
        elif name == "END":
            part = open_.pop()
            if value != part.name or not NEEDED[value] <= part.values.keys():
                raise NotACalendarError(f"{part.name} ends as {value}, with {part.values.keys()}")
            whole = None if open_ else part
        else:
            _note(open_[-1], name, params, value)
    if whole is None:
        raise NotACalendarError("it has no end")
    return whole


def _unfolded(text: str) -> list[str]:
    data = text.encode()
    if not data.endswith(b"\r\n") or re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        raise NotACalendarError("lines end with CR and LF")
    for line in data.split(b"\r\n"):
        line.decode()  # no character is cut in two: some calendars would not like it
        if len(line) > MOST_OCTETS:
            raise NotACalendarError(f"a line of {len(line)} octets")
    return (
        data.decode().replace("\r\n ", "").replace("\r\n\t", "").removesuffix("\r\n").split("\r\n")
    )


def _note(part: Part, name: str, params: str, value: str) -> None:
    if name not in KNOWN[part.name] or name in part.values:
        raise NotACalendarError(f"{name} in {part.name}, or twice")
    part.values[name] = _value(name, params, value)


def _value(name: str, params: str, value: str) -> Value:
    if name in {"DTSTART", "DTSTAMP"}:
        if params == ";VALUE=DATE" and name == "DTSTART" and _DAY.fullmatch(value):
            return date(int(value[:4]), int(value[4:6]), int(value[6:]))
        if params in {"", ";VALUE=DATE-TIME"} and _MOMENT.fullmatch(value):
            return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    elif name == "TRIGGER":
        found = _DURATION.fullmatch(value)
        if params in {"", ";VALUE=DURATION"} and found and not value.endswith(("P", "T")):
            weeks, days, hours, minutes, seconds = (int(n or 0) for n in found.groups()[1:])
            length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes,
                               seconds=seconds)  # fmt: skip
            return -length if found[1] == "-" else length
    elif params:
        pass
    elif name == "SEQUENCE" and value.isdecimal():
        return int(value)
    elif name in TEXTS and _TEXT.fullmatch(value):
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
    elif value in FIXED.get(name, ()):
        return value
    raise NotACalendarError(f"{name}{params}:{value}")


@dataclass
class Agenda:
    """A calendar that files are imported into: of two events with one UID the newer counts."""

    events: dict[str, Part] = field(default_factory=dict)

    def imports(self, text: str) -> None:
        """Import a file. Raises NotACalendarError."""
        seen: set[str] = set()
        for event in read(text).parts:
            uid = str(event.values["UID"])
            if uid in seen:
                raise NotACalendarError(f"two events {uid}")
            seen.add(uid)
            known = self.events.get(uid)
            if known is None or _age(known) < _age(event):
                self.events[uid] = event

    def starts(self) -> dict[str, Value]:
        """When everything begins, by its summary."""
        return {str(e.values["SUMMARY"]): e.values["DTSTART"] for e in self.events.values()}


def _age(event: Part) -> tuple[int, str]:
    sequence, stamp = event.values.get("SEQUENCE", 0), event.values["DTSTAMP"]
    assert isinstance(sequence, int)
    return sequence, str(stamp)
