"""The TOML front matter of a regulation's file: its values, each checked, with its line."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date

from knowledge.model import KnowledgeError

FENCE = "+++"

_KEYS = {
    "award",
    "title",
    "issuer",
    "document_number",
    "issued",
    "in_force_from",
    "in_force_until",
    "repeals",
    "edition",
    "digest",
    "quotation",
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands between the two lines `+++`; the official text begins on line `end` + 1."""

    file: str
    values: dict[str, object]
    lines: tuple[str, ...]

    @property
    def end(self) -> int:
        """The line, counted from one, of the closing `+++`."""
        return len(self.lines) + 1

    def line(self, key: str) -> int:
        """Find the line on which a key is set; the closing one for a key that is absent."""
        for number, text in enumerate(self.lines, start=1):
            if re.match(rf"{key}\s*=", text):
                return number
        return self.end

    def error(self, key: str, reason: str) -> KnowledgeError:
        """Make the error that says what is wrong with a key."""
        return KnowledgeError(self.file, self.line(key), reason)

    def optional_text(self, key: str) -> str | None:
        """Give a text or None if the key is absent; KnowledgeError if it is no text, or empty."""
        value = self.values.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        raise self.error(key, f"{key} must be a text in quotation marks, and not empty")

    def text(self, key: str) -> str:
        """Give a text; KnowledgeError if it is absent or no text."""
        value = self.optional_text(key)
        if value is None:
            raise self.error(key, f"the front matter lacks {key}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; KnowledgeError if it is absent or no such list."""
        value = self.values.get(key)
        if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            return tuple(value)
        raise self.error(key, f"{key} must be a list of texts ([] if there are none)")

    def day(self, key: str) -> date | None:
        """Give a day or None if the key is absent; KnowledgeError if it is no day."""
        value = self.values.get(key)
        if value is None or type(value) is date:  # a date with a time is a date by inheritance
            return value
        raise self.error(key, f"{key} must be a day, such as 2023-11-15 without quotation marks")


def read_front_matter(file: str, lines: list[str]) -> FrontMatter:
    """Read the front matter at the head of a file; KnowledgeError if it is damaged."""
    if lines[0] != FENCE:
        raise KnowledgeError(
            file, 1, f"the first line must be {FENCE}, where the front matter begins"
        )
    if FENCE not in lines[1:]:
        raise KnowledgeError(file, 1, f"no second line {FENCE} closes the front matter")
    # An empty line in the place of the first fence: so TOML counts lines as the file does.
    inside = ("", *lines[1 : lines.index(FENCE, 1)])
    try:
        values = tomllib.loads("\n".join(inside))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(inside) + 1
        raise KnowledgeError(file, line, f"the front matter is not TOML: {error}") from error
    front = FrontMatter(file, values, inside)
    for key in values:
        if key not in _KEYS:
            raise front.error(key, f"{key} is not a key of the front matter")
    return front
