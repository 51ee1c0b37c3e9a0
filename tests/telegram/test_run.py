"""The program on Telegram: polling and webhook, start and end."""

import json
import signal
from pathlib import Path

import pytest
from program import (
    MODES,
    SECONDS,
    SECRET,
    Environment,
    in_mode,
    running,
    status_of,
)
from standin import StandIn


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_ends_politely(
    telegram: StandIn,
    environment: Environment,
    tmp_path: Path,
    mode: str,
    number: signal.Signals,
) -> None:
    """A user is answered, a tap is answered, and a signal ends it with nothing left over."""
    environment = in_mode(mode, environment)
    chat = telegram.private(language_code="zh-hans")
    with running(environment, tmp_path) as program:
        telegram.say(chat, "/start jian")
        telegram.wait(lambda: chat.messages and telegram.quiet(), SECONDS)
        button = chat.last.buttons[0]
        press = telegram.press(chat, button.data or "")
        telegram.wait(lambda: press.answered and telegram.quiet(), SECONDS)
        paths = [status_of(environment, path) for path in ("/healthz", "/readyz", "/metrics")]
        status, seconds = program.end(number)
    assert paths == [200, 200, 200]
    assert status == 0
    assert seconds < 10
    assert telegram.pending == []
    assert telegram.webhook_info["url"] == environment.get("AWARD_BOT_WEBHOOK_URL", "")


@pytest.mark.parametrize("mode", MODES)
def test_the_first_line_says_how_it_runs_and_no_line_says_what_is_secret(
    telegram: StandIn, environment: Environment, tmp_path: Path, file: Path, mode: str
) -> None:
    """Where the data are, how updates come, who it is; no token, no secret, no text of a user."""
    telegram.trouble.refuse(502, method="sendMessage", times=2)
    telegram.trouble.drop("after", method="setMyCommands", times=2)
    telegram.trouble.refuse(401, "Unauthorized", method="getUpdates")
    chat = telegram.private()
    with running(in_mode(mode, environment) | {"AWARD_BOT_LOG": "json"}, tmp_path) as program:
        telegram.say(chat, "我们公司去年被罚过")
        telegram.update("message", {"text": "我们公司去年被罚过"})
        telegram.wait(lambda: chat.messages and telegram.quiet(), SECONDS)
        program.end()
        lines = [json.loads(line) for line in program.said.splitlines()]
    started = next(line for line in lines if line["message"] == "started")
    assert (started["bot"], started["mode"], started["data"]) == ("@award_bot", mode, str(file))
    assert any(line["level"] == "warning" for line in lines)
    for unwanted in (telegram.token, telegram.token.partition(":")[2], SECRET, "罚", "Traceback"):
        assert unwanted not in program.said


def test_it_ends_in_time_though_telegram_hangs(
    telegram: StandIn, environment: Environment, tmp_path: Path
) -> None:
    """Answers that Telegram does not take are left for the next start, which sends them."""
    hold = telegram.trouble.hold("before", method="sendMessage", times=None)
    chat = telegram.private()
    with running(environment, tmp_path) as program:
        telegram.say(chat, "/start jian")
        telegram.say(telegram.private(), "/start jian")
        hold.wait(SECONDS)
        status, seconds = program.end()
    assert status == 0
    assert seconds < 10
    hold.drop()
    telegram.trouble.clear()
    with running(environment, tmp_path) as program:
        telegram.wait(lambda: chat.messages, SECONDS)
        program.end()
    assert len(chat.messages) == 1


def test_while_telegram_is_away_it_waits_and_says_so(
    telegram: StandIn, environment: Environment, tmp_path: Path
) -> None:
    """Alive but not ready; it can be ended, or goes on when Telegram is back."""
    away = telegram.trouble.refuse(502, method="getMe", times=None)
    with running(environment, tmp_path) as program:
        program.wait(lambda: "Telegram is not reached" in program.said)
        found = [status_of(environment, path) for path in ("/healthz", "/readyz")]
        status, seconds = program.end()
    assert found == [200, 503]
    assert (status, seconds < 10) == (0, True)
    with running(environment, tmp_path) as program:
        program.wait(lambda: "Telegram is not reached" in program.said)
        away.cancel()
        program.wait(lambda: status_of(environment, "/readyz") == 200)
        assert program.end()[0] == 0


def test_users_are_told_what_the_operator_has_settled(
    telegram: StandIn, environment: Environment, tmp_path: Path
) -> None:
    """How long chats are kept is a setting, and ``/privacy`` says it."""
    chat = telegram.private(language_code="zh-hans")
    with running(environment | {"AWARD_BOT_RETENTION_DAYS": "45"}, tmp_path) as program:
        telegram.say(chat, "/privacy")
        telegram.wait(lambda: chat.messages and telegram.quiet(), SECONDS)
        program.end()
    assert any("45" in message.text for message in chat.messages)


def test_who_waits_is_shown_that_an_answer_is_being_written(
    telegram: StandIn, environment: Environment, tmp_path: Path
) -> None:
    """“Typing” while the answer is held up; and after a change of language other commands."""
    hold = telegram.trouble.hold("before", method="sendMessage")
    chat = telegram.private(language_code="zh-hans")
    with running(environment, tmp_path) as program:
        telegram.say(chat, "/start")
        telegram.wait(lambda: telegram.called("sendChatAction"), SECONDS)
        hold.release()
        telegram.wait(lambda: chat.messages, SECONDS)
        telegram.say(chat, "繁体")
        scope = {"type": "chat", "chat_id": chat.id}
        telegram.wait(
            lambda: any(
                call.parameters.get("scope") == scope for call in telegram.called("setMyCommands")
            ),
            SECONDS,
        )
        program.end()
