"""What follows from the figures in a question, reckoned by the rules and not looked up.

"We won in 2021, when again?", "founded in March 2024, are three years enough?": the day that was
said is put to the award's own criteria, for somebody of whom nothing else is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from conversations.explain import Subject, advise, assumption, explain, reading
from conversations.happenings import Happening, happening
from conversations.language import Language
from conversations.scope import PAST_AWARDS
from conversations.shown import TRACKS
from conversations.stated import all_stated
from conversations.waiting import COUNTED
from conversations.waits import Wait, waits
from knowledge.load import awards as award_ids
from knowledge.model import Citation
from rules.award import Award, Criterion, RuleSet
from rules.load import load_award
from rules.model import Facts, Finding, Status, Tier, Track
from rules.periods import Interval
from rules.spec import Ban, InPlace, WaitingPeriod

TAKEN_FOR_GRANTED = {"nonprofit": False, "exporter": True}
"""Of those who ask about their profits or about exports that came back."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What follows, for the awards that were asked about: ``texts`` by award, its articles."""

    topic: str
    texts: dict[str, str]
    citations: tuple[Citation, ...]


def reckon(  # noqa: PLR0913, PLR0917 - all that a question says
    rest: str,
    awards: tuple[str, ...],
    track: Track | None,
    tier: Tier | None,
    today: date,
    words: Language,
) -> Reckoned | None:
    """The answer to a question that names a day of its own; ``None`` if there is none.

    ``rest`` is the question, folded, without the names of awards.
    """
    what = happening(rest, tier, all_stated(rest, today), today)
    if what is None:
        return None
    texts: dict[str, str] = {}
    citations: dict[Citation, None] = {}
    for award_id in awards or award_ids():
        text, cited = _by_track(load_award(award_id), what, track, today, words)
        if text:
            texts[award_id] = text
            citations |= dict.fromkeys(cited)
    return Reckoned(what.topic, texts, tuple(citations)) if texts else None


def _by_track(
    award: Award, what: Happening, track: Track | None, today: date, words: Language
) -> tuple[str, list[Citation]]:
    """What follows for who asks; where that is not said and makes a difference, for each."""
    asked = what.track or track
    if asked is None and what.event is None:
        asked = Track.ORGANISATION  # a record is the organisation's, and weighed as such
    said: dict[Track, str] = {}
    cited: list[Citation] = []
    bases: set[tuple[Citation, ...]] = set()
    for each in award.tracks:
        if asked in (None, each):
            found = list(_of_award(award, what, each, today, words))
            said[each] = words.joined(*(text for text, _ in found))
            cited += [citation for _, citation in found]
            bases.add(tuple(citation for _, citation in found))
    # The same articles say the same; only the prizes that there are may differ.
    if len(bases) <= 1:
        return next(iter(said.values()), ""), cited
    nothing = words.say("我在办法里没有找到这种情况之后要等多久的规定。能不能报，请问评审办公室。")
    lines = [
        words.say("{title}：{answer}", title=words.say(TRACKS[each]), answer=text or nothing)
        for each, text in said.items()
    ]
    return "\n".join(lines), cited


def _of_award(
    award: Award, what: Happening, track: Track, today: date, words: Language
) -> Iterator[tuple[str, Citation]]:
    if what.event is not None and what.when is not None:
        kind = what.event.partition(".")[2]
        if what.event.startswith(PAST_AWARDS) and kind not in award.spec.tier_names:
            return
        found = waits(award, track, what.event, what.when)
        said = [each for wait in found for each in _waited(award, wait, what.when, today, words)]
        yield from said
        free = [tier for wait in found if not wait.criteria for tier in wait.tiers]
        if said and free:
            names = words.listed(words.say(award.spec.tier_names[tier]) for tier in free)
            yield words.say("报{prize}：这一次不算在内，不用等。", prize=names), said[-1][1]
        return
    rules = award.rule_sets[track, award.tiers(track)[0]]
    for criterion in rules.criteria:
        if what.keys.intersection(criterion.facts):
            yield from _weighed(award, rules, criterion, what, today, words)


