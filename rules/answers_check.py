"""What is wrong with the answers to questions (`knowledge/awards/`), for their author."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from knowledge.answers import AWARDS, Answers, load_answers
from knowledge.model import KnowledgeError
from knowledge.topics import load_topics

Found = tuple[str, int | None, str]
"""A file's name, a line if one is known, and the reason, in Chinese."""


def answer_problems(
    awards: Iterable[str],
    translated: Callable[[str], bool] | None = None,
    folder: Path = AWARDS,
) -> Iterator[Found]:
    """Give what is wrong: damaged files, topics without an answer, texts without English.

    ``translated`` says whether a text has its English; without it, that is not checked.
    """
    for award in awards:
        file = f"{award}.toml"
        if not (folder / file).exists():
            yield file, None, f"没有它的问答：缺少 knowledge/awards/{file}"
            continue
        try:
            answers = load_answers(award, folder=folder)
        except KnowledgeError as error:
            yield error.file, error.line, error.reason
            continue
        for reason in _incomplete(answers, translated):
            yield file, None, reason


def _incomplete(answers: Answers, translated: Callable[[str], bool] | None) -> Iterator[str]:
    titles = {topic.id: topic.title for topic in load_topics()}
    spoken = {answer.topic for answer in answers.answers}
    for topic, title in titles.items():
        if topic not in spoken and topic not in answers.silent:
            yield f"问答里没有“{title}”（{topic}）：写一个 [[answer]]，或者列进 silent"
    for topic in sorted((spoken | answers.silent) - titles.keys()):
        yield f"问答里的 {topic} 不是 knowledge/topics 里的题目"
    for answer in answers.answers:
        for text in (answer.text, answer.cell):
            if translated is not None and not translated(text):
                yield f"问答里的“{text}”还没有英文译文"
