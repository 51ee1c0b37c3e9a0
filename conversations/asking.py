"""How a question is put: its text, its answers to choose from, and what can always be done."""

from datetime import date

from conversations.agenda import JUDGEMENT, SETUP
from conversations.applicant import only_track, path_of, relevant_kinds
from conversations.model import DONT_KNOW, Choice, Reply
from conversations.scope import group_kinds
from conversations.shown import TRACKS, shown
from conversations.view import View, kind_label, title
from knowledge.load import awards as award_ids
from rules.catalog import FactSpec, Group, catalog
from rules.load import load_award
from rules.messages import message
from rules.model import Finding, Track
from rules.periods import parse_interval
from rules.spec import EachCompletedYear

DONE = "done"
# Ends of the ids of questions on which side of a line a vague date lies.
LINES = ("#line", ".line")
NOT_KNOWN = "?"
BY_YEAR = "by_year"


def ask(seen: View, question: str) -> Reply:
    """Put one question."""
    text, choices = (_setup if question in SETUP else _fact)(seen, question)
    answer = shown(seen, question)
    if answer:
        text = f"{text}\n{seen.words.say('（现在的回答：{answer}）', answer=answer)}"
    progress = None if question in SETUP else seen.agenda.progress
    picked = f"d{seen.screening.id}:{question}" if asks_day(question) else None
    can_do = actions(seen, question)
    return Reply(text, question, choices, can_do, progress=progress, day_token=picked)


def asks_day(question: str) -> bool:
    """Whether a question asks for a day, which can be picked from a calendar as well."""
    if "#" in question:
        return question.endswith(".date")
    spec = catalog().facts.get(question)
    return question == "day" or (spec is not None and spec.type in ("since", "since_or_none"))


def actions(seen: View, question: str) -> tuple[Choice, ...]:
    """What can be done at a question besides answering it."""
    say = seen.words.say
    found = []
    if seen.agenda.done:
        found.append(seen.action("back", say("上一题")))
    if question not in SETUP:
        found.append(seen.answer(question, NOT_KNOWN, say("不知道")))
        why = say("等级怎么分") if question.endswith(".severity") else say("为什么问")
        found.append(seen.action(f"why:{question}", why))
        found.append(seen.action("result", say("看目前结果")))
        mode = seen.screening.answers.get("mode")
        if mode == "quick":
            found.append(seen.action("full", say("逐条问完")))
        else:
            found.append(seen.action("quick", say("只要结论")))
    found.append(seen.action("cancel", say("先停一停")))
    return tuple(found)


def _setup(seen: View, question: str) -> tuple[str, tuple[Choice, ...]]:
    say = seen.words.say
    answers = seen.screening.answers
    if question == "award":
        text = say("想看哪个奖？点一个，或者直接打地名。")
        choices = [
            seen.answer(question, award, say(load_award(award).spec.name)) for award in award_ids()
        ]
        return text, tuple(choices)
    award = load_award(answers["award"]) if answers.get("award") in award_ids() else None
    if question == "track":
        tracks = award.tracks if award else tuple(Track)
        return say("是组织申报，还是个人申报？"), tuple(
            seen.answer(question, track.value, say(TRACKS[track])) for track in tracks
        )
    if question == "tier" and award is not None:
        track = only_track(award) or Track(answers["track"])
        return say("想报哪一个？获过奖之后的间隔要看报的是哪一个。"), tuple(
            seen.answer(question, tier.value, say(award.spec.tier_names[tier]))
            for tier in award.tiers(track)
        )
    if question == "day":
        return _day(seen)
    return say("先要一个快速的结论，还是把每一条都过一遍？随时可以换。"), (
        seen.answer(question, "quick", say("快速结论（能定下来就停）")),
        seen.answer(question, "full", say("逐条过一遍（列出所有差距）")),
    )


def _day(seen: View) -> tuple[str, tuple[Choice, ...]]:
    say = seen.words.say
    vague = seen.screening.answers.get("day")
    if isinstance(vague, str) and vague.startswith("["):
        bounds = parse_interval(vague)
        ends = dict.fromkeys([bounds.first, bounds.last])
        return say("具体是哪一天？我按那一天来判断。"), tuple(
            seen.answer("day", end.isoformat(), seen.words.day(end)) for end in ends
        )
    return say("打算哪天提交申报？可以选今天，也可以打一个日期，比如“明年3月1日”。"), (
        seen.answer("day", "today", say("就按今天")),
    )


