"""Updates from Telegram as what has happened in a chat."""

from typing import Any

import pytest
from telegram import Message
from written import (
    BOT,
    CHANNEL,
    FILE,
    GROUP,
    NAMED,
    PRIVATE,
    SIZED,
    USER,
    Json,
    arrival,
    event,
    message,
)

from bot.platform import Incoming
from bot.platforms.telegram.calendar import CalendarTap
from bot.platforms.telegram.contents import SERVICE
from bot.platforms.telegram.incoming import Arrival, InlineQuery
from conversations.model import Command, Edited, Event, Pressed, Said, Unreadable


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2019年5月", Said("2019年5月")),
        (" 是/否 ", Said(" 是/否 ")),
        ("/start jian_individual", Command("start", "jian_individual")),
        ("/Start@award_bot  jian ", Command("start", "jian")),
        ("/help@AWARD_BOT", Command("help")),
        ("／菜单", Command("菜单")),
        ("/价格@公司", Said("/价格@公司")),
        ("/", Command("")),
        ("/help@Other_Bot jian", Command("help@other_bot")),
        ("菜单", Said("菜单")),
        ("/why\n2019年", Command("why", "2019年")),
        ("😀", Said("😀")),
    ],
)
def test_private_text_is_a_command_or_something_said(text: str, meant: Event | None) -> None:
    """A text that begins with a slash is a command; one for another bot is one that we lack."""
    assert event(arrival(message=message(text=text))) == meant


def test_what_happened_says_where_and_in_which_update() -> None:
    """Chat and update are named by Telegram's ids, as text."""
    assert arrival(message=message(text="你好")) == Arrival(
        Incoming("telegram", "5", "7", Said("你好"), "zh_Hans"), private=True
    )


@pytest.mark.parametrize(
    ("code", "locale"),
    [
        (None, "zh_Hans"),
        ("zh", "zh_Hans"),
        ("zh-hans", "zh_Hans"),
        ("zh-CN", "zh_Hans"),
        ("zh-SG", "zh_Hans"),
        ("zh-hant", "zh_Hant"),
        ("zh-Hant-HK", "zh_Hant"),
        ("zh-TW", "zh_Hant"),
        ("zh_hk", "zh_Hant"),
        ("zh-mo", "zh_Hant"),
        ("en", "en"),
        ("de", "en"),
        ("zha", "en"),
    ],
)
def test_a_chat_begins_in_the_users_language(code: str | None, locale: str) -> None:
    """Chinese of either script as Telegram tells it, English for every other language."""
    user = {**USER, "language_code": code}
    found = arrival(message={**message(text="你好"), "from": user})
    assert found is not None
    assert found.incoming is not None
    assert found.incoming.locale == locale


CONTENTS: dict[str, Json] = {
    "photo": {"photo": [SIZED], "caption": "营业执照"},
    "sticker": {
        "sticker": {**SIZED, "type": "regular", "is_animated": False, "is_video": False}
    },
    "voice": {"voice": {**FILE, "duration": 2}},
    "voice (audio)": {"audio": {**FILE, "duration": 2}},
    "video": {"video": {**SIZED, "duration": 2}},
    "video (note)": {"video_note": {**FILE, "length": 9, "duration": 2}},
    "video (animation)": {"animation": {**SIZED, "duration": 2}, "document": FILE},
    "document": {"document": FILE},
    "location": {"location": {"longitude": 1.0, "latitude": 2.0}},
    "location (venue)": {
        "location": {"longitude": 1.0, "latitude": 2.0},
        "venue": {
            "location": {"longitude": 1.0, "latitude": 2.0}, "title": "局", "address": "路",
        },
    },
    "contact": {"contact": {"phone_number": "1", "first_name": "某"}},
    "other (dice)": {"dice": {"emoji": "🎲", "value": 3}},
    "other (story)": {"story": {"chat": PRIVATE, "id": 1}},
    "other (poll)": {
        "poll": {
            "id": "1", "question": "?", "options": [], "total_voter_count": 0,
            "is_closed": False, "is_anonymous": True, "type": "regular",
            "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
        },
    },
    "other (of tomorrow)": {"hologram": {"depth": 3}},
}  # fmt: skip


