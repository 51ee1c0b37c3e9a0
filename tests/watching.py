"""Chats that want to be reminded, and those who order rounds: a conversation for the tests.

What is typed is what is done: ``关注 jian`` follows an award, ``记 2026-12-01`` notes an own day,
``停`` stops all, ``安静 22-8`` sets quiet hours; for officers ``发布``, ``更正 DAYS``, ``撤回``,
``群发 TEXT`` and ``加入 CODE``.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from conversations.model import (
    Broadcast,
    Correct,
    Effect,
    Event,
    House,
    Publish,
    Redeem,
    Reply,
    Said,
    State,
)
from conversations.reminding import Reminding, Watch
from rules.rounds import Round

Step = tuple[State, tuple[Reply, ...]]

AWARD = "jian"
REFUSED = "没有办成"


def round_of(opens: datetime, **more: object) -> Round:
    """A round of the award that opens then and closes thirty days later."""
    closes = opens + timedelta(days=30)
    made = Round(0, AWARD, 2026, "申报通知", "1号", opens, closes, opens, closes)
    return replace(made, **more)  # type: ignore[arg-type]


def step(state: State, event: Event, now: datetime, house: House) -> Step:
    """Do what is typed."""
    assert isinstance(event, Said)
    name, _, rest = event.text.partition(" ")
    if name == "关注":
        return _watching(state, Watch(0, "rounds", now, award=rest)), (Reply("好"),)
    if name == "记":
        own = Watch(0, "own", now, day=date.fromisoformat(rest), title="内审")
        return _watching(state, own), (Reply("好"),)
    if name == "停":
        return replace(state, reminding=Reminding()), (Reply("停了"),)
    if name == "安静":
        start, end = map(int, rest.split("-"))
        quiet = replace(state.reminding, quiet_from=start, quiet_to=end)
        return replace(state, reminding=quiet), (Reply("好"),)
    if name == "忘":
        return State(), (Reply("都删掉了", effect="forget"),)
    if name == "导出":
        return state, (Reply("都在这里", effect="export"),)
    if name == "我管":
        return state, (Reply(",".join(sorted(house.officer_of)) or "没有"),)
    order = _order(name, rest, now, house)
    return state, (Reply(f"{name}了", effect=order, otherwise=REFUSED),)


def _watching(state: State, watch: Watch) -> State:
    return replace(state, reminding=state.reminding.with_watch(watch))


def _order(name: str, rest: str, now: datetime, house: House) -> Effect | None:
    if name == "加入":
        return Redeem(rest)
    if name == "群发":
        return Broadcast(AWARD, rest)
    if name == "发布":
        return Publish(round_of(now.astimezone(UTC) + timedelta(days=3)))
    if not house.rounds:
        return None
    old = house.rounds[0]
    if name == "更正":
        moved = old.closes + timedelta(days=int(rest))
        return Correct(replace(old, closes=moved, version=old.version + 1))
    return (
        Correct(replace(old, withdrawn=True, version=old.version + 1)) if name == "撤回" else None
    )
