"""From a closing day backwards: by when each step before an application must begin.

The closing day is that of an announced round, or a day the user names while none is announced.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from conversations import aside, datelines, prospects, whose
from conversations import lengths as of_length
from conversations.dates import read_day
from conversations.following import follow, rounds_watch, track_for, watched
from conversations.language import Language, language
from conversations.model import Choice, House, Reply, State
from conversations.reminding import Watch
from conversations.shown import TRACKS
from conversations.text import NotUnderstood
from knowledge.load import awards as award_ids
from rules.award import Award, Step
from rules.load import load_award
from rules.messages import message
from rules.model import Track
from rules.plan import Length, Planned, plan
from rules.rounds import Round

ORDER = ("award", "track", "closes", "step")
CHANGE_LENGTH = message("改“{title}”的时间")
SET_LENGTH = message("给“{title}”留时间")
LENGTHS = ("7", "14", "30", "5w")


def question(state: State, now: datetime, house: House) -> str:
    """What is asked next: ``length`` of a step, or ``found`` once nothing is."""
    draft = state.draft
    if draft.get("award") not in award_ids():
        return "award"
    if track_of(state) is None:
        return "track"
    if draft.get("step"):
        return "length"
    return "found" if closes(state, now, house) is not None else "closes"


def track_of(state: State) -> Track | None:
    """Who applies: as said, or any of them where the steps are the same."""
    award = load_award(state.draft["award"])
    said = state.draft.get("track")
    if said in award.tracks:
        return Track(said)
    known = track_for(state, award.id)
    if known is not None:
        return known
    steps = [_outline(award.steps.get(track, ())) for track in award.tracks]
    return award.tracks[0] if all(each == steps[0] for each in steps) else None


def _outline(steps: tuple[Step, ...]) -> list[tuple[object, ...]]:
    return [(step.id, step.title, step.who, step.workdays, step.beside) for step in steps]


def announced(state: State, now: datetime, house: House) -> Round | None:
    """The announced round whose closing day the plan leads to."""
    found = prospects.standing(house.rounds, state.draft["award"], now)
    return found[0] if found and not state.draft.get("closes") else None


def closes(state: State, now: datetime, house: House) -> date | None:
    """The day the plan leads to."""
    named = state.draft.get("closes")
    if named:
        return date.fromisoformat(named) if named != "?" else None
    found = announced(state, now, house)
    zone = ZoneInfo(load_award(state.draft["award"]).spec.timezone)
    return found.closes.astimezone(zone).date() if found else None


def lengths(state: State) -> dict[str, Length]:
    """How long the user wants for steps: as said on this page, or kept with the reminders."""
    watch = rounds_watch(state, state.draft["award"])
    kept = {**(watch.lengths if watch else {}), **state.draft.get("lengths", {})}
    return of_length.lengths(kept)


def planned(state: State, now: datetime, house: House) -> tuple[Planned, ...]:
    """The steps with their days; none while something is still to be asked."""
    day, track = closes(state, now, house), track_of(state)
    if day is None or track is None:
        return ()
    return plan(load_award(state.draft["award"], day).steps.get(track, ()), day, lengths(state))


def prompt(state: State, now: datetime, house: House) -> Reply:
    """The question that is open, or the plan."""
    asked = question(state, now, house)
    if asked == "found":
        return _found(state, now, house)
    words = language(state.locale)
    say, actions = words.say, datelines.ways_out(words)
    if asked == "award":
        choices = [Choice(f"n:pa:award:{each}", say(load_award(each).spec.name))
                   for each in award_ids()]  # fmt: skip
        return Reply(say("给哪个奖倒排时间表？点一个，或者直接打地名。"), "date:plan:award",
                     tuple(choices), actions)  # fmt: skip
    award = load_award(state.draft["award"])
    if asked == "track":
        choices = [Choice(f"n:pa:track:{t.value}", say(TRACKS[t])) for t in award.tracks]
        text = say("是组织申报，还是个人申报？")
        return Reply(text, "date:plan:track", tuple(choices), actions)
    if asked == "length":
        step = _step(state, award)
        text = say("“{title}”要留多久？办法没有写，您自己定。可以说“10天”“两周”“5个工作日”。",
                   title=say(step.title))  # fmt: skip
        choices = [Choice(f"n:len:{step.id}:{each}", of_length.said(words, of_length.parsed(each)))
                   for each in LENGTHS]  # fmt: skip
        return Reply(text, "date:plan:length", tuple(choices), actions)
    lines = []
    if not prospects.standing(house.rounds, award.id, now):
        lines.append(say("{award}现在没有公布的申报通知，截止日我不能替它编。",
                         award=say(award.spec.name)))  # fmt: skip
        lines.append(prospects.cycle_line(words, award.id))
    lines.append(say("您想按哪一天截止来排？打一个日期，比如“明年6月30日”。"))
    offer = []
    if rounds_watch(state, award.id) is None:
        offer = [Choice(f"n:f:{award.id}", say("有申报通知就告诉我"))]
    return Reply("\n".join(lines), "date:plan:closes", tuple(offer), actions,
                 day_token="n:pa:closes")  # noqa: S106 - a button's  # fmt: skip


def _step(state: State, award: Award) -> Step:
    """The step whose length is being asked."""
    steps = award.steps.get(track_of(state) or award.tracks[0], ())
    wanted = state.draft.get("step")
    return next((step for step in steps if step.id == wanted), steps[0])


def take(state: State, text: str, now: datetime, house: House) -> tuple[State | None, str]:
    """Take what was typed: the state with it, or why it was not understood."""
    say, asked = language(state.locale).say, question(state, now, house)
    if asked in ("award", "track"):
        return whose.take(state, asked, text)
    if asked == "length":
        length = of_length.read_length(text)
        if isinstance(length, NotUnderstood):
            return None, say("没看懂要留多久。请带上单位，比如“10天”“两周”“5个工作日”。")
        award = load_award(state.draft["award"])
        return with_length(state, _step(state, award).id, length)
    return _take_day(state, text, now)


def _take_day(state: State, text: str, now: datetime) -> tuple[State | None, str]:
    say, today = language(state.locale).say, datelines.today(state, now)
    day = read_day(text.strip(), today)
    if not isinstance(day, date):
        return None, say("没看懂是哪一天。要一个确切的日子，比如“2027年6月30日”。")
    return with_closes(state, day, now)


def with_closes(state: State, day: date, now: datetime) -> tuple[State | None, str]:
    """The same with a closing day that the user names."""
    words = language(state.locale)
    if day < datelines.today(state, now):
        return None, words.say("{day}已经过去了。请说一个还没到的日子。", day=words.day(day))
    return aside.answered(state, closes=day.isoformat()), ""


def pick(state: State, rest: str, now: datetime, house: House) -> tuple[State | None, str] | None:
    """Take what was pressed, ``award:jian``; ``None`` if that is not what is asked."""
    name, _, value = rest.partition(":")
    asked = question(state, now, house)
    if name == "closes" and asked in ("closes", "found"):
        return _take_day(state, value, now)
    if name != asked:
        return None
    return aside.answered(state, **{name: value}), ""


def with_length(state: State, step: str, length: Length) -> tuple[State, str]:
    """The same with a length for a step, in what is reminded of as well."""
    words, kept = language(state.locale), of_length.written(length)
    draft = {**state.draft.get("lengths", {}), step: kept}
    state = aside.without(aside.answered(state, lengths=draft), "step")
    watch = rounds_watch(state, state.draft["award"])
    if watch is not None:
        changed = replace(watch, lengths={**watch.lengths, step: kept})
        state = replace(state, reminding=state.reminding.with_changed(changed))
    return state, words.say("好，留{length}。", length=of_length.said(words, length))


def followed(state: State, now: datetime) -> State:
    """The same with the award's rounds followed, and the plan with the lengths said here."""
    track = track_of(state)
    return follow(state, state.draft["award"], now, track, state.draft.get("lengths"))


