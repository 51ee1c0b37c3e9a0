"""Nobody who is no officer learns that there is anything for officers."""

import pytest
from officers import ANSWERS, NOW, a_round, writing

from conversations.model import (
    LOCALES,
    Command,
    House,
    Pressed,
    Redeem,
    Reply,
    Said,
    State,
)
from conversations.step import step

STRANGE = [
    Pressed("o:menu"), Pressed("o:new"), Pressed("o:go:00000000"), Pressed("o:c:7:closes"),
    Pressed("o:w:7"), Pressed("o:"), Command("rounds"), Command("broadcast", "all"),
    Command("staff"),
]  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("event", STRANGE, ids=repr)
def test_nobody_else_learns_of_it(event: Pressed | Command, locale: str) -> None:
    """To all others a command is unknown and a button old, as any made-up one."""
    house = House(rounds=(a_round(),))
    for state in (
        State(told=True, locale=locale),
        State(told=True, locale=locale, focus="round:draft"),
    ):
        made_up = Pressed("zz:1") if isinstance(event, Pressed) else Command("x" * 9)
        after, replies = step(state, event, NOW, house)
        _, expected = step(state, made_up, NOW, house)
        name = event.name if isinstance(event, Command) else ""
        assert after == state
        assert [_text(reply) for reply in replies] == [
            _text(reply).replace("x" * 9, name) for reply in expected
        ]


def _text(reply: Reply) -> str:
    return "\n".join([reply.text, *(choice.label for choice in reply.choices)])


def test_a_wrong_code_is_an_unknown_command() -> None:
    """With a wrong code one hears the same as after a made-up command, with the same choices."""
    state = State(told=True)
    _, (reply,) = step(state, Command("staff", "abc-DEF_123"), NOW, House())
    _, (unknown,) = step(state, Command("staff"), NOW, House())
    assert reply.effect == Redeem("abc-DEF_123")
    assert (reply.otherwise, reply.choices) == (unknown.text, unknown.choices)
    assert "打 /rounds 开始" in reply.text


def test_a_code_comes_by_link() -> None:
    """The link's argument is the code with ``staff_`` before it."""
    _, (reply,) = step(State(told=True), Command("start", "staff_abc-DEF_123"), NOW, House())
    assert reply.effect == Redeem("abc-DEF_123")


def test_an_officer_who_is_none_any_more_is_out() -> None:
    """What was half written is no longer asked, and cannot be confirmed."""
    officer = writing(*ANSWERS)
    confirm = officer.choices["发布"].token
    officer.house = House()
    assert "这个按钮已经用不上了" in officer.does(Pressed(confirm))
    assert officer.orders == []
    officer.does(Said("随便"))
    assert officer.shown[-1].question == "menu"
