"""The flow about waiting: what was won or decided, when, and from when one may apply again."""

from collections.abc import Iterator
from datetime import date, datetime

from conversations import aside, datelines, prospects, whose
from conversations.choices import read_choices
from conversations.dates import read_when
from conversations.explain import Subject, reading
from conversations.following import day_watch, rounds_watch
from conversations.language import Language, language
from conversations.model import Choice, House, Reply, State
from conversations.report import applies
from conversations.scope import PAST_AWARDS
from conversations.shown import TRACKS
from conversations.text import NotUnderstood
from conversations.waits import Wait, events, happened, latest, waits
from knowledge.load import awards as award_ids
from knowledge.model import Citation
from rules.award import Award, Criterion, RuleSet
from rules.load import load_award
from rules.messages import message
from rules.model import Facts, Tier, Track
from rules.periods import Interval, format_interval, parse_interval
from rules.spec import Ban, WaitingPeriod

ORDER = ("award", "event", "track", "when")
COUNTED = {
    "calendar": message("获奖那一年不算，从下一年算起满{years}年。"),
    "full": message("从获奖那天算起，满{years}年的那一天起就可以。"),
    "within": message("从那天算起{years}年内都不行，满{years}年的当天也还在内。"),
}


def question(state: State) -> str:
    """What is asked next; ``found`` once nothing is."""
    draft = state.draft
    if draft.get("award") not in award_ids():
        return "award"
    award = load_award(draft["award"])
    if draft.get("event") not in {name for name, _ in events(award)}:
        return "event"
    if track_of(state) is None:
        return "track"
    return "found" if draft.get("when") else "when"


def track_of(state: State) -> Track | None:
    """Who applies: as said, or any of them where it makes no difference."""
    award = load_award(state.draft["award"])
    said = state.draft.get("track")
    if said in award.tracks:
        return Track(said)
    day = Interval(date(2020, 1, 1), date(2020, 1, 1))
    results = [_by_tier(award, track, state.draft["event"], day) for track in award.tracks]
    same = all(
        each.get(tier) == found for each in results for tier, found in results[0].items()
        if tier in each
    )  # fmt: skip
    return award.tracks[0] if same else None


def _by_tier(
    award: Award, track: Track, event: str, when: Interval
) -> dict[Tier, tuple[tuple[str, ...], date | None]]:
    return {
        tier: (tuple(criterion.id for criterion in wait.criteria), wait.last)
        for wait in waits(award, track, event, when)
        for tier in wait.tiers
    }


def prompt(state: State, now: datetime, house: House) -> Reply:
    """The question that is open, or the answer."""
    asked = question(state)
    if asked == "found":
        return _found(state, now, house)
    words = language(state.locale)
    say = words.say
    choices: list[Choice] = []
    if asked == "award":
        text = say("获过哪个奖，或者在哪个奖上受过处理？点一个，或者直接打地名。")
        choices = [Choice(f"n:wa:award:{each}", say(load_award(each).spec.name))
                   for each in award_ids()]  # fmt: skip
    elif asked == "event":
        award = load_award(state.draft["award"])
        text = say("{award}：是哪一种情况？", award=say(award.spec.name))
        choices = [Choice(f"n:wa:event:{name}", _happened(words, name, label))
                   for name, label in events(award)]  # fmt: skip
    elif asked == "track":
        text = say("是组织，还是个人？这里两者不一样。")
        tracks = load_award(state.draft["award"]).tracks
        choices = [Choice(f"n:wa:track:{track.value}", say(TRACKS[track])) for track in tracks]
    elif state.draft["event"].startswith(PAST_AWARDS):
        text = say("表彰决定是哪天发布的？只记得年份也行，比如“2021年”。")
    else:
        text = say("处理决定是哪天的？只记得年份也行，比如“2021年”。")
    day_token = "n:wa:when" if asked == "when" else None
    return Reply(text, f"date:wait:{asked}", tuple(choices), datelines.ways_out(words),
                 day_token=day_token)  # fmt: skip


def _happened(words: Language, event: str, label: str) -> str:
    if event.startswith(PAST_AWARDS):
        return words.say("获得过{prize}", prize=words.say(label))
    return words.say(label)


def take(state: State, text: str, now: datetime) -> tuple[State | None, str]:
    """Take what was typed: the state with it, or why it was not understood."""
    say, asked = language(state.locale).say, question(state)
    if asked in ("when", "found"):
        return _take_when(state, text, now)
    if asked in ("award", "track"):
        return whose.take(state, asked, text)
    names = list(events(load_award(state.draft["award"])))
    labels = [_happened(language(state.locale), name, label) for name, label in names]
    picked = read_choices(text, labels) or read_choices(text, [say(each) for _, each in names])
    if picked is None or len(picked) != 1:
        return None, say("没看懂选的是哪一个。请选一项，或者照着选项的字说。")
    return aside.answered(state, event=names[picked[0]][0]), ""


def pick(state: State, rest: str, now: datetime) -> tuple[State | None, str] | None:
    """Take what was pressed, ``award:jian``; ``None`` if that is not what is asked."""
    asked, _, value = rest.partition(":")
    if asked != question(state) and not (asked == "when" and question(state) == "found"):
        return None
    if asked == "when":
        try:
            when = parse_interval(value)
        except ValueError:
            return None
        return _with_when(state, when, now)
    return aside.answered(state, **{asked: value}), ""


