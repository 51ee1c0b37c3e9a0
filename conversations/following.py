"""What a chat is to be reminded of: begun, ended, and brought up to date with its answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from conversations.language import Language, language
from conversations.model import Screening, State
from conversations.reminding import Reminding, Watch
from conversations.view import View, view
from rules.load import load_award
from rules.model import Outcome, Track

MOST = 60
"""Most things that one chat is reminded of."""


def rounds_watch(state: State, award: str) -> Watch | None:
    """The watch over an award's rounds."""
    return _found(state, kind="rounds", award=award)


def day_watch(state: State, kind: str, award: str, day: date) -> Watch | None:
    """The watch of this kind over this day for an award."""
    return next(
        (
            watch
            for watch in state.reminding.watches
            if watch.kind == kind and watch.award == award and watch.day == day
        ),
        None,
    )


def eligible_watch(state: State, screening: int) -> Watch | None:
    """The watch over the day on which the conditions of a screening are met."""
    return _found(state, kind="eligible", screening=screening)


def _found(state: State, **wanted: object) -> Watch | None:
    found = (
        watch
        for watch in state.reminding.watches
        if all(getattr(watch, name) == value for name, value in wanted.items())
    )
    return next(found, None)


def watched(state: State, watch: Watch) -> State:
    """The same with one more watch."""
    return replace(state, reminding=state.reminding.with_watch(watch))


def follow(
    state: State,
    award: str,
    now: datetime,
    track: Track | None = None,
    lengths: Mapping[str, str] | None = None,
) -> State:
    """The same with an award's rounds followed, with the plan of a track if one is known."""
    chosen = track or track_for(state, award)
    known = rounds_watch(state, award)
    if known is None:
        watch = Watch(0, "rounds", now, award, chosen.value if chosen else None,
                      lengths=dict(lengths or {}))  # fmt: skip
        return watched(state, watch)
    changed = replace(
        known,
        track=chosen.value if chosen else known.track,
        lengths={**known.lengths, **(lengths or {})},
    )
    return replace(state, reminding=state.reminding.with_changed(changed))


def track_for(state: State, award: str) -> Track | None:
    """Who applies, as far as the chat has said it, or as the award leaves no choice."""
    tracks = load_award(award).tracks
    if len(tracks) == 1:
        return tracks[0]
    said = [s.answers.get("track") for s in reversed(state.screenings)
            if s.answers.get("award") == award]  # fmt: skip
    known = next((each for each in said if each in tracks), None)
    return Track(known) if known else None


def stopped(state: State, number: int) -> State:
    """The same without a watch, and without what was put off of it."""
    watch = state.reminding.watch(number)
    left = state.reminding.without(number)
    if watch is not None and watch.kind != "rounds":
        own = f"w{number}@"
        left = replace(left, snoozes=tuple(s for s in left.snoozes if not s.key.startswith(own)))
    return replace(state, reminding=left)


def eligible_day(seen: View) -> date | None:
    """The day from which the applicant qualifies, if it lies ahead and is settled."""
    verdict = seen.agenda.verdict
    if verdict is None or seen.agenda.open or verdict.outcome is not Outcome.NOT_YET:
        return None
    return verdict.eligible_from


def brought_up_to_date(before: State, after: State, now: datetime) -> tuple[State, str]:
    """The watches over days of becoming eligible, as the answers have them now, and what to say.

    A screening that is still being answered keeps its day until it comes to another one.
    """
    words = language(after.locale)
    reminding, remarks = after.reminding, []
    for watch in after.reminding.watches:
        if watch.kind != "eligible" or watch.screening is None:
            continue
        screening = _screening(after, watch.screening)
        if screening is not None and screening == _screening(before, watch.screening):
            continue
        reminding, remark = _renewed(reminding, watch, after, screening, now, words)
        remarks.append(remark)
    return replace(after, reminding=reminding), words.joined(*remarks)


def _renewed(  # noqa: PLR0913, PLR0917 - all that a day hangs on
    reminding: Reminding,
    watch: Watch,
    state: State,
    screening: Screening | None,
    now: datetime,
    words: Language,
) -> tuple[Reminding, str]:
    """One watch as the answers have it now."""
    was = words.day(watch.day) if watch.day else ""
    if screening is None:
        return reminding.without(watch.id), words.say("{day}的提醒也一起撤了。", day=was)
    seen = view(state, screening, now)
    day = eligible_day(seen)
    if day == watch.day or seen.agenda.open or seen.agenda.verdict is None:
        return reminding, ""
    if day is not None:
        changed = replace(watch, day=day, since=now, done=())
        remark = words.say(
            "按现在的回答，符合的日子从{was}变成了{day}，提醒也改到那一天。",
            was=was,
            day=words.day(day),
        )
        return reminding.with_changed(changed), remark
    if seen.agenda.verdict.outcome is Outcome.ELIGIBLE:
        remark = words.say("按现在的回答已经可以申报，{day}的提醒就撤了。", day=was)
    else:
        remark = words.say("按现在的回答定不出是哪一天了，{day}的提醒先撤了。", day=was)
    return reminding.without(watch.id), remark


def _screening(state: State, number: int) -> Screening | None:
    return next((each for each in state.screenings if each.id == number), None)