@pytest.mark.parametrize("name", CONTENTS)
def test_what_is_no_text_is_named_for_a_kind_word(name: str) -> None:
    """Whatever a user sends in private is something to answer, even kinds not known yet."""
    found = arrival(message=message(**CONTENTS[name]))
    assert event(found) == Unreadable(name.partition(" ")[0])


@pytest.mark.parametrize(
    "content",
    [
        {"new_chat_members": [USER]},
        {"left_chat_member": USER},
        {"new_chat_title": "新"},
        {"pinned_message": message(text="置顶")},
        {"group_chat_created": True},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 60}},
        {"write_access_allowed": {}},
        {"migrate_from_chat_id": -1},
    ],
)
@pytest.mark.parametrize("chat", [PRIVATE, GROUP])
def test_what_telegram_says_of_a_chat_is_not_answered(chat: Json, content: Json) -> None:
    """Joined, left, pinned, renamed: nobody waits for an answer."""
    assert arrival(message=message(chat, **content)) is None


# Fields of a message that say how it came, or go with its content.
ABOUT = frozenset({
    "chat", "date", "message_id", "author_signature", "business_connection_id", "caption",
    "caption_entities", "direct_messages_topic", "edit_date", "effect_id", "entities",
    "external_reply", "forward_origin", "from_user", "guest_bot_caller_chat",
    "guest_bot_caller_user", "guest_query_id", "has_media_spoiler", "has_protected_content",
    "is_automatic_forward", "is_from_offline", "is_paid_post", "is_topic_message",
    "link_preview_options", "media_group_id", "message_thread_id", "paid_star_count", "quote",
    "reply_markup", "reply_to_checklist_task_id", "reply_to_message", "reply_to_poll_option_id",
    "reply_to_story", "sender_boost_count", "sender_business_bot", "sender_chat", "sender_tag",
    "show_caption_above_media", "suggested_post_info", "text", "via_bot",
})  # fmt: skip
SENT = frozenset({
    "animation", "audio", "checklist", "contact", "dice", "document", "game", "giveaway",
    "giveaway_winners", "invoice", "live_photo", "location", "paid_media", "photo", "poll",
    "sticker", "story", "venue", "video", "video_note", "voice",
})  # fmt: skip


def test_every_field_of_a_message_has_been_thought_of() -> None:
    """When the library learns a new kind of message, this says that it is to be sorted in."""
    fields = {name for kind in Message.__mro__ for name in getattr(kind, "__slots__", ())}
    fields = {name for name in fields if not name.startswith("_")} - {"api_kwargs"}
    assert fields == ABOUT | SENT | set(SERVICE)
    assert not SENT & set(SERVICE)


def tap(shown: Json | None, **query: Any) -> Json:  # noqa: ANN401 - as Telegram writes it
    """A button pressed, as Telegram writes it."""
    at = {} if shown is None else {"message": shown}
    return {"id": "cb", "from": USER, "chat_instance": "1", **at, **query}


ANSWERED = Arrival(callback_id="cb")
ANSWERED_PRIVATELY = Arrival(callback_id="cb", private=True)
SHOWN = {**message(text="问"), "from": BOT, "message_id": 41}
TOO_OLD = {"chat": PRIVATE, "message_id": 41, "date": 0}


def pressed(what: Event) -> Arrival:
    """What a tap on message 41 comes to."""
    return Arrival(Incoming("telegram", "5", "7", what, "zh_Hans", "41"), "cb", private=True)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (tap(SHOWN, data="a1:track:individual"), pressed(Pressed("a1:track:individual"))),
        (tap(TOO_OLD, data="m:menu"), pressed(Pressed("m:menu"))),
        (tap(SHOWN, data="d1:x#0.date:2026-03-01"), pressed(Pressed("d1:x#0.date:2026-03-01"))),
        (tap(SHOWN, data="kx"), pressed(Command("resume"))),
        (tap(SHOWN, data="k"), ANSWERED_PRIVATELY),
        (
            tap(SHOWN, data="ksod1:x"),
            Arrival(callback_id="cb", calendar=CalendarTap("5", "41", "ksod1:x"), private=True),
        ),
        (tap(SHOWN, game_short_name="chess"), ANSWERED_PRIVATELY),
        (tap(None, inline_message_id="i", data="x"), ANSWERED),
        (tap(SHOWN, data="k:12:claim"), pressed(Pressed("k:12:claim"))),
        (tap({**SHOWN, "chat": CHANNEL}, data="m:menu"), ANSWERED),
    ],
)
def test_every_tap_is_answered(query: Json, expected: Arrival) -> None:
    """A tap is passed on if it answers something; a calendar's page is turned; all are answered."""
    assert arrival(callback_query=query) == expected


