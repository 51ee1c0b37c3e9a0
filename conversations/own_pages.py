"""The asker's pages: what was asked, one question, adding to it; and what is done there."""

from dataclasses import replace
from datetime import datetime

from conversations import beside, own_questions, ticket_words
from conversations.language import language
from conversations.model import (
    AddToTicket,
    Choice,
    CloseTicket,
    House,
    ReopenTicket,
    Reply,
    State,
    TakeBack,
)
from conversations.orders import OfTicket
from conversations.tickets import Ticket

ACTIONS = frozenset({"mine", "add", "back", "done", "again"})

MOST_ADDED = 20
"""What may be added to a question before the office says something."""

Step = tuple[State, tuple[Reply, ...]]


def prompt(state: State, now: datetime, house: House) -> Reply:
    """The page that is open."""
    words = language(state.locale)
    page, _, number = (state.focus or "").removeprefix(beside.DESK).partition(":")
    ticket = next((each for each in own_questions.mine(house) if str(each.id) == number), None)
    if ticket is None:
        return own_questions.page(state, now, house)
    if page == "one":
        return own_questions.one(words, ticket, now, house)
    text = words.say("要补充什么？您的下一条消息就会发给工作人员，补充到{ticket}里。",
                     ticket=ticket_words.named(words, ticket))  # fmt: skip
    leave = (Choice("k:leave", words.say("不补充了")),)
    return Reply(text, actions=leave, ticket=ticket.id)


def done(state: State, ticket: Ticket, action: str, now: datetime, house: House) -> Step:
    """Do what a button says; ``action`` is one of ``ACTIONS``."""
    say, number = language(state.locale).say, ticket.id
    order: OfTicket
    match action:
        case "add" if not ticket.withdrawn:
            after = beside.opened(state, f"desk:add:{number}")
            return after, (prompt(after, now, house),)
        case "back" if ticket.open:
            text, order = say("好，第{number}号撤回了，不用再答。", number=number), TakeBack(number)
        case "done" if ticket.status == "answered":
            text, order = say("好，第{number}号就算解决了。", number=number), CloseTicket(number)
        case "again" if ticket.withdrawn or ticket.status == "closed":
            order = ReopenTicket(number)
            text = say("好，第{number}号重新打开了，工作人员会接着看。", number=number)
        case _:
            after = beside.opened(state, f"desk:one:{number}")
            return after, (prompt(after, now, house),)
    # What was being asked before goes on with the next word.
    return beside.closed(state), (_ordered(state, text, order, ticket),)


def added(state: State, ticket: Ticket, text: str) -> Step:
    """Something more is said to the office."""
    say, number = language(state.locale).say, ticket.id
    if ticket_words.added_since(ticket) >= MOST_ADDED:
        enough = say(
            "第{number}号您已经补充了{count}次，工作人员还没有答。先等一等，有答复了再接着说。",
            number=number, count=MOST_ADDED,
        )  # fmt: skip
        return beside.closed(state), (Reply(enough, ticket=number),)
    told = say("补充到第{number}号里了，工作人员能看到。", number=number)
    return beside.closed(state), (_ordered(state, told, AddToTicket(number, text), ticket),)


def before(state: State) -> State:
    """The page before this one."""
    page, _, number = (state.focus or "").removeprefix(beside.DESK).partition(":")
    match page:
        case "add":
            return beside.opened(state, f"desk:one:{number}")
        case "one":
            return beside.opened(state, "desk:mine")
    return beside.closed(state)


def _ordered(state: State, text: str, order: OfTicket, ticket: Ticket) -> Reply:
    say = language(state.locale).say
    see = Choice(f"k:{ticket.id}:mine", say("看第{number}号提问", number=ticket.id))
    failed = say("没有办成：第{number}号提问已经有了变化。", number=ticket.id)
    reply = Reply(text, actions=(see,), ticket=ticket.id)
    return replace(reply, effect=order, otherwise=failed)
