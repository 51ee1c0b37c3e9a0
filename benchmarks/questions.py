"""How fast and how well it is found what a question asks, beside rapidfuzz's `extractOne`.

    PYTHONPATH=.:tests python -m benchmarks.questions [FOLDER]

FOLDER has questions as TOML: [[question]] with text, outcome and topic; by default the tests' own.
The plain search gets the same phrasings, and for each set the cut-off that serves it best.
"""

import gc
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

from rapidfuzz import fuzz, process

from conversations.naming import named
from knowledge.search import Finder
from knowledge.topics import Elsewhere, Topic, load_elsewhere, load_synonyms, load_topics

QUESTIONS = Path(__file__).parents[1] / "tests" / "questions"
HELD_OUT = 10  # every tenth phrasing
P99 = 0.005
FIRST = 0.5
FRESH = 5
FIRST_ANSWER = (
    "from knowledge.search import Finder\n"
    "from knowledge.topics import load_elsewhere, load_synonyms, load_topics\n"
    "Finder(load_topics(), load_elsewhere(), load_synonyms()).find('奖金有多少')"
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


def read_questions(folder: Path) -> list[Asked]:
    """Read the questions of a folder whose topic is known, or that are out of scope."""
    asked = []
    for path in sorted(folder.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8")).get("question", ()):
            refused = entry["outcome"] == "unanswered"
            if refused or entry.get("topic"):
                topic = None if refused else entry["topic"]
                asked.append(Asked(named(entry["text"]).rest, topic))
    return asked


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


def plain(topics: Sequence[Topic], elsewhere: Sequence[Elsewhere], asked: list[Asked]) -> Answer:
    """Rapidfuzz's `extractOne` with WRatio, and the cut-off that is best for these questions."""
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


def first_answer() -> float:
    """Seconds of a fresh process from the shell to its first answer."""
    taken = []
    for _ in range(FRESH):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", FIRST_ANSWER], check=True)
        taken.append(time.perf_counter() - start)
    return median(taken)


def main(folder: Path) -> int:
    """Print the figures; 1 if a bar is missed."""
    topics, elsewhere = load_topics(), load_elsewhere()
    held_out: list[Asked] = []
    fewer = without(topics, held_out), without(elsewhere, held_out)
    sets = {"phrasings taken out": (fewer, held_out)}
    if asked := read_questions(folder):
        sets["questions of the tests"] = ((list(topics), list(elsewhere)), asked)
    missed = False
    for title, ((inside, outside), questions) in sets.items():
        print(f"{title}: {len(questions)}")
        searches = {
            "award-bot": ours(inside, outside),
            "rapidfuzz extractOne": plain(inside, outside, questions),
        }
        for name, answer in searches.items():
            result = score(answer, questions)
            p50, p99 = seconds(answer, questions)
            print(
                f"  {name:<22} right {result.right:6.1%}  "
                f"answered though out of scope {result.false:6.1%}  "
                f"p50 {p50 * 1000:6.2f} ms  p99 {p99 * 1000:6.2f} ms"
            )
            missed |= name == "award-bot" and p99 >= P99
    start = time.perf_counter()
    ours(topics, elsewhere)
    print(f"made in {time.perf_counter() - start:.2f} s; ", end="")
    first = first_answer()
    print(f"first answer of a fresh process after {first:.2f} s")
    return 1 if missed or first >= FIRST else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else QUESTIONS))
