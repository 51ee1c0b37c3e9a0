"""What somebody has asked an office: where each question stands, and what they can do about it."""

from datetime import datetime

from conversations import ticket_words
from conversations.language import Language, language
from conversations.model import Choice, House, Reply, State
from conversations.tickets import Ticket

MOST = 10
"""Questions shown in the list, the latest first."""


def page(state: State, now: datetime, house: House) -> Reply:
    """All questions, where each stands."""
    words = language(state.locale)
    say = words.say
    found = mine(house)[:MOST]
    choices = tuple(
        Choice(
            f"k:{each.id}:mine",
            say("{number}号 · {state} · {begins}", number=each.id,
                state=ticket_words.stands(words, each),
                begins=ticket_words.begins(words, each)),
        )
        for each in found
    )  # fmt: skip
    text = say("您的提问：") if found else say("您还没有请工作人员答过什么。")
    late = [each for each in found if ticket_words.is_late(each, now)]
    if late:
        text += "\n" + say("等得久的，工作人员那边会收到提醒。")
    actions = (Choice("k:ask", say("问工作人员")), Choice("k:leave", say("回去")))
    return Reply(text, "desk:mine", choices, actions)


def one(words: Language, ticket: Ticket, now: datetime, house: House) -> Reply:
    """One question with all that was said."""
    say = words.say
    about = [
        ticket_words.named(words, ticket),
        ticket_words.stands(words, ticket),
        ticket_words.waited(words, ticket, now),
    ]
    text = "\n\n".join([
        " · ".join(part for part in about if part),
        ticket_words.said(words, ticket, office=False),
    ])  # fmt: skip
    if ticket.open and not ticket_words.is_late(ticket, now):
        usually = ticket_words.usually(words, house.usual, ticket.award)
        text += f"\n\n{usually}" if usually else ""
    if ticket.shared:
        text += "\n\n" + say("自查给工作人员看了。")
    back = Choice("k:mine", say("看全部提问"))
    return Reply(text, "desk:one", actions=(*actions(words, ticket), back), ticket=ticket.id)


def actions(words: Language, ticket: Ticket) -> tuple[Choice, ...]:
    """What the asker can do about a question, as it stands."""
    say, number = words.say, ticket.id
    found = []
    if not ticket.withdrawn:
        found.append(Choice(f"k:{number}:add", say("补充{number}号提问", number=number)))
    if ticket.open:
        found.append(Choice(f"k:{number}:back", say("撤回{number}号提问", number=number)))
    elif ticket.status == "answered":
        found.append(Choice(f"k:{number}:done", say("{number}号解决了", number=number)))
    if ticket.withdrawn or ticket.status == "closed":
        found.append(Choice(f"k:{number}:again", say("重新问{number}号", number=number)))
    return tuple(found)


def mine(house: House) -> tuple[Ticket, ...]:
    """What whoever speaks has asked, the latest first."""
    return tuple(each for each in reversed(house.tickets) if each.mine)