@pytest.mark.parametrize(
    ("edited", "meant"),
    [
        (message(text="改过"), Edited()),
        (message(photo=[SIZED], caption="改过"), Edited()),
        (message(location={"longitude": 1.0, "latitude": 2.0, "live_period": 60}), None),
        (message(GROUP, text="@Award_Bot 改过", entities=NAMED), None),
    ],
)
def test_a_change_of_a_message_is_noticed_in_private(edited: Json, meant: Event | None) -> None:
    """An edited message is, in a private chat; a live location that moves is not."""
    assert event(arrival(edited_message=edited)) == meant


OTHERS: list[Json] = [
    {},
    {"channel_post": message(CHANNEL, text="公告")},
    {"edited_channel_post": message(CHANNEL, text="公告")},
    {"business_message": message(text="生意", business_connection_id="b")},
    {"chosen_inline_result": {"result_id": "1", "from": USER, "query": ""}},
    {"update_of_tomorrow": {"anything": 1}},
]


@pytest.mark.parametrize("update", OTHERS)
def test_other_updates_are_nothing(update: Json) -> None:
    """Posts of channels, business messages and unknown kinds are passed over."""
    assert arrival(**update) is None


REPLIES: dict[str, tuple[Json, Event]] = {
    "a text": ({"text": "可以"}, Said("可以")),
    "a photo": ({"photo": [SIZED]}, Unreadable("photo")),
    "a photo with words": ({"photo": [SIZED], "caption": "可以"}, Unreadable("photo")),
    "a command": ({"text": "/why"}, Command("why")),
    "an answer to a piece of it": (
        {"text": "可以", "quote": {"text": "三年", "position": 4}},
        Said("可以"),
    ),
}
ANSWERED_MESSAGES: dict[str, Json] = {
    "the bot's": SHOWN,
    "the bot's, edited since": {**SHOWN, "edit_date": 9},
    "one that was forwarded": {
        **message(text="问"),
        "message_id": 41,
        "forward_origin": {"type": "hidden_user", "sender_user_name": "某", "date": 1},
    },
    "one that is too old to be told of": TOO_OLD,
}


@pytest.mark.parametrize("answered", ANSWERED_MESSAGES)
@pytest.mark.parametrize("name", REPLIES)
def test_an_answer_to_a_message_says_to_which(name: str, answered: str) -> None:
    """Whatever is sent, and whatever became of the message meanwhile: its id is what counts."""
    content, meant = REPLIES[name]
    sent = message(**content, reply_to_message=ANSWERED_MESSAGES[answered])
    happened = Incoming("telegram", "5", "7", meant, "zh_Hans", reply_to="41")
    assert arrival(message=sent) == Arrival(happened, private=True)


def test_an_answer_to_a_message_of_another_chat_is_just_said() -> None:
    """Its id means nothing here."""
    elsewhere = {"origin": {"type": "user"}, "message_id": 41}
    found = arrival(message=message(text="可以", external_reply=elsewhere))
    assert found is not None
    assert found.incoming == Incoming("telegram", "5", "7", Said("可以"), "zh_Hans")


@pytest.mark.parametrize("chat", [PRIVATE, GROUP])
def test_an_answer_that_was_put_there_by_inline_mode_is_no_question(chat: Json) -> None:
    """It is the bot's own; one of another bot's is somebody's words."""
    text = {"text": "@Award_Bot 奖金是多少", "entities": NAMED}
    assert arrival(message=message(chat, **text, via_bot=BOT)) is None
    assert event(arrival(message=message(chat, **text, via_bot={**BOT, "id": 98}))) is not None


def test_a_question_in_another_chat_is_an_inline_query() -> None:
    """It says who asks what, in which language, and is no event of a chat."""
    asked = {"id": "1", "from": USER, "query": "吉安 奖金", "offset": "", "chat_type": "group"}
    found = arrival(inline_query=asked)
    assert found == Arrival(inline=InlineQuery("1", 5, "吉安 奖金", "zh_Hans"))
