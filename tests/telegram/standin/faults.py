"""Faults that a test injects: refusals, lost answers, dropped connections, moments to stop at."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from standin.errors import ApiError, too_many
from standin.world import Call, World

Effect = Literal["refuse", "lose", "drop before", "drop after", "slow", "hold"]
When = Literal["before", "after"]

# What the real one says if nothing else is asked for.
_TEXTS = {
    400: "wrong request",
    403: "bot was blocked by the user",
}


@dataclass(slots=True, eq=False)
class Hold:
    """A request that stops at a moment: before it has its effect, or after, before the answer."""

    when: When
    world: World
    held: list[Call] = field(default_factory=list)
    _open: threading.Event = field(default_factory=threading.Event)
    _dropped: bool = False
    _waiting: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = field(default_factory=list)

    def wait(self, timeout: float = 30.0) -> Call:
        """Wait until a request is held. Raises TimeoutError."""
        if not self.world.wait(lambda: self.held, timeout):
            raise TimeoutError("no request came to be held")
        return self.held[-1]

    def release(self) -> None:
        """Let it go on, and all that come after."""
        with self.world.lock:
            self._open.set()
            for loop, event in self._waiting:
                loop.call_soon_threadsafe(event.set)

    def drop(self) -> None:
        """Close its connection without an answer; what has not had its effect never will."""
        self._dropped = True
        self.release()

    async def stay(self, call: Call) -> bool:
        """Wait in the server; false if the connection is to be dropped."""
        event = asyncio.Event()
        with self.world.lock:
            self.held.append(call)
            self._waiting.append((asyncio.get_running_loop(), event))
            if self._open.is_set():
                event.set()
            self.world.changed()
        await event.wait()
        return not self._dropped


@dataclass(slots=True, eq=False)
class Rule:
    """What is to go wrong, for which calls, how often (``None``: always), after how many."""

    effect: Effect
    method: str | None = None
    chat: int | None = None
    times: int | None = 1
    after: int = 0
    when: Callable[[Call], bool] | None = None
    error: ApiError | None = None
    seconds: float = 0.0
    hold: Hold | None = None
    used: int = 0

    def cancel(self) -> None:
        """Nothing more goes wrong."""
        self.times = 0

    def takes(self, call: Call) -> bool:
        """Whether it strikes this call; counts."""
        if self.times is not None and self.used >= self.times:
            return False
        if self.method is not None and self.method.lower() != call.method.lower():
            return False
        if self.chat is not None and str(call.parameters.get("chat_id")) != str(self.chat):
            return False
        if self.when is not None and not self.when(call):
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.used += 1
        return True


def error(code: int, text: str | None, retry_after: int | None) -> ApiError:
    """The answer of a refusal, as the real one would put it."""
    if code == 429:
        return too_many(1 if retry_after is None else retry_after)
    return ApiError(code, _TEXTS.get(code, "") if text is None else text)


@dataclass(slots=True)
class Bucket:
    """At most ``burst`` calls at once, refilled at ``burst`` in ``seconds``."""

    burst: float
    seconds: float
    level: float
    at: float

    def take(self, now: float) -> float:
        """Take one; gives how long to wait if there is none."""
        rate = self.burst / self.seconds
        self.level = min(self.burst, self.level + (now - self.at) * rate)
        self.at = now
        if self.level >= 1:
            self.level -= 1
            return 0.0
        return (1 - self.level) / rate
