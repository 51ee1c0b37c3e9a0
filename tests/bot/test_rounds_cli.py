"""``award-bot rounds``: what is announced, asked back or refused, and in which words."""

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from announcing import NOW, clock, kept, named
from sqlalchemy.engine import URL

from bot.errors import DatabaseError
from bot.rounds_cli import add, change, close, show
from rules.rounds import Milestone, Round

ENTRY = {
    "award": "jian",
    "year": 2027,
    "title": "关于申报吉安市市长质量奖的通知",
    "number": "吉质奖办〔2026〕5号",
    "opens": "2027-03-01 09:00",
    "closes": "2027-06-30 17:00",
    "hand_in": "申报表",
    "where": "质量科",
    "milestones": ["2027-04-09 说明会"],
}
PASSED: dict[str, object] = {"opens": "2026-11-02 09:00"}


@pytest.fixture(autouse=True)
def _database(url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands find the database of either kind in their setting."""
    named(url, monkeypatch)


def announced(**changes: object) -> Round:
    """A round announced by the command, alone in the database."""
    assert add({**ENTRY, **changes}, None, clock, opened=True) == 0
    return kept()[0]


def test_a_round_is_announced(capsys: pytest.CaptureFixture[str]) -> None:
    """All that the options say is kept, moments by the office's clock; one line tells of it."""
    assert add(ENTRY, None, clock) == 0
    (found,) = kept()
    assert found == Round(
        id=found.id, award="jian", year=2027,
        title="关于申报吉安市市长质量奖的通知", number="吉质奖办〔2026〕5号",
        opens=datetime(2027, 3, 1, 1, 0, tzinfo=UTC),
        closes=datetime(2027, 6, 30, 9, 0, tzinfo=UTC),
        opens_since=NOW, closes_since=NOW, hand_in="申报表", where="质量科",
        milestones=(Milestone("说明会", date(2027, 4, 9), NOW),),
    )  # fmt: skip
    assert capsys.readouterr().out == (
        f"round {found.id} (jian 2027, 2027-03-01 09:00 to 2027-06-30 17:00): announced; "
        "whoever follows the award is told by the running award-bot\n"
    )


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2027-06-30T17:00", datetime(2027, 6, 30, 9, 0, tzinfo=UTC)),
        ("2027-06-30 17:00:00", datetime(2027, 6, 30, 9, 0, tzinfo=UTC)),
        ("2027-06-30 17:00+00:00", datetime(2027, 6, 30, 17, 0, tzinfo=UTC)),
        ("2027-06-30 17:00Z", datetime(2027, 6, 30, 17, 0, tzinfo=UTC)),
        ("2027-06-30 24:00", datetime(2027, 6, 30, 15, 59, tzinfo=UTC)),
    ],
)
def test_a_moment_in_its_forms(written: str, moment: datetime) -> None:
    """By the office's clock or with its own zone; the end of a day stays in the day."""
    assert announced(closes=written).closes == moment


WRONG: list[tuple[dict[str, object], int, str]] = [
    ({"award": "nanchang"}, 2, "award: no award 'nanchang'; there are changning, jian"),
    ({"award": None}, 2, "award: is missing"),
    ({"title": "  "}, 2, "title: is missing"),
    ({"title": ["a"]}, 2, "title: expected a text"),
    ({"year": 2019}, 2, "year: expected a year from 2025 to 2029"),
    ({"year": "27"}, 2, "year: expected a year from 2025 to 2029"),
    ({"opens": "2027-03-01"}, 2, "opens: expected such as 2027-03-01 09:00, not '2027-03-01'"),
    ({"opens": "2027-02-30 09:00"}, 2, "opens: expected such as 2027-03-01 09:00"),
    ({"opens": "2027-03-01 25:00"}, 2, "opens: expected such as 2027-03-01 09:00"),
    ({"closes": "6月30日"}, 2, "closes: expected such as 2027-03-01 09:00"),
    ({"closes": "2027-03-01 09:00"}, 2, "closes: it closes before it opens"),
    ({"closes": "2026-11-20 17:00", **PASSED}, 2, "closes: it is over already"),
    ({"closes": "2036-06-30 17:00"}, 2, "closes: it lies more than three years ahead"),
    ({"milestones": ["说明会"]}, 2, "milestones: expected such as 2027-04-10 briefing"),
    ({"milestones": [{"title": "说明会"}]}, 2, "milestones: expected such as 2027-04-10 briefing"),
    ({"milestones": 7}, 2, "milestones: expected such as 2027-04-10 briefing"),
    ({"place": "x"}, 2, "place: no such field; there are award, year, title"),
    (PASSED, 1, "opens: has passed; if that is meant, say --opened"),
]


