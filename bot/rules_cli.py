"""``award-bot rules``: what is wrong with the award files, and what a regulation is encoded as.

For a lawyer or an officer: Chinese, plain text, one thing a line.
"""

import gettext
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from wcwidth import wcswidth

from conversations.language import DOMAIN, LOCALES_FOLDER
from knowledge.load import REGULATIONS
from knowledge.model import Provision, Regulation
from knowledge.numerals import read_number, write_number
from rules.answers_check import answer_problems
from rules.award import Award
from rules.check import AwardCoverage, Problem, Translated
from rules.check import check as check_files
from rules.coverage import Covered, coverage, reach
from rules.in_words import in_words
from rules.load import FOLDER, load_awards
from rules.model import Track
from rules.spec import Cite, Declared

TRACKS = {Track.ORGANISATION: "组织", Track.INDIVIDUAL: "个人"}
COLUMNS = ("奖", "条款", "条件", "其中评审", "读法", "例子", "没有覆盖")
_NUMBER = r"(\d+|[一二三四五六七八九十]+)"
_ARTICLE = re.compile(
    rf"(?:art-)?第?{_NUMBER}条?(?:[.．]?第?[（(]?{_NUMBER}[）)]?[项款]?)?"
)  # 10, 第十条, 10.3, 10(3), 第十条第（三）项


def check(
    folder: Path = FOLDER, regulations: Path = REGULATIONS, locales: Path = LOCALES_FOLDER
) -> int:
    """Print what is covered and every problem of every award file.

    Gives the exit status: 0 if there is no problem, else 1.
    """
    translated = _english(locales)
    checked = check_files(folder, regulations, translated)
    problems = list(checked.problems)
    if translated is None:
        problems.append(
            Problem(f"{DOMAIN}.mo", None, "没有英文译文的目录，先运行 make translations")
        )
    if folder == FOLDER:
        awards = [covered.spec.award for covered in checked.coverages]
        problems += [Problem(*found) for found in answer_problems(awards, translated)]
    _write(line for covered in checked.coverages for line in _table(covered))
    _write(_columns([COLUMNS, *(_counts(covered) for covered in checked.coverages)]))
    _write(
        ["", *map(str, problems), f"发现 {len(problems)} 个问题" if problems else "没有发现问题"]
    )
    return 1 if problems else 0


def show(award: str, article: str | None = None) -> int:
    """Print an award's regulation, or one article or item of it, and what it is encoded as.

    ``award`` is an id or a usual name, ``article`` such as 10, 10.3 or 第十条. Gives the exit
    status: 0, or 2 with one line on standard error if there is no such award or article.
    """
    awards = load_awards()
    found = next((one for one in awards if award in _names(one)), None)
    if found is None:
        known = "、".join(f"{one.id}（{one.spec.name}）" for one in awards)
        return _refuse(f"没有“{award}”这个奖，有：{known}")
    if article is None:
        _write(_whole(found))
        return 0
    regulation = found.regulation
    named = _ARTICLE.fullmatch("".join(article.split()))
    numbers = [_number(part) for part in named.groups() if part] if named else []
    provisions = _provisions(regulation, *numbers) if numbers else ()
    if not provisions:
        articles = sorted({provision.article for provision in regulation.provisions})
        items = _items(regulation, numbers[0]) if numbers else ""
        first, last = write_number(articles[0]), write_number(articles[-1])
        known = items or f"有第{first}条至第{last}条，写作 10、10.3 或 第十条"
        return _refuse(f"《{regulation.title}》没有“{article}”，{known}")
    _write(_encoded(found, provisions))
    return 0


def _names(award: Award) -> tuple[str, ...]:
    return award.id, award.spec.name, award.spec.area, *award.spec.names


def _english(locales: Path) -> Translated | None:
    try:
        catalog = gettext.translation(DOMAIN, locales, ["en"])
    except OSError:
        return None
    return lambda text: catalog.gettext(text) != text


def _table(covered: AwardCoverage) -> Iterator[str]:
    yield f"{covered.spec.name}（{covered.spec.award}）"
    rows = []
    for one in covered.provisions:
        says = ["、".join(criterion.id for criterion in one.criteria)] if one.criteria else []
        says += dict.fromkeys(f"不约束：{piece.reason}" for piece in one.unbound)
        says += [f"！没有覆盖：“{clause}”" for clause in one.open]
        rows.append((f"  {_label(one.provision)}", "；".join(says)))
    yield from _columns(rows)
    yield ""


