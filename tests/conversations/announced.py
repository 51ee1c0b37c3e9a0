"""Rounds that the offices have announced, for tests, and what is said while they stand."""

from datetime import UTC, date, datetime

from conversations.model import Event, House, Reply, Said, State
from conversations.step import step
from rules.load import load_awards
from rules.rounds import Milestone, Round

NOW = datetime(2026, 5, 6, 11, tzinfo=UTC)
KNOWN = datetime(2026, 4, 20, 2, tzinfo=UTC)
ROUNDS = tuple(
    Round(
        id=number,
        award=award.id,
        year=2026,
        title=f"关于申报{award.spec.name}的通知",
        number=f"〔2026〕{number}号",
        opens=datetime(2026, 5, 1, 1, tzinfo=UTC),
        closes=datetime(2026, 6, 30, 9, tzinfo=UTC),
        opens_since=KNOWN,
        closes_since=KNOWN,
        hand_in="申报表",
        where="评审办公室",
        milestones=(Milestone("申报培训", date(2026, 5, 20), KNOWN),),
    )
    for number, award in enumerate(load_awards(), 1)
)
HOUSE = House(rounds=ROUNDS)


def heard(state: State, event: Event, now: datetime = NOW) -> tuple[State, tuple[Reply, ...]]:
    """The state after an event, and what is said."""
    return step(state, event, now, HOUSE)


def said(*texts: str, state: State | None = None) -> State:
    """The state after saying some things, in a chat that has begun unless another is given."""
    state = state or State(told=True)
    for text in texts:
        state, _ = heard(state, Said(text))
    return state
