"""One step of a conversation: from a state and an event to the next state and the replies.

Pure: the clock comes in as ``now`` (aware). Whatever is said, something helpful comes back, and
what was answered before is kept.
"""

from dataclasses import replace
from datetime import datetime

from conversations import menu, screening
from conversations.answers import is_dont_know
from conversations.commands import command_of, is_greeting, locale_of
from conversations.language import language
from conversations.model import Choice, Command, Event, Pressed, Reply, Said, State
from conversations.text import MAX_LENGTH, fold

Step = tuple[State, tuple[Reply, ...]]


def step(state: State, event: Event, now: datetime) -> Step:
    """Answer one event. Raises ValueError if ``now`` is naive."""
    if now.tzinfo is None:
        raise ValueError("now must say its time zone")
    match event:
        case Command(name=name, argument=argument):
            return _command(state, name.strip().lower(), argument.strip(), now)
        case Pressed(token=token):
            return _pressed(state, token, now)
        case Said(text=text):
            return _said(state, text, now)


def _said(state: State, text: str, now: datetime) -> Step:
    say = language(state.locale).say
    if len(text) > MAX_LENGTH:
        return _again(state, now, say("这段话太长了，我只能读{count}个字以内的。请说短一点。",
                                      count=MAX_LENGTH))  # fmt: skip
    if not any(char.isprintable() and not char.isspace() for char in text):
        return _again(state, now, say("没有收到文字。请打字，或者点一个选项。"))
    locale = locale_of(text)
    if locale is not None:
        return menu.switch(state, locale, now)
    prompt = current(state, now)
    choice = _chosen(text, prompt)
    if choice is not None:
        return _pressed(state, choice.token, now)
    if not text.strip(" ?？"):
        return _command(state, "why", "", now)
    name = command_of(text) or ("dont_know" if is_dont_know(text) else None)
    if name is not None:
        return _command(state, name, "", now)
    if is_greeting(text):
        return _again(state, now, say("您好！"))
    if state.screening is None:
        return menu.said(state, text, now)
    return screening.said(state, text, now)


def _chosen(text: str, prompt: Reply) -> Choice | None:
    """The choice of the present question whose number or label was typed."""
    typed = fold(text)
    for choice in (*prompt.choices, *prompt.actions):
        # A label in a list of ticks names all that is meant; pressing one would only tick it.
        if typed == fold(choice.label) and choice.ticked is None:
            return choice
    if screening.takes_numbers(prompt.question) or not typed.isdecimal():
        return None
    if any(choice.ticked is not None for choice in prompt.choices):
        return None
    number = int(typed) if len(typed) < 4 else 0
    return prompt.choices[number - 1] if 1 <= number <= len(prompt.choices) else None


def _command(state: State, name: str, argument: str, now: datetime) -> Step:
    if name == "start":
        return menu.start(state, argument, now)
    if name == "resume":
        say = language(state.locale).say
        return _again(state, now, say("接着上次的来。") if state.screening else "")
    if name in menu.PAGES:
        return menu.page(state, name, argument, now)
    if name in screening.ACTIONS:
        if state.screening is None:
            say = language(state.locale).say
            return _again(state, now, say("现在没有正在看的奖，先选一个吧。"))
        return screening.act(state, name, now)
    say = language(state.locale).say
    return _again(
        state, now, say("没有“{name}”这个命令。打“帮助”可以看都能做什么。", name=name[:40])
    )


def _pressed(state: State, token: str, now: datetime) -> Step:
    head, _, rest = token.partition(":")
    if head == "m":
        return menu.page(state, rest, "", now)
    if head == "l":
        return menu.switch(state, rest, now)
    if head == "s":
        return menu.opened(state, rest, now)
    if head[:1] == "x" and rest in menu.PAGES:
        return menu.page(state, rest, "", now)
    if head[:1] in {"a", "x", "c"} and head[1:].isdecimal():
        owner = next((s for s in state.screenings if s.id == int(head[1:])), None)
        if owner is not None:
            return screening.pressed(state, owner, head[0], rest, now)
    say = language(state.locale).say
    return _again(state, now, say("这个按钮已经用不上了。"))


def _again(state: State, now: datetime, remark: str) -> Step:
    """Say something and put the present question again."""
    prompt = current(state, now)
    text = f"{remark}\n\n{prompt.text}" if remark else prompt.text
    return state, (replace(prompt, text=text),)


def current(state: State, now: datetime) -> Reply:
    """What is being asked now: it follows from the state alone."""
    if state.screening is None:
        return menu.prompt(state, now)
    return screening.prompt(state, now)
