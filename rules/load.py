"""From award files to awards: read, validate, resolve every citation, compile the judges."""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from knowledge.load import awards as award_ids
from knowledge.load import load_edition, load_regulation
from knowledge.model import Citation, KnowledgeError, Regulation
from rules.arguments import wrong_arguments
from rules.award import Award, Criterion, Note, RuleSet, Step
from rules.catalog import catalog
from rules.compile import compile_rule, facts_of
from rules.lines import line_of
from rules.model import Judge, Tier, Track
from rules.spec import AwardSpec, Cite, CriterionSpec, Declared, NoRecords, WaitingPeriod

FOLDER = Path(__file__).parent / "awards"


class AwardError(Exception):
    """An award file that cannot be used: file, line and reason."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        super().__init__(file, line, reason)
        self.file, self.line, self.reason = file, line, reason

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.reason}"


def load_award(award: str, as_of: date | None = None, folder: Path = FOLDER) -> Award:
    """The award as in force on ``as_of`` (by default its latest edition); each is read once.

    Raises AwardError or KnowledgeError with file, line and reason.
    """
    regulation = load_regulation(award, as_of)
    return _load_edition(award, regulation.edition, folder)


@lru_cache
def _load_edition(award: str, edition: str, folder: Path) -> Award:
    regulation = load_edition(award, edition)
    path = folder / f"{Path(regulation.path).stem}.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise AwardError(path.name, None, f"cannot be read: {error.strerror}") from error
    return build_award(text, path.name, regulation)


def load_awards() -> tuple[Award, ...]:
    """All awards, in the order in which they are offered."""
    return tuple(load_award(award) for award in award_ids())


def build_award(text: str, file: str, regulation: Regulation) -> Award:
    """Make an award of the text of its file. Raises AwardError."""
    spec = read_spec(text, file)
    source = _Source(text, file, regulation)
    if spec.award != regulation.award:
        raise source.error(("award",), f"the file is for {regulation.award}, not {spec.award}")
    cycle = source.cite(spec.cycle, ("cycle",))
    for index, unbound in enumerate(spec.unbound):
        source.cite(unbound.cite, ("unbound", index, "cite"))
    notes = tuple(
        Note(note, source.cite(note.cite, ("note", index, "cite")) if note.cite else None)
        for index, note in enumerate(spec.note)
    )
    rule_sets = {
        (track, tier): _rule_set(spec, source, track, tier)
        for track, tiers in spec.tiers.items()
        for tier in tiers
    }
    by_tier = frozenset(
        track
        for criterion in spec.criterion
        if isinstance(criterion.rule, WaitingPeriod) and criterion.rule.same_tier
        for track in criterion.tracks
    )
    steps = {track: _steps(spec, source, track) for track in spec.tiers}
    absent = _absences(spec, source)
    return Award(spec, regulation, rule_sets, notes, cycle, steps, absent, by_tier)


def read_spec(text: str, file: str) -> AwardSpec:
    """Read and validate an award file's text. Raises AwardError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = [word for word in str(error).split() if word.rstrip(",").isdigit()]
        line = int(found[0].rstrip(",")) if found else None
        raise AwardError(file, line, f"not TOML: {error}") from error
    try:
        return AwardSpec.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise AwardError(file, line_of(text, first["loc"]), f"{where}: {first['msg']}") from error


class _Source:
    """The file being read, so that an error can say where it is."""

    def __init__(self, text: str, file: str, regulation: Regulation) -> None:
        self.text, self.file, self.regulation = text, file, regulation

    def error(self, loc: tuple[int | str, ...], reason: str) -> AwardError:
        return AwardError(self.file, line_of(self.text, loc), reason)

    def cite(self, cite: Cite, loc: tuple[int | str, ...]) -> Citation:
        try:
            return self.regulation.cite(cite.provision, cite.quote)
        except KnowledgeError as error:
            raise self.error(loc, error.reason) from error


def _rule_set(spec: AwardSpec, source: _Source, track: Track, tier: Tier) -> RuleSet:
    criteria = tuple(_criteria(spec, source, track, tier))
    return RuleSet(
        award=spec.award,
        track=track,
        tier=tier,
        regulation=source.regulation,
        criteria=criteria,
        judges=tuple(criterion.judge for criterion in criteria),
    )


def _criteria(spec: AwardSpec, source: _Source, track: Track, tier: Tier) -> Iterable[Criterion]:
    seen: set[str] = set()
    for index, criterion in enumerate(spec.criterion):
        if track not in criterion.tracks:
            continue
        where = ("criterion", index)
        if criterion.id in seen:
            raise source.error((*where, "id"), f"a second criterion {criterion.id} of this track")
        seen.add(criterion.id)
        facts = facts_of(criterion)
        _check_facts(source, where, facts, track)
        for reason in wrong_arguments(criterion, spec):
            raise source.error((*where, "rule"), f"{criterion.id}：{reason}")
        citation = source.cite(criterion.cite, (*where, "cite"))
        yield _criterion(criterion, citation, facts, compile_rule(criterion, spec.award, tier))


def _criterion(
    criterion: CriterionSpec, citation: Citation, facts: tuple[str, ...], judge: Judge
) -> Criterion:
    rule = criterion.rule
    main = catalog().facts.get(facts[-1].partition(".")[0]) if facts else None
    return Criterion(
        id=criterion.id,
        rule=rule,
        citation=citation,
        title=criterion.title,
        proof=criterion.proof or (main.proof if main else ""),
        advice=criterion.advice or (main.advice if main else ""),
        question=criterion.question,
        reading=criterion.reading,
        only_if=criterion.only_if,
        facts=facts,
        judged=isinstance(rule, Declared)
        or (isinstance(rule, NoRecords) and any(r.left_to == "reviewers" for r in rule.records)),
        judge=judge,
    )


def _steps(spec: AwardSpec, source: _Source, track: Track) -> tuple[Step, ...]:
    steps: dict[str, Step] = {}
    for index, step in enumerate(spec.step):
        if track not in step.tracks:
            continue
        where = ("step", index)
        if step.id in steps:
            raise source.error((*where, "id"), f"a second step {step.id} of this track")
        steps[step.id] = Step(
            id=step.id,
            title=step.title,
            who=step.who,
            citation=source.cite(step.cite, (*where, "cite")),
            workdays=step.workdays,
            beside=step.beside,
            advice=step.advice or "",
            reading=step.reading,
        )
    return tuple(steps.values())


def _check_facts(
    source: _Source, where: tuple[str, int], facts: tuple[str, ...], track: Track
) -> None:
    known = catalog()
    for fact in facts:
        key, _, kind = fact.partition(".")
        spec = known.facts.get(key)
        if spec is None or track not in spec.tracks:
            raise source.error((*where, "rule"), f"{key} is no fact of the track {track.value}")
        if kind and kind not in known.kinds(key):
            raise source.error((*where, "rule"), f"{kind} is no kind of {key}")


def _absences(spec: AwardSpec, source: _Source) -> dict[tuple[Track, Tier], Citation]:
    absences: dict[tuple[Track, Tier], Citation] = {}
    for index, absent in enumerate(spec.absent):
        citation = source.cite(absent.cite, ("absent", index, "cite"))
        for track in absent.tracks or tuple(Track):
            for tier in absent.tiers or tuple(Tier):
                if tier not in spec.tiers.get(track, ()):
                    absences.setdefault((track, tier), citation)
    for track in Track:
        for tier in Tier:
            if tier not in spec.tiers.get(track, ()) and (track, tier) not in absences:
                reason = f"no article is cited for there being no {tier.value} for {track.value}s"
                raise source.error(("tiers",), reason)
    return absences