def _fact(seen: View, question: str) -> tuple[str, tuple[Choice, ...]]:
    if question == JUDGEMENT:
        return _judgement(seen)
    if question in group_kinds():
        return _group(seen, question)
    if question.endswith(LINES):
        return _line(seen, question)
    if "#" in question:
        return _detail(seen, question)
    say = seen.words.say
    spec = catalog().facts[question.partition(".")[0]]
    if spec.type == "annual_results":
        return _results(seen, question, spec)
    text = question_text(seen, question)
    if spec.example:
        text = say("{question}（例如：{example}）", question=text, example=say(spec.example))
    if spec.type == "yes_no" and not spec.opposite:
        return text, (
            seen.answer(question, "yes", say("是")),
            seen.answer(question, "no", say("否")),
        )
    if spec.type == "since_or_none":
        return text, (seen.answer(question, "none", say("没有")),)
    return text, tuple(
        seen.answer(question, option.value, say(option.label)) for option in spec.options
    )


def question_text(seen: View, question: str) -> str:
    """The words in which a question about a fact is put, without its choices."""
    if question in group_kinds():
        spec, group = group_of(question)
        kinds = relevant_kinds(seen.applicant, question)
        return seen.local(own_question(seen, *kinds) or (group or spec).question)
    spec = catalog().facts[question.partition(".")[0]]
    return seen.local(own_question(seen, spec.key) or spec.question)


def own_question(seen: View, *facts: str) -> str | None:
    """The award's own wording of the question for some facts, if a criterion has one."""
    criteria = seen.applicant.rules.criteria
    found = (c.question for c in criteria if c.question and set(facts) & set(c.facts))
    return next(found, None)


def asked_years(seen: View) -> tuple[int, ...]:
    """The completed years whose results are still open."""
    said = seen.applicant.answer("annual_results")
    known = said if isinstance(said, dict) else {}
    wanted = {
        year
        for criterion in seen.applicant.rules.criteria
        if isinstance(criterion.rule, EachCompletedYear)
        for year in range(
            seen.applicant.as_of.year - criterion.rule.years, seen.applicant.as_of.year
        )
    }
    return tuple(sorted(year for year in wanted if str(year) not in known)) or tuple(sorted(wanted))


def _results(seen: View, question: str, spec: FactSpec) -> tuple[str, tuple[Choice, ...]]:
    say = seen.words.say
    year = question.partition(".")[2]
    years = (int(year),) if year else asked_years(seen)
    named = seen.words.listed(seen.words.year(each) for each in years)
    text = say(spec.question).replace("{years}", named)
    text = say("{question}（例如：{example}）", question=text, example=say(spec.example))
    ahead = [seen.words.year(each) for each in years if each >= seen.applicant.today.year]
    if ahead:
        text += "\n" + say("（{years}还没结束，可以按预计的说。）", years=seen.words.listed(ahead))
    if len(years) == 1:
        options = catalog().choices["annual_results"]
        key = f"annual_results.{years[0]}"
        return text, tuple(seen.answer(key, option.value, say(option.label)) for option in options)
    return text, (
        seen.answer(question, "profit", say("都盈利")),
        seen.answer(question, BY_YEAR, say("一年一年说")),
    )


def group_of(question: str) -> tuple[FactSpec, Group | None]:
    """The fact a group question belongs to, and the group's own wording if it has one."""
    spec = catalog().facts[group_kinds()[question][0]]
    return spec, next((group for group in spec.groups if group.key == question), None)


def _group(seen: View, question: str) -> tuple[str, tuple[Choice, ...]]:
    say = seen.words.say
    _, group = group_of(question)
    kinds = relevant_kinds(seen.applicant, question)
    text = question_text(seen, question)
    if len(kinds) == 1 and group is None:
        return text, (
            seen.answer(question, "yes", say("有")),
            seen.answer(question, "no", say("没有")),
        )
    ticks = [bool(seen.applicant.entries(key)) for key in kinds]
    choices = [
        seen.answer(question, index, kind_label(seen, key), ticked=tick)
        for index, (key, tick) in enumerate(zip(kinds, ticks, strict=True))
    ]
    last = say("就这些") if any(ticks) else say("都没有")
    hint = say("可以一次说几个；一样都没有，就说“都没有”。")
    return f"{text}\n{hint}", (*choices, seen.answer(question, DONE, last))


