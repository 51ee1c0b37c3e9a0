"""In a group: the bot speaks when it is spoken to, asks for nothing, and shows the way out."""

import pytest
from office import Office
from standin import Chat
from standin.content import KINDS, SERVICE_KINDS
from visitor import Seen, Visitor

from conversations.model import State

BOT = "@award_bot"
NOT_HERE = "贵单位的情况不在群里问"


@pytest.fixture(params=["group", "supergroup"])
def member(request: pytest.FixtureRequest, office: Office) -> Visitor:
    """Somebody in a group that the bot is in as well."""
    group = office.with_chat(office.telegram.group(request.param))
    user = office.telegram.user(language_code="zh-hans")
    return Visitor(group.telegram, group.chat, group.rows, by=user)


@pytest.mark.parametrize(
    "said",
    ["大家好，吉安的奖谁报过？", "award_bot 呢", "@award_bots 吉安", "/start", "/help@other_bot",
     "帮助", "2019年5月"],
)  # fmt: skip
def test_what_people_say_to_each_other_is_not_answered(member: Visitor, said: str) -> None:
    """Nothing is said, and nothing is kept."""
    assert member.say(said) == Seen((), ())
    assert member.rows.chat(member.chat.id) is None


@pytest.mark.parametrize(
    ("said", "start"),
    [
        (f"{BOT} 吉安市的奖我们能报吗", "jian"),
        (f"请问 {BOT.upper()}，钦州的呢？", "qinzhou"),
        (f"{BOT}", ""),
        (f"/start{BOT} jian_individual", "jian"),
        (f"/help{BOT}", ""),
        (f"{BOT} 我们2019年5月开始生产，有ISO9001，江西的", ""),
    ],
)
def test_who_speaks_to_the_bot_is_shown_the_way(member: Visitor, said: str, start: str) -> None:
    """A button with a link to the private chat, to the award that was named; nothing is asked."""
    (message,) = member.say(said).new
    assert NOT_HERE in message.text
    (button,) = message.buttons
    assert button.url == f"https://t.me/award_bot?start={start}"
    assert "？" not in message.text


def test_an_answer_to_the_bot_is_answered(member: Visitor) -> None:
    """Without its name; an answer to somebody else is theirs."""
    (message,) = member.say(f"{BOT} 你好").new
    (again,) = member.say("吉安", reply_to=message).new
    assert again.buttons[0].url == "https://t.me/award_bot?start=jian"
    theirs = member.chat.everything[0]
    assert member.say("吉安", reply_to=theirs) == Seen((), ())


def test_a_caption_can_speak_to_the_bot(member: Visitor) -> None:
    """As a text does; a picture alone does not."""
    assert member.send("photo", f"{BOT} 吉安").new[0].buttons[0].url
    assert member.send("photo") == Seen((), ())


@pytest.mark.parametrize("kind", [*KINDS, *SERVICE_KINDS])
def test_whatever_else_happens_is_not_answered(member: Visitor, kind: str) -> None:
    """Stickers, polls, people who come and go."""
    member.say("大家好")
    assert member.send(kind) == Seen((), ())


def test_nothing_about_an_enterprise_is_kept_of_a_group(member: Visitor) -> None:
    """Whatever is told there, the conversation has not begun."""
    for said in ("吉安", "组织", "今天", "我们有法人资格", "/privacy", "删除我的数据"):
        assert NOT_HERE in member.say(f"{BOT} {said}").text
    assert member.rows.state(member.chat.id) == State()
    assert NOT_HERE not in member.say("是").text


def test_the_link_leads_to_the_award_in_private(office: Office, member: Visitor) -> None:
    """What the button opens begins there with the award that was named in the group."""
    (message,) = member.say(f"{BOT} 长宁").new
    argument = (message.buttons[0].url or "").partition("?start=")[2]
    private = office.with_chat(office.telegram.private(member.by))
    assert "是组织申报，还是个人申报" in private.say(f"/start {argument}").text


def test_a_group_that_moves_keeps_its_state(office: Office) -> None:
    """It has another address from then on, and the bot answers there."""
    group = office.with_chat(office.telegram.group("group"))
    user = office.telegram.user(language_code="zh-hant")
    before = Visitor(group.telegram, group.chat, group.rows, by=user)
    before.say(f"{BOT} 吉安")
    row = before.rows.chat(group.chat.id)
    moved: list[Chat] = []
    before.after(lambda: moved.append(office.telegram.migrate(group.chat, by=user)))
    after = Visitor(group.telegram, office.with_chat(moved[0]).chat, group.rows, by=user)
    assert before.rows.chat(group.chat.id) is None
    kept = after.rows.chat(moved[0].id)
    assert row is not None
    assert kept is not None
    assert (kept["id"], kept["state"]) == (row["id"], row["state"])
    assert "吉安市市長質量獎" in after.say(f"{BOT} 吉安").text


def test_a_group_that_moves_while_it_is_answered_is_answered_there(office: Office) -> None:
    """Telegram says where it is when the bot writes to the old address."""
    telegram = office.telegram
    group = office.with_chat(telegram.group("group"))
    user = telegram.user(language_code="zh-hans")
    held = telegram.trouble.hold("before", method="sendMessage", chat=group.chat)
    telegram.say(group.chat, f"{BOT} 吉安", by=user)
    held.wait()
    moved = office.with_chat(telegram.migrate(group.chat, by=user)).chat
    held.release()
    group.wait(lambda: moved.messages)
    assert moved.last.buttons[0].url == "https://t.me/award_bot?start=jian"
    group.wait(lambda: telegram.quiet() and group.rows.settled(moved.id))
    assert len(moved.messages) == 1


def test_a_group_that_lets_the_bot_in_again_is_answered_again(
    office: Office, member: Visitor
) -> None:
    """It was removed meanwhile."""
    member.say(f"{BOT} 吉安")
    member.after(lambda: office.telegram.block(member.chat, by=member.by))
    assert member.after(lambda: office.telegram.unblock(member.chat, by=member.by)) == Seen((), ())
    assert NOT_HERE in member.say(f"{BOT} 钦州").text


def test_a_channel_is_never_written_to(office: Office) -> None:
    """Not even if it names the bot."""
    channel = office.with_chat(office.telegram.group("channel"))
    assert channel.after(lambda: office.telegram.post(channel.chat, f"{BOT} 吉安")) == Seen((), ())
    assert channel.rows.chat(channel.chat.id) is None
