"""What Telegram shows of the bot before a word is said: name, description, commands.

Telegram asks for languages of two letters, so it can't tell the two Chinese scripts apart: who
reads traditional characters gets commands of the chat's own.
"""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import structlog
from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import InvalidToken, TelegramError

from bot.errors import ConfigError
from bot.platforms.telegram.patience import Backoff, patiently, said
from conversations.commands import commands
from conversations.language import language
from rules.messages import message

NAME = message("政府质量奖申报助手")
SHORT = message(
    "对照政府质量奖的管理办法，看看能不能申报；不能的话，差在哪里、从哪天起可以。"
)  # fmt: skip
DESCRIPTION = message(
    "我陪您对照政府质量奖的管理办法，把申报条件一条一条过一遍：\n"
    "· 能不能申报，依据哪一条；\n"
    "· 差在哪里，怎么补，从哪天起可以；\n"
    "· 拿不准的可以说“不知道”，随时停下，下次接着来。\n\n"
    "二十分钟左右。受理和评审由评审办公室决定。"
)

LANGUAGES = ((None, "zh_Hans"), ("zh", "zh_Hans"), ("en", "en"))
"""Telegram's language codes, the first for all others, with ours."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


async def connect(bot: Bot, backoff: Backoff) -> bool:
    """Learn who the bot is, however long it takes; False if the program is asked to end first.

    Raises ConfigError if Telegram does not know the token.
    """
    await patiently("getMe", partial(learn, bot), backoff)
    return not backoff.stop.is_set()


async def learn(bot: Bot) -> None:
    """Learn who the bot is. Raises ConfigError or, if Telegram is not reached, TelegramError."""
    try:
        await bot.initialize()
    except InvalidToken:
        # From None: the library's error quotes the token.
        raise ConfigError(
            "TELEGRAM_BOT_TOKEN: not known to Telegram; expected the token as @BotFather shows it "
            "(or a Bot API server that knows it in TELEGRAM_API_BASE)"
        ) from None


def note_inline_mode(bot: Bot) -> None:
    """Say in the log how inline mode is switched on, if it is off: a bot cannot do it itself."""
    if not bot.supports_inline_queries:
        log.info("inline mode is off; to switch it on, send /setinline to @BotFather")


async def introduce(bot: Bot) -> None:
    """Set what differs, in every language. What fails is logged: the next start tries again.

    What is there is asked for first: Telegram lets a bot change its name only now and then.
    """
    for code, locale in LANGUAGES:
        say = language(locale).say
        set_name = partial(bot.set_my_name, language_code=code)
        await _settle("name", say(NAME), partial(_name, bot, code), set_name)
        set_short = partial(bot.set_my_short_description, language_code=code)
        await _settle("short description", say(SHORT), partial(_short, bot, code), set_short)
        set_long = partial(bot.set_my_description, language_code=code)
        await _settle("description", say(DESCRIPTION), partial(_description, bot, code), set_long)
        get_commands = partial(bot.get_my_commands, language_code=code)
        set_commands = partial(bot.set_my_commands, language_code=code)
        await _settle("commands", _commands(locale), get_commands, set_commands)


async def chat_commands(bot: Bot, address: str, locale: str) -> None:
    """Show the commands of a private chat in its own language. Never raises TelegramError."""
    try:
        await bot.set_my_commands(_commands(locale), scope=BotCommandScopeChat(int(address)))
    except TelegramError as error:
        log.info("a chat's commands stay as they are", error=said(error))


async def _settle(
    what: str, wanted: T, get: Callable[[], Awaitable[T]], put: Callable[[T], Awaitable[object]]
) -> None:
    try:
        if await get() != wanted:
            await put(wanted)
    except TelegramError as error:
        log.warning("not set on Telegram", what=what, error=said(error))


async def _name(bot: Bot, code: str | None) -> str:
    return (await bot.get_my_name(language_code=code)).name


async def _short(bot: Bot, code: str | None) -> str:
    return (await bot.get_my_short_description(language_code=code)).short_description


async def _description(bot: Bot, code: str | None) -> str:
    return (await bot.get_my_description(language_code=code)).description


def _commands(locale: str) -> tuple[BotCommand, ...]:
    return tuple(BotCommand(name, description) for name, description in commands(locale))
