"""Conversations of several users at once, whatever happens to the bot meanwhile.

Each says the next thing as soon as the bot has said what it says to the last one when nothing goes
wrong; so the same is said in every run.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from standin import Chat, StandIn

from conversations.model import State

MOMENT = "2026-11-20T12:00:00+08:00"
"""When the conversations take place: their texts hold dates."""
SECONDS = 60.0
SAYING = {"sendMessage": "text", "editMessageText": "text", "sendDocument": "caption"}

Turn = Callable[[StandIn, Chat], object]


def say(text: str) -> Turn:
    """Type something."""
    return lambda telegram, chat: telegram.say(chat, text)


def press(button: str) -> Turn:
    """Press the last button with this label or data."""
    return lambda telegram, chat: telegram.press(chat, button)


def send(kind: str) -> Turn:
    """Send something that is no text."""
    return lambda telegram, chat: telegram.send(chat, kind)


# By the language of the user's Telegram.
SCRIPTS: Mapping[str, Sequence[Turn]] = {
    "zh-hans": (
        say("/start jian_individual"), press("就按今天"), press("逐条过一遍（列出所有差距）"),
        say("五年前"), say("三级"), send("photo"), press("没有"), press("看目前结果"),
        press("看条文原文"), press("改一项回答"), say("/cancel"),
    ),
    "en": (
        say("/start jian"), press("a1:track:organisation"), say("next March"), say("1"), say("2"),
        press("Yes"), say("/why"), press("Back"), say("yes"), say("/result"), press("x1:articles"),
    ),
    "zh-hant": (
        say("/start"), say("欽州"), say("2026年12月1日"), say("/export"), say("/forget"), say("是"),
    ),
}  # fmt: skip


@dataclass(eq=False)
class Talk:
    """One conversation; ``known`` is what the bot says in each turn when nothing goes wrong.

    Where that is not known, the test says when a turn is over, by ``go_on``.
    """

    telegram: StandIn
    chat: Chat
    turns: Sequence[Turn]
    known: Sequence[int] = ()
    done: int = 0

    @property
    def over(self) -> bool:
        """Whether all is said."""
        return self.done == len(self.turns)

    @property
    def due(self) -> bool:
        """Whether it is the user's turn."""
        heard = len(without_repeats(said(self.telegram, self.chat)))
        return not self.over and heard >= sum(self.known[: self.done])

    def go_on(self) -> None:
        """Say the next thing."""
        turn = self.turns[self.done]
        self.done += 1
        turn(self.telegram, self.chat)


def begin(telegram: StandIn, known: Mapping[str, Sequence[int]] | None = None) -> list[Talk]:
    """The conversations, before the first word; their chats have the same ids in every run."""
    return [
        Talk(telegram, telegram.private(language_code=code), turns, (known or {}).get(code, ()))
        for code, turns in SCRIPTS.items()
    ]


def converse(talks: Sequence[Talk], in_need: Callable[[], bool], tend: Callable[[], Any]) -> None:
    """Go through the conversations; whenever the bot is ``in_need`` it is tended to."""
    while not all(talk.over for talk in talks):
        for talk in talks:
            if talk.due:
                talk.go_on()
        talks[0].telegram.wait(
            lambda: in_need() or all(t.over for t in talks) or any(t.due for t in talks), SECONDS
        )
        if in_need():
            tend()


def said(telegram: StandIn, chat: Chat) -> list[str]:
    """All that the bot has said in a chat, also what was edited since, in the order of arrival."""
    return [
        call.parameters.get(SAYING[call.method]) or ""
        for call in telegram.calls
        if call.accepted and call.method in SAYING and call.parameters["chat_id"] == chat.id
    ]


def without_repeats(texts: Sequence[str]) -> list[str]:
    """The texts without those that only repeat the one before."""
    return [text for text, before in zip(texts, ["", *texts], strict=False) if text != before]


def timeless(state: State) -> State:
    """The same whenever it came about: the program's clock goes on while a dialogue is held."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    watches = tuple(replace(watch, since=moment) for watch in state.reminding.watches)
    return replace(state, reminding=replace(state.reminding, watches=watches))
