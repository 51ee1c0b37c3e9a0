"""From the contract's JSON facts to typed ``Facts``: everything odd is an error, never ignored."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from knowledge.model import Citation
from rules.catalog import Catalog, FactSpec, catalog
from rules.events import LEVELS
from rules.messages import message
from rules.model import Event, Facts, Severity, Tier, Track
from rules.periods import Interval, parse_interval

SEVERITIES = {severity.name.lower(): severity for severity in Severity}

# What was expected, where an input is malformed.
A_PARTIAL_DATE = message("一个日期，如 2019、2019-05、2019-05-12 或 [2019-05..2020]")
A_POSSIBLE_DATE = message("不晚于 {as_of} 的日期")
TRUE_OR_FALSE = message("true 或 false")
AN_INTEGER = message("不小于 0 的整数")
ONE_OF = message("下列之一：{values}")
AN_OBJECT = message("一个对象（键和值）")
A_LIST = message("一个列表")
A_KNOWN_KEY = message("下列键之一：{values}")
A_KEY = message("这个键（不能缺）")
OTHER_TRACK = message("{track} 这一类的事实；这一项属于另一类申报者")
COMPLETED_YEAR = message("{as_of} 之前已经结束的年度")
A_YEAR = message("四位数的年份")
AN_IDENTIFIER = message("一个标识，如 qingshanhu")
JUDGED_CRITERION = message("由评审判断的条件之一：{values}")


@dataclass
class InputError(Exception):
    """A case that cannot be taken: where (a key path), what was expected, and by which article.

    ``expected`` is a message in Chinese with named places, filled from ``values``.
    """

    path: str
    expected: str
    values: dict[str, str] = field(default_factory=dict)
    citation: Citation | None = None
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.path}: {self.expected.format(**self.values)}"


def parse_facts(raw: object, track: Track, as_of: date, judged: Collection[str]) -> Facts:
    """Read the ``facts`` object of a case for applicants of ``track``.

    ``judged`` are the ids that ``does_not_hold`` may name. Raises InputError.
    """
    return _Reader(track, as_of, judged, catalog()).read(raw)


@dataclass(frozen=True, slots=True)
class _Reader:
    track: Track
    as_of: date
    judged: Collection[str]
    catalog: Catalog

    def read(self, raw: object) -> Facts:
        yes_no: dict[str, bool] = {}
        since: dict[str, Interval | None] = {}
        count: dict[str, int] = {}
        choice: dict[str, str] = {}
        results: dict[int, str] = {}
        records: dict[str, tuple[Event, ...]] = {}
        events: dict[str, tuple[Event, ...]] = {}
        declared: frozenset[str] = frozenset()
        for key, value in _object(raw, "facts").items():
            path = f"facts.{key}"
            if key == "does_not_hold":
                declared = self._declared(value, path)
                continue
            spec = self._spec(key, path)
            if key == "annual_results":
                results = self._results(value, path)
            elif key == "records":
                records |= self._records(value, path)
            elif key in ("past_awards", "sanctions"):
                events[key] = self._decisions(key, value, path)
            elif spec.type == "events":
                records[key] = self._events(key, value, path)
            elif spec.type == "yes_no":
                yes_no[key] = _boolean(value, path)
            elif spec.type == "count":
                count[key] = _integer(value, path)
            elif spec.type == "choice":
                options = [option.value for option in spec.options]
                choice[key] = str(_member(value, options, path))
            else:
                since[key] = self._since(value, path, or_none=spec.type == "since_or_none")
        return Facts(
            yes_no=yes_no,
            since=since,
            count=count,
            choice=choice,
            annual_results=results,
            records=records,
            past_awards=events.get("past_awards"),
            sanctions=events.get("sanctions"),
            does_not_hold=declared,
        )

    def _spec(self, key: str, path: str) -> FactSpec:
        spec = self.catalog.facts.get(key)
        if spec is None:
            known = [s.key for s in self.catalog.facts.values() if self.track in s.tracks]
            raise InputError(path, A_KNOWN_KEY, _listed([*known, "does_not_hold"]))
        if self.track not in spec.tracks:
            raise InputError(path, OTHER_TRACK, {"track": self.track.value})
        return spec

    def _since(self, value: object, path: str, *, or_none: bool) -> Interval | None:
        if or_none and value == "none":
            return None
        interval = _partial_date(value, path)
        if interval.until(self.as_of) is None:
            raise InputError(path, A_POSSIBLE_DATE, {"as_of": self.as_of.isoformat()})
        return interval

    def _results(self, value: object, path: str) -> dict[int, str]:
        results: dict[int, str] = {}
        for year, result in _object(value, path).items():
            if not re.fullmatch(r"(?!0000)[0-9]{4}", year):
                raise InputError(f"{path}.{year}", A_YEAR)
            if int(year) >= self.as_of.year:
                raise InputError(
                    f"{path}.{year}", COMPLETED_YEAR, {"as_of": self.as_of.isoformat()}
                )
            values = self.catalog.values("annual_results")
            results[int(year)] = str(_member(result, values, f"{path}.{year}"))
        return results

    def _records(self, value: object, path: str) -> dict[str, tuple[Event, ...]]:
        kinds = self.catalog.kinds("records")
        records = {}
        for kind, events in _object(value, path).items():
            if kind not in kinds:
                raise InputError(f"{path}.{kind}", A_KNOWN_KEY, _listed(kinds))
            records[kind] = self._events(kind, events, f"{path}.{kind}")
        return records

    def _events(self, kind: str, value: object, path: str) -> tuple[Event, ...]:
        return tuple(
            _record(kind, record, f"{path}[{index}]")
            for index, record in enumerate(_list(value, path))
        )

    def _decisions(self, key: str, value: object, path: str) -> tuple[Event, ...]:
        name = "tier" if key == "past_awards" else "kind"
        values: Collection[str] = (
            [tier.value for tier in Tier] if key == "past_awards" else self.catalog.kinds(key)
        )
        events = []
        for index, entry in enumerate(_list(value, path)):
            where = f"{path}[{index}]"
            table = _keys(entry, where, required=("jurisdiction", name, "date"))
            jurisdiction = table["jurisdiction"]
            if not isinstance(jurisdiction, str) or not _is_identifier(jurisdiction):
                raise InputError(f"{where}.jurisdiction", AN_IDENTIFIER)
            kind = str(_member(table[name], values, f"{where}.{name}"))
            when = _partial_date(table["date"], f"{where}.date")
            events.append(Event(kind, when, jurisdiction=jurisdiction))
        return tuple(events)

    def _declared(self, value: object, path: str) -> frozenset[str]:
        ids = _list(value, path)
        for index, entry in enumerate(ids):
            if not isinstance(entry, str) or entry not in self.judged:
                raise InputError(f"{path}[{index}]", JUDGED_CRITERION, _listed(self.judged))
        return frozenset(cast("list[str]", ids))


def _record(kind: str, raw: object, path: str) -> Event:
    table = _keys(raw, path, required=("date",), optional=("severity", "deaths", "level"))
    severity = level = deaths = None
    if "severity" in table:
        severity = SEVERITIES[str(_member(table["severity"], SEVERITIES, f"{path}.severity"))]
    if "deaths" in table:
        deaths = _integer(table["deaths"], f"{path}.deaths")
    if "level" in table:
        level = str(_member(table["level"], LEVELS, f"{path}.level"))
    when = _partial_date(table["date"], f"{path}.date")
    return Event(kind, when, severity=severity, deaths=deaths, level=level)


def _keys(
    raw: object, path: str, required: Collection[str], optional: Collection[str] = ()
) -> Mapping[str, Any]:
    table = _object(raw, path)
    for key in table:
        if key not in required and key not in optional:
            raise InputError(f"{path}.{key}", A_KNOWN_KEY, _listed([*required, *optional]))
    for key in required:
        if key not in table:
            raise InputError(f"{path}.{key}", A_KEY)
    return table


def _object(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise InputError(path, AN_OBJECT)
    return value


def _list(value: object, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise InputError(path, A_LIST)
    return value


def _is_identifier(text: str) -> bool:
    """Whether ``text`` can name a jurisdiction; with a stray space it would name another one."""
    return text.replace("-", "_").isidentifier()


def _boolean(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        raise InputError(path, TRUE_OR_FALSE)
    return value


def _integer(value: object, path: str) -> int:
    if type(value) is not int or value < 0:
        raise InputError(path, AN_INTEGER)
    return value


def _member(value: object, values: Collection[int | str] | Collection[str], path: str) -> object:
    # By type as well: true equals 1 in Python, but it is no level.
    if not any(type(value) is type(known) and value == known for known in values):
        raise InputError(path, ONE_OF, _listed(values))
    return value


def _partial_date(value: object, path: str) -> Interval:
    try:
        return parse_interval(value if isinstance(value, str) else "")
    except ValueError:
        raise InputError(path, A_PARTIAL_DATE) from None


def _listed(values: Collection[int | str] | Collection[str]) -> dict[str, str]:
    return {"values": ", ".join(str(value) for value in values)}
