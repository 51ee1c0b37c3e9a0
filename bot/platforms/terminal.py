"""What a person sees in a terminal, and the line they type."""

from collections.abc import Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.platform import OutgoingMessage
from bot.platforms.plain import Kind, parts
from conversations.language import language
from conversations.model import DEFAULT_LOCALE

_STYLES: dict[Kind, str] = {
    "progress": "dim",
    "text": "",
    "citation": "italic cyan",
    "choice": "bold",
    "actions": "dim",
}
_INDENT: dict[Kind, int] = {"citation": 2, "choice": 1}


class Terminal:
    """A terminal: styled messages, and an input line that completes commands.

    What is typed is remembered for the arrow keys only until the program ends.
    """

    def __init__(self, commands: Sequence[tuple[str, str]]) -> None:
        self._console = Console(highlight=False)
        self._locale = DEFAULT_LOCALE
        names = {f"/{name}": description for name, description in commands}
        self._session: PromptSession[str] = PromptSession(
            "› ",
            history=InMemoryHistory(),
            completer=WordCompleter(list(names), meta_dict=names, sentence=True),
        )

    def read(self) -> str | None:
        """The line typed. Raises EOFError for Ctrl-D and KeyboardInterrupt for Ctrl-C."""
        return self._session.prompt()

    def show(self, message: OutgoingMessage) -> None:
        """Print a message, wrapped to the terminal's width."""
        self._locale = message.locale
        for part in parts(message.reply, message.locale):
            text = Text(part.text, style=_STYLES[part.kind])
            self._console.print(Padding(text, (0, 0, 0, _INDENT.get(part.kind, 0)), expand=False))
        self._console.print()

    def leave(self) -> None:
        """Say that everything is saved."""
        self._console.print(language(self._locale).say("您的回答都保存好了，下次接着聊。再见！"))
