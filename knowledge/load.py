"""Where the regulations are kept, and which edition of one is used on a day."""

import re
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from knowledge.model import KnowledgeError, Regulation
from knowledge.parse import parse_regulation

REGULATIONS = Path(__file__).parent / "regulations"

_AWARD = r"[a-z][a-z0-9_]*"
_EDITION = r"\d{4}(?:-\d{2})?"
_FILE = re.compile(rf"({_AWARD})(?:-({_EDITION}))?\.md")


@lru_cache
def awards(folder: Path = REGULATIONS) -> tuple[str, ...]:
    """List the ids of the awards whose regulation is stored, in alphabetical order."""
    return tuple(sorted({award for award, _ in _files(folder)}))


def load_regulation(
    award: str, as_of: date | None = None, folder: Path = REGULATIONS
) -> Regulation:
    """Give the edition in force on `as_of`, the latest if there are several or none is.

    Raises KnowledgeError if the award is not known or a file of it is damaged. A folder is read
    once: what is changed in it afterwards is not seen.
    """
    editions = _editions(award, folder)
    in_force = [one for one in editions if as_of is None or one.in_force(as_of)]
    return (in_force or editions)[-1]


def load_edition(award: str, edition: str, folder: Path = REGULATIONS) -> Regulation:
    """Give one edition by its id. Raises KnowledgeError if there is none."""
    for one in _editions(award, folder):
        if one.edition == edition:
            return one
    raise KnowledgeError(f"{award}.md", None, f"there is no edition {edition}")


@lru_cache
def _editions(award: str, folder: Path) -> tuple[Regulation, ...]:
    """Read all editions of an award, the latest last: an edition's id is its year (and month)."""
    paths = [path for found, path in _files(folder) if found == award]
    if not paths:
        known = ", ".join(awards(folder)) or "none"
        raise KnowledgeError(f"{award}.md", None, f"there is no such regulation; stored: {known}")
    editions = sorted((_read(path) for path in paths), key=lambda one: one.edition)
    for earlier, later in pairwise(editions):
        if earlier.edition == later.edition:
            reason = f"{earlier.path} is edition {later.edition} as well"
            raise KnowledgeError(later.path, None, reason)
    return tuple(editions)


def _files(folder: Path) -> list[tuple[str, Path]]:
    """Find each file with the award that its name gives."""
    found = []
    for path in sorted(folder.glob("*.md")):
        name = _FILE.fullmatch(path.name)
        if name is None:
            reason = "a regulation's file is named <award>.md or <award>-<edition>.md"
            raise KnowledgeError(path.name, None, reason)
        found.append((name[1], path))
    return found


def _read(path: Path) -> Regulation:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise KnowledgeError(path.name, None, "the file is not in UTF-8") from error
    regulation = parse_regulation(path.name, text)
    name = _FILE.fullmatch(path.name)
    if name is None or name[1] != regulation.award or name[2] not in {None, regulation.edition}:
        reason = f"its award and edition are {regulation.award} and {regulation.edition}"
        raise KnowledgeError(path.name, None, f"the file's name does not fit: {reason}")
    if not re.fullmatch(_EDITION, regulation.edition):
        reason = f"edition “{regulation.edition}” must be a year, such as 2022 or 2022-05"
        raise KnowledgeError(path.name, None, reason)
    return regulation