def _judgement(seen: View) -> tuple[str, tuple[Choice, ...]]:
    say = seen.words.say
    declared = seen.screening.answers.get(seen.applicant.judgement_slot, [])
    judged = [c for c in seen.applicant.rules.criteria if c.judged]
    choices = [
        seen.answer(JUDGEMENT, criterion.id, seen.local(criterion.title),
                    ticked=criterion.id in declared)
        for criterion in judged
    ]  # fmt: skip
    last = say("就这些") if declared else say("没有明显不符合的")
    text = say("下面几条由评审判断，这里不能下结论。有没有您自己觉得明显不符合的？可以多选。")
    return text, (*choices, seen.answer(JUDGEMENT, DONE, last))


def _detail(seen: View, question: str) -> tuple[str, tuple[Choice, ...]]:
    say = seen.words.say
    key, _, attribute = question.partition("#")
    kind = kind_label(seen, key)
    if attribute == "more":
        return say("除了这一次，还有别的{kind}吗？", kind=kind), (
            seen.answer(question, "yes", say("还有")),
            seen.answer(question, "no", say("没有了")),
        )
    _, index, attribute = path_of(question)
    first = index == 0
    if attribute == "date":
        if key.startswith(("past_awards", "sanctions")):
            asked = message("“{kind}”是哪天定的？有几次的，先说最近一次。")
        else:
            asked = message("{kind}是什么时候的事？有几次的，先说最近一次。")
        if not first:
            asked = message("再往前一次的{kind}，是什么时候？")
        return f"{say(asked, kind=kind)}{say('（例如：2024年3月、去年底）')}", ()
    when = _when(seen, key, index)
    if attribute == "severity":
        options = catalog().choices["severity"]
        return say("{when}的{kind}，认定的是哪一级？", when=when, kind=kind), tuple(
            seen.answer(question, option.value, say(option.label)) for option in options
        )
    if attribute == "level":
        options = catalog().choices["level"]
        return say("{when}的{kind}，是哪一级组织的？", when=when, kind=kind), tuple(
            seen.answer(question, option.value, say(option.label)) for option in options
        )
    return say("{when}的{kind}，有人死亡吗？也可以说人数，例如“2人”。", when=when, kind=kind), (
        seen.answer(question, 0, say("没有人死亡")),
        seen.answer(question, 1, say("有人死亡")),
    )


def _when(seen: View, key: str, index: int) -> str:
    stored = (seen.applicant.entries(key) or ())[index].get("date")
    if stored in (None, DONT_KNOW):
        return seen.words.say("没有说日期的那一次")
    return seen.words.interval(parse_interval(stored))


def line_of(seen: View, question: str) -> date | None:
    """The day on which a vague date's meaning turns."""
    rules, verdict = seen.applicant.rules, seen.agenda.verdict
    if verdict is None:
        return None
    key = question.partition("#")[0]
    lines: list[Finding] = [
        finding
        for criterion, finding in zip(rules.criteria, verdict.findings, strict=True)
        if finding.line is not None and any(_same(name, key) for name in criterion.facts)
    ]
    return lines[0].line if lines else None


def _same(name: str, key: str) -> bool:
    return name in (key, key.partition(".")[0])


def _line(seen: View, question: str) -> tuple[str, tuple[Choice, ...]]:
    say, line = seen.words.say, line_of(seen, question)
    named = title(seen, question.partition("#")[0])
    day = seen.words.day(line) if line else ""
    return say(
        "“{what}”的日子要再准一点：是{day}或更早，还是在那之后？知道确切日期的，直接打出来更好。",
        what=named,
        day=day,
    ), (
        seen.answer(question, "before", say("{day}或更早", day=day)),
        seen.answer(question, "after", say("{day}之后", day=day)),
    )
