"""A verdict as the contract gives it: one JSON object, or a page of text."""

from datetime import date
from typing import Any

from conversations.explain import Subject, advise, assumption, explain, reading
from conversations.language import Language, language
from knowledge.model import Citation
from rules.award import Award, Note, RuleSet
from rules.cases import Case
from rules.evaluate import evaluate
from rules.facts import InputError
from rules.load import load_award
from rules.messages import message
from rules.model import Facts, Outcome, Status, Track, Verdict

OUTCOMES = {
    Outcome.ELIGIBLE: message("按您说的情况，可以申报"),
    Outcome.NOT_YET: message("现在还不能申报，{day}起可以"),
    Outcome.INELIGIBLE: message("按您说的情况，现在还不能申报；有的条件光靠等时间解决不了"),
    Outcome.UNDETERMINED: message("还不能下结论，有的情况还不清楚"),
}
# While something else is unknown, the day is no promise.
AT_THE_EARLIEST = message("现在还不能申报，最早要到{day}；还有不清楚的情况")
STATUSES = {
    Status.MET: message("符合"),
    Status.UNMET: message("还不符合"),
    Status.UNKNOWN: message("还不清楚"),
    Status.NOT_APPLICABLE: message("不适用"),
    Status.TO_BE_JUDGED: message("由评审判断"),
}
OFFICE_DECIDES = message("以上是按办法逐条核对的结果；是否受理、能否获奖，由评审办公室和评审决定。")


def report(case: Case, locale: str) -> dict[str, Any]:
    """Judge ``case`` and give the contract's output object, worded for ``locale``."""
    verdict = evaluate(case.rule_set, case.facts, case.as_of)
    subject = Subject(language(locale), case.award, case.rule_set, case.facts, case.as_of)
    rules = case.rule_set
    return {
        "jurisdiction": rules.award,
        "track": rules.track.value,
        "tier": rules.tier.value,
        "as_of": case.as_of.isoformat(),
        "in_force": verdict.in_force,
        "outcome": verdict.outcome.value,
        "eligible_from": _iso(verdict.eligible_from),
        "criteria": _criteria(subject, verdict),
        "notes": notes(subject, verdict),
    }


