"""The commands of an award's office: rounds, and who may announce them."""

# ruff: noqa: PLC0415 - every command loads what it needs when it is called

from pathlib import Path
from typing import Annotated

import typer

from bot.output import Output

rounds = typer.Typer(
    help="For award offices: rounds announced, changed, taken back. Example: award-bot rounds list",
    no_args_is_help=True,
    rich_markup_mode=None,
)

staff = typer.Typer(
    help="Who answers for an office by chat. Example: award-bot staff invite --award jian",
    no_args_is_help=True,
    rich_markup_mode=None,
)

tickets = typer.Typer(
    help="Questions in the offices' hands. Example: award-bot tickets list",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Award = Annotated[str | None, typer.Option(help="An award, such as jian.")]
Title = Annotated[str | None, typer.Option(help="The notice's title.")]
Number = Annotated[str | None, typer.Option(help="The notice's number.")]
Opens = Annotated[
    str | None, typer.Option(help="From when applications are taken: 2027-03-01 09:00.")
]
Closes = Annotated[str | None, typer.Option(help="Until when: 2027-06-30 17:00.")]
HandIn = Annotated[str | None, typer.Option(help="What is to be handed in.")]
Where = Annotated[str | None, typer.Option(help="Where it is to be handed in.")]
Milestones = Annotated[
    list[str] | None,
    typer.Option("--milestone", help='A further day: "2027-04-10 说明会". May be repeated.'),
]
Opened = Annotated[
    bool, typer.Option("--opened", help="The opening has passed, and that is meant.")
]


@rounds.command(
    "add", short_help="Announce rounds. Example: award-bot rounds add --file rounds.csv"
)
def rounds_add(  # noqa: PLR0913, PLR0917 - an option for each thing that a notice says
    award: Award = None,
    year: Annotated[int | None, typer.Option(help="The year the award is given for.")] = None,
    title: Title = None,
    number: Number = None,
    opens: Opens = None,
    closes: Closes = None,
    hand_in: HandIn = None,
    where: Where = None,
    milestone: Milestones = None,
    file: Annotated[
        Path | None, typer.Option(help="Several rounds, all or none: CSV or JSON.")
    ] = None,
    *,
    opened: Opened = False,
) -> None:
    """Announce a round, or all of a file; whoever follows the award is told.

    Moments are by the clock of the award's office. A file has the columns or keys award, year,
    title, number, opens, closes, hand_in, where, milestones; docs/operating.md shows both kinds.
    The exit status is 1 if something is asked back, 2 if something is wrong; then nothing is done.

    Example: award-bot rounds add --award jian --year 2027 --title 关于申报吉安市市长质量奖的通知
    --opens "2027-03-01 09:00" --closes "2027-06-30 17:00"

    Example: award-bot rounds add --file rounds.csv
    """
    from bot.clock import now
    from bot.rounds_cli import add

    entry = _given(
        award=award, year=year, title=title, number=number, opens=opens, closes=closes,
        hand_in=hand_in, where=where, milestones=milestone,
    )  # fmt: skip
    if file is not None and entry:
        raise typer.BadParameter("with --file give no other field", param_hint="--file")
    raise typer.Exit(add(entry, file, now, opened=opened))


@rounds.command(
    "change",
    short_help='Correct a round. Example: award-bot rounds change 7 --closes "2027-07-10 17:00"',
)
def rounds_change(  # noqa: PLR0913, PLR0917 - an option for each thing that can be changed
    round_number: Annotated[int, typer.Argument(metavar="ROUND", help="Its number in the list.")],
    title: Title = None,
    number: Number = None,
    opens: Opens = None,
    closes: Closes = None,
    hand_in: HandIn = None,
    where: Where = None,
    milestone: Milestones = None,
    *,
    opened: Opened = False,
) -> None:
    """Correct a round; whoever follows the award is told what changed, old and new.

    What is not given stays. The further days given take the place of all there were; --milestone ""
    removes them.

    Example: award-bot rounds change 7 --closes "2027-07-10 17:00"
    """
    from bot.clock import now
    from bot.rounds_cli import change

    entry = _given(
        title=title, number=number, opens=opens, closes=closes, hand_in=hand_in, where=where,
        milestones=milestone,
    )  # fmt: skip
    raise typer.Exit(change(round_number, entry, now, opened=opened))


@rounds.command("close", short_help="Take a round back. Example: award-bot rounds close 7")
def rounds_close(
    round_number: Annotated[int, typer.Argument(metavar="ROUND", help="Its number in the list.")],
) -> None:
    """Take a round back: its reminders end, followers are told. There is no way back.

    To close it earlier, change its closing day instead.

    Example: award-bot rounds close 7
    """
    from bot.clock import now
    from bot.rounds_cli import close

    raise typer.Exit(close(round_number, now))


@rounds.command("list", short_help="All rounds. Example: award-bot rounds list --award jian")
def rounds_list(
    award: Award = None,
    output: Annotated[Output, typer.Option("--format", help="For people or programs.")] = (
        Output.TEXT
    ),
) -> None:
    """List all rounds by closing day, those taken back as well; as JSON, one a line.

    Example: award-bot rounds list --award jian
    """
    from bot.rounds_cli import show

    raise typer.Exit(show(award, output.value))


@staff.command(
    "invite", short_help="A code for an officer. Example: award-bot staff invite --award jian"
)
def staff_invite(
    award: Annotated[str | None, typer.Option(help="An award, such as jian, or all.")] = None,
    days: Annotated[int, typer.Option(min=1, max=90, help="For how long the code works.")] = 7,
    label: Annotated[str, typer.Option(help="What colleagues are to call them.")] = "",
    *,
    administrator: Annotated[
        bool, typer.Option("--administrator", help="Of all awards; may invite and remove others.")
    ] = False,
) -> None:
    """Print a code, and its link on Telegram, that makes one person an officer of an award.

    Example: award-bot staff invite --award jian --label 质量科小王

    Example: award-bot staff invite --administrator --days 3
    """
    from bot.clock import now
    from bot.staff_cli import Invitation, invite, telegram_username

    wanted = Invitation(award, days, administrator, label)
    raise typer.Exit(invite(wanted, now, telegram_username))


@staff.command("list", short_help="Who is an officer. Example: award-bot staff list")
def staff_list() -> None:
    """List the officers: number, award, chat, since when, label, whether an administrator.

    Example: award-bot staff list
    """
    from bot.staff_cli import show

    raise typer.Exit(show())


@staff.command("remove", short_help="No officer any more. Example: award-bot staff remove 3")
def staff_remove(
    officer: Annotated[int, typer.Argument(metavar="OFFICER", help="The number in the list.")],
) -> None:
    """Let somebody be no officer any more; their colleagues get what they dealt with.

    Example: award-bot staff remove 3
    """
    from bot.clock import now
    from bot.staff_cli import remove

    raise typer.Exit(remove(officer, now))


@staff.command("log", short_help="What was done, and by whom. Example: award-bot staff log")
def staff_log(
    lines: Annotated[int, typer.Option(min=1, max=10000, help="How many, the latest.")] = 50,
) -> None:
    """Print what officers have done, the latest first: never a word that was said.

    Example: award-bot staff log --lines 200
    """
    from bot.staff_cli import log

    raise typer.Exit(log(lines))


@tickets.command("list", short_help="What is open. Example: award-bot tickets list --award jian")
def tickets_list(
    award: Award = None,
    output: Annotated[Output, typer.Option("--format", help="For people or programs.")] = (
        Output.TEXT
    ),
    *,
    closed: Annotated[
        bool, typer.Option("--all", help="Those that are answered or closed as well.")
    ] = False,
) -> None:
    """List open questions, the oldest first: no word of what was said; as JSON, one a line.

    Example: award-bot tickets list --award jian
    """
    from bot.clock import now
    from bot.tickets_cli import show_all

    raise typer.Exit(show_all(award, output.value, now, closed=closed))


@tickets.command("show", short_help="All that was said. Example: award-bot tickets show 12")
def tickets_show(
    ticket: Annotated[int, typer.Argument(metavar="TICKET", help="Its number in the list.")],
) -> None:
    """Print a question with its answers.

    Example: award-bot tickets show 12
    """
    from bot.tickets_cli import show

    raise typer.Exit(show(ticket))


@tickets.command("close", short_help="Close one. Example: award-bot tickets close 12")
def tickets_close(
    ticket: Annotated[int, typer.Argument(metavar="TICKET", help="Its number in the list.")],
) -> None:
    """Close a question; who asked it, and its office, are told.

    Example: award-bot tickets close 12
    """
    from bot.clock import now
    from bot.tickets_cli import close

    raise typer.Exit(close(ticket, now))


def _given(**fields: object) -> dict[str, object]:
    """The options that were given."""
    return {name: value for name, value in fields.items() if value is not None}
