"""Groups, other writers, being blocked and let in again, as what has happened in a chat."""

import pytest
from written import (
    BOT,
    CHANNEL,
    GROUP,
    NAMED,
    PRIVATE,
    SIZED,
    USER,
    Json,
    arrival,
    entity,
    event,
    message,
    of_bot,
)

from bot.platform import Incoming, Left, Moved, Returned
from bot.platforms.telegram.incoming import ANONYMOUS as ANONYMOUS_TAP
from bot.platforms.telegram.incoming import Arrival
from conversations.language import language
from conversations.model import Command, Event, Mentioned, Pressed, Unreadable

MENTIONS: list[tuple[Json, Event | None]] = [
    ({"text": "大家好"}, None),
    ({"text": "@Award_Bot 怎么申报", "entities": NAMED}, Mentioned("怎么申报")),
    ({"text": "@award_bot", "entities": NAMED}, Mentioned("")),
    (
        {"text": "😀问 @Award_Bot 一下", "entities": [entity("mention", 4, 10)]},
        Mentioned("😀问 一下"),
    ),
    ({"text": "@Other_Bot 怎么申报", "entities": NAMED}, None),
    ({"text": "@Award_Bot 只是写着"}, None),
    ({"text": "评奖 好", "entities": [entity("text_mention", 0, 2, user=BOT)]}, Mentioned("好")),
    ({"text": "某 好", "entities": [entity("text_mention", 0, 1, user=USER)]}, None),
    (
        {"text": "/help@Award_Bot jian", "entities": [entity("bot_command", 0, 15)]},
        Mentioned("/help jian"),
    ),
    ({"text": "/help", "entities": [entity("bot_command", 0, 5)]}, None),
    ({"text": "/help@Other_Bot", "entities": [entity("bot_command", 0, 15)]}, None),
    (
        {
            "text": "/x@Other_Bot",
            "entities": [entity("bot_command", 0, 12)],
            "reply_to_message": of_bot(),
        },
        None,
    ),
    ({"text": "那呢？", "reply_to_message": of_bot()}, Mentioned("那呢？")),
    ({"text": "那呢？", "reply_to_message": message(GROUP, text="问")}, None),
    (
        {"photo": [SIZED], "caption": "@Award_Bot 看", "caption_entities": NAMED},
        Mentioned("看"),
    ),
    ({"photo": [SIZED], "reply_to_message": of_bot()}, Unreadable("photo")),
    (
        {"photo": [SIZED], "caption": "可以", "reply_to_message": of_bot()},
        Unreadable("photo"),
    ),
    ({"photo": [SIZED], "reply_to_message": message(GROUP, text="问")}, None),
    ({"pinned_message": of_bot(), "reply_to_message": of_bot()}, None),
    ({"photo": [SIZED]}, None),
]


@pytest.mark.parametrize(("content", "meant"), MENTIONS)
@pytest.mark.parametrize("kind", ["group", "supergroup"])
def test_in_groups_only_what_is_said_to_the_bot_counts(
    kind: str, content: Json, meant: Event | None
) -> None:
    """A mention, a command with its name, or a reply to it; its name is taken out of the text."""
    found = arrival(message=message({**GROUP, "type": kind}, **content))
    assert event(found) == meant
    assert found is None or not found.private


ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group"}


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ({**message(text="你好"), "from": BOT}, None),
        ({**message(GROUP, text="@Award_Bot 好", entities=NAMED), "from": BOT}, None),
        (
            {
                **message(GROUP, text="@Award_Bot 好", entities=NAMED),
                "from": ANONYMOUS,
                "sender_chat": GROUP,
            },
            Mentioned("好"),
        ),
        (
            {
                **message(GROUP, text="@Award_Bot 好", entities=NAMED),
                "from": ANONYMOUS,
                "sender_chat": CHANNEL,
            },
            None,
        ),
        (message(CHANNEL, text="公告"), None),
    ],
)
def test_only_people_are_answered(sent: Json, meant: Event | None) -> None:
    """No other bot and no channel is; an administrator who writes as the group is a person."""
    assert event(arrival(message=sent)) == meant


def member(status: str, **more: bool) -> Json:
    """The bot as a member of a chat, as Telegram writes it."""
    rights = {
        "administrator": (
            "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
            "can_manage_video_chats", "can_restrict_members", "can_promote_members",
            "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
            "can_delete_stories",
        ),
        "restricted": (
            "is_member", "can_change_info", "can_invite_users", "can_pin_messages",
            "can_send_messages", "can_send_polls", "can_send_other_messages",
            "can_add_web_page_previews", "can_manage_topics", "can_send_audios",
            "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes",
            "can_send_voice_notes", "can_edit_tag", "can_react_to_messages",
        ),
    }.get(status, ())  # fmt: skip
    until = {"until_date": 0} if status in ("restricted", "kicked") else {}
    return {"status": status, "user": BOT, **dict.fromkeys(rights, True), **until, **more}


MEMBERSHIPS = [
    (member("member"), member("kicked"), Left()),
    (member("member"), member("left"), Left()),
    (member("administrator"), member("restricted", can_send_messages=False), Left()),
    (member("member"), member("restricted", is_member=False), Left()),
    (member("kicked"), member("member"), Returned()),
    (member("left"), member("member"), Returned()),
    (member("left"), member("administrator"), Returned()),
    (member("kicked"), member("restricted"), Returned()),
    (member("restricted", can_send_messages=False), member("member"), Returned()),
    (member("member"), member("administrator"), None),
    (member("administrator"), member("restricted"), None),
]