@pytest.mark.parametrize(("changes", "status", "line"), WRONG, ids=[line for *_, line in WRONG])
def test_what_is_wrong_is_told_and_nothing_is_kept(
    changes: dict[str, object], status: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line with field and reason; 2 if it cannot be, 1 if it is asked back."""
    assert add({**ENTRY, **changes}, None, clock) == status
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(line)
    assert told.err.endswith("\nnothing was changed\n")
    assert kept() == []


def test_an_opening_that_has_passed_can_be_meant() -> None:
    """With --opened a round that has begun is announced."""
    assert add({**ENTRY, **PASSED}, None, clock, opened=True) == 0
    assert len(kept()) == 1


def test_a_second_round_of_a_year_is_asked_back(capsys: pytest.CaptureFixture[str]) -> None:
    """The line names the round that is there and how to change it; once withdrawn it is free."""
    first = announced()
    capsys.readouterr()
    assert add(ENTRY, None, clock) == 1
    assert capsys.readouterr().err == (
        f"year: jian has a round for 2027 already, in round {first.id}; "
        f"to change it: award-bot rounds change {first.id}\nnothing was changed\n"
    )
    assert close(first.id, clock) == 0
    assert add(ENTRY, None, clock) == 0


def test_a_round_is_corrected(capsys: pytest.CaptureFixture[str]) -> None:
    """A line for each thing that changes, old and new; the rest stays."""
    before = announced()
    capsys.readouterr()
    entry = {"closes": "2027-07-09 17:00", "milestones": [""]}
    assert change(before.id, entry, clock) == 0
    number, told = f"round {before.id}", capsys.readouterr().out.splitlines()
    assert told[:2] == [
        f"{number}: closes: 2027-06-30 17:00 → 2027-07-09 17:00",
        f"{number}: milestones: 2027-04-09 说明会 → none",
    ]
    assert told[2].startswith(
        f"{number} (jian 2027, 2027-03-01 09:00 to 2027-07-09 17:00): changed"
    )
    (after,) = kept()
    assert (after.version, after.title, after.milestones) == (2, before.title, ())


REFUSED: list[tuple[dict[str, object], int, str]] = [
    ({}, 1, "nothing of round {id} is changed; see award-bot rounds list"),
    ({"title": ENTRY["title"]}, 1, "nothing of round {id} is changed"),
    ({"title": ""}, 2, "round {id}: title: is missing"),
    ({"closes": "2027-02-01 17:00"}, 2, "round {id}: closes: it closes before it opens"),
    ({"opens": "tomorrow"}, 2, "round {id}: opens: expected such as 2027-03-01 09:00"),
    (PASSED, 1, "round {id}: opens: has passed; if that is meant, say --opened"),
]


@pytest.mark.parametrize(("entry", "status", "line"), REFUSED, ids=[line for *_, line in REFUSED])
def test_a_correction_that_cannot_be_is_told(
    entry: dict[str, object], status: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The round stays as it is, and its version too."""
    before = announced()
    capsys.readouterr()
    assert change(before.id, entry, clock) == status
    assert capsys.readouterr().err.startswith(line.format(id=before.id))
    assert kept() == [before]


def test_what_has_passed_and_is_not_touched_is_not_asked_about() -> None:
    """Of a round that has opened the place can be corrected without a word on its opening."""
    begun = announced(**PASSED)
    assert change(begun.id, {"where": "二楼"}, clock) == 0
    assert change(begun.id, {"opens": "2026-11-03 09:00"}, clock, opened=True) == 0


def test_a_round_is_taken_back_once(capsys: pytest.CaptureFixture[str]) -> None:
    """It stays in the list, marked; it can be neither changed nor taken back again."""
    gone = announced()
    assert close(gone.id, clock) == 0
    assert "taken back; whoever follows the award is told" in capsys.readouterr().out
    assert kept()[0].withdrawn
    assert [close(gone.id, clock), change(gone.id, {"title": "x"}, clock)] == [2, 2]
    assert "taken back already; award-bot rounds add makes a new one" in capsys.readouterr().err
    assert show(None, "text") == 0
    assert "17:00), taken back: 关于申报" in capsys.readouterr().out


def test_a_number_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The line says where the numbers are."""
    assert [close(77, clock), change(77, {"title": "x"}, clock)] == [2, 2]
    assert capsys.readouterr().err.count("no round 77; see award-bot rounds list\n") == 2


def test_rounds_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """By closing day, of one award or of all; for people and for programs."""
    announced()
    announced(award="qinzhou", closes="2027-04-30 17:30")
    capsys.readouterr()
    show(None, "text")
    listed = capsys.readouterr().out.splitlines()
    assert [line.partition("(")[2][:8] for line in listed] == ["qinzhou ", "jian 202"]
    assert listed[1].endswith("关于申报吉安市市长质量奖的通知 吉质奖办〔2026〕5号")
    show("jian", "json")
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["closes"] == "2027-06-30T09:00:00+00:00"
    show("changning", "text")
    assert capsys.readouterr().out == "no rounds; award-bot rounds add makes one\n"


def test_listing_makes_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing has run yet, that is said, and nothing is made."""
    file = tmp_path / "none.db"
    monkeypatch.setenv("AWARD_BOT_DATABASE_URL", f"sqlite:///{file}")
    with pytest.raises(DatabaseError, match="nothing is there yet"):
        show(None, "text")
    assert not file.exists()


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """The program itself."""
    command = [sys.executable, "-m", "bot", "rounds", *words]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("kind", ["sqlite"])
def test_the_program_takes_these_options(kind: str, tmp_path: Path) -> None:
    """Every option of the command line reaches its field; a file stands alone."""
    options = {
        "award": "jian", "year": "2027", "title": "通知", "number": "5号", "hand-in": "表",
        "where": "科", "opens": "2027-03-01 09:00", "closes": "2027-06-30 17:00",
    }  # fmt: skip
    words = [f"--{name}={value}" for name, value in options.items()]
    days = ["--milestone", "2027-04-09 说明会", "--milestone", "2027-05-09 评审"]
    assert run("add", *words, *days).returncode == 0
    (made,) = kept()
    assert (made.number, made.hand_in, made.where, len(made.milestones)) == ("5号", "表", "科", 2)
    changed = run("change", str(made.id), "--milestone", "", "--closes", "2027-07-09 17:00")
    assert changed.returncode == 0
    assert kept()[0].milestones == ()
    assert run("list", "--format", "json").stdout.count("\n") == 1
    assert run("close", str(made.id)).returncode == 0
    assert run("add", "--file", str(tmp_path / "x.csv"), "--award", "jian").returncode == 2
    missing = run("add", "--file", str(tmp_path / "x.csv"))
    assert missing.returncode == 2
    assert missing.stderr.startswith("award-bot: ")
    assert kind == "sqlite"


@pytest.mark.parametrize("kind", ["sqlite"])
def test_every_command_has_an_example(kind: str) -> None:
    """Every command in the list of commands has an example beside it."""
    assert kind == "sqlite"
    listed = run("--help").stdout.partition("Commands:")[2]
    names = re.findall(r"^  ([a-z]+)  +[A-Z]", listed, re.MULTILINE)
    assert names == ["add", "change", "close", "list"]
    together = " ".join(listed.split())
    assert [name for name in names if f"award-bot rounds {name}" not in together] == []
