"""``award-bot answers`` and ``award-bot stats``: what is kept, refused and printed."""

import asyncio
import csv
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from announcing import NOW, clock, named
from sqlalchemy import insert
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import audit, stats_cli
from bot.answers_cli import add, copy_in, copy_out, edit, show, take_back
from bot.errors import DatabaseError
from bot.office_answers import all_answers
from bot.office_tables import QuestionAskedRow
from bot.rounds_cli import in_transaction
from bot.tables import ChatRow
from conversations.office_answers import OfficeAnswer

ENTRY: dict[str, Any] = {
    "award": "jian",
    "questions": ["申报表在哪里下载", "表去哪拿"],
    "text": "在网站下载，\n或者到窗口领。",
    "provisions": ["art-10.3"],
    "until": "2027-06-30",
}


@pytest.fixture(autouse=True)
def _database(url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands find the database of either kind in their setting."""
    named(url, monkeypatch)


def kept() -> tuple[OfficeAnswer, ...]:
    """All answers in the database."""
    return asyncio.run(in_transaction(all_answers))


def test_an_answer_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """All that the options say, from today on; one line tells of it, and the log knows."""
    assert add(ENTRY, clock) == 0
    (made,) = kept()
    assert made.questions == ("申报表在哪里下载", "表去哪拿")
    assert (made.text, made.provisions) == (ENTRY["text"], ("art-10.3",))
    assert (made.since, made.until) == (date(2026, 11, 21), date(2027, 6, 30))
    assert capsys.readouterr().out == f"answer {made.id} (jian, 申报表在哪里下载): kept\n"

    async def log(connection: AsyncConnection) -> list[tuple[str, str]]:
        return [(each.by, each.action) for each in await audit.lines(connection, 9)]

    assert asyncio.run(in_transaction(log)) == [("shell", "KeepAnswer")]


def test_figures_that_are_not_the_texts_are_pointed_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is kept all the same: the office may know better, and both are shown."""
    assert add({**ENTRY, "questions": ["奖金多少"], "text": "组织60万元"}, clock) == 0
    assert "check it: 60万元 is not what 第十五条" in capsys.readouterr().out


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"award": "suzhou"}, "award: no award 'suzhou'"),
    ({"questions": []}, "questions: is missing"),
    ({"questions": 7}, "questions: expected a list of texts"),
    ({"text": " "}, "text: is missing"),
    ({"text": "长" * 1001}, "text: is too long, at most 1000 characters"),
    ({"provisions": "art-10 art-90"}, "provisions: the award's text has no provision 'art-90'"),
    ({"until": "2026-02-30"}, "until: expected such as 2026-11-20, not '2026-02-30'"),
    ({"until": "2026-01-01"}, "until: it would end before it begins"),
    ({"answer": "x"}, "answer: no such field; there are award, questions"),
]


