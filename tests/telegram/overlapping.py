"""Texts and taps that overlap in a chat, and what may come of them: one comes after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from random import Random

from standin import Chat, StandIn
from talks import MOMENT, SAYING, timeless

from bot.platform import OutgoingMessage
from bot.platforms.telegram import calendar
from bot.platforms.telegram.parts import parts
from conversations.model import Command, Event, Pressed, Said, State
from conversations.step import step

TEXTS = (
    "/start jian", "/start jian_individual", "/why", "/result", "/cancel", "/resume", "/help",
    "企业", "个人", "1", "2", "五年前", "明年三月", "2026年12月1日", "三级", "是", "没有", "不知道",
    "返回", "改一项回答", "看目前结果", "重新开始", "3年", "今天天气不错",
)  # fmt: skip
# Buttons that turn the pages of a calendar, and those of privacy, after which the chat is gone.
_OTHERS = (calendar.MARK, "p:")
_SAME = "message is not modified"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Events of one chat at once, in the order of their updates; how the chat was before."""

    chat: Chat
    before: State
    heard: int
    events: Sequence[Event]
    updates: Sequence[int]

    def ends(self, *, in_order: bool) -> Iterator[tuple[State, list[str]]]:
        """What may come of them: the state, and what the bot says, in each order."""
        for events in [self.events] if in_order else permutations(self.events):
            state, said = self.before, list[str]()
            for event in events:
                state, replies = step(state, event, datetime.fromisoformat(MOMENT))
                for reply in replies:
                    message = OutgoingMessage(0, 0, "", "", state.locale, reply)
                    said += [part.html for part in parts(message, str) if part.html]
            yield timeless(state), said


def begin(telegram: StandIn, chat: Chat, before: State, rng: Random) -> Overlap:
    """Type and tap something, once or twice each, without waiting for an answer."""
    texts = rng.sample(TEXTS, rng.randint(1, 2))
    taps = rng.choices(_shown(chat), k=rng.randint(1, 2))
    heard = len(said(telegram, chat))
    made: list[tuple[int | None, Event]] = []
    for kind in rng.sample(["text"] * len(texts) + ["tap"] * len(taps), len(texts) + len(taps)):
        if kind == "text":
            text = texts.pop()
            made.append((telegram.say(chat, text).update_id, _said(text)))
        else:
            message, data = taps.pop()
            made.append((telegram.press(chat, data, message).update_id, Pressed(data)))
    updates = [number for number, _ in made if number is not None]
    return Overlap(chat, before, heard, [event for _, event in made], updates)


def said(telegram: StandIn, chat: Chat) -> list[str]:
    """All that the bot has said in a chat, also what stood there already word for word."""
    return [
        call.parameters.get(SAYING[call.method]) or ""
        for call in telegram.calls
        if call.method in SAYING
        and call.parameters["chat_id"] == chat.id
        and (call.accepted or _SAME in (call.description or ""))
    ]


def _said(text: str) -> Event:
    name, _, argument = text.removeprefix("/").partition(" ")
    return Command(name, argument) if text.startswith("/") else Said(text)


def _shown(chat: Chat) -> list[tuple[int, str]]:
    """The buttons of all messages, also those that an edit has taken away."""
    return [
        (message.message_id, button.data)
        for message in chat.messages
        for version in (message.now, *message.history)
        for button in version.buttons
        if button.data is not None and not button.data.startswith(_OTHERS)
    ]
