"""Whether an award file agrees with itself: tracks, ids, arguments, steps, wording, examples."""

import re
from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.numerals import read_number
from rules.arguments import wrong_arguments, wrong_when
from rules.catalog import catalog
from rules.compile import facts_of
from rules.examples import lacking
from rules.model import Tier, Track
from rules.spec import AwardSpec, Ban, CriterionSpec, Cycle, Declared, NotSameYear, StepSpec

Loc = tuple[int | str, ...]
Found = Iterator[tuple[Loc, str]]

_TABLES = ("criterion", "note", "step")
_NUMBER = r"\d+|[一二两三四五六七八九十]+"
_WORKDAYS = re.compile(rf"({_NUMBER})个工作日")
_YEARS = re.compile(rf"({_NUMBER}|每)年")
_AS_DIGITS = str.maketrans({"两": "二", "每": "一"})


def inconsistencies(spec: AwardSpec) -> Found:
    """Each mistake, in Chinese, with the key path at which it stands."""
    try:
        ZoneInfo(spec.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield ("timezone",), f"没有这个时区：{spec.timezone}，要像 Asia/Shanghai"
    if reason := _wrong_years(spec.cycle):
        yield ("cycle",), reason
    yield from _tracks(spec)
    yield from _tiers(spec)
    yield from _ids(spec)
    for index, criterion in enumerate(spec.criterion):
        for reason in wrong_arguments(criterion, spec):
            yield ("criterion", index, "rule"), f"{criterion.id}：{reason}"
        for key, name in _unworded(criterion):
            yield ("criterion", index, key), f"{criterion.id}：没有{name}"
        if kinds := lacking(spec, criterion):
            yield ("criterion", index, "id"), f"{criterion.id} 缺少例子：{'、'.join(kinds)}"
    for index, note in enumerate(spec.note):
        for reason in wrong_when(note, spec):
            yield ("note", index, "when"), f"{note.id}：{reason}"
    yield from _steps(spec)


def _tracks(spec: AwardSpec) -> Found:
    for track in spec.tiers:
        if not any(track in criterion.tracks for criterion in spec.criterion):
            yield ("tiers",), f"{track.value} 一项条件也没有"
    for table in _TABLES:
        for index, entry in enumerate(getattr(spec, table)):
            for track in entry.tracks:
                if track not in spec.tiers:
                    yield (table, index, "tracks"), f"{entry.id}：[tiers] 里没有 {track.value}"


def _tiers(spec: AwardSpec) -> Found:
    for tier in dict.fromkeys(tier for tiers in spec.tiers.values() for tier in tiers):
        if tier not in spec.tier_names:
            yield ("tier_names",), f"{tier.value} 没有名称"
    absent = {
        (track, tier)
        for entry in spec.absent
        for track in entry.tracks or tuple(Track)
        for tier in entry.tiers or tuple(Tier)
    }
    for track in Track:
        for tier in Tier:
            if tier not in spec.tiers.get(track, ()) and (track, tier) not in absent:
                reason = f"{track.value} 没有 {tier.value}，要在 [[absent]] 里引出依据的条文"
                yield ("tiers",), reason


def _ids(spec: AwardSpec) -> Found:
    for table in _TABLES:
        seen: Counter[tuple[str, Track]] = Counter()
        for index, entry in enumerate(getattr(spec, table)):
            seen.update((entry.id, track) for track in entry.tracks)
            if twice := [track.value for track in entry.tracks if seen[entry.id, track] > 1]:
                reason = f"{entry.id} 重复：{'、'.join(twice)} 已经有这个 id"
                yield (table, index, "id"), reason


def _steps(spec: AwardSpec) -> Found:
    for track in spec.tiers:
        of_track = [index for index, step in enumerate(spec.step) if track in step.tracks]
        if not of_track:
            yield ("tiers",), f"{track.value} 没有写报送材料之前的步骤，要写 [[step]]"
        elif (last := spec.step[of_track[-1]]).beside:
            reason = f"{last.id}：{track.value} 的最后一步不能写 beside，后面没有别的步骤"
            yield ("step", of_track[-1], "beside"), reason
    for index, step in enumerate(spec.step):
        if reason := _wrong_workdays(step):
            yield ("step", index, "workdays"), f"{step.id}：{reason}"


def _named(pattern: re.Pattern[str], quote: str | None) -> list[int | None]:
    """The numbers that stand in a quote in figures or characters."""
    # Some texts put spaces about numbers.
    found = pattern.findall("".join((quote or "").split()))
    return [
        int(number) if number.isdecimal() else read_number(number.translate(_AS_DIGITS))
        for number in found
    ]


def _wrong_years(cycle: Cycle) -> str:
    """How the length of the cycle differs from what its quote says; empty if it does not."""
    if cycle.years in _named(_YEARS, cycle.quote):
        return ""
    return f"cycle 的 quote 里没有说每 {cycle.years} 年评一次"


def _wrong_workdays(step: StepSpec) -> str:
    """How the length of a step differs from what its quote says; empty if it does not."""
    named = _named(_WORKDAYS, step.cite.quote)
    if step.workdays is None:
        return f"引文写了 {named[0]} 个工作日，要写 workdays" if named else ""
    if step.workdays in named:
        return ""
    return f"cite 的 quote 里没有“{step.workdays}个工作日”"


def _unworded(criterion: CriterionSpec) -> Iterator[tuple[str, str]]:
    """What a criterion does not say, neither itself nor through the fact it is about."""
    facts = facts_of(criterion)
    main = catalog().facts.get(facts[-1].partition(".")[0]) if facts else None
    judged = isinstance(criterion.rule, Declared)  # asked by its title
    # The office has its own record of what it decided, and nothing proves what was not done.
    unprovable = isinstance(criterion.rule, Ban | NotSameYear)
    for key, name, needed in (
        ("question", "问法（question）", not judged),
        ("proof", "证明材料（proof）", not unprovable),
        ("advice", "建议（advice）", True),
    ):
        if needed and not (getattr(criterion, key) or getattr(main, key, "")):
            yield key, name
