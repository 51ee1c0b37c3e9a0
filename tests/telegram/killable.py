"""The program in processes that end themselves, as by ``kill -9``, at a point inside.

The program knows nothing of it: what ends it is put around its functions here.
Variables of such a process, beside the program's own: ``KILL_AT`` is ``POINT*N``, the N-th time at
a point of ``POINTS``, counted over all processes by the length of the file ``TALLY``; at
``HANG_AT`` it stands still, as by SIGSTOP. ``CLOCK`` is a moment and the system's time at that
moment, so that all processes of a test agree on a time of their own; ``CLOCK_FILE`` is a file that
holds a moment, which it is until another is written there; ``HOLD``, ``SWEEP`` and
``PATIENCE`` are seconds: how long a silent process counts as alive, from one sweep to the next, how
long PostgreSQL bears one that is silent in the middle of a transaction.
"""

import functools
import importlib
import inspect
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

TELEGRAM = "bot.platforms.telegram"


@dataclass(frozen=True, slots=True)
class Point:
    """Before or after a function of a module (or ``module:Class``), if ``counts`` its arguments.

    ``most`` is how often it is met at least in the conversations of ``talks.SCRIPTS``, however
    updates happen to share transactions.
    """

    place: str
    name: str
    moment: Literal["before", "after"]
    counts: Callable[..., object] = lambda *_, **__: True
    most: int = 20


def _with_updates(_c: object, _d: object, incoming: object, *_: object) -> object:
    return incoming


def _with_attempts(_c: object, _d: object, _i: object, attempts: object, *_: object) -> object:
    return attempts


# From an update's arrival to the note that its answer is sent.
POINTS: Mapping[str, Point] = {
    "starting": Point("bot.service:Service", "start", "before", most=1),
    "updates fetched": Point(f"{TELEGRAM}.polling:Client", "updates", "after", most=10),
    "update read": Point(f"{TELEGRAM}.receiving:Receiver", "_keep", "before"),
    "tap to be answered": Point(f"{TELEGRAM}.receiving", "answer", "before", most=10),
    "tap answered": Point(f"{TELEGRAM}.receiving", "answer", "after", most=10),
    "update numbers noted": Point("bot.store", "note_updates", "after", most=10),
    "chats locked": Point("bot.store", "lock_chats", "after"),
    "step done": Point("bot.stepping", "stepped", "after"),
    "answers queued": Point("bot.outgoing", "queue", "after", lambda _, rows: rows, most=10),
    "states saved": Point("bot.store", "save", "after"),
    "updates to be committed": Point("bot.writer", "transact", "after", _with_updates, most=10),
    "committed": Point("bot.writer:Writer", "_tried", "after"),
    "answer to be offered": Point("bot.outbox:Outbox", "offer", "before"),
    "answer offered": Point("bot.outbox:Outbox", "offer", "after"),
    "update accepted": Point("bot.service:Service", "accept", "after"),
    "webhook to be acknowledged": Point(f"{TELEGRAM}.webhook:Door", "enter", "after"),
    "polling to be acknowledged": Point(f"{TELEGRAM}.polling", "_kept", "after", most=10),
    "budget taken": Point("bot.budget:Budget", "take", "after"),
    "part to be sent": Point(f"{TELEGRAM}.run:Telegram", "send", "before"),
    "part sent": Point(f"{TELEGRAM}.run:Telegram", "send", "after"),
    "attempt to be noted": Point("bot.writer:Writer", "record", "before"),
    "part noted": Point("bot.outgoing", "note_attempt", "after", most=2),
    "message settled": Point("bot.outgoing", "settle", "after", lambda _, keys, *__: keys, most=10),
    "attempts to be committed": Point("bot.writer", "transact", "after", _with_attempts, most=10),
    "next message read": Point("bot.outgoing", "next_message", "after", most=8),
    "sweep over": Point("bot.service:Service", "sweep", "after", most=4),
    "chat removed": Point("bot.store", "remove", "after", lambda _, ids: ids, most=1),
}

# Between a date that falls due, or a round that is announced, and the note that it is told.
REMINDER_POINTS: Mapping[str, Point] = {
    "chats found that are due": Point("bot.falling_due", "_due_chats", "after", most=2),
    "due dates derived": Point("bot.falling_due", "_derived", "after"),
    "reminders written": Point("bot.falling_due", "_told", "after"),
    "names noted": Point(
        "bot.falling_due", "insert_many", "after", lambda *given: given[2], most=2
    ),
    "due chats told": Point("bot.falling_due", "fall_due", "after", most=2),
    "copies begun": Point("bot.broadcasts", "_copied", "before", most=2),
    "copies made": Point("bot.broadcasts", "_copied", "after", most=2),
    "copy to be committed": Point("bot.broadcasts", "copy", "after", most=2),
    "reminders queued": Point("bot.outgoing", "queue", "after", lambda _, rows: rows, most=4),
    "portion done": Point("bot.service:Service", "_portion", "after", most=2),
    "chats claimed": Point("bot.outgoing", "claimable", "after", most=4),
    "budget taken": Point("bot.budget:Budget", "take", "after"),
    "reminder to be sent": Point(f"{TELEGRAM}.run:Telegram", "send", "before"),
    "reminder sent": Point(f"{TELEGRAM}.run:Telegram", "send", "after"),
    "attempt to be noted": Point("bot.writer:Writer", "record", "before"),
    "attempts to be committed": Point("bot.writer", "transact", "after", _with_attempts, most=4),
    "committed": Point("bot.writer:Writer", "_tried", "after", most=4),
}