@pytest.mark.parametrize(("changes", "line"), REFUSED, ids=[line for _, line in REFUSED])
def test_what_cannot_be_kept_is_told(
    changes: dict[str, Any], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line says what is wrong with which field; nothing is kept."""
    assert add({**ENTRY, **changes}, clock) == 2
    told = capsys.readouterr()
    assert told.err.startswith(line)
    assert told.err.endswith("nothing was changed\n")
    assert (told.out, kept()) == ("", ())


def test_an_answer_is_changed_and_withdrawn(capsys: pytest.CaptureFixture[str]) -> None:
    """What is not given stays; what is withdrawn is in the list, marked, and changes no more."""
    add({**ENTRY, "since": "2026-01-05"}, clock)
    number = kept()[0].id
    assert edit(number, {"until": ""}, clock) == 0
    assert (kept()[0].until, kept()[0].since, kept()[0].version) == (None, date(2026, 1, 5), 2)
    assert edit(number, {"until": ""}, clock) == 0
    assert kept()[0].version == 2
    assert edit(number, {"text": "见公告。"}, clock) == 0
    assert (kept()[0].text, kept()[0].since) == ("见公告。", date(2026, 11, 21))
    assert edit(number, {"award": "qinzhou"}, clock) == 2
    assert [take_back(number, clock), take_back(number, clock)] == [0, 2]
    assert [edit(number, {"text": "x"}, clock), edit(77, {}, clock)] == [2, 2]
    capsys.readouterr()
    show(None, "text", clock)
    line = f"answer {number} (jian, 申报表在哪里下载), withdrawn: 见公告。\n"
    assert capsys.readouterr().out == line


def test_answers_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """With until when they hold; for programs as JSON."""
    add(ENTRY, clock)
    add({**ENTRY, "award": "qinzhou", "provisions": [], "since": "2026-01-05",
         "until": "2026-02-05"}, clock)  # fmt: skip
    capsys.readouterr()
    show(None, "text", clock)
    out = capsys.readouterr().out
    assert ", until 2027-06-30: " in out
    assert ", expired 2026-02-05: " in out
    show("jian", "json", clock)
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["until"] == "2027-06-30"


@pytest.mark.parametrize("name", ["answers.json", "answers.csv"])
def test_what_is_exported_is_imported_again(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both kinds of files say the same; the same file twice changes nothing."""
    add(ENTRY, clock)
    add({**ENTRY, "questions": ["奖状|奖牌丢了怎么补"], "until": None, "provisions": []}, clock)
    before = kept()
    path = tmp_path / name
    assert copy_out(None, path.suffix[1:], path) == 0
    assert copy_in(path, clock) == 0
    assert kept() == before
    for each in before:
        take_back(each.id, clock)
    assert copy_in(path, clock) == 0
    made = [each for each in kept() if not each.withdrawn]
    assert [(each.questions, each.text, each.until, each.since) for each in made] == [
        (each.questions, each.text, each.until, each.since) for each in before
    ]
    assert "nothing changed" in capsys.readouterr().out


def test_an_import_changes_what_stands(tmp_path: Path) -> None:
    """By its award and first question; the others are new."""
    add(ENTRY, clock)
    path = tmp_path / "answers.json"
    changed = {**ENTRY, "text": "见公告。"}
    other = {**ENTRY, "questions": "现场评审几天"}
    path.write_text(json.dumps([changed, other]), encoding="utf-8")
    assert copy_in(path, clock) == 0
    assert [(each.text[:2], each.version) for each in kept()] == [("见公", 2), ("在网", 1)]


FILES = [
    ("", ": no answers in it"),
    ("award,questions,answer\n", ":1: column 'answer': expected once each of award, questions"),
    (
        "award,questions,text\njian,申报表在哪,见网站\njian,,x\nsuzhou,问,答\n",
        ":3: questions: is missing",
    ),
    ('[{"award": "jian",\n"questions": ["问"],\n"text": 7}]', ":3: text: expected a text"),
]


@pytest.mark.parametrize(("text", "line"), FILES, ids=range(len(FILES)))
def test_each_mistake_of_a_file_is_told_with_its_line(
    text: str, line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All or nothing: not even the good entries of it are kept."""
    path = tmp_path / "answers"
    path.write_text(text, encoding="utf-8")
    assert copy_in(path, clock) == 2
    assert capsys.readouterr().err.startswith(f"{path}{line}")
    assert kept() == ()


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """The program itself."""
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_program_takes_these_options(kind: str, tmp_path: Path) -> None:
    """Every option reaches its field, and every command has an example."""
    assert kind == "sqlite"
    words = ["--question", "表在哪", "--question", "去哪下载", "--text", "见网站。"]
    more = ["--provision", "art-10.3", "--provision", "art-15", "--until", "2027-06-30"]
    assert run("answers", "add", "--award", "jian", *words, *more).returncode == 0
    (made,) = kept()
    assert (made.questions, made.provisions) == (("表在哪", "去哪下载"), ("art-10.3", "art-15"))
    assert run("answers", "edit", str(made.id), "--provision", "").returncode == 0
    assert kept()[0].provisions == ()
    path = tmp_path / "answers.csv"
    assert run("answers", "export", "-o", str(path)).returncode == 0
    assert path.read_bytes().startswith(b"\xef\xbb\xbfaward,")
    assert run("answers", "import", str(path)).returncode == 0
    assert run("answers", "withdraw", str(made.id)).returncode == 0
    assert run("answers", "list", "--format", "json").stdout.count("\n") == 1
    listed = run("answers", "--help").stdout.partition("Commands:")[2]
    names = re.findall(r"^  ([a-z]+)  +[A-Z]", listed, re.MULTILINE)
    assert names == ["add", "edit", "withdraw", "list", "export", "import"]
    together = " ".join(listed.split())
    assert [name for name in names if f"award-bot answers {name}" not in together] == []
    days = ["--from", "2026-11-01", "--until", "2026-11-30"]
    assert run("stats", *days).stdout.count("2026年11月1日到2026年11月30日") == 6


def _asked(count: int) -> None:
    """So many chats have asked about the prize of Ji'an."""

    async def work(connection: AsyncConnection) -> None:
        for number in range(1, count + 1):
            chat = {"id": number, "platform": "q", "address": str(number), "state": "{}",
                    "created_at": NOW, "updated_at": NOW}  # fmt: skip
            await connection.execute(insert(ChatRow), chat)
            row = {"day": "2026-11-05", "award": "jian", "topic": "prize", "outcome": "answered",
                   "office": False, "chat_id": number}  # fmt: skip
            await connection.execute(insert(QuestionAskedRow), row)

    asyncio.run(in_transaction(work))


@pytest.mark.parametrize("count", [4, 5])
def test_figures_are_printed(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Of this month by default; from five chats on."""
    _asked(count)
    assert stats_cli.show("jian", (None, None), "text", None, clock) == 0
    assert ("· 奖金是多少：5" in capsys.readouterr().out) == (count == 5)


def test_figures_are_written_to_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet of all awards has one header; a picture is of one award."""
    _asked(5)
    path = tmp_path / "figures.csv"
    assert stats_cli.show(None, (date(2026, 1, 1), None), "csv", path, clock) == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [*csv.reader(file)]
    assert [row[3:6] for row in rows] == [
        ["table", "key", "title"],
        ["topics", "prize", "奖金是多少"],
        ["outcomes", "answered", "按办法答了"],
    ]
    picture = tmp_path / "figures.png"
    assert stats_cli.show("jian", (None, None), "png", picture, clock) == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    capsys.readouterr()
    assert stats_cli.show(None, (None, None), "png", picture, clock) == 2
    assert stats_cli.show("suzhou", (None, None), "text", None, clock) == 2
    backwards = (date(2026, 11, 2), date(2026, 11, 1))
    assert stats_cli.show("jian", backwards, "text", None, clock) == 2
    assert capsys.readouterr().err.count("\n") == 3


def test_looking_makes_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing has run yet, that is said, and nothing is made."""
    file = tmp_path / "none.db"
    monkeypatch.setenv("AWARD_BOT_DATABASE_URL", f"sqlite:///{file}")
    with pytest.raises(DatabaseError, match="nothing is there yet"):
        stats_cli.show(None, (None, None), "text", None, clock)
    assert not file.exists()
