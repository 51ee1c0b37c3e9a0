"""An officer's pages: what is to be done, one ticket, the answer that is being typed."""

from dataclasses import replace
from datetime import datetime

from conversations import beside, desk_deeds, ticket_words
from conversations.language import language
from conversations.menu import again
from conversations.model import Answer, Choice, House, Reply, State
from conversations.tickets import Ticket

MOST = 10
"""Tickets in the list; the ones that have waited longest come first."""
LIST = "desk:list"

Step = tuple[State, tuple[Reply, ...]]


def prompt(state: State, now: datetime, house: House) -> Reply:
    """The page that is open."""
    words = language(state.locale)
    page, number, action, value = [*(state.focus or "").removeprefix(beside.DESK).split(":", 3),
                                   "", "", ""][:4]  # fmt: skip
    ticket = next((each for each in at_office(house) if str(each.id) == number), None)
    if ticket is None:
        return _list(state, now, house)
    if page == "answer":
        text = words.say(
            "{ticket}\n\n{said}\n\n请打出答复。您的下一条消息就会发给提问人。",
            ticket=ticket_words.named(words, ticket),
            said=ticket_words.said(words, ticket, office=True),
        )
        back = (Choice(f"k:{number}:see", words.say("先不答")),)
        return Reply(text, "desk:answer", actions=back, ticket=ticket.id)
    shown = desk_deeds.done(words, ticket, action or "see", value, now, house)
    if shown is None or shown.effect is not None:
        return _list(state, now, house)
    return replace(shown, question="desk:card")


def done(  # noqa: PLR0913, PLR0917 - what is done, to what, by whom, when
    state: State, ticket: Ticket, action: str, value: str, now: datetime, house: House
) -> Step:
    """Do what a button of a ticket says, perhaps an old one."""
    words = language(state.locale)
    if action == "answer" and ticket.status != "closed":
        after = beside.opened(state, f"desk:answer:{ticket.id}")
        return after, (prompt(after, now, house),)
    if action == "addition":
        return _added(state, ticket, now, house)
    reply = desk_deeds.done(words, ticket, action, value, now, house)
    page = beside.opened(state, f"desk:do:{ticket.id}:see")
    if reply is None:
        remark = words.say("{number}号的这个按钮已经用不上了，什么都没有改。", number=ticket.id)
        return again(page, now, remark, house)
    if reply.effect is None:
        page = beside.opened(state, f"desk:do:{ticket.id}:{action}:{value}".rstrip(":"))
    elif isinstance(reply.effect, Answer):
        return beside.opened(state, f"desk:sent:{ticket.id}", text=reply.effect.text), (reply,)
    elif action == "to":
        return beside.opened(state, LIST), (reply,)
    return page, (replace(reply, question="desk:card"),)


def answered(state: State, ticket: Ticket, text: str, house: House) -> Step:
    """Send what was typed; it is kept for as long as it may be wanted as an addition."""
    words = language(state.locale)
    reply = desk_deeds.answered(words, ticket, text, house)
    return beside.opened(state, f"desk:sent:{ticket.id}", text=text), (reply,)


def _added(state: State, ticket: Ticket, now: datetime, house: House) -> Step:
    """Send, beside a colleague's answer, what came too late to be the answer."""
    words = language(state.locale)
    text = state.draft.get("text")
    if not text or state.focus != f"desk:sent:{ticket.id}":
        remark = words.say("那段答复已经不在了，请重新写。")
        return again(beside.opened(state, f"desk:answer:{ticket.id}"), now, remark, house)
    reply = desk_deeds.answered(words, ticket, str(text), house, addition=True)
    return beside.opened(state, LIST), (reply,)


def before(state: State) -> State:
    """The page before this one."""
    page, number, action = [*(state.focus or "").removeprefix(beside.DESK).split(":"), "", ""][:3]
    if page == "answer" or (page == "do" and action != "see"):
        return beside.opened(state, f"desk:do:{number}:see")
    return beside.closed(state) if page == "list" else beside.opened(state, LIST)


def at_office(house: House) -> tuple[Ticket, ...]:
    """The tickets of the awards of whoever looks, as an officer."""
    return tuple(each for each in house.tickets if each.award in house.officer_of)


def _list(state: State, now: datetime, house: House) -> Reply:
    """What is open, the oldest first; and what was dealt with lately."""
    words = language(state.locale)
    say = words.say
    waiting = [each for each in at_office(house) if each.open]
    done_lately = [each for each in at_office(house) if not each.open and not each.withdrawn]
    shown = (waiting + done_lately[::-1])[:MOST]
    choices = tuple(
        Choice(f"k:{each.id}:see", desk_deeds.title(words, each, now, house)) for each in shown
    )
    late = sum(ticket_words.is_late(each, now) for each in waiting)
    text = (
        say("要答的提问有{count}个。", count=len(waiting)) if waiting else say("没有要答的提问。")
    )
    if late:
        text = words.joined(text, say("其中{count}个等了两个工作日以上。", count=late))
    actions = [Choice("k:leave", say("回去"))]
    if house.is_admin:
        actions.insert(0, Choice("k:staff", say("工作人员")))
    return Reply(text, LIST, choices, tuple(actions))
