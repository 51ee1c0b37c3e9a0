"""How fast and how well it is found what a question asks, beside rapidfuzz's `extractOne`.

    PYTHONPATH=.:tests python -m benchmarks.questions [FOLDER]

First with phrasings taken out, topics only; then with the questions of FOLDER (by default the
tests' own), whole answers: outcome, award, articles, figures. The plain search gets the same
phrasings, the same names of awards, the same answers, and the cut-off that serves it best.
"""

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

from asked import QUESTIONS, Question, answer, fault, is_false_answer, load_questions
from rapidfuzz import fuzz, process

from conversations.language import language
from conversations.meaning import tier_of, track_of
from conversations.naming import named
from conversations.telling import Answered, told, unanswered
from conversations.tongue import tongue
from knowledge.search import Finder
from knowledge.topics import Elsewhere, Topic, load_elsewhere, load_synonyms, load_topics

HELD_OUT = 10  # every tenth phrasing
P99 = 0.005
FIRST = 0.5
FRESH = 5
FIRST_ANSWER = (
    "import time\n"
    "from datetime import date\n"
    "from conversations.questions import ask\n"
    "start = time.perf_counter()\n"
    "ask('连云港获奖后几年内不能再报', None, date(2026, 11, 21))\n"
    "print(time.perf_counter() - start)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question without the awards' names; its topic, or None if no text answers it."""

    text: str
    topic: str | None


@dataclass(frozen=True, slots=True)
class Score:
    """Shares: answered or refused rightly; and of the questions out of scope, those answered."""

    right: float
    false: float


T = TypeVar("T", Topic, Elsewhere)
Answer = Callable[[str], str | None]
"""Gives the topic of a question, None if it has none."""


def without(entries: Sequence[T], asked: list[Asked]) -> list[T]:
    """Take every tenth phrasing out, and note it as asked."""
    kept = []
    for entry in entries:
        topic = entry.id if isinstance(entry, Topic) else None
        asked += [Asked(text, topic) for text in entry.questions[::HELD_OUT]]
        left = tuple(text for at, text in enumerate(entry.questions) if at % HELD_OUT)
        kept.append(replace(entry, questions=left))
    return kept


def ours(topics: Sequence[Topic], elsewhere: Sequence[Elsewhere]) -> Answer:
    """The project's own search: what is sure is answered."""
    finder = Finder(topics, elsewhere, load_synonyms())

    def answer(text: str) -> str | None:
        found = finder.find(text)
        return found.topics[0] if found.decision == "sure" else None

    return answer


Nearest = Callable[[str], tuple[str | None, float]]
"""Gives the topic of the nearest phrasing (None: of something elsewhere) and how near it is."""


def plain_search(topics: Sequence[Topic], elsewhere: Sequence[Elsewhere]) -> Nearest:
    """Rapidfuzz's `extractOne` with WRatio over all phrasings."""
    labels: list[str | None] = []
    phrasings: list[str] = []
    entries: list[Topic | Elsewhere] = [*topics, *elsewhere]
    for entry in entries:
        texts = (*entry.questions, *entry.english)
        phrasings += texts
        labels += [entry.id if isinstance(entry, Topic) else None] * len(texts)

    def nearest(text: str) -> tuple[str | None, float]:
        found = process.extractOne(text, phrasings, scorer=fuzz.WRatio)
        return (labels[found[2]], found[1]) if found else (None, 0.0)

    return nearest


def plain(topics: Sequence[Topic], elsewhere: Sequence[Elsewhere], asked: list[Asked]) -> Answer:
    """The plain search with the cut-off that is best for these questions."""
    nearest = plain_search(topics, elsewhere)
    known = [(one.topic, *nearest(one.text)) for one in asked]

    def rights(cut: int) -> int:
        return sum(topic == (label if score >= cut else None) for topic, label, score in known)

    best = max(range(0, 101, 5), key=rights)

    def answer(text: str) -> str | None:
        label, score = nearest(text)
        return label if score >= best else None

    return answer


def score(answer: Answer, asked: list[Asked]) -> Score:
    """How often an answer is right, and how often there is one where there should be none."""
    given = [(one.topic, answer(one.text)) for one in asked]
    outside = [found for topic, found in given if topic is None]
    return Score(
        sum(topic == found for topic, found in given) / len(given),
        sum(found is not None for found in outside) / (len(outside) or 1),
    )


def seconds(answer: Answer, asked: list[Asked]) -> tuple[float, float]:
    """Seconds of one core an answer takes, median and 99th percentile, after a round to warm up."""
    taken = []
    for timed in (False, True):
        gc.collect()
        for one in asked:
            start = time.process_time()
            answer(one.text)
            if timed:
                taken.append(time.process_time() - start)
    return median(taken), quantiles(taken, n=100)[98]


def first_answer() -> tuple[float, float]:
    """Seconds to the first answer: of a started program, and of a process from the shell."""
    inside, whole = [], []
    for _ in range(FRESH):
        start = time.perf_counter()
        command = [sys.executable, "-c", FIRST_ANSWER]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        whole.append(time.perf_counter() - start)
        inside.append(float(done.stdout))
    return median(inside), median(whole)


def plain_answers(questions: Sequence[Question]) -> Callable[[Question], Answered]:
    """Whole answers by the plain search, with the award known as the project knows it."""
    topics, elsewhere = load_topics(), load_elsewhere()
    nearest = plain_search(topics, elsewhere)

    def answer_by(cut: int) -> Callable[[Question], Answered]:
        def answer(question: Question) -> Answered:
            names = named(question.text)
            words = language(question.locale or tongue(question.text))
            awards = names.awards or ((question.jurisdiction,) if question.jurisdiction else ())
            topic, score = nearest(names.rest)
            if topic is None or score < cut or (names.other and not names.awards):
                return unanswered(words, "", awards)
            track, tier = track_of(question.text), tier_of(names, question.text)
            return told(topic, awards, track, tier, words)

        return answer

    sample = questions[:: max(1, len(questions) // 150)]
    best = max(range(50, 100, 5), key=lambda cut: sum(
        fault(question, answer_by(cut)(question)) is None for question in sample
    ))  # fmt: skip
    return answer_by(best)


def whole_answers(folder: Path) -> bool:
    """Print the figures of whole answers; whether a bar is missed."""
    questions = load_questions(folder)
    outside = sum(not question.answerable for question in questions)
    print(f"questions of {folder.name}: {len(questions)}, {outside} of them out of scope")
    missed = False
    for name, by in (("award-bot", answer), ("rapidfuzz extractOne", plain_answers(questions))):
        given = [(question, by(question)) for question in questions]
        right = sum(fault(question, one) is None for question, one in given) / len(given)
        false = sum(is_false_answer(question, one) for question, one in given) / (outside or 1)
        taken = []
        gc.collect()
        for question in questions:
            start = time.process_time()
            by(question)
            taken.append(time.process_time() - start)
        p50, p99 = median(taken), quantiles(taken, n=100)[98]
        print(line(name, Score(right, false), p50, p99))
        missed |= name == "award-bot" and p99 >= P99
    return missed


def line(name: str, result: Score, p50: float, p99: float) -> str:
    """One row of figures."""
    return (
        f"  {name:<22} right {result.right:6.1%}  "
        f"answered though out of scope {result.false:6.1%}  "
        f"p50 {p50 * 1000:6.2f} ms  p99 {p99 * 1000:6.2f} ms"
    )


def main(folder: Path) -> int:
    """Print the figures; 1 if a bar is missed."""
    topics, elsewhere = load_topics(), load_elsewhere()
    asked: list[Asked] = []
    inside, outside = without(topics, asked), without(elsewhere, asked)
    print(f"phrasings taken out: {len(asked)}")
    searches = {
        "award-bot": ours(inside, outside),
        "rapidfuzz extractOne": plain(inside, outside, asked),
    }
    for name, by in searches.items():
        print(line(name, score(by, asked), *seconds(by, asked)))
    missed = whole_answers(folder)
    start = time.perf_counter()
    ours(topics, elsewhere)
    print(f"made in {time.perf_counter() - start:.2f} s; ", end="")
    first, whole = first_answer()
    print(f"first answer after {first:.2f} s, of a process from the shell after {whole:.2f} s")
    return 1 if missed or first >= FIRST else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS))
