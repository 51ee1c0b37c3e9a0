"""A bare echo bot with aiogram behind aiohttp's server, as its documentation has it.

``ECHO=uvloop`` runs it on uvloop.
"""

import asyncio
import os

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

UVLOOP = os.environ.get("ECHO") == "uvloop"


async def echo(message: Message) -> None:
    """Repeat what was said."""
    assert message.text is not None
    await message.answer(message.text)


def main() -> None:
    """Serve until told to stop."""
    root = os.environ["TELEGRAM_API_BASE"].removesuffix("/bot")
    bot = Bot(
        os.environ["TELEGRAM_BOT_TOKEN"],
        session=AiohttpSession(api=TelegramAPIServer.from_base(root)),
    )
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    app = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, bot, secret_token=os.environ["AWARD_BOT_WEBHOOK_SECRET"]
    )
    handler.register(app, path="/hook")
    setup_application(app, dispatcher, bot=bot)
    host, _, port = os.environ["AWARD_BOT_LISTEN"].partition(":")
    loop = uvloop.new_event_loop() if UVLOOP else asyncio.new_event_loop()
    web.run_app(app, host=host, port=int(port), access_log=None, print=None, loop=loop)


if __name__ == "__main__":
    main()
