"""What an office keeps beside the texts, and looks at: own answers, canned answers, figures.

Its pages stand over what was being asked; once they are closed, that goes on. Nobody who is no
officer learns of them: to them its commands and buttons are unknown (``None``).
"""

from datetime import datetime

from conversations import canned_use, office_figures, office_pages
from conversations.menu import again
from conversations.model import (
    House,
    RemoveCanned,
    Reply,
    State,
    WithdrawAnswer,
)
from conversations.office_answers import numbered
from conversations.office_form import (
    ANSWER,
    FIELDS,
    PREVIEW,
    Form,
    of_answer,
    of_canned,
    read,
)
from conversations.office_place import PREFIX, closed, is_open, opened
from conversations.office_writing import (
    begun,
    from_ticket,
    of_form,
    ordered,
    stale,
    taken,
    turned,
)
from conversations.yes_no import read_yes_no
from knowledge.fold import fold

PAGES = {"answers": "a", "canned": "c", "stats": "s"}

_FILES = {
    "csv": ("导出", "表格", "要表格", "csv", "excel", "下载", "export"),
    "png": ("图", "图表", "看图表", "chart"),
}

Step = tuple[State, tuple[Reply, ...]]


def here(state: State, house: House) -> bool:
    """Whether such a page is open, for somebody who may see it."""
    return bool(house.officer_of) and is_open(state)


def prompt(state: State, now: datetime, house: House) -> Reply:
    """The page that is open, while somebody is ``here``."""
    form = Form(state, now, house)
    page, _, rest = (state.focus or "").removeprefix(PREFIX).partition(":")
    match page:
        case "form" if form.kind:
            return office_pages.asked(form)
        case "s":
            return office_figures.page(form, rest)
        case "u":
            shown = _used(form, rest)
            if shown is not None:
                return shown
        case "a":
            answer = numbered(office_pages.answers_of(form), int(rest)) if rest else None
            if answer is not None:
                return office_pages.answer(form, answer)
        case "c":
            found = [each for each in office_pages.canned_of(form) if str(each.id) == rest]
            if found:
                return office_pages.one_canned(form, found[0])
    kind, _, number = rest.partition(":") if page == "list" else (page, "", "0")
    shown_list = office_pages.canned if kind == "c" else office_pages.answers
    return shown_list(form, int(number or 0))


def worded(state: State, text: str, now: datetime, house: House) -> str | None:
    """The button that is meant by another word for it: at the figures, 导出 is the sheet."""
    focus = state.focus or ""
    if not here(state, house) or focus.removeprefix(PREFIX).partition(":")[0] != "s":
        return None
    kind = next((kind for kind, words in _FILES.items() if fold(text) in words), None)
    choices = prompt(state, now, house).choices if kind else ()
    return next((each.token for each in choices if each.token.startswith(f"v:p:{kind}")), None)


def said(state: State, text: str, now: datetime, house: House) -> Step:
    """Something was typed, while somebody is ``here``."""
    form = Form(state, now, house)
    page, _, rest = (state.focus or "").removeprefix(PREFIX).partition(":")
    if page == "form" and form.kind and form.current == PREVIEW and read_yes_no(text) is True:
        return of_form(form, "go", form.digest)
    if page == "form" and form.kind and form.current != PREVIEW:
        return taken(form, form.current, read(form, form.current, text))
    if page == "s":
        period = office_figures.read_period(text, form.today)
        award = rest.partition(":")[0] or min(house.officer_of)
        if period is not None:
            return turned(form, f"s:{award}:{period}")
    if page == "u":
        filling = _filled(form, rest, text)
        if filling is not None:
            return filling
    remark = form.words.say("没看懂。请选一项，或者照着选项的字说。")
    return again(state, now, remark, house)


def command(state: State, name: str, now: datetime, house: House) -> Step | None:
    """Do what a command asks for, if it is one of these, or means something on its pages."""
    if not house.officer_of or house.in_group:
        return None
    form = Form(state, now, house)
    if name in PAGES:
        return turned(form, PAGES[name])
    if not is_open(state):
        return None
    match name:
        case "cancel":
            return again(closed(state), now, form.words.say("好，先不弄了。"), house)
        case "back":
            return _back(form)
        case "why":
            why = form.words.say("记下来的，下次有人问同样的，我就能马上答，写明是办公室的答复。")
            return again(state, now, why, house)
        case "dont_know":
            return again(state, now, form.words.say("不急。先不弄了，就说“取消”。"), house)
    return None


