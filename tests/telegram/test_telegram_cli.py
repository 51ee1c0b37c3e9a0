"""What the operator is told: wrong settings, links, how the sending stands."""

import json
import re
from pathlib import Path

import pytest
from program import SECONDS, Environment, done, in_mode, running
from standin import StandIn


def test_a_second_program_on_the_same_file_is_refused(
    environment: Environment, tmp_path: Path, file: Path
) -> None:
    """One line, exit status 2; the first goes on."""
    with running(environment, tmp_path) as program:
        program.wait(lambda: "started" in program.said)
        second = done(environment)
        assert program.end()[0] == 0
    assert second.returncode == 2
    assert f"{file}: in use by another award-bot" in second.stderr
    assert len(second.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"TELEGRAM_BOT_TOKEN": ""}, r"TELEGRAM_BOT_TOKEN: expected .*@?BotFather.*"),
        ({"TELEGRAM_BOT_TOKEN": "123456789:hidden"}, r"TELEGRAM_BOT_TOKEN: not known .*"),
        ({"AWARD_BOT_WEBHOOK_URL": "https://hidden/a"}, r"AWARD_BOT_WEBHOOK_SECRET: expected .*"),
        ({"AWARD_BOT_LISTEN": "192.0.2.1:80"}, r"AWARD_BOT_LISTEN: expected .*"),
        ({"AWARD_BOT_DATABASE_URL": "mysql://hidden"}, r"AWARD_BOT_DATABASE_URL: expected .*"),
    ],
)
def test_what_the_operator_can_mend_is_told_in_one_line(
    environment: Environment, changed: Environment, line: str
) -> None:
    """A setting that cannot be used: its name and what is expected, exit status 2."""
    ended = done(environment | changed)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert re.fullmatch(f"award-bot: {line}\n", ended.stderr)
    assert "hidden" not in ended.stderr


def test_a_webhook_that_telegram_refuses_is_told(
    telegram: StandIn, environment: Environment
) -> None:
    """What Telegram says of the address, in one line, exit status 2."""
    telegram.trouble.refuse(
        400, "Bad Request: bad webhook: Failed to resolve host", method="setWebhook"
    )
    ended = done(in_mode("webhook", environment) | {"AWARD_BOT_LOG": "text"})
    assert ended.returncode == 2
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("award-bot: AWARD_BOT_WEBHOOK_URL: Telegram refuses it: ")
    assert "Failed to resolve host" in last or "failed to resolve host" in last


def test_links_are_printed_and_their_codes_written(
    environment: Environment, tmp_path: Path
) -> None:
    """The links of this bot, and a picture of each."""
    ended = done(environment, "links", "--folder", str(tmp_path / "codes"))
    assert ended.returncode == 0
    lines = ended.stdout.splitlines()
    assert any(line.startswith("https://t.me/award_bot?start=jian — ") for line in lines)
    assert len([*(tmp_path / "codes").glob("*.png")]) == len(lines)


def test_links_need_telegram_only_for_a_moment(
    telegram: StandIn, environment: Environment, tmp_path: Path
) -> None:
    """Telegram away: that is said, and it does not wait for ever."""
    telegram.trouble.refuse(502, method="getMe", times=None)
    ended = done(environment, "links", "--folder", str(tmp_path / "codes"))
    assert ended.returncode == 2
    assert "Telegram" in ended.stderr.splitlines()[-1]


def test_status_says_how_the_sending_stands(
    telegram: StandIn, environment: Environment, tmp_path: Path
) -> None:
    """While the program runs: what waits, who is out of reach, what went wrong last."""
    telegram.trouble.refuse(400, "Bad Request: wrong", method="sendMessage")
    blocked = telegram.private()
    with running(environment, tmp_path) as program:
        telegram.say(telegram.private(), "/start jian")
        telegram.wait(lambda: telegram.called("sendMessage") and telegram.quiet(), SECONDS)
        telegram.say(blocked, "/start jian")
        telegram.wait(lambda: blocked.messages and telegram.quiet(), SECONDS)
        telegram.block(blocked)
        telegram.wait(telegram.quiet, SECONDS)
        ended = done(environment, "status", "--format", "json")
        text = done(environment, "status")
        program.end()
    found = json.loads(ended.stdout)
    assert (found["waiting"], found["blocked"], found["failed"]) == (0, 1, 1)
    assert found["last_error"]
    assert "chats out of reach:  1" in text.stdout
