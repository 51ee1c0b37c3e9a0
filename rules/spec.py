"""The form of an award file: what an author may write, validated, before it is compiled.

Every operator is one model here and one function in ``operators`` or ``events``; ``compile``
brings them together, ``arguments`` checks what is given, ``in_words`` and the explanations in
``conversations`` say it. The set is closed, and there is no expression language.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PositiveInt

from rules.model import Needs, Outcome, Status, Tier, Track

# A button names its question and its choice in 64 bytes.
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=48)]
# A reminder's button names what to do, a round, a step and a day in as many.
StepId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)]
Text = Annotated[str, Field(min_length=1)]
Years = Annotated[PositiveInt, Field(le=100)]
SeverityName = Literal["ordinary", "considerable", "major", "extraordinary"]


class Model(BaseModel):
    """A table of an award file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class IsTrue(Model):
    """Met if the applicant says yes."""

    operator: Literal["is_true"]
    fact: Id


class OneOf(Model):
    """Met if the chosen value is one of these."""

    operator: Literal["one_of"]
    fact: Id
    values: tuple[int | str, ...] = Field(min_length=1)


class AtLeast(Model):
    """Met from this number on."""

    operator: Literal["at_least"]
    fact: Id
    number: PositiveInt


class InPlace(Model):
    """Met if the thing exists, since whatever day."""

    operator: Literal["in_place"]
    fact: Id


class ForYears(Model):
    """Met once so many years are complete ("N年以上")."""

    operator: Literal["for_years"]
    fact: Id
    years: Years


class EachCompletedYear(Model):
    """Met if each of the last completed calendar years had one of these results."""

    operator: Literal["each_completed_year"]
    years: Years
    accepted: tuple[Literal["profit", "break_even", "loss", "policy_loss"], ...]


class RecordClause(Model):
    """Records that a passage names; ``left_to`` where it is not a hard bar."""

    kinds: tuple[Id, ...] = Field(min_length=1)
    from_severity: SeverityName | None = None
    below_severity: SeverityName | None = None
    fatal: bool | None = None
    levels: tuple[Literal["national", "industry", "provincial", "municipal", "county"], ...] = ()
    left_to: Literal["office", "reviewers"] | None = None


class NoRecords(Model):
    """No record within so many years; without ``within_years``, of any age."""

    operator: Literal["no_records"]
    within_years: Years | None = None
    records: tuple[RecordClause, ...] = Field(min_length=1)


class WaitingPeriod(Model):
    """Years to wait after an award won here.

    ``counted``: "within" (N年内: the anniversary is inside), "full" (满N年: over on the
    anniversary), "calendar" (不包含获奖当年: over on 1 January). ``same_tier``: only the prize
    applied for counts.
    """

    operator: Literal["waiting_period"]
    years: Years
    counted: Literal["within", "full", "calendar"]
    tiers: tuple[Tier, ...] = (Tier.AWARD,)
    same_tier: bool = False


class Ban(Model):
    """Years without application after a sanction, from the day of the decision."""

    operator: Literal["ban"]
    years: Years
    kinds: tuple[Literal["false_materials", "fraudulent_award", "post_award_incident"], ...]


class NotSameYear(Model):
    """Not in a calendar year in which the applicant applies elsewhere."""

    operator: Literal["not_same_year"]
    fact: Id


class Declared(Model):
    """A matter of judgement; unmet only if the applicant declares that it does not hold."""

    operator: Literal["declared"]


Rule = Annotated[
    IsTrue
    | OneOf
    | AtLeast
    | InPlace
    | ForYears
    | EachCompletedYear
    | NoRecords
    | WaitingPeriod
    | Ban
    | NotSameYear
    | Declared,
    Field(discriminator="operator"),
]


class Cite(Model):
    """Where the text says so; without ``quote``, the whole provision."""

    provision: Annotated[str, Field(pattern=r"^art-\d+(\.\d+)?(\.p\d+)?$")]
    quote: Text | None = None


class Cycle(Cite):
    """Every how many years the award is given, as the quote says."""

    years: Years


class Gate(Model):
    """Binds only those who give this answer."""

    fact: Id
    answer: bool


class CriterionSpec(Model):
    """One condition."""

    id: Id
    tracks: tuple[Track, ...] = Field(min_length=1)
    title: Text
    cite: Cite
    rule: Rule
    only_if: tuple[Gate, ...] = ()
    question: Text | None = None
    proof: Text | None = None
    advice: Text | None = None
    reading: Text | None = None


class When(Model):
    """When a note is shown; without any, always. One of them is enough."""

    fact: Id | None = None
    answer: bool | None = None
    sanction: str | None = None
    past_award: Tier | None = None
    before: date | None = None


class NoteSpec(Model):
    """Something to be told beside the verdict: an encouragement, a preference, a remark."""

    id: Id
    tracks: tuple[Track, ...] = Field(min_length=1)
    text: Text
    cite: Cite | None = None
    when: When | None = None


class StepSpec(Model):
    """What has to be done before an application is handed in, in the order of the file.

    ``who`` has to do it. ``workdays``: the least number of working days that the text sets for it,
    quoted in ``cite``; without it the applicant may say how long they want. ``beside``: it goes on
    beside the next step, and has to be over when that one is. Where it differs between the tracks
    there are two of one id.
    """

    id: StepId
    tracks: tuple[Track, ...] = Field(min_length=1)
    title: Text
    who: Text
    cite: Cite
    workdays: Annotated[PositiveInt, Field(le=100)] | None = None
    beside: bool = False
    advice: Text | None = None
    reading: Text | None = None


class Absent(Model):
    """A track, or a tier of a track, that the award does not have, and the article that says so."""

    tracks: tuple[Track, ...] = ()
    tiers: tuple[Tier, ...] = Field(default=())
    cite: Cite


class Unbound(Model):
    """A piece of an article on conditions that binds no applicant, and why."""

    cite: Cite
    reason: Text


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Base(Model):
    """An applicant of whom every fact is known and who meets everything: examples change it."""

    track: Track
    as_of: date
    facts: dict[str, object]


class Example(Model):
    """Facts and what follows from them: a test, written from the text.

    The facts are those of the track's base: first without ``drop`` (keys, such as ``exporter`` or
    ``records.quality_claim``), then with ``change`` laid over them, table by table. Each
    ``criterion`` (one, or a list) must stand as told; one that is unmet without ``met_from`` is
    not mended by time.
    """

    says: Text
    track: Track
    tier: Tier = Tier.AWARD
    as_of: date | None = None
    drop: tuple[Text, ...] = ()
    change: dict[str, object] = Field(default_factory=dict)
    criterion: Annotated[tuple[Id, ...], BeforeValidator(_listed)] = ()
    status: Status | None = None
    needs: Needs | None = None
    met_from: date | None = None
    outcome: Outcome | None = None
    eligible_from: date | None = None


class AwardSpec(Model):
    """An award file."""

    award: Id
    name: Text
    area: Text
    region: Text
    names: tuple[Text, ...]
    regions: tuple[Text, ...] = ()
    timezone: Text
    cycle: Cycle
    tiers: dict[Track, tuple[Tier, ...]]
    tier_names: dict[Tier, Text]
    conditions: tuple[PositiveInt, ...] = Field(min_length=1)
    absent: tuple[Absent, ...] = ()
    unbound: tuple[Unbound, ...] = ()
    criterion: tuple[CriterionSpec, ...] = Field(min_length=1)
    note: tuple[NoteSpec, ...] = ()
    step: tuple[StepSpec, ...] = ()
    base: tuple[Base, ...] = ()
    example: tuple[Example, ...] = ()
