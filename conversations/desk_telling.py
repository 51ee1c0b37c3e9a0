"""What others are told of a ticket: its asker, and the office. Pure, worded as things stand now."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from conversations import desk_cards, own_questions, ticket_words
from conversations.language import language
from conversations.model import Choice, House, Reply
from conversations.tickets import Entry, Ticket, What
from rules.load import load_award
from rules.messages import message

# Above the card of whoever is to do something.
HEADS: Mapping[What, str] = {
    "new": message("📮 新的提问"),
    "more": message("📮 提问人补充了"),
    "released": message("📮 现在没有人在答了，请接手"),
    "passed": message("📮 同事转交给您"),
    "reopened": message("📮 重新打开了，请接着答"),
    "late": message("⏰ 等了{count}个工作日还没有答复"),
}
# In place of a card that others have.
INSTEAD: Mapping[What, str] = {
    "claimed": message("{ticket}：{who}来答。"),
    "answered": message("{ticket}：{who}答复了。"),
    "added": message("{ticket}：{who}又补充了答复。"),
    "passed": message("{ticket}转到别的奖那边了。"),
    "closed": message("{ticket}：结束了。"),
    "withdrawn": message("{ticket}：提问人撤回了，不用答了。"),
    "more": message("{ticket}：提问人又补充了。"),
}


def for_officer(  # noqa: PLR0913 - what, to whom, when
    ticket: Ticket, what: What, locale: str, now: datetime, house: House, *, changes: bool = False
) -> Reply | None:
    """What an office's chat is told of a ticket; ``None`` if that is no longer of use.

    ``changes``: it takes the place of a card that the chat has been given.
    """
    words = language(locale)
    if ticket.withdrawn or what == "withdrawn":
        text = words.say(INSTEAD["withdrawn"], ticket=ticket_words.named(words, ticket))
        return Reply(text, ticket=ticket.id)
    if changes and what in INSTEAD:
        who = ticket_words.claimer(words, ticket, house.numbers)
        text = words.say(INSTEAD[what], ticket=ticket_words.named(words, ticket), who=who)
        if what == "passed":
            return Reply(text, ticket=ticket.id)
        begins = ticket_words.begins(words, ticket)
        see = Choice(f"k:{ticket.id}:see", words.say("看{number}号", number=ticket.id))
        return Reply(f"{text}\n{begins}", actions=(see,), ticket=ticket.id)
    if what in ("new", "released", "late") and not ticket.open:
        return None  # it has been dealt with meanwhile
    count = max(ticket_words.days_waited(ticket, now), 2)
    head = words.say(HEADS[what], count=count) if what in HEADS else ""
    if what == "closed":
        head = words.say("提问人说不用再答了。")
    return desk_cards.card(words, ticket, now, house, head)


def for_applicant(
    ticket: Ticket, what: What, locale: str, entry: Entry | None = None
) -> Reply | None:
    """What the asker is told of their ticket; ``None`` if that is no longer of use."""
    words = language(locale)
    say, number = words.say, ticket.id
    actions = own_questions.actions(words, ticket)
    reply = Reply("", actions=actions, ticket=number)
    match what:
        case "claimed" if ticket.status == "claimed":
            text = say("第{number}号提问有工作人员接了，答好了就在这里告诉您。", number=number)
        case "answered" | "added" if entry is not None:
            return _answered(replace(reply), ticket, what, locale, entry)
        case "passed":
            award = say(load_award(ticket.award).spec.name)
            text = say("第{number}号提问转给了{award}的工作人员，由那边来答。自查没有跟着转过去。",
                       number=number, award=award)  # fmt: skip
        case "closed" if ticket.status == "closed":
            text = say("第{number}号提问，工作人员标为结束了。还有要问的，接着补充就会重新打开。",
                       number=number)  # fmt: skip
        case "reopened":
            text = say("第{number}号提问重新打开了，工作人员会接着看。", number=number)
        case _:
            return None
    return replace(reply, text=text)


def _answered(reply: Reply, ticket: Ticket, what: What, locale: str, entry: Entry) -> Reply:
    """An answer, with the question that it answers and whose it is."""
    words = language(locale)
    award = words.say(load_award(ticket.award).spec.name)
    head = words.say(
        "💬 第{number}号提问有答复了（{award}工作人员）：", number=ticket.id, award=award
    )
    if what == "added":
        head = words.say("💬 第{number}号提问，工作人员又补充了：", number=ticket.id)
    asked = words.say("您问的是：{text}", text=ticket_words.begins(words, ticket, 60))
    hint = words.say("还想问，直接回复这条消息。")
    return replace(reply, text=f"{head}\n\n{entry.text}\n\n{asked}\n{hint}")
