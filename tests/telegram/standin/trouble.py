"""The tests' side of the faults: what is to go wrong next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict, Unpack

from standin.chats import Chat
from standin.faults import Hold, Rule, When, error
from standin.server import Server
from standin.world import Call


class Which(TypedDict, total=False):
    """The calls to strike: of a method, of a chat, ``when`` something is true of the call.

    ``times``: how many (1; ``None``: until cancelled), ``after`` how many that go well.
    """

    method: str
    chat: Chat
    when: Callable[[Call], bool]
    times: int | None
    after: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """Each takes what ``Which`` says; the first made that fits a call strikes it.

    What is given back can be cancelled and counts how often it was used.
    """

    server: Server

    def refuse(
        self,
        code: int,
        text: str | None = None,
        *,
        retry_after: int | None = None,
        **which: Unpack[Which],
    ) -> Rule:
        """Do nothing and answer with an error: 400, 403, 429 with ``retry_after``, 500, 502."""
        return self._add(Rule("refuse", error=error(code, text, retry_after)), which)

    def deliver_then_time_out(self, seconds: float = 600.0, **which: Unpack[Which]) -> Rule:
        """Do it and never answer: the client gives up, or is cut off after ``seconds``."""
        return self._add(Rule("lose", seconds=seconds), which)

    def drop(self, moment: When, **which: Unpack[Which]) -> Rule:
        """Close the connection before it is done, or after."""
        return self._add(Rule("drop before" if moment == "before" else "drop after"), which)

    def slow(self, seconds: float, **which: Unpack[Which]) -> Rule:
        """Take this long, then do it and answer."""
        return self._add(Rule("slow", seconds=seconds), which)

    def hold(self, moment: When = "after", **which: Unpack[Which]) -> Hold:
        """Hold a call before it is done, or after, before it is answered."""
        made = Hold(moment, self.server.world)
        self._add(Rule("hold", hold=made), which)
        return made

    def limit(
        self,
        *,
        per_chat: tuple[int, float] | None = None,
        overall: tuple[int, float] | None = None,
    ) -> None:
        """Allow so many messages in so many seconds; what is too much is answered with 429."""
        asked = {"chat": per_chat, "all": overall}
        with self.server.world.lock:
            self.server.buckets.clear()
            self.server.limits = {scope: pair for scope, pair in asked.items() if pair is not None}

    def clear(self) -> None:
        """Nothing goes wrong any more; what is held goes on."""
        with self.server.world.lock:
            for rule in self.server.rules:
                if rule.hold is not None:
                    rule.hold.release()
            self.server.rules.clear()
            self.server.limits.clear()

    def _add(self, rule: Rule, which: Which) -> Rule:
        rule.method = which.get("method")
        rule.chat = which["chat"].id if "chat" in which else None
        rule.when = which.get("when")
        rule.times = which.get("times", 1)
        rule.after = which.get("after", 0)
        with self.server.world.lock:
            self.server.rules.append(rule)
        return rule
