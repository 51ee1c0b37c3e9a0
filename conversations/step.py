"""One step of a conversation: from a state and an event to the next state and the replies.

Pure: the clock comes in as ``now`` (aware). Whatever is said, something helpful comes back, and
what was answered before is kept.
"""

from dataclasses import replace
from datetime import datetime

from conversations import (
    answering,
    aside,
    beside,
    buttons,
    deadlines,
    desk,
    desk_group,
    group,
    menu,
    office,
    office_place,
    privacy,
    rounds,
    screening,
    typed,
)
from conversations.answers import is_dont_know
from conversations.commands import (
    command_of,
    is_greeting,
    is_thanks,
    locale_of,
    officers_command_of,
)
from conversations.following import brought_up_to_date
from conversations.language import language
from conversations.menu import again, current
from conversations.model import (
    HOUSE,
    Command,
    Edited,
    Event,
    House,
    Mentioned,
    Pressed,
    Reply,
    Said,
    State,
    Unreadable,
)
from conversations.text import MAX_LENGTH
from conversations.view import look
from rules.messages import message

__all__ = ["current", "step"]

Step = tuple[State, tuple[Reply, ...]]

# What stands before the code in the argument of a link that makes somebody an officer.
STAFF = "staff_"
KINDS = {
    "photo": message("照片"),
    "sticker": message("贴纸"),
    "voice": message("语音"),
    "video": message("视频"),
    "document": message("文件"),
    "location": message("位置"),
    "contact": message("名片"),
}


def step(state: State, event: Event, now: datetime, house: House = HOUSE) -> Step:
    """Answer one event. Raises ValueError if ``now`` is naive."""
    if now.tzinfo is None:
        raise ValueError("now must say its time zone")
    if isinstance(event, Mentioned):
        return state, (group.mentioned(state, event.text),)
    if house.in_group:
        return state, desk_group.answered(state, event, now, house)
    state = desk.settled(state, house)
    after, replies = _answered(answering.forgotten(state, event), event, now, house)
    after, changed = brought_up_to_date(state, after, now)
    if changed:
        replies = (screening.noted(replies[0], changed), *replies[1:])
    # Once everything is removed, the next word is the first again.
    if after.told or any(reply.effect == "forget" for reply in replies):
        return after, replies
    text, otherwise = (
        privacy.introduced(said, after.locale) if said else ""
        for said in (replies[0].text, replies[0].otherwise)
    )
    first = replace(replies[0], text=text, otherwise=otherwise)
    return replace(after, told=True), (first, *replies[1:])


def _answered(
    state: State, event: Said | Pressed | Command | Unreadable | Edited, now: datetime, house: House
) -> Step:
    say = language(state.locale).say
    match event:
        case Said(text=text):
            return desk.heard(state, event, now, house) or _said(state, text, now, house)
        case Pressed(token=token):
            return _pressed(state, token, now, house)
        case Command(name=name, argument=argument):
            return _command(state, name.strip().lower(), argument.strip(), now, house)
        case Unreadable(kind=kind) if kind in KINDS:
            what = say(KINDS[kind])
            remark = say("收到{kind}了，可是我只看得懂文字和按钮，也没有保存它。", kind=what)
            return again(state, now, remark, house)
        case Unreadable():
            return again(state, now, say("这种消息我看不懂，我只看得懂文字和按钮。"), house)
        case Edited():
            return again(state, now, say(
                "改过的消息我不会再看，只看新发来的。要改前面的回答，说“返回”或者“修改”就行。"
            ), house)  # fmt: skip


def _said(state: State, text: str, now: datetime, house: House) -> Step:
    say = language(state.locale).say
    if len(text) > MAX_LENGTH:
        return again(state, now, say("这段话太长了，我只能读{count}个字以内的。请说短一点。",
                                     count=MAX_LENGTH), house)  # fmt: skip
    if not any(char.isprintable() and not char.isspace() for char in text):
        return again(state, now, say("没有收到文字。请打字，或者点一个选项。"), house)
    locale = locale_of(text)
    if locale is not None:
        return menu.switch(state, locale, now, house)
    choice = typed.chosen(text, current(state, now, house))
    token = choice.token if choice else answering.worded(state, text)
    if token is not None:
        return _pressed(state, token, now, house)
    if not text.strip(" ?？"):
        return _command(state, "why", "", now, house)
    name = command_of(text) or ("dont_know" if is_dont_know(text) else None)
    name = name or (officers_command_of(text) if house.officer_of else None)
    if name is not None:
        return _command(state, name, "", now, house)
    return _typed(state, text, now, house)


def _typed(state: State, text: str, now: datetime, house: House) -> Step:
    """Something was typed that is neither a choice nor a command."""
    say = language(state.locale).say
    if is_greeting(text):
        return again(state, now, say("您好！"), house)
    if is_thanks(text):
        return again(state, now, say("不客气！"), house)
    if state.focus == privacy.FORGET:
        answer = privacy.answered(text)
        if answer is None:
            return again(state, now, say("没看懂。删还是不删？请选一个。"), house)
        return _removed(state, now, house) if answer else _kept(state, now, house)
    state = beside.closed(state)
    if office.here(state, house):
        return office.said(state, text, now, house)
    state = office_place.closed(state)
    if rounds.here(state, house):
        return rounds.said(state, text, now, house)
    about_dates = typed.of_dates(state, text, now, house)
    if about_dates is not None:
        return about_dates
    return typed.answer_or_question(answering.left(state), text, now, house)


