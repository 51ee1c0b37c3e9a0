"""Everything that is wrong with the award files, each with file, line and reason, in one run.

The loader stops at the first mistake; an author wants all of them. Reasons are Chinese, for a
lawyer.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from knowledge.load import REGULATIONS, load_regulation
from knowledge.model import KnowledgeError, Regulation
from knowledge.parse import parse_regulation
from rules.award import Award
from rules.consistency import Loc, inconsistencies
from rules.coverage import Covered, coverage
from rules.examples import base_failures, failure
from rules.lines import line_of
from rules.load import FOLDER, AwardError, build_award, read_spec
from rules.spec import AwardSpec, Cite

Translated = Callable[[str], bool]

FACTS = Path(__file__).parent / "facts.toml"
# Keys whose values people read, wherever they stand; and tables that nobody is shown.
SHOWN = ("title", "question", "help", "example", "proof", "advice", "reading", "text", "label",
         "name", "area", "region", "tier_names", "who")  # fmt: skip
NOT_SHOWN = ("cite", "cycle", "unbound", "absent", "base", "example")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right: the file's name, the line (from 1) if there is one, and why."""

    file: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class AwardCoverage:
    """One readable award file beside its regulation: what covers each provision on conditions."""

    spec: AwardSpec
    regulation: Regulation
    provisions: tuple[Covered, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: the problems of all files, and what is covered in those it could read."""

    problems: tuple[Problem, ...]
    coverages: tuple[AwardCoverage, ...]


def check(
    folder: Path = FOLDER,
    regulations: Path = REGULATIONS,
    translated: Translated | None = None,
) -> Checked:
    """Check every award file in ``folder`` against the texts in ``regulations``.

    ``translated`` says whether a text has its English; without it, translations are not checked.
    """
    problems: list[Problem] = []
    coverages: list[AwardCoverage] = []
    for stem in sorted({path.stem for path in [*folder.glob("*.toml"), *regulations.glob("*.md")]}):
        file = _File(folder / f"{stem}.toml")
        regulation = _read_regulation(regulations / f"{stem}.md", file)
        spec = _read_award(file)
        if spec and regulation:
            _compare(file, spec, regulation)
            provisions = coverage(spec, regulation, _articles(spec, regulation))
            coverages.append(AwardCoverage(spec, regulation, provisions))
        problems += file.problems
    for file in [_File(path) for path in [FACTS, *sorted(folder.glob("*.toml"))]]:
        if translated:
            _check_translations(file, translated)
        problems += file.problems
    return Checked(tuple(dict.fromkeys(problems)), tuple(coverages))


class _File:
    """An award file being checked, and what was found in it so far."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.exists = path.exists()
        self.text = path.read_text(encoding="utf-8", errors="replace") if self.exists else ""
        self.problems: list[Problem] = []

    def add(self, loc: Loc, reason: str) -> None:
        """Note a problem of this file, at a key path such as ``("criterion", 3, "cite")``."""
        self.problems.append(Problem(self.name, self.line(loc), reason))

    def line(self, loc: Loc) -> int | None:
        """The line of a key path, or of the table it stands in."""
        lines = self.text.splitlines()
        heading = f"[{loc[0]}]" if loc else ""
        if heading not in lines:
            return line_of(self.text, loc)
        start = lines.index(heading) + 1
        keys = [line.partition("=")[0].strip() for line in lines[start:]]
        key = str(loc[1]) if len(loc) > 1 else None
        return start + keys.index(key) + 1 if key in keys else start


def _read_regulation(path: Path, file: _File) -> Regulation | None:
    if not path.exists():
        file.problems.append(Problem(file.name, 1, f"没有它的办法文本：缺少 {path.name}"))
        return None
    if not file.exists:
        file.problems.append(Problem(path.name, 1, f"办法没有写成规则：缺少 {file.name}"))
    try:
        regulation = parse_regulation(path.name, path.read_text(encoding="utf-8"))
        load_regulation(regulation.award, folder=path.parent)
    except KnowledgeError as error:
        reason = f"办法文本不能用（改动过，或者格式不对）：{error.reason}"
        file.problems.append(Problem(error.file, error.line, reason))
        return None
    except UnicodeDecodeError:
        file.problems.append(Problem(path.name, None, "办法文本不是 UTF-8 编码"))
        return None
    return regulation


def _read_award(file: _File) -> AwardSpec | None:
    if not file.exists:
        return None
    if "\ufffd" in file.text:
        file.add((), "这个文件不是 UTF-8 编码")
        return None
    try:
        return read_spec(file.text, file.name)
    except AwardError as error:
        if isinstance(error.__cause__, ValidationError):
            for details in error.__cause__.errors(include_url=False):
                file.add(details["loc"], _in_words(details))
        else:
            file.problems.append(Problem(error.file, error.line, f"TOML 写法不对：{error.reason}"))
    return None


def _in_words(details: ErrorDetails) -> str:
    """A mistake in the form of a file, in Chinese."""
    where = ".".join(part for part in details["loc"] if isinstance(part, str))
    limits = details.get("ctx", {})
    reasons = {
        "missing": "缺少这一项",
        "extra_forbidden": "没有这个键",
        "greater_than": "要大于 {gt}",
        "greater_than_equal": "要不小于 {ge}",
        "less_than_equal": "要不大于 {le}",
        "literal_error": "要是下列之一：{expected}",
        "enum": "要是下列之一：{expected}",
        "union_tag_invalid": "没有这种 operator，要是下列之一：{expected_tags}",
        "union_tag_not_found": "缺少 operator",
        "string_pattern_mismatch": "写法不对，要像 {pattern}",
        "string_too_short": "不能是空的",
        "too_short": "不能是空的",
    }
    reason = reasons.get(details["type"])
    return f"{where}：{reason.format(**limits) if reason else details['msg']}"


def _compare(file: _File, spec: AwardSpec, regulation: Regulation) -> None:
    """Note what is wrong with a file that is well formed, beside its regulation."""
    if spec.award != regulation.award:
        file.add(("award",), f"办法是 {regulation.award} 的，这里写的是 {spec.award}")
    _check_citations(file, spec, regulation)
    for loc, reason in inconsistencies(spec):
        file.add(loc, reason)
    _check_clauses(file, spec, regulation)
    try:
        award = build_award(file.text, file.name, regulation)
    except AwardError as error:
        if not file.problems:
            file.problems.append(Problem(error.file, error.line, error.reason))
    else:
        _check_examples(file, award)


def _check_citations(file: _File, spec: AwardSpec, regulation: Regulation) -> None:
    for loc, cite in _citations(spec):
        if all(provision.id != cite.provision for provision in regulation.provisions):
            file.add(loc, f"办法里没有 {cite.provision}")
            continue
        try:
            regulation.cite(cite.provision, cite.quote)
        except KnowledgeError:
            label = regulation.provision(cite.provision).label
            file.add(loc, f"{label}（{cite.provision}）里没有这句话：“{cite.quote}”")


def _citations(spec: AwardSpec) -> Iterator[tuple[Loc, Cite]]:
    yield ("cycle",), spec.cycle
    for table in ("absent", "unbound", "criterion", "note", "step"):
        for index, entry in enumerate(getattr(spec, table)):
            if entry.cite:
                yield (table, index, "cite"), entry.cite


def _articles(spec: AwardSpec, regulation: Regulation) -> tuple[int, ...]:
    """The articles on conditions that there are."""
    there = {provision.article for provision in regulation.provisions}
    return tuple(article for article in spec.conditions if article in there)


def _check_clauses(file: _File, spec: AwardSpec, regulation: Regulation) -> None:
    there = _articles(spec, regulation)
    for article in spec.conditions:
        if article not in there:
            file.add(("conditions",), f"办法里没有第 {article} 条")
    for covered in coverage(spec, regulation, there):
        for clause in covered.open:
            reason = (
                f"{covered.provision.label}“{clause}”没有条件引用，"
                f"也没有在 {file.name} 的 [[unbound]] 里写明为什么不约束申报者"
            )
            file.problems.append(Problem(regulation.path, covered.provision.line, reason))


def _check_examples(file: _File, award: Award) -> None:
    tracks = [base.track for base in award.spec.base]
    for index, track in enumerate(tracks):
        if track not in award.tracks or track in tracks[:index]:
            file.add(("base", index, "track"), f"多余的 [[base]]：{track.value}")
    for track in award.tracks:
        loc: Loc = ("base", tracks.index(track), "track") if track in tracks else ("tiers",)
        for reason in base_failures(award, track):
            file.add(loc, reason)
    for index, example in enumerate(award.spec.example):
        if example.track in award.tracks and example.track not in tracks:
            continue  # told once, not for every example
        if wrong := failure(award, example):
            file.add(("example", index, "says"), f"例子“{example.says}”：{wrong}")


def _check_translations(file: _File, translated: Translated) -> None:
    try:
        data = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError:
        return  # told already
    for loc, text in _shown(data, ()):
        if not translated(text):
            file.add(loc, f"没有英文译文：“{text}”")


def _shown(value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:  # noqa: ANN401 - TOML
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) or key not in NOT_SHOWN:
                yield from _shown(inner, (*loc, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _shown(inner, (*loc, index))
    elif isinstance(value, str) and value and any(part in SHOWN for part in loc):
        yield loc, value
