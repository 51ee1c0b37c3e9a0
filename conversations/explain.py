"""Why a criterion stands as it does, in the applicant's own figures, and what would mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from conversations.language import Language
from rules.award import Award, Criterion, RuleSet
from rules.catalog import Option, catalog
from rules.compile import period_of
from rules.messages import message
from rules.model import Event, Facts, Finding, Needs, Status
from rules.spec import (
    AtLeast,
    Ban,
    Declared,
    EachCompletedYear,
    ForYears,
    InPlace,
    IsTrue,
    NoRecords,
    NotSameYear,
    OneOf,
    Rule,
    WaitingPeriod,
)

ATTRIBUTES = {
    "severity": message("等级"),
    "deaths": message("死亡人数"),
    "level": message("检查的级别"),
}
NOT_APPLIED = message("同一年里没有申报上一级质量奖。")
APPLIED_SAME_YEAR = message("同一年里已经（或还要）申报上一级质量奖，两级不能同年申报。")
SAID_NOT = message("您说这一项不符合。")
FOR_REVIEWERS = message("这一项由评审判断，这里不能下结论。")
WAITING = (
    message("没有仍在间隔期内的获奖。"),
    message("{events}：间隔期过没过，要看确切日期。"),
    message("{events}：再次申报的间隔期还没过。"),
)
BANNED = (
    message("没有仍在期限内的处理。"),
    message("{events}：期限过没过，要看确切日期。"),
    message("{events}：不得申报的期限还没过。"),
)
# Said beside every reading that decides a result.
MAY_DIFFER = message("评审办公室可能有不同理解，请以其答复为准。")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is being explained: one criterion of one applicant's verdict, in one language."""

    language: Language
    award: Award
    rule_set: RuleSet
    facts: Facts
    as_of: date

    def label(self, options: Iterable[Option], value: object) -> str:
        """The label of a value, in this language."""
        found = (option.label for option in options if str(option.value) == str(value))
        return self.language.say(next(found, str(value)))

    def local(self, text: str) -> str:
        """A text of the data in this language, with the award's names filled in."""
        if not text:
            return ""
        say = self.language.say
        spec = self.award.spec
        said = say(text)
        return said.replace("{area}", say(spec.area)).replace("{name}", say(spec.name))

    def kind(self, event: Event) -> str:
        """What an event is called."""
        if event.jurisdiction is None:
            facts = catalog().facts
            key = event.kind if event.kind in facts else "records"
            return self.label(facts[key].kinds, event.kind)
        tiers = {tier.value: name for tier, name in self.award.spec.tier_names.items()}
        if event.kind in tiers:
            return self.language.say(tiers[event.kind])
        return self.label(catalog().facts["sanctions"].kinds, event.kind)

    def event(self, event: Event) -> str:
        """An event with its day and what is known of it."""
        days = event.when.until(self.as_of) or event.when
        if days.first == date.min and days.last >= self.as_of:
            return self.language.say("{kind}（日期不详）", kind=self.kind(event))
        when = self.language.interval(days)
        notes = []
        if event.severity is not None:
            name = event.severity.name.lower()
            notes.append(self.label(catalog().choices["severity"], name))
        if event.level is not None:
            notes.append(self.label(catalog().choices["level"], event.level))
        if event.deaths:
            # "Somebody died" is kept as one death; more is what was said.
            say, deaths = self.language.say, event.deaths
            notes.append(say("有人死亡") if deaths == 1 else say("死亡{deaths}人", deaths=deaths))
        if not notes:
            return self.language.say("{when}的{kind}", when=when, kind=self.kind(event))
        return self.language.say(
            "{when}的{kind}（{notes}）",
            when=when,
            kind=self.kind(event),
            notes=self.language.listed(notes),
        )


def explain(subject: Subject, criterion: Criterion, finding: Finding) -> str:
    """Why the criterion stands as it does, in a sentence or two."""
    return subject.language.say(
        "{title}：{reason}",
        title=subject.local(criterion.title),
        reason=explain_reason(subject, criterion, finding),
    )


