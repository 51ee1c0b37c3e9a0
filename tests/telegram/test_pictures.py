"""Charts as pictures; and what is sent if there can be no picture."""

from dataclasses import replace
from unittest.mock import AsyncMock, Mock

import pytest
import structlog
from adapter import client_of
from standin import StandIn
from telegram import Bot, Message
from telegram.error import BadRequest

from bot.platform import OutgoingMessage
from bot.platforms.telegram.parts import Part, parts
from bot.platforms.telegram.sending import send
from conversations.charts import Bar, Chart, Panel
from conversations.model import Attachment, Choice, Reply

CHART = Chart("问得最多的", (Panel("本月", (Bar("奖金", 3, "3"),)),))
FILE = Attachment("figures.png", "奖金：3", CHART)
MESSAGE = OutgoingMessage(1, 1, "telegram", "-1005", "zh_Hans", Reply("机密", attachment=FILE))
PICTURE = Part("photo", "机密", attachment=FILE)
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def bot() -> AsyncMock:
    """A bot whose every call succeeds; a message that it sends has the id 77."""
    made = AsyncMock(spec=Bot)
    for call in (made.send_document, made.send_photo):
        call.return_value = AsyncMock(spec=Message, message_id=77)
    return made


async def test_a_picture_arrives_with_its_caption_and_before_its_buttons(telegram: StandIn) -> None:
    """As Telegram takes it: a picture, marked up, and what can be done below it."""
    chat = telegram.private()
    reply = Reply("<本月>", choices=(Choice("o:more", "更多"),), attachment=FILE)
    async with client_of(telegram) as client:
        for each in (reply, replace(reply, choices=())):
            whole = replace(MESSAGE, address=str(chat.id), reply=each)
            for part in parts(whole, str):
                await send(client, whole, part)
    picture, below, alone = chat.messages
    assert [message.kind for message in chat.messages] == ["photo", "text", "photo"]
    assert (picture.text, below.text, alone.text) == ("", "<本月>", "<本月>")
    assert [button.data for button in below.buttons] == ["o:more"]
    assert picture.file is not None
    assert picture.file.content.startswith(PNG)


async def test_a_chart_is_sent_as_a_picture(bot: AsyncMock) -> None:
    """With the text as its caption; the file's text stays here."""
    await send(bot, MESSAGE, PICTURE)
    ((chat, picture), named) = bot.send_photo.call_args
    assert (chat, named["caption"], named["parse_mode"]) == (-1005, "机密", "HTML")
    assert picture.startswith(PNG)


@pytest.mark.parametrize("text", ["IMAGE_PROCESS_FAILED", "Photo_invalid_dimensions"])
async def test_a_picture_that_telegram_does_not_take_is_sent_as_a_file(
    bot: AsyncMock, text: str
) -> None:
    """With the same caption."""
    bot.send_photo.side_effect = BadRequest(text)
    assert await send(bot, MESSAGE, PICTURE) is None
    ((_, content), named) = bot.send_document.call_args
    assert content == bot.send_photo.call_args.args[1]
    assert (named["filename"], named["caption"]) == ("figures.png", "机密")


async def test_a_chart_that_cannot_be_drawn_is_sent_as_text(
    bot: AsyncMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What went wrong is logged, without a word of the chart."""
    monkeypatch.setattr("bot.charts.png", Mock(side_effect=OSError("机密")))
    with structlog.testing.capture_logs() as lines:
        await send(bot, MESSAGE, PICTURE)
    ((_, content), named) = bot.send_document.call_args
    assert (content, named["caption"]) == ("奖金：3".encode(), "机密")
    assert named["filename"] == "figures.png.txt"
    assert "机密" not in str(lines)
    assert lines[0]["error"] == "OSError"