def _counts(covered: AwardCoverage) -> tuple[str, ...]:
    spec = covered.spec
    judged = sum(isinstance(criterion.rule, Declared) for criterion in spec.criterion)
    numbers = (
        len(covered.provisions),
        len(spec.criterion),
        judged,
        sum(criterion.reading is not None for criterion in spec.criterion),
        len(spec.example),
        sum(len(one.open) for one in covered.provisions),
    )
    return spec.award, *map(str, numbers)


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows under one another, as wide as a terminal shows them."""
    widths = [max(map(wcswidth, column)) for column in zip(*rows, strict=True)] if rows else []
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield "  ".join(cell + " " * (width - wcswidth(cell)) for cell, width in cells).rstrip()


def _whole(award: Award) -> Iterator[str]:
    regulation = award.regulation
    yield regulation.title
    headings = {chapter.articles[0]: chapter.heading for chapter in regulation.chapters}
    for article in sorted({provision.article for provision in regulation.provisions}):
        if article in headings:
            yield from ("", headings[article])
        yield ""
        yield from _encoded(award, regulation.article(article))


def _encoded(award: Award, provisions: tuple[Provision, ...]) -> Iterator[str]:
    """Each provision's text, and under it what is made of it."""
    articles = dict.fromkeys(provision.article for provision in provisions)
    for covered in coverage(award.spec, award.regulation, articles):
        if covered.provision in provisions:
            yield covered.provision.text.strip()
            yield from _made_of_it(award, covered)


def _made_of_it(award: Award, covered: Covered) -> Iterator[str]:
    for criterion in covered.criteria:
        tracks = "、".join(TRACKS[track] for track in criterion.tracks)
        yield f"    → {criterion.id}〔{tracks}〕{in_words(criterion)}{_quoted(criterion.cite)}"
        if criterion.reading:
            yield f"      读法：{criterion.reading}"
    for piece in covered.unbound:
        yield f"    → 不约束：{piece.reason}{_quoted(piece.cite)}"

    def here(cite: Cite | None) -> bool:
        return cite is not None and covered.provision.id in reach(award.regulation, cite)

    for note in award.spec.note:
        if here(note.cite):
            yield f"    → 提示 {note.id}：{note.text}"
    for step in award.spec.step:
        if here(step.cite):
            tracks = "、".join(TRACKS[track] for track in step.tracks)
            length = f"，不少于 {step.workdays} 个工作日" if step.workdays else ""
            says = f"{step.title}（{step.who}{length}）"
            yield f"    → 步骤 {step.id}〔{tracks}〕{says}{_quoted(step.cite)}"
    for absent in award.spec.absent:
        if here(absent.cite):
            names = [*(TRACKS[track] for track in absent.tracks), *absent.tiers]
            yield f"    → 没有的类别或奖项：{'、'.join(names)}"
    if here(award.spec.cycle):
        yield f"    → 评选周期{_quoted(award.spec.cycle)}"


def _quoted(cite: Cite) -> str:
    return f"　“{cite.quote}”" if cite.quote else ""


def _provisions(
    regulation: Regulation, article: int, item: int | None = None
) -> tuple[Provision, ...]:
    return tuple(
        provision
        for provision in regulation.provisions
        if provision.article == article and item in (None, provision.item)
    )


def _items(regulation: Regulation, article: int) -> str:
    """Which items an article has, in words; empty if there is no such article."""
    provisions = _provisions(regulation, article)
    items = sorted({provision.item for provision in provisions if provision.item})
    if not provisions:
        return ""
    if not items:
        return f"第{write_number(article)}条不分项"
    first, last = write_number(items[0]), write_number(items[-1])
    return f"第{write_number(article)}条有第（{first}）项至第（{last}）项"


def _label(provision: Provision) -> str:
    part = f"第 {provision.paragraph} 段" if provision.paragraph > 1 else ""
    return f"{provision.label}{part}"


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else read_number(text) or 0


def _write(lines: Iterable[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _refuse(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return 2
