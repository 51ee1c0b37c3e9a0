"""How a chat wants to be reminded: how many days before, at which hour, where, when not."""

import re
from collections.abc import Callable
from dataclasses import replace

from conversations.datelines import ways_out
from conversations.hours import take_hour
from conversations.language import Language, language
from conversations.model import Choice, Reply, State
from conversations.numerals import CHINESE, read_number
from conversations.reminding import LEADS, Reminding
from conversations.text import NotUnderstood
from conversations.zones import read_zone, zone_name
from knowledge.fold import fold
from rules.messages import message

QUESTIONS = ("leads", "hour", "zone", "quiet")
HOURS = (7, 8, 9, 12, 18, 20)
ZONES = ("Asia/Shanghai", "Asia/Urumqi", "Asia/Tokyo", "Europe/London", "America/New_York")
QUIETS = ((22, 8), (21, 7), (23, 9), (0, 0))
MOST_LEADS, LONGEST_LEAD = 12, 365
LABELS = {
    "leads": message("提前几天"),
    "hour": message("几点提醒"),
    "zone": message("在哪个时区"),
    "quiet": message("安静时间"),
}
_BETWEEN = re.compile(r"\s*(?:到|至|-|~|—|–|to|until)\s*(?:第二天|次日|隔天)?\s*")
_NO_QUIET = re.compile(r".*(?:不要|不用|没有|取消|关掉|随时|不设|never|none|off|any ?time).*")
_LEAD = re.compile(
    rf"(?P<today>当天|当日|那天|同一天|on the day|same day)"
    rf"|(?P<n>\d{{1,3}}|{CHINESE}{{1,4}})\s?(?P<unit>天|日|days?|周|个?星期|weeks?|个?月|months?)?"
)
_LEAD_FILLER = re.compile(
    r"[\s,，、;；.。和与及跟以还有前提提前就好吧要的&]|and|before|ahead|in advance"
)


def page(state: State) -> Reply:
    """How it is set now, and what can be changed."""
    words, kept = language(state.locale), state.reminding
    lines = [
        words.say("现在这样提醒您："),
        words.say("· {leads}", leads=leads(words, kept.leads)),
        words.say("· 每次在{hour}", hour=hour(kept.hour)),
        words.say("· 时区：{zone}", zone=zone_name(words, state.timezone)),
        words.say("· {quiet}", quiet=quiet(words, kept)),
        words.say("想改哪一样？也可以直接说，比如“早上8点”“提前7天和1天”“安静时间22点到8点”。"),
    ]
    choices = tuple(Choice(f"n:set:{name}", words.say(LABELS[name])) for name in QUESTIONS)
    return Reply("\n".join(lines), "date:set", choices, ways_out(words))


def ask(state: State, question: str) -> Reply:
    """Ask for one setting."""
    words, kept = language(state.locale), state.reminding
    say = words.say
    if question == "leads":
        days = sorted({*LEADS, *kept.leads}, reverse=True)
        choices = [Choice(f"n:lead:{n}", lead(words, n), n in kept.leads) for n in days]
        text = say("提前几天提醒？可以多选，也可以说“提前10天、3天和当天”。")
        done = Choice("n:set", say("就这些"))
        return Reply(text, "date:set:leads", (*choices, done), ways_out(words))
    if question == "hour":
        text = say(
            "每次几点提醒？现在是{hour}。可以打别的整点，比如“下午3点”。", hour=hour(kept.hour)
        )
        options = [Choice(f"n:hour:{n}", hour(n)) for n in HOURS]
    elif question == "zone":
        now = zone_name(words, state.timezone)
        text = say("您在哪里？现在按{zone}。可以打地名，比如“乌鲁木齐”“纽约”，或者 Europe/London。",
                   zone=now)  # fmt: skip
        options = [Choice(f"n:zone:{zone}", zone_name(words, zone)) for zone in ZONES]
    else:
        text = say("安静时间里我不会自己发消息。{quiet}。想改成什么？比如“晚上10点到早上8点”。",
                   quiet=quiet(words, kept))  # fmt: skip
        options = [Choice(f"n:quiet:{a}-{b}", span(words, a, b)) for a, b in QUIETS]
    return Reply(text, f"date:set:{question}", tuple(options), ways_out(words))


def take(state: State, question: str, text: str) -> tuple[State | None, str]:
    """Take what was typed for one setting: the state with it, or why it was not understood."""
    takers: dict[str, Callable[[State, str], tuple[State | None, str]]] = {
        "leads": _take_leads, "hour": _take_hour, "zone": _take_zone, "quiet": _take_quiet,
    }  # fmt: skip
    return takers[question](state, text)


def take_any(state: State, text: str) -> tuple[State | None, str]:
    """Take a setting that was typed where all of them are shown."""
    folded = fold(text)
    if "安静" in folded or "quiet" in folded or "打扰" in folded:
        return _take_quiet(state, re.sub(r"安静时间?[:：]?|免打扰|quiet(?: hours)?:?", "", folded))
    for taker in (_take_hour, _take_leads, _take_zone):
        after, remark = taker(state, text)
        if after is not None:
            return after, remark
    say = language(state.locale).say
    return None, say("没看懂要改什么。可以点下面的一项，或者说“早上8点”“提前7天和1天”。")


def with_lead(state: State, days: int) -> tuple[State | None, str]:
    """Tick or untick a lead; the last one stays."""
    kept = state.reminding.leads
    if kept == (days,):
        return None, language(state.locale).say(
            "至少要留一个。想全都不提醒，可以在每个日子里停掉。"
        )
    left = {*kept} ^ {days}
    return _with(state, leads=tuple(sorted(left, reverse=True)))


