"""Editions side by side, and damaged files."""

import re
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from knowledge.load import awards, load_regulation
from knowledge.model import KnowledgeError
from knowledge.parse import parse_regulation

ENDED = "in_force_from = 2020-01-01\nin_force_until = 2022-12-31"
LATER = "in_force_from = 2022-07-01"


def write(folder: Path, name: str, text: str) -> None:
    """Write a file as it stands, whatever the system's line ends are."""
    (folder / name).write_bytes(text.encode())


def test_paragraphs_after_items_are_told_apart(small: str) -> None:
    """Between two items a paragraph belongs to the item, after the last one to the article."""
    found = {one.id: one.text for one in parse_regulation("small.md", small).provisions}
    assert found == {
        "art-1": "第一条 为了质量。",
        "art-2": "第二条 申报应当具备下列条件：",
        "art-2.1": "（一）经营三年；",
        "art-2.1.p2": "其中连续两年；",
        "art-2.2": "（二）没有事故。",
        "art-2.p2": "前款自申报日起计算。",
        "art-3": "第三条(施行)自发布之日起施行。",
    }


@pytest.mark.parametrize(
    ("as_of", "edition"),
    [
        (None, "2022"),
        (date(2019, 12, 31), "2022"),  # none is in force: the latest
        (date(2020, 1, 1), "2020"),
        (date(2022, 6, 30), "2020"),
        (date(2022, 7, 1), "2022"),  # both are in force: the latest
        (date(2023, 1, 1), "2022"),
    ],
)
@pytest.mark.parametrize("names", [("small", "small-2022"), ("small-2020", "small")])
def test_the_edition_in_force_is_used(
    tmp_path: Path, small: str, names: tuple[str, str], as_of: date | None, edition: str
) -> None:
    """Of several editions the latest that is in force on the day is used, whatever its file."""
    first = "in_force_from = 2020-01-01"
    write(tmp_path, f"{names[0]}.md", small.replace(first, ENDED))
    later = small.replace(first, LATER).replace('edition = "2020"', 'edition = "2022"')
    write(tmp_path, f"{names[1]}.md", later)
    assert load_regulation("small", as_of, tmp_path).edition == edition
    assert awards(tmp_path) == ("small",)


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (("+++\naward", "award"), 1, "the first line must be +++"),
        (('quoted."\n+++', 'quoted."'), 1, "no second line +++"),
        (('"small"', "small"), 2, "the front matter is not TOML"),
        (("title =", "titel ="), 3, "titel is not a key"),
        (('title = "小城质量奖管理办法"', 'title = ""'), 3, "title must be a text"),
        (('issuer = "小城人民政府"\n', ""), 9, "lacks issuer"),
        (('quotation = "What follows is quoted."\n', ""), 9, "lacks quotation"),
        (("2020-01-01", '"2020-01-01"'), 5, "in_force_from must be a day"),
        (("2020-01-01", "2020-01-01T08:00:00"), 5, "in_force_from must be a day"),
        (("2020-01-01", "2020-01-01\nin_force_until = 2019-12-31"), 6, "before in_force_from"),
        (("repeals = []", 'repeals = "旧办法"'), 6, "repeals must be a list"),
        (("为了质量", "为了数量"), 8, "the text below was changed"),
        (("附件", "附录"), 8, "the text below was changed"),
        (("小城人民政府文件", ""), 8, "the text below was changed"),
        (("第二条", "第四条"), 18, "expected 第二条 here, found “第四条"),
        (("第二条", "第十十条"), 18, "expected 第二条 here"),
        (("（二）", "（三）"), 24, "expected （二） here, found “（三）"),
        (("第二章", "第三章"), 28, "expected 第二章 here, found “## 第三章"),
        (("## 第一章 总则", "第一章 总则"), 28, "expected 第一章 here"),
        (
            ("第二章 附则\n", "第二章 附则\n\n本章另行规定。\n"),
            30,
            "its first article stands other",
        ),
        (('edition = "2020"', 'edition = "first"'), None, "must be a year, such as 2022"),
        (('award = "small"', 'award = "other"'), None, "the file's name does not fit"),
    ],
)
def test_damage_is_told_with_file_line_and_reason(
    tmp_path: Path, small: str, change: tuple[str, str], line: int | None, reason: str
) -> None:
    """A damaged file is refused with the place and the reason in plain words."""
    whole, damaged = change
    assert whole in small
    write(tmp_path, "small.md", small.replace(whole, damaged, 1))
    with pytest.raises(KnowledgeError) as caught:
        load_regulation("small", folder=tmp_path)
    assert (caught.value.file, caught.value.line) == ("small.md", line)
    assert reason in caught.value.reason


def test_a_file_without_articles_is_refused(small: str) -> None:
    """A notice alone is not a regulation."""
    with pytest.raises(KnowledgeError, match="there is no article in it"):
        parse_regulation("small.md", small[: small.index("## 第一章")])


def test_a_file_in_another_encoding_is_refused(tmp_path: Path, small: str) -> None:
    """A file that some editor saved in GB 18030 is named as such, not misread."""
    (tmp_path / "small.md").write_bytes(small.encode("gb18030"))
    with pytest.raises(KnowledgeError, match=r"^small\.md: the file is not in UTF-8$"):
        load_regulation("small", folder=tmp_path)


def test_two_files_of_one_edition_are_refused(tmp_path: Path, small: str) -> None:
    """Which of two texts of the same edition holds is not for the program to choose."""
    write(tmp_path, "small.md", small)
    write(tmp_path, "small-2020.md", small)
    with pytest.raises(KnowledgeError, match="is edition 2020 as well"):
        load_regulation("small", folder=tmp_path)


def test_a_file_named_for_another_edition_is_refused(tmp_path: Path, small: str) -> None:
    """A file's name and its front matter name the same edition."""
    write(tmp_path, "small-2021.md", small)
    with pytest.raises(KnowledgeError, match="its award and edition are small and 2020"):
        load_regulation("small", folder=tmp_path)


def test_a_misnamed_file_is_refused(tmp_path: Path, small: str) -> None:
    """A file whose name says no award is reported rather than passed over."""
    write(tmp_path, "Small City.md", small)
    with pytest.raises(KnowledgeError, match=r"^Small City\.md: .*<award>\.md"):
        awards(tmp_path)


def test_an_unknown_award_is_refused_with_those_that_are_known() -> None:
    """Asking for an award that is not stored tells which are."""
    with pytest.raises(KnowledgeError) as caught:
        load_regulation("nanchang")
    assert str(caught.value) == (
        "nanchang.md: there is no such regulation; "
        "stored: changning, jian, lianyungang, qingshanhu, qinzhou"
    )


def test_a_text_without_chapters_can_be_read(small: str) -> None:
    """A short regulation that has no chapters is read article by article, after its notice."""
    front = small[: small.index("小城人民政府文件")]
    digest = sha256("通知第一条甲。第二条乙。".encode()).hexdigest()
    front = re.sub(r'digest = ".*"', f'digest = "{digest}"', front)
    regulation = parse_regulation("small.md", front + "通知\n\n第一条 甲。\n\n第二条 乙。\n")
    assert regulation.chapters == ()
    assert [provision.id for provision in regulation.provisions] == ["art-1", "art-2"]
