"""The life of a question at an office, on Telegram, whatever happens to the program meanwhile.

Several questions live at once. Whoever is part of one does the next thing once they see what they
wait for: what is lost on the way lets it stand still for ever.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from rows import Rows
from standin import Chat, Message, StandIn
from talks import SAYING
from visitor import sending

from bot import staff, store
from bot.config import Settings
from bot.database import open_database
from bot.staff import invite

BEGUN = datetime.fromisoformat("2026-11-23T10:00:00+08:00")
LATE = datetime.fromisoformat("2026-11-25T11:00:00+08:00")
"""When two working days have gone by, and some minutes of deaths."""
OFFICERS = {"first": "jian", "second": "jian", "third": "qinzhou"}
_NUMBER = re.compile(r"是第(\d+)号")

Seen = Callable[[], object]
Life = Iterator[Seen]


@dataclass(frozen=True)
class People:
    """Those who ask, and the officers by name, each in a private chat."""

    telegram: StandIn
    rows: Rows
    askers: Sequence[Chat]
    officers: dict[str, Chat] = field(default_factory=dict)

    @classmethod
    def of(cls, telegram: StandIn, rows: Rows, questions: int) -> "People":
        """So many people with a question each, and three officers of two awards."""
        chats = [telegram.private(language_code="zh-hans") for _ in range(questions)]
        officers = {name: telegram.private(language_code="zh-hans") for name in OFFICERS}
        return cls(telegram, rows, chats, officers)

    @property
    def chats(self) -> tuple[Chat, ...]:
        """All of them."""
        return (*self.askers, *self.officers.values())

    def employ(self, url: str) -> None:
        """The officers become so."""
        asyncio.run(self._employed(url))

    async def _employed(self, url: str) -> None:
        database = await open_database(Settings(database_url=url).database_url, alone=False)
        async with database.transaction() as connection:
            for name, chat in self.officers.items():
                address = str(chat.id)
                await store.make_chats(connection, "telegram", {address: "zh_Hans"}, BEGUN)
                (kept,) = await store.lock_chats(connection, "telegram", [address], [])
                until = BEGUN + timedelta(days=1)
                code = await invite(connection, OFFICERS[name], until, BEGUN, label=name)
                assert await staff.redeem(connection, kept.id, code, BEGUN)
        await database.close()

    def answered(self, place: int) -> Life:
        """A question is asked, claimed, answered, added to, and passed to another office."""
        asker, say, press = self.askers[place], self.telegram.say, self.telegram.press
        first, second, third = self.officers.values()
        say(asker, f"/ask 第{place}家合并以后怎么算")
        yield shows(asker, "是关于哪个奖的")
        press(asker, "吉安市市长质量奖")
        yield shows(asker, "要发给吉安市市长质量奖工作人员")
        press(asker, "发给工作人员")
        yield lambda: self.number(place)
        number = self.number(place)
        yield shows(second, f"第{number}号提问")
        yield has(first, f"k:{number}:claim")
        self._tap(first, f"k:{number}:claim")
        yield self._known(first, f"{number}号归您来答")
        yield shows(asker, f"第{number}号提问有工作人员接了")
        say(first, f"按第{place}家算", reply_to=found(first, f"{number}号归您来答"))
        yield self._known(asker, f"按第{place}家算")
        say(asker, f"第{place}家没有章", reply_to=found(asker, f"按第{place}家算"))
        yield shows(first, f"补充：第{place}家没有章")
        self._tap(first, f"k:{number}:pass")
        yield has(first, f"k:{number}:to:qinzhou")
        self._tap(first, f"k:{number}:to:qinzhou")
        yield shows(asker, f"第{number}号提问转给了钦州")
        yield self._known(third, f"第{number}号提问（钦州市市长质量奖）")
        yield shows(second, f"第{number}号提问（钦州市市长质量奖）转到别的奖那边了")

    def ended(self, place: int) -> Life:
        """It has waited for too long: the office is reminded, answers, and the asker is content."""
        asker, number, third = self.askers[place], self.number(place), self.officers["third"]
        yield self._known(third, "⏰", f"第{number}号提问")
        late = found(third, "⏰", f"第{number}号提问")
        self.telegram.say(third, f"第{place}家签字就行", reply_to=late)
        yield has(asker, f"k:{number}:done")
        yield shows(asker, f"第{place}家签字就行")
        self._tap(asker, f"k:{number}:done")
        yield shows(asker, f"第{number}号就算解决了")
        yield shows(third, "提问人说不用再答了", f"第{place}家签字就行")

    @staticmethod
    def said(place: int) -> list[str]:
        """All that is said in somebody's question, in its order."""
        return [
            f"第{place}家合并以后怎么算", f"按第{place}家算", f"第{place}家没有章",
            f"第{place}家签字就行",
        ]  # fmt: skip

    def number(self, place: int) -> int | None:
        """The number of somebody's question, once it is told."""
        text = "\n".join(_versions(self.askers[place]))
        told = _NUMBER.search(text)
        return None if told is None else int(told[1])

    def _tap(self, chat: Chat, data: str) -> None:
        message, button = sending(chat, data)
        self.telegram.press(chat, button.data or "", message)

    def _known(self, chat: Chat, *words: str) -> Seen:
        """Whether a message is there, and it is noted which question it is about."""

        def known() -> bool:
            message = found(chat, *words)
            if message is None:
                return False
            noted = self.rows.read(
                "SELECT 1 FROM ticket_message JOIN chat ON chat.id = chat_id "
                "WHERE address = :address AND sent_as = :sent_as",
                address=str(chat.id),
                sent_as=str(message.message_id),
            )
            return bool(noted)

        return known

    def repeats(self, chat: Chat) -> int:
        """How many messages to a chat only repeat the one before."""
        said = [
            (call.parameters.get(SAYING[call.method]), call.parameters.get("reply_markup"))
            for call in self.telegram.calls
            if call.accepted and call.method in SAYING and call.parameters["chat_id"] == chat.id
        ]
        return sum(each == before for before, each in pairwise(said))


def shows(chat: Chat, *words: str) -> Seen:
    """Whether a message that says all this has been shown."""
    return lambda: found(chat, *words)


def found(chat: Chat, *words: str) -> Message | None:
    """The last message that says all this, or has said it before it changed."""
    for message in reversed(chat.messages):
        texts = [version.text for version in (message.now, *message.history)]
        if any(all(word in text for word in words) for text in texts):
            return message
    return None


def has(chat: Chat, data: str) -> Seen:
    """Whether there is a button that sends this."""

    def there() -> bool:
        try:
            sending(chat, data)
        except LookupError:
            return False
        return True

    return there


def _versions(chat: Chat) -> list[str]:
    shown = (version for each in chat.messages for version in (each.now, *each.history))
    return [version.text for version in shown]


def live(lives: Sequence[Life], wait: Callable[[Seen], None]) -> None:
    """Go through lives side by side; ``wait`` waits for something, whatever is to be done first."""
    waiting = [(life, next(life)) for life in lives]
    while waiting:
        ready = [seen for _, seen in waiting]
        wait(lambda ready=ready: any(seen() for seen in ready))  # type: ignore[misc]
        # What is ready goes on; each says then what it waits for next.
        waiting = [
            (life, after)
            for life, seen in waiting
            if (after := next(life, None) if seen() else seen) is not None
        ]
