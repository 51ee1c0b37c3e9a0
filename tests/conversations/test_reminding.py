"""What a chat wants to be reminded of, as it is kept."""

import json
from datetime import UTC, date, datetime

import pytest

from conversations.model import State
from conversations.reminding import Reminding, Snooze, Watch

NOW = datetime(2026, 6, 30, 1, 2, 3, 4, tzinfo=UTC)
FULL = Reminding(
    watches=(
        Watch(1, "rounds", NOW, "jian", "organisation", done=("r5:closes@2026-06-30",),
              lengths={"self_evaluation": "20", "materials": "5w"}, changes=3),
        Watch(2, "own", NOW, day=date(2027, 3, 15), title="内审"),
        Watch(4, "eligible", NOW, "jian", day=date(2027, 5, 20), screening=7),
    ),
    leads=(14, 0), hour=7, quiet_from=12, quiet_to=14,
    snoozes=(Snooze("w2@2027-03-15", NOW),), count=4,
)  # fmt: skip


@pytest.mark.parametrize("kept", [FULL, Reminding(), Reminding(leads=())], ids=["full", "", "none"])
def test_it_comes_back_as_it_was(kept: Reminding) -> None:
    """Written as JSON and read again nothing is lost."""
    state = State(reminding=kept)
    assert State.from_json(json.loads(json.dumps(state.to_json()))) == state


def test_what_was_kept_before_there_were_counts_of_changes() -> None:
    """A watch without a count has not been changed."""
    data = json.loads(json.dumps(FULL.to_json()))
    for watch in data["watches"]:
        del watch["changes"]
    assert [watch.changes for watch in Reminding.from_json(data).watches] == [0, 0, 0]


def test_what_is_no_reminding_is_refused() -> None:
    """Something else is not taken for it."""
    with pytest.raises(KeyError):
        Reminding.from_json({"watches": []})


def test_numbers_are_never_used_again() -> None:
    """A new watch has a number that no button knows."""
    kept = FULL.without(4).with_watch(Watch(0, "own", NOW))
    assert [watch.id for watch in kept.watches] == [1, 2, 5]
    assert kept.count == 5


def test_a_change_is_counted() -> None:
    """A calendar tells by it which of two files is newer."""
    old = FULL.watch(2)
    assert old is not None
    new = FULL.with_changed(Watch(2, "own", NOW, day=date(2027, 3, 16), title="内审")).watch(2)
    assert new is not None
    assert (new.day, old.changes, new.changes) == (date(2027, 3, 16), 0, 1)
    assert FULL.with_changed(new).watch(1) == FULL.watch(1)


def test_awards_of_interest() -> None:
    """Whoever waits for a day to apply wants to hear of the award's rounds too."""
    assert FULL.awards == {"jian"}
    assert FULL.watch(9) is None
