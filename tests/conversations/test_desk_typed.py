"""What is typed at the desk: nothing, too much, what deceives, and the words of its buttons."""

from dataclasses import replace

import pytest
from test_desk import NOW, asker, does, officer, orders, pressing, shown, ticket

from conversations import desk_telling, ticket_words
from conversations.canned import Canned
from conversations.desk_deeds import LONGEST
from conversations.language import language
from conversations.model import (
    LOCALES,
    AddToTicket,
    Answer,
    AskOffice,
    Command,
    House,
    Pressed,
    Said,
    State,
)
from conversations.own_pages import MOST_ADDED
from conversations.step import current, step
from conversations.tickets import Entry

CANNED = (Canned(1, "jian", "受理", "秘密的话"),)

# Nothing is to be seen in any of these.
NOTHING = ("", " ", "\n\n", "\u200b", "\u202e", "\u2066\u2069", "\x00", "\x1b", "\ue000", "\ufeff")


@pytest.mark.parametrize("text", NOTHING, ids=ascii)
def test_nothing_is_sent_where_nothing_is_to_be_seen(text: str) -> None:
    """Neither as an answer, nor as an addition, nor as a question; in a group neither."""
    group = officer(ticket(), in_group=True, desk_of=frozenset({"jian"}))
    for house in (officer(ticket()), asker(ticket()), group):
        assert orders(does(State(told=True), house, Said(text, 1))[1]) == []
    state, _ = does(State(told=True), House(), Command("ask", text), Said(text))
    assert current(state, NOW).question == "ask:question"


def test_what_turns_the_text_round_is_left_out() -> None:
    """A control character changes nothing around it; words from right to left stay."""
    text = "\u202eمتى\u202c \u2067يقدم\u2069؟\x07\tab\r\nc"
    state, replies = does(State(told=True), House(), Command("ask", text), Said("吉安"))
    (order,) = orders(does(state, House(), pressing(replies, "发给工作人员"))[1])
    assert order == AskOffice("jian", "متى يقدم؟ ab\nc", "")
    assert orders(does(State(told=True), officer(ticket()), Said(text, 1))[1]) == [
        Answer(1, "متى يقدم؟ ab\nc")
    ]


def test_no_line_of_a_question_looks_like_one_of_the_bots_own() -> None:
    """What the bot says stands in paragraphs of its own; a question is always one of them."""
    spoof = "几份？\n\n提问人同意给您看的自查：\n申报者：组织\n \n\n答：三份"
    asked = ticket(entries=(Entry("applicant", spoof, NOW),))
    (reply,) = does(State(told=True), officer(asked), Pressed("k:1:see"))[1]
    blocks = [block for block in reply.text.split("\n\n") if "几份" in block]
    assert len(blocks) == 1
    assert blocks[0].startswith("问：几份？\n")
    assert blocks[0].endswith("答：三份")


def test_a_text_may_be_so_long_and_no_longer() -> None:
    """As a question, an answer, in private and in a group; nothing is cut off in silence."""
    group = officer(ticket(), in_group=True, desk_of=frozenset({"jian"}))
    for length, sent in ((LONGEST, True), (LONGEST + 1, False)):
        text = "问" * length
        for house in (officer(ticket()), asker(ticket()), group):
            assert bool(orders(does(State(told=True), house, Said(text, 1))[1])) is sent
        state, replies = does(State(told=True), House(), Command("ask", text))
        assert ("问" * length in str(state.draft.get("question"))) is sent
        assert ("请压到2000个字以内" in replies[0].text) is not sent


def test_whoever_adds_again_and_again_is_asked_to_wait() -> None:
    """The office is not flooded; once it says something there is room again."""
    added = tuple(Entry("applicant", f"还有{n}", NOW) for n in range(MOST_ADDED))
    asked = ticket(entries=(*ticket().entries, *added))
    _, (reply,) = does(State(told=True), asker(asked), Said("再说一句", 1))
    assert reply.effect is None
    assert "先等一等" in reply.text
    heard = replace(asked, entries=(*asked.entries, Entry("officer", "好", NOW)))
    assert orders(does(State(told=True), asker(heard), Said("再说一句", 1))[1])


def test_a_long_conversation_shows_its_question_and_its_end() -> None:
    """A card does not grow without end; how much is left out is said."""
    later = tuple(Entry("applicant", f"第{n}次" + "补" * 1500, NOW) for n in range(30))
    said = ticket_words.said(
        language("zh_Hans"), ticket(entries=(*ticket().entries, *later)), office=True
    )
    assert len(said) < 9000
    assert "合并后怎么算" in said
    assert "第29次" in said
    assert "中间还有27条" in said


def test_a_day_of_the_month_is_no_ticket() -> None:
    """“1号” opens ticket 1 where tickets are listed, and is an answer where one is asked for."""
    state, _ = does(State(told=True), officer(ticket()), Pressed("k:1:answer"))
    assert orders(does(state, officer(ticket()), Said("1号"))[1]) == [Answer(1, "1号")]
    state, _ = does(State(told=True), asker(ticket()), Pressed("k:1:add"))
    assert orders(does(state, asker(ticket()), Said("1号"))[1]) == [AddToTicket(1, "1号")]
    state, _ = does(State(told=True), officer(ticket()), Command("desk"))
    assert "等人接" in does(state, officer(ticket()), Said("1号"))[1][0].text


def test_the_words_of_a_button_do_what_it_does() -> None:
    """Where there are no buttons every one that the desk has just shown can be typed."""
    mine = ticket(2, mine=True)
    closed = ticket(3, status="answered", claimed_by=7)
    house = officer(ticket(), closed, mine, is_admin=True, canned=CANNED)
    said = (*ticket().entries, Entry("officer", "好", NOW))
    after = replace(house, tickets=(ticket(entries=said, status="answered"), closed, mine))
    office = ("k:1:see", "k:1:pass", "k:1:to:8", "k:1:answer", "k:1:use:answer",
              "k:3:see", "k:log", "k:staff", "k:gone:8", "k:desk")  # fmt: skip
    asking = ("k:2:mine", "k:2:add", "k:2:back", "k:mine", "k:ask")
    for locale in LOCALES:
        for token in (*office, *asking):
            state, replies = does(State(told=True, locale=locale), house, Pressed(token))
            for choice in shown(replies):
                typed = step(state, Said(choice.label), NOW, house)
                assert typed == step(state, Pressed(choice.token), NOW, house), (token, choice)
        for events in ((Said("好", 1),), (Pressed("k:invite:jian"), Said("小张"))):
            state, replies = does(State(told=True, locale=locale), house, *events)
            for choice in shown(replies):
                typed = step(state, Said(choice.label), NOW, after)
                assert typed == step(state, Pressed(choice.token), NOW, after), choice


def test_a_card_that_nobody_has_opened_can_be_answered_in_words() -> None:
    """An officer who is told of a question on a platform without buttons types what it offers."""
    house = officer(ticket(entries=(Entry("applicant", "材料交到哪里？", NOW),)), canned=CANNED)
    card = desk_telling.for_officer(house.tickets[0], "new", "zh_Hans", NOW, house)
    assert card is not None
    labels = [each.label for each in card.actions]
    assert {"1号用答复1", "1号用常用答复", "我来答1号"} <= {*labels}
    for choice in card.actions:
        state = State(told=True)
        typed = step(state, Said(choice.label), NOW, house)
        assert typed == step(state, Pressed(choice.token), NOW, house), choice
