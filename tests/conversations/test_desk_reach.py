"""What people with bad intentions, or bad luck, get out of the desk: nothing that is not theirs."""

from dataclasses import replace
from datetime import timedelta

import pytest
from test_desk import NOW, asker, does, officer, orders, pressing, shown, ticket

from conversations import desk_telling
from conversations.canned import Canned
from conversations.model import (
    LOCALES,
    AddToTicket,
    Answer,
    AskOffice,
    Choice,
    Command,
    Event,
    House,
    Invite,
    Pressed,
    Said,
    State,
)
from conversations.step import step
from conversations.tickets import Entry

# Every button of the desk's and of an office's, and every command: some with another's number.
TOKENS = (
    *(f"k:1:{action}" for action in (
        "see", "claim", "release", "answer", "addition", "close", "reopen", "pass", "to:7", "to:8",
        "to:qinzhou", "to:jian", "use:answer", "use:o1", "send:answer", "send:o1", "add", "mine",
        "back", "done", "again", "", "x", "see:x:y",
    )),
    "k:desk", "k:staff", "k:invite", "k:invite:all", "k:invite:admin", "k:code", "k:off", "k:off:8",
    "k:gone:8", "k:log", "k:999999999999:see", "k:²:see", "k:-1:see", "k:1", "k:",
    "v:a", "v:a:1", "v:a:new", "v:a:1:off:1", "v:c", "v:c:1", "v:c:1:off:1", "v:k:1", "v:u:1",
    "v:u:1:1", "v:send:1:1:00000000", "v:s", "v:s:jian:m", "v:p:csv:jian:m", "v:s:-:m", "v:go:0",
    "v:f:award:jian", "v:leave", "o:menu", "o:new", "o:say", "o:c:1:closes", "o:w:1",
)  # fmt: skip
COMMANDS = ("desk", "desk_here", "invite", "staff", "answers", "canned", "stats", "rounds",
            "broadcast")  # fmt: skip
FOCUSES = (None, "desk:list", "desk:do:1:see", "desk:answer:1", "desk:sent:1", "desk:staff",
           "desk:off:8", "desk:for", "desk:invite", "office:a", "office:s:jian:m", "office:u:1",
           "office:form", "round:draft", "desk:")  # fmt: skip
CANNED = (Canned(1, "jian", "受理", "秘密的话"),)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("focus", FOCUSES)
def test_nobody_guesses_an_officers_button(locale: str, focus: str | None) -> None:
    """To all others each is as old as one that was made up, whatever page a state says is open."""
    state = State(told=True, locale=locale, focus=focus)
    for token in TOKENS:
        _, replies = step(state, Pressed(token), NOW, House())
        _, made_up = step(state, Pressed("zz:1"), NOW, House())
        assert replies == made_up, token
        assert orders(replies) == []


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("argument", ["", "1", "all", "jian", "off"])
def test_nobody_guesses_an_officers_command(name: str, argument: str) -> None:
    """It is answered as one that does not exist; a code that is none is all that is looked up."""
    for locale in LOCALES:
        state = State(told=True, locale=locale)
        _, (reply,) = step(state, Command(name, argument), NOW, House())
        _, (unknown,) = step(state, Command("x" * 9, argument), NOW, House())
        said = reply.otherwise if name == "staff" and argument else reply.text
        assert said == unknown.text.replace("x" * 9, name)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_of_an_officers_buttons_mean_nothing_to_others(locale: str) -> None:
    """What an officer's card and pages say can be typed by anybody, and does nothing for them."""
    seen = officer(ticket(), is_admin=True, canned=CANNED)
    words = [
        each.label
        for token in ("k:1:see", "k:desk", "k:staff", "k:1:pass", "k:invite")
        for each in shown(does(State(told=True, locale=locale), seen, Pressed(token))[1])
    ]
    assert len(words) > 20
    for word in {*words}:
        state, replies = does(State(told=True, locale=locale), House(), Said(word))
        assert orders(replies) == []
        assert not (state.focus or "").startswith("desk:") or state.focus == "desk:mine"


def test_an_officer_of_another_award_gets_nothing_of_a_ticket() -> None:
    """By no button, command, word or answer, even if a ticket were shown to them by mistake."""
    secret = ticket(shared="秘密的自查", claimed_label="秘密的名字")
    house = officer(secret, awards=("qinzhou",), canned=CANNED)
    tries: list[Event] = [Pressed(token) for token in TOKENS]
    tries += [Command("desk", argument) for argument in ("1", "#1", "第1号", "9" * 5000, "-1", "²")]
    tries += [Said(word) for word in ("1号", "看1号", "我来答1号", "转交1号", "1号用答复1",
                                      "1号用常用答复", "1号结束", "作为补充发过去")]  # fmt: skip
    tries += [Said("答案", 1), Said("答案", 2)]
    for focus in FOCUSES:
        for event in tries:
            state = State(told=True, focus=focus, draft={"text": "x", "kind": "answer"})
            _, replies = step(state, event, NOW, house)
            told = "".join(each.text + each.otherwise for each in replies)
            told += "".join(each.label for each in shown(replies))
            assert not any(isinstance(each, Answer | AddToTicket) for each in orders(replies))
            assert not any(getattr(each, "ticket", None) == 1 for each in orders(replies)), event
            for word in ("合并后", "秘密"):
                assert word not in told, (focus, event)


