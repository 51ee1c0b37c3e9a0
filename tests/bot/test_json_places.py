"""An error names the line on which the value stands, however the JSON is laid out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.json_places import line_of

SPREAD = """\
{
  "jurisdiction": "jian",
  "facts": {"exporter": true,
    "records": {
      "quality_claim": [
        {"date": "2024, \\"]}"},

        {"date": "2019-02-30",
         "severity": "major"}
      ]
    }
  }
}
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("jurisdiction", 2),
        ("facts", 3),
        ("facts.exporter", 3),
        ("facts.records", 4),
        ("facts.records.quality_claim", 5),
        ("facts.records.quality_claim[0].date", 6),
        ("facts.records.quality_claim[1]", 8),
        ("facts.records.quality_claim[1].date", 8),
        ("facts.records.quality_claim[1].severity", 9),
        ("facts.records.quality_claim[1].nosuch", 8),
        ("facts.records.quality_claim[7].date", 5),
        ("track", 1),
    ],
)
def test_line_of_a_path(path: str, line: int) -> None:
    """A key, an entry of a list, a value; a missing key is where its table is."""
    assert line_of(SPREAD, path) == line


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), st.lists(st.integers())))
def test_every_value_is_found(table: dict[str, list[int]]) -> None:
    """With one value a line, the line of each is that on which it is printed."""
    text = json.dumps(table, indent=1)
    for key, values in table.items():
        for index, value in enumerate(values):
            line = text.split("\n")[line_of(text, f"{key}[{index}]") - 1]
            assert line.strip().rstrip(",") == str(value)
