"""Where a desk story is played on Telegram: a program, everybody's chats, what they see."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from desk_story import Story
from office import Office
from standin import Chat, Message, User
from surroundings import Clock
from talks import SAYING
from visitor import labelled

from bot import staff
from bot.config import Settings
from bot.database import open_database

SECONDS = 60.0
_UNSETTLED = "SELECT 1 FROM chat WHERE waiting > 0 AND left_at IS NULL"
_UNTOLD = "SELECT 1 FROM ticket_notice"
_DUE = "SELECT remind_at FROM ticket WHERE remind_at IS NOT NULL"
_LISTED = re.compile(r"^\d+\. (.+)$", re.MULTILINE)


@dataclass
class Stage:
    """Everybody in a story, by name, with their private chats; ``group`` is the one group.

    ``code`` is the last invitation that was seen, to be sent as ``{code}``.
    """

    office: Office
    clock: Clock
    users: Mapping[str, User]
    chats: dict[str, Chat]
    now: datetime
    code: str = ""
    calls: int = 0

    @classmethod
    def begin(cls, office: Office, clock: Clock, story: Story) -> "Stage":
        """Everybody has begun, and those who are officers have become so."""
        telegram = office.telegram
        users = {name: telegram.user(language_code="zh-hans") for name in story.people}
        chats = {name: telegram.private(user, started=False) for name, user in users.items()}
        chats["group"] = telegram.group("supergroup")
        for chat in chats.values():
            office.with_chat(chat)
        stage = cls(office, clock, users, chats, story.now)
        codes = asyncio.run(_invited(office, story))
        for name in story.people:
            telegram.say(chats[name], "/menu")
            if name in codes:
                telegram.say(chats[name], f"/start staff_{codes[name]}")
        stage.settle()
        return stage

    def turn(self, turn: dict[str, Any]) -> None:
        """Play a turn, and check what is seen."""
        self.calls = len(self.office.telegram.calls)
        if "wait" in turn:
            self.now = turn["wait"]
            self.clock.shows(self.now)
        else:
            self._act(turn)
        if turn.get("restart"):
            self.office.telegram.wait(self.office.telegram.quiet, SECONDS)
            self.office.program.kill()
            # What the dead process was sending is taken over after a while.
            self.now += timedelta(minutes=1)
            self.clock.shows(self.now)
            self.office.program.start()
        self.settle()
        where = turn.get("group") or turn.get("who")
        for name, pieces in {where: turn.get("hears", ()), **turn.get("others", {})}.items():
            self._check(turn, name, pieces)
        for name in turn.get("silent", ()):
            assert self.heard(name) == [], (turn, self.heard(name))
        for piece in turn.get("not_hears", ()):
            assert piece not in "\n".join(self.heard(str(where))), turn

    def settle(self) -> None:
        """Wait until all is said that follows from what was done."""
        telegram, rows = self.office.telegram, self.office.rows

        def settled() -> bool:
            if not telegram.quiet() or rows.read(_UNTOLD) or rows.read(_UNSETTLED):
                return False
            due = [_moment(row.remind_at) for row in rows.read(_DUE)]
            return all(moment > self.now for moment in due)

        # What is told of a ticket becomes a message between two looks.
        telegram.wait(lambda: settled() and settled(), SECONDS)
        for text in (text for name in self.chats for text in self.heard(name)):
            found = re.search(r"/staff (\S+)", text)
            self.code = found[1] if found else self.code

    def heard(self, name: str, *, same: bool = False) -> list[str]:
        """What somebody is shown since the turn began, new or in the place of something else.

        With ``same`` also what takes the place of the very same words, which nobody notices.
        """
        chat, ids = self.chats[name], set()
        for call in self.office.telegram.calls[self.calls :]:
            if call.parameters.get("chat_id") != chat.id or call.method not in SAYING:
                continue
            if call.accepted and isinstance(call.result, dict):
                ids.add(call.result["message_id"])
            elif same and "not modified" in (call.description or ""):
                ids.add(call.parameters["message_id"])
        return [shown(message) for message in chat.messages if message.message_id in ids]

    def _check(self, turn: dict[str, Any], name: str | None, pieces: Sequence[str]) -> None:
        heard = "" if name is None else "\n".join(self.heard(name, same=True))
        for piece in pieces:
            assert piece in heard, f"{turn}\n{name} should see {piece!r} and sees:\n{heard}"

    def _act(self, turn: dict[str, Any]) -> None:
        telegram, user = self.office.telegram, self.users[turn["who"]]
        chat = self.chats[turn.get("group") or turn["who"]]
        by = user if "group" in turn else None
        if "press" in turn:
            message, button = labelled(chat, turn["press"])
            telegram.press(chat, button.data or "", message, by=by)
        elif "token" in turn:
            telegram.forge(chat, turn["token"], by=by)
        elif turn.get("left"):
            telegram.block(chat, by=user)
        elif turn.get("returned"):
            telegram.unblock(chat, by=user)
        else:
            answered = _message(chat, turn["answers"]) if "answers" in turn else None
            telegram.say(chat, self._words(turn), by=by, reply_to=answered)

    def _words(self, turn: dict[str, Any]) -> str:
        if "command" not in turn:
            return str(turn["say"])
        name = "@award_bot" if "group" in turn else ""
        argument = turn.get("argument", "").format(code=self.code)
        return f"/{turn['command']}{name} {argument}".strip()


def shown(message: Message) -> str:
    """A message with the labels of its buttons, also of those that are listed in its text."""
    labels = [button.text for button in message.buttons]
    return "\n".join(
        [message.text, *(f"[{each}]" for each in labels + _LISTED.findall(message.text))]
    )


def _message(chat: Chat, words: str) -> Message:
    """The last that says this, or has said it before it changed."""
    return [
        message
        for message in chat.messages
        if any(words in version.text for version in (message.now, *message.history))
    ][-1]


def _moment(kept: object) -> datetime:
    found = kept if isinstance(kept, datetime) else datetime.fromisoformat(str(kept))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


async def _invited(office: Office, story: Story) -> dict[str, str]:
    """A code for each officer."""
    database = await open_database(
        Settings(database_url=office.program.database).database_url, alone=False
    )
    try:
        async with database.transaction() as connection:
            return {
                name: await staff.invite(
                    connection, None if of in ("all", "admin") else of,
                    story.now + timedelta(days=7), story.now,
                    administrator=of == "admin", label=name,
                )
                for name, of in story.people.items()
                if of
            }  # fmt: skip
    finally:
        await database.close()