def _waited(
    award: Award, wait: Wait, when: Interval, today: date, words: Language
) -> Iterator[tuple[str, Citation]]:
    """From when some tiers can be applied for again."""
    say = words.say
    if not wait.criteria or wait.first is None or wait.last is None:
        return
    names = words.listed(say(award.spec.tier_names[tier]) for tier in wait.tiers)
    values = {"when": words.interval(when), "prize": names}
    if wait.last <= today:
        text = say("{when}那次，间隔已经过了：报{prize}，{day}起就可以。", **values,
                   day=words.day(wait.last))  # fmt: skip
    elif wait.first == wait.last:
        text = say("{when}那次之后，报{prize}要到{day}起才可以。", **values,
                   day=words.day(wait.last))  # fmt: skip
    else:
        text = say("{when}那次之后，报{prize}要看确切日子：最早{first}起，最晚{last}起可以。",
                   **values, first=words.day(wait.first), last=words.day(wait.last))  # fmt: skip
    for criterion in wait.criteria:
        rule = criterion.rule
        counted = rule.counted if isinstance(rule, WaitingPeriod) else "within"
        years = rule.years if isinstance(rule, WaitingPeriod | Ban) else 0
        how = say(COUNTED[counted], years=years)
        yield words.joined(text, how), criterion.citation
        text = ""


def _weighed(  # noqa: PLR0913, PLR0917 - a criterion and all it is judged by
    award: Award, rules: RuleSet, criterion: Criterion, what: Happening, today: date,
    words: Language,
) -> Iterator[tuple[str, Citation]]:  # fmt: skip
    """How a criterion stands today with what was said, and from when it is met."""
    facts = _filled(what.assumed or what.facts, criterion)
    finding = criterion.judge(facts, today)
    if finding.status is Status.NOT_APPLICABLE:
        return
    subject = Subject(words, award, rules, facts, today)
    # Only a shortfall is told in nothing but the applicant's own figures: what is met is met by
    # the years that were taken for granted.
    short = finding.status is not Status.MET
    told = replace(subject, facts=_filled(what.facts, criterion)) if short else subject
    parts = [explain(told, criterion, finding)]
    if finding.status in (Status.UNMET, Status.UNKNOWN):
        parts.append(_from_when(subject, criterion, finding, what))
        parts.append(assumption(subject, criterion, finding) or "")
    if finding.status is Status.UNKNOWN:
        parts.append(advise(subject, criterion, finding) or "")
    # That no length is asked for is what the reading of a thing in place says.
    if short or isinstance(criterion.rule, InPlace):
        parts.append(reading(subject, criterion) or "")
    if what.assumed is not None and finding.status in (Status.UNMET, Status.MET):
        parts.append(words.say("没有说到的年份，都按盈利算。"))
    if short and any(gate.fact == "nonprofit" for gate in criterion.only_if):
        parts.append(words.say("从事非营利性业务的组织，不看这一条。"))
    yield words.joined(*parts), criterion.citation


def _from_when(subject: Subject, criterion: Criterion, finding: Finding, what: Happening) -> str:
    """The first day on which it is met, earliest and latest if the day is known within bounds."""
    words = subject.language
    bounds = [
        criterion.judge(
            _filled(_exactly(what.assumed or what.facts, day), criterion), subject.as_of
        ).met_from
        for day in ((what.when.first, what.when.last) if what.when else ())
    ]
    early, late = bounds if len(bounds) == 2 else (finding.met_from, finding.met_from)
    if late is None:
        return ""
    if early is None or early == late:
        return words.say("{day}起符合。", day=words.day(late))
    return words.say("要看确切日子：最早{first}起，最晚{last}起符合。", first=words.day(early),
                     last=words.day(late))  # fmt: skip


def _exactly(facts: Facts, day: date) -> Facts:
    """The same with the day known exactly."""
    exact = Interval(day, day)
    return replace(
        facts,
        since=dict.fromkeys(facts.since, exact),
        records={
            kind: tuple(replace(event, when=exact) for event in events)
            for kind, events in facts.records.items()
        },
    )


def _filled(facts: Facts, criterion: Criterion) -> Facts:
    """With nothing else that could stand in the way of this criterion."""
    kinds = (key.partition(".")[2] for key in criterion.facts if key.startswith("records."))
    records = {kind: facts.records.get(kind, ()) for kind in kinds}
    return replace(facts, records=records, yes_no={**TAKEN_FOR_GRANTED, **facts.yes_no})
