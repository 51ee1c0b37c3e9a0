"""From the text of a regulation's file to a Regulation.

The file is front matter, then the official text: blocks parted by blank lines, each a provision
(lines within a block are joined with nothing in between), with two marks that are not of the
text: `## ` before a chapter's heading, and `---` after the last article, where an annex or a
list of recipients follows. What stands before the first chapter, or before the first article of a
text without chapters, is the notice of issue.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby

from knowledge.front_matter import FrontMatter, read_front_matter
from knowledge.model import Chapter, KnowledgeError, Provision, Regulation
from knowledge.numerals import read_number, write_number

_HEADING = "## "
_END_OF_ARTICLES = "---"
_CHAPTER = re.compile(r"第([一二三四五六七八九十]+)章")
_ARTICLE = re.compile(r"\s*第([一二三四五六七八九十]+)[条條]")
_ITEM = re.compile(r"\s*(?:- )?[（(]([一二三四五六七八九十]+)[）)]")


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    line: int


def text_digest(text: str) -> str:
    """Sha256, in hexadecimal, of a text in UTF-8 without its white space.

    White space is what `str.split` takes for it, so line breaks and indentation don't count and
    everything printed does. The text is the official one: no front matter, no `## `, no `---`.
    """
    return sha256("".join(text.split()).encode()).hexdigest()


def parse_regulation(file: str, text: str) -> Regulation:
    """Read a regulation from its file's text; KnowledgeError says what is damaged, and where."""
    lines = text.split("\n")
    front = read_front_matter(file, lines)
    front.text("quotation")
    blocks = _blocks(lines, front.end)
    chapters, articles = _chapters_and_articles(file, blocks)
    provisions = tuple(
        provision
        for number, article in enumerate(articles, start=1)
        for provision in _provisions(file, number, article)
    )
    _check_digest(front, blocks)
    regulation = Regulation(
        award=front.text("award"),
        title=front.text("title"),
        issuer=front.text("issuer"),
        document_number=front.optional_text("document_number"),
        issued=front.day("issued"),
        in_force_from=front.day("in_force_from"),
        in_force_until=front.day("in_force_until"),
        repeals=front.texts("repeals"),
        edition=front.text("edition"),
        digest=front.text("digest"),
        chapters=chapters,
        provisions=provisions,
        path=file,
    )
    first, last = regulation.in_force_from, regulation.in_force_until
    if first and last and last < first:
        raise front.error("in_force_until", "in_force_until is before in_force_from")
    return regulation


def _blocks(lines: list[str], start: int) -> list[_Block]:
    numbered = enumerate(lines[start:], start=start + 1)
    blocks = []
    for is_text, group in groupby(numbered, key=lambda entry: bool(entry[1].strip())):
        if is_text:
            block = list(group)
            blocks.append(_Block("".join(text for _, text in block), block[0][0]))
    return blocks


def _check_digest(front: FrontMatter, blocks: list[_Block]) -> None:
    printed = (block.text.removeprefix(_HEADING) for block in blocks)
    found = text_digest("".join(text for text in printed if text != _END_OF_ARTICLES))
    if found != front.text("digest"):
        reason = f"the text below was changed: its digest is {found}, not the one given here"
        raise front.error("digest", reason)


def _chapters_and_articles(
    file: str, blocks: list[_Block]
) -> tuple[tuple[Chapter, ...], list[list[_Block]]]:
    chapters: list[Chapter] = []
    articles: list[list[_Block]] = []
    for block in blocks:
        if block.text == _END_OF_ARTICLES:
            break
        if block.text.startswith(_HEADING):
            heading = block.text.removeprefix(_HEADING)
            _expect(file, block, _CHAPTER.match(heading), len(chapters) + 1, "第{}章")
            chapters.append(Chapter(heading, ()))
        elif found := _ARTICLE.match(block.text):
            articles.append([block])
            _expect(file, block, found, len(articles), "第{}条")
            if chapters:
                numbers = (*chapters[-1].articles, len(articles))
                chapters[-1] = replace(chapters[-1], articles=numbers)
        elif chapters and not chapters[-1].articles:
            reason = "between a chapter's heading and its first article stands other text"
            raise KnowledgeError(file, block.line, reason)
        elif articles:
            articles[-1].append(block)
    if not articles:
        raise KnowledgeError(file, None, "there is no article in it")
    return tuple(chapters), articles


def _provisions(file: str, article: int, blocks: list[_Block]) -> Iterator[Provision]:
    """Give each paragraph of an article its number and id.

    An unnumbered paragraph between two items belongs to the item before it; one that follows the
    last item is the article's own.
    """
    last_item = max((i for i, block in enumerate(blocks) if _ITEM.match(block.text)), default=0)
    items = own = paragraph = 0
    for place, block in enumerate(blocks):
        if found := _ITEM.match(block.text):
            items += 1
            _expect(file, block, found, items, "（{}）")
            item, paragraph = items, 1
        elif items and place < last_item:
            item, paragraph = items, paragraph + 1
        else:
            own += 1
            item, paragraph = None, own
        name = f"art-{article}" + (f".{item}" if item else "")
        name += f".p{paragraph}" if paragraph > 1 else ""
        yield Provision(name, article, item, paragraph, block.text, block.line)


def _expect(file: str, block: _Block, found: re.Match[str] | None, number: int, form: str) -> None:
    """Hold a printed number to its turn: chapters, articles and items follow one another."""
    if found is None or read_number(found[1]) != number:
        expected = form.format(write_number(number))
        reason = f"expected {expected} here, found “{block.text[:12]}”"
        raise KnowledgeError(file, block.line, reason)
