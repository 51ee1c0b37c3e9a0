"""The commands about an office's own answers and its figures."""

# ruff: noqa: PLC0415 - every command loads what it needs when it is called

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.output import Output

answers = typer.Typer(
    help="An office's own answers, told beside the texts. Example: award-bot answers list",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Award = Annotated[str | None, typer.Option(help="An award, such as jian.")]
Questions = Annotated[
    list[str] | None,
    typer.Option("--question", help="A way to put the question. May be repeated."),
]
Text = Annotated[str | None, typer.Option(help="The answer.")]
Provisions = Annotated[
    list[str] | None,
    typer.Option("--provision", help="What it rests on, such as art-10.3. May be repeated."),
]
Until = Annotated[
    str | None, typer.Option(help='The last day on which it holds: 2027-06-30, or "" for ever.')
]
Number = Annotated[int, typer.Argument(metavar="ANSWER", help="Its number in the list.")]


class Sheet(StrEnum):
    """Kinds of files."""

    JSON = "json"
    CSV = "csv"


class Picture(StrEnum):
    """How figures are shown."""

    TEXT = "text"
    CSV = "csv"
    PNG = "png"


@answers.command(
    "add",
    short_help="Keep an answer. Example: award-bot answers add --award jian --question … --text …",
)
def answers_add(
    award: Annotated[str, typer.Option(help="An award, such as jian.")],
    question: Questions = None,
    text: Text = None,
    provision: Provisions = None,
    until: Until = None,
) -> None:
    """Keep an answer of an award's office: whoever asks the same is told it, with its date.

    Where its figures differ from the text's that is pointed out; both are shown then.

    Example: award-bot answers add --award jian --question 申报表在哪里下载 --text
    在市市场监督管理局网站下载。 --provision art-11 --until 2027-06-30
    """
    from bot.answers_cli import add
    from bot.clock import now

    raise typer.Exit(add(_given(question, text, provision, until) | {"award": award}, now))


@answers.command(
    "edit", short_help="Change an answer. Example: award-bot answers edit 7 --until 2027-06-30"
)
def answers_edit(
    answer: Number,
    question: Questions = None,
    text: Text = None,
    provision: Provisions = None,
    until: Until = None,
) -> None:
    """Change an answer. What is not given stays; questions given take the place of all there were.

    Example: award-bot answers edit 7 --until 2027-06-30
    """
    from bot.answers_cli import edit
    from bot.clock import now

    raise typer.Exit(edit(answer, _given(question, text, provision, until), now))


@answers.command("withdraw", short_help="Withdraw an answer. Example: award-bot answers withdraw 7")
def answers_withdraw(answer: Number) -> None:
    """Withdraw an answer: it is told to nobody any more. There is no way back.

    Example: award-bot answers withdraw 7
    """
    from bot.answers_cli import take_back
    from bot.clock import now

    raise typer.Exit(take_back(answer, now))


@answers.command("list", short_help="All answers. Example: award-bot answers list --award jian")
def answers_list(
    award: Award = None,
    output: Annotated[Output, typer.Option("--format", help="For people or programs.")] = (
        Output.TEXT
    ),
) -> None:
    """List all answers, those withdrawn or expired as well; as JSON, one a line.

    Example: award-bot answers list --award jian
    """
    from bot.answers_cli import show
    from bot.clock import now

    raise typer.Exit(show(award, output.value, now))


@answers.command(
    "export", short_help="Write them to a file. Example: award-bot answers export -o answers.csv"
)
def answers_export(
    award: Award = None,
    sheet: Annotated[
        Sheet | None, typer.Option("--format", help="By default as the file's name says.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--output", "-o", help="By default standard output.")
    ] = None,
) -> None:
    """Write the answers that are not withdrawn as JSON or CSV; award-bot answers import reads it.

    Example: award-bot answers export -o answers.csv
    """
    from bot.answers_cli import copy_out

    by_name = Sheet.CSV if file is not None and file.suffix == ".csv" else Sheet.JSON
    raise typer.Exit(copy_out(award, (sheet or by_name).value, file))


@answers.command("import", short_help="Read a file. Example: award-bot answers import answers.csv")
def answers_import(
    file: Annotated[Path, typer.Argument(help="CSV or JSON.")],
) -> None:
    """Keep all answers of a file, or none if anything is wrong.

    It has the columns or keys award, questions, text, provisions, since, until. One that stands
    already, by its award and first question, is changed; the same file twice changes nothing.

    Example: award-bot answers import answers.csv
    """
    from bot.answers_cli import copy_in
    from bot.clock import now

    raise typer.Exit(copy_in(file, now))


def _given(
    question: list[str] | None, text: str | None, provision: list[str] | None, until: str | None
) -> dict[str, object]:
    """The options that were given."""
    # An empty provision takes all away.
    fields = {"questions": question, "text": text, "provisions": provision, "until": until}
    return {name: value for name, value in fields.items() if value is not None}


def stats(
    award: Award = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="The last day.")
    ] = None,
    picture: Annotated[
        Picture | None, typer.Option("--format", help="By default as the file's name says.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--output", "-o", help="By default standard output.")
    ] = None,
) -> None:
    """Show what was asked and how screenings came out; by default of this month.

    Nobody can be told from it: groups of fewer than five chats are not shown.

    Example: award-bot stats --award jian --from 2026-11-01 --until 2026-11-30

    Example: award-bot stats -o figures.png
    """
    from bot.clock import now
    from bot.stats_cli import show

    suffix = file.suffix.removeprefix(".") if file is not None else ""
    by_name = Picture(suffix) if suffix in ("csv", "png") else Picture.TEXT
    days = (first and first.date(), last and last.date())
    raise typer.Exit(show(award, days, (picture or by_name).value, file, now))
