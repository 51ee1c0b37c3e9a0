"""From the answers given in a chat to the facts of the screening contract, and where they stand.

An answer stands in a slot: the fact's key, with the award's id where the answer holds for one
award only. Records, awards won and sanctions have a slot for each kind, holding entries that
may still lack their date or severity.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from conversations.model import DONT_KNOW, Answers
from conversations.scope import PAST_AWARDS, SANCTIONS, Scope, scope
from knowledge.load import awards as award_ids
from rules.award import Award, RuleSet
from rules.catalog import FactSpec
from rules.facts import parse_facts
from rules.load import load_award
from rules.model import Facts, Tier, Track
from rules.periods import Interval, format_interval, parse_interval

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Applicant:
    """One screening that is far enough for facts: award, rules, day, and the answers so far."""

    answers: Answers
    scope: Scope
    today: date

    @property
    def award(self) -> Award:
        """The award that is applied for."""
        return self.scope.award

    @property
    def rules(self) -> RuleSet:
        """The rules that bind the applicant."""
        return self.scope.rules

    @property
    def as_of(self) -> date:
        """The day of the application."""
        return self.scope.as_of

    def slot(self, key: str) -> str:
        """Where the answer to a fact stands; ``key`` may name a kind (``past_awards.gold``)."""
        return self.scope.slot(key)

    def answer(self, key: str) -> Any:  # noqa: ANN401 - JSON values
        """The answer to a fact, ``DONT_KNOW``, or ``None`` if it was not asked."""
        return self.answers.get(self.scope.slot(key))

    def entries(self, key: str) -> tuple[Entry, ...] | None:
        """The entries of one kind of event; ``None`` if it was not asked or is not known."""
        value = self.answer(key)
        return tuple(value) if isinstance(value, list) else None

    @property
    def judgement_slot(self) -> str:
        """Where the matters of judgement that do not hold stand."""
        return self.scope.judgement_slot

    def facts_json(self) -> dict[str, Any]:
        """The facts as the screening contract writes them."""
        facts: dict[str, Any] = {}
        for spec in self.scope.facts:
            value = self._fact(spec)
            if value is not None:
                facts[spec.key] = value
        declared = self.answers.get(self.judgement_slot, [])
        if declared:
            facts["does_not_hold"] = [name for name in declared if name in self.scope.judged]
        return facts

    def facts(self) -> Facts:
        """The facts, typed. Raises InputError if the answers contradict the day."""
        return parse_facts(self.facts_json(), self.rules.track, self.as_of, self.scope.judged)

    def _fact(self, spec: FactSpec) -> Any:  # noqa: ANN401 - JSON values
        if spec.type == "events":
            return self._events(spec)
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

    def _events(self, spec: FactSpec) -> Any:  # noqa: ANN401 - JSON values
        if spec.key in (PAST_AWARDS, SANCTIONS):
            return self._decisions(spec.key)
        known = {
            kind: [self._record(entry) for entry in value] if value else []
            for kind, slot in self.scope.events[spec.key].items()
            if isinstance(value := self.answers.get(slot), list)
        }
        return known if spec.key == "records" else known.get(spec.key)

    def _decisions(self, key: str) -> list[dict[str, Any]] | None:
        name = "tier" if key == PAST_AWARDS else "kind"
        decisions = []
        for kind, slot in self.scope.events[key].items():
            entries = self.answers.get(slot)
            if not isinstance(entries, list):
                return None
            decisions += [
                {"jurisdiction": self.award.id, name: kind, "date": self._record(entry)["date"]}
                for entry in entries
            ]
        return decisions

    def _record(self, entry: Entry) -> dict[str, Any]:
        known = {key: value for key, value in entry.items() if value != DONT_KNOW}
        return {"date": f"[..{self.today.isoformat()}]", **known}


def setup(answers: Answers, today: date) -> Applicant | None:
    """The applicant, once award, track, tier and day are settled; until then ``None``."""
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
    return Applicant(answers, scope(award.id, track, tier, as_of), today)


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


def relevant_kinds(applicant: Applicant, question: str) -> tuple[str, ...]:
    """The keys of the kinds that a group question asks about, for this award and track."""
    return applicant.scope.kinds[question]
