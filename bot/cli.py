"""The command line. Every command loads what it needs when it is called: help comes at once."""

# ruff: noqa: PLC0415 - see above

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.answers_commands import answers, stats
from bot.office_cli import rounds, staff, tickets
from bot.output import Output

app = typer.Typer(
    name="award-bot",
    help="Before you apply for a local government's quality award: can you, and if not, when?",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


rules = typer.Typer(
    help="For authors of award files. Example: award-bot rules check",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(rules, name="rules", short_help="For authors. Example: award-bot rules check")


telegram = typer.Typer(invoke_without_command=True, no_args_is_help=False, rich_markup_mode=None)
app.add_typer(
    telegram,
    name="telegram",
    short_help="The assistant on Telegram. Example: TELEGRAM_BOT_TOKEN=… award-bot telegram",
)


app.add_typer(rounds, name="rounds", short_help="For award offices. Example: award-bot rounds list")
app.add_typer(
    staff,
    name="staff",
    short_help="Officers of awards. Example: award-bot staff invite --award jian",
)
app.add_typer(
    tickets, name="tickets", short_help="Questions of applicants. Example: award-bot tickets list"
)
app.add_typer(
    answers,
    name="answers",
    short_help="An office's own answers. Example: award-bot answers list",
)


class Locale(StrEnum):
    """The languages there are."""

    ZH_HANS = "zh_Hans"
    ZH_HANT = "zh_Hant"
    EN = "en"


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
    from bot.logs import configure
    from bot.platforms import console
    from conversations.commands import COMMANDS
    from conversations.step import step
    from rules.load import load_awards

    settings = load_settings()
    configure(settings.log)
    url = settings.database_url
    load_awards()  # a mistake in an award file is said now, not in the middle of a conversation
    print(shown(url), file=sys.stderr)  # noqa: T201 - apart from the conversation
    console.run(url, step, tuple(COMMANDS.items()), now, settings.retention_days)


@telegram.callback()
def telegram_run(context: typer.Context) -> None:
    """Run the assistant on Telegram, until SIGTERM or Ctrl-C.

    By long polling, or with a webhook if AWARD_BOT_WEBHOOK_URL is set (then also
    AWARD_BOT_WEBHOOK_SECRET, and AWARD_BOT_LISTEN: where to listen, by default 127.0.0.1:8080).
    TELEGRAM_BOT_TOKEN is the bot's token: open https://t.me/BotFather and send /newbot.

    Example: TELEGRAM_BOT_TOKEN=123456789:AAF… award-bot telegram
    """
    if context.invoked_subcommand is not None:
        return
    from bot.platforms.telegram.start import start

    start()


@telegram.command(
    "links", short_help="Links and QR codes. Example: award-bot telegram links --folder codes"
)
def telegram_links(
    folder: Annotated[Path, typer.Option(help="Where to write the QR codes.")] = Path("qr-codes"),
    locale: Annotated[Locale, typer.Option(help="The language of names.")] = Locale.ZH_HANS,
) -> None:
    """Print links that begin a screening for an award, and write a QR code (PNG) of each.

    Example: award-bot telegram links --folder codes
    """
    from bot.platforms.telegram.start import print_links

    print_links(folder, locale.value)


@telegram.command(
    "status",
    short_help="What waits to be sent. Example: award-bot telegram status --format json",
)
def telegram_status(
    output: Annotated[Output, typer.Option("--format", help="For people or programs.")] = (
        Output.TEXT
    ),
) -> None:
    """Show what waits to be sent and since when, who cannot be reached, the last error.

    Example: award-bot telegram status --format json
    """
    from bot.clock import now
    from bot.status_cli import show_status

    show_status("telegram", output.value, now)


@app.command(short_help="Judge cases. Example: award-bot screen cases.jsonl --format text")
def screen(
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="One case, or one a line.")],
    output: Annotated[
        Output | None, typer.Option("--format", help="By default json, or text on a terminal.")
    ] = None,
    locale: Annotated[Locale, typer.Option(help="The language of explanations.")] = Locale.ZH_HANS,
) -> None:
    """Judge cases of the screening contract: JSON, or one case a line.

    The exit status is 2 if a case was malformed; the others are judged all the same.

    Example: award-bot screen cases.jsonl --format text

    Example: echo '{"jurisdiction": "jian", "track": "individual"}' | award-bot screen -
    """
    from bot.clock import now
    from bot.screen import screen as judge

    shown = output or (Output.TEXT if sys.stdout and sys.stdout.isatty() else Output.JSON)
    raise typer.Exit(judge(source, shown.value, locale.value, now()))


@app.command(short_help="Ask the regulations. Example: award-bot ask 连云港奖金多少")
def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION|-", help="- reads JSON Lines.")],
    jurisdiction: Annotated[
        str | None, typer.Option(help="The award asked about, if the question names none.")
    ] = None,
    output: Annotated[
        Output | None, typer.Option("--format", help="By default json, or text on a terminal.")
    ] = None,
    locale: Annotated[
        Locale | None, typer.Option(help="By default the language of the question.")
    ] = None,
) -> None:
    """Answer a question from the regulations, with the articles.

    With - it reads one object a line: {"question": …, "jurisdiction": …, "locale": …}. The exit
    status is 2 if a line could not be taken; the others are answered all the same.

    Example: award-bot ask "连云港获奖后几年内不能再报？"

    Example: echo '{"question": "奖金多少", "jurisdiction": "jian"}' | award-bot ask -
    """
    from bot.ask_cli import run
    from bot.clock import now
    from knowledge.load import awards

    if jurisdiction is not None and jurisdiction not in awards():
        raise typer.BadParameter(f"one of: {', '.join(awards())}", param_hint="--jurisdiction")
    shown = output or (Output.TEXT if sys.stdout and sys.stdout.isatty() else Output.JSON)
    raise typer.Exit(run(question, jurisdiction, locale and locale.value, shown.value, now()))


@rules.command("check", short_help="Check every award file. Example: award-bot rules check")
def rules_check() -> None:
    """Check every award file: citations, coverage, questions, examples, translations.

    Prints what covers each provision; the exit status is 1 if there is a problem.

    Example: award-bot rules check
    """
    from bot.rules_cli import check

    raise typer.Exit(check())


@rules.command("show", short_help="A regulation as encoded. Example: award-bot rules show jian 10")
def rules_show(
    award: Annotated[str, typer.Argument(help="An award, such as jian or 吉安.")],
    article: Annotated[str | None, typer.Argument(help="Such as 10, 10.3 or 第十条.")] = None,
) -> None:
    """Show a regulation's text with what each provision is encoded as.

    Example: award-bot rules show jian 10
    """
    from bot.rules_cli import show

    raise typer.Exit(show(award, article))


app.command(short_help="What is asked, in figures. Example: award-bot stats -o figures.png")(stats)


def failure(error: Exception) -> str | None:
    """What can be mended, in one line; None for what is a mistake in the program."""
    from bot.errors import ConfigError, DatabaseError
    from knowledge.model import KnowledgeError
    from rules.load import AwardError

    if isinstance(error, ConfigError | DatabaseError | KnowledgeError | AwardError | OSError):
        return " ".join(str(error).split())
    return None
