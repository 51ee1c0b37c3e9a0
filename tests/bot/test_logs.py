"""Logs: text for people, one JSON object a line for programs."""

import json
import logging

import pytest

from bot.config import load_settings
from bot.errors import ConfigError
from bot.logs import configure


def test_json_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Each record is one JSON object with its time, level, logger and message."""
    configure("json")
    logging.getLogger("bot.test").warning("one\ntwo")
    record = json.loads(capsys.readouterr().err)
    assert record.pop("time").endswith("+00:00")
    assert record == {"level": "warning", "logger": "bot.test", "message": "one\ntwo"}


def test_text_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Text says how bad it is, where and what."""
    configure("text")
    logging.getLogger("bot.test").error("away")
    assert capsys.readouterr().err == "ERROR bot.test: away\n"


def test_a_wrong_style_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong setting: one line with its name and what is expected."""
    monkeypatch.setenv("AWARD_BOT_LOG", "xml")
    with pytest.raises(ConfigError, match=r"^AWARD_BOT_LOG: expected text or json$"):
        load_settings()
