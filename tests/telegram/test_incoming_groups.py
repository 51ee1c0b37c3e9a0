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
from conversations.model import Event, Mentioned

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
    ({"photo": [SIZED], "reply_to_message": of_bot()}, None),
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
