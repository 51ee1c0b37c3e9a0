"""Answers about what is being asked at all: award, track, tier, day, mode."""

from dataclasses import replace
from datetime import date

from conversations.answers import read_choices
from conversations.awards import find_awards
from conversations.dates import read_day
from conversations.taken import (
    NOT_A_CHOICE,
    NOT_A_DAY,
    NOT_COVERED,
    WHICH_AWARD,
    Refused,
    Taken,
    checked,
    today_of,
    why_not,
)
from conversations.text import NotUnderstood
from conversations.view import View
from knowledge.fold import fold
from knowledge.load import awards as award_ids
from rules.load import load_award
from rules.messages import message
from rules.model import Track
from rules.periods import Interval

MODES = {
    "quick": ("快速", "快点", "快一点", "结论", "quick", "fast"),
    "full": ("逐", "每一条", "全部", "全面", "完整", "full", "every"),
}


DAY_IS_OVER = message("{day}已经过去了，就按那一天的情况来算。不是的话，可以“换一个申报日期”。")
# What stands beside these may mean the opposite, or somebody else.
_UNSURE = ("不", "别", "替", "独资", "一个人", " not ", "n't")


def _tier_text(seen: View, text: str) -> Taken | Refused:
    award = load_award(str(seen.screening.answers["award"]))
    names = award.spec.tier_names
    picked = read_choices(text, [seen.words.say(name) for name in names.values()])
    if picked is None or len(picked) != 1:
        return Refused(seen.words.say(NOT_A_CHOICE))
    return checked(seen, seen.screening.answered(tier=list(names)[picked[0]].value))


def setup_text(seen: View, question: str, text: str) -> Taken | Refused:
    """Take a typed answer about what is being asked at all."""
    say = seen.words.say
    if question == "award":
        return take_award(seen, text)
    if question in ("track", "mode") and any(word in text for word in _UNSURE):
        return Refused(say(NOT_A_CHOICE))
    if question == "tier":
        return _tier_text(seen, text)
    if question == "track":
        folded = fold(text)
        words = {
            Track.INDIVIDUAL: ("个人", "本人", "我自己", "individual", "person", "myself"),
            Track.ORGANISATION: ("组织", "企业", "公司", "单位", "工厂", "厂", "学校", "医院",
                                 "organisation", "organization", "company", "firm"),
        }  # fmt: skip
        named = [track for track, found in words.items() if any(word in folded for word in found)]
        if len(named) == 1:
            return checked(seen, seen.screening.answered(track=named[0].value))
        return Refused(say(NOT_A_CHOICE))
    if question == "day":
        return _day_text(seen, text)
    if question == "mode":
        folded = fold(text)
        for mode, mode_words in MODES.items():
            if any(word in folded for word in mode_words):
                return Taken(seen.screening.answered(mode=mode))
    return Refused(say(NOT_A_CHOICE))


def take_award(seen: View, text: str) -> Taken | Refused:
    """Take the name of a place or an award."""
    say = seen.words.say
    if not any(char.isalpha() for char in text):
        return Refused(say(NOT_A_CHOICE))
    found = find_awards(text)
    names = seen.words.listed(
        say(load_award(award).spec.name)
        for award in ([match.award for match in found] or award_ids())
    )
    if len(found) > 1:
        return Refused(say(WHICH_AWARD, names=names))
    if not found:
        return Refused(say(NOT_COVERED, names=names))
    remark = ""
    if found[0].region:
        remark = say("{region}这边，我这里有的是{name}。", region=say(found[0].region), name=names)
    taken = checked(seen, seen.screening.answered(award=found[0].award))
    return replace(taken, remark=remark) if isinstance(taken, Taken) else taken


def _day_text(seen: View, text: str) -> Taken | Refused:
    # 吧 only makes it polite here: "就今天吧" is today.
    found = read_day(text.strip().rstrip("吧。.！!"), today_of(seen))
    if isinstance(found, NotUnderstood):
        return Refused(why_not(seen, found, NOT_A_DAY))
    if isinstance(found, Interval):
        if found.first == date.min or found.last == date.max:
            return Refused(seen.words.say(NOT_A_DAY))
        bounds = f"[{found.first.isoformat()}..{found.last.isoformat()}]"
        value = found.first.isoformat() if found.exact else bounds
        return checked(seen, seen.screening.answered(day=value))
    taken = checked(seen, seen.screening.answered(day=found.isoformat()))
    if isinstance(taken, Taken) and found < today_of(seen):
        day = seen.words.day(found)
        return replace(taken, remark=seen.words.say(DAY_IS_OVER, day=day))
    return taken