def test_in_a_group_only_what_comes_there_can_be_dealt_with() -> None:
    """Where an award's questions do not come, or no more, its officer shows and does nothing."""
    house = officer(ticket(), in_group=True, desk_of=frozenset({"qinzhou"}))
    deeds = ("see", "claim", "close", "pass", "use:answer")
    events: list[Event] = [*(Pressed(f"k:1:{each}") for each in deeds), Said("三年", 1)]
    for event in events:
        _, (reply,) = step(State(), event, NOW, house)
        assert "合并" not in reply.text
        assert reply.effect is None
    _, (reply,) = step(State(), Said("三年", 1), NOW, replace(house, desk_of=frozenset({"jian"})))
    assert reply.effect == Answer(1, "三年")


@pytest.mark.parametrize(
    ("what", "status"), [("claimed", "answered"), ("claimed", "waiting"), ("closed", "waiting")]
)
def test_what_is_no_longer_so_is_not_told(what: str, status: str) -> None:
    """News that comes late says nothing that would be wrong by now."""
    now = ticket(status=status)
    assert desk_telling.for_applicant(now, what, "zh_Hans") is None  # type: ignore[arg-type]


def test_the_asker_never_learns_who_answers_nor_the_office_who_asks() -> None:
    """A colleague's name stands only on an office's cards; nothing of the asker stands anywhere."""
    said = (*ticket().entries, Entry("officer", "三年", NOW))
    answered = ticket(status="claimed", claimed_by=8, claimed_label="小王", entries=said)
    _, replies = does(State(told=True), asker(answered), Pressed("k:1:mine"))
    news = [desk_telling.for_applicant(answered, what, "zh_Hans", said[-1])
            for what in ("claimed", "answered", "added", "passed", "reopened")]  # fmt: skip
    for reply in (*replies, *(each for each in news if each)):
        assert "小王" not in reply.text + "".join(each.label for each in shown((reply,)))


def test_the_self_check_of_another_award_is_never_sent() -> None:
    """Agreed to for one award, then asked of another: what is sent has none."""
    state, replies = does(
        State(told=True), House(), Said("吉安"), Said("组织"), Command("ask", "几份？"),
        Said("给看，答起来更准"),
    )  # fmt: skip
    state, _ = does(state, House(), pressing(replies, "换一个奖"))
    state, replies = does(state, House(), Pressed("k:about:qinzhou"))
    assert "自查" not in replies[0].text
    (order,) = orders(does(state, House(), pressing(replies, "发给工作人员"))[1])
    assert order == AskOffice("qinzhou", "几份？", "")
    # Nor by an old button that agrees.
    state, replies = does(state, House(), Pressed("k:share:yes"))
    (order,) = orders(does(state, House(), pressing(replies, "发给工作人员"))[1])
    assert order == AskOffice("qinzhou", "几份？", "")


def test_the_language_may_change_in_the_middle() -> None:
    """What was begun goes on in the new one, and nothing is sent twice or lost."""
    state, _ = does(State(told=True), House(), Command("ask", "几份？"), Command("language", "en"))
    state, replies = does(state, House(), Command("resume"))
    assert replies[-1].question == "ask:award"
    assert "Ji" in "".join(each.label for each in shown(replies))
    state, replies = does(state, House(), Pressed("k:about:jian"))
    (send,) = (each for each in shown(replies) if each.token.startswith("k:send:"))
    assert orders(does(state, House(), Said(send.label))[1]) == [AskOffice("jian", "几份？", "")]
    state, _ = does(State(told=True), officer(ticket()), Pressed("k:1:answer"), Said("English"))
    state, replies = does(state, officer(ticket()), Said("three years"))
    assert orders(replies) == [Answer(1, "three years")]


def test_each_reads_their_own_language() -> None:
    """The asker's chat is in English, the officer's in Chinese: suggestions are for the asker."""
    house = officer(
        ticket(locale="en", entries=(Entry("applicant", "材料交到哪里？", NOW),)),
    )
    (card,) = does(State(told=True), house, Pressed("k:1:see"))[1]
    assert "等人接" in card.text
    _, (proposed,) = does(State(told=True), house, Pressed("k:1:use:answer"))
    assert "1号可以这样答" in proposed.text
    assert "Ji" in proposed.text
    told = desk_telling.for_applicant(house.tickets[0], "answered", "en",
                                      Entry("officer", "三年", NOW))  # fmt: skip
    assert told is not None
    assert "has an answer" in told.text or "answer" in told.text.lower()


def test_a_name_for_a_colleague_is_one_short_line() -> None:
    """Whatever an administrator types, it does not spoil the lists in which it stands."""
    house = officer(is_admin=True)
    label = "\u202e质量科\n\n  小王\x00" + "长" * 99
    _, replies = does(State(told=True), house, Pressed("k:invite:jian"), Said(label))
    (order,) = orders(replies)
    assert isinstance(order, Invite)
    assert order.label.startswith("质量科 小王长")
    assert len(order.label) == 40


def test_waiting_is_told_in_working_days_even_after_years() -> None:
    """A ticket that was forgotten for years breaks nothing."""
    old = ticket(waiting_since=NOW - timedelta(days=800), opened=NOW - timedelta(days=800))
    (card,) = does(State(told=True), officer(old), Pressed("k:1:see"))[1]
    assert "已经等了" in card.text
    assert Choice("k:1:claim", "我来答1号") in card.actions
