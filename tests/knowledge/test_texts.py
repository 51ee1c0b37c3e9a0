"""The stored texts are the official ones, whole and unchanged."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.load import REGULATIONS, awards, load_regulation
from knowledge.model import KnowledgeError
from knowledge.parse import parse_regulation

SOURCES = Path(__file__).parents[2].parent / "shared" / "regulations"
AWARDS = ("changning", "jian", "lianyungang", "qingshanhu", "qinzhou")

needs_sources = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the published texts are not beside the repository"
)


def file_text(award: str) -> str:
    """Give the whole file of an award."""
    return (REGULATIONS / f"{award}.md").read_text(encoding="utf-8")


def paragraphs(award: str) -> list[str]:
    """Give what stands below the front matter, by blank lines, without the two marks."""
    body = file_text(award).split("\n+++\n", 1)[1]
    blocks = ["".join(block.split("\n")) for block in body.split("\n\n")]
    return [block.removeprefix("## ") for block in blocks if block != "---"]


def test_the_five_awards_are_stored() -> None:
    """There is a regulation for each of the five awards."""
    assert awards() == AWARDS


@needs_sources
@pytest.mark.parametrize("award", AWARDS)
def test_every_published_character_is_stored_in_its_place(award: str) -> None:
    """Stored and published text are the same, character for character, but for line breaks."""
    published = (SOURCES / f"{award}.txt").read_text(encoding="utf-8")
    assert "".join(paragraphs(award)) == published.replace("\n", "")


@needs_sources
@pytest.mark.parametrize("award", AWARDS)
def test_every_stored_paragraph_was_published(award: str) -> None:
    """Each paragraph and each provision is a contiguous piece of the published text."""
    published = (SOURCES / f"{award}.txt").read_text(encoding="utf-8").replace("\n", "")
    regulation = load_regulation(award)
    provisions = [provision.text for provision in regulation.provisions]
    articles = [regulation.article_text(one.article) for one in regulation.provisions]
    missing = [text for text in paragraphs(award) + provisions + articles if text not in published]
    assert missing == []


@needs_sources
@pytest.mark.parametrize("award", AWARDS)
def test_the_digest_is_that_of_the_published_text(award: str) -> None:
    """The digest is the sha256 of the published text without any white space."""
    published = (SOURCES / f"{award}.txt").read_text(encoding="utf-8")
    printed = "".join(character for character in published if not character.isspace())
    assert load_regulation(award).digest == sha256(printed.encode()).hexdigest()


@pytest.mark.parametrize(
    ("award", "articles", "chapters"),
    [
        ("qingshanhu", 31, 7),
        ("lianyungang", 22, 6),
        ("changning", 39, 7),
        ("jian", 26, 7),
        ("qinzhou", 32, 7),
    ],
)
def test_no_article_is_missing(award: str, articles: int, chapters: int) -> None:
    """Every article from the first to the last is there, each within a chapter."""
    regulation = load_regulation(award)
    every = list(range(1, articles + 1))
    assert sorted({provision.article for provision in regulation.provisions}) == every
    assert [number for chapter in regulation.chapters for number in chapter.articles] == every
    assert len(regulation.chapters) == chapters


@pytest.mark.parametrize(
    ("award", "heading", "articles"),
    [
        ("qingshanhu", "第三章 申报条件", (10, 11)),
        ("lianyungang", "第三章 申报评审", (8, 9, 10)),
        ("changning", "第四章 申报条件", (16, 17, 18)),
        ("jian", "第三章 申报条件", (10, 11, 12)),
        ("qinzhou", "第三章 申报条件", (13,)),
    ],
)
def test_the_conditions_stand_in_their_chapter(
    award: str, heading: str, articles: tuple[int, ...]
) -> None:
    """The chapter on who may apply holds the articles that it holds in print."""
    found = {chapter.heading: chapter.articles for chapter in load_regulation(award).chapters}
    assert found[heading] == articles


@pytest.mark.parametrize(
    ("award", "edition", "number", "days"),
    [
        ("qingshanhu", "2022", "湖政发〔2022〕5号", (date(2022, 5, 18), date(2022, 5, 18), None)),
        (
            "lianyungang",
            "2021",
            "连政办发〔2021〕26号",
            (date(2021, 4, 26), date(2021, 4, 26), None),
        ),
        ("changning", "2023", None, (date(2023, 10, 10), date(2023, 11, 15), date(2028, 11, 14))),
        ("jian", "2023", "吉府发〔2023〕1号", (date(2023, 1, 1), date(2023, 2, 5), None)),
        ("qinzhou", "2021", None, (None, None, None)),
    ],
)
def test_days_and_numbers_are_those_of_the_text(
    award: str, edition: str, number: str | None, days: tuple[date | None, ...]
) -> None:
    """Number, day of issue, first and last day are as printed; what is not is not invented."""
    one = load_regulation(award)
    assert (one.award, one.edition, one.document_number) == (award, edition, number)
    assert (one.issued, one.in_force_from, one.in_force_until) == days


@pytest.mark.parametrize(
    ("award", "last_article", "repealed"),
    [
        ("qingshanhu", 31, 0),
        ("lianyungang", 22, 1),
        ("changning", 39, 1),
        ("jian", 26, 1),
        ("qinzhou", 32, 1),
    ],
)
def test_what_is_repealed_is_named_in_the_last_article(
    award: str, last_article: int, repealed: int
) -> None:
    """Each regulation said to be repealed is named so in the article on entry into force."""
    regulation = load_regulation(award)
    printed = "".join(regulation.article_text(last_article).split())
    assert len(regulation.repeals) == repealed
    assert all(f"{name}同时废止" in printed for name in regulation.repeals)


@pytest.mark.parametrize("award", AWARDS)
def test_the_file_says_that_it_quotes(award: str) -> None:
    """The title stands in the text, and the front matter marks the text as quoted."""
    assert 'quotation = "Everything below' in file_text(award)
    assert load_regulation(award).title in "".join(paragraphs(award))


@settings(deadline=None)
@given(award=st.sampled_from(AWARDS), data=st.data())
def test_no_character_changes_unnoticed(award: str, data: st.DataObject) -> None:
    """A file in which any one printed character was replaced is refused."""
    text = file_text(award)
    body = text.index("\n+++\n") + len("\n+++\n")
    places = [place for place in range(body, len(text)) if not text[place].isspace()]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from("一二条章（#x").filter(lambda one: one != text[place]))
    with pytest.raises(KnowledgeError):
        parse_regulation("changed.md", text[:place] + other + text[place + 1 :])


@settings(deadline=None)
@given(data=st.data())
def test_line_breaks_within_a_paragraph_mean_nothing(data: st.DataObject) -> None:
    """A paragraph broken into two lines anywhere reads as before."""
    text = file_text("qingshanhu")
    place = data.draw(st.integers(text.index("\n+++\n") + len("\n+++\n"), len(text)))
    broken = parse_regulation("broken.md", text[:place] + "\n" + text[place:])
    expected = [(one.id, one.text) for one in load_regulation("qingshanhu").provisions]
    assert [(one.id, one.text) for one in broken.provisions] == expected
