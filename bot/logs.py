"""Logs: on standard error, as text for people or as JSON for programs.

This project logs with structlog, libraries with ``logging``; both come out alike. No line quotes
a user, and none holds a secret.
"""

import logging
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# A shorter one might be a word that stands in any line.
_SHORTEST_SECRET = 6


class Formatter(structlog.stdlib.ProcessorFormatter):
    """Structlog's, with secrets blotted out of the finished line, as a last line of defence."""

    secrets: tuple[str, ...] = ()

    def format(self, record: logging.LogRecord) -> str:
        """Write a record without what it was formatted from: arguments may hold texts."""
        line = super().format(record)
        for secret in self.secrets:
            line = line.replace(secret, "***")
        return line


def configure(
    style: str | None, *, level: int = logging.WARNING, secrets: Iterable[str] = ()
) -> None:
    """Log as ``text`` or ``json``; by default text on a terminal, else JSON.

    ``level`` is for this project's own loggers; libraries are heard from WARNING.
    """
    chosen = style or ("text" if sys.stderr and sys.stderr.isatty() else "json")
    render: list[Processor] = [_text]
    if chosen == "json":
        render = [_json_keys, structlog.processors.JSONRenderer(ensure_ascii=False, default=str)]
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _without_values,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *common,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    formatter = Formatter(
        foreign_pre_chain=common,
        processors=[_time, structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
    )
    formatter.secrets = tuple(each for each in secrets if len(each) >= _SHORTEST_SECRET)
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("bot").setLevel(level)


@contextmanager
def handling(update: object) -> Iterator[None]:
    """Every line that is logged meanwhile, in this task, holds the update's id."""
    with structlog.contextvars.bound_contextvars(update=update):
        yield


def place(error: BaseException) -> str:
    """Where an error came from, innermost first, without any value: it may quote a user."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def _without_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    # An error's message can quote what a user wrote or an address with a token.
    event.pop("stack_info", None)
    found: Any = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = place(error)
    return event


def _time(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    event["time"] = datetime.fromtimestamp(event["_record"].created, UTC).isoformat()
    return event


def _json_keys(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    first = {"time": event.pop("time"), "level": event.pop("level"), "logger": event.pop("logger")}
    return {**first, "message": event.pop("event"), **event}


def _text(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    event.pop("time")
    level, name, said = event.pop("level").upper(), event.pop("logger"), event.pop("event")
    more = "".join(f" {key}={value}" for key, value in event.items())
    return f"{level} {name}: {said}{more}"
