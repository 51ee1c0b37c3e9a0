"""One step of a conversation: from a state and an event to the next state and the replies.

Pure: the clock comes in as ``now`` (aware). Whatever is said, something helpful comes back, and
what was answered before is kept.
"""

from dataclasses import replace
from datetime import datetime

from conversations import buttons, group, menu, privacy, screening
from conversations.answers import is_dont_know
from conversations.commands import command_of, is_greeting, is_thanks, locale_of
from conversations.language import language
from conversations.menu import again, current
from conversations.model import (
    Choice,
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
from conversations.text import MAX_LENGTH, fold
from conversations.view import look
from rules.messages import message

__all__ = ["current", "step"]

Step = tuple[State, tuple[Reply, ...]]

HOUSE = House()
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
    after, replies = _answered(state, event, now, house)
    # Once everything is removed, the next word is the first again.
    if after.told or any(reply.effect == "forget" for reply in replies):
        return after, replies
    first = replace(replies[0], text=privacy.introduced(replies[0].text, after.locale))
    return replace(after, told=True), (first, *replies[1:])


def _answered(
    state: State, event: Said | Pressed | Command | Unreadable | Edited, now: datetime, house: House
) -> Step:
    say = language(state.locale).say
    match event:
        case Said(text=text):
            return _said(state, text, now, house)
        case Pressed(token=token):
            return _pressed(state, token, now, house)
        case Command(name=name, argument=argument):
            return _command(state, name.strip().lower(), argument.strip(), now, house)
        case Unreadable(kind=kind) if kind in KINDS:
            what = say(KINDS[kind])
            remark = say("收到{kind}了，可是我只看得懂文字和按钮，也没有保存它。", kind=what)
            return again(state, now, remark)
        case Unreadable():
            return again(state, now, say("这种消息我看不懂，我只看得懂文字和按钮。"))
        case Edited():
            return again(state, now, say(
                "改过的消息我不会再看，只看新发来的。要改前面的回答，说“返回”或者“修改”就行。"
            ))  # fmt: skip


def _said(state: State, text: str, now: datetime, house: House) -> Step:
    say = language(state.locale).say
    if len(text) > MAX_LENGTH:
        return again(state, now, say("这段话太长了，我只能读{count}个字以内的。请说短一点。",
                                     count=MAX_LENGTH))  # fmt: skip
    if not any(char.isprintable() and not char.isspace() for char in text):
        return again(state, now, say("没有收到文字。请打字，或者点一个选项。"))
    locale = locale_of(text)
    if locale is not None:
        return menu.switch(state, locale, now)
    seen = look(state, now) if state.screening and state.focus != privacy.FORGET else None
    choice = _chosen(text, current(state, now) if seen is None else screening.prompt(seen))
    if choice is not None:
        return _pressed(state, choice.token, now, house)
    if not text.strip(" ?？"):
        return _command(state, "why", "", now, house)
    name = command_of(text) or ("dont_know" if is_dont_know(text) else None)
    if name is not None:
        return _command(state, name, "", now, house)
    if is_greeting(text):
        return again(state, now, say("您好！"))
    if is_thanks(text):
        return again(state, now, say("不客气！"))
    if state.focus == privacy.FORGET:
        answer = privacy.answered(text)
        if answer is None:
            return again(state, now, say("没看懂。删还是不删？请选一个。"))
        return _removed(state, now) if answer else _kept(state, now)
    if seen is None:
        return menu.said(state, text, now)
    return screening.said(seen, text)


def _chosen(text: str, prompt: Reply) -> Choice | None:
    """The choice of the present question whose number or label was typed."""
    typed = fold(text)
    for choice in (*prompt.choices, *prompt.actions):
        # A label in a list of ticks names all that is meant; pressing one would only tick it.
        if typed == fold(choice.label) and choice.ticked is None:
            return choice
    if not typed.isdecimal() or screening.takes_numbers(prompt.question):
        return None
    if any(choice.ticked is not None for choice in prompt.choices):
        return None
    number = int(typed) if len(typed) < 4 else 0
    return prompt.choices[number - 1] if 1 <= number <= len(prompt.choices) else None


def _command(state: State, name: str, argument: str, now: datetime, house: House) -> Step:
    say = language(state.locale).say
    name = command_of(name) or name or "help"
    asked_to_forget = state.focus == privacy.FORGET
    state = privacy.closed(state)
    if name == "start":
        return menu.start(state, argument, now)
    if name == "resume":
        return again(state, now, say("接着上次的来。") if state.screening else "")
    if name in privacy.PAGES:
        return _private(state, name, now, house)
    if asked_to_forget and (name == "cancel" or name in screening.ACTIONS):
        return _kept(state, now)
    if name in menu.PAGES:
        return menu.page(state, name, argument, now)
    if name in screening.ACTIONS:
        if state.screening is None:
            return again(state, now, say("现在没有正在看的奖，先选一个吧。"))
        return screening.act(look(state, now), name)
    return again(
        state, now, say("没有“{name}”这个命令。打“帮助”可以看都能做什么。", name=name[:40])
    )


def _private(state: State, name: str, now: datetime, house: House) -> Step:
    """What is kept, all of it as a file, or the question whether to remove it."""
    if name == "forget":
        return again(privacy.asked(state), now, "")
    page = privacy.page(state, house) if name == "privacy" else privacy.export(state)
    return state, (page, current(state, now))


def _kept(state: State, now: datetime) -> Step:
    """Nothing is removed."""
    say = language(state.locale).say
    return again(privacy.closed(state), now, say("好，什么都没有删。"))


def _removed(state: State, now: datetime) -> Step:
    """Everything is removed, if that is what is being asked: an old button removes nothing."""
    if state.focus == privacy.FORGET:
        return State(), (privacy.farewell(state.locale),)
    say = language(state.locale).say
    if not state.told:
        return again(state, now, say("已经都删掉了。"))
    return again(state, now, say("这个按钮已经用不上了，什么都没有删。要删，就说“删除我的数据”。"))


def _pressed(state: State, token: str, now: datetime, house: House) -> Step:
    say = language(state.locale).say
    if token == privacy.REMOVE:
        return _removed(state, now)
    if token == privacy.KEEP:
        return _kept(state, now)
    state = privacy.closed(state)
    head, _, rest = token.partition(":")
    if head == "p" and rest in privacy.PAGES:
        return _private(state, rest, now, house)
    if head == "m":
        return menu.page(state, rest, "", now)
    if head == "l":
        return menu.switch(state, rest, now)
    if head == "s":
        return menu.opened(state, rest, now)
    if head[:1] == "x" and rest in menu.PAGES:
        return menu.page(state, rest, "", now)
    if head[:1] in buttons.KINDS and head[1:].isdecimal():
        owner = next((s for s in state.screenings if s.id == int(head[1:])), None)
        if owner is not None:
            return buttons.pressed(state, owner, head[0], rest, now)
    return again(state, now, say("这个按钮已经用不上了。"))
