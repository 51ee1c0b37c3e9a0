"""Delivery by webhook: several connections at once, tried again until it is answered well."""

import asyncio
import contextlib
import json
import re
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import aiohttp

from standin.errors import ApiError, refused
from standin.params import Json
from standin.updates import Update, Updates
from standin.world import Call

CONNECTIONS = 40
_NOT_IN_ANSWERS = re.compile(r"get.*|setwebhook|deletewebhook|close|logout")
_PORTS = {None, 443, 80, 88, 8443}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to hand an update over: the status of the answer, or the error."""

    update_id: int
    url: str
    status: int | None
    error: str | None = None


@dataclass(slots=True)
class Webhook:
    """Where updates go.

    Updates of one queue wait for each other, as with the real one: a chat's messages are one
    queue, what a user presses is another. ``ordered=False`` gives each a queue of its own.
    ``backends`` stand behind a public URL, as behind a load balancer: its beginning, and the
    addresses that take turns. ``run`` executes a method that comes with an answer.
    """

    updates: Updates
    run: Callable[[str, Json], Awaitable[object]]
    local: bool = True
    ordered: bool = True
    timeout: float = 30.0
    pauses: Sequence[float] = (0.02, 0.05, 0.1, 0.2, 0.5)
    backends: dict[str, list[str]] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    url: str = ""
    secret: str = ""
    connections: int = CONNECTIONS
    last_error: tuple[int, str] | None = None
    _turn: int = 0
    _session: aiohttp.ClientSession | None = None
    _slots: asyncio.Semaphore | None = None
    _queues: dict[str, deque[Update]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def busy(self) -> bool:
        """Whether something is on its way."""
        return bool(self._queues)

    async def set(self, call: Call, given: Json) -> bool:
        """``setWebhook``; with an empty URL there is none any more."""
        self._check(given)
        if self._same(given):
            return True
        await self.stop()
        updates = self.updates
        with updates.world.lock:
            updates.allow(call, given)
            if given.get("drop_pending_updates"):
                updates.forget()
            self.url, self.secret = given["url"], given.get("secret_token", "")
            self.connections = given.get("max_connections", CONNECTIONS)
            updates.webhook = bool(self.url)
            if self.url:
                updates.interrupt(ApiError(409, "terminated by setWebhook request"))
                self._open()
                for update in [*updates.pending.values(), *updates.again]:
                    self.enqueue(update)
                updates.again.clear()
        return True

    async def delete(self, call: Call, given: Json) -> bool:
        """``deleteWebhook``."""
        return await self.set(call, {**given, "url": ""})

    def info(self) -> Json:
        """``getWebhookInfo``."""
        found: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.pending),
        }
        if self.url:
            found |= {"max_connections": self.connections, "ip_address": "127.0.0.1"}
        if self.updates.allowed:
            found["allowed_updates"] = list(self.updates.allowed)
        if self.last_error:
            found |= {
                "last_error_date": self.last_error[0],
                "last_error_message": self.last_error[1],
            }
        return found

    def enqueue(self, update: Update) -> None:
        """Send an update as soon as its queue and a connection are free; in the loop's thread."""
        if not self.url:
            return
        key = update.queue if self.ordered else f"update {update.id}"
        queue = self._queues.setdefault(key, deque())
        queue.append(update)
        if len(queue) == 1:
            task = asyncio.get_running_loop().create_task(self._drain(key, queue))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Give up what is on its way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._queues.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _same(self, given: Json) -> bool:
        """Whether nothing changes: then what is on its way goes on."""
        asked = (
            given["url"],
            given.get("secret_token", ""),
            given.get("max_connections", CONNECTIONS),
        )
        names = given.get("allowed_updates")
        return (
            bool(self.url)
            and asked == (self.url, self.secret, self.connections)
            and (names is None or tuple(names) == self.updates.allowed)
            and not given.get("drop_pending_updates")
        )

    def _check(self, given: Json) -> None:
        url = given["url"]
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", given.get("secret_token", "")):
            raise refused("secret token contains unallowed characters")
        if not 1 <= given.get("max_connections", CONNECTIONS) <= 100:
            raise refused("max_connections must be from 1 to 100")
        if not url:
            return
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise refused("bad webhook: invalid URL specified")
        if self.local:
            return
        if parts.scheme != "https":
            raise refused("bad webhook: An HTTPS URL must be provided for webhook")
        if parts.port not in _PORTS:
            raise refused("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")

    def _open(self) -> None:
        self._slots = asyncio.Semaphore(self.connections)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0),
            timeout=aiohttp.ClientTimeout(total=self.timeout),
        )

    async def _drain(self, key: str, queue: deque[Update]) -> None:
        failures = 0
        while queue:
            assert self._slots is not None
            async with self._slots:
                taken = await self._post(queue[0])
            if taken:
                self.updates.done(queue.popleft().id)
                failures = 0
            else:
                await asyncio.sleep(self.pauses[min(failures, len(self.pauses) - 1)])
                failures += 1
        with self.updates.world.lock:
            del self._queues[key]
            self.updates.world.changed()

    async def _post(self, update: Update) -> bool:
        assert self._session is not None
        url = self._target()
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        status, error = None, None
        try:
            async with self._session.post(
                url, json=update.to_json(), headers=headers, allow_redirects=False
            ) as answer:
                status = answer.status
                if not 200 <= status < 300:
                    error = f"Wrong response from the webhook: {status} {answer.reason}"
                elif answer.content_type == "application/json":
                    await self._execute(await answer.read())
        except (aiohttp.ClientError, TimeoutError) as failed:
            error = f"{type(failed).__name__}"
        with self.updates.world.lock:
            self.deliveries.append(Delivery(update.id, url, status, error))
            if error is not None:
                self.last_error = (self.updates.world.stamp(), error)
            self.updates.world.changed()
        return error is None

    def _target(self) -> str:
        for beginning, addresses in self.backends.items():
            if self.url.startswith(beginning):
                self._turn += 1
                return addresses[self._turn % len(addresses)] + self.url.removeprefix(beginning)
        return self.url

    async def _execute(self, body: bytes) -> None:
        """Run the method that an answer carries; nobody learns its result."""
        given = _object(body)
        method = given.pop("method", "")
        if isinstance(method, str) and method and not _NOT_IN_ANSWERS.fullmatch(method.lower()):
            with contextlib.suppress(ApiError):
                await self.run(method, given)


def _object(body: bytes) -> Json:
    try:
        found = json.loads(body) if body else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