def explain_reason(subject: Subject, criterion: Criterion, finding: Finding) -> str:
    """Why the criterion stands as it does, without its title."""
    say = subject.language.say
    if finding.status is Status.NOT_APPLICABLE:
        return say("这一项不适用于您的情况。")
    if finding.status is Status.UNKNOWN and finding.needs is Needs.ANSWER:
        missing = subject.language.listed(_missing(subject, criterion, finding))
        return say("还不知道：{missing}。", missing=missing)
    match criterion.rule:
        case ForYears():
            return _for_years(subject, criterion.rule, finding)
        case EachCompletedYear(years=years):
            return _results(subject, finding, years)
        case NoRecords():
            return _records(subject, criterion.rule, finding)
        case WaitingPeriod():
            return _bar(subject, criterion.rule, finding, WAITING)
        case Ban():
            return _bar(subject, criterion.rule, finding, BANNED)
        case NotSameYear():
            met = finding.status is Status.MET
            return say(NOT_APPLIED) if met else say(APPLIED_SAME_YEAR)
        case Declared():
            unmet = finding.status is Status.UNMET
            return say(SAID_NOT) if unmet else say(FOR_REVIEWERS)
        case IsTrue(fact=fact) | OneOf(fact=fact) | AtLeast(fact=fact) | InPlace(fact=fact):
            return _answer(subject, fact)


def advise(subject: Subject, criterion: Criterion, finding: Finding) -> str | None:
    """What would mend a shortfall or settle a question; ``None`` where there is nothing to do."""
    say = subject.language.say
    if finding.status is Status.UNKNOWN:
        if finding.needs is Needs.OFFICE:
            return say("请问评审办公室这一记录是否算在内。")
        if finding.needs is Needs.PRECISION:
            return _precision(subject, criterion, finding)
        return say("补充这一项的回答，才能往下判断。")
    if isinstance(criterion.rule, ForYears) and finding.met_from is not None:
        return say("到期再报即可；这段时间正好准备材料。")
    if finding.status in (Status.UNMET, Status.TO_BE_JUDGED):
        return subject.local(criterion.advice) or None
    return None


def assumption(subject: Subject, criterion: Criterion, finding: Finding) -> str | None:
    """What must hold until the criterion is met, if time mends it."""
    if finding.status is not Status.UNMET or finding.met_from is None:
        return None
    say = subject.language.say
    match criterion.rule:
        case ForYears():
            return say("前提是其间一直保持，没有中断。")
        case EachCompletedYear(years=years, accepted=accepted):
            wanted = range(finding.met_from.year - years, finding.met_from.year)
            results = subject.facts.annual_results
            ahead = [year for year in wanted if results.get(year) not in accepted]
            named = subject.language.listed(subject.language.year(year) for year in ahead)
            if accepted == ("profit",):
                return say("前提是{years}都盈利。", years=named)
            options = catalog().choices["annual_results"]
            good = subject.language.listed(subject.label(options, each) for each in accepted)
            return say("前提是{years}的结果各为下列之一：{results}。", years=named, results=good)
        case NoRecords():
            return say("前提是其间没有新的同类记录。")
        case _:
            return None


def reading(subject: Subject, criterion: Criterion) -> str | None:
    """The reading that the criterion rests on, with the warning that the office decides."""
    if criterion.reading is None:
        return None
    language = subject.language
    return language.joined(subject.local(criterion.reading), language.say(MAY_DIFFER))


def _missing(subject: Subject, criterion: Criterion, finding: Finding) -> list[str]:
    say, facts = subject.language.say, catalog().facts
    names = []
    for path in finding.missing:
        base, _, detail = path.partition("[")
        fact, _, kind = base.partition(".")
        if fact == "annual_results":
            names.append(say("{year}的盈亏", year=subject.language.year(int(kind))))
        elif detail:
            name = subject.label(facts[fact].kinds, kind or fact)
            what = say(ATTRIBUTES[detail.rpartition(".")[2]])
            names.append(say("{kind}的{what}", kind=name, what=what))
        elif kind:
            names.append(subject.label(facts[fact].kinds, kind))
        else:
            names.append(subject.local(facts[fact].title))
    return list(dict.fromkeys(names)) or [subject.local(criterion.title)]


