"""An author is told which answers to questions are missing or wrong."""

from pathlib import Path

import pytest

from knowledge.answers import AWARDS
from knowledge.load import awards
from rules.answers_check import answer_problems

JIAN = (AWARDS / "jian.toml").read_text(encoding="utf-8")


def test_the_stored_answers_are_complete() -> None:
    """Each topic is answered or silent, for every award."""
    assert list(answer_problems(awards())) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "没有它的问答：缺少 knowledge/awards/jian.toml"),
        (JIAN.replace('"fees",', "", 1), "没有“"),
        (JIAN.replace('"fees"', '"fees", "weather"', 1), "weather 不是"),
        (JIAN.replace('provision = "art-15"', 'provision = "art-99"', 1), "art-99"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, text: str | None, reason: str) -> None:
    """A file that is missing, a topic left out or unknown, a citation that is not there."""
    if text is not None:
        (tmp_path / "jian.toml").write_text(text, encoding="utf-8")
    found = list(answer_problems(["jian"], folder=tmp_path))
    assert [file for file, _, _ in found] == ["jian.toml"]
    assert reason in found[0][2]


def test_a_text_without_english_is_told() -> None:
    """Answers are given in English as well."""
    found = list(answer_problems(["jian"], lambda text: "50" not in text))
    assert found
    assert all("还没有英文译文" in reason for _, _, reason in found)
