"""An office in memory: its officers' chat, and what is announced there."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from dialogues import heard

from conversations.model import (
    Broadcast,
    Choice,
    Command,
    Correct,
    Event,
    House,
    Pressed,
    Publish,
    Reply,
    Said,
    State,
)
from conversations.step import step
from rules.rounds import Round

NOW = datetime.fromisoformat("2026-11-20T19:00:00+08:00")


def a_round(**changes: object) -> Round:
    """A round of Ji'an that is announced."""
    since = datetime.fromisoformat("2026-11-02T09:00:00+08:00")
    made = Round(
        id=7, award="jian", year=2027, title="关于申报吉安市市长质量奖的通知", number="5号",
        opens=datetime.fromisoformat("2027-03-01T09:00:00+08:00"),
        closes=datetime.fromisoformat("2027-06-30T17:00:00+08:00"),
        opens_since=since, closes_since=since, hand_in="申报表", where="质量科",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


@dataclass
class Officer:
    """An officer's chat. ``orders`` are carried out at once and remembered."""

    house: House = field(default_factory=lambda: House(officer_of=frozenset({"jian"})))
    state: State = field(default_factory=lambda: State(told=True))
    orders: list[object] = field(default_factory=list)
    shown: tuple[Reply, ...] = ()
    choices: dict[str, Choice] = field(default_factory=dict)

    def does(self, event: Event) -> str:
        """All that is heard in answer; the state survives as JSON."""
        state, self.shown = step(self.state, event, NOW, self.house)
        self.state = State.from_json(json.loads(json.dumps(state.to_json())))
        for reply in self.shown:
            self._carry_out(reply.effect)
            for choice in (*reply.choices, *reply.actions):
                assert len(choice.token.encode()) <= 64, choice
                self.choices[choice.label] = choice
        return heard(self.shown)

    def says(self, *texts: str) -> str:
        """What is heard after the last of some texts."""
        return [self.does(Said(text)) for text in texts][-1]

    def commands(self, name: str, argument: str = "") -> str:
        """What is heard after a command."""
        return self.does(Command(name, argument))

    def presses(self, label: str) -> str:
        """What is heard after a button, whenever it was shown last."""
        return self.does(Pressed(self.choices[label].token))

    def announces(self, rounds: Iterable[Round]) -> None:
        """Somebody else announces or changes rounds."""
        self.house = replace(self.house, rounds=tuple(rounds))

    def _carry_out(self, order: object) -> None:
        if order is None:
            return
        self.orders.append(order)
        rounds = {each.id: each for each in self.house.rounds}
        if isinstance(order, Publish):
            new = replace(order.round, id=max(rounds, default=0) + 1)
            rounds[new.id] = new
        elif isinstance(order, Correct):
            assert order.round.version == rounds[order.round.id].version + 1
            rounds[order.round.id] = order.round
        else:
            assert isinstance(order, Broadcast)
        self.announces(each for each in rounds.values() if not each.withdrawn)


ANSWERS = (
    "2027", "关于申报吉安市市长质量奖的通知", "5号", "2027年3月1日9:00", "2027年6月30日17:00",
    "申报表", "质量科", "没有",
)  # fmt: skip


def writing(*answers: str) -> Officer:
    """An officer who announces a round and has given some answers."""
    officer = Officer()
    officer.commands("rounds")
    officer.presses("发布新一轮申报通知")
    if answers:
        officer.says(*answers)
    return officer


def changing(field: str, published: Round | None = None) -> Officer:
    """An officer who changes a field of a published round."""
    officer = Officer()
    officer.announces([published or a_round()])
    officer.commands("rounds")
    for label in ("看已经发布的，改或者撤回", None, f"改：{field}"):
        officer.presses(label) if label else officer.says("1")
    return officer


def corrected(officer: Officer) -> Round:
    """The round as it was last corrected."""
    order = officer.orders[-1]
    assert isinstance(order, Correct)
    return order.round
