"""The assistant on Telegram, running: polling or a webhook, until it is asked to end."""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from telegram import Bot
from telegram.error import BadRequest

from bot.app import Clock
from bot.config import Settings, TelegramSettings, shown
from bot.database import Database, open_database
from bot.errors import ConfigError, DatabaseError
from bot.logs import place
from bot.platform import OutgoingMessage
from bot.platforms.telegram.background import Background
from bot.platforms.telegram.courtesies import Courtesies
from bot.platforms.telegram.inline_mode import InlineMode
from bot.platforms.telegram.links import start_link
from bot.platforms.telegram.parts import Part, parts
from bot.platforms.telegram.patience import Backoff, patiently, said
from bot.platforms.telegram.polling import Client, poll
from bot.platforms.telegram.receiving import ALLOWED_UPDATES, Receiver
from bot.platforms.telegram.request import AiohttpRequest, proxy_for
from bot.platforms.telegram.sending import send, typing
from bot.platforms.telegram.serving import serving
from bot.platforms.telegram.setup import chat_commands, connect, introduce, note_inline_mode
from bot.platforms.telegram.webhook import Door, Hook, application
from bot.service import Limits, Service
from bot.stepping import Step
from conversations import questions
from rules import workdays

DOOR_SECONDS = 1.0
LAST_SECONDS = 0.5
END_SECONDS = 9.5
"""How long the end may take: for updates being kept, for what nobody depends on, in all."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Telegram:
    """Telegram as the service sees it."""

    bot: Bot
    courtesies: Courtesies
    name: str = "telegram"

    def parts(self, message: OutgoingMessage) -> Sequence[Part]:
        """Cut a message into what Telegram takes at a time."""
        return parts(message, partial(start_link, self.bot.username))

    async def send(self, message: OutgoingMessage, part: Part) -> str | None:
        """Send one part. Raises Undeliverable, ChatLeft, ChatMoved or TryLater."""
        sent_as = await send(self.bot, message, part)
        self.courtesies.sent(message.address, message.locale)
        return sent_as


@dataclass(frozen=True, slots=True)
class Office:
    """All that is needed to run: the settings, how a conversation goes, the clock."""

    settings: Settings
    telegram: TelegramSettings
    step: Step
    clock: Clock

    @property
    def hook(self) -> Hook | None:
        """The webhook, if there is one."""
        url, secret = self.telegram.webhook_url, self.telegram.webhook_secret
        return Hook(url, secret.get_secret_value()) if url and secret else None


def main(office: Office) -> None:
    """Run until SIGTERM or Ctrl-C. Raises ConfigError or DatabaseError."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(run(office))


async def run(office: Office) -> None:
    """Take updates and answer them until SIGTERM or Ctrl-C. Raises ConfigError, DatabaseError."""
    stop = _asked_to_end()
    url, server = office.settings.database_url, office.telegram.server
    door = Door()
    async with AsyncExitStack() as stack:
        database = await open_database(url, alone=True)
        stack.push_async_callback(database.close)
        where: dict[str, str] = {}
        if server is not None:
            # First, so that whoever watches over the program sees that it is alive.
            listening = serving(application(door, office.hook), server)
            where["listening"] = "{}:{}".format(*await stack.enter_async_context(listening))
        client = await stack.enter_async_context(client_of(office.telegram))
        backoff = Backoff(stop)
        if not await connect(client, backoff):
            return
        # Before anybody waits: the first look stops all chats.
        year = office.clock().year
        workdays.look_up(year, year + 1)
        await asyncio.to_thread(questions.ask, "奖金", None, office.clock().date())
        mode = "webhook" if office.hook else "polling"
        async with _answering(office, client, database, door) as receiver:
            _settle_memory()
            log.info("started", bot=f"@{client.username}", mode=mode, data=shown(url), **where)
            note_inline_mode(client)
            await _take(office, client, receiver, backoff)
            log.info("ending")
    log.info("ended")


async def _take(office: Office, client: Client, receiver: Receiver, backoff: Backoff) -> None:
    receiver.background.start(introduce(client))
    if office.hook is None:
        await poll(client, receiver.receive, backoff)
    else:
        await _set_webhook(client, office.hook, office.telegram.max_connections, backoff)
        await backoff.stop.wait()


async def _set_webhook(client: Client, hook: Hook, connections: int, backoff: Backoff) -> None:
    # Never deleted: other processes may share it, and what comes meanwhile waits at Telegram.
    setting = partial(
        client.set_webhook,
        hook.url,
        max_connections=connections,
        allowed_updates=ALLOWED_UPDATES,
        secret_token=hook.secret,
    )
    try:
        await patiently("setWebhook", setting, backoff, (BadRequest,))
    except BadRequest as error:
        raise ConfigError(f"AWARD_BOT_WEBHOOK_URL: Telegram refuses it: {said(error)}") from None


@asynccontextmanager
async def _answering(
    office: Office, client: Client, database: Database, door: Door
) -> AsyncIterator[Receiver]:
    """Everything that answers, begun; ended in good order."""
    background = Background()
    courtesies = Courtesies(
        partial(typing, client), partial(chat_commands, client), background.start
    )
    limits = Limits(
        rate=office.telegram.sends_per_second, retention_days=office.settings.retention_days
    )
    service = Service(database, Telegram(client, courtesies), office.step, office.clock, limits)
    inline = InlineMode(client, background.start, office.clock)
    receiver = Receiver(
        client, service, courtesies, background, office.clock, inline.received
    )  # fmt: skip
    await service.start()
    door.open(receiver.receive, service.ping)
    try:
        yield receiver
    finally:
        await door.close(DOOR_SECONDS)
        try:
            await service.stop()
        except DatabaseError as error:
            log.warning("the database was away at the end", error=str(error))
        await background.finish(LAST_SECONDS)


@asynccontextmanager
async def client_of(settings: TelegramSettings) -> AsyncIterator[Client]:
    """A client for this bot, closed at the end; nothing has been asked of Telegram yet."""
    proxy = proxy_for(settings.api_base)
    client = Client(
        settings.bot_token.get_secret_value(),
        settings.api_base,
        request=AiohttpRequest(proxy=proxy),
        get_updates_request=AiohttpRequest(connections=2, proxy=proxy),
    )
    try:
        yield client
    finally:
        await client.shutdown()


def _settle_memory() -> None:
    # What is loaded by now stays. Python would look through all of it again and again for what is
    # no longer used, and every chat would wait for a tenth of a second.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _asked_to_end() -> asyncio.Event:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    loop.set_exception_handler(_unexpected)

    def asked() -> None:
        if not stop.is_set():
            stop.set()
            loop.call_later(END_SECONDS, _end_now)

    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, asked)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(asked))
    return stop


def _end_now() -> None:
    # Nothing is lost: what is kept is kept, and the rest comes again.
    log.warning("ending took too long; the next start goes on from here")
    os._exit(0)


def _unexpected(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    # The loop's own handler would quote the error, which may quote a user.
    error = context.get("exception")
    if isinstance(error, BaseException):
        log.error("something failed", error=type(error).__name__, at=place(error))
    else:
        log.warning("something failed", reason=context.get("message"))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 - not on Windows
    except ImportError:
        return None
    return uvloop.new_event_loop