def _for_years(subject: Subject, rule: ForYears, finding: Finding) -> str:
    say = subject.language.say
    start = subject.facts.since.get(rule.fact)
    if start is None:
        return say("您说目前还没有。")
    when = subject.language.interval(start.until(subject.as_of) or start)
    values = {"when": when, "day": subject.language.day(subject.as_of), "years": rule.years}
    if finding.status is Status.MET:
        return say("从{when}算起，到{day}已满{years}年。", **values)
    if finding.status is Status.UNMET:
        return say("从{when}算起，到{day}还不满{years}年。", **values)
    return say("只知道是{when}；到{day}是否满{years}年，要看确切日期。", **values)


def _results(subject: Subject, finding: Finding, years: int) -> str:
    say, options = subject.language.say, catalog().choices["annual_results"]
    wanted = range(subject.as_of.year - years, subject.as_of.year)
    shown = [year for year in wanted if year in subject.facts.annual_results]
    results = subject.language.listed(
        say(
            "{year}：{result}",
            year=subject.language.year(year),
            result=subject.label(options, subject.facts.annual_results[year]),
        )
        for year in shown
    )
    if finding.status is Status.MET:
        return say("{results}，符合要求。", results=results)
    asked = subject.language.listed(subject.language.year(year) for year in wanted)
    return say("要看的是{years}；您说的是{results}。", years=asked, results=results)


def _records(subject: Subject, rule: NoRecords, finding: Finding) -> str:
    say = subject.language.say
    years = rule.within_years
    if finding.status is Status.MET:
        return say("没有这类记录，或都不在计算范围内。")
    if finding.status is Status.TO_BE_JUDGED:
        return say("有较轻的记录，是否影响由评审判断。")
    if not finding.evidence:
        return say("您说这一项不符合。")
    evidence = finding.evidence
    if finding.status is Status.UNMET:
        evidence = _certain(subject, rule, evidence)
    events = subject.language.listed(subject.event(event) for event in evidence)
    if finding.needs is Needs.OFFICE:
        return say("{events}：办法没有点名这一类，是否算在内要由评审办公室认定。", events=events)
    if finding.needs is Needs.PRECISION:
        return say("{events}：在不在{years}年以内，要看确切日期。", events=events, years=years)
    if years is None:
        return say("{events}：这一项没有期限。", events=events)
    return say("{events}：到{day}还在{years}年以内。", events=events, years=years,
               day=subject.language.day(subject.as_of))  # fmt: skip


def _certain(subject: Subject, rule: Rule, evidence: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events that lie inside the period whatever their exact day: only these are named."""
    period = period_of(rule)
    line = period.line(subject.as_of) if period else None
    return tuple(e for e in evidence if line is None or e.when.first > line) or evidence


def _bar(subject: Subject, rule: Rule, finding: Finding, words: tuple[str, str, str]) -> str:
    """An award won or a sanction: over, perhaps over, or still standing in the way."""
    say = subject.language.say
    over, unsure, standing = words
    if finding.status is Status.MET:
        return say(over)
    if finding.needs is Needs.PRECISION:
        events = subject.language.listed(subject.event(event) for event in finding.evidence)
        return say(unsure, events=events)
    certain = _certain(subject, rule, finding.evidence)
    return say(standing, events=subject.language.listed(subject.event(e) for e in certain))


def _answer(subject: Subject, fact: str) -> str:
    say, facts = subject.language.say, subject.facts
    spec = catalog().facts[fact]
    if fact in facts.choice:
        answer = subject.label(spec.options, facts.choice[fact])
    elif fact in facts.count:
        answer = say("{count}项", count=facts.count[fact])
    elif fact in facts.since:
        start = facts.since[fact]
        answer = subject.language.interval(start) if start else say("没有")
    elif spec.opposite:
        answer = subject.label(spec.options, "yes" if facts.yes_no[fact] else "no")
    else:
        answer = say("是") if facts.yes_no[fact] else say("否")
    return say("您的回答是“{answer}”。", answer=answer)


def _precision(subject: Subject, criterion: Criterion, finding: Finding) -> str:
    say = subject.language.say
    if finding.line is None:
        return say("请查一下确切日期。")
    line = subject.language.day(finding.line)
    if isinstance(criterion.rule, ForYears):
        return say("请查一下确切日期：是{line}或更早的，就符合；更晚的，还不符合。", line=line)
    return say("请查一下确切日期：是{line}或更早的，就不影响；更晚的，还有影响。", line=line)
