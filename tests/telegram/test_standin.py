"""The stand-in for Telegram is as strict as the real one, and says so in its words."""

import io
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from standin import Chat, StandIn
from standin.client import ask, ask_as, said
from standin.errors import NOT_MODIFIED, QUERY_TOO_OLD
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter

MARKUP = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


@pytest.fixture
def telegram() -> Iterator[StandIn]:
    """Telegram, to be spoken to."""
    with StandIn() as running:
        yield running


@pytest.fixture
def chat(telegram: StandIn) -> Chat:
    """A private chat that has begun."""
    return telegram.private()


def buttons(*row: object, times: int = 1) -> dict[str, object]:
    """A keyboard of equal rows."""
    return {"text": "?", "reply_markup": {"inline_keyboard": [list(row)] * times}}


YES = {"text": "Yes", "callback_data": "y"}
HTML = {"parse_mode": "HTML"}
REFUSED = [
    ("sendMessage", {"text": "a" * 4097}, "message is too long"),
    ("sendMessage", {"text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"text": ""}, "message text is empty"),
    ("sendMessage", {"text": " \n "}, "text must be non-empty"),
    ("sendMessage", {"text": "<b></b>", **HTML}, "text must be non-empty"),
    ("sendMessage", {"text": "x", "parse_mode": "RTF"}, "unsupported parse_mode"),
    ("sendMessage", buttons(YES, times=101), "reply markup is too long"),
    ("sendMessage", buttons(*[YES] * 9), "reply markup is too long"),
    ("sendMessage", buttons({"text": "a", "callback_data": "好" * 22}), "BUTTON_DATA_INVALID"),
    ("sendMessage", buttons({"text": "a", "callback_data": ""}), "BUTTON_DATA_INVALID"),
    ("sendMessage", buttons({"text": "a", "url": "hello"}), "BUTTON_URL_INVALID"),
    (
        "sendMessage",
        buttons({"text": " ", "callback_data": "y"}),
        "inline keyboard button text must be non-empty",
    ),
    (
        "sendMessage",
        buttons({"text": "a"}),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        buttons({"text": "a", "callback_data": "y", "url": "https://a.cn"}),
        "can't parse inline keyboard button: exactly one action is allowed",
    ),
    ("sendMessage", {"text": "x", "reply_markup": []}, "object expected as reply markup"),
    (
        "sendMessage",
        {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
        "ENTITY_BOUNDS_INVALID",
    ),
    ("sendChatAction", {"action": "thinking"}, "wrong parameter action in request"),
]
PROFILE = [
    ("setMyCommands", {"commands": [{"command": "Go", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    (
        "setMyCommands",
        {"commands": [{"command": "go", "description": ""}]},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    (
        "setMyCommands",
        {"commands": [{"command": f"c{n}", "description": "x"} for n in range(101)]},
        "BOT_COMMANDS_TOO_MUCH",
    ),
    ("setMyCommands", {"commands": [], "scope": {"type": "x"}}, "can't parse BotCommandScope"),
    ("getMyCommands", {"language_code": "zh-hans"}, "invalid language code specified"),
    ("setMyName", {"name": "a" * 65}, "name is too long"),
    ("setMyDescription", {"description": "a" * 513}, "description is too long"),
    ("setMyShortDescription", {"short_description": "a" * 121}, "short_description is too long"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}, "MESSAGE_TOO_LONG"),
    (
        "setWebhook",
        {"url": "https://a.cn", "secret_token": "a b"},
        "secret token contains unallowed characters",
    ),
]


@pytest.mark.parametrize(("method", "given", "text"), REFUSED)
def test_what_no_bot_may_send_is_refused_and_noted(
    telegram: StandIn, chat: Chat, method: str, given: dict[str, object], text: str
) -> None:
    """What breaks a limit is answered as by the real one, and is a fault."""
    assert said(telegram, method, chat_id=chat.id, **given) == f"Bad Request: {text}"
    assert [fault.kind for fault in telegram.faults] == ["refused"]
    assert not chat.messages


@pytest.mark.parametrize(("method", "given", "text"), PROFILE)
def test_what_the_bot_says_of_itself_has_limits(
    telegram: StandIn, method: str, given: dict[str, object], text: str
) -> None:
    """Commands, names, descriptions and secrets have theirs."""
    assert said(telegram, method, **given) == f"Bad Request: {text}"
    assert [fault.kind for fault in telegram.faults] == ["refused"]


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"text": "x", "colour": "red"}, "unknown parameter"),
        ({"text": "x", "link_preview_options": {"disabled": True}}, "unknown parameter"),
        ({"text": 5}, "wrong type"),
        ({"text": "x", "disable_notification": "maybe"}, "wrong type"),
        ({"text": "x", "message_thread_id": "first"}, "wrong type"),
        ({"text": "x", "reply_markup": "{"}, "wrong type"),
        ({"text": None}, "wrong type"),
        ({}, "missing parameter"),
    ],
)
def test_a_parameter_that_is_wrong_is_a_fault(
    telegram: StandIn, chat: Chat, given: dict[str, object], kind: str
) -> None:
    """A name that is not known, a value of another type, or nothing where something must be."""
    assert not ask(telegram, "sendMessage", chat_id=chat.id, **given)["ok"]
    assert [fault.kind for fault in telegram.faults] == [kind]


def test_a_method_that_is_not_known_is_a_fault(telegram: StandIn) -> None:
    """The real one says Not Found; here it also fails the test."""
    assert said(telegram, "sendMassage", chat_id=1, text="x") == "Not Found"
    assert [fault.kind for fault in telegram.faults] == ["unknown method"]


def test_what_just_fits_is_taken(telegram: StandIn, chat: Chat) -> None:
    """Limits are reached without a complaint; what is shown is what was sent."""
    full = [[{"text": "字" * 30, "callback_data": "好" * 21 + "a"}] * 8] * 12
    for text in ("a" * 4096, "😀" * 2048, "&amp;" * 4096):
        answer = ask(
            telegram,
            "sendMessage",
            chat_id=chat.id,
            text=text,
            parse_mode="HTML",
            reply_markup={"inline_keyboard": full},
        )
        assert answer["ok"]
    assert chat.last.text == "&" * 4096
    assert len(chat.last.buttons) == 96
    assert not telegram.faults


def test_form_and_json_mean_the_same(telegram: StandIn, chat: Chat) -> None:
    """Numbers, booleans and JSON may come as text in a form."""
    form = {"chat_id": chat.id, "text": "好", "disable_notification": "true"}
    body = urlencode(
        form | {"reply_markup": '{"inline_keyboard": [[{"text": "a", "url": "tg://x"}]]}'}
    )
    kind = "application/x-www-form-urlencoded"
    assert ask_as(telegram, telegram.token, "sendmessage", body.encode(), kind)["ok"]
    assert chat.last.text == "好"
    assert chat.last.buttons[0].url == "tg://x"
    assert telegram.called("sendMessage")[0].parameters["chat_id"] == chat.id
    assert not telegram.faults


async def test_the_library_understands_every_refusal(
    telegram: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """python-telegram-bot makes its own exceptions of the answers."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    chat, blocked, group = telegram.private(), telegram.private(), telegram.group()
    telegram.block(blocked)
    moved = telegram.migrate(group, by=telegram.user())
    telegram.trouble.refuse(429, retry_after=7, chat=chat)
    async with Bot(telegram.token, base_url=telegram.base) as bot:
        with pytest.raises(RetryAfter) as limited:
            await bot.send_message(chat.id, "x")
        with pytest.raises(Forbidden, match="bot was blocked by the user"):
            await bot.send_message(blocked.id, "x")
        with pytest.raises(ChatMigrated) as migrated:
            await bot.send_message(group.id, "x")
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.send_message(5, "x")
    assert limited.value.retry_after == timedelta(seconds=7)
    assert migrated.value.new_chat_id == moved.id
    assert not telegram.faults


async def test_a_wrong_token_is_unauthorized(telegram: StandIn) -> None:
    """Another bot's token is refused and leaves no trace."""
    with pytest.raises(InvalidToken):
        async with Bot("1:other", base_url=telegram.base):
            pass
    assert not telegram.calls


async def test_a_message_is_edited_once_for_each_change(telegram: StandIn, chat: Chat) -> None:
    """Without a change it is refused; so is an edit of a message that is gone or another's."""
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])
    typed = telegram.say(chat, "hello")
    async with Bot(telegram.token, base_url=telegram.base) as bot:
        sent = await bot.send_message(chat.id, "<b>one</b>", "HTML", reply_markup=keyboard)
        with pytest.raises(BadRequest, match="Message is not modified"):
            await bot.edit_message_text(
                "<b>one</b> ", chat.id, sent.message_id, parse_mode="HTML", reply_markup=keyboard
            )
        await bot.edit_message_text("one", chat.id, sent.message_id)
        with pytest.raises(BadRequest, match="Message is not modified"):
            await bot.edit_message_reply_markup(chat.id, sent.message_id)
        with pytest.raises(BadRequest, match="Message can't be edited"):
            await bot.edit_message_text("two", chat.id, typed.message_id)
        telegram.delete(chat.last)
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await bot.edit_message_text("two", chat.id, sent.message_id)
    (message,) = [m for m in chat.everything if m.sender == telegram.bot]
    assert (message.text, message.entities, message.buttons) == ("one", (), ())
    assert message.history[0].entities[0].type == "bold"
    assert not chat.messages


def test_refusals_are_in_the_words_of_the_real_one(telegram: StandIn, chat: Chat) -> None:
    """Word for word, since bots recognise them by these."""
    ask(telegram, "sendMessage", chat_id=chat.id, text="a", reply_markup=MARKUP)
    same = {"chat_id": chat.id, "message_id": chat.last.message_id, "text": "a"}
    edited = said(telegram, "editMessageText", **same, reply_markup=MARKUP)
    assert edited == f"Bad Request: {NOT_MODIFIED}"
    late = said(telegram, "answerCallbackQuery", callback_query_id="12")
    assert late == f"Bad Request: {QUERY_TOO_OLD}"
    assert not telegram.faults


async def test_a_file_arrives_as_it_was_sent(telegram: StandIn, chat: Chat) -> None:
    """Name, content and caption of a document; captions have their own limit."""
    async with Bot(telegram.token, base_url=telegram.base) as bot:
        await bot.send_document(
            chat.id, io.BytesIO("数据".encode()), "<i>all</i>", filename="a.json", parse_mode="HTML"
        )
        with pytest.raises(BadRequest, match="Message caption is too long"):
            await bot.send_document(chat.id, io.BytesIO(b"x"), "a" * 1025, filename="a.json")
        with pytest.raises(BadRequest, match="Image_process_failed"):
            await bot.send_photo(chat.id, io.BytesIO(b"text"), filename="a.png")
    file = chat.last.file
    assert file is not None
    assert (file.name, file.content.decode(), file.mime) == ("a.json", "数据", "application/json")
    assert chat.last.marked("italic") == ("all",)
    assert chat.last.kind == "document"


def test_a_press_is_answered_once_and_in_time(telegram: StandIn, chat: Chat) -> None:
    """A second answer, or one that is late, is refused."""
    ask(telegram, "sendMessage", chat_id=chat.id, text="a", reply_markup=MARKUP)
    first, late = telegram.press(chat, "Yes"), telegram.press(chat, "y")
    telegram.expire(late)
    for press, times in ((first, 2), (late, 1)):
        for _ in range(times):
            ask(telegram, "answerCallbackQuery", callback_query_id=press.id, text="ok")
    assert [answer.text for answer in first.answers] == ["ok"]
    assert not late.answered
    assert [call.ok for call in telegram.called("answerCallbackQuery")] == [True, False, False]


def test_only_buttons_that_were_there_can_be_pressed(telegram: StandIn, chat: Chat) -> None:
    """Also one that an edit has taken away: somebody may have been quicker."""
    ask(telegram, "sendMessage", chat_id=chat.id, text="a", reply_markup=MARKUP)
    message = chat.last
    ask(telegram, "editMessageText", chat_id=chat.id, message_id=message.message_id, text="b")
    with pytest.raises(LookupError):
        telegram.press(chat, "Yes")
    with pytest.raises(LookupError):
        telegram.press(chat, "No", message)
    assert telegram.press(chat, "Yes", message).data == "y"


def test_the_profile_falls_back_to_the_default_language(telegram: StandIn) -> None:
    """Names and descriptions do; commands are given exactly as they were set."""
    ask(telegram, "setMyName", name="评奖助手")
    ask(telegram, "setMyName", name="Award assistant", language_code="en")
    ask(telegram, "setMyCommands", commands=[{"command": "help", "description": "帮助"}])
    names = [
        ask(telegram, "getMyName", language_code=code)["result"]["name"] for code in ("en", "fr")
    ]
    commands = [
        ask(telegram, "getMyCommands", **given)["result"] for given in ({}, {"language_code": "en"})
    ]
    assert names == ["Award assistant", "评奖助手"]
    assert [len(found) for found in commands] == [1, 0]
