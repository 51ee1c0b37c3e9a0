"""A bare echo bot with python-telegram-bot: its documented way to use a web server of one's own.

``ECHO`` names what it has to be faster, any of: concurrent (updates), uvloop, aiohttp (under it in
place of httpx, by award-bot's request class).
"""

import asyncio
import os
from http import HTTPStatus

import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.platforms.telegram.request import AiohttpRequest

WITH = os.environ.get("ECHO", "").split()


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Repeat what was said."""
    assert update.message is not None
    assert update.message.text is not None
    await update.message.reply_text(update.message.text)


async def main() -> None:
    """Serve until told to stop."""
    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"]).updater(None)
    builder = builder.base_url(os.environ["TELEGRAM_API_BASE"])
    if "concurrent" in WITH:
        builder = builder.concurrent_updates(concurrent_updates=True)
    if "aiohttp" in WITH:
        builder = builder.request(AiohttpRequest())
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    secret = os.environ["AWARD_BOT_WEBHOOK_SECRET"]

    async def take(request: Request) -> Response:
        if request.headers.get("X-Telegram-Bot-Api-Secret-Token") != secret:
            return Response(status_code=HTTPStatus.FORBIDDEN)
        update = Update.de_json(data=await request.json(), bot=application.bot)
        await application.update_queue.put(update)
        return Response()

    host, _, port = os.environ["AWARD_BOT_LISTEN"].partition(":")
    server = uvicorn.Server(
        uvicorn.Config(
            app=Starlette(routes=[Route("/hook", take, methods=["POST"])]),
            host=host,
            port=int(port),
            use_colors=False,
            log_level="warning",
            access_log=False,
        )
    )
    async with application:
        await application.start()
        await server.serve()
        await application.stop()


if __name__ == "__main__":
    if "uvloop" in WITH:
        uvloop.run(main())
    else:
        asyncio.run(main())
