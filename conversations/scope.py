"""What of an award binds one kind of applicant on one day, and where the answers to it stand.

All of it follows from the award's file and the catalog, so that it is worked out once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rules.award import Award, Criterion, RuleSet
from rules.catalog import FactSpec, Group, catalog
from rules.compile import period_of
from rules.events import Period
from rules.load import load_award
from rules.model import Tier, Track
from rules.spec import Ban, WaitingPeriod

SANCTIONS = "sanctions"
PAST_AWARDS = "past_awards"


@dataclass(frozen=True, slots=True)
class Dated:
    """How a criterion about events weighs them: for how long, and the keys of which kinds.

    ``timed``: time can mend it, so that the day of an event matters.
    """

    criterion: Criterion
    period: Period
    timed: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """The rules for one track and tier of an award on a day.

    ``slots`` says where the answer to a fact or to a kind of event stands, ``events`` the same
    for each kind of a fact, ``owners`` which question filled a slot, ``kinds`` which kinds a
    group question asks about, and ``dated`` how each criterion weighs events, if it does.
    """

    award: Award
    rules: RuleSet
    as_of: date
    facts: tuple[FactSpec, ...]
    slots: Mapping[str, str]
    events: Mapping[str, Mapping[str, str]]
    owners: Mapping[str, str]
    kinds: Mapping[str, tuple[str, ...]]
    dated: tuple[Dated | None, ...]
    judged: tuple[str, ...]
    judgement_slot: str

    def slot(self, key: str) -> str:
        """Where the answer to a fact stands; ``key`` may name a kind (``past_awards.gold``)."""
        return self.slots.get(key) or _slot(self.award, key)


@lru_cache(maxsize=128)
def scope(award: str, track: Track, tier: Tier, as_of: date) -> Scope:
    """The scope of applications for a tier. Raises KeyError if the award has none for the track."""
    loaded = load_award(award, as_of)
    rules = loaded.rule_sets[track, tier]
    kinds = (key for question in group_kinds() for key in _all(loaded, question))
    slots = {key: _slot(loaded, key) for key in (*catalog().facts, *kinds)}
    judgement_slot = f"judgement@{loaded.id}.{track.value}"
    return Scope(
        award=loaded,
        rules=rules,
        as_of=as_of,
        facts=tuple(spec for spec in catalog().facts.values() if track in spec.tracks),
        slots=slots,
        events={
            fact: {kind: slots[kind_key(fact, kind)] for kind in kinds_of(loaded, fact)}
            for fact, spec in catalog().facts.items()
            if spec.type == "events"
        },
        owners=_owners(loaded, slots) | {f"{judgement_slot}#done": "judgement"},
        kinds={question: tuple(_relevant(loaded, rules, question)) for question in group_kinds()},
        dated=tuple(_dated(rules, criterion, as_of) for criterion in rules.criteria),
        judged=rules.judged,
        judgement_slot=judgement_slot,
    )


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
def group_kinds() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each group question with its fact and its kinds."""
    return {group.key: (spec.key, group.kinds) for spec, group in groups()}


def kind_key(fact: str, kind: str) -> str:
    """The key of one kind of event: ``records.safety_accident``, ``own_violations``."""
    return fact if fact in catalog().own_records else f"{fact}.{kind}"


def _slot(award: Award, key: str) -> str:
    spec = catalog().facts.get(key.partition("#")[0].partition(".")[0])
    return f"{key}@{award.spec.award}" if spec is not None and spec.local else key


def _all(award: Award, question: str) -> Iterator[str]:
    """The keys of the kinds that the award could ask about in a group question."""
    fact, kinds = group_kinds()[question]
    own = kinds_of(award, fact) if fact in (PAST_AWARDS, SANCTIONS) else kinds
    return (kind_key(fact, kind) for kind in own)


def _relevant(award: Award, rules: RuleSet, question: str) -> Iterator[str]:
    """The keys of the kinds that a group question asks about for these rules."""
    if group_kinds()[question][0] in (PAST_AWARDS, SANCTIONS):
        return _all(award, question)
    wanted = {name for criterion in rules.criteria for name in criterion.facts}
    return (key for key in _all(award, question) if key in wanted)


def _owners(award: Award, slots: Mapping[str, str]) -> dict[str, str]:
    owners = {slots[key]: question for question in group_kinds() for key in _all(award, question)}
    return owners | {slots[key]: key for key in catalog().facts if key not in group_kinds()}


def _dated(rules: RuleSet, criterion: Criterion, as_of: date) -> Dated | None:
    period = period_of(criterion.rule)
    if period is None:
        return None
    timed = period.cleared(as_of) is not None
    return Dated(criterion, period, timed, tuple(dict.fromkeys(_weighed(rules, criterion))))


def _weighed(rules: RuleSet, criterion: Criterion) -> Iterator[str]:
    """The kinds of event that a criterion weighs."""
    for name in criterion.facts:
        fact = name.partition(".")[0]
        if fact == "records" or fact in catalog().own_records:
            yield name
        elif fact in (PAST_AWARDS, SANCTIONS):
            yield from (f"{fact}.{kind}" for kind in _decided(rules, criterion))


def _decided(rules: RuleSet, criterion: Criterion) -> tuple[str, ...]:
    """The tiers of awards, or the kinds of sanction, that a criterion weighs."""
    match criterion.rule:
        case WaitingPeriod(same_tier=True):
            return (rules.tier.value,)
        case WaitingPeriod(tiers=tiers):
            return tuple(tier.value for tier in tiers)
        case Ban(kinds=kinds):
            return kinds
        case _:
            return ()