def _command(state: State, name: str, argument: str, now: datetime, house: House) -> Step:
    say = language(state.locale).say
    name = command_of(name) or name or "help"
    asked_to_forget = state.focus == privacy.FORGET
    state = answering.closed(privacy.closed(state))
    if name == "resume":
        return again(state, now, say("接着上次的来。") if state.screening else "", house)
    if name in ("privacy", "export"):
        return _private(state, name, now, house)
    if name == "help" or (name == "language" and argument):
        return menu.page(state, name, argument, now, house)
    if name in deadlines.PAGES:
        return deadlines.page(state, name, argument, now, house)
    done = desk.command(state, name, argument, now, house)
    done = done or office.command(beside.closed(state), name, now, house)
    if done is not None:
        return done
    done = deadlines.act(state, name, now, house)
    if done is not None:
        return done
    if name in rounds.ACTIONS and rounds.here(state, house):
        return _of_office(state, name, argument, now, house)
    # What is asked for now takes the place of an open page.
    state = office_place.closed(beside.closed(aside.closed(state)))
    if asked_to_forget and (name == "cancel" or name in screening.ACTIONS):
        return _kept(state, now, house)
    return _elsewhere(state, name, argument, now, house)


def _elsewhere(state: State, name: str, argument: str, now: datetime, house: House) -> Step:
    """A command that leaves a page beside the conversation."""
    say = language(state.locale).say
    if name == "start":
        code = argument.removeprefix(STAFF)
        if code != argument and code:
            # A code that is of no use is like any other link that is not known.
            otherwise = menu.start(state, "", now, house)[1][0]
            return rounds.page(state, "staff", code, now, house, otherwise)
        return menu.start(state, argument, now, house)
    if name == "forget":
        return _private(state, name, now, house)
    if name in rounds.PAGES:
        return _of_office(state, name, argument, now, house)
    if name in menu.PAGES:
        return menu.page(state, name, argument, now, house)
    if name in screening.ACTIONS:
        if state.screening is None:
            return again(state, now, say("现在没有正在看的奖，先选一个吧。"), house)
        return screening.act(look(state, now, house), name)
    return _unknown(state, name, now, house)


def _unknown(state: State, name: str, now: datetime, house: House) -> Step:
    """There is no such command."""
    say = language(state.locale).say
    remark = say("没有“{name}”这个命令。打“帮助”可以看都能做什么。", name=name[:40])
    return again(state, now, remark, house)


def _of_office(state: State, name: str, argument: str, now: datetime, house: House) -> Step:
    """A command of the office's: to everybody else it is unknown."""
    otherwise = _unknown(state, name, now, house)[1][0]
    return rounds.page(state, name, argument, now, house, otherwise)


def _private(state: State, name: str, now: datetime, house: House) -> Step:
    """What is kept, all of it as a file, or the question whether to remove it."""
    if name == "forget":
        return again(privacy.asked(state), now, "", house)
    page = privacy.page(state, house) if name == "privacy" else privacy.export(state)
    return state, (page, current(state, now, house))


def _kept(state: State, now: datetime, house: House) -> Step:
    """Nothing is removed."""
    say = language(state.locale).say
    return again(privacy.closed(state), now, say("好，什么都没有删。"), house)


def _removed(state: State, now: datetime, house: House) -> Step:
    """Everything is removed, if that is what is being asked: an old button removes nothing."""
    if state.focus == privacy.FORGET:
        return State(), (privacy.farewell(state.locale),)
    say = language(state.locale).say
    if not state.told:
        return again(state, now, say("已经都删掉了。"), house)
    return again(
        state, now, say("这个按钮已经用不上了，什么都没有删。要删，就说“删除我的数据”。"), house
    )


def _pressed(state: State, token: str, now: datetime, house: House) -> Step:
    if token == privacy.REMOVE:
        return _removed(state, now, house)
    if token == privacy.KEEP:
        return _kept(state, now, house)
    if token in (privacy.SHOW, privacy.HIDE):
        state = privacy.allowed(state, show=token == privacy.SHOW)
        return _private(state, "privacy", now, house)
    state = privacy.closed(state)
    head, _, rest = token.partition(":")
    if head == "q":
        return answering.pressed(state, rest, now, house)
    state = answering.closed(state)
    if head == "n":
        return deadlines.pressed(state, rest, now, house)
    if head == "l":
        return menu.switch(state, rest, now, house)
    return _pressed_here(state, head, rest, now, house)


def _pressed_here(state: State, head: str, rest: str, now: datetime, house: House) -> Step:
    """A button that is about no question to the regulations and no date."""
    if head in ("p", "m") and rest in ("privacy", "export", "help"):
        return _command(state, rest, "", now, house)
    if head == "k":
        return desk.pressed(state, rest, now, house) or _useless(state, now, house)
    if head == "v":
        return office.pressed(state, rest, now, house) or _useless(state, now, house)
    # The others belong to what stands beneath an open page.
    state = office_place.closed(beside.closed(aside.closed(state)))
    if head == "o":
        return rounds.pressed(state, rest, now, house, _useless(state, now, house)[1][0])
    if head == "p" and rest in privacy.PAGES:
        return _private(state, rest, now, house)
    if head == "m" or (head[:1] == "x" and rest in menu.PAGES):
        return menu.page(state, rest, "", now, house)
    if head == "s":
        return menu.opened(state, rest, now, house)
    if head[:1] in buttons.KINDS and head[1:].isdecimal():
        owner = next((s for s in state.screenings if s.id == int(head[1:])), None)
        if owner is not None:
            return buttons.pressed(state, owner, head[0], rest, now, house)
    return _useless(state, now, house)


def _useless(state: State, now: datetime, house: House) -> Step:
    """A button that means nothing any more."""
    return again(state, now, language(state.locale).say("这个按钮已经用不上了。"), house)
