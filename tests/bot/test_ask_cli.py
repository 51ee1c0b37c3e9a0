"""`award-bot ask` keeps the contract: one object a question, in order."""

import json
import subprocess
import sys
from typing import Any

import pytest

KEYS = ["question", "outcome", "jurisdictions", "text", "citations", "suggestions"]


def ask(*arguments: str, given: bytes = b"") -> tuple[int, bytes, bytes]:
    """Run the program."""
    command = [sys.executable, "-m", "bot", "ask", *arguments]
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def answers(*arguments: str, given: str = "") -> list[dict[str, Any]]:
    """What it prints, where nothing is wrong."""
    status, printed, complaint = ask(*arguments, given=given.encode())
    assert (status, complaint) == (0, b"")
    return [json.loads(line) for line in printed.decode().splitlines()]


def test_a_question_gives_one_object() -> None:
    """The contract's own example."""
    (found,) = answers("连云港获奖后几年内不能再报？")
    assert list(found) == KEYS
    assert (found["question"], found["outcome"]) == ("连云港获奖后几年内不能再报？", "answered")
    assert found["jurisdictions"] == ["lianyungang"]
    first = found["citations"][0]
    assert (first["jurisdiction"], first["label"]) == ("lianyungang", "第十六条")
    assert first["quote"] == "获得连云港市市长质量奖的组织和个人 5 年内不再重新申报。"
    assert found["suggestions"] == []


def test_lines_are_answered_in_order() -> None:
    """With context and language; null is as good as nothing."""
    lines = [
        {"question": "几年评一次", "jurisdiction": "jian", "locale": "en"},
        {"question": "几年评一次", "jurisdiction": None, "locale": None},
        {"question": "明天下雨吗"},
    ]
    found = answers("-", given="\n".join(json.dumps(line) for line in lines) + "\n\n")
    assert [each["outcome"] for each in found] == ["answered", "which_jurisdiction", "unanswered"]
    assert "2 years" in found[0]["text"]
    assert len(found[1]["citations"]) >= 5


def test_options_hold_where_a_line_says_nothing() -> None:
    """The award and the language of the command line."""
    (found,) = answers("-", "--jurisdiction", "qinzhou", "--locale", "zh_Hant",
                       given='{"question": "提名奖有奖金吗"}')  # fmt: skip
    assert found["jurisdictions"] == ["qinzhou"]
    assert "獎牌" in found["text"]


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("{", ""),
        ("[]", ""),
        ('{"question": 1}', "question"),
        ('{"jurisdiction": "jian"}', "question"),
        ('{"question": "a", "jurisdiction": "mars"}', "jurisdiction"),
        ('{"question": "a", "locale": "fr"}', "locale"),
        ('{"question": "a", "award": "jian"}', "award"),
    ],
)
def test_a_bad_line_gives_its_error_in_its_place(line: str, path: str) -> None:
    """The others are answered all the same, and the exit status is 2."""
    good = '{"question": "几年评一次", "jurisdiction": "jian"}'
    status, printed, _ = ask("-", given=f"{good}\n{line}\n{good}\n".encode())
    found = [json.loads(each) for each in printed.decode().splitlines()]
    assert status == 2
    assert [each.get("outcome") for each in found] == ["answered", None, "answered"]
    error = found[1]["error"]
    assert (error["line"], error["path"], error["citation"]) == (2, path, None)
    assert error["expected"]


def test_bytes_that_are_no_text_are_refused() -> None:
    """A line that is not UTF-8 is an error, no traceback."""
    status, printed, complaint = ask("-", given=b'{"question": "\xff"}\n')
    assert (status, complaint) == (2, b"")
    assert json.loads(printed)["error"]["expected"] == "UTF-8"


def test_as_text_the_article_follows() -> None:
    """For people: the answer, and beneath it the articles."""
    status, printed, _ = ask("吉安奖金多少", "--format", "text")
    lines = printed.decode().strip().splitlines()
    assert status == 0
    assert lines[0].startswith("吉安市市长质量奖：")
    assert any(line.startswith("第十五条：“") for line in lines)


def test_an_unknown_award_is_refused() -> None:
    """In one line, before anything is answered."""
    status, printed, complaint = ask("奖金", "--jurisdiction", "mars")
    assert (status, printed) == (2, b"")
    assert b"jian" in complaint
