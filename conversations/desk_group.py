"""A staff group: what officers do there, and what everybody else is told.

A group remembers nothing of what was said: each message and each button stands for itself. The
house is that of whoever speaks.
"""

from dataclasses import replace
from datetime import datetime

from conversations import desk_deeds
from conversations.language import language
from conversations.model import Command, DeskHere, Event, House, Pressed, Reply, Said, State
from conversations.written import written
from rules.load import load_award
from rules.messages import message

AWAY = ("off", "stop", "不用了", "停", "取消")
NOT_HERE = message("{number}号不归这个群管了，没有改。要处理，私下找我打“待办”。")
NOT_YOURS = message("这里的提问由评审办公室的工作人员处理。有问题要问，私下找我就行。")


def answered(state: State, event: Event, now: datetime, house: House) -> tuple[Reply, ...]:
    """What is said in answer to an event in a group; nothing if it is not meant for the desk."""
    say = language(state.locale).say
    match event:
        case Command(name="desk_here", argument=argument):
            if not house.officer_of:
                return (Reply(say(NOT_YOURS)),)
            return (_moved(state, house, here=argument.strip().lower() not in AWAY),)
        case Said(text=text, ticket=int(number)):
            # An empty action says that it is an answer.
            return _on_ticket(state, number, "", written(text), now, house)
        case Pressed(token=token) if token.startswith("k:"):
            _, named, action, value = [*token.split(":", 3), "", ""][:4]
            if named.isdecimal():
                return _on_ticket(state, int(named), action or "see", value, now, house)
    return ()


def _on_ticket(  # noqa: PLR0913, PLR0917 - what is done, to what, by whom, when
    state: State, number: int, action: str, value: str, now: datetime, house: House
) -> tuple[Reply, ...]:
    """A button of a ticket, or without ``action`` an answer to its message."""
    words = language(state.locale)
    ticket = next((each for each in house.tickets if each.id == number), None)
    if ticket is None or ticket.award not in house.officer_of:
        # Whether it is there is nobody else's business.
        return (Reply(words.say(NOT_YOURS)),)
    if ticket.award not in house.desk_of:
        return (Reply(words.say(NOT_HERE, number=number)),)
    if not action:
        refused = desk_deeds.unfit(words, value)
        if refused:
            return (Reply(refused),)
        return (desk_deeds.answered(words, ticket, value, house),)
    reply = desk_deeds.done(words, ticket, action, value, now, house)
    if reply is None:
        return (Reply(words.say("{number}号的这个按钮已经用不上了。", number=number)),)
    # A question takes the place of the message whose button was pressed.
    return (replace(reply, question="desk:group"),)


def _moved(state: State, house: House, *, here: bool) -> Reply:
    words = language(state.locale)
    names = _names(state, house)
    if not here:
        text = words.say(
            "好，{awards}的提问不再发到这个群，改为单独发给每位工作人员。", awards=names
        )
        return Reply(text, effect=DeskHere(here=False))
    text = words.say(
        "好，{awards}的提问以后发到这个群里。谁来答就点“我来答”，回复那条消息就是答复；"
        "群里的人都能看到提问。不要了，就打 /desk_here off。",
        awards=names,
    )
    return Reply(text, effect=DeskHere())


def _names(state: State, house: House) -> str:
    words = language(state.locale)
    return words.listed(words.say(load_award(each).spec.name) for each in sorted(house.officer_of))