def noted(state: State, now: datetime, house: House) -> State:
    """The same with the days of the plan kept as dates of the user's own."""
    words, today = language(state.locale), datelines.today(state, now)
    name = datelines.award_name(words, state.draft["award"])
    days = [
        (words.say("{award}：最晚开始“{title}”", award=name, title=words.say(each.step.title)),
         each.begins_by)
        for each in planned(state, now, house)
    ]  # fmt: skip
    days.append((words.say("{award}：自己定的截止日", award=name), closes(state, now, house)))
    known = {(watch.title, watch.day) for watch in state.reminding.watches}
    for title, day in days:
        if day is not None and day >= today and (title, day) not in known:
            state = watched(state, Watch(0, "own", now, day=day, title=title))
    return state


def _found(state: State, now: datetime, house: House) -> Reply:
    """The plan, with what can be done about it."""
    words = language(state.locale)
    say = words.say
    award = load_award(state.draft["award"])
    day, each = closes(state, now, house), announced(state, now, house)
    steps = planned(state, now, house)
    head = say(
        "【{award} · {track}】倒排时间表", award=say(award.spec.name), track=_who(words, state)
    )
    if each is not None:
        until = say("截止：{closes}，{notice}", closes=datelines.closing(words, each, state),
                    notice=prospects.notice(words, each))  # fmt: skip
    else:
        until = say("截止：{day}。这是您自己定的，通知公布以后要重新排。",
                    day=datelines.weekday(words, day) if day else "")  # fmt: skip
    today = datelines.today(state, now)
    blocks = [f"{head}\n{until}"]
    blocks += [_block(words, number, one, today) for number, one in enumerate(steps, 1)]
    if not steps:
        blocks.append(say("这个奖申报前的步骤，这里还没有整理。"))
    if any(one.provisional for one in steps):
        blocks.append(say(
            "标“暂定”的：那一年的放假安排国务院还没有公布，先按法律规定的节假日数，公布后可能会变。"
        ))  # fmt: skip
    citations = tuple(dict.fromkeys(one.step.citation for one in steps))
    choices = tuple(_choices(words, state, steps, each))
    return Reply(
        "\n\n".join(blocks), "date:plan:found", choices, datelines.ways_out(words), citations
    )


