"""What a reminder says, and what can be done with it."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from conversations import datelines
from conversations.announcing import announced, broadcast
from conversations.dated import Dated
from conversations.due import Due, Told, waking
from conversations.language import Language, language
from conversations.model import Choice, Reply, State
from conversations.particulars import notices, particulars, when
from rules.messages import message

__all__ = ["alike", "announced", "broadcast", "reminder", "settled"]

IN_FULL = 3
"""Of more dates than these, only the main buttons are shown."""
OVER = {
    "opens": message("已经开始了：{title}，{day}"),
    "closes": message("已经截止了：{title}，{day}"),
    "milestone": message("已经过了：{title}，{day}"),
    "step": message("已经过了：{title}，{day}"),
    "own": message("已经过了：{title}，{day}"),
    "eligible": message("这一天已经到了：{title}，{day}"),
    "waiting": message("这一天已经到了：{title}，{day}"),
}
SNOOZES = (
    ("1h", timedelta(hours=1), message("一小时后再提醒")),
    ("1d", timedelta(days=1), message("明天再提醒")),
    ("3d", timedelta(days=3), message("三天后再提醒")),
)


def reminder(state: State, due: Due, now: datetime) -> Reply:
    """One message that tells all dates that are due; what is over, in one line each.

    Raises ValueError if nothing is due.
    """
    if not due.told:
        raise ValueError("nothing is due")
    words = language(state.locale)
    over = [told for told, _ in due.told if told.over]
    ahead = [told for told, _ in due.told if not told.over]
    blocks = [_block(words, told, state) for told in ahead]
    if len(ahead) > 1:
        blocks = [f"{number}. {block}" for number, block in enumerate(blocks, 1)]
    if over:
        blocks.append("\n".join(_over(words, told, state) for told in over))
    blocks += notices(words, (told.dated for told, _ in due.told))
    cited = (told.dated.planned.step.citation for told in ahead if told.dated.planned is not None)
    return Reply(
        "\n\n".join(blocks),
        actions=(*_dealings(words, state, ahead, now), *_rest(words, ahead)),
        citations=tuple(dict.fromkeys(cited)),
    )


def alike(state: State, due: Due) -> Hashable:
    """What the words of a reminder hang on, beside the moment and the rounds.

    Of two chats for which this is the same both are told the same.
    """
    kept = state.reminding
    told = tuple(
        (each.days_left, each.late, each.over, *_named(each.dated)) for each, _ in due.told
    )
    return state.locale, state.timezone, kept.quiet_from, kept.quiet_to, told


def _named(dated: Dated) -> tuple[Hashable, ...]:
    watch, planned = dated.watch, dated.planned
    # A step is named by its id where it is known whose plan it is of.
    step = planned and (watch.track, planned.step.id, planned.own, planned.provisional)
    return dated.key, dated.title, step, watch.id, watch.kind, watch.award, watch.screening


def settled(state: State, due: Due) -> State:
    """The same without what was put off until now, once that is told."""
    if not state.reminding.snoozes:
        return state
    left = tuple(snooze for snooze in state.reminding.snoozes if snooze.until > due.until)
    return replace(state, reminding=replace(state.reminding, snoozes=left))


def _block(words: Language, told: Told, state: State) -> str:
    dated = told.dated
    head = f"⏰ {datelines.left(words, told.days_left)}"
    if told.late:
        head = words.joined(head, words.say("（这条晚了，抱歉）"))
    title, day = datelines.title(words, dated), when(words, dated, state)
    return "\n".join([head, title, day, *particulars(words, dated)])


def _over(words: Language, told: Told, state: State) -> str:
    dated = told.dated
    title, day = datelines.title(words, dated), when(words, dated, state)
    return words.say(OVER[dated.kind], title=title, day=day)


def _dealings(
    words: Language, state: State, ahead: Sequence[Told], now: datetime
) -> Iterator[Choice]:
    """What can be done with each date; with its number, if there are several."""
    done = words.say("办完了")
    later = [
        (name, waking(state, now + length), words.say(label))
        for name, length, label in SNOOZES
        if len(ahead) <= IN_FULL or name == "1d"
    ]
    for number, told in enumerate(ahead, 1):
        dated = told.dated
        before = f"{number}. " if len(ahead) > 1 else ""
        yield Choice(f"n:done:{dated.key}", before + done)
        for name, until, label in later:
            if until < dated.over:  # nobody puts it off until it is over
                yield Choice(f"n:{name}:{dated.key}", before + label)


def _rest(words: Language, ahead: Sequence[Told]) -> Iterator[Choice]:
    """What can be done besides, each once."""
    offers: dict[str, str] = {}
    for told in ahead:
        each, watch = told.dated.round, told.dated.watch
        if each is not None:
            offers.setdefault(f"n:plan:{each.award}", words.say("看倒排时间表"))
        if watch.kind == "eligible" and watch.screening is not None:
            offers.setdefault(f"s:{watch.screening}", words.say("打开那份自查"))
    if len(ahead) == 1:
        offers[f"n:ics:{ahead[0].dated.key}"] = words.say("存进日历")
    elif ahead:
        offers["n:ics"] = words.say("全部存进日历")
    for told in ahead:
        each, watch = told.dated.round, told.dated.watch
        if each is not None:
            label = words.say("{award}的都不用提醒了",
                              award=datelines.award_name(words, each.award))  # fmt: skip
        elif len(ahead) > 1:
            label = words.say("不用再提醒：{title}", title=datelines.title(words, told.dated))
        else:
            label = words.say("不用提醒了")
        offers.setdefault(f"n:stop:{watch.id}", label)
    return (Choice(token, label) for token, label in offers.items())