@pytest.mark.parametrize(("before", "after", "meant"), MEMBERSHIPS)
@pytest.mark.parametrize("chat", [PRIVATE, GROUP, CHANNEL])
def test_being_blocked_and_unblocked_is_noticed(
    chat: Json, before: Json, after: Json, meant: object
) -> None:
    """Once nothing can be sent to a chat it has been left, until something can be sent again."""
    change = {
        "chat": chat, "from": USER, "date": 1, "old_chat_member": before, "new_chat_member": after,
    }  # fmt: skip
    expected = None if chat is CHANNEL else meant
    assert event(arrival(my_chat_member=change)) == expected


def test_a_group_that_becomes_a_supergroup_has_moved() -> None:
    """The old chat says where it goes on; what the new one says of it is nothing."""
    old = {**GROUP, "id": -5, "type": "group"}
    moved = arrival(message=message(old, migrate_to_chat_id=-1005))
    assert moved is not None
    assert moved.incoming == Incoming("telegram", "-5", "7", Moved("-1005"), "zh_Hans")
    assert arrival(message=message(GROUP, migrate_from_chat_id=-5)) is None


COMMANDS: list[tuple[Json, Event | None]] = [
    (
        {"text": "/desk_here@Award_Bot", "entities": [entity("bot_command", 0, 20)]},
        Command("desk_here"),
    ),
    ({"text": "/desk_here", "entities": [entity("bot_command", 0, 10)]}, Command("desk_here")),
    (
        {"text": "/Desk_Here@Award_Bot jian", "entities": [entity("bot_command", 0, 20)]},
        Command("desk_here", "jian"),
    ),
    ({"text": "/desk_here@Other_Bot", "entities": [entity("bot_command", 0, 20)]}, None),
    ({"text": "请说 /desk_here", "entities": [entity("bot_command", 3, 10)]}, None),
    ({"text": "/desk_hereabouts", "entities": [entity("bot_command", 0, 16)]}, None),
    ({"text": "/rounds", "entities": [entity("bot_command", 0, 7)]}, None),
    (
        {"text": "/desk@Award_Bot", "entities": [entity("bot_command", 0, 15)]},
        Mentioned("/desk"),
    ),
]


@pytest.mark.parametrize(("content", "meant"), COMMANDS)
def test_a_group_is_made_a_desk_by_one_command(content: Json, meant: Event | None) -> None:
    """With the bot's name or without; all other commands lead to the private chat."""
    assert event(arrival(message=message(GROUP, **content))) == meant


SPEAKERS: dict[str, tuple[Json, str | None]] = {
    "a member": ({"from": USER}, "5"),
    "an anonymous administrator": ({"from": ANONYMOUS, "sender_chat": GROUP}, None),
}


@pytest.mark.parametrize("name", SPEAKERS)
def test_who_speaks_in_a_group_is_named_by_their_private_chat(name: str) -> None:
    """Somebody anonymous is nobody, and answers nothing in anybody's name."""
    fields, speaker = SPEAKERS[name]
    found = arrival(message={**message(GROUP, text="好", reply_to_message=of_bot()), **fields})
    assert found is not None
    assert found.incoming is not None
    assert found.incoming.speaker == speaker
    assert found.incoming.reply_to == (None if speaker is None else "2")
    assert found.incoming.event == Mentioned("好")


def test_nobody_anonymous_gives_orders() -> None:
    """Whether they are an officer cannot be known; nor whose picture it is."""
    nobody = {"from": ANONYMOUS, "sender_chat": GROUP}
    order: Json = {"text": "/desk_here", "entities": [entity("bot_command", 0, 10)]}
    picture: Json = {"photo": [SIZED], "reply_to_message": of_bot()}
    assert event(arrival(message=message(GROUP, **order) | nobody)) == Mentioned("/desk_here")
    assert arrival(message=message(GROUP, **picture) | nobody) is None


def pressed(by: Json, data: str, kind: str = "supergroup") -> Arrival | None:
    """What a tap on the bot's message 2 in a group comes to."""
    shown = {**of_bot(), "chat": {**GROUP, "type": kind}}
    query = {"id": "cb", "from": by, "chat_instance": "1", "message": shown, "data": data}
    return arrival(callback_query=query)


@pytest.mark.parametrize("kind", ["group", "supergroup"])
def test_a_button_in_a_group_says_who_pressed_it(kind: str) -> None:
    """Whoever it is: what they may do is not the adapter's matter."""
    happened = Incoming(
        "telegram", "-100", "7", Pressed("k:12:claim"), "zh_Hans", pressed="2", speaker="5"
    )
    assert pressed(USER, "k:12:claim", kind) == Arrival(happened, "cb")


def test_a_button_pressed_by_nobody_in_particular_does_nothing() -> None:
    """It is said to them why, in their language."""
    assert pressed(ANONYMOUS, "k:12:claim") == Arrival(callback_id="cb", notice=ANONYMOUS_TAP)
    english = pressed({**ANONYMOUS, "language_code": "en"}, "k:12:claim")
    assert english is not None
    assert english.notice == language("en").say(ANONYMOUS_TAP)
    assert len(ANONYMOUS_TAP) <= 200


@pytest.mark.parametrize("data", ["k", "kx", "ksod1:x"])
def test_a_calendar_in_a_group_is_nothing(data: str) -> None:
    """In a group nobody is asked for a day."""
    assert pressed(USER, data) == Arrival(callback_id="cb")