def with_hour(state: State, chosen: int) -> tuple[State | None, str]:
    """Reminders come at this hour."""
    after, _ = _with(state, hour=chosen)
    say = language(state.locale).say
    remark = say("好，以后{hour}提醒。", hour=hour(chosen))
    kept = state.reminding
    if after is not None and is_quiet(kept, chosen):
        remark = say("好。不过{hour}在安静时间里，实际会等到{end}。", hour=hour(chosen),
                     end=hour(kept.quiet_to))  # fmt: skip
    return after, remark


def with_zone(state: State, zone: str) -> tuple[State | None, str]:
    """Days and hours go by this zone's clocks."""
    words = language(state.locale)
    named = zone_name(words, zone)
    return replace(state, timezone=zone), words.say("好，以后按{zone}。", zone=named)


def with_quiet(state: State, start: int, end: int) -> tuple[State | None, str]:
    """Between these hours nothing comes by itself."""
    after, _ = _with(state, quiet_from=start, quiet_to=end)
    words = language(state.locale)
    if after is None:
        return None, ""
    return after, words.say("好，{quiet}。", quiet=quiet(words, after.reminding))


def is_quiet(kept: Reminding, at: int) -> bool:
    """Whether an hour lies in the quiet ones."""
    if kept.quiet_from <= kept.quiet_to:
        return kept.quiet_from <= at < kept.quiet_to
    return at >= kept.quiet_from or at < kept.quiet_to


def leads(words: Language, chosen: tuple[int, ...]) -> str:
    """All leads together: 提前30、14、7天和当天."""
    days = words.listed(str(days) for days in chosen if days)
    if 0 not in chosen:
        return words.say("提前{days}天", days=days)
    return words.say("提前{days}天和当天", days=days) if days else words.say("当天")


def lead(words: Language, days: int) -> str:
    """One lead."""
    if days == 0:
        return words.say("当天")
    return words.say("提前{count}天", count=days) if days > 1 else words.say("提前一天")


def hour(at: int) -> str:
    """A full hour: 09:00."""
    return f"{at:02}:00"


def quiet(words: Language, kept: Reminding) -> str:
    """The quiet hours in a few words."""
    if kept.quiet_from == kept.quiet_to:
        return words.say("没有安静时间")
    shown = span(words, kept.quiet_from, kept.quiet_to)
    return words.say("安静时间：{span}", span=shown)


def span(words: Language, start: int, end: int) -> str:
    """From one hour to another; of no length: no quiet hours."""
    if start == end:
        return words.say("不要安静时间")
    return words.say("{start}到{end}", start=hour(start), end=hour(end))


def read_hour(text: str) -> int | None:
    """Read a full hour of the day: 9点, 早上八点, 20:00, 8 pm; a bare number is one too."""
    folded = fold(text).strip(" .。!！吧").removeprefix("at ")
    found = take_hour(f"{folded}点" if folded.isdecimal() else folded)
    if isinstance(found, NotUnderstood) or found[0] is None or found[1]:
        return None
    whole, _, minutes = found[0].partition(":")
    return int(whole) % 24 if minutes == "00" else None


def _take_leads(state: State, text: str) -> tuple[State | None, str]:
    words = language(state.locale)
    folded = fold(text)
    found = list(_LEAD.finditer(folded))
    rest = _LEAD_FILLER.sub("", _LEAD.sub("", folded))
    bare = [match for match in found if match["n"] and not match["unit"]]
    # "10、3天": the unit at the end goes for all; without any, a number could be a choice's.
    if not found or rest or (bare and found[-1] in bare):
        return None, words.say("没看懂。请这样说：“提前10天、3天和当天”。")
    days = {_days(match) for match in found}
    if any(n is None or n > LONGEST_LEAD for n in days) or len(days) > MOST_LEADS:
        return None, words.say("最多提前{count}天，最多选{most}个。", count=LONGEST_LEAD,
                               most=MOST_LEADS)  # fmt: skip
    chosen = tuple(sorted((n for n in days if n is not None), reverse=True))
    after, _ = _with(state, leads=chosen)
    return after, words.say("好，{leads}提醒。", leads=leads(words, chosen))


def _days(match: re.Match[str]) -> int | None:
    if match["today"]:
        return 0
    number, unit = read_number(match["n"]), match["unit"] or ""
    if number is None:
        return None
    return number * (7 if "周" in unit or "星期" in unit or unit.startswith("week")
                     else 30 if "月" in unit or unit.startswith("month") else 1)  # fmt: skip


def _take_hour(state: State, text: str) -> tuple[State | None, str]:
    at = read_hour(text)
    if at is None:
        return None, language(state.locale).say("没看懂是几点。只能选整点，比如“早上8点”“20点”。")
    return with_hour(state, at)


def _take_zone(state: State, text: str) -> tuple[State | None, str]:
    zone = read_zone(text)
    if zone is None:
        say = language(state.locale).say
        return None, say(
            "没找到这个地方的时区。可以打一个大城市，比如“乌鲁木齐”“伦敦”，或者 Europe/London。"
        )
    return with_zone(state, zone)


def _take_quiet(state: State, text: str) -> tuple[State | None, str]:
    folded = fold(text).strip(" .。!！从")
    if _NO_QUIET.fullmatch(folded):
        return with_quiet(state, 0, 0)
    ends = [read_hour(part) for part in _BETWEEN.split(folded)]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        say = language(state.locale).say
        return None, say("没看懂从几点到几点。比如“晚上10点到早上8点”，不要就说“不要”。")
    return with_quiet(state, ends[0], ends[1])


def _with(state: State, **changed: object) -> tuple[State | None, str]:
    words = language(state.locale)
    kept = replace(state.reminding, **changed)  # type: ignore[arg-type]
    return replace(state, reminding=kept), words.say("好，改好了。")
