"""The examples of an award file: facts, and what must follow from them.

An example is worded and checked in the terms of the file, so that an author can compare.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rules.award import Award
from rules.cases import choose_rules
from rules.compile import facts_of
from rules.evaluate import evaluate
from rules.facts import InputError, parse_facts
from rules.model import Needs, Outcome, Status, Track, Verdict
from rules.spec import AwardSpec, Base, CriterionSpec, Declared, Example, NoRecords


def failure(award: Award, example: Example) -> str | None:
    """What was expected and what came out instead, in Chinese; ``None`` if the example holds."""
    base = base_of(award.spec, example.track)
    if base is None:
        return f"没有 {example.track.value} 的 [[base]]"
    if not example.criterion and example.outcome is None:
        return "没有写 criterion 和 status，也没有写 outcome"
    if bool(example.criterion) != (example.status is not None):
        return "criterion 和 status 要一起写"
    try:
        found, ids = _verdict(award, example, base)
    except InputError as error:
        return f"写得不对：{error}"
    return "；".join(_differences(example, found, ids)) or None


def base_of(spec: AwardSpec, track: Track) -> Base | None:
    """The track's applicant who meets everything."""
    return next((base for base in spec.base if base.track is track), None)


def base_failures(award: Award, track: Track) -> Iterator[str]:
    """What keeps a track's base from being an applicant who is known to meet everything."""
    base = base_of(award.spec, track)
    if base is None:
        yield f"没有 {track.value} 的 [[base]]：例子没有底子"
        return
    for criterion in award.spec.criterion:
        if track in criterion.tracks:
            for fact in facts_of(criterion):
                if not _holds(base.facts, fact):
                    yield f"[[base]] 缺少 {fact}（{criterion.id} 要用）"
    for tier in award.tiers(track):
        eligible = Example(says="底子", track=track, tier=tier, outcome=Outcome.ELIGIBLE)
        if reason := failure(award, eligible):
            yield f"[[base]] 应当什么都符合：{reason}"


def lacking(spec: AwardSpec, criterion: CriterionSpec) -> tuple[str, ...]:
    """The kinds of example that a criterion has none of."""
    examples = [
        example
        for example in spec.example
        if criterion.id in example.criterion and example.track in criterion.tracks
    ]
    shown = {example.status.value for example in examples if example.status}
    shown |= {"unknown（needs = office）" for example in examples if example.needs is Needs.OFFICE}
    return tuple(kind for kind in _needed(criterion) if kind not in shown)


def _needed(criterion: CriterionSpec) -> Iterator[str]:
    rule = criterion.rule
    left_to = {r.left_to for r in rule.records} if isinstance(rule, NoRecords) else set()
    if not isinstance(rule, Declared):
        yield Status.MET.value
        yield Status.UNKNOWN.value
    yield Status.UNMET.value
    if isinstance(rule, Declared) or "reviewers" in left_to:
        yield Status.TO_BE_JUDGED.value
    if "office" in left_to:
        yield "unknown（needs = office）"
    if criterion.only_if:
        yield Status.NOT_APPLICABLE.value


def _verdict(award: Award, example: Example, base: Base) -> tuple[Verdict, list[str]]:
    """The judgement of an example, and the ids of the criteria in its order. Raises InputError."""
    rules = choose_rules(award, example.track, example.tier)
    as_of = example.as_of or base.as_of
    told = base.facts
    for path in example.drop:
        told = _without(told, path, path)
    facts = parse_facts(_over(told, example.change), example.track, as_of, rules.judged)
    return evaluate(rules, facts, as_of), [criterion.id for criterion in rules.criteria]


def _differences(example: Example, found: Verdict, ids: list[str]) -> Iterator[str]:
    for criterion in example.criterion:
        if criterion not in ids:
            yield f"{example.track.value} 没有 {criterion} 这项条件"
            continue
        finding = found.findings[ids.index(criterion)]
        expected = _written(status=example.status, needs=example.needs, met_from=example.met_from)
        came_out = _written(status=finding.status, needs=finding.needs, met_from=finding.met_from)
        if expected != came_out:
            yield f"{criterion} 应为 {expected}，得出 {came_out}"
    if example.outcome:
        # Who is eligible is so on the day itself: that need not be written.
        today = found.as_of if example.outcome is Outcome.ELIGIBLE else None
        expected = _written(outcome=example.outcome, eligible_from=example.eligible_from or today)
        came_out = _written(outcome=found.outcome, eligible_from=found.eligible_from)
        if expected != came_out:
            yield f"应为 {expected}，得出 {came_out}"


def _written(**values: Status | Needs | Outcome | date | None) -> str:
    return ", ".join(f"{key} = {value}" for key, value in values.items() if value is not None)


def _without(facts: Mapping[str, Any], path: str, whole: str) -> dict[str, Any]:
    key, _, rest = path.partition(".")
    if not _holds(facts, path):
        raise InputError(whole, "[[base]] 里本来就没有它，drop 去不掉")
    if rest:
        return {**facts, key: _without(facts[key], rest, whole)}
    return {name: value for name, value in facts.items() if name != key}


def _over(facts: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """``change`` laid over ``facts``: tables key by key, everything else as a whole."""
    merged = dict(facts)
    for key, value in change.items():
        if isinstance(value, Mapping) and isinstance(old := merged.get(key), Mapping):
            merged[key] = _over(old, value)
        else:
            merged[key] = value
    return merged


def _holds(facts: object, path: str) -> bool:
    key, _, rest = path.partition(".")
    return isinstance(facts, Mapping) and key in facts and (not rest or _holds(facts[key], rest))