# Between a question to an office, or what is done about one, and the note that others are told;
# ``most`` holds for two questions that live as in ``desk_life``.
DESK_POINTS: Mapping[str, Point] = {
    "question kept": Point("bot.tickets", "opened", "after", most=2),
    "words kept": Point("bot.tickets", "said", "after", most=8),
    "ticket changed": Point("bot.tickets", "change", "after", most=10),
    "asker to be told": Point("bot.routing", "tell_asker", "after", most=8),
    "order carried out": Point("bot.desk_orders", "done", "after", most=12),
    "update committed": Point("bot.writer:Writer", "_tried", "after"),
    "notices taken": Point("bot.desk_notices", "_entries", "after", most=8),
    "news worded": Point("bot.desk_notices", "_worded", "after", most=16),
    "news queued": Point("bot.outgoing", "queue", "after", lambda _, rows: rows, most=16),
    "lateness found": Point("bot.desk_notices", "_reminded", "after", most=2),
    "message to be sent": Point(f"{TELEGRAM}.run:Telegram", "send", "before"),
    "message sent": Point(f"{TELEGRAM}.run:Telegram", "send", "after"),
    "cards noted": Point("bot.tickets", "note_sent", "after", lambda _, cards, __: cards, most=8),
}


def prepare(environment: Mapping[str, str]) -> None:
    """Change the program, which is not running yet, as the variables say."""
    for variable, end in (("KILL_AT", signal.SIGKILL), ("HANG_AT", signal.SIGSTOP)):
        if variable in environment:
            name, _, times = environment[variable].rpartition("*")
            points = {**POINTS, **REMINDER_POINTS, **DESK_POINTS}
            _strike_at(points[name], int(times), Path(environment["TALLY"]), end)
    if "CLOCK" in environment:
        moment, _, then = environment["CLOCK"].partition(" ")
        _set_clock(_going_on(datetime.fromisoformat(moment), float(then)))
    if "CLOCK_FILE" in environment:
        _set_clock(_standing_still(Path(environment["CLOCK_FILE"])))
    if "HOLD" in environment:
        run = importlib.import_module(f"{TELEGRAM}.run")
        _put(run, "Limits", functools.partial(run.Limits, hold_seconds=float(environment["HOLD"])))
    if "SWEEP" in environment:
        service = importlib.import_module("bot.service")
        for name in ("SWEEP_SECONDS", "REMIND_SECONDS"):
            _put(service, name, float(environment["SWEEP"]))
    if "PATIENCE" in environment:
        _be_patient(1000 * float(environment["PATIENCE"]))


def _strike_at(point: Point, times: int, tally: Path, end: signal.Signals) -> None:
    module, _, kind = point.place.partition(":")
    owner: Any = importlib.import_module(module)
    if kind:
        owner = getattr(owner, kind)
    counting = os.open(tally, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def strike(given: tuple[Any, ...], named: Mapping[str, Any]) -> None:
        if not point.counts(*given, **named):
            return
        os.write(counting, b".")
        if os.lseek(counting, 0, os.SEEK_CUR) == times:  # where this very write has ended
            os.kill(os.getpid(), end)

    _put(owner, point.name, _struck(getattr(owner, point.name), point.moment, strike))


def _struck(function: Callable[..., Any], moment: str, strike: Callable[..., None]) -> Any:  # noqa: ANN401 - of the function's own type
    if inspect.iscoroutinefunction(function):

        async def later(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - another's arguments
            if moment == "before":
                strike(given, named)
            result = await function(*given, **named)
            if moment == "after":
                strike(given, named)
            return result

        return later

    def now(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - another's arguments
        if moment == "before":
            strike(given, named)
        result = function(*given, **named)
        if moment == "after":
            strike(given, named)
        return result

    return now


def _going_on(moment: datetime, then: float) -> Callable[[], datetime]:
    real = importlib.import_module("bot.clock").now
    return lambda: moment + timedelta(seconds=real().timestamp() - then)


def _standing_still(file: Path) -> Callable[[], datetime]:
    return lambda: datetime.fromisoformat(file.read_text("utf-8")).astimezone(UTC)


def _set_clock(now: Callable[[], datetime]) -> None:
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
