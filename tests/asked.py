"""The questions of ``tests/questions``, and whether an answer is right."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from conversations.questions import Answered, ask

QUESTIONS = Path(__file__).parent / "questions"
TODAY = date(2026, 11, 21)
IN_SCOPE = frozenset({"answered", "which_jurisdiction"})


@dataclass(frozen=True)
class Question:
    """A question and what a right answer must hold; ``kind`` is its file's name."""

    kind: str
    text: str
    outcome: tuple[str, ...]
    jurisdiction: str | None = None
    locale: str | None = None
    as_of: date = TODAY
    jurisdictions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    labels_any: tuple[tuple[str, ...], ...] = ()
    figures: tuple[str, ...] = ()
    figures_any: tuple[tuple[str, ...], ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the texts answer it."""
        return bool(IN_SCOPE.intersection(self.outcome))


def load_questions(folder: Path = QUESTIONS) -> list[Question]:
    """All questions of a folder."""
    return [
        Question(
            kind=path.stem,
            text=entry["text"],
            outcome=tuple(entry["outcome"]),
            jurisdiction=entry.get("jurisdiction"),
            locale=entry.get("locale"),
            as_of=date.fromisoformat(str(entry["as_of"])) if "as_of" in entry else TODAY,
            jurisdictions=tuple(entry.get("jurisdictions", ())),
            labels=tuple(entry.get("labels", ())),
            labels_any=tuple(map(tuple, entry.get("labels_any", ()))),
            figures=tuple(map(str, entry.get("figures", ()))),
            figures_any=tuple(tuple(map(str, each)) for each in entry.get("figures_any", ())),
        )
        for path in sorted(folder.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["question"]
    ]


def answer(question: Question) -> Answered:
    """What the program answers."""
    return ask(question.text, question.jurisdiction, question.as_of, question.locale)


def fault(question: Question, given: Answered) -> str | None:
    """What is wrong with an answer, if anything is."""
    if given.outcome not in question.outcome:
        return f"outcome {given.outcome}, not {'/'.join(question.outcome)}"
    if given.outcome not in IN_SCOPE:
        return None
    about = set(question.jurisdictions) if given.outcome == "answered" else set()
    if about and about != set(given.awards):
        return f"about {given.awards}, not {question.jurisdictions}"
    cited = {f"{citation.award} {citation.label}" for citation in given.citations}
    cited |= {citation.label for citation in given.citations}
    wanted = [*((label,) for label in question.labels), *question.labels_any]
    for labels in wanted:
        if not cited.intersection(labels):
            return f"cites {sorted(c.label for c in given.citations)}, not {labels}"
    said = {figure.lstrip("0") or "0" for figure in re.findall(r"\d+(?:,\d{3})*", given.text)}
    for figures in [*((figure,) for figure in question.figures), *question.figures_any]:
        if not said.intersection(figure.lstrip("0") or "0" for figure in figures):
            return f"says no {'/'.join(figures)}"
    return None


def is_false_answer(question: Question, given: Answered) -> bool:
    """Whether something was answered that the texts do not answer, or about another award."""
    return not question.answerable and given.outcome in IN_SCOPE
