"""Tickets in words: where one stands, how long it has waited, what was said in it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil

from conversations.datelines import moment
from conversations.language import Language
from conversations.tickets import Ticket
from conversations.working_time import DAY, overdue_at, worked_between
from conversations.writing import zone_of
from conversations.written import together
from rules.load import load_award
from rules.messages import message

FOR_ASKER: Mapping[str, str] = {
    "waiting": message("等工作人员接"),
    "claimed": message("工作人员在看了"),
    "answered": message("已经答复"),
    "closed": message("结束了"),
}
FOR_OFFICE: Mapping[str, str] = {
    "waiting": message("等人接"),
    "claimed": message("{who}来答"),
    "answered": message("{who}答复了"),
    "closed": message("结束了"),
}
ENTRIES: Mapping[str, str] = {
    "asked": message("问：{text}"),
    "added": message("补充：{text}"),
    "answer": message("答：{text}"),
    "officer": message("工作人员答：{text}"),
}
LONGEST = 6000
"""Characters of what followed a question that are shown with it."""
WITHDRAWN = message("撤回了")


def named(words: Language, ticket: Ticket) -> str:
    """What a ticket is called: its number and its award."""
    award = words.say(load_award(ticket.award).spec.name)
    return words.say("第{number}号提问（{award}）", number=ticket.id, award=award)


def stands(words: Language, ticket: Ticket) -> str:
    """Where it stands, as its asker is told."""
    return words.say(WITHDRAWN if ticket.withdrawn else FOR_ASKER[ticket.status])


def stands_at_office(words: Language, ticket: Ticket, numbers: frozenset[int]) -> str:
    """Where it stands, as officers are told; ``numbers`` are those of whoever reads."""
    if ticket.withdrawn:
        return words.say(WITHDRAWN)
    return words.say(FOR_OFFICE[ticket.status], who=claimer(words, ticket, numbers))


def claimer(words: Language, ticket: Ticket, numbers: frozenset[int] = frozenset()) -> str:
    """Who deals with it, as colleagues call them."""
    if ticket.claimed_among(numbers):
        return words.say("您")
    if ticket.claimed_by is None:
        return words.say("同事")
    return ticket.claimed_label or words.say("{number}号工作人员", number=ticket.claimed_by)


def days_waited(ticket: Ticket, now: datetime) -> int:
    """For how many working days the asker has waited; nothing if they do not wait."""
    if ticket.waiting_since is None:
        return 0
    return worked_between(ticket.waiting_since, now, zone_of(ticket.award)) // DAY


def is_late(ticket: Ticket, now: datetime) -> bool:
    """Whether an answer has been waited for for too long."""
    since = ticket.waiting_since
    return since is not None and overdue_at(since, zone_of(ticket.award)) <= now


def waited(words: Language, ticket: Ticket, now: datetime) -> str:
    """For how long the asker has waited, if that is worth a word."""
    days = days_waited(ticket, now)
    if is_late(ticket, now):
        return words.say("⚠ 已经等了{count}个工作日", count=max(days, 2))
    return words.say("等了{count}个工作日", count=days) if days else ""


def usually(words: Language, usual: Mapping[str, timedelta], award: str) -> str:
    """How long an answer usually takes; empty if that is not known."""
    time = usual.get(award)
    if time is None:
        return ""
    if time <= DAY / 2:
        return words.say("一般半个工作日内答复。")
    if time <= DAY:
        return words.say("一般一个工作日内答复。")
    return words.say("一般{count}个工作日内答复。", count=ceil(time / DAY))


def said(words: Language, ticket: Ticket, *, office: bool) -> str:
    """What was said in it, the question first; of much that followed only the latest."""
    asked, later = ticket.entries[:1], list(ticket.entries[1:])
    left = 0
    while len(later) > 1 and sum(len(each.text) for each in later) > LONGEST:
        later.pop(0)
        left += 1
    answer = "answer" if office else "officer"
    lines = [words.say(ENTRIES["asked"], text=together(each.text)) for each in asked]
    if left:
        lines.append(words.say("（中间还有{count}条，在前面的消息里）", count=left))
    for each in later:
        if each.by == "applicant":
            lines.append(words.say(ENTRIES["added"], text=together(each.text)))
        else:
            lines.append(words.say(ENTRIES[answer], text=each.text))
    return "\n\n".join(lines)


def added_since(ticket: Ticket) -> int:
    """How often the asker has added something since the office has last said anything."""
    by = [each.by for each in ticket.entries[1:]]
    return next((place for place, each in enumerate(reversed(by)) if each != "applicant"), len(by))


def begins(words: Language, ticket: Ticket, most: int = 24) -> str:
    """The first words of the question, for lists."""
    line = " ".join(ticket.question.split())
    if not line:
        return words.say("（已经删除）")
    return line if len(line) <= most else f"{line[:most]}…"


def asked_at(words: Language, ticket: Ticket) -> str:
    """When it was asked, by the clock of the office."""
    return moment(words, ticket.opened, zone_of(ticket.award).key)