def _who(words: Language, state: State) -> str:
    """Whose steps they are; where it makes no difference nobody was asked."""
    award = load_award(state.draft["award"])
    said = state.draft.get("track")
    known = Track(said) if said in award.tracks else track_for(state, award.id)
    return words.say(TRACKS[known]) if known else words.say("组织、个人都一样")


def _block(words: Language, number: int, one: Planned, today: date) -> str:
    """One step of the plan."""
    say = words.say
    lines = [f"{number}. {say(one.step.title)}"]
    if one.begins_by is None:
        lines.append(
            say("要多久办法没有写；最晚{day}要做完。", day=datelines.weekday(words, one.over_by))
        )
    else:
        begins = datelines.weekday(words, one.begins_by)
        if one.provisional:
            begins = say("{day}（暂定）", day=begins)
        left = datelines.left(words, (one.begins_by - today).days)
        if one.begins_by < today:
            lines.append(say("⚠ {day}就该开始了，{left}。", day=begins, left=left))
        else:
            lines.append(say("最晚{day}开始，{left}。", day=begins, left=left))
    lines.append(say("谁来做：{who}", who=say(one.step.who)))
    lines.append(say("依据：{label}", label=one.step.citation.label))
    return "\n".join(lines)


def _choices(
    words: Language, state: State, steps: tuple[Planned, ...], each: Round | None
) -> Iterator[Choice]:
    say, award = words.say, state.draft["award"]
    if rounds_watch(state, award) is None:
        label = say("提醒我这些日子") if each else say("有申报通知就告诉我")
        yield Choice(f"n:f:{award}", label)
    if each is None:
        yield Choice("n:keep", say("先把这些日子记下来"))
    for one in steps:
        if one.step.workdays is None:
            label = CHANGE_LENGTH if one.own else SET_LENGTH
            yield Choice(f"n:step:{one.step.id}", say(label, title=say(one.step.title)))
    yield Choice("n:closes", say("换一个截止日"))
