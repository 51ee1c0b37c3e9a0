"""The program in processes that end themselves, as by ``kill -9``, at a point inside.

The program knows nothing of it: what ends it is put around its functions here.
Variables of such a process, beside the program's own: ``KILL_AT`` is ``POINT*N``, the N-th time at
a point of ``POINTS``; ``CLOCK`` is a moment and the system's time at that moment, so that all
processes of a test agree on a time of their own; ``HOLD``, ``SWEEP`` and ``PATIENCE`` are seconds:
how long a silent process counts as alive, from one sweep to the next, how long PostgreSQL bears
one that is silent in the middle of a transaction.
"""

import functools
import importlib
import inspect
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

TELEGRAM = "bot.platforms.telegram"


@dataclass(frozen=True, slots=True)
class Point:
    """Before or after a function of a module (or ``module:Class``), if ``counts`` its arguments."""

    place: str
    name: str
    moment: Literal["before", "after"]
    counts: Callable[..., object] = lambda *_, **__: True


def _with_updates(_c: object, _d: object, incoming: object, *_: object) -> object:
    return incoming


def _with_attempts(_c: object, _d: object, _i: object, attempts: object, *_: object) -> object:
    return attempts


# From an update's arrival to the note that its answer is sent.
POINTS: Mapping[str, Point] = {
    "starting": Point("bot.service:Service", "start", "before"),
    "updates fetched": Point(f"{TELEGRAM}.polling:Client", "updates", "after"),
    "update read": Point(f"{TELEGRAM}.receiving:Receiver", "_keep", "before"),
    "tap to be answered": Point(f"{TELEGRAM}.receiving", "answer", "before"),
    "tap answered": Point(f"{TELEGRAM}.receiving", "answer", "after"),
    "update numbers noted": Point("bot.store", "note_updates", "after"),
    "chats locked": Point("bot.store", "lock_chats", "after"),
    "step done": Point("bot.stepping", "stepped", "after"),
    "answers queued": Point("bot.outgoing", "queue", "after", lambda _, rows: rows),
    "states saved": Point("bot.store", "save", "after"),
    "updates to be committed": Point("bot.writer", "transact", "after", _with_updates),
    "committed": Point("bot.writer:Writer", "_tried", "after"),
    "answer to be offered": Point("bot.outbox:Outbox", "offer", "before"),
    "answer offered": Point("bot.outbox:Outbox", "offer", "after"),
    "update accepted": Point("bot.service:Service", "accept", "after"),
    "webhook to be acknowledged": Point(f"{TELEGRAM}.webhook:Door", "enter", "after"),
    "polling to be acknowledged": Point(f"{TELEGRAM}.polling", "_kept", "after"),
    "budget taken": Point("bot.budget:Budget", "take", "after"),
    "part to be sent": Point(f"{TELEGRAM}.run:Telegram", "send", "before"),
    "part sent": Point(f"{TELEGRAM}.run:Telegram", "send", "after"),
    "attempt to be noted": Point("bot.writer:Writer", "record", "before"),
    "part noted": Point("bot.outgoing", "note_attempt", "after"),
    "message settled": Point("bot.outgoing", "settle", "after", lambda _, keys, *__: keys),
    "attempts to be committed": Point("bot.writer", "transact", "after", _with_attempts),
    "next message read": Point("bot.outgoing", "next_message", "after"),
    "sweep over": Point("bot.service:Service", "sweep", "after"),
    "chat removed": Point("bot.store", "remove", "after", lambda _, ids: ids),
}


def prepare(environment: Mapping[str, str]) -> None:
    """Change the program, which is not running yet, as the variables say."""
    if "KILL_AT" in environment:
        name, _, times = environment["KILL_AT"].rpartition("*")
        _kill_at(POINTS[name], int(times))
    if "CLOCK" in environment:
        moment, _, then = environment["CLOCK"].partition(" ")
        _set_clock(datetime.fromisoformat(moment), float(then))
    if "HOLD" in environment:
        run = importlib.import_module(f"{TELEGRAM}.run")
        _put(run, "Limits", functools.partial(run.Limits, hold_seconds=float(environment["HOLD"])))
    if "SWEEP" in environment:
        _put(importlib.import_module("bot.service"), "SWEEP_SECONDS", float(environment["SWEEP"]))
    if "PATIENCE" in environment:
        _be_patient(1000 * float(environment["PATIENCE"]))


def _kill_at(point: Point, times: int) -> None:
    module, _, kind = point.place.partition(":")
    owner: Any = importlib.import_module(module)
    if kind:
        owner = getattr(owner, kind)
    _put(owner, point.name, _deadly(getattr(owner, point.name), point, times))


def _deadly(function: Callable[..., Any], point: Point, times: int) -> Callable[..., Any]:
    left = times

    def strike(given: tuple[Any, ...], named: Mapping[str, Any]) -> None:
        nonlocal left
        left -= bool(point.counts(*given, **named))
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if inspect.iscoroutinefunction(function):

        async def later(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - another's arguments
            if point.moment == "before":
                strike(given, named)
            result = await function(*given, **named)
            if point.moment == "after":
                strike(given, named)
            return result

        return later

    def now(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - another's arguments
        if point.moment == "before":
            strike(given, named)
        result = function(*given, **named)
        if point.moment == "after":
            strike(given, named)
        return result

    return now


def _set_clock(moment: datetime, then: float) -> None:
    real = importlib.import_module("bot.clock").now

    def now() -> datetime:
        return moment + timedelta(seconds=real().timestamp() - then)

    _put(importlib.import_module(f"{TELEGRAM}.start"), "now", now)


def _be_patient(milliseconds: float) -> None:
    patience = {
        "lock_timeout": 2.5 * milliseconds,
        "statement_timeout": 3 * milliseconds,
        "idle_in_transaction_session_timeout": milliseconds,
    }
    options = " ".join(f"-c {name}={value:.0f}" for name, value in patience.items())
    _put(importlib.import_module("bot.database"), "_PATIENCE", options)


def _put(owner: object, name: str, value: object) -> None:
    assert hasattr(owner, name), f"there is no {name} any more"
    setattr(owner, name, value)
