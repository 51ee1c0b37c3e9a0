"""What Telegram shows of the bot, and learning who it is."""

import asyncio

import pytest
import structlog
from adapter import client_of, hasty
from standin import StandIn

from bot.errors import ConfigError
from bot.platforms.telegram import setup
from bot.platforms.telegram.patience import Backoff
from bot.platforms.telegram.setup import (
    chat_commands,
    connect,
    introduce,
    note_inline_mode,
)
from conversations.commands import commands
from conversations.language import language
from conversations.model import LOCALES

SETTERS = ("setMyName", "setMyShortDescription", "setMyDescription", "setMyCommands")


def _set(telegram: StandIn) -> list[str]:
    return [call.method for call in telegram.calls if call.method in SETTERS]


async def test_everything_is_set_in_every_language(telegram: StandIn) -> None:
    """Names, descriptions and commands: Chinese unless somebody reads English."""
    async with client_of(telegram) as client:
        await introduce(client)
        for code, locale in ((None, "zh_Hans"), ("zh", "zh_Hans"), ("en", "en"), ("fr", "zh_Hans")):
            say = language(locale).say
            assert (await client.get_my_name(code)).name == say(setup.NAME)
            short = await client.get_my_short_description(code)
            assert short.short_description == say(setup.SHORT)
            assert (await client.get_my_description(code)).description == say(setup.DESCRIPTION)
        for code, locale in setup.LANGUAGES:
            found = await client.get_my_commands(language_code=code)
            assert [(each.command, each.description) for each in found] == list(commands(locale))


async def test_what_is_right_is_left_alone(telegram: StandIn) -> None:
    """The second start sets nothing: Telegram lets a bot change its name only now and then."""
    async with client_of(telegram) as client:
        await introduce(client)
        before = _set(telegram)
        await introduce(client)
    assert before
    assert _set(telegram) == before


async def test_what_fails_does_not_stop_the_rest(telegram: StandIn) -> None:
    """A name that cannot be set is logged; descriptions and commands are set all the same."""
    telegram.trouble.refuse(429, retry_after=86_400, method="setMyName", times=None)
    telegram.trouble.refuse(502, method="getMyDescription")
    with structlog.testing.capture_logs() as lines:
        async with client_of(telegram) as client:
            await introduce(client)
    assert {line["what"] for line in lines} == {"name", "description"}
    assert set(SETTERS) - {"setMyName"} <= set(_set(telegram))


@pytest.mark.parametrize("locale", LOCALES)
def test_texts_are_as_short_as_telegram_wants_them(locale: str) -> None:
    """In every language: 64, 120 and 512 characters."""
    say = language(locale).say
    assert len(say(setup.NAME)) <= 64
    assert len(say(setup.SHORT)) <= 120
    assert len(say(setup.DESCRIPTION)) <= 512


async def test_a_chat_can_have_commands_in_its_own_language(telegram: StandIn) -> None:
    """Who reads traditional characters gets them, though Telegram knows only one Chinese."""
    chat = telegram.private()
    async with client_of(telegram) as client:
        await chat_commands(client, str(chat.id), "zh_Hant")
    [call] = telegram.called("setMyCommands")
    assert call.parameters["scope"] == {"type": "chat", "chat_id": chat.id}
    shown = [(each["command"], each["description"]) for each in call.parameters["commands"]]
    assert shown == list(commands("zh_Hant"))


async def test_commands_of_a_chat_are_a_courtesy(telegram: StandIn) -> None:
    """If they cannot be set, nothing happens."""
    telegram.trouble.refuse(502, method="setMyCommands")
    async with client_of(telegram) as client:
        await chat_commands(client, "5", "en")
    assert telegram.called("setMyCommands")


async def test_it_learns_who_it_is_however_long_it_takes(telegram: StandIn) -> None:
    """Telegram is away at first: it asks again until it is there."""
    telegram.trouble.refuse(502, method="getMe", times=2)
    with structlog.testing.capture_logs() as lines:
        async with client_of(telegram, telegram.token) as client:
            assert await connect(client, hasty())
            assert client.username == "award_bot"
    assert [line["call"] for line in lines] == ["getMe"] * 2


async def test_a_token_that_nobody_knows_is_told_without_being_shown(telegram: StandIn) -> None:
    """One line that names the setting and what is expected, and never the token."""
    async with client_of(telegram, "123456789:nobody-knows-it") as client:
        with pytest.raises(ConfigError, match=r"^TELEGRAM_BOT_TOKEN: .*expected") as caught:
            await connect(client, hasty())
    assert "nobody" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_asked_to_end_it_stops_asking(telegram: StandIn) -> None:
    """While Telegram is away the program can be ended at once."""
    telegram.trouble.refuse(502, method="getMe", times=None)
    stop = asyncio.Event()
    async with client_of(telegram, telegram.token) as client:
        asking = asyncio.create_task(connect(client, Backoff(stop, (3600.0,))))
        await telegram.until(lambda: telegram.called("getMe"))
        stop.set()
        assert await asking is False


@pytest.mark.parametrize("inline", [True, False])
async def test_inline_mode_that_is_off_is_noted(*, inline: bool) -> None:
    """Only the operator can switch it on, and is told how."""
    with StandIn(inline=inline) as telegram, structlog.testing.capture_logs() as lines:
        async with client_of(telegram) as client:
            note_inline_mode(client)
    assert ["/setinline" in line["event"] for line in lines] == ([] if inline else [True])


def test_what_only_officers_can_do_is_in_nobodys_menu() -> None:
    """To everybody else these are unknown commands."""
    shown = {name for locale in LOCALES for name, _ in commands(locale)}
    assert not shown & {"rounds", "broadcast", "staff", "desk", "desk_here", "stats", "answers"}
