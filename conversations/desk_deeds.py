"""What an officer does to a ticket by a tap or an answer: the same in private and in groups.

Each gives the message in answer, which carries the order; nothing here depends on what page is
open.
"""

from dataclasses import replace
from datetime import datetime

from conversations import desk_cards, ticket_words
from conversations.language import Language
from conversations.model import (
    Answer,
    Choice,
    Claim,
    CloseTicket,
    House,
    PassOn,
    Release,
    ReopenTicket,
    Reply,
)
from conversations.orders import OfTicket
from conversations.tickets import Ticket
from knowledge.load import awards as award_ids
from rules.load import load_award
from rules.messages import message

MOST_COLLEAGUES = 20
LONGEST = 2000
"""Characters of a question, as of an answer; what is longer is asked to be put shorter."""
KEEP = message("{number}号记成常见问题")
DESK, ADDITION = message("看待办"), message("作为补充发过去")
TAKEN = message("{number}号没有改：同事刚接了，或者它已经不在这里了。看看现在的情况吧。")


def done(  # noqa: PLR0913, PLR0917 - what is done, to what, by whom, when
    words: Language, ticket: Ticket, action: str, value: str, now: datetime, house: House
) -> Reply | None:
    """Do what a button says; ``None`` if there is no such button, or no longer."""
    say, number = words.say, ticket.id
    me = min(house.numbers, default=None)
    order: OfTicket
    match action:
        case "see":
            return desk_cards.card(words, ticket, now, house)
        case "claim" if ticket.status == "waiting":
            after = replace(ticket, status="claimed", claimed_by=me, claimed_label=_mine(house))
            who = ticket_words.claimer(
                words, after, frozenset() if house.in_group else house.numbers
            )
            head, order = say("好，{number}号归{who}来答。", number=number, who=who), Claim(number)
        case "release" if ticket.claimed_among(house.numbers) and ticket.status == "claimed":
            head, order = say("好，{number}号放回去了，等别人接。", number=number), Release(number)
            after = replace(ticket, status="waiting", claimed_by=None)
        case "close" if ticket.status != "closed":
            head, order = say("好，{number}号结束了。", number=number), CloseTicket(number)
            after = replace(ticket, status="closed", waiting_since=None)
        case "reopen" if ticket.status in ("answered", "closed"):
            head, order = say("好，{number}号重新打开了。", number=number), ReopenTicket(number)
            after = replace(ticket, status="waiting" if ticket.claimed_by is None else "claimed")
        case "use":
            return _proposed(words, ticket, value, now, house)
        case "send":
            found = _suggested(ticket, value, now, house)
            return None if found is None else answered(words, ticket, found, house)
        case "pass" if ticket.open:
            return _whom(words, ticket, house)
        case "to" if ticket.open:
            return _passed(words, ticket, value, house)
        case _:
            return None
    seen = replace(house, numbers=frozenset()) if house.in_group else house
    shown = desk_cards.card(words, after, now, seen, head)
    return _with_order(words, shown, ticket, order)


def unfit(words: Language, text: str) -> str:
    """Why a text (as ``written`` has it) is not passed on; empty if it is."""
    if not text:
        return words.say("没有收到文字，什么都没有发出去。")
    if len(text) > LONGEST:
        return words.say("这段话太长了，请压到{count}个字以内。", count=LONGEST)
    return ""


def answered(
    words: Language, ticket: Ticket, text: str, house: House, *, addition: bool = False
) -> Reply:
    """Send an answer; if a colleague was quicker, its text can go as an addition."""
    say, number = words.say, ticket.id
    addition = addition or (ticket.status == "answered" and ticket.claimed_among(house.numbers))
    again = () if house.in_group else (
        Choice(f"k:{number}:addition", say(ADDITION)),
        Choice(f"k:{number}:see", say("看{number}号", number=number)),
        Choice("k:desk", say(DESK)),
    )  # fmt: skip
    keep = Choice(f"v:k:{number}", say(KEEP, number=number))
    return Reply(
        say("发给提问人了（{number}号）。", number=number),
        actions=() if house.in_group else (keep, Choice("k:desk", say(DESK))),
        effect=Answer(number, text, addition=addition),
        otherwise=say(
            "{number}号没有发出去：同事先答了或者接了，或者已经结束了。您写的在这里：\n\n{text}",
            number=number, text=text,
        ),
        fallback=again,
        ticket=number,
    )  # fmt: skip


