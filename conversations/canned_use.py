"""Using a canned answer at a ticket: its places are filled, and what cannot be is asked for."""

import zlib
from collections.abc import Mapping

from conversations.canned import Canned, Filled, filled
from conversations.language import Language, language
from conversations.model import Answer, Choice, House, Reply
from conversations.office_form import Form
from conversations.tickets import Ticket
from conversations.writing import zone_of
from rules.load import load_award
from rules.messages import message

_ASKED = {
    "award": message("奖的名称"),
    "number": message("提问的编号"),
    "day": message("今天的日期"),
    "closing": message("本轮的截止日"),
}


def offers(words: Language, ticket: Ticket, house: House) -> tuple[Choice, ...]:
    """What an officer can do with a ticket beside dealing with it: use a text, keep the answer."""
    if house.in_group or ticket.withdrawn or ticket.award not in house.officer_of:
        return ()
    number, found = ticket.id, []
    free = ticket.claimed_by is None or ticket.claimed_among(house.numbers)
    if ticket.open and free and any(each.award == ticket.award for each in house.canned):
        found.append(Choice(f"v:u:{number}", words.say("{number}号用常用答复", number=number)))
    if any(each.by == "officer" for each in ticket.entries):
        found.append(Choice(f"v:k:{number}", words.say("{number}号记成常见问题", number=number)))
    return tuple(found)


def known(form: Form, ticket: Ticket) -> Mapping[str, str]:
    """What the places of a canned answer stand for, in the asker's language, as far as known."""
    words, zone = language(ticket.locale), zone_of(ticket.award)
    now = form.now
    closing = next(
        (
            each.closes
            for each in sorted(form.house.rounds, key=lambda each: each.closes)
            if each.award == ticket.award and not each.withdrawn and each.closes > now
        ),
        None,
    )
    return {
        "award": words.say(load_award(ticket.award).spec.name),
        "number": str(ticket.id),
        "day": words.day(now.astimezone(zone).date()),
        "closing": words.day(closing.astimezone(zone).date()) if closing else "",
    }


def ticket_of(form: Form, number: str) -> Ticket | None:
    """A ticket of that number that the officer can answer."""
    return next(
        (
            each
            for each in form.house.tickets
            if str(each.id) == number
            and each.award in form.house.officer_of
            and not each.withdrawn
            and each.status != "closed"
        ),
        None,
    )


def choosing(form: Form, ticket: Ticket) -> Reply:
    """The canned answers of a ticket's award."""
    say = form.words.say
    found = [each for each in form.house.canned if each.award == ticket.award]
    choices = tuple(Choice(f"v:u:{ticket.id}:{each.id}", each.title) for each in found)
    text = say("{number}号用哪一条？", number=ticket.id)
    if not found:
        text = say("这个奖还没有常用答复。打 /canned 可以存。")
    return Reply(text, "office:u", choices, _back(form, ticket))


def canned_of(form: Form, ticket: Ticket, number: str) -> Canned | None:
    """The canned answer of that number, if it is of the ticket's award."""
    return next(
        (each for each in form.house.canned
         if each.award == ticket.award and str(each.id) == number), None
    )  # fmt: skip


def made(form: Form, ticket: Ticket, text: Canned, given: Mapping[str, str]) -> Filled:
    """A canned answer with its places filled, as far as they can be."""
    return filled(text.text, {**known(form, ticket), **given})


def digest(text: str) -> str:
    """Names a text: a button sends no other than the one above it."""
    return f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"


def shown(form: Form, ticket: Ticket, text: Canned, given: Mapping[str, str]) -> Reply:
    """The answer as it will be sent, or the question what is to stand in a place."""
    say = form.words.say
    shown_now = made(form, ticket, text, given)
    if shown_now.missing:
        name = shown_now.missing[0]
        what = say(_ASKED[name]) if name in _ASKED else name
        question = say(
            "这一条里的“{what}”我不知道（现在没有开着的一轮，或者没写过）。请打出来，我填进去。",
            what=what,
        )
        return Reply(f"{question}\n\n{shown_now.text}", "office:fill", (), _back(form, ticket))
    head = say("{number}号可以这样答：", number=ticket.id)
    send = Choice(f"v:send:{ticket.id}:{text.id}:{digest(shown_now.text)}", say("就发这个"))
    return Reply(f"{head}\n\n{shown_now.text}", "office:use", (send,), _back(form, ticket))


def sent(form: Form, ticket: Ticket, text: str) -> Reply:
    """Send it as the officer's answer."""
    say, number = form.words.say, ticket.id
    addition = ticket.status == "answered" and ticket.claimed_among(form.house.numbers)
    return Reply(
        say("发给提问人了（{number}号）。", number=number),
        actions=(Choice("k:desk", say("看待办")),),
        effect=Answer(number, text, addition=addition),
        otherwise=say(
            "{number}号没有发出去：同事先答了或者接了，或者已经结束了。您写的在这里：\n\n{text}",
            number=number, text=text,
        ),
        fallback=_back(form, ticket),
        ticket=number,
    )  # fmt: skip


def _back(form: Form, ticket: Ticket) -> tuple[Choice, ...]:
    label = form.words.say("不用，回到{number}号", number=ticket.id)
    return (Choice(f"k:{ticket.id}:see", label),)
