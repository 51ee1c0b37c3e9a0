"""One case of the screening contract: whose rules, which day, which facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from knowledge.load import awards as award_ids
from rules.award import Award, RuleSet
from rules.facts import (
    A_KEY,
    A_KNOWN_KEY,
    AN_OBJECT,
    ONE_OF,
    InputError,
    parse_facts,
)
from rules.load import load_award
from rules.messages import message
from rules.model import Facts, Tier, Track
from rules.periods import parse_interval

KEYS = ("jurisdiction", "track", "tier", "as_of", "facts")
A_DAY = message("一个日子，如 2026-11-20")
NO_SUCH_TRACK = message("这个奖设有的类别或等级之一：{values}（{label}）")


@dataclass(frozen=True, slots=True)
class Case:
    """A case that can be judged."""

    award: Award
    rule_set: RuleSet
    as_of: date
    facts: Facts


def parse_case(raw: object, now: datetime) -> Case:
    """Read one input object; ``now`` (aware) gives the default submission day.

    Raises InputError for whatever the contract calls malformed.
    """
    if not isinstance(raw, Mapping):
        raise InputError("", AN_OBJECT)
    for key in raw:
        if key not in KEYS:
            raise InputError(key, A_KNOWN_KEY, {"values": ", ".join(KEYS)})
    jurisdiction = _one_of(raw, "jurisdiction", award_ids())
    track = Track(_one_of(raw, "track", [track.value for track in Track]))
    tier = Tier(_one_of({"tier": "award", **raw}, "tier", [tier.value for tier in Tier]))
    as_of = _day(raw["as_of"]) if "as_of" in raw else None
    award = load_award(jurisdiction, as_of)
    if as_of is None:
        as_of = now.astimezone(ZoneInfo(award.spec.timezone)).date()
    rule_set = choose_rules(award, track, tier)
    facts = raw.get("facts", {})
    return Case(award, rule_set, as_of, parse_facts(facts, track, as_of, rule_set.judged))


def choose_rules(award: Award, track: Track, tier: Tier) -> RuleSet:
    """The rule set of a track and tier; InputError citing the article if there is none."""
    rule_set = award.rule_sets.get((track, tier))
    if rule_set is not None:
        return rule_set
    citation = award.absent[track, tier]
    if track not in award.tracks:
        path, values = "track", [track.value for track in award.tracks]
    else:
        path, values = "tier", [tier.value for tier in award.tiers(track)]
    message = {"values": ", ".join(values), "label": citation.label}
    raise InputError(path, NO_SUCH_TRACK, message, citation)


def _one_of(raw: Mapping[str, Any], key: str, values: "list[str] | tuple[str, ...]") -> str:
    if key not in raw:
        raise InputError(key, A_KEY)
    value = raw[key]
    if not isinstance(value, str) or value not in values:
        raise InputError(key, ONE_OF, {"values": ", ".join(values)})
    return value


def _day(value: object) -> date:
    try:
        interval = parse_interval(value if isinstance(value, str) else "")
    except ValueError:
        raise InputError("as_of", A_DAY) from None
    if not interval.exact or len(str(value)) != len("2026-11-20"):
        raise InputError("as_of", A_DAY)
    return interval.first
