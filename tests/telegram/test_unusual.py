"""What is no text and no tap, people who block the bot, updates that are nobody's business."""

from typing import Any

import pytest
from office import Office
from standin import Chat
from standin.content import KINDS, SERVICE_KINDS
from visitor import Seen, Visitor

QUESTION = "打算哪天提交申报"
NAMES = {
    "photo": "照片", "sticker": "贴纸", "voice": "语音", "audio": "语音", "video": "视频",
    "video_note": "视频", "animation": "视频", "document": "文件", "location": "位置",
    "venue": "位置", "contact": "名片",
}  # fmt: skip
# Kinds of update that a bot gets only if it asks for them, and one that nobody knows yet.
STRANGE: dict[str, dict[str, Any]] = {
    "channel_post": {"message_id": 1, "date": 0, "chat": {"id": -1003, "type": "channel"}},
    "message_reaction": {"chat": {"id": 5}, "message_id": 3, "date": 0},
    "poll_answer": {"poll_id": "3", "option_ids": [0]},
    "chosen_inline_result": {"result_id": "3", "from": {"id": 5}, "query": "吉安"},
    "hologram": {"depth": 3},
    "message": {"message_id": "seven", "chat": None},
    "callback_query": {"id": 8, "from": []},
}


@pytest.fixture
def visitor(office: Office) -> Visitor:
    """Somebody who is being asked for a day."""
    visitor = office.visitor()
    visitor.say("/start qinzhou")
    return visitor


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_read_gets_a_kind_word(visitor: Visitor, kind: str) -> None:
    """It is named if it has a name, and the question is put again."""
    seen = visitor.send(kind)
    (message,) = seen.new
    assert message.text.startswith(f"收到{NAMES[kind]}了" if kind in NAMES else "这种消息我看不懂")
    assert QUESTION in message.text
    assert message.buttons


def test_a_caption_is_not_taken_for_an_answer(visitor: Visitor) -> None:
    """Nobody can tell what it says of the picture."""
    before = visitor.rows.state(visitor.chat.id)
    seen = visitor.send("photo", "今天")
    assert QUESTION in seen.text
    assert visitor.rows.state(visitor.chat.id) == before


@pytest.mark.parametrize("kind", SERVICE_KINDS)
def test_what_telegram_says_of_a_chat_is_not_answered(visitor: Visitor, kind: str) -> None:
    """Nobody has said anything."""
    assert visitor.send(kind) == Seen((), ())


def test_a_changed_message_changes_nothing(visitor: Visitor) -> None:
    """It is said how to change an answer instead."""
    visitor.say("今天")
    before = visitor.rows.state(visitor.chat.id)
    seen = visitor.edit("明天")
    assert "改过的消息我不会再看" in seen.text
    assert visitor.rows.state(visitor.chat.id) == before


def test_strange_updates_are_passed_over(office: Office, visitor: Visitor) -> None:
    """None is answered, none is delivered twice, and the next one that means something is."""
    said = len(office.telegram.called("sendMessage"))
    visitor.after(
        lambda: [office.telegram.update(kind, what, force=True) for kind, what in STRANGE.items()]
    )
    channel = office.telegram.group("channel")
    visitor.after(lambda: office.telegram.post(channel, "吉安"))
    assert len(office.telegram.called("sendMessage")) == said
    assert "记下了：申报日期" in visitor.say("今天").text


def test_whoever_blocks_the_bot_finds_everything_again(office: Office, visitor: Visitor) -> None:
    """What could not be said waits, nothing is tried meanwhile, and then it goes on."""
    telegram, chat = office.telegram, visitor.chat
    held = telegram.trouble.hold("before", method="sendMessage", chat=chat)
    telegram.say(chat, "今天")
    held.wait()
    telegram.block(chat)
    held.release()
    visitor.wait(lambda: telegram.quiet() and left(visitor))
    tried = calls_to(office, chat)
    assert "记下了" not in chat.last.text
    telegram.unblock(chat)
    visitor.wait(lambda: "记下了：申报日期" in chat.last.text)
    assert calls_to(office, chat) == tried + 1
    assert "在钦州市登记注册的吗" in visitor.tap("快速结论（能定下来就停）").text


def test_whoever_comes_back_by_writing_is_answered(office: Office, visitor: Visitor) -> None:
    """Also if Telegram has never told that the block is over."""
    visitor.after(lambda: office.telegram.block(visitor.chat))
    assert left(visitor)
    visitor.chat.standing = "open"
    assert "记下了：申报日期" in visitor.say("今天").text
    assert not left(visitor)


def left(visitor: Visitor) -> bool:
    """Whether it is known that nothing can be sent."""
    row = visitor.rows.chat(visitor.chat.id)
    return row is not None and row["left_at"] is not None


def calls_to(office: Office, chat: Chat) -> int:
    """How often it was tried to say something in a chat."""
    return sum(call.parameters.get("chat_id") == chat.id for call in office.telegram.calls)
