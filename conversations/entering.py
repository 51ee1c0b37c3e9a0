"""How a page about dates begins from what is being talked about, so that less is to be asked."""

from datetime import datetime

from conversations import aside, datelines, plans, prospects
from conversations.awards import find_awards
from conversations.following import follow, rounds_watch
from conversations.language import language
from conversations.model import DONT_KNOW, House, Screening, State
from conversations.waits import events
from knowledge.load import awards as award_ids
from rules.load import load_award
from rules.periods import parse_interval


def award_of(state: State, said: str) -> str | None:
    """The award that is meant: said with the command, or being talked about."""
    if said in award_ids():
        return said
    named = find_awards(said) if said else ()
    if len(named) == 1:
        return named[0].award
    talked = state.draft.get("award") if aside.is_open(state) else None
    if talked is None and state.screening is not None:
        talked = state.screening.answers.get("award")
    return talked if talked in award_ids() else None


def waiting_of(state: State, said: str) -> State:
    """The same with the flow about waiting open; from a screening, with what is told there."""
    if aside.is_open(state) and state.focus == "date:wait" and not said:
        return aside.opened(state, "wait")
    award = award_of(state, said)
    if award is None:
        return aside.opened(state, "wait")
    told = _told(state.screening, award) if state.screening is not None else {}
    return aside.opened(state, "wait", award=award, **told)


def _told(screening: Screening, award: str) -> dict[str, str]:
    """The latest prize or sanction of which a screening knows the day."""
    if screening.answers.get("award") != award:
        return {}
    found = []
    for name, _ in events(load_award(award)):
        entries = screening.answers.get(f"{name}@{award}")
        for entry in entries if isinstance(entries, list) else ():
            when = entry.get("date", DONT_KNOW)
            if when != DONT_KNOW:
                found.append((parse_interval(when).last, name, when))
    track = screening.answers.get("track")
    said = {"track": track} if isinstance(track, str) else {}
    if not found:
        return said
    _, event, when = max(found)
    return {**said, "event": event, "when": when}


def plan_of(state: State, said: str) -> State:
    """The same with a plan open, of the award that is meant if there is one."""
    award = award_of(state, said)
    if award is None:
        return aside.opened(state, "plan")
    if state.focus == "date:plan" and state.draft.get("award") == award:
        return state
    track = state.draft.get("track") if aside.is_open(state) else None
    known = {"track": track} if track in load_award(award).tracks else {}
    return aside.opened(state, "plan", award=award, **known)


def followed(state: State, award: str, now: datetime) -> State:
    """The same with an award's rounds followed; on the page of its plan, with that plan."""
    if state.focus == "date:plan" and state.draft.get("award") == award:
        return plans.followed(state, now)
    return follow(state, award, now)


def following(state: State, award: str, now: datetime, house: House) -> str:
    """What is said once an award's rounds are followed."""
    words = language(state.locale)
    name = datelines.award_name(words, award)
    if not prospects.standing(house.rounds, award, now):
        return words.say("好，{award}的申报通知一公布就告诉您，截止前也会提醒。", award=name)
    watch = rounds_watch(state, award)
    if watch is not None and watch.track is not None:
        return words.say(
            "好，{award}这一轮的截止日和每一步最晚开始的日子，我都会提醒您。", award=name
        )
    return words.say(
        "好，{award}这一轮的日子我会提醒您。要连步骤一起提醒，就看“倒排时间表”。", award=name
    )
