"""A mistake in a data file is told with the line on which it stands."""

import pytest

from rules.lines import line_of

TEXT = """\
award = "small"
tiers = "wrong"

[tier_names]
award = "奖"

[[absent]]
tiers = ["gold"]

[[criterion]]
id = "one"

[[criterion]]
id = "two"
rule = { operator = "is_true" }
"""


@pytest.mark.parametrize(
    ("loc", "line"),
    [
        (("award",), 1),
        (("tiers",), 2),
        (("tier_names",), 4),
        (("tier_names", "award"), 5),
        (("absent", 0, "tiers", 0), 8),
        (("criterion", 0), 10),
        (("criterion", 1, "id"), 14),
        (("criterion", 1, "rule", "years"), 15),
        (("criterion", 1, "cite"), 13),
        (("criterion", 2), None),
        (("nosuch",), None),
        ((), None),
    ],
)
def test_line_of(loc: tuple[int | str, ...], line: int | None) -> None:
    """The key if it is there, else its table; nothing is made up."""
    assert line_of(TEXT, loc) == line
