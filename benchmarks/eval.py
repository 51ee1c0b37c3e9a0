"""How many questions are answered rightly, by kind: ``make eval``.

Another folder of questions in the same format can be named: ``python -m benchmarks.eval FOLDER``.
"""

import sys
from collections import Counter
from pathlib import Path

from asked import QUESTIONS, Question, answer, fault, is_false_answer, load_questions


def main(folder: Path) -> None:
    """Ask all questions of a folder and print what came of it."""
    questions = load_questions(folder)
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    out = false = 0
    wrong: list[tuple[Question, str, str]] = []
    for question in questions:
        given = answer(question)
        problem = fault(question, given)
        asked[question.kind] += 1
        right[question.kind] += problem is None
        out += not question.answerable
        false += is_false_answer(question, given)
        if problem:
            wrong.append((question, problem, f"{given.topic} | {given.text[:60]!r}"))
    for question, problem, text in wrong:
        print(f"- [{question.kind}] {question.text}\n    {problem} | {text}")
    print()
    for kind, count in asked.items():
        print(f"{kind:<16} {right[kind]:>4} of {count:>4}  {right[kind] / count:7.1%}")
    total = sum(asked.values())
    print(f"{'all':<16} {sum(right.values()):>4} of {total:>4}  {sum(right.values()) / total:7.1%}")
    print(f"answered that should not be: {false} of {out} ({false / max(out, 1):.1%}),"
          f" {false / total:.1%} of all questions")  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS)
