"""The desk: what is done about questions that are handed to an award's office.

Every page stands beside what was being asked (``beside``); once it is closed, that goes on. What
officers see and do, nobody else learns of: to them its commands and buttons are unknown.
"""

from datetime import datetime

from conversations import (
    administrating,
    answering,
    asking_office,
    beside,
    desk_deeds,
    desk_pages,
    desk_typed,
    office,
    own_pages,
)
from conversations.language import language
from conversations.menu import again, current
from conversations.model import House, Reply, Said, State
from conversations.screening import noted
from conversations.tickets import Ticket
from conversations.written import written

Step = tuple[State, tuple[Reply, ...]]

LONGEST_NUMBER = 10
_FOR_ALL = ("desk:mine", "desk:one", "desk:add")
_FOR_ADMINISTRATORS = ("desk:staff", "desk:for", "desk:invite", "desk:off")


def settled(state: State, house: House) -> State:
    """The same, without a page that is not, or no longer, for whoever speaks."""
    focus = state.focus or ""
    if not beside.is_open(state) or focus.startswith((beside.ASK, *_FOR_ALL)):
        return state
    allowed = house.is_admin if focus.startswith(_FOR_ADMINISTRATORS) else bool(house.officer_of)
    return state if allowed else beside.closed(state)


def prompt(state: State, now: datetime, house: House) -> Reply:
    """The page that is open, or what is asked on it."""
    focus = state.focus or ""
    if focus.startswith(beside.ASK):
        return asking_office.prompt(state, now, house)
    if focus.startswith(_FOR_ALL):
        return own_pages.prompt(state, now, house)
    if focus.startswith(_FOR_ADMINISTRATORS):
        return administrating.prompt(state, house)
    return desk_pages.prompt(state, now, house)


def heard(state: State, event: Said, now: datetime, house: House) -> Step | None:
    """What was typed, if it is said in a ticket or on a page of the desk; else ``None``."""
    if event.ticket is not None:
        return _in_ticket(state, event.text, event.ticket, now, house)
    token = desk_typed.worded(state, event.text, now, house)
    token = token or office.worded(state, event.text, now, house)
    if token is None and beside.is_open(state):
        token = desk_typed.place_chosen(state, event.text, prompt(state, now, house))
    if token is not None:
        return _worded(state, token, now, house)
    if not desk_typed.is_for_page(state, event.text, prompt, now, house):
        meant = desk_typed.ticket_meant(event.text)
        return None if meant is None else _of_ticket(state, meant, now, house)
    page, _, number = (state.focus or "").partition(":")[2].partition(":")
    if (state.focus or "").startswith(beside.ASK):
        return _while_asking(state, event.text, now, house)
    if page == "invite":
        after, reply = administrating.invited(state, event.text)
        return after, (reply,)
    asked = int(number) if number.isdecimal() else 0
    return _in_ticket(state, event.text, asked, now, house, answers=page == "answer")


def _while_asking(state: State, text: str, now: datetime, house: House) -> Step:
    """Something was typed while a question is handed over: an answer, a yes, another question."""
    if asking_office.agreed(state, text):
        sending = _of_asking(state, "send", asking_office.digest(state), now, house)
        return sending or again(state, now, "", house)
    if asking_office.current(state) != "question" and answering.asks(text):
        answered = answering.tried(state, text, now, house)
        if answered is not None:
            return answered
    after, remark = asking_office.taken(state, text)
    return again(after, now, remark, house)


def _of_ticket(state: State, number: int, now: datetime, house: House) -> Step | None:
    """A ticket that was named, with something that cannot be done about it as it stands."""
    if not house.officer_of and not any(each.mine for each in house.tickets):
        return None
    ticket = _ticket(house, number)
    say = language(state.locale).say
    if ticket is not None and (ticket.mine or ticket.award in house.officer_of):
        page = "one" if ticket.mine else "do"
        after = beside.opened(state, f"desk:{page}:{number}" + ("" if ticket.mine else ":see"))
        return again(after, now, say("{number}号现在是这样：", number=number), house)
    after = beside.opened(state, "desk:list" if house.officer_of else "desk:mine")
    remark = say("没有{number}号，或者它不归您管。", number=number) if house.officer_of else say(
        "您没有第{number}号提问。", number=number
    )  # fmt: skip
    return again(after, now, remark, house)


def _worded(state: State, token: str, now: datetime, house: House) -> Step | None:
    """The words of a button were typed."""
    kind, _, rest = token.partition(":")
    press = pressed if kind == "k" else office.pressed
    return press(state, rest, now, house)


def _in_ticket(  # noqa: PLR0913 - the last by name
    state: State, text: str, number: int, now: datetime, house: House, *, answers: bool = False
) -> Step:
    """Something is said in a ticket: by its asker, or by an officer as the answer.

    Whoever is both speaks as the asker, but ``answers`` on the page of an officer.
    """
    say = language(state.locale).say
    ticket = _ticket(house, number)
    theirs = ticket is not None and (ticket.mine or ticket.award in house.officer_of)
    if ticket is None or ticket.withdrawn or not theirs:
        gone = say("{number}号提问已经不在这里了，没有发出去。", number=number)
        return again(beside.closed(state), now, gone, house)
    text = written(text)
    refused = desk_deeds.unfit(language(state.locale), text)
    if refused:
        return again(state, now, refused, house)
    if ticket.mine and not (answers and ticket.award in house.officer_of):
        return own_pages.added(state, ticket, text)
    return desk_pages.answered(state, ticket, text, house)


