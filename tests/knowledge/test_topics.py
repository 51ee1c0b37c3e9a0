"""Topics and words are read from files, and mistakes in them named with their place."""

from pathlib import Path

import pytest

from knowledge.model import KnowledgeError
from knowledge.topics import (
    Elsewhere,
    Topic,
    load_concepts,
    load_elsewhere,
    load_synonyms,
    load_topics,
)

MONEY = """\
# about money
[[topic]]
id = "prize"
title = "奖金是多少"
questions = ["奖金是多少", "给多少钱"]
english = ["how much is it"]

[[topic]]
id = "fees"
title = "收费吗"
questions = ["要交费吗"]
"""


def folder(path: Path, **files: str) -> Path:
    """Write data files into a folder."""
    for name, text in files.items():
        (path / f"{name}.toml").write_text(text, encoding="utf-8")
    return path


def test_topics_are_read_file_after_file(tmp_path: Path) -> None:
    """A topic has its titles, the ways to put it, and the name of its file."""
    assert load_topics(folder(tmp_path, money=MONEY)) == (
        Topic(
            "prize",
            "奖金是多少",
            ("奖金是多少", "给多少钱"),
            ("how much is it",),
            "money",
        ),
        Topic("fees", "收费吗", ("要交费吗",), (), "money"),
    )


def test_other_files_of_the_folder_are_no_topics(tmp_path: Path) -> None:
    """What is elsewhere, synonyms and concepts stand beside the topics."""
    made = folder(
        tmp_path,
        elsewhere='[[elsewhere]]\nid = "weather"\nquestions = ["下雨吗"]\n',
        synonyms='groups = [["奖金", "奖励金"]]\n',
        concepts='[concepts]\nfee = ["费"]\n[foreign]\nlife = ["下雨"]\n',
    )
    assert load_topics(made) == ()
    assert load_elsewhere(made) == (Elsewhere("weather", ("下雨吗",)),)
    assert load_synonyms(made) == (("奖金", "奖励金"),)
    assert load_concepts(made).words == {"fee": ("费",), "life": ("下雨",)}
    assert load_concepts(made).foreign == {"life"}


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        (MONEY + MONEY, "a.toml:13", "there are two topics prize"),
        (MONEY.replace('"fees"', '"Fees"'), "a.toml:8", "topic.1.id"),
        (MONEY.replace('["要交费吗"]', "[]"), "a.toml:8", "topic.1.questions"),
        (MONEY.replace('title = "收费吗"', 'titel = "收费吗"'), "a.toml:8", "topic.1.title"),
        (MONEY.replace('"要交费吗"', '" "'), "a.toml:8", "topic.1.questions.0"),
        ("[[topic]\n", "a.toml:1", "not TOML"),
    ],
)
def test_a_mistake_in_a_topic_is_named_with_its_line(
    tmp_path: Path, text: str, place: str, reason: str
) -> None:
    """An author is told the file, the line where the entry begins, and what is wrong."""
    with pytest.raises(KnowledgeError) as caught:
        load_topics(folder(tmp_path, a=text))
    assert str(caught.value).startswith(f"{place}: ")
    assert reason in caught.value.reason


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ('[["奖金"]]', "is of one word"),
        ('[["奖金", "奖励"], ["奖励", "钱"]]', "“奖励” stands in two groups"),
        ('[["奖金", ""]]', "groups.0.1"),
    ],
)
def test_a_mistake_in_the_synonyms_is_named(tmp_path: Path, groups: str, reason: str) -> None:
    """A synonym stands for one thing, and is a word."""
    with pytest.raises(KnowledgeError, match=r"^synonyms\.toml") as caught:
        load_synonyms(folder(tmp_path, synonyms=f"groups = {groups}\n"))
    assert reason in caught.value.reason


def test_two_kinds_of_elsewhere_have_two_names(tmp_path: Path) -> None:
    """The second one of the same name is refused."""
    entry = '[[elsewhere]]\nid = "weather"\nquestions = ["下雨吗"]\n'
    with pytest.raises(KnowledgeError, match=r"^elsewhere\.toml:4: there are two kinds weather$"):
        load_elsewhere(folder(tmp_path, elsewhere=entry + entry))


def test_a_folder_without_the_file_is_refused(tmp_path: Path) -> None:
    """What is missing is named."""
    with pytest.raises(KnowledgeError, match=r"^concepts\.toml: the file cannot be read"):
        load_concepts(tmp_path)


def test_the_stored_files_are_sound() -> None:
    """Every topic can be asked about in both languages; no name is a topic and elsewhere."""
    topics, elsewhere = load_topics(), load_elsewhere()
    assert all(topic.questions and topic.english for topic in topics)
    assert not {topic.id for topic in topics} & {kind.id for kind in elsewhere}
    assert load_synonyms()
    assert load_concepts().foreign


def test_no_phrasing_stands_for_two_topics() -> None:
    """The same words can't ask two things."""
    seen: dict[str, str] = {}
    entries: list[Topic | Elsewhere] = [*load_topics(), *load_elsewhere()]
    for entry in entries:
        for text in (*entry.questions, *entry.english):
            assert seen.setdefault(text, entry.id) == entry.id, text
