"""A round as it is shown to the officer: before it goes out, and what a change comes to."""

from collections.abc import Iterator
from datetime import date, datetime

from conversations.model import Choice, Reply
from conversations.writing import (
    ANNOUNCE,
    BROADCAST,
    CHANGE,
    PREVIEW,
    WITHDRAW,
    Writing,
    day_of,
    values_of,
    zone_of,
)
from knowledge.model import Citation
from rules.load import load_award
from rules.messages import message
from rules.plan import Planned, plan
from rules.rounds import Round
from rules.workdays import is_workday

_LABELS = {
    "title": message("通知标题"),
    "number": message("文号"),
    "opens": message("开始申报"),
    "closes": message("截止"),
    "hand_in": message("交什么"),
    "where": message("交到哪里"),
    "milestones": message("其他日子"),
}
NOTHING = message("没有写")


def preview(seen: Writing) -> Reply:
    """All of what is to go out, to be confirmed."""
    say = seen.say
    if seen.doing == BROADCAST:
        text = say(
            "会发给所有关注{award}的人：\n\n{text}\n\n有多少人，确认之后告诉您。发出去就收不回来了。",
            award=seen.award_name, text=seen.value("text"),
        )  # fmt: skip
        return _confirm(seen, text, say("发出去"))
    if seen.doing == WITHDRAW and seen.old is not None:
        text = "\n".join(
            [
                *lines(seen, seen.old),
                "",
                say(
                    "要撤回这一轮吗？关注的人会收到通知，提醒都会停。撤回之后不能恢复，只能重新发布。"
                ),
            ]
        )
        return _confirm(seen, text, say("撤回"))
    new = seen.round()
    if seen.doing == CHANGE and seen.old is not None:
        changes = list(_changes(seen, seen.old, new))
        if not changes:
            return _confirm(seen, say("和原来一样，没有要改的。"), "")
        text = "\n".join([summary(seen, seen.old), *changes, *_remarks(seen, new)])
        text = f"{text}\n\n{say('关注的人会收到更正，写明原来和现在。确认吗？')}"
        return _confirm(seen, text, say("确认更正"))
    text = "\n".join([*lines(seen, new), *_remarks(seen, new)])
    text = f"{text}\n\n{say('请从头看一遍。确认之后，关注的人马上会收到。')}"
    return _confirm(seen, text, say("发布"))


def _confirm(seen: Writing, text: str, yes: str) -> Reply:
    say = seen.say
    choices = [Choice(f"o:go:{seen.digest}", yes)] if yes else []
    if seen.doing in (ANNOUNCE, CHANGE):
        choices.append(Choice("o:fields", say("改一项")))
    if seen.doing == BROADCAST:
        choices.append(Choice("o:f:text", say("改一改")))
    choices.append(
        Choice("o:drop", say("不发了，丢掉") if seen.doing != WITHDRAW else say("不撤回"))
    )
    actions = Choice("o:back", say("返回")), Choice("o:cancel", say("先停一停"))
    cited = tuple(dict.fromkeys(each.step.citation for each in _late(seen)))
    citations: tuple[Citation, ...] = cited if seen.doing in (ANNOUNCE, CHANGE) else ()
    return Reply(text, f"round:{PREVIEW}", tuple(choices), actions, citations)


def lines(seen: Writing, shown: Round) -> list[str]:
    """A round, a line for each thing."""
    say, values = seen.say, values_of(shown, zone_of(shown.award))
    name = say(load_award(shown.award).spec.name)
    about = say("{award}{year}年度", award=name, year=shown.year)
    told_of = (say("{title}：{answer}", title=say(label), answer=_told(seen, field, values))
               for field, label in _LABELS.items())  # fmt: skip
    return [about, *told_of]


def summary(seen: Writing, shown: Round) -> str:
    """A round in one line, for a list."""
    zone = zone_of(shown.award)
    first, last = (each.astimezone(zone).date() for each in (shown.opens, shown.closes))
    return seen.say(
        "{award}{year}年度（{first}至{last}）",
        award=seen.say(load_award(shown.award).spec.name),
        year=shown.year,
        first=seen.words.day(first),
        last=seen.words.day(last),
    )


def told(seen: Writing, question: str) -> str:
    """An answer of the draft as people read it; empty if there is none."""
    value = seen.value(question)
    if question == "award":
        return seen.award_name
    if question == "year" and value:
        return seen.words.year(int(value))
    if question in ("opens_at", "closes_at"):
        return str(value or "")
    if question in _LABELS and value is not None:
        published = values_of(seen.old, seen.zone) if seen.old else {}
        return _told(seen, question, {**published, **seen.draft})
    return str(value or "") if question == "text" else ""


def note(seen: Writing, moment: datetime) -> str:
    """A moment as the office reads it."""
    local = moment.astimezone(seen.zone)
    return f"{seen.words.day(local.date())} {local:%H:%M}"


def _told(seen: Writing, field: str, values: dict[str, object]) -> str:
    value = values.get(field)
    if field == "milestones":
        days = value if isinstance(value, list) else []
        return seen.words.listed(_milestone(seen, each) for each in days) or seen.say(NOTHING)
    if field in ("opens", "closes"):
        day = day_of(value)
        hour = values.get(f"{field}_at")
        if day is None:
            return ""
        text = seen.words.interval(day)
        text = f"{text} {hour}" if hour else text
        rest = day.exact and not is_workday(day.first)
        return seen.say("{moment}（休息日）", moment=text) if rest else text
    return str(value or "") or seen.say(NOTHING)


def _milestone(seen: Writing, each: dict[str, str]) -> str:
    if "day" not in each:
        return each["title"]
    day = seen.words.day(date.fromisoformat(each["day"]))
    return seen.say("{day} {title}", day=day, title=each["title"])


def _changes(seen: Writing, old: Round, new: Round) -> Iterator[str]:
    """What is changed, each thing with how it was and how it will be."""
    before, after = values_of(old, seen.zone), values_of(new, seen.zone)
    for field, label in _LABELS.items():
        was, will = _told(seen, field, before), _told(seen, field, after)
        if was != will:
            yield seen.say(
                "{what}：原来 {old} → 现在 {new}", what=seen.say(label), old=was, new=will
            )


def _remarks(seen: Writing, new: Round) -> list[str]:
    """What the officer may not have thought of."""
    say = seen.say
    found = []
    rest = [new.opens, new.closes]
    if any(not is_workday(moment.astimezone(seen.zone).date()) for moment in rest):
        found.append(say("有一天是休息日，请看看是不是这样。"))
    late = _late(seen)
    if late:
        first = min(each.begins_by for each in late if each.begins_by is not None)
        found.append(say(
            "按办法，申报前的公示最晚{day}就要开始，现在才发布就来不及了，请看看截止的日子。",
            day=seen.words.day(first),
        ))  # fmt: skip
    return ["", *found] if found else []


def _late(seen: Writing) -> list[Planned]:
    """Steps before an application, of a length that the regulation sets, that are late already."""
    closes = seen.moment("closes")
    if closes is None or seen.doing not in (ANNOUNCE, CHANGE):
        return []
    steps = load_award(seen.award, closes.date()).steps
    return [
        each
        for track in steps.values()
        for each in plan(track, closes.date())
        if each.begins_by is not None and each.begins_by < seen.today
    ]
