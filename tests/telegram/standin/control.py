"""The tests' side of the stand-in."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from datetime import datetime
from typing import Any, Self

from aiohttp import web

from bot.clock import now
from standin import people
from standin.chats import Chat, Message, Press, User
from standin.errors import Fault
from standin.keyboards import Button
from standin.params import Json
from standin.server import Server
from standin.trouble import Trouble
from standin.updates import Update, Updates
from standin.webhook import Delivery, Webhook
from standin.world import Call, Profile, Query, World

TOKEN = "123456789:AAF-a_token-that_is-made-up-for-tests0"  # noqa: S105 - no secret
TIMEOUT = 30.0


class StandIn:
    """Telegram, as far as a bot can tell: a server in a thread of its own.

    ``inline`` is whether inline mode is on. ``local`` allows webhooks without https;
    ``ordered=False`` delivers a chat's updates to a webhook side by side. ``webhook_timeout`` and
    ``pauses`` say how long an answer is waited for and how long after a failure it is tried again.
    """

    def __init__(  # noqa: PLR0913 - settings, all by name
        self,
        *,
        token: str = TOKEN,
        username: str = "award_bot",
        clock: Callable[[], datetime] = now,
        local: bool = True,
        ordered: bool = True,
        inline: bool = True,
        webhook_timeout: float = 30.0,
        pauses: Sequence[float] = (0.02, 0.05, 0.1, 0.2, 0.5),
    ) -> None:
        bot = User(int(token.partition(":")[0]), "Award bot", username, is_bot=True)
        self._world = World(token, bot, clock, inline_mode=inline)
        self._updates = Updates(self._world)
        self._webhook = Webhook(
            self._updates, self._run, local, ordered, webhook_timeout, tuple(pauses)
        )
        self._server = Server(self._world, self._updates, self._webhook)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._runner: web.AppRunner | None = None
        self._updates.pushed = self._push
        self.base = ""
        self.trouble = Trouble(self._server)

    def __enter__(self) -> Self:
        self._thread.start()
        self._wait_for(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        self._wait_for(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> None:
        app = self._server.application()
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.0
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}/bot"

    async def _stop(self) -> None:
        await self._webhook.stop()
        assert self._runner is not None
        await self._runner.cleanup()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def _wait_for(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(TIMEOUT)

    def _run(self, method: str, given: Json) -> Awaitable[object]:
        return self._server.run(method, given)

    def _push(self, update: Update) -> None:
        self._loop.call_soon_threadsafe(self._arrive, update)

    def _arrive(self, update: Update) -> None:
        with self._world.lock:
            self._webhook.enqueue(update)
            self._updates.announced -= 1
            self._world.changed()

    @property
    def token(self) -> str:
        """The bot's token."""
        return self._world.token

    @property
    def bot(self) -> User:
        """The bot's own account."""
        return self._world.bot

    @property
    def calls(self) -> list[Call]:
        """Every request of the bot with a right token, in the order of arrival."""
        with self._world.lock:
            return list(self._world.calls)

    @property
    def faults(self) -> list[Fault]:
        """What a bot must never do; a test asserts that there is nothing here."""
        with self._world.lock:
            return list(self._world.faults)

    def take_faults(self) -> list[Fault]:
        """The faults so far, which a test has asked for: they are no longer any."""
        with self._world.lock:
            found, self._world.faults[:] = list(self._world.faults), []
            return found

    @property
    def presses(self) -> list[Press]:
        """Every button that was pressed, and how it was answered."""
        with self._world.lock:
            return list(self._world.presses.values())

    @property
    def deliveries(self) -> list[Delivery]:
        """Every attempt to reach the webhook."""
        with self._world.lock:
            return list(self._webhook.deliveries)

    @property
    def pending(self) -> list[int]:
        """The ids of the updates that the bot has not confirmed."""
        with self._world.lock:
            return [*self._updates.pending, *(update.id for update in self._updates.again)]

    @property
    def profile(self) -> Profile:
        """The bot's names, descriptions and commands."""
        return self._world.profile

    @property
    def webhook_info(self) -> Json:
        """What ``getWebhookInfo`` says."""
        with self._world.lock:
            return self._webhook.info()

    def called(self, method: str) -> list[Call]:
        """The requests of one method."""
        return [call for call in self.calls if call.method == method]

    def chat(self, identity: int) -> Chat:
        """A chat by its id."""
        return self._world.chats[identity]

    def wait(self, until: Callable[[], Any], timeout: float = TIMEOUT) -> None:
        """Wait until something is so, here or elsewhere. Raises TimeoutError."""
        if not self._world.wait(until, timeout):
            raise TimeoutError("what was waited for has not happened")

    async def until(self, until: Callable[[], Any], timeout: float = TIMEOUT) -> None:  # noqa: ASYNC109
        """The same for a test whose own event loop must go on."""
        await asyncio.to_thread(self.wait, until, timeout)

    def quiet(self) -> bool:
        """Whether every update is confirmed and none is on its way."""
        updates = self._updates
        under_way = updates.announced or self._webhook.busy
        return not (updates.pending or updates.again or under_way)

    def user(self, **fields: Any) -> User:  # noqa: ANN401 - the fields of a user
        """Somebody new: ``user(language_code="zh-hans", first_name="…", username="…")``."""
        return self._world.new_user(**fields)

    def private(self, user: User | None = None, *, started: bool = True, **fields: Any) -> Chat:  # noqa: ANN401
        """A private chat; without ``started`` the bot cannot write until the user does."""
        chat = self._world.new_chat("private", user or self.user(**fields))
        chat.standing = "open" if started else "unstarted"
        return chat

    def group(self, kind: str = "group", title: str = "A group") -> Chat:
        """A group, supergroup or channel that the bot is in."""
        return self._world.new_chat(kind, title=title)

    def say(
        self, chat: Chat, text: str, *, by: User | None = None, reply_to: Message | None = None
    ) -> Message:
        """Type something; in a group ``by`` says who does."""
        return people.say(self._updates, chat, text, by, reply_to)

    def send(
        self,
        chat: Chat,
        kind: str,
        caption: str = "",
        *,
        by: User | None = None,
        reply_to: Message | None = None,
        **fields: Any,  # noqa: ANN401 - JSON values
    ) -> Message:
        """Send a photo, sticker, voice, location … (``content.KINDS``), or a service message."""
        return people.send(
            self._updates, chat, kind, caption, by=by, fields=fields, reply_to=reply_to
        )

    def say_anonymously(
        self, group: Chat, text: str, *, reply_to: Message | None = None
    ) -> Message:
        """An administrator of a group types something in the group's name."""
        return people.anonymous(self._updates, group, text, reply_to)

    def edit(self, chat: Chat, message: Message | int, text: str) -> None:
        """Change what one has said."""
        found = message if isinstance(message, Message) else chat.message(message)
        if found is None or found.sender == self.bot or found.kind != "text":
            raise ValueError("only one's own text can be edited")
        people.edit(self._updates, chat, found, text)

    def delete(self, message: Message) -> None:
        """Take a message away; nobody tells the bot."""
        with self._world.lock:
            message.deleted = True

    def press(
        self,
        chat: Chat,
        button: str,
        message: Message | int | None = None,
        *,
        by: User | None = None,
        inaccessible: bool = False,
    ) -> Press:
        """Press a button by its data or label: of this message, or of the last that has it.

        With ``message`` also one that an edit has taken away. ``inaccessible``: the message is so
        old that the bot is not told what it said. Raises LookupError.
        """
        with self._world.lock:
            if message is None:
                message = people.message_with(chat, button)
            elif isinstance(message, int):
                message = next(m for m in chat.everything if m.message_id == message)
            found = people.button(message, button)
            return people.press(self._updates, chat, message, found, by, inaccessible=inaccessible)

    def forge(self, chat: Chat, data: str, *, by: User | None = None) -> Press:
        """Send what no button sends, as if the bot's last message had one: an app could."""
        made = Button("", "callback_data", data)
        return people.press(self._updates, chat, chat.last, made, by, inaccessible=False)

    def expire(self, asked: Press | Query | None = None) -> None:
        """Let a press or query (or all presses) become too old to be answered."""
        for found in [asked] if asked else self.presses:
            found.expired = True

    def block(self, chat: Chat, *, by: User | None = None) -> None:
        """Block the bot; in a group: remove it."""
        people.standing(self._updates, chat, people.away(chat), by)

    def unblock(self, chat: Chat, *, by: User | None = None) -> None:
        """Let the bot in again; in a group: add it."""
        people.standing(self._updates, chat, "open", by)

    def deactivate(self, chat: Chat) -> None:
        """The user's account is gone; nobody tells the bot."""
        chat.standing = "deactivated"

    def migrate(self, group: Chat, *, by: User) -> Chat:
        """Make a supergroup of a group; gives the new chat."""
        return people.migrate(self._updates, group, by)

    def post(self, channel: Chat, text: str) -> Message:
        """Something is published in a channel."""
        return people.post(self._updates, channel, text)

    def ask_inline(self, user: User, text: str) -> Query:
        """Type the bot's name and something in another chat; ``.results`` is what it answers."""
        return people.ask_inline(self._updates, user, text)

    def choose(self, chat: Chat, query: Query, number: int = 0) -> Message:
        """Put one of the results into a chat. Raises LookupError if there are none."""
        return people.choose(self._updates, chat, query, number)

    def update(self, kind: str, payload: Json, *, force: bool = False) -> int | None:
        """Make an update of any kind; nothing if the bot has not asked for it, unless forced."""
        return self._updates.add(kind, payload, f"kind {kind}", force=force)

    def redeliver(
        self, update_ids: Iterable[int] | None = None, *, seed: int | None = None
    ) -> list[int]:
        """Deliver these updates (all) again; with a seed shuffled and side by side."""
        return self._updates.repeat(update_ids, seed)

    def pause(self) -> None:
        """Deliver nothing until ``resume``."""
        self._updates.paused = True

    def resume(self) -> None:
        """Deliver what has come up since ``pause``."""
        self._updates.resume()

    def balance(self, beginning: str, *addresses: str) -> None:
        """Send what goes to a webhook URL with this beginning to these addresses in turn."""
        self._webhook.backends[beginning] = list(addresses)
