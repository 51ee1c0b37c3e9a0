"""Whether a reading of a question is sure, or may be, or is about something else."""

from dataclasses import dataclass
from math import exp
from typing import Literal

from knowledge.matching import Reading

Decision = Literal["sure", "unsure", "none"]

# From which probability on the first topic is taken for what was asked, so that it is answered.
SURE = 0.42
# The same for a question of which characters were put right first.
SURE_CORRECTED = 0.6
# From which probability on the question is about the awards at all.
INSIDE = 0.4
# The same words as a stored phrasing: nothing is left to weigh.
_SAME = 0.995
# At what share of the first topic's score another one may have been meant, too.
_MEANT_TOO = 0.4
_MOST = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model of a reading, fitted to phrasings that the index had not seen.

    `score` and `margin` are of the best topic, `away` is the score of the best kind of elsewhere.
    """

    constant: float
    score: float
    margin: float
    away: float
    explained: float
    unknown: float
    foreign: float
    stray: float

    def probability(self, reading: Reading) -> float:
        """Give the model's probability; it is 0 if nothing in the question is of a topic."""
        if not reading.topics:
            return 0.0
        first = reading.topics[0].score
        second = reading.topics[1].score if len(reading.topics) > 1 else 0.0
        away = reading.elsewhere[0].score if reading.elsewhere else 0.0
        value = (
            self.constant
            + self.score * first
            + self.margin * (first - second)
            + self.away * away
            + self.explained * reading.explained
            + self.unknown * reading.unknown
            + self.foreign * reading.foreign
            + self.stray * reading.stray
        )
        return 1 / (1 + exp(-value))


@dataclass(frozen=True, slots=True)
class Model:
    """Whether the first topic is the right one, and whether the awards are asked about at all."""

    right: Weights
    inside: Weights


CHINESE = Model(
    right=Weights(-3.21, 0, 8.06, -2.39, 6.21, 0.82, -4.68, -2.12),
    inside=Weights(0.04, 4.40, 0, -2.89, 4.10, -1.64, -7.57, -2.17),
)
ENGLISH = Model(
    right=Weights(-0.62, 0, 5.18, -1.51, 2.06, -1.83, -3.27, -1.32),
    inside=Weights(2.28, 1.90, 0, -1.25, 0.67, -3.93, -5.28, -1.53),
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """The decision and the topics' numbers: one if sure, up to three if unsure.

    ``right``: how likely the first topic is what was asked; ``inside``: how likely the awards are
    asked about at all.
    """

    decision: Decision
    topics: tuple[int, ...]
    right: float
    inside: float


def decide(reading: Reading, model: Model, sure: float = SURE) -> Judgement:
    """Decide what a reading of a question comes to."""
    right, inside = model.right.probability(reading), model.inside.probability(reading)
    decision, topics = _decided(reading, right, inside, sure)
    return Judgement(decision, topics, right, inside)


def _decided(
    reading: Reading, right: float, inside: float, sure: float
) -> tuple[Decision, tuple[int, ...]]:
    away = max((one.nearest for one in reading.elsewhere), default=0.0)
    same = [one for one in reading.topics if one.nearest >= _SAME]
    if away >= _SAME or not reading.topics:
        return "none", ()
    if same:
        return "sure", (same[0].label,)
    if right >= sure:
        return "sure", (reading.topics[0].label,)
    if inside < INSIDE:
        return "none", ()
    least = reading.topics[0].score * _MEANT_TOO
    return "unsure", tuple(one.label for one in reading.topics[:_MOST] if one.score >= least)
