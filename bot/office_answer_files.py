"""Office answers in options or in a file: read without guessing, and written again."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from conversations.office_answers import OfficeAnswer
from conversations.office_checks import problems_of

FIELDS = ("award", "questions", "text", "provisions", "since", "until")
"""``questions`` and ``provisions`` are lists, or in one text a line each."""

_APART = re.compile(r"\n")
_PROVISIONS_APART = re.compile(r"[\s,，;；、]+")


class EntryError(Exception):
    """What is written down cannot be an answer: for each thing wrong its field and the reason."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{field}: {reason}" for field, reason in problems))
        self.problems = tuple(problems)


def read_entry(
    entry: Mapping[str, Any], today: date, old: OfficeAnswer | None = None
) -> OfficeAnswer:
    """The answer that an entry means: a new one, or ``old`` a version later with what it says.

    Raises EntryError with all that is wrong with it.
    """
    wrong: list[tuple[str, str]] = [
        (name, f"no such field; there are {', '.join(FIELDS)}")
        for name in entry
        if name not in FIELDS
    ]
    begun = old or OfficeAnswer(0, "", (), "", (), today)
    changes: dict[str, Any] = {}
    for name, value in entry.items():
        if name in FIELDS:
            changes[name] = _value(name, value, begun, wrong)
    award = changes.get("award")
    if old is not None and award not in (None, old.award):
        wrong.append(("award", "an answer stays with its award; make a new one"))
    if wrong:
        raise EntryError(wrong)
    if changes.get("text", begun.text) != begun.text and "since" not in entry:
        changes["since"] = today  # another text is an answer of today
    new = replace(begun, **changes, version=begun.version + 1 if old else 1)
    problems = problems_of(new)
    if problems:
        raise EntryError([(each.field, str(each).partition(": ")[2]) for each in problems])
    return new


def _value(name: str, value: object, begun: OfficeAnswer, wrong: list[tuple[str, str]]) -> object:
    match name:
        case "questions":
            return _texts(name, value, _APART, wrong)
        case "provisions":
            return _texts(name, value, _PROVISIONS_APART, wrong)
        case "since" | "until":
            return _day(name, value, wrong) or (begun.since if name == "since" else None)
    if value is None:
        return ""
    if not isinstance(value, str):
        wrong.append((name, "expected a text"))
        return ""
    return value.strip()


def _texts(
    name: str, value: object, apart: re.Pattern[str], wrong: list[tuple[str, str]]
) -> tuple[str, ...]:
    given = apart.split(value) if isinstance(value, str) else value
    if given is None:
        return ()
    if not isinstance(given, list | tuple) or not all(isinstance(each, str) for each in given):
        wrong.append((name, "expected a list of texts"))
        return ()
    return tuple(dict.fromkeys(" ".join(each.split()) for each in given if each.strip()))


def _day(name: str, value: object, wrong: list[tuple[str, str]]) -> date | None:
    said = str(value or "").strip()
    if not said:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", said, re.ASCII):
            return date.fromisoformat(said)
    except ValueError:
        pass
    wrong.append((name, f"expected such as 2026-11-20, not {said!r}"))
    return None


def same_as(new: OfficeAnswer, kept: Sequence[OfficeAnswer]) -> OfficeAnswer | None:
    """The answer that stands already for an entry: of the same award, by its first question."""
    return next(
        (
            each
            for each in kept
            if not each.withdrawn
            and (each.award, each.questions[:1]) == (new.award, new.questions[:1])
        ),
        None,
    )


def written(answers: Sequence[OfficeAnswer], style: str) -> str:
    """Answers as a file that ``read_entry`` understands: ``json`` or ``csv``."""
    entries = [_entry(each) for each in answers]
    if style == "json":
        return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"
    file = io.StringIO(newline="")
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(FIELDS)
    for entry in entries:
        rows.writerow([_cell(entry[name]) for name in FIELDS])
    return file.getvalue()


def _entry(answer: OfficeAnswer) -> dict[str, Any]:
    return {
        "award": answer.award,
        "questions": list(answer.questions),
        "text": answer.text,
        "provisions": list(answer.provisions),
        "since": answer.since.isoformat(),
        "until": answer.until.isoformat() if answer.until else None,
    }


def _cell(value: object) -> str:
    if value is None:
        return ""
    return "\n".join(value) if isinstance(value, list) else str(value)
