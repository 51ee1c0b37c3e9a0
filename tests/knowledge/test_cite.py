"""Citations quote the law and nothing else."""

from datetime import date

import pytest

from knowledge.load import load_regulation
from knowledge.model import Citation, KnowledgeError


def test_a_citation_names_its_place_and_quotes_it() -> None:
    """A quote from an item is cited by article and item, in full-width brackets."""
    quote = "连续正常生产经营3年以上"
    assert load_regulation("lianyungang").cite("art-8.1", quote) == Citation(
        award="lianyungang",
        provision="art-8.1",
        article=8,
        item=1,
        label="第八条第（一）项",
        quote=quote,
    )


@pytest.mark.parametrize(
    ("award", "name", "quote"),
    [
        ("qingshanhu", "art-24", "第二十四条 获得区长质量奖提名奖的组织，可继续申报区长质量奖。"),
        ("changning", "art-16.1", "(一)在长宁区登记注册，生产经营3年以上；"),
        ("changning", "art-38", "第三十八条(解释权限)本办法由上海市长宁区人民政府负责解释。"),
        ("qinzhou", "art-7.p2", "评审委员会主要职责："),
        (
            "jian",
            "art-8.4",
            "（四）监督市长质量奖评审工作，提请市质量强市领导小组审议获奖初选名单；",
        ),
    ],
)
def test_a_whole_provision_is_quoted_by_default(award: str, name: str, quote: str) -> None:
    """Without a chosen quote the paragraph is quoted from end to end, no space around it."""
    assert load_regulation(award).cite(name).quote == quote


@pytest.mark.parametrize(
    ("award", "name", "quote"),
    [
        ("qingshanhu", "art-21", "财政全额拨款的获奖组织，只授予荣誉"),
        ("qingshanhu", "art-27", "5年内不得再次申报。获奖后发生质量"),
        ("qinzhou", "art-13", "已获得市长质量奖奖项"),
        ("jian", "art-13", "并书面说明理由；（四）材料评审"),
    ],
)
def test_an_article_covers_all_its_paragraphs(award: str, name: str, quote: str) -> None:
    """What stands in any paragraph of an article, or across two, can be cited by the article."""
    assert load_regulation(award).cite(name, quote).quote == quote


@pytest.mark.parametrize(
    ("award", "name", "quote"),
    [
        ("qingshanhu", "art-10.1", "近2年持续盈利"),  # stands in item 4
        ("qingshanhu", "art-21.p2", "只授予荣誉"),  # stands in the third paragraph
        ("qingshanhu", "art-10.3", "取得ISO 9001"),  # a space that is not printed
        ("qinzhou", "art-13.1", "（一）在钦州市"),  # brackets of another width
        ("qingshanhu", "art-10.5", "近3年无较大\n质量"),  # the page's line break
        ("changning", "art-22", "资料评审"),  # printed in traditional characters
        ("jian", "art-10.6", ""),
        ("jian", "art-10.6", " "),
    ],
)
def test_what_a_provision_does_not_say_is_not_cited(award: str, name: str, quote: str) -> None:
    """A quote that is not, letter for letter, in the provision is refused with its place."""
    regulation = load_regulation(award)
    with pytest.raises(KnowledgeError, match="does not say") as caught:
        regulation.cite(name, quote)
    assert caught.value.file == f"{award}.md"
    assert caught.value.line == regulation.provision(name).line


@pytest.mark.parametrize("name", ["art-32", "art-10.7", "art-10.p2", "art-0", "10", ""])
def test_a_provision_that_does_not_exist_is_not_cited(name: str) -> None:
    """An id that the regulation does not have is refused by name."""
    with pytest.raises(KnowledgeError) as caught:
        load_regulation("qingshanhu").cite(name)
    assert str(caught.value) == f"qingshanhu.md: there is no provision {name}"


def test_an_article_that_does_not_exist_is_not_given() -> None:
    """An article beyond the last is refused by number."""
    with pytest.raises(KnowledgeError, match=r"^qingshanhu\.md: there is no article 32$"):
        load_regulation("qingshanhu").article_text(32)


def test_an_error_reads_file_line_reason() -> None:
    """An error is shown as editors expect it, so that a click leads to the line."""
    assert str(KnowledgeError("jian.md", 12, "a reason")) == "jian.md:12: a reason"


@pytest.mark.parametrize(
    ("award", "day", "in_force"),
    [
        ("changning", date(2023, 11, 14), False),
        ("changning", date(2023, 11, 15), True),
        ("changning", date(2028, 11, 14), True),
        ("changning", date(2028, 11, 15), False),
        ("jian", date(2023, 2, 4), False),
        ("jian", date(2023, 2, 5), True),
        ("qingshanhu", date(2022, 5, 17), False),
        ("qingshanhu", date(2099, 1, 1), True),
        ("qinzhou", date(2019, 1, 1), True),
    ],
)
def test_a_regulation_is_in_force_between_its_days(
    award: str, day: date, *, in_force: bool
) -> None:
    """The first and the last day are inside; where the text names none, it is open."""
    assert load_regulation(award).in_force(day) is in_force
