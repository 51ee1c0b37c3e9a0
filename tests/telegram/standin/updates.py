"""Updates and how they reach the bot that asks for them: offsets, confirmation, redelivery."""

import asyncio
import random
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from standin.errors import OTHER_POLLER, WEBHOOK_ACTIVE, ApiError, Fault
from standin.params import Json
from standin.world import Call, World

KINDS = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages",
    "message_reaction", "message_reaction_count", "inline_query", "chosen_inline_result",
    "callback_query", "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll",
    "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
    "removed_chat_boost", "managed_bot", "guest_message",
})  # fmt: skip
# Only sent to a bot that asks for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
LONGEST_POLL = 50


@dataclass(frozen=True, slots=True)
class Update:
    """One update; those of one ``queue`` reach a webhook one after another."""

    id: int
    kind: str
    payload: Json
    queue: str

    def to_json(self) -> Json:
        """As the Bot API has it."""
        return {"update_id": self.id, self.kind: self.payload}


@dataclass(slots=True)
class Updates:
    """All updates ever made (``made``), and those the bot has not confirmed (``pending``).

    ``again`` are confirmed ones that are to be delivered once more. ``pushed`` is told of each
    that a webhook is to be sent, with the lock held; ``announced`` counts those that have not got
    there yet.
    """

    world: World
    made: dict[int, Update] = field(default_factory=dict)
    pending: OrderedDict[int, Update] = field(default_factory=OrderedDict)
    again: list[Update] = field(default_factory=list)
    allowed: tuple[str, ...] = ()
    webhook: bool = False
    paused: bool = False
    announced: int = 0
    pushed: Callable[[Update], None] = lambda _: None
    next_id: int = 700_000_001
    _kept_back: list[Update] = field(default_factory=list)
    _poller: asyncio.Future[bool] | None = None
    _loop: asyncio.AbstractEventLoop | None = None

    def add(self, kind: str, payload: Json, queue: str, *, force: bool = False) -> int | None:
        """Make an update; nothing if the bot does not want this kind (unless forced)."""
        with self.world.lock:
            wanted = kind in self.allowed if self.allowed else kind not in ON_REQUEST
            if not wanted and not force:
                return None
            update = Update(self.next_id, kind, payload, queue)
            self.next_id += 1
            self.made[update.id] = self.pending[update.id] = update
            self._tell(update)
            return update.id

    def repeat(self, ids: Iterable[int] | None, seed: int | None) -> list[int]:
        """Deliver these (or all) once more, shuffled if there is a seed."""
        with self.world.lock:
            chosen = [self.made[i] for i in (list(self.made) if ids is None else ids)]
            if seed is not None:
                random.Random(seed).shuffle(chosen)
            for update in chosen:
                if self.webhook:
                    queue = f"again {update.id}" if seed is not None else update.queue
                    self._tell(Update(update.id, update.kind, update.payload, queue))
                else:
                    self.again.append(update)
                    self._tell(update)
            return [update.id for update in chosen]

    def done(self, update_id: int) -> None:
        """The bot has confirmed this one."""
        with self.world.lock:
            self.pending.pop(update_id, None)
            self.world.changed()

    def forget(self) -> None:
        """Drop what is pending."""
        with self.world.lock:
            self.pending.clear()
            self.again.clear()
            self.world.changed()

    def allow(self, call: Call, given: Json) -> None:
        """Note which kinds the bot wants; without a word what it said last holds."""
        names = given.get("allowed_updates")
        if names is None:
            return
        if not isinstance(names, list) or any(not isinstance(name, str) for name in names):
            raise ApiError(400, "can't parse allowed updates", careless="wrong type")
        for name in sorted(set(names) - KINDS):
            detail = f"there is no kind of update {name}"
            self.world.faults.append(Fault("careless", call.method, detail))
        self.allowed = tuple(names)

    def interrupt(self, error: ApiError) -> None:
        """End the long poll that is under way; from the loop's own thread."""
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(error)

    async def poll(self, call: Call, given: Json) -> list[Json]:
        """``getUpdates``: what comes from ``offset`` on; all before it is confirmed."""
        with self.world.lock:
            if self.webhook:
                raise ApiError(409, WEBHOOK_ACTIVE)
            self.interrupt(ApiError(409, OTHER_POLLER))
            self.allow(call, given)
            self._confirm(given.get("offset", 0))
            limit = min(max(given.get("limit", 100), 1), 100)
            found = self._batch(limit)
            timeout = min(given.get("timeout", 0), LONGEST_POLL)
            if found or timeout <= 0:
                return found
            self._loop = asyncio.get_running_loop()
            mine = self._poller = self._loop.create_future()
        try:
            await asyncio.wait_for(mine, timeout)
        except TimeoutError:
            return []
        finally:
            if self._poller is mine:
                self._poller = None
        with self.world.lock:
            return self._batch(limit)

    def resume(self) -> None:
        """Go on delivering after ``paused``."""
        with self.world.lock:
            self.paused = False
            kept, self._kept_back = self._kept_back, []
            for update in kept:
                self._tell(update)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = ([0, *self.pending][offset:] or [0])[0]
        while self.pending and next(iter(self.pending)) < offset:
            self.pending.popitem(last=False)
        self.world.changed()

    def _batch(self, limit: int) -> list[Json]:
        if self.paused:
            return []
        repeated, self.again = self.again[:limit], self.again[limit:]
        fresh = (
            u for u, _ in zip(self.pending.values(), range(limit - len(repeated)), strict=False)
        )
        found = [update.to_json() for update in (*repeated, *fresh)]
        self.world.changed()
        return found

    def _tell(self, update: Update) -> None:
        if self.paused:
            self._kept_back.append(update)
        elif self.webhook:
            self.announced += 1
            self.pushed(update)
        elif self._poller is not None and self._loop is not None:
            self._loop.call_soon_threadsafe(self._wake)
        self.world.changed()

    def _wake(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(True)