def pressed(state: State, rest: str, now: datetime, house: House) -> Step | None:
    """A button ``v:…`` was pressed, perhaps an old one; ``rest`` is what follows ``v:``."""
    if not house.officer_of or house.in_group:
        return None
    form = Form(state, now, house)
    head, _, more = rest.partition(":")
    match head:
        case "leave":
            return again(closed(state), now, "", house)
        case "a":
            return _of_answers(form, more)
        case "c":
            return _of_canned(form, more)
        case "k":
            return from_ticket(form, more)
        case "s" | "p":
            return _of_figures(form, head, more)
        case "u" | "send":
            return _of_use(form, head, more)
        case "f" | "d" | "e" | "go" | "drop" if form.kind and here(state, house):
            return of_form(form, head, more)
    return stale(form)


def _back(form: Form) -> Step:
    """The page before this one; before a list, what was asked before it."""
    page, _, rest = (form.state.focus or "").removeprefix(PREFIX).partition(":")
    if page in ("a", "c") and rest:
        return turned(form, page)
    if page == "form":
        return turned(form, "a" if form.kind == ANSWER else "c")
    return again(closed(form.state), form.now, "", form.house)


def _of_answers(form: Form, rest: str) -> Step:
    number, _, doing = rest.partition(":")
    if number == "new":
        return begun(form, {"kind": ANSWER})
    if number == "page":
        return turned(form, f"list:a:{_page(doing)}")
    if not number:
        return turned(form, "a")
    mine = office_pages.answers_of(form)
    found = numbered(mine, int(number)) if number.isdecimal() else None
    if found is None:
        return stale(form)
    if doing in FIELDS[ANSWER] and doing != "award":
        return begun(form, {**of_answer(found), "editing": doing})
    if doing == f"off:{found.version}":
        order = WithdrawAnswer(found.award, found.id, found.version)
        return ordered(form, "a", form.words.say("撤回了，以后不再用这一条。"), order)
    return stale(form) if doing else turned(form, f"a:{found.id}")


def _of_canned(form: Form, rest: str) -> Step:
    number, _, doing = rest.partition(":")
    if number == "new":
        return begun(form, {"kind": "canned"})
    if number == "page":
        return turned(form, f"list:c:{_page(doing)}")
    if not number:
        return turned(form, "c")
    found = next((each for each in office_pages.canned_of(form) if str(each.id) == number), None)
    if found is None:
        return stale(form)
    if doing in ("title", "text"):
        return begun(form, {**of_canned(found), "editing": doing})
    if doing == f"off:{found.version}":
        order = RemoveCanned(found.award, found.id, found.version)
        return ordered(form, "c", form.words.say("删掉了。"), order)
    return stale(form) if doing else turned(form, f"c:{found.id}")


def _page(number: str) -> int:
    return int(number) if number.isdecimal() and len(number) < 4 else 0


def _of_figures(form: Form, head: str, rest: str) -> Step:
    if head == "s":
        if rest and office_figures.wanted(form, rest) is None:
            return stale(form)
        return turned(form, f"s:{rest}".rstrip(":"))
    reply = office_figures.file(form, rest)
    if reply is None:
        return stale(form)
    return opened(form.state, f"s:{rest.partition(':')[2]}"), (reply,)


def _used(form: Form, rest: str) -> Reply | None:
    """The page on which a canned answer is chosen, or shown, for a ticket."""
    number, _, chosen = rest.partition(":")
    ticket = canned_use.ticket_of(form, number)
    if ticket is None:
        return None
    text = canned_use.canned_of(form, ticket, chosen)
    if text is None:
        return canned_use.choosing(form, ticket)
    return canned_use.shown(form, ticket, text, form.state.draft.get("given", {}))


def _filled(form: Form, rest: str, said_now: str) -> Step | None:
    """What was typed stands in the place that was asked for."""
    number, _, chosen = rest.partition(":")
    ticket = canned_use.ticket_of(form, number)
    text = canned_use.canned_of(form, ticket, chosen) if ticket else None
    given = dict(form.state.draft.get("given", {}))
    if ticket is None or text is None:
        return None
    missing = canned_use.made(form, ticket, text, given).missing
    if not missing:
        return None
    return turned(form, f"u:{rest}", given={**given, missing[0]: said_now.strip()})


def _of_use(form: Form, head: str, rest: str) -> Step:
    number, _, more = rest.partition(":")
    chosen, _, shown = more.partition(":")
    ticket = canned_use.ticket_of(form, number)
    if ticket is None:
        return stale(form)
    if head == "u":
        return turned(form, f"u:{number}:{chosen}".rstrip(":"))
    text = canned_use.canned_of(form, ticket, chosen)
    given = form.state.draft.get("given", {}) if is_open(form.state) else {}
    if text is None:
        return stale(form)
    made = canned_use.made(form, ticket, text, given)
    # Another text than the one above the button is shown before it is sent; none has a gap.
    if made.missing or canned_use.digest(made.text) != shown:
        return turned(form, f"u:{number}:{chosen}")
    return closed(form.state), (canned_use.sent(form, ticket, made.text),)