def error(problem: InputError, locale: str) -> dict[str, Any]:
    """The contract's error object, worded for ``locale``."""
    say = language(locale).say
    return {
        "error": {
            "line": problem.line,
            "path": problem.path,
            "expected": say(problem.expected, **problem.values),
            "citation": citation_json(problem.citation) if problem.citation else None,
        }
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation as the contract writes it."""
    return {
        "article": citation.article,
        "item": citation.item,
        "label": citation.label,
        "quote": citation.quote,
    }


def headline(words: Language, verdict: Verdict) -> str:
    """What the verdict comes to, in one line."""
    if not verdict.in_force:
        return words.say("那一天办法没有在施行，不能下结论")
    day = words.day(verdict.eligible_from) if verdict.eligible_from else ""
    unsure = any(finding.status is Status.UNKNOWN for finding in verdict.findings)
    if verdict.outcome is Outcome.NOT_YET and unsure:
        return words.say(AT_THE_EARLIEST, day=day)
    return words.say(OUTCOMES[verdict.outcome], day=day)


def about(words: Language, award: Award, rules: RuleSet, as_of: date) -> str:
    """What a verdict is about: award, track, tier where it matters, day."""
    say, spec = words.say, award.spec
    name = say(spec.name)
    if award.tier_matters(rules.track):
        name = say("{name}（{tier}）", name=name, tier=say(spec.tier_names[rules.tier]))
    track = say("个人") if rules.track is Track.INDIVIDUAL else say("组织")
    day = words.day(as_of)
    return say("【{name} · {track} · 按{day}申报】", name=name, track=track, day=day)


def notes(subject: Subject, verdict: Verdict) -> list[str]:
    """What is to be told beside the verdict, each with its article."""
    shown = [
        _cited(subject, note)
        for note in subject.award.notes
        if applies(note, subject.rule_set, subject.facts, subject.as_of)
    ]
    return _force(subject, verdict) + shown


def applies(note: Note, rules: RuleSet, facts: Facts, as_of: date) -> bool:
    """Whether a note is shown to this applicant."""
    when = note.spec.when
    if rules.track not in note.spec.tracks:
        return False
    if when is None:
        return True
    awards, sanctions = facts.past_awards or (), facts.sanctions or ()
    here = {event.kind for event in (*awards, *sanctions) if event.jurisdiction == rules.award
            and event.when.until(as_of) is not None}  # fmt: skip
    return (
        (when.fact is not None and facts.yes_no.get(when.fact) is when.answer)
        or (when.sanction is not None and when.sanction in here)
        or (when.past_award is not None and when.past_award.value in here)
        or (when.before is not None and as_of < when.before)
    )


def text(result: dict[str, Any], locale: str) -> str:
    """The output object as a page for people; an error as one line."""
    words = language(locale)
    say = words.say
    if "error" in result:
        problem = result["error"]
        where = f"{problem['path'] or '-'}"
        said = say("第{line}行，{where}：要的是{expected}", line=problem["line"], where=where,
                   expected=problem["expected"])  # fmt: skip
        cited = problem["citation"]
        return f"{said} {cited['label']}：“{cited['quote']}”" if cited else said
    award = load_award(result["jurisdiction"])
    as_of = date.fromisoformat(result["as_of"])
    lines = [about(words, award, award.rule_sets[result["track"], result["tier"]], as_of)]
    day = words.day(date.fromisoformat(result["eligible_from"])) if result["eligible_from"] else ""
    unsure = any(entry["status"] == Status.UNKNOWN for entry in result["criteria"])
    if not result["in_force"]:
        lines.append(say("那一天办法没有在施行，不能下结论"))
    elif unsure and result["outcome"] == Outcome.NOT_YET:
        lines.append(say(AT_THE_EARLIEST, day=day))
    else:
        lines.append(say(OUTCOMES[Outcome(result["outcome"])], day=day))
    for status in (Status.UNMET, Status.UNKNOWN, Status.TO_BE_JUDGED, Status.MET):
        found = [entry for entry in result["criteria"] if entry["status"] == status]
        if found:
            heading = say(STATUSES[status])
            lines += ["", say("{title}（{label}）", title=heading, label=len(found))]
            lines += [line for entry in found for line in _entry(words, entry, status)]
    if result["notes"]:
        lines += ["", *(f"· {note}" for note in result["notes"])]
    return "\n".join([*lines, "", say(OFFICE_DECIDES)])


def _entry(words: Language, entry: dict[str, Any], status: Status) -> list[str]:
    label = entry["citation"]["label"]
    lines = [words.say("- {title}（{label}）", title=entry["explanation"], label=label)]
    if status in (Status.UNMET, Status.UNKNOWN):
        lines.append(f"  “{entry['citation']['quote']}”")
        if entry["met_from"]:
            day = words.day(date.fromisoformat(entry["met_from"]))
            met = words.say("{day}起符合。", day=day)
            lines.append(f"  {words.joined(met, entry['assumes'] or '')}")
        lines += [f"  {entry[key]}" for key in ("advice", "reading") if entry[key]]
    return lines


def _criteria(subject: Subject, verdict: Verdict) -> list[dict[str, Any]]:
    return [
        {
            "id": criterion.id,
            "status": finding.status.value,
            "citation": citation_json(criterion.citation),
            "explanation": explain(subject, criterion, finding),
            "advice": advise(subject, criterion, finding),
            "met_from": _iso(finding.met_from),
            "needs": finding.needs.value if finding.needs else None,
            "assumes": assumption(subject, criterion, finding),
            "reading": reading(subject, criterion),
        }
        for criterion, finding in zip(subject.rule_set.criteria, verdict.findings, strict=True)
    ]


def _cited(subject: Subject, note: Note) -> str:
    text = subject.local(note.spec.text)
    if note.citation is None:
        return text
    return subject.language.say("{title}（{label}）", title=text, label=note.citation.label)


def _force(subject: Subject, verdict: Verdict) -> list[str]:
    words, regulation = subject.language, subject.rule_set.regulation
    start, end = regulation.in_force_from, regulation.in_force_until
    if start is not None and subject.as_of < start:
        return [words.say("办法自{day}起施行，申报日在这之前。", day=words.day(start))]
    if end is not None and subject.as_of > end:
        return [words.say("办法有效期到{day}为止，申报日在这之后。", day=words.day(end))]
    if end is not None and verdict.eligible_from is not None and verdict.eligible_from > end:
        return [
            words.say(
                "办法有效期到{end}为止，{day}时要看新的办法。",
                end=words.day(end),
                day=words.day(verdict.eligible_from),
            )
        ]
    return []


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
