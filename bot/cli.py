"""The command line. Every command loads what it needs when it is called: help comes at once."""

# ruff: noqa: PLC0415 - see above

import logging
import sys

import typer

app = typer.Typer(
    name="award-bot",
    help="Before you apply for a local government's quality award: can you, and if not, when?",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def _common() -> None:
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)


@app.command(short_help="Talk to the assistant in this terminal. Example: award-bot chat")
def chat() -> None:
    """Talk to the assistant in this terminal.

    Answers are kept in the database of AWARD_BOT_DATABASE_URL. When standard input is not a
    terminal, it reads one message a line and prints plain text.

    Example: award-bot chat

    Example: echo "/start jian" | award-bot chat
    """
    from bot.clock import now
    from bot.config import load_settings, shown
    from bot.platforms import console
    from conversations.step import COMMANDS, step
    from rules.load import load_awards

    url = load_settings().database_url
    load_awards()  # a mistake in an award file is said now, not in the middle of a conversation
    print(shown(url), file=sys.stderr)  # noqa: T201 - apart from the conversation
    console.run(url, step, COMMANDS, now)


def failure(error: Exception) -> str | None:
    """What can be mended, in one line; None for what is a mistake in the program."""
    from bot.errors import ConfigError, DatabaseError
    from knowledge.model import KnowledgeError
    from rules.load import AwardError

    if isinstance(error, ConfigError | DatabaseError | KnowledgeError | AwardError):
        return " ".join(str(error).split())
    return None
