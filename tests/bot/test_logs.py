"""Logs: text for people, one JSON object a line for programs, no secret and no text for either."""

import asyncio
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.config import load_settings
from bot.errors import ConfigError
from bot.logs import configure, handling


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """Other tests find logging as it was."""
    root, own = logging.getLogger(), logging.getLogger("bot")
    handlers, levels = root.handlers[:], (root.level, own.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    own.setLevel(levels[1])
    structlog.reset_defaults()


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


def test_this_project_and_libraries_are_logged_alike(capsys: pytest.CaptureFixture[str]) -> None:
    """Structured lines and a library's: the same form, what belongs to a line beside it."""
    configure("text")
    structlog.get_logger("bot.test").warning("not sent yet", chat=5, seconds=1.5)
    logging.getLogger("uvicorn.error").warning("closed %s", "early")
    first, second = capsys.readouterr().err.splitlines()
    assert first == "WARNING bot.test: not sent yet chat=5 seconds=1.5"
    assert second == "WARNING uvicorn.error: closed early"


def test_libraries_are_heard_from_warnings_on(capsys: pytest.CaptureFixture[str]) -> None:
    """The level asked for is for this project's own lines."""
    configure("text", level=logging.INFO)
    for name in ("bot.test", "telegram.Bot", "alembic.runtime"):
        logging.getLogger(name).info("started")
        structlog.get_logger(name).debug("in detail")
    assert capsys.readouterr().err == "INFO bot.test: started\n"


def test_the_console_is_not_disturbed_by_what_is_only_informative(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Unless asked for more, only trouble is said."""
    configure("text")
    structlog.get_logger("bot.test").info("started")
    assert not capsys.readouterr().err


async def test_lines_hold_the_id_of_the_update_that_is_handled(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Also where several are handled at the same time, and no longer than that."""
    configure("json")

    async def handle(update: int) -> None:
        with handling(update):
            await asyncio.sleep(0)
            structlog.get_logger("bot.test").warning(f"of {update}")
            logging.getLogger("bot.test").warning("of %s", update)

    await asyncio.gather(*(handle(update) for update in (7, 8)))
    logging.getLogger("bot.test").warning("of None")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert len(lines) == 5
    assert all(line["message"] == f"of {line.get('update')}" for line in lines)


@pytest.mark.parametrize("style", ["text", "json"])
@pytest.mark.parametrize("name", ["bot.test", "asyncio"])
def test_an_error_is_told_by_kind_and_place_only(
    style: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its message can quote what a user wrote: it is not logged, nor is the source around it."""
    configure(style)
    try:
        int("我们公司去年被罚过")
    except ValueError:
        logging.getLogger(name).exception("failed")
        structlog.get_logger(name).exception("failed", stack_info=True)
    for line in capsys.readouterr().err.splitlines():
        assert "罚" not in line
        assert "ValueError" in line
        assert "test_logs.py:" in line


@pytest.mark.parametrize("style", ["text", "json"])
def test_secrets_are_blotted_out(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Wherever one would stand in a line; one that could be any word is left alone."""
    configure(style, secrets=["123:abc-def", "bot", ""])
    logging.getLogger("bot.test").error("https://api/bot%s/getMe", "123:abc-def")
    structlog.get_logger("bot.test").error("123:abc-def", said="x123:abc-defy")
    printed = capsys.readouterr().err
    assert "abc-def" not in printed
    assert printed.count("***") == 3
    assert printed.count("bot.test") == 2


def test_a_wrong_style_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong setting: one line with its name and what is expected."""
    monkeypatch.setenv("AWARD_BOT_LOG", "xml")
    with pytest.raises(ConfigError, match=r"^AWARD_BOT_LOG: expected text or json$"):
        load_settings()
