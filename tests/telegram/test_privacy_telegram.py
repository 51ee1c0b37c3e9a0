"""What is kept of somebody on Telegram: shown, given as a file, removed."""

import json
from typing import Any

import pytest
from office import Office
from standin import Message
from visitor import Visitor

SAID = "二〇一九年五月十二日"
# The tables that tell one chat from another.
ABOUT = {"chat", "outgoing", "follow", "reminder", "deferred", "staff", "question_asked",
         "screened", "ticket"}  # fmt: skip
# Whom a question handed over has been shown to, and who is to hear of it: no word of anybody's.
OF_DESK = {"desk_group", "ticket_copy", "ticket_message", "ticket_notice"}


@pytest.fixture
def visitor(office: Office) -> Visitor:
    """Somebody who has answered a little, in words of their own."""
    visitor = office.visitor()
    for said in ("/start qinzhou", "今天", "快速", "是", "对", "没问题", SAID):
        visitor.say(said)
    return visitor


def test_privacy_says_what_is_kept(visitor: Visitor) -> None:
    """And offers to give it and to remove it, before the question goes on."""
    page, question = visitor.say("/privacy").new
    assert "不留的：您打的原话" in page.text
    offered = ["没看懂的话，可以给工作人员看", "导出我的数据", "删除我的数据"]
    assert [button.text for button in page.buttons] == offered
    assert "卓越绩效" in question.text


def test_export_is_all_that_is_kept_and_nothing_else(visitor: Visitor) -> None:
    """A file with the rows of this chat; none of the words that were typed, no name."""
    document, question = visitor.say("/export").new
    exported = content(document)
    row = visitor.rows.chat(visitor.chat.id)
    assert row is not None
    assert exported.keys() == row.keys() | (ABOUT - {"chat"}) | {"broadcast"}
    assert exported["state"] == row["state"]
    assert exported["state"]["screenings"][0]["answers"]["operating_since"] == "2019-05-12"
    assert exported["address"] == str(visitor.chat.id)
    messages = exported["outgoing"]
    assert [message["position"] for message in messages] == list(range(1, row["next_position"] - 2))
    assert all(message.keys() == visitor.rows.tables()["outgoing"] for message in messages)
    assert visitor.chat.user is not None
    for unwanted in (SAID, "没问题", visitor.chat.user.first_name):
        assert unwanted not in json.dumps(exported, ensure_ascii=False)
    assert "卓越绩效" in question.text
    assert question.buttons


def test_nothing_else_is_kept_anywhere(visitor: Visitor) -> None:
    """No other table tells one chat from another."""
    tables = visitor.rows.tables()
    about = {name for name, columns in tables.items() if columns & {"address", "chat_id"}}
    assert about == ABOUT | OF_DESK
    assert not any(tables[name] & {"text", "body"} for name in OF_DESK)
    assert tables["inbound"] == {"id", "platform", "update_id", "received_at"}


def content(message: Message) -> dict[str, Any]:
    """What is in the file of a message."""
    assert message.file is not None
    assert message.file.name == "award-bot.json"
    found: dict[str, Any] = json.loads(message.file.content)
    return found


@pytest.mark.parametrize("word", ["/forget", "删除我的数据"])
def test_forget_asks_and_then_removes_everything(visitor: Visitor, word: str) -> None:
    """After the goodbye nothing is left; who comes again is new."""
    chat = visitor.chat
    row = visitor.rows.chat(chat.id)
    assert row is not None
    assert "要把这个聊天留下的全部删掉吗" in visitor.say(word).text
    assert visitor.rows.chat(chat.id) is not None
    goodbye = visitor.tap("是，全部删掉")
    assert "都删掉了，什么都没有留下" in goodbye.text
    assert visitor.rows.chat(chat.id) is None
    assert not visitor.rows.read("SELECT 1 FROM outgoing WHERE chat_id = :id", id=row["id"])
    again = visitor.say("你好")
    assert "只记下这个聊天的编号、语言和您的回答" in again.text
    assert "看保存的自查" not in again.text


def test_forget_is_not_held_up_by_what_waits(office: Office, visitor: Visitor) -> None:
    """What could not be sent is removed as well, and never arrives."""
    telegram, chat = office.telegram, visitor.chat
    visitor.say("/forget")
    refused = telegram.trouble.refuse(
        500, method="sendMessage", chat=chat, times=None,
        when=lambda call: "都删掉了" not in str(call.parameters.get("text")),
    )  # fmt: skip
    telegram.say(chat, "/help")
    telegram.say(chat, "/forget")
    telegram.say(chat, "是")
    visitor.wait(lambda: telegram.quiet() and visitor.rows.chat(chat.id) is None)
    assert "都删掉了" in chat.last.text
    refused.cancel()
    assert "怎么用" not in "".join(message.text for message in chat.messages[-2:])


def test_somebody_who_keeps_their_data_goes_on(visitor: Visitor) -> None:
    """Asked and answered with no: the question is put again."""
    before = visitor.rows.state(visitor.chat.id)
    visitor.say("/forget")
    assert "卓越绩效" in visitor.tap("不删，都留着").text
    assert visitor.rows.state(visitor.chat.id) == before
