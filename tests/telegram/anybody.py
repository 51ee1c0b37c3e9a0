"""Somebody who does anything at all, alone and in a group, and what must come of it."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from office import Office
from program import SECRET
from standin import Call, Chat, Message, Press, StandIn, User, Version
from standin.markup import units
from visitor import Visitor

SAYING = ("sendMessage", "editMessageText", "sendDocument")
# What the Bot API may refuse though the bot does nothing wrong: it cannot know beforehand.
REFUSALS = (
    "message is not modified",
    "message to edit not found",
    "query is too old",
    "bot was blocked by the user",
    "group chat was upgraded",
)
TEXT_UNITS, TOKEN_BYTES = 4096, 64
_QUOTED = 12
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(eq=False)
class Place:
    """A chat: ``owed`` answers are due there, ``asked`` things may be answered, since ``seen``."""

    chat: Chat
    owed: int = 0
    asked: int = 0
    seen: int = 0


@dataclass(eq=False)
class Anybody:
    """Does things, one by one or several at once; ``rest`` waits and checks what has come of them.

    ``done`` tells what was done, for whoever reads of a failure.
    """

    office: Office
    home: Place = field(init=False)
    group: Place = field(init=False)
    user: User = field(init=False)
    texts: list[Message] = field(default_factory=list)
    presses: list[Press] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    _moved: Chat | None = None

    def __post_init__(self) -> None:
        self.telegram: StandIn = self.office.telegram
        self.user = self.telegram.user(language_code="zh-hans")
        private = self.telegram.private(self.user, started=False)
        self.home = Place(private, seen=len(self.telegram.calls))
        self.group = Place(self.telegram.group("group"), seen=self.home.seen)
        self._logged = len(self.office.program.log)
        self.office.chats.extend((private, self.group.chat))

    @property
    def updates(self) -> list[int]:
        """The updates of what was typed and pressed, in their order."""
        typed = [text.update_id for text in self.texts]
        tapped = [press.update_id for press in self.presses]
        return sorted(each for each in (*typed, *tapped) if each is not None)

    @property
    def blocked(self) -> bool:
        """Whether the bot is blocked."""
        return self.home.chat.standing == "blocked"

    def say(self, text: str) -> None:
        """Type something in private."""
        self._do("say", text)
        self.texts.append(self.telegram.say(self.home.chat, text))
        self._expect(self.home)

    def send(self, kind: str) -> None:
        """Send something that is no text."""
        self._do("send", kind)
        self.telegram.send(self.home.chat, kind)
        self._expect(self.home)

    def edit(self, number: int, text: str) -> None:
        """Change something typed earlier."""
        if self.texts:
            self._do("edit", text)
            self.telegram.edit(self.home.chat, self.texts[number % len(self.texts)], text)
            self._expect(self.home)

    def press(self, message: Message, data: str, *, inaccessible: bool = False) -> None:
        """Press a button that this message has or had; whether it is shown is not looked at."""
        self._do("press", message.message_id, data)
        press = self.telegram.press(self.home.chat, data, message, inaccessible=inaccessible)
        self.presses.append(press)
        self.home.asked += 1

    def forge(self, message: Message, data: str) -> None:
        """Press a button that this message never had, as a changed app could."""
        markup = {"inline_keyboard": [[{"text": "·", "callback_data": data}]]}
        message.history.insert(0, Version(message.text, reply_markup=markup))
        self.press(message, data)

    def block(self, *, out: bool) -> None:
        """Block the bot, or let it in again."""
        if out != self.blocked and self.home.chat.standing != "unstarted":
            self._do("block" if out else "unblock")
            (self.telegram.block if out else self.telegram.unblock)(self.home.chat)
            self.home.asked += 1

    def say_in_group(self, text: str, *, reply: bool, spoken_to: bool) -> None:
        """Type something in the group, perhaps in answer to what the bot said last."""
        said = self.group.chat.messages
        answered = said[-1] if reply and said else None
        self._do("say in the group", text, answered is not None)
        self.telegram.say(self.group.chat, text, by=self.user, reply_to=answered)
        if spoken_to or answered is not None:
            self._expect(self.group)

    def migrate(self) -> None:
        """Make a supergroup of the group, once what was said there is answered."""
        if self._moved is None:
            self.rest()
            self._do("migrate")
            self._moved = self.telegram.migrate(self.group.chat, by=self.user)
            self.rest()
            self.group = Place(self._moved, seen=len(self.telegram.calls))
            self.office.chats.append(self._moved)

    def buttons(self) -> list[tuple[Message, str]]:
        """Every button that was ever shown, the latest last."""
        messages = {message.message_id: message for message in self.home.chat.everything}
        return [
            (messages[call.result["message_id"]], data)
            for call in self.telegram.calls
            if call.accepted and isinstance(call.result, dict)
            and call.parameters.get("chat_id") == self.home.chat.id
            for data in tokens(call)
        ]  # fmt: skip

    def rest(self) -> None:
        """Wait until nothing is left to be done; then check everything."""
        self.telegram.resume()
        try:
            self._wait()
        except TimeoutError:
            unanswered = [press.data for press in self.presses if not press.answered]
            raise AssertionError(f"no rest: {unanswered=} {self.done=} {self._kept()}") from None
        calls = self.telegram.calls
        for place in (self.home, self.group):
            self._check(place, calls)
        assert self.telegram.faults == [], self.done
        refused = self.office.rows.read("SELECT last_error FROM outgoing WHERE status = 'failed'")
        assert refused == [], self.done
        self._check_log()

    def leave(self) -> None:
        """Do nothing more; nothing is left undone."""
        self.block(out=False)
        self.rest()
        self.telegram.trouble.clear()

    def _wait(self) -> None:
        Visitor(self.telegram, self.home.chat, self.office.rows).wait(self._at_rest)

    def _do(self, *what: object) -> None:
        self.done.append(" ".join(f"{each}"[:70] for each in what))

    def _expect(self, place: Place) -> None:
        place.owed += 1
        place.asked += 1

    def _kept(self) -> list[object]:
        return [self.office.rows.chat(place.chat.id) for place in (self.home, self.group)]

    def _at_rest(self) -> bool:
        return (
            self.telegram.quiet()
            and all(press.answered for press in self.presses)
            and all(self._settled(place.chat) for place in (self.home, self.group))
        )

    def _settled(self, chat: Chat) -> bool:
        row = self.office.rows.chat(chat.id)
        return row is None or row["waiting"] == 0 or (chat is self.home.chat and self._waits(row))

    def _waits(self, row: dict[str, object]) -> bool:
        return self.blocked and row["left_at"] is not None

    def _check(self, place: Place, calls: list[Call]) -> None:
        mine = [c for c in calls[place.seen :] if c.parameters.get("chat_id") == place.chat.id]
        for call in mine:
            check_call(call)
        heard = sum(call.accepted and call.method in SAYING for call in mine)
        if not (place is self.home and self.blocked):
            assert heard >= place.owed, f"{place.owed - heard} not answered: {self.done}"
            place.owed = 0
        if place is self.group:
            assert mine == [] or place.asked, f"said in the group unasked: {self.done}"
        assert heard == 0 or place.asked, f"said unasked: {self.done}"
        if not place.owed:
            place.asked, place.seen = 0, len(calls)

    def _check_log(self) -> None:
        assert self.office.program.running, self.done
        log = self.office.program.log
        fresh, self._logged = log[self._logged :], len(log)
        for line in fresh.splitlines():
            assert json.loads(line)["level"] in {"debug", "info", "warning"}, line
        for unwanted in ("Traceback", self.telegram.token, SECRET, *self._quotes()):
            assert unwanted not in fresh
        assert _CHINESE.search(fresh) is None

    def _quotes(self) -> Iterator[str]:
        for text in self.texts:
            yield from (line for line in text.text.splitlines() if len(line) >= _QUOTED)


def tokens(call: Call) -> Iterator[str]:
    """What the buttons of a message send that a call has made or changed."""
    markup = call.parameters.get("reply_markup") or {}
    for row in markup.get("inline_keyboard", ()):
        yield from (button["callback_data"] for button in row if "callback_data" in button)


def check_call(call: Call) -> None:
    """What a bot asks for keeps to the limits, and is refused only where it could not know."""
    if call.fault is None and call.description is not None:
        assert any(words in call.description for words in REFUSALS), call.description
    assert all(1 <= len(data.encode()) <= TOKEN_BYTES for data in tokens(call))
    shown = call.result if isinstance(call.result, dict) else {}
    assert units(shown.get("text", "")) <= TEXT_UNITS


Trouble = Callable[[StandIn, str, Chat], object]

# What can go wrong with one call of a method, in a chat if it is made to one.
TROUBLES: dict[str, Trouble] = {
    "429": lambda api, method, chat: api.trouble.refuse(
        429, retry_after=0, method=method, when=within(chat)
    ),
    "429 for a second": lambda api, method, chat: api.trouble.refuse(
        429, retry_after=1, method=method, when=within(chat)
    ),
    "500": lambda api, method, chat: api.trouble.refuse(500, method=method, when=within(chat)),
    "502": lambda api, method, chat: api.trouble.refuse(502, method=method, when=within(chat)),
    "dropped": lambda api, method, chat: api.trouble.drop(
        "before", method=method, when=within(chat)
    ),
    "delivered, then dropped": lambda api, method, chat: api.trouble.drop(
        "after", method=method, when=within(chat)
    ),
    "delivered, then timed out": lambda api, method, chat: api.trouble.deliver_then_time_out(
        0.3, method=method, when=within(chat)
    ),
    "slow": lambda api, method, chat: api.trouble.slow(0.3, method=method, when=within(chat)),
    "gone": lambda api, _, chat: api.trouble.refuse(
        400, "message to edit not found", method="editMessageText", when=within(chat)
    ),
}


def within(chat: Chat) -> Callable[[Call], bool]:
    """Whether a call is made to this chat, or to none."""
    return lambda call: str(call.parameters.get("chat_id", chat.id)) == str(chat.id)
