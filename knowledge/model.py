"""What a regulation is made of, and how a provision is cited.

A provision's id follows the printed numbers: `art-10` is the first paragraph of article ten,
`art-10.3` its item （三）, `art-21.p2` the second unnumbered paragraph of article 21 and
`art-13.2.p2` the second paragraph of an item.
"""

from dataclasses import dataclass
from datetime import date

from knowledge.numerals import write_number


class KnowledgeError(Exception):
    """A stored text that cannot be used, or a citation that it does not bear out."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        super().__init__(file, line, reason)
        self.file = file
        self.line = line
        self.reason = reason

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its printed heading, and the numbers of its articles in order."""

    heading: str
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Provision:
    """One paragraph of the official text, with its printed number and its line in the file."""

    id: str
    article: int
    item: int | None
    paragraph: int
    text: str
    line: int

    @property
    def label(self) -> str:
        """How it is cited, whatever the source's typography: 第十条 or 第十条第（三）项."""
        article = f"第{write_number(self.article)}条"
        return article if self.item is None else f"{article}第（{write_number(self.item)}）项"


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation with its source: `quote` is a contiguous piece of the official text."""

    award: str
    provision: str
    article: int
    item: int | None
    label: str
    quote: str


@dataclass(frozen=True, slots=True)
class Regulation:
    """One edition of an award's regulation; `path` is the name of the file that holds it."""

    award: str
    title: str
    issuer: str
    document_number: str | None
    issued: date | None
    in_force_from: date | None
    in_force_until: date | None
    repeals: tuple[str, ...]
    edition: str
    digest: str
    chapters: tuple[Chapter, ...]
    provisions: tuple[Provision, ...]
    path: str

    def provision(self, provision_id: str) -> Provision:
        """Find a provision by its id; KnowledgeError if there is none."""
        for provision in self.provisions:
            if provision.id == provision_id:
                return provision
        raise KnowledgeError(self.path, None, f"there is no provision {provision_id}")

    def article(self, number: int) -> tuple[Provision, ...]:
        """Give all paragraphs of an article in order; KnowledgeError if there is none."""
        found = tuple(provision for provision in self.provisions if provision.article == number)
        if not found:
            raise KnowledgeError(self.path, None, f"there is no article {number}")
        return found

    def article_text(self, number: int) -> str:
        """Give an article's whole text without line breaks; KnowledgeError if there is none."""
        return "".join(provision.text for provision in self.article(number))

    def in_force(self, day: date) -> bool:
        """Tell whether it is in force on a day: both ends included, an end not known is open."""
        begun = self.in_force_from is None or self.in_force_from <= day
        ended = self.in_force_until is not None and self.in_force_until < day
        return begun and not ended

    def cite(self, provision_id: str, quote: str | None = None) -> Citation:
        """Cite a provision, by default its whole text; the id of an article covers all of it.

        Raises KnowledgeError if there is no such provision or the quote is not a piece of it.
        """
        provision = self.provision(provision_id)
        if quote is None:
            quote = provision.text.strip()
        is_article = provision.item is None and provision.paragraph == 1
        source = self.article_text(provision.article) if is_article else provision.text
        if not quote.strip() or quote not in source:
            reason = f"{provision_id} ({provision.label}) does not say “{quote}”"
            raise KnowledgeError(self.path, provision.line, reason)
        return Citation(
            award=self.award,
            provision=provision_id,
            article=provision.article,
            item=provision.item,
            label=provision.label,
            quote=quote,
        )
