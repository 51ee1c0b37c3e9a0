"""From the answers given in a chat to the facts of the screening contract, and where they stand.

An answer stands in a slot: the fact's key, with the award's id where the answer holds for one
award only. Records, awards won and sanctions have a slot for each kind, holding entries that
may still lack their date or severity.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from conversations.model import DONT_KNOW, Screening
from knowledge.load import awards as award_ids
from rules.award import Award, RuleSet
from rules.catalog import FactSpec, Group, catalog
from rules.facts import parse_facts
from rules.load import load_award
from rules.model import Facts, Tier, Track
from rules.periods import Interval, format_interval, parse_interval

SANCTIONS = "sanctions"
PAST_AWARDS = "past_awards"
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Applicant:
    """One screening that is far enough for facts: award, rules, day, and the answers so far."""

    screening: Screening
    award: Award
    rules: RuleSet
    as_of: date
    today: date

    def slot(self, key: str) -> str:
        """Where the answer to a fact stands; ``key`` may name a kind (``past_awards.gold``)."""
        fact = key.partition("#")[0].partition(".")[0]
        return f"{key}@{self.award.spec.award}" if fact in _local_facts() else key

    def answer(self, key: str) -> Any:  # noqa: ANN401 - JSON values
        """The answer to a fact, ``DONT_KNOW``, or ``None`` if it was not asked."""
        return self.screening.answers.get(self.slot(key))

    def entries(self, key: str) -> tuple[Entry, ...] | None:
        """The entries of one kind of event; ``None`` if it was not asked or is not known."""
        value = self.answer(key)
        return tuple(value) if isinstance(value, list) else None

    @property
    def judgement_slot(self) -> str:
        """Where the matters of judgement that do not hold stand."""
        return f"judgement@{self.award.id}.{self.rules.track.value}"

    def facts_json(self) -> dict[str, Any]:
        """The facts as the screening contract writes them."""
        facts: dict[str, Any] = {}
        for spec in catalog().facts.values():
            if self.rules.track in spec.tracks:
                value = self._fact(spec)
                if value is not None:
                    facts[spec.key] = value
        declared = self.screening.answers.get(self.judgement_slot, [])
        if declared:
            facts["does_not_hold"] = [name for name in declared if name in self.rules.judged]
        return facts

    def facts(self) -> Facts:
        """The facts, typed. Raises InputError if the answers contradict the day."""
        return parse_facts(self.facts_json(), self.rules.track, self.as_of, self.rules.judged)

    def _fact(self, spec: FactSpec) -> Any:  # noqa: ANN401 - JSON values
        if spec.key == "records":
            known = {
                str(option.value): entries
                for option in spec.kinds
                if (entries := self.entries(f"records.{option.value}")) is not None
            }
            return {kind: [self._record(e) for e in entries] for kind, entries in known.items()}
        if spec.key in (PAST_AWARDS, SANCTIONS):
            return self._decisions(spec.key)
        if spec.type == "events":
            own = self.entries(spec.key)
            return None if own is None else [self._record(entry) for entry in own]
        value = self.answer(spec.key)
        if value == DONT_KNOW:
            return None
        if spec.type == "annual_results" and value is not None:
            return {
                year: result
                for year, result in value.items()
                if result != DONT_KNOW and int(year) < self.as_of.year
            }
        return value

    def _decisions(self, key: str) -> list[dict[str, Any]] | None:
        name = "tier" if key == PAST_AWARDS else "kind"
        decisions = []
        for kind in kinds_of(self.award, key):
            entries = self.entries(f"{key}.{kind}")
            if entries is None:
                return None
            decisions += [
                {"jurisdiction": self.award.id, name: kind, "date": self._record(entry)["date"]}
                for entry in entries
            ]
        return decisions

    def _record(self, entry: Entry) -> dict[str, Any]:
        known = {key: value for key, value in entry.items() if value != DONT_KNOW}
        return {"date": f"[..{self.today.isoformat()}]", **known}


def setup(screening: Screening, today: date) -> Applicant | None:
    """The applicant, once award, track, tier and day are settled; until then ``None``."""
    answers = screening.answers
    if answers.get("award") not in award_ids():
        return None
    as_of = submission_day(answers.get("day"), today)
    if as_of is None:
        return None
    award = load_award(answers["award"], as_of)
    track = only_track(award) or _track(answers.get("track"))
    if track is None or track not in award.tracks:
        return None
    tier = Tier.AWARD
    if award.tier_matters(track):
        if answers.get("tier") not in award.tiers(track):
            return None
        tier = Tier(answers["tier"])
    return Applicant(screening, award, award.rule_sets[track, tier], as_of, today)


def submission_day(value: object, today: date) -> date | None:
    """The day a submission is planned for: a day, ``today``, or ``None`` if not settled."""
    if value == "today":
        return today
    try:
        interval = parse_interval(str(value))
    except ValueError:
        return None
    return interval.first if interval.exact else None


def only_track(award: Award) -> Track | None:
    """The award's track, if it has but one: then there is nothing to ask."""
    return award.tracks[0] if len(award.tracks) == 1 else None


def kinds_of(award: Award, key: str) -> tuple[str, ...]:
    """The kinds that an event fact distinguishes for this award."""
    if key == PAST_AWARDS:
        return tuple(tier.value for tier in award.spec.tier_names)
    return catalog().kinds(key)


def groups() -> Iterator[tuple[FactSpec, Group]]:
    """Every question that asks for several kinds of event at once, with its fact."""
    for spec in catalog().facts.values():
        if spec.type != "events":
            continue
        if spec.groups:
            yield from ((spec, group) for group in spec.groups)
        else:
            kinds = tuple(str(option.value) for option in spec.kinds)
            yield spec, Group(spec.key, spec.title, spec.question, spec.help, kinds)


@lru_cache(maxsize=1)
def _local_facts() -> frozenset[str]:
    return frozenset(key for key, spec in catalog().facts.items() if spec.local)


def kind_key(fact: str, kind: str) -> str:
    """The key of one kind of event: ``records.safety_accident``, ``own_violations``."""
    return fact if fact in catalog().own_records else f"{fact}.{kind}"


def past(interval: Interval, today: date) -> str | None:
    """A day in the past as it is stored; ``None`` if it lies ahead."""
    clipped = interval.until(today)
    return format_interval(clipped) if clipped else None


def _track(value: object) -> Track | None:
    return Track(str(value)) if value in set(Track) else None


def path_of(question: str) -> tuple[str, int, str]:
    """A detail question's kind, index and attribute: ``records.quality_claim#0.date``."""
    kind, _, rest = question.partition("#")
    index, _, attribute = rest.partition(".")
    return kind, int(index), attribute


@lru_cache(maxsize=1)
def group_kinds() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each group question with its fact and its kinds."""
    return {group.key: (spec.key, group.kinds) for spec, group in groups()}


def relevant_kinds(applicant: Applicant, question: str) -> tuple[str, ...]:
    """The keys of the kinds that a group question asks about, for this award and track."""
    fact, kinds = group_kinds()[question]
    if fact in (PAST_AWARDS, SANCTIONS):
        return tuple(f"{fact}.{kind}" for kind in kinds_of(applicant.award, fact))
    wanted = {name for criterion in applicant.rules.criteria for name in criterion.facts}
    keys = (kind_key(fact, kind) for kind in kinds)
    return tuple(key for key in keys if key in wanted)
