"""A ticket as officers see it, with all that can be done about it.

The same in a page, in a message that comes unasked and in a group. Every label names its ticket,
so that it can be typed wherever the message stands.
"""

from collections.abc import Sequence
from datetime import datetime

from conversations import canned_use, suggesting, ticket_words
from conversations.language import Language
from conversations.model import Choice, House, Reply
from conversations.suggesting import Suggested
from conversations.tickets import Ticket
from conversations.writing import zone_of

EXCERPT = 120
"""Characters of a suggested answer that stand on the card."""
LONGEST_TOKEN = 64


def card(words: Language, ticket: Ticket, now: datetime, house: House, head: str = "") -> Reply:
    """A ticket with its context and what may be answered; ``head`` is why it is shown."""
    say = words.say
    state = ticket_words.stands_at_office(words, ticket, house.numbers)
    about = [
        ticket_words.named(words, ticket),
        say("{at}提的", at=ticket_words.asked_at(words, ticket)),
        state,
        ticket_words.waited(words, ticket, now),
    ]
    blocks = [head, " · ".join(part for part in about if part)]
    blocks.append(ticket_words.said(words, ticket, office=True))
    if ticket.shared:
        blocks.append(say("提问人同意给您看的自查：\n{text}", text=ticket.shared))
    offered = suggested(ticket, now, house) if ticket.open and may_answer(ticket, house) else ()
    if offered:
        lines = [f"{place}. {_excerpt(each.text)}" for place, each in enumerate(offered, 1)]
        blocks.append(say("可以这样答：\n{lines}", lines="\n".join(lines)))
    if ticket.open and house.in_group:
        blocks.append(say("要答，直接回复这条消息；写的会原样发给提问人。"))
    elif ticket.open and may_answer(ticket, house):
        hint = say("要答，直接回复这条消息，或者选“回答{number}号”再写；写的会原样发给提问人。",
                   number=ticket.id)  # fmt: skip
        blocks.append(hint)
    return Reply(
        "\n\n".join(block for block in blocks if block),
        actions=(
            *_suggestions(words, ticket, offered),
            *actions(words, ticket, house),
            *canned_use.offers(words, ticket, house),
        ),
        ticket=ticket.id,
    )


def suggested(ticket: Ticket, now: datetime, house: House) -> tuple[Suggested, ...]:
    """Answers that may fit, in the asker's language, the best first."""
    today = now.astimezone(zone_of(ticket.award)).date()
    asked = ticket.question
    found = suggesting.suggestions_for(asked, ticket.award, ticket.locale, house, today)
    fits = (each for each in found if len(_token(ticket, "send", each.id)) <= LONGEST_TOKEN)
    return tuple(fits)


def may_answer(ticket: Ticket, house: House) -> bool:
    """Whether an answer by whoever looks at it would be the first: no colleague deals with it."""
    return house.in_group or ticket.claimed_by is None or ticket.claimed_among(house.numbers)


def actions(words: Language, ticket: Ticket, house: House) -> tuple[Choice, ...]:
    """What an officer can do about a ticket, as it stands."""
    say, number = words.say, ticket.id

    def action(name: str, label: str) -> Choice:
        return Choice(f"k:{number}:{name}", label)

    if ticket.withdrawn:
        return ()
    if not ticket.open:
        found = [action("reopen", say("重新打开{number}号", number=number))]
        if ticket.status == "answered":
            found.insert(0, action("close", say("{number}号结束", number=number)))
            if not house.in_group:
                found.insert(0, action("answer", say("补充答复{number}号", number=number)))
        return tuple(found)
    found = []
    if ticket.status == "waiting":
        found.append(action("claim", say("我来答{number}号", number=number)))
    if not house.in_group and may_answer(ticket, house):
        found.append(action("answer", say("回答{number}号", number=number)))
    if ticket.claimed_among(house.numbers) or (house.in_group and ticket.status == "claimed"):
        found.append(action("release", say("放回{number}号", number=number)))
    found.append(action("pass", say("转交{number}号", number=number)))
    found.append(action("close", say("{number}号结束", number=number)))
    return tuple(found)


def _suggestions(
    words: Language, ticket: Ticket, offered: Sequence[Suggested]
) -> tuple[Choice, ...]:
    return tuple(
        Choice(_token(ticket, "use", each.id), use_label(words, ticket, place))
        for place, each in enumerate(offered, 1)
    )


def use_label(words: Language, ticket: Ticket, place: int) -> str:
    """What the button of a suggested answer says, the first at ``place`` 1."""
    return words.say("{number}号用答复{place}", number=ticket.id, place=place)


def _token(ticket: Ticket, action: str, answer: str) -> str:
    return f"k:{ticket.id}:{action}:{answer}"


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[:EXCERPT]}…"