def _with_order(words: Language, reply: Reply, ticket: Ticket, order: OfTicket) -> Reply:
    see = Choice(f"k:{ticket.id}:see", words.say("看{number}号", number=ticket.id))
    failed = words.say(TAKEN, number=ticket.id)
    return replace(reply, effect=order, otherwise=failed, fallback=(see,))


def _suggested(ticket: Ticket, name: str, now: datetime, house: House) -> str | None:
    found = desk_cards.suggested(ticket, now, house)
    return next((each.text for each in found if each.id == name), None)


def _proposed(
    words: Language, ticket: Ticket, name: str, now: datetime, house: House
) -> Reply | None:
    """A suggested answer in full, before it is sent."""
    text = _suggested(ticket, name, now, house)
    if text is None:
        return None
    say, number = words.say, ticket.id
    choices = (
        Choice(f"k:{number}:send:{name}", say("就发这个")),
        Choice(f"k:{number}:see", say("不用，回到{number}号", number=number)),
    )
    head = say("{number}号可以这样答：", number=number)
    return Reply(f"{head}\n\n{text}", choices=choices, ticket=number)


def _whom(words: Language, ticket: Ticket, house: House) -> Reply:
    """To whom a ticket can be given: colleagues first, then the offices of the other awards."""
    say, number = words.say, ticket.id
    colleagues = [
        each
        for each in house.colleagues
        if each.award in (None, ticket.award)
        and each.number not in {*house.numbers, ticket.claimed_by}
    ][:MOST_COLLEAGUES]
    choices = [
        Choice(f"k:{number}:to:{each.number}", _label(words, each.number, each.label))
        for each in colleagues
    ]
    choices += [
        Choice(f"k:{number}:to:{award}", say(load_award(award).spec.name))
        for award in award_ids() if award != ticket.award
    ]  # fmt: skip
    back = Choice(f"k:{number}:see", say("不转了，回到{number}号", number=number))
    return Reply(say("{number}号转给谁？", number=number), choices=(*choices, back), ticket=number)


def _mine(house: House) -> str:
    labels = (each.label for each in house.colleagues if each.number in house.numbers)
    return next((label for label in labels if label), "")


def _label(words: Language, number: int, label: str) -> str:
    return label or words.say("{number}号工作人员", number=number)


def _passed(words: Language, ticket: Ticket, value: str, house: House) -> Reply | None:
    say, number = words.say, ticket.id
    colleague = next((each for each in house.colleagues if str(each.number) == value), None)
    if colleague is not None and colleague.award in (None, ticket.award):
        who = _label(words, colleague.number, colleague.label)
        text, to = say("好，{number}号转交给{who}了。", number=number, who=who), colleague.number
        reply = _with_order(words, Reply(text, ticket=number), ticket, PassOn(number, to))
        away = say(
            "{number}号没有转：{who}现在收不到消息，或者它刚有了变化。", number=number, who=who
        )
        return replace(reply, otherwise=away)
    if value in award_ids() and value != ticket.award:
        who = say(load_award(value).spec.name)
        text = say("好，{number}号转给{who}的工作人员了。", number=number, who=who)
        if value not in house.staffed:
            nobody = say("那边还没有工作人员在这里，要有人来了才看得到。")
            text = words.joined(text, nobody)
        return _with_order(words, Reply(text, ticket=number), ticket, PassOn(number, value))
    return None


def title(words: Language, ticket: Ticket, now: datetime, house: House) -> str:
    """A ticket in one line, for the list of what is to be done."""
    about = [
        words.say("{number}号", number=ticket.id),
        words.say(load_award(ticket.award).spec.area) if len(house.officer_of) > 1 else "",
        ticket_words.stands_at_office(words, ticket, house.numbers),
        ticket_words.waited(words, ticket, now),
        ticket_words.begins(words, ticket),
    ]
    return " · ".join(part for part in about if part)
