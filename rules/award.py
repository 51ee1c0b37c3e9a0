"""An award ready to judge by: its regulation, its criteria for each track and tier, its notes."""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.model import Citation, Regulation
from rules.model import Judge, Tier, Track
from rules.spec import AwardSpec, Gate, NoteSpec, Rule


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition of one award, with its source and how it is put to people (in Chinese).

    ``facts`` names what it depends on, gates first; ``judged``: an applicant may declare that it
    does not hold.
    """

    id: str
    rule: Rule
    citation: Citation
    title: str
    proof: str
    advice: str
    question: str | None
    reading: str | None
    only_if: tuple[Gate, ...]
    facts: tuple[str, ...]
    judged: bool
    judge: Judge


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The criteria that bind one track and one tier of one award, each with its judge."""

    award: str
    track: Track
    tier: Tier
    regulation: Regulation
    criteria: tuple[Criterion, ...]
    judges: tuple[Judge, ...]

    @property
    def judged(self) -> tuple[str, ...]:
        """Ids of the criteria that an applicant may declare not to hold."""
        return tuple(criterion.id for criterion in self.criteria if criterion.judged)


@dataclass(frozen=True, slots=True)
class Step:
    """What has to be done before an application is handed in, with its source (in Chinese).

    ``workdays`` is the least that the text sets for it; ``beside``: it goes on beside the next.
    """

    id: str
    title: str
    who: str
    citation: Citation
    workdays: int | None = None
    beside: bool = False
    advice: str = ""
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A remark with its source and the condition under which it is shown."""

    spec: NoteSpec
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Award:
    """One award: what its file says, the regulation it cites, and the compiled rule sets."""

    spec: AwardSpec
    regulation: Regulation
    rule_sets: Mapping[tuple[Track, Tier], RuleSet]
    notes: tuple[Note, ...]
    cycle: Citation
    steps: Mapping[Track, tuple[Step, ...]]
    absent: Mapping[tuple[Track, Tier], Citation]
    tracks_by_tier: frozenset[Track]

    @property
    def id(self) -> str:
        """The award's id, such as ``qingshanhu``."""
        return self.spec.award

    @property
    def cycle_years(self) -> int:
        """Every how many years the award is given."""
        return self.spec.cycle.years

    @property
    def tracks(self) -> tuple[Track, ...]:
        """The tracks that the award has."""
        return tuple(self.spec.tiers)

    def tiers(self, track: Track) -> tuple[Tier, ...]:
        """The tiers that a track has."""
        return self.spec.tiers.get(track, ())

    def tier_matters(self, track: Track) -> bool:
        """Whether some criterion of the track judges by the tier applied for."""
        return track in self.tracks_by_tier
