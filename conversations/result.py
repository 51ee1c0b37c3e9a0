"""The result of a screening as it is shown in a chat."""

from conversations.explain import advise, assumption, explain_reason, reading
from conversations.model import Choice, Reply, Screened
from conversations.offers import offered, prospect
from conversations.report import OFFICE_DECIDES, about, headline, notes
from conversations.view import RESULT, View
from rules.award import Criterion
from rules.messages import message
from rules.model import Finding, Outcome, Status, Verdict

MORE_TO_ASK = message("这只是到目前为止的结果，还有{count}个问题没问到。")
QUICK_STOP = message("结论已经定了，后面的没有再问。想知道还有哪些差距，可以“逐条问完”。")


def result(seen: View) -> tuple[Reply, ...]:
    """The verdict with every shortfall; then what else is to be told, and what can be done."""
    verdict = seen.agenda.verdict
    if verdict is None:
        return ()
    say = seen.words.say
    found = list(zip(seen.applicant.rules.criteria, verdict.findings, strict=True))
    unmet = [pair for pair in found if pair[1].status is Status.UNMET]
    unknown = [pair for pair in found if pair[1].status is Status.UNKNOWN]
    lines = [_about(seen), say("结论：{headline}。", headline=_headline(seen, verdict))]
    if seen.agenda.open:
        lines.append(say(MORE_TO_ASK, count=len(seen.agenda.open)))
    stopped = not seen.agenda.open and verdict.outcome is Outcome.INELIGIBLE and (
        seen.screening.answers.get("mode") == "quick")  # fmt: skip
    if stopped:
        unknown = []  # what was not asked because it no longer matters is no gap
    blocks = [_shortfall(seen, *pair) for pair in unmet] + [_gap(seen, *pair) for pair in unknown]
    if stopped:
        lines.append(say(QUICK_STOP))
    citations = tuple(dict.fromkeys(criterion.citation for criterion, _ in (*unmet, *unknown)))
    text = "\n\n".join(["\n".join(lines), *blocks])
    failing = tuple(criterion.id for criterion, _ in unmet)
    first = Reply(text, citations=citations, tells=_told(seen, verdict, failing))
    return first, after_result(seen)


def _told(seen: View, verdict: Verdict, failing: tuple[str, ...]) -> Screened | None:
    """What the office's figures learn of it; nothing while questions are open."""
    if seen.agenda.open:
        return None
    award, track = seen.applicant.award.id, seen.applicant.rules.track.value
    return Screened(seen.screening.id, award, track, verdict.outcome.value, failing)


def articles(seen: View) -> Reply:
    """The full text of the articles that the verdict rests on."""
    verdict = seen.agenda.verdict
    if verdict is None:
        return Reply(seen.words.say("还没有可以看的条文。"))
    found = zip(seen.applicant.rules.criteria, verdict.findings, strict=True)
    open_ = (Status.UNMET, Status.UNKNOWN)
    numbers = sorted({c.citation.article for c, f in found if f.status in open_}) or sorted(
        {criterion.citation.article for criterion in seen.applicant.rules.criteria}
    )
    regulation = seen.applicant.rules.regulation
    texts = [
        "\n".join(provision.text.strip() for provision in regulation.article(number))
        for number in numbers
    ]
    title = seen.words.say("以下是《{title}》的原文。", title=regulation.title)
    return Reply("\n\n".join([title, *texts]))


def summary(seen: View) -> str:
    """One line about a screening, for the list of saved ones."""
    if seen.agenda.verdict is None:
        return seen.words.say("还没开始问")
    outcome = _headline(seen, seen.agenda.verdict)
    if seen.agenda.open:
        outcome = seen.words.say("还没问完；{outcome}", outcome=outcome)
    return f"{_about(seen)} {outcome}"


