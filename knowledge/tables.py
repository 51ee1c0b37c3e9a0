"""The project's own data files: TOML, validated, and where in the file something stands."""

import tomllib
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.model import KnowledgeError

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=48)]
Text = Annotated[str, Field(min_length=1, pattern=r"\S")]


class Table(BaseModel):
    """A table of a data file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_File = TypeVar("_File", bound=Table)


def read_table(path: Path, form: type[_File]) -> tuple[_File, str]:
    """Read a data file and give it with its text; KnowledgeError with file and line if wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(path.name, None, "the file cannot be read as UTF-8") from error
    return parse_table(text, path.name, form), text


def parse_table(text: str, file: str, form: type[_File]) -> _File:
    """Make a table of a data file's text; KnowledgeError with file and line if it is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = [word.rstrip(",)") for word in str(error).split()]
        line = next((int(word) for word in words if word.isdigit()), None)
        raise KnowledgeError(file, line, f"not TOML: {error}") from error
    try:
        return form.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        loc = first["loc"]
        line = None
        if len(loc) > 1 and isinstance(loc[1], int):
            line = line_of_entry(text, str(loc[0]), loc[1])
        where = ".".join(str(part) for part in loc)
        raise KnowledgeError(file, line, f"{where}: {first['msg']}") from error


def line_of_entry(text: str, name: str, index: int) -> int | None:
    """Find the line, from one, of the ``index``-th (from zero) ``[[name]]``; None if absent."""
    numbered = enumerate(text.splitlines(), start=1)
    lines = [number for number, line in numbered if line.split("#")[0].strip() == f"[[{name}]]"]
    return lines[index] if index < len(lines) else None
