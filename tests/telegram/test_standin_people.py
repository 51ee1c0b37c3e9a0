"""What people do with the stand-in becomes updates that python-telegram-bot understands."""

from collections.abc import Iterator

import pytest
from standin import StandIn
from standin.client import ask, said
from standin.content import KINDS, SERVICE_KINDS
from telegram import Message, Update


@pytest.fixture
def telegram() -> Iterator[StandIn]:
    """Telegram, to be spoken to."""
    with StandIn() as running:
        yield running


def updates(telegram: StandIn) -> list[Update]:
    """What has come up, as the library reads it."""
    return list(Update.de_list(ask(telegram, "getUpdates")["result"], None))


def test_what_is_typed_has_its_entities(telegram: StandIn) -> None:
    """A command and a mention are marked, counted in UTF-16; the language is the user's."""
    group, somebody = telegram.group(), telegram.user(language_code="zh-hans")
    telegram.say(group, "😀 @award_bot /start jian", by=somebody)
    (update,) = updates(telegram)
    assert update.message is not None
    assert update.message.parse_entities() == dict(
        zip(update.message.entities, ["@award_bot", "/start"], strict=True)
    )
    assert update.effective_user is not None
    assert update.effective_user.language_code == "zh-hans"
    assert update.effective_chat is not None
    assert (update.effective_chat.id, update.effective_chat.type) == (group.id, "group")


