"""The HTTP side: reads a request, lets faults strike, executes, answers."""

import asyncio
import contextlib
import hmac
import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from standin import inline, profile, sending
from standin.errors import ApiError, Fault, too_many
from standin.faults import Bucket, Rule
from standin.params import File, Json, find, read
from standin.updates import Updates
from standin.webhook import Webhook
from standin.world import Call, Via, World

SYNCHRONOUS: dict[str, Callable[[World, Call, Json], Any]] = {
    **sending.METHODS, **profile.METHODS, **inline.METHODS,
}  # fmt: skip
LIMITED = frozenset({"sendMessage", "sendDocument", "sendPhoto"})
LARGEST = 60_000_000


class _Dropped(Exception):  # noqa: N818 - said of a connection
    pass


@dataclass(slots=True)
class Server:
    """What answers the bot; lives in the loop's thread."""

    world: World
    updates: Updates
    webhook: Webhook
    rules: list[Rule] = field(default_factory=list)
    limits: dict[str, tuple[int, float]] = field(default_factory=dict)
    buckets: dict[str, Bucket] = field(default_factory=dict)

    def application(self) -> web.Application:
        """The routes."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self.handle)
        return app

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request of the bot."""
        method = request.match_info["method"]
        if not hmac.compare_digest(request.match_info["token"], self.world.token):
            return _answer(ApiError(401))
        raw, files = await _read(request)
        call = self._call(method, raw | files, "http")
        try:
            return await self._with_faults(call, raw, files)
        except asyncio.CancelledError:
            with self.world.lock:
                call.given_up = True
                self.world.changed()
            raise
        except _Dropped:
            if request.transport is not None:
                request.transport.abort()
            return web.Response(status=500)

    async def run(self, method: str, given: Json, via: Via = "webhook") -> object:
        """Execute a method that came with an answer to a webhook. Raises ApiError."""
        call = self._call(method, given, via)
        return await self._settle(call, given, {})

    def _call(self, method: str, given: Json, via: Via) -> Call:
        with self.world.lock:
            known = find(method)
            name = known.name if known else method
            call = Call(len(self.world.calls) + 1, name, given, via)
            self.world.calls.append(call)
            self.world.changed()
            return call

    async def _with_faults(self, call: Call, raw: Json, files: dict[str, File]) -> web.Response:
        rule = next((rule for rule in list(self.rules) if rule.takes(call)), None)
        if rule is not None:
            call.fault = rule.effect
            await _before(call, rule)
        try:
            if rule is not None and rule.error is not None:
                self._failed(call, rule.error)
                raise rule.error
            result = await self._settle(call, raw, files)
        except ApiError as error:
            result = error
        if rule is not None:
            await _after(call, rule)
        with self.world.lock:
            call.status = result.code if isinstance(result, ApiError) else 200
            self.world.changed()
        return _answer(result)

    async def _settle(self, call: Call, raw: Json, files: dict[str, File]) -> object:
        """Execute a call and keep book of it. Raises ApiError."""
        try:
            result = await self._execute(call, raw, files)
        except ApiError as error:
            self._failed(call, error)
            raise
        except Exception as bug:
            # Nobody reads the log of this thread: a test must show it.
            fault = Fault("stand-in", call.method, repr(bug))
            self.world.faults.append(fault)
            raise ApiError(500) from bug
        with self.world.lock:
            call.accepted = True
            call.result = result
            self.world.changed()
        return result

    async def _execute(self, call: Call, raw: Json, files: dict[str, File]) -> object:
        known = find(call.method)
        if known is None:
            raise ApiError(404, careless="unknown method")
        given = read(known, raw, files)
        call.parameters = given
        if known.name == "getUpdates":
            return await self.updates.poll(call, given)
        if known.name == "setWebhook":
            return await self.webhook.set(call, given)
        if known.name == "deleteWebhook":
            return await self.webhook.delete(call, given)
        with self.world.lock:
            if known.name == "getWebhookInfo":
                return self.webhook.info()
            if known.name in LIMITED:
                self._budget(given)
            return SYNCHRONOUS[known.name](self.world, call, given)

    def _budget(self, given: Json) -> None:
        now = time.monotonic()
        waits = [0.0]
        for scope, (burst, seconds) in self.limits.items():
            key = f"{given['chat_id']}" if scope == "chat" else ""
            bucket = self.buckets.setdefault(key, Bucket(burst, seconds, burst, now))
            waits.append(bucket.take(now))
        if max(waits) > 0:
            raise too_many(math.ceil(max(waits)))

    def _failed(self, call: Call, error: ApiError) -> None:
        with self.world.lock:
            call.description = error.description
            if error.careless is not None:
                self.world.faults.append(Fault(error.careless, call.method, error.description))
            self.world.changed()


async def _before(call: Call, rule: Rule) -> None:
    if rule.effect == "drop before":
        raise _Dropped
    if rule.effect == "slow":
        await asyncio.sleep(rule.seconds)
    if rule.hold is not None and rule.hold.when == "before" and not await rule.hold.stay(call):
        raise _Dropped


async def _after(call: Call, rule: Rule) -> None:
    if rule.effect == "lose":
        await asyncio.sleep(rule.seconds)
        raise _Dropped
    if rule.effect == "drop after":
        raise _Dropped
    if rule.hold is not None and rule.hold.when == "after" and not await rule.hold.stay(call):
        raise _Dropped


def _answer(result: object) -> web.Response:
    if isinstance(result, ApiError):
        body, status = result.to_json(), result.code
    else:
        body, status = {"ok": True, "result": result}, 200
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(text=text, status=status, content_type="application/json")


async def _read(request: web.Request) -> tuple[Json, dict[str, File]]:
    raw: Json = dict(request.query)
    files: dict[str, File] = {}
    if request.content_type == "application/json":
        with contextlib.suppress(ValueError):
            body = await request.json() if request.can_read_body else {}
            raw |= body if isinstance(body, dict) else {}
        return raw, files
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = File(value.filename, value.file.read(), value.content_type)
        else:
            raw[name] = value
    return raw, files
