"""Files of rounds: all announced or none, each mistake told with its line."""

from pathlib import Path

import pytest
from announcing import clock, kept, named
from sqlalchemy.engine import URL

from bot.rounds_cli import add

HEADER = "award,year,title,opens,closes"


@pytest.fixture(autouse=True)
def _database(url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands find the database of either kind in their setting."""
    named(url, monkeypatch)


CSV = """\
\ufeffaward,year,title,opens,closes,where,milestones
jian,2027,关于吉安市的通知,2027-03-01 09:00,2027-06-30 17:00,"质量科
二楼",2027-04-09 说明会; 2027-09-06 现场评审

qinzhou,2027,关于钦州市的通知,2027-01-11 09:00,2027-04-30 17:30,,
"""
JSON = """[
  {"award": "jian", "year": 2027, "title": "关于吉安市的通知",
   "opens": "2027-03-01 09:00", "closes": "2027-06-30 17:00", "where": "质量科\\n二楼",
   "milestones": [{"title": "说明会", "day": "2027-04-09"}, "2027-09-06 现场评审"]},
  {"award": "qinzhou", "year": 2027, "title": "关于钦州市的通知",
   "opens": "2027-01-11 09:00", "closes": "2027-04-30 17:30"}
]"""


@pytest.mark.parametrize(("name", "text"), [("a.csv", CSV), ("a.json", JSON)])
def test_a_file_announces_all_its_rounds(name: str, text: str, tmp_path: Path) -> None:
    """CSV and JSON say the same."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert add({}, path, clock) == 0
    qinzhou, jian = kept()
    assert (qinzhou.award, qinzhou.where, qinzhou.milestones) == ("qinzhou", "", ())
    assert (jian.award, jian.where) == ("jian", "质量科\n二楼")
    assert [(each.title, str(each.day)) for each in jian.milestones] == [
        ("说明会", "2027-04-09"),
        ("现场评审", "2027-09-06"),
    ]


GOOD = "qinzhou,2027,通知,2027-01-11 09:00,2027-04-30 17:30"
BACKWARDS = (
    '[{"award": "jian",\n"year": 2027, "title": "通知",\n"closes": "2027-02-01 09:00",'
    ' "opens": "2027-03-01 09:00"}]'
)
FILES = [
    ("", 2, [": no rounds in it"]),
    (HEADER, 2, [": no rounds in it"]),
    (f"{HEADER},place\n", 2, [":1: column 'place': expected once each of award, year"]),
    (f"{HEADER},year\n", 2, [":1: column 'year': expected once each of"]),
    (f"{HEADER}\n{GOOD},x\n", 2, [":2: 6 columns, the header has 5"]),
    (f'{HEADER}\n{GOOD}\njian,"20\n', 2, [":3: not CSV: "]),
    (
        f"{HEADER}\n{GOOD}\njian,27,,2027-03-01,2027-06-30 17:00\n",
        2,
        [":3: title: is missing", ":3: year: expected a year", ":3: opens: expected such as"],
    ),
    (
        f'{HEADER}\n\njian,2027,"a\nb",2027-01-11 09:00,2027-01-10 09:00\n{GOOD}\n{GOOD}\n',
        2,
        [":3: closes: it closes before", ":6: year: qinzhou has a round for 2027 already, in this"],
    ),
    (f"{HEADER}\n{GOOD}\n{GOOD}\n", 1, [":3: year: qinzhou has a round for 2027 already, in this"]),
    (
        f"{HEADER}\njian,2026,通知,2026-11-02 09:00,2026-12-31 17:00\n",
        1,
        [":2: opens: has passed; if that is meant, say --opened"],
    ),
    ("[", 2, [":1: not JSON: "]),
    ('[\n{"award": "jian",\n"year": }]', 2, [":3: not JSON: "]),
    ("\n[\n7]", 2, [":3: expected an object for each round"]),
    (
        BACKWARDS,
        2,
        [":3: closes: it closes before it opens"],
    ),
    ("[" * 100_000, 2, [": not JSON"]),
]


@pytest.mark.parametrize(("text", "status", "lines"), FILES, ids=range(len(FILES)))
def test_each_mistake_of_a_file_is_told_with_its_line(
    text: str, status: int, lines: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All mistakes at once, each with file, line and reason; nothing of the file is kept."""
    path = tmp_path / "rounds"
    path.write_text(text, encoding="utf-8")
    assert add({}, path, clock) == status
    told = capsys.readouterr().err.splitlines()
    assert [
        line.startswith(f"{path}{start}") for line, start in zip(told, lines, strict=False)
    ] == [True] * len(lines), told
    assert told[len(lines) :] == ["nothing was changed"]
    assert kept() == []


@pytest.mark.parametrize("name", ["rounds.csv", "rounds.json"])
def test_the_example_in_the_documentation_is_taken(name: str) -> None:
    """Both examples announce the same two rounds."""
    folder = Path(__file__).resolve().parents[2] / "docs" / "examples"
    assert add({}, folder / name, clock) == 0
    assert [(each.award, each.year, len(each.milestones)) for each in kept()] == [
        ("qinzhou", 2027, 0),
        ("jian", 2027, 2),
    ]


def test_a_file_that_is_no_utf_8_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Spreadsheets save in another encoding: the line says what to do."""
    path = tmp_path / "rounds.csv"
    path.write_bytes(f"{HEADER}\njian,2027,关于申报的通知".encode("gb18030"))
    assert add({}, path, clock) == 2
    assert f"{path}:2: not UTF-8; in a spreadsheet program save it" in capsys.readouterr().err
