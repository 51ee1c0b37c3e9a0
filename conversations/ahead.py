"""The page of what is ahead, nearest first, and the page of one date."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from conversations import aside, datelines, prospects
from conversations.dated import Dated, dates, derived
from conversations.datelines import award_name
from conversations.following import rounds_watch
from conversations.language import Language, language
from conversations.model import Choice, House, Reply, State
from rules.load import load_award
from rules.plan import Planned

MOST = 12
"""Dates shown on one page."""
REMEMBERED = timedelta(days=60)
"""How long a date of the user's own that is over and not done stays on the page."""


def find(state: State, house: House, key: str) -> Dated | None:
    """The date of this key, if it is still a date of the chat and not done."""
    return next((dated for dated in derived(state, house.rounds) if dated.key == key), None)


def missed(state: State, house: House, now: datetime) -> Iterator[Dated]:
    """Dates that are over, not done, and still matter: steps of a round that has not closed."""
    for dated in derived(state, house.rounds):
        if dated.over > now:
            continue
        step = dated.kind == "step" and dated.round is not None and dated.round.closes > now
        if step or (dated.kind == "own" and now - dated.over < REMEMBERED):
            yield dated


def page(state: State, now: datetime, house: House) -> Reply:
    """What is late and what is ahead, what is waited for, and what can be done."""
    words = language(state.locale)
    late = tuple(missed(state, house, now))
    ahead = dates(state, house.rounds, now)
    shown = (*late, *ahead)[:MOST]
    parts = []
    if late:
        parts.append(words.say("⚠ 已经晚了的："))
        parts += [_entry(words, dated, state, now) for dated in late[:MOST]]
    if ahead:
        parts.append(words.say("前面的日子，近的在前："))
        parts += [_entry(words, dated, state, now) for dated in shown[len(late) :]]
    if len(late) + len(ahead) > MOST:
        parts.append(words.say("后面还有{count}个。", count=len(late) + len(ahead) - MOST))
    parts += _waited_for(words, state, now, house)
    if not parts:
        parts.append(words.say("还没有要提醒您的日子。"))
    parts.append(words.say("也可以直接打一个自己的日子，比如“3月15日 内审”。"))
    choices = (
        *(Choice(f"n:one:{d.key}", datelines.title(words, d)) for d in shown),
        *_offers(words, state, now, house, saved=bool(ahead)),
    )
    return Reply("\n\n".join(parts), "date:list", choices, datelines.ways_out(words))


def _entry(words: Language, dated: Dated, state: State, now: datetime) -> str:
    days = (dated.day - datelines.today(state, now)).days
    title, day = datelines.title(words, dated), datelines.when(words, dated, state)
    if dated.over <= now:
        return f"{title}\n{day}\n{datelines.left(words, days)}"
    return f"{title}\n{day}\n{datelines.bar(dated, now)} {datelines.left(words, days)}"


def _waited_for(words: Language, state: State, now: datetime, house: House) -> Iterator[str]:
    """Awards that are followed while no round of them is announced."""
    for watch in state.reminding.watches:
        if watch.kind != "rounds" or watch.award is None:
            continue
        if not prospects.standing(house.rounds, watch.award, now):
            yield words.joined(
                words.say("等通知的：{award}。申报通知还没有公布，一公布就告诉您。",
                          award=award_name(words, watch.award)),
                prospects.cycle_line(words, watch.award),
            )  # fmt: skip


def _offers(
    words: Language, state: State, now: datetime, house: House, *, saved: bool
) -> Iterable[Choice]:
    """What can be done on the page besides looking at a date."""
    say = words.say
    for award in _of_interest(state, house, now):
        watch, name = rounds_watch(state, award), award_name(words, award)
        if watch is None:
            yield Choice(f"n:f:{award}", say("有{award}的通知就提醒我", award=name))
        elif not prospects.standing(house.rounds, award, now):
            yield Choice(f"n:stop:{watch.id}", say("不等{award}的通知了", award=name))
    yield Choice("n:own", say("记一个自己的日子"))
    yield Choice("n:plan", say("倒排时间表"))
    yield Choice("n:wait", say("获过奖，多久能再报"))
    yield Choice("n:set", say("提醒设置"))
    if saved:
        yield Choice("n:ics", say("全部存进日历"))


def _of_interest(state: State, house: House, now: datetime) -> Iterable[str]:
    """The awards that the chat has to do with, and those that take applications now."""
    screened = (s.answers.get("award") for s in state.screenings)
    announced = (each.award for each in house.rounds if not each.withdrawn and each.closes > now)
    followed = (watch.award for watch in state.reminding.watches)
    named = (award for award in (*followed, *screened, *announced) if isinstance(award, str))
    return dict.fromkeys(named)


def one(state: State, now: datetime, house: House) -> Reply:
    """The page of one date, or the page of all if it is no date any more."""
    dated = find(state, house, str(state.draft.get("key", "")))
    if dated is None:
        return page(state, now, house)
    words = language(state.locale)
    lines = [_entry(words, dated, state, now), *_about(words, dated)]
    citations = (dated.planned.step.citation,) if dated.planned else ()
    choices = tuple(_dealings(words, dated, now))
    return Reply("\n".join(lines), "date:one", choices, datelines.ways_out(words), citations)


def _about(words: Language, dated: Dated) -> Iterator[str]:
    """What else is known of a date."""
    say = words.say
    if dated.round is not None:
        yield say("通知：{notice}", notice=prospects.notice(words, dated.round))
        if dated.round.hand_in and dated.kind in ("closes", "step"):
            yield say("要交的：{what}", what=dated.round.hand_in)
        if dated.round.where and dated.kind in ("closes", "opens"):
            yield say("交到：{where}", where=dated.round.where)
    if dated.planned is not None:
        yield from about_step(words, dated.planned)


def about_step(words: Language, planned: Planned) -> Iterator[str]:
    """Who does a step, its article, advice, reading, and whether its day may still change."""
    say, step = words.say, planned.step
    yield say("谁来做：{who}", who=say(step.who))
    yield say("依据：{label}", label=step.citation.label)
    if step.reading:
        yield say("这里的理解：{reading}", reading=say(step.reading))
    if step.advice:
        yield say("怎么办：{advice}", advice=say(step.advice))
    if planned.provisional:
        yield say("这一天是暂定的：那一年的放假安排国务院还没有公布，公布后可能会变。")


def _dealings(words: Language, dated: Dated, now: datetime) -> Iterator[Choice]:
    """What can be done with a date."""
    say, key = words.say, dated.key
    yield Choice(f"n:done:{key}", say("办完了"))
    if dated.over > now:
        yield Choice(f"n:1h:{key}", say("一小时后再提醒"))
        yield Choice(f"n:1d:{key}", say("明天再提醒"))
        yield Choice(f"n:3d:{key}", say("三天后再提醒"))
        yield Choice(f"n:ics:{key}", say("存进日历"))
    if dated.round is not None:
        award = dated.round.award
        name = say(load_award(award).spec.name)
        yield Choice(f"n:plan:{award}", say("看倒排时间表"))
        yield Choice(f"n:stop:{dated.watch.id}", say("{award}的都不用提醒了", award=name))
    else:
        yield Choice(f"n:stop:{dated.watch.id}", say("不用提醒了"))


def opened(state: State, key: str) -> State:
    """The same with the page of one date open."""
    return aside.opened(state, "one", key=key)
