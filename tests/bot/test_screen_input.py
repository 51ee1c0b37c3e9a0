"""``award-bot screen``: whatever comes in, one line a case comes out."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from screened import CASE, NOW, case, results

from bot.screen import screen

GOOD = json.dumps(CASE)
PARTS = ("jurisdiction", "track", "tier", "as_of", "facts", "x")


def errors(content: str | bytes) -> list[tuple[int, str]]:
    """Return line and path of the errors that come of something, of which all is malformed."""
    status, found_errors = results(content)
    assert status == 2
    assert all(set(each) == {"error"} for each in found_errors)
    return [(each["error"]["line"], each["error"]["path"]) for each in found_errors]


def test_an_object_may_be_spread_over_lines() -> None:
    """One object is one case, however it is laid out, even with whole objects on its lines."""
    won = {"jurisdiction": "qingshanhu", "tier": "award", "date": "2020-05-10"}
    spread = json.dumps(CASE | {"facts": {"past_awards": ["WON"]}}, indent=2)
    laid_out = "\n\n" + spread.replace('"WON"', f"\n{json.dumps(won)}\n")
    assert results(laid_out) == results(case(past_awards=[won]))


def test_good_lines_are_judged_beside_bad_ones() -> None:
    """A bad line gives an error in its place, with its number, and costs the others nothing."""
    good = [case(), case(operating_since="2025"), json.dumps(CASE | {"track": "individual"})]
    lines = [
        good[0],
        '{"jurisdiction": "qingshanhu", ',
        good[1],
        "",
        "no json at all",
        case(operating_since="2027"),
        json.dumps(CASE | {"tier": "gold"}),
        good[2],
        "[]",
    ]
    status, given = results("\n".join(lines))
    expected = [results(each)[1][0] for each in good]
    assert status == 2
    assert [given[0], given[2], given[6]] == expected
    bad = [(each["error"]["line"], each["error"]["path"]) for each in given if "error" in each]
    assert bad == [(2, ""), (5, ""), (6, "facts.operating_since"), (7, "tier"), (9, "")]
    assert given[5]["error"]["citation"]["label"] == "第六条"
    assert len(given) == 8


@pytest.mark.parametrize(
    "content",
    [
        f"{GOOD}\n{GOOD}\n",
        f"{GOOD}\n{GOOD}",
        f"\ufeff{GOOD}\n{GOOD}",
        f"{GOOD}\r\n\r\n{GOOD}\r\n",
        f"\n \n{GOOD}\n\t\n{GOOD}\n\n",
    ],
)
def test_marks_blank_lines_and_line_ends_do_not_matter(content: str) -> None:
    """A byte order mark, Windows' line ends and blank lines are taken as they come."""
    assert results(content) == (0, [results(GOOD)[1][0]] * 2)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [(1, "")]),
        ("\ufeff", [(1, "")]),
        (" \n\n", [(1, "")]),
        ("null", [(1, "")]),
        (f"[\n{GOOD},\n{GOOD}\n]", [(1, "")]),
        ('{\n "jurisdiction": "qingshanhu",\n "track" "organisation"\n}', [(3, "")]),
        ('\n\n{"track": "organisation"}\n', [(3, "jurisdiction")]),
        ('{"track": "organisation"}\n{"track"\n', [(1, "jurisdiction"), (2, "")]),
        ('{"track"\n{"track": "organisation"}\n', [(1, ""), (2, "jurisdiction")]),
        (b'{"track": "\xff"}', [(1, "")]),
        (b'{\n"track":\n"\xe5\x8c"}', [(3, "")]),
        ('{"track": 1, "track": 2}', [(1, "track")]),
        ('{"facts": {"records": {"a": [{}, {"date": 1, "date": 2}]}}}',
         [(1, "facts.records.a[1].date")]),
        ('{"track": NaN}', [(1, "track")]),
        ('{"facts": {"invention_patents": -Infinity}}', [(1, "facts.invention_patents")]),
        (case(invention_patents=7).replace("7", "7" * 5000), [(1, "")]),
        (case(invention_patents=7).replace("7", "7e999"), [(1, "facts.invention_patents")]),
        ('{"facts": ' + "[" * 100_000, [(1, "")]),
        ('{"facts": ' + "[" * 100_000 + "]" * 100_000 + "}", [(1, "")]),
        (json.dumps(CASE | {"\ud800": 1}), [(1, "\ud800")]),
        (case(**{"a\u2028b\u2029c\x85d": 1}), [(1, "facts.a\u2028b\u2029c\x85d")]),
        (case(past_awards=[{"jurisdiction": "\ud800", "tier": "award", "date": "2020"}]),
         [(1, "facts.past_awards[0].jurisdiction")]),
    ],
)  # fmt: skip
def test_what_is_malformed_is_one_line_that_says_where(
    content: str | bytes, expected: list[tuple[int, str]]
) -> None:
    """Whatever is wrong with the text, its encoding or its numbers: an error, never a traceback."""
    assert errors(content) == expected


def test_bytes_that_are_no_text_cost_only_their_own_line() -> None:
    """A line that is not in UTF-8 is refused, and the lines around it are judged."""
    status, given = results(b"\n".join([GOOD.encode(), b'{"track": "\xff"}', GOOD.encode()]))
    assert status == 2
    assert ["error" in each for each in given] == [False, True, False]
    assert given[1]["error"]["line"] == 2


def test_a_large_count_is_a_count() -> None:
    """A number that Python can still write out is judged like any other."""
    status, [result] = results(case(invention_patents=10**4000))
    assert (status, result["outcome"]) == (0, "undetermined")


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_a_file_that_cannot_be_read_is_an_error(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No such file, or a folder: one error line, exit status 2."""
    assert screen(str(tmp_path / name), "json", "en", NOW) == 2
    [line] = capsys.readouterr().out.splitlines()
    assert json.loads(line)["error"]["path"] == ""


def test_a_file_is_read_like_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A case in a file gives what it gives on standard input."""
    (tmp_path / "case.json").write_text(GOOD, encoding="utf-8")
    assert screen(str(tmp_path / "case.json"), "json", "zh_Hans", NOW) == 0
    assert json.loads(capsys.readouterr().out) == results(GOOD)[1][0]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["facts", "track", "date", "a"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(value=ANYTHING, key=st.sampled_from(PARTS))
@settings(deadline=None, max_examples=200)
def test_any_object_gives_one_line(value: object, key: str) -> None:
    """Whatever stands in place of any part of a case, one line comes of it."""
    content = json.dumps(CASE | {key: value}, indent=1)
    status, given = results(content)
    assert len(given) == 1
    assert (status == 2) is ("error" in given[0])


@given(content=st.binary(max_size=60) | st.text(alphabet='{}[]",:\n 1aeE-\u2028').map(str.encode))
@settings(deadline=None, max_examples=300)
def test_any_bytes_give_lines_of_errors(content: bytes) -> None:
    """Noise gives an error for the whole, or one for each of its lines."""
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    told = [line for line in lines if line.strip(b" \t\r")]
    assert len(errors(content)) in {1, len(told)}