@pytest.mark.parametrize("kind", [*KINDS, *SERVICE_KINDS])
def test_every_kind_of_message_can_be_read(
    telegram: StandIn, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Photos, stickers, places, service messages: the library reads each, also an unknown one."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    chat = telegram.private()
    telegram.say(chat, "before")
    telegram.send(chat, kind)
    message = updates(telegram)[-1].message
    assert message is not None
    if kind == "unknown":
        assert "hologram" in message.api_kwargs
    else:
        assert getattr(message, kind)
    assert message.text is None


def test_every_kind_of_message_is_there() -> None:
    """The kinds are fields of the library's messages."""
    assert set(KINDS) | set(SERVICE_KINDS) <= set(Message.__slots__) | {"unknown"}


def test_a_press_says_what_was_pressed_and_where(telegram: StandIn) -> None:
    """Data, message and user; of an old message only that there was one."""
    chat = telegram.private()
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    ask(telegram, "sendMessage", chat_id=chat.id, text="a", reply_markup=markup)
    press, _ = telegram.press(chat, "Yes"), telegram.press(chat, "Yes", inaccessible=True)
    (near, far) = (update.callback_query for update in updates(telegram))
    assert near is not None
    assert far is not None
    assert (near.id, near.data, near.from_user.id) == (press.id, "y", chat.id)
    assert isinstance(near.message, Message)
    assert near.message.text == "a"
    assert far.message is not None
    assert not far.message.is_accessible
    assert far.message.message_id == near.message.message_id


def test_an_edit_is_an_update_of_its_own(telegram: StandIn) -> None:
    """With the new text, the old id and when it was changed."""
    chat = telegram.private()
    message = telegram.say(chat, "before")
    telegram.edit(chat, message, "after")
    edited = updates(telegram)[-1].edited_message
    assert edited is not None
    assert (edited.text, edited.message_id) == ("after", message.message_id)
    assert edited.edit_date is not None
    assert [version.text for version in message.history] == ["before"]


def test_blocking_and_unblocking_are_told(telegram: StandIn) -> None:
    """The bot's own membership goes from member to kicked and back."""
    chat = telegram.private()
    telegram.block(chat)
    telegram.unblock(chat)
    changes = [update.my_chat_member for update in updates(telegram)]
    assert [
        (change.old_chat_member.status, change.new_chat_member.status)
        for change in changes
        if change
    ] == [("member", "kicked"), ("kicked", "member")]
    assert said(telegram, "sendMessage", chat_id=chat.id, text="x") == "ok"


def test_a_group_that_moves_says_so_on_both_sides(telegram: StandIn) -> None:
    """The old address names the new one, and the other way round; only the new one takes more."""
    group, somebody = telegram.group(), telegram.user()
    moved = telegram.migrate(group, by=somebody)
    old, new = (update.message for update in updates(telegram))
    assert old is not None
    assert new is not None
    assert (old.chat.id, old.migrate_to_chat_id) == (group.id, moved.id)
    assert (new.chat.id, new.migrate_from_chat_id) == (moved.id, group.id)
    refused = ask(telegram, "sendMessage", chat_id=group.id, text="x")
    assert refused["parameters"] == {"migrate_to_chat_id": moved.id}
    assert refused["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert said(telegram, "sendMessage", chat_id=moved.id, text="x") == "ok"


def test_message_ids_of_supergroups_are_their_own(telegram: StandIn) -> None:
    """The same id may stand for a message in each of two chats; elsewhere never."""
    private = [telegram.say(telegram.private(), "a").message_id for _ in range(3)]
    somebody = telegram.user()
    public = [telegram.say(telegram.group("supergroup"), "a", by=somebody) for _ in range(3)]
    assert len(set(private)) == 3
    assert {message.message_id for message in public} == {1}


def test_a_channel_posts_without_a_user(telegram: StandIn) -> None:
    """Its posts are updates of another kind, and nobody says them."""
    telegram.post(telegram.group("channel"), "news")
    post = updates(telegram)[0].channel_post
    assert post is not None
    assert (post.text, post.from_user) == ("news", None)


def test_an_inline_query_is_answered_once(telegram: StandIn) -> None:
    """Its results are kept; a second answer is too late, and an unknown kind of update harmless."""
    query = telegram.ask_inline(telegram.user(), "jian")
    telegram.update("hologram", {"depth": 3}, force=True)
    article = {
        "type": "article",
        "id": "1",
        "title": "t",
        "input_message_content": {"message_text": "x"},
    }
    found, unknown = updates(telegram)
    assert found.inline_query is not None
    assert found.inline_query.query == "jian"
    assert unknown.api_kwargs == {"hologram": {"depth": 3}}
    answers = [
        said(telegram, "answerInlineQuery", inline_query_id=query.id, results=[article])
        for _ in range(2)
    ]
    assert answers[0] == "ok"
    assert "query is too old" in answers[1]
    assert query.results == [article]


def test_a_bot_that_leaves_a_group_is_gone(telegram: StandIn) -> None:
    """It can say no more there."""
    group = telegram.group("supergroup")
    assert said(telegram, "leaveChat", chat_id=group.id) == "ok"
    refused = said(telegram, "sendMessage", chat_id=group.id, text="x")
    assert refused == "Forbidden: bot is not a member of the supergroup chat"


@pytest.mark.parametrize(
    ("kind", "leave", "text"),
    [
        ("private", "block", "bot was blocked by the user"),
        ("private", "deactivate", "user is deactivated"),
        ("group", "block", "bot was kicked from the group chat"),
        ("supergroup", "block", "bot was kicked from the supergroup chat"),
    ],
)
def test_a_chat_that_is_left_takes_nothing(
    telegram: StandIn, kind: str, leave: str, text: str
) -> None:
    """Blocked, deactivated or removed: each has its own words."""
    somebody = telegram.user()
    place = telegram.private(somebody) if kind == "private" else telegram.group(kind)
    more = {"by": somebody} if leave == "block" else {}
    getattr(telegram, leave)(place, **more)
    assert said(telegram, "sendMessage", chat_id=place.id, text="x") == f"Forbidden: {text}"
    assert not telegram.faults


def test_a_user_who_has_not_begun_cannot_be_written_to(telegram: StandIn) -> None:
    """A bot cannot begin; the user's first word opens the chat."""
    chat = telegram.private(started=False)
    refused = said(telegram, "sendMessage", chat_id=chat.id, text="x")
    assert refused == "Forbidden: bot can't initiate conversation with a user"
    telegram.say(chat, "/start")
    assert said(telegram, "sendMessage", chat_id=chat.id, text="x") == "ok"
