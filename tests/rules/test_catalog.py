"""A damaged catalog of facts stops the program, with file, line and reason."""

import pytest

from knowledge.model import KnowledgeError
from rules.catalog import PATH, catalog, read_catalog

TEXT = PATH.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ('topic = "standing"\ntitle', 'topic = "standin"\ntitle', "there is no topic standin"),
        ('type = "count"', 'type = "counts"', "fact.16.type"),
        ('title = "发明专利"', 'titel = "发明专利"', "fact.16"),
        ('"quality_claim", "failed', '"quality_clam", "failed', "each of its kinds once"),
        ('key = "nonprofit"', 'key = "mode"', "used by the conversation itself"),
        ("opposite = true\nquestion", "opposite = 7\nquestion", "fact.4.opposite"),
        ("[[topic]]", "[[topic]", "not TOML"),
    ],
)
def test_damage_is_told(right: str, wrong: str, reason: str) -> None:
    """What is wrong with which fact, and in which line where that is known."""
    assert TEXT.count(right) >= 1
    with pytest.raises(KnowledgeError, match=r"^facts\.toml") as caught:
        read_catalog(TEXT.replace(right, wrong, 1))
    assert reason in str(caught.value)


def test_a_persons_own_records_are_known_from_the_data() -> None:
    """They are the facts about events that are no records, awards or sanctions."""
    assert catalog().own_records == {"own_violations", "own_tax_or_credit_dishonesty"}