def _take_when(state: State, text: str, now: datetime) -> tuple[State | None, str]:
    when = read_when(text, datelines.today(state, now))
    if isinstance(when, NotUnderstood):
        say = language(state.locale).say
        return None, say("没看懂是什么时候。可以说“2021年”“2021年12月”“2021年12月3日”。")
    return _with_when(state, when, now)


def _with_when(state: State, when: Interval, now: datetime) -> tuple[State | None, str]:
    say = language(state.locale).say
    known = when.until(datelines.today(state, now))
    if known is None:
        return None, say("这一天还没到。请说已经发生的日期。")
    if known.first.year < 1900:
        return None, say("请至少说一个年份，比如“2021年”，才好往后数。")
    return aside.answered(state, when=format_interval(known)), ""


def _found(state: State, now: datetime, house: House) -> Reply:
    """From when one may apply again, why, and which round comes after it."""
    words = language(state.locale)
    award, event = load_award(state.draft["award"]), state.draft["event"]
    track, when = track_of(state) or award.tracks[0], parse_interval(state.draft["when"])
    found = waits(award, track, event, when)
    label = dict(events(award))[event]
    head = words.say("【{award} · {when}{event}】", award=words.say(award.spec.name),
                     when=words.interval(when), event=_happened(words, event, label))  # fmt: skip
    if any(wait.criteria for wait in found):
        today = datelines.today(state, now)
        blocks = [head, *(_block(words, award, wait, today) for wait in found)]
    else:
        blocks = [head, _no_wait(words, award, track, event, when)]
    last = latest(found)
    target = max(last or date.min, datelines.today(state, now))
    blocks.append(prospects.outlook(state, house, award.id, target, now))
    end = award.regulation.in_force_until
    if last is not None and end is not None and last > end:
        blocks.append(words.say("办法有效期到{end}为止，{day}时要看新的办法。",
                                end=words.day(end), day=words.day(last)))  # fmt: skip
    blocks.append(words.say("这里只算了间隔；别的条件要另外对照。"))
    return Reply(
        "\n\n".join(blocks),
        "date:wait:found",
        tuple(_choices(words, state, now, house, last)),
        datelines.ways_out(words),
        _citations(found),
        day_token="n:wa:when",  # noqa: S106 - a button's
    )


def _citations(found: tuple[Wait, ...]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(c.citation for wait in found for c in wait.criteria))


def _block(words: Language, award: Award, wait: Wait, today: date) -> str:
    """What holds for some tiers."""
    say = words.say
    names = words.listed(say(award.spec.tier_names[tier]) for tier in wait.tiers)
    if not wait.criteria or wait.first is None or wait.last is None:
        return say("报{prize}：这一次不算在内，不用等。", prize=names)
    if wait.last <= today:
        lines = [say("报{prize}：间隔已经过了，{day}起就可以。", prize=names,
                     day=words.day(wait.last))]  # fmt: skip
    elif wait.first == wait.last:
        lines = [say("报{prize}：{day}起可以。", prize=names, day=words.day(wait.last))]
    else:
        lines = [
            say("报{prize}：要看是哪一天，最早{first}起，最晚{last}起可以。", prize=names,
                first=words.day(wait.first), last=words.day(wait.last)),
            say("知道确切的日子，直接打出来，就能算准。"),
        ]  # fmt: skip
    for criterion in wait.criteria:
        lines.append(say("依据：{label}", label=criterion.citation.label))
        rule = criterion.rule
        if isinstance(rule, WaitingPeriod | Ban):
            counted = rule.counted if isinstance(rule, WaitingPeriod) else "within"
            lines.append(say(COUNTED[counted], years=rule.years))
        subject = Subject(words, award, _rules(award, criterion, wait), Facts(), today)
        read = reading(subject, criterion)
        if read:
            lines.append(say("这里的理解：{reading}", reading=read))
    return "\n".join(lines)


def _rules(award: Award, criterion: Criterion, wait: Wait) -> RuleSet:
    return next(
        rules
        for (_, tier), rules in award.rule_sets.items()
        if tier in wait.tiers and criterion in rules.criteria
    )


def _no_wait(words: Language, award: Award, track: Track, event: str, when: Interval) -> str:
    """What the text says where nothing has to be waited for."""
    rules = award.rule_sets[track, award.tiers(track)[0]]
    facts = happened(award.id, event, when)
    said = [
        words.say("{title}（{label}）", title=words.say(note.spec.text), label=note.citation.label)
        for note in award.notes
        if note.citation is not None
        and note.spec.when is not None
        and (note.spec.when.past_award or note.spec.when.sanction)
        and applies(note, rules, facts, when.last)
    ]
    return "\n".join(said) or words.say(
        "我在办法里没有找到这种情况之后要等多久的规定。能不能报，请问评审办公室。"
    )


def _choices(
    words: Language, state: State, now: datetime, house: House, last: date | None
) -> Iterator[Choice]:
    say, award = words.say, state.draft["award"]
    if last is not None and last > datelines.today(state, now):
        watch = day_watch(state, "waiting", award, last)
        if watch is None:
            yield Choice(f"n:w:{award}:{last}", say("到{day}提醒我", day=words.day(last)))
        else:
            yield Choice(f"n:stop:{watch.id}", say("{day}不用提醒了", day=words.day(last)))
    if rounds_watch(state, award) is None:
        ready = prospects.standing(house.rounds, award, now)
        label = say("提醒我这一轮的日子") if ready else say("有申报通知就告诉我")
        yield Choice(f"n:f:{award}", label)
    yield Choice(f"n:check:{award}", say("对照其他条件"))
    yield Choice("n:wait", say("再算一个"))
