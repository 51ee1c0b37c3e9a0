"""Answers as people read them."""

from conversations.agenda import JUDGEMENT, SETUP
from conversations.applicant import Entry, path_of, relevant_kinds
from conversations.model import DONT_KNOW
from conversations.scope import group_kinds
from conversations.view import View, kind_label
from knowledge.load import awards as award_ids
from rules.catalog import catalog
from rules.load import load_award
from rules.messages import message
from rules.model import Tier, Track
from rules.periods import parse_interval

TRACKS = {Track.ORGANISATION: message("组织（企业、单位）"), Track.INDIVIDUAL: message("个人")}


def told(seen: View, question: str) -> str:
    """What was said in answer to a question, details of events included."""
    if question.endswith("#line"):
        return shown(seen, question.partition("#")[0])
    if question.endswith("#more") or "#" not in question:
        return shown(seen, question)
    key, index, _ = path_of(question)
    entries = seen.applicant.entries(key) or ()
    return _entry(seen, entries[index]) if index < len(entries) else ""


def _entry(seen: View, entry: Entry) -> str:
    say, choices = seen.words.say, catalog().choices
    parts = []
    for name, value in entry.items():
        if value == DONT_KNOW:
            parts.append(say("不知道"))
        elif name == "date":
            parts.append(seen.words.interval(parse_interval(value)))
        elif name == "deaths":
            parts.append(_deaths(seen, value))
        else:
            parts.append(seen.subject.label(choices[name], value))
    return seen.words.listed(parts)


def _deaths(seen: View, number: int) -> str:
    say = seen.words.say
    if number > 1:
        return say("死亡{deaths}人", deaths=number)
    return say("有人死亡") if number else say("没有人死亡")


def shown(seen: View, question: str) -> str:
    """An answer as people read it; empty if there is none yet."""
    say, answers = seen.words.say, seen.screening.answers
    if question in SETUP:
        return _shown_setup(seen, question)
    if question in group_kinds():
        keys = relevant_kinds(seen.applicant, question)
        values = [seen.applicant.answer(key) for key in keys]
        if None in values:
            return ""
        if DONT_KNOW in values:
            return say("不知道")
        ticked = [kind_label(seen, key) for key, value in zip(keys, values, strict=True) if value]
        return seen.words.listed(ticked) or say("都没有")
    if question == JUDGEMENT:
        done = answers.get(f"{seen.applicant.judgement_slot}#done")
        if done in (None, DONT_KNOW):
            return say("不知道") if done else ""
        declared = answers.get(seen.applicant.judgement_slot, [])
        count = len(declared)
        return say("有{count}项不符合", count=count) if count else say("没有明显不符合的")
    if "#" in question:
        return ""
    return _shown_fact(seen, question)


def _shown_setup(seen: View, question: str) -> str:
    say, value = seen.words.say, seen.screening.answers.get(question)
    if question == "award" and value in award_ids():
        return say(load_award(str(value)).spec.name)
    if question == "track" and value:
        return say(TRACKS[Track(value)])
    award = seen.screening.answers.get("award")
    if question == "tier" and value and award in award_ids():
        return say(load_award(str(award)).spec.tier_names.get(Tier(value), ""))
    if question == "day" and seen.agenda.applicant:
        return seen.words.day(seen.applicant.as_of)
    if question == "mode" and value:
        return say("快速结论") if value == "quick" else say("逐条过一遍")
    return ""


def _shown_fact(seen: View, question: str) -> str:
    say, spec = seen.words.say, catalog().facts[question.partition(".")[0]]
    value = seen.applicant.answer(spec.key)
    if value is None:
        return ""
    if value == DONT_KNOW:
        return say("不知道")
    if spec.opposite:
        return seen.subject.label(spec.options, "yes" if value else "no")
    if spec.type == "yes_no":
        return say("是") if value else say("否")
    if spec.type == "annual_results":
        options = catalog().choices["annual_results"]
        labels = {
            year: say("不知道") if result == DONT_KNOW else seen.subject.label(options, result)
            for year, result in sorted(value.items())
        }
        return seen.words.listed(
            say("{year}：{result}", year=seen.words.year(int(year)), result=label)
            for year, label in labels.items()
        )
    if spec.type in ("since", "since_or_none"):
        return say("没有") if value == "none" else seen.words.interval(parse_interval(value))
    if spec.type == "choice":
        return seen.subject.label(spec.options, value)
    return say("{count}项", count=value)
