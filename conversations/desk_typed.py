"""Whether what was typed is meant for the desk: the words of a button, or what a page asks for."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime

from conversations import (
    administrating,
    beside,
    canned_use,
    desk_cards,
    desk_deeds,
    own_questions,
)
from conversations.awards import find_awards
from conversations.commands import command_of, locale_of, officers_command_of
from conversations.language import language
from conversations.menu import begins
from conversations.model import Choice, House, Reply, State
from conversations.suggesting import MOST
from conversations.tickets import Ticket
from knowledge.fold import fold
from rules.load import load_award

# A number alone may as well be a day.
_OF_TICKET = re.compile(
    r"^(?P<before>看|查|补充答复|补充|撤回|回答|我来答|放回|转交|转|重新打开|重新问|结束)?第?(?P<number>\d{1,9})号"
    r"(?:提问)?(?P<after>用答复\d?|用常用答复|记成常见问题|结束|解决了?|转交|回答|怎么样了?|进展|进度"
    r"|(?:有|有没有)?(?:答复|回复|消息)了?[吗没]?)?[?。!]*$"
)

Prompt = Callable[[State, datetime, House], Reply]

_TYPED = (beside.ASK, "desk:add:", "desk:answer:", "desk:invite")
_LISTED = ("desk:list", "desk:mine", "desk:do:", "desk:one:", "desk:sent:")


def worded(state: State, text: str, now: datetime, house: House) -> str | None:
    """The button whose words were typed, if a message of the desk's has shown it."""
    words, typed = language(state.locale), fold(text)
    for token, label in _at_hand(state, house):
        if typed == fold(words.say(label)):
            return token
    page, _, number = (state.focus or "").removeprefix(beside.DESK).partition(":")
    if page == "sent" and typed == fold(words.say(desk_deeds.KEEP, number=number)):
        return f"v:k:{number}"
    for ticket in house.tickets:
        if typed in _names(state, ticket):
            return f"k:{ticket.id}:{'mine' if ticket.mine else 'see'}"
        choices = own_questions.actions(words, ticket) if ticket.mine else ()
        if ticket.award in house.officer_of:
            choices += desk_cards.actions(words, ticket, house)
            choices += canned_use.offers(words, ticket, house)
        for choice in (*choices, *_suggestions(state, typed, ticket, now, house)):
            if typed == fold(choice.label):
                return choice.token
    return None


def _at_hand(state: State, house: House) -> Iterator[tuple[str, str]]:
    """What is offered after something was done, by token."""
    if house.officer_of:
        yield "k:desk", desk_deeds.DESK
    if house.is_admin:
        yield "k:staff", administrating.BACK
    page, _, number = (state.focus or "").removeprefix(beside.DESK).partition(":")
    if page == "sent":
        yield f"k:{number}:addition", desk_deeds.ADDITION


def _names(state: State, ticket: Ticket) -> set[str]:
    """How one says which ticket is meant. A bare number is one only where tickets are listed."""
    say, number = language(state.locale).say, ticket.id
    names = {
        say("看{number}号", number=number),
        say("看第{number}号提问", number=number),
        say("第{number}号提问", number=number),
    }
    if (state.focus or "").startswith(_LISTED):
        names |= {say("第{number}号", number=number), say("{number}号", number=number)}
    return {fold(each) for each in names}


def _suggestions(
    state: State, typed: str, ticket: Ticket, now: datetime, house: House
) -> tuple[Choice, ...]:
    """The suggested answers of a ticket, which take a while to find: only if one is meant."""
    words = language(state.locale)
    labels = (desk_cards.use_label(words, ticket, place) for place in range(1, MOST + 1))
    if ticket.award not in house.officer_of or typed not in {fold(each) for each in labels}:
        return ()
    return desk_cards.card(words, ticket, now, house).actions


def place_chosen(state: State, text: str, asked: Reply) -> str | None:
    """The choice of an award whose place was typed: 吉安."""
    found = find_awards(text) if begins(text) else ()
    if len(found) != 1:
        return None
    name = language(state.locale).say(load_award(found[0].award).spec.name)
    return next((each.token for each in asked.choices if each.label == name), None)


def ticket_meant(text: str) -> int | None:
    """The number of the ticket that a text is about, if it is about one: 2号解决了, 转交2号."""
    found = _OF_TICKET.match(fold(text))
    if found is None or not (found["before"] or found["after"]):
        return None
    return int(found["number"])


def is_for_page(state: State, text: str, prompt: Prompt, now: datetime, house: House) -> bool:
    """Whether the open page asks for words, and these are not what some other thing is called."""
    if not (state.focus or "").startswith(_TYPED) or not fold(text):
        return False
    if command_of(text) or locale_of(text) or (house.officer_of and officers_command_of(text)):
        return False
    asked = prompt(state, now, house)
    labels = [choice.label for choice in (*asked.choices, *asked.actions)]
    if fold(text) in {fold(label) for label in labels}:
        return False
    return not (asked.choices and fold(text).isdecimal())