def after(seen: View) -> tuple[Choice, ...]:
    """What can be done with a result."""
    say = seen.words.say
    choices = []
    if seen.agenda.open:
        choices.append(seen.action("continue", say("接着往下问")))
    elif seen.screening.answers.get("mode") == "quick":
        choices.append(seen.action("full", say("逐条问完，列出所有差距")))
    return (
        *choices,
        *offered(seen),
        seen.action("articles", say("看条文原文")),
        seen.action("change", say("改一项回答")),
        seen.action("day", say("换一个申报日期")),
        seen.action("award", say("换一个奖，相同的回答带过去")),
        Choice("m:list", say("看保存的自查")),
        Choice("m:menu", say("回到菜单")),
    )


def _headline(seen: View, verdict: Verdict) -> str:
    """What the verdict comes to; nothing is called certain while questions are open."""
    if seen.agenda.open and verdict.outcome is Outcome.ELIGIBLE:
        return seen.words.say("到目前为止没有发现差距")
    if seen.agenda.open and verdict.outcome is Outcome.NOT_YET and verdict.eligible_from:
        day = seen.words.day(verdict.eligible_from)
        return seen.words.say("就已经问到的来看，最早也要到{day}", day=day)
    return headline(seen.words, verdict)


def _about(seen: View) -> str:
    applicant = seen.applicant
    return about(seen.words, applicant.award, applicant.rules, applicant.as_of)


def _shortfall(seen: View, criterion: Criterion, finding: Finding) -> str:
    say, subject = seen.words.say, seen.subject
    lines = [f"✗ {subject.local(criterion.title)}", explain_reason(subject, criterion, finding)]
    if finding.met_from is not None:
        met = say("{day}起符合。", day=seen.words.day(finding.met_from))
        assumed = assumption(subject, criterion, finding)
        lines.append(seen.words.joined(met, assumed or ""))
    advice = advise(subject, criterion, finding)
    if advice:
        lines.append(say("怎么办：{advice}", advice=advice))
    if criterion.proof and finding.met_from is None:
        lines.append(say("证明材料：{proof}", proof=subject.local(criterion.proof)))
    return "\n".join([*lines, *_sources(seen, criterion)])


def _gap(seen: View, criterion: Criterion, finding: Finding) -> str:
    subject = seen.subject
    lines = [f"? {subject.local(criterion.title)}", explain_reason(subject, criterion, finding)]
    advice = advise(subject, criterion, finding)
    return "\n".join([*lines, *([advice] if advice else []), *_sources(seen, criterion)])


def _sources(seen: View, criterion: Criterion) -> list[str]:
    say = seen.words.say
    cited = say("依据：{label}", label=criterion.citation.label)
    read = reading(seen.subject, criterion)
    return [cited, say("这里的理解：{reading}", reading=read)] if read else [cited]


def after_result(seen: View) -> Reply:
    """What is met or left to others, what else is to be told, and what can be done.

    Raises ValueError while nothing has been judged.
    """
    say, verdict = seen.words.say, seen.agenda.verdict
    if verdict is None:
        raise ValueError("nothing has been judged yet")
    subject, lines = seen.subject, []
    found = list(zip(seen.applicant.rules.criteria, verdict.findings, strict=True))
    for status, heading in (
        (Status.MET, message("✓ 符合的（{count}）：{titles}。")),
        (Status.TO_BE_JUDGED, message("○ 由评审判断的（{count}）：{titles}。")),
        (Status.NOT_APPLICABLE, message("－ 不适用的（{count}）：{titles}。")),
    ):
        titles = [
            say("{title}（{label}）", title=subject.local(c.title), label=c.citation.label)
            for c, finding in found
            if finding.status is status
        ]
        if titles:
            joined = ("；" if seen.words.chinese else "; ").join(titles)
            lines.append(say(heading, count=len(titles), titles=joined))
    lines += [f"· {note}" for note in notes(subject, verdict)]
    text = "\n\n".join([*lines, *prospect(seen), say(OFFICE_DECIDES), say("接下来想做什么？")])
    return Reply(text, RESULT, after(seen))