def command(state: State, name: str, argument: str, now: datetime, house: House) -> Step | None:
    """Do what a command asks for, if it is one of the desk's, or means something on its pages."""
    match name:
        case "ask":
            kept = str(state.asked.get("question") or "")
            award = None if argument else state.asked.get("award")
            return _asking(state, argument or kept, award, now, house)
        case "questions" if state.focus == asking_office.PAGE and state.draft.get("question"):
            unsent = language(state.locale).say("刚才写的那个问题没有发出去。")
            return again(beside.opened(state, "desk:mine"), now, unsent, house)
        case "questions":
            return again(beside.opened(state, "desk:mine"), now, "", house)
        case "desk" if house.officer_of:
            return _desk(state, argument.strip("#第号 "), now, house)
        case "desk_here" if house.officer_of:
            say = language(state.locale).say
            hint = say("把我拉进同事的群，在群里打 /desk_here，提问就发到那个群。")
            return again(state, now, hint, house)
        case "staff" | "invite" if house.is_admin and not argument:
            return pressed(state, name, now, house)
        case "back" | "cancel" | "dont_know" | "why" if beside.is_open(state):
            return _act(state, name, now, house)
    return None


def _desk(state: State, number: str, now: datetime, house: House) -> Step:
    """What is to be done, or one ticket by its number."""
    known = number.isdecimal() and len(number) < LONGEST_NUMBER
    opened = pressed(state, f"{number}:see", now, house) if known else None
    remark = language(state.locale).say("没有{number}号，或者它不归您管。", number=number[:9])
    missing = remark if number and opened is None else ""
    return opened or again(beside.opened(state, "desk:list"), now, missing, house)


def _act(state: State, name: str, now: datetime, house: House) -> Step:
    say = language(state.locale).say
    if name == "cancel":
        return again(beside.closed(state), now, say("好，先不弄了。"), house)
    if name == "back":
        return again(_before(state), now, "", house)
    if name == "why":
        why = say("发给工作人员的只有您看到的这些；答复会回到这里。")
        return state, (Reply(why), current(state, now, house))
    return again(state, now, say("不急。先不弄了，就说“取消”。"), house)


def _before(state: State) -> State:
    """The page before this one; before the first, what was asked before it."""
    focus = state.focus or ""
    if focus.startswith(beside.ASK):
        return asking_office.back(state) or beside.closed(state)
    if focus.startswith(_FOR_ALL):
        return own_pages.before(state)
    if focus.startswith(_FOR_ADMINISTRATORS) and focus != administrating.STAFF:
        return beside.opened(state, administrating.STAFF)
    return desk_pages.before(state)


def pressed(state: State, rest: str, now: datetime, house: House) -> Step | None:
    """A button ``k:…`` was pressed, perhaps an old one; ``rest`` is what follows ``k:``.

    ``None``: it means nothing, or nothing to whoever pressed it.
    """
    head, _, more = rest.partition(":")
    if head.isdecimal():
        ticket = _ticket(house, int(head))
        if ticket is None:
            return None
        action, _, value = more.partition(":")
        if ticket.mine and action in own_pages.ACTIONS:
            return own_pages.done(state, ticket, action, now, house)
        if ticket.award in house.officer_of:
            return desk_pages.done(state, ticket, action or "see", value, now, house)
        return None
    match head:
        case "ask":
            asked = state.asked
            question = asked.get("question") or (asked.get("said") if more == "it" else "")
            return _asking(state, str(question or ""), asked.get("award"), now, house)
        case "mine":
            return again(beside.opened(state, "desk:mine"), now, "", house)
        case "leave":
            return again(beside.closed(state), now, "", house)
        case "about" | "share" | "send" | "edit":
            return _of_asking(state, head, more, now, house)
        case "desk" if house.officer_of:
            return again(beside.opened(state, "desk:list"), now, "", house)
    found = administrating.pressed(state, head, more, house)
    return None if found is None else (found[0], (found[1],))


def _asking(state: State, question: str, award: str | None, now: datetime, house: House) -> Step:
    """Begin to hand a question over."""
    if asking_office.full(house):
        full = language(state.locale).say(
            "您有{count}个提问还在等答复。先等一等，或者补充到其中一个里。",
            count=asking_office.MOST_OPEN,
        )
        return again(beside.opened(state, "desk:mine"), now, full, house)
    refused = asking_office.too_long(state, question)
    begun = asking_office.begun(state, "" if refused else question, award)
    return again(begun, now, refused, house)


def _of_asking(state: State, head: str, value: str, now: datetime, house: House) -> Step | None:
    """A button of a question that is being handed over, perhaps an old one."""
    if not (state.focus or "").startswith(beside.ASK):
        return None
    match head:
        case "about":
            state = asking_office.chosen(state, value)
        case "share" if "award" in state.draft:
            state = beside.answered(state, share=value == "yes")
        case "edit" if value in ("question", "award"):
            state = beside.without(state, value, *(["share"] if value == "award" else []))
        case "send" if asking_office.current(state) == "preview":
            if value != asking_office.digest(state):
                changed = language(state.locale).say("这个按钮是改之前的，还没有发出去。")
                return again(state, now, changed, house)
            after, reply = asking_office.sent(state, now, house)
            return _and_on(after, reply, now, house)
    return again(state, now, "", house)


def _and_on(state: State, reply: Reply, now: datetime, house: House) -> Step:
    """What was being asked before goes on, if there was anything."""
    if state.screening is None or state.focus is not None:
        return state, (reply,)
    return state, (reply, noted(current(state, now, house), ""))


def _ticket(house: House, number: int) -> Ticket | None:
    return next((each for each in house.tickets if each.id == number), None)
