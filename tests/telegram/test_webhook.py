"""The webhook: who may deliver, when 200 is answered, and how the program says how it is."""

import asyncio
import json
import signal
import socket
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from adapter import Noting, client_of, receiver_of
from standin import StandIn

from bot.config import Listen
from bot.errors import ConfigError
from bot.platforms.telegram.polling import Client
from bot.platforms.telegram.serving import serving
from bot.platforms.telegram.webhook import MOST_BYTES, SECRET_HEADER, Door, Hook, application

HOOK = Hook("https://bot.example/tele%20gram", "a-secret")
PERSON = {"id": 5, "is_bot": False, "first_name": "王"}
UPDATE = {
    "update_id": 9,
    "message": {
        "message_id": 1,
        "date": 0,
        "chat": {"id": 5, "type": "private"},
        "from": PERSON,
        "text": "你好",
    },
}


@pytest.fixture
async def telegram_client() -> AsyncIterator[Client]:
    """A client that knows who it is."""
    with StandIn() as telegram:
        async with client_of(telegram) as client:
            yield client


@pytest.fixture
def service() -> Noting:
    """What updates are given to."""
    return Noting()


@pytest.fixture
def door(telegram_client: Client, service: Noting) -> Door:
    """Where they come in: open."""
    door = Door()
    door.open(receiver_of(telegram_client, service).receive, service.ping)
    return door


@pytest.fixture
async def web(door: Door) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever calls the server."""
    transport = httpx.ASGITransport(application(door, HOOK), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="https://bot.example") as client:
        yield client


async def _deliver(web: httpx.AsyncClient, body: bytes | None = None) -> int:
    content = json.dumps(UPDATE).encode() if body is None else body
    headers = {SECRET_HEADER: HOOK.secret}
    return (await web.post("/tele gram", content=content, headers=headers)).status_code


async def test_it_answers_only_when_the_update_is_kept(
    web: httpx.AsyncClient, service: Noting
) -> None:
    """200 comes after the commit and not before."""
    delivery = asyncio.create_task(_deliver(web))
    await service.begun.wait()
    assert not delivery.done()
    service.open.set()
    assert await delivery == 200
    assert service.ids == [9]


@pytest.mark.parametrize("secret", [None, "", "a-secre", "a-secret2", "A-SECRET", "秘密"])
async def test_nobody_delivers_without_the_secret(
    web: httpx.AsyncClient, service: Noting, secret: str | None
) -> None:
    """A wrong secret or none: 401, whatever is delivered."""
    headers = [] if secret is None else [(SECRET_HEADER.encode(), secret.encode())]
    answer = await web.post("/tele gram", content=b"junk", headers=headers)
    assert answer.status_code == 401
    assert service.given == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"junk", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"update_id": "9"}', 400),
        (b"[" * 100_000, 400),
        (b" " * (MOST_BYTES + 1), 413),
        (b'{"update_id": 10}', 200),
        (b'{"update_id": 10, "message": {"text": "no more than that"}}', 200),
        (b'{"update_id": 10, "message": null, "new_in_2030": {"x": 1}}', 200),
    ],
)
async def test_what_is_no_update_is_refused_and_what_cannot_be_read_is_passed_over(
    web: httpx.AsyncClient, service: Noting, body: bytes, status: int
) -> None:
    """Telegram would deliver an unreadable update for ever; anything else is not Telegram's."""
    assert await _deliver(web, body) == status
    assert service.given == []


async def test_while_the_database_is_away_updates_are_sent_back(
    web: httpx.AsyncClient, service: Noting
) -> None:
    """503, so that Telegram delivers it again; then it is kept."""
    service.open.set()
    service.away = 1
    assert [await _deliver(web), await _deliver(web)] == [503, 200]
    assert service.ids == [9]


async def test_at_the_end_what_is_under_way_is_finished_and_the_rest_sent_back(
    web: httpx.AsyncClient, service: Noting, door: Door
) -> None:
    """An update that is being kept is answered with 200, one that comes later with 503."""
    first = asyncio.create_task(_deliver(web))
    await service.begun.wait()
    closing = asyncio.create_task(door.close(30))
    await asyncio.sleep(0)
    assert await _deliver(web) == 503
    assert not closing.done()
    service.open.set()
    assert await first == 200
    await closing
    assert len(service.given) == 1


async def test_ending_does_not_wait_for_ever(
    web: httpx.AsyncClient, service: Noting, door: Door
) -> None:
    """What hangs is left behind: Telegram delivers it again."""
    hanging = asyncio.create_task(_deliver(web))
    await service.begun.wait()
    await door.close(0.01)
    service.open.set()
    assert await hanging == 200


async def test_the_program_says_how_it_is(
    web: httpx.AsyncClient, service: Noting, door: Door
) -> None:
    """Alive always; ready if the database is there, and neither before the start nor at the end."""

    async def found(path: str) -> int:
        return (await web.get(path)).status_code

    assert [await found("/healthz"), await found("/readyz")] == [200, 200]
    service.away = 1
    assert [await found("/healthz"), await found("/readyz"), await found("/readyz")] == [
        200,
        503,
        200,
    ]
    await door.close(1)
    assert [await found("/healthz"), await found("/readyz")] == [200, 503]


async def test_metrics_are_given_in_the_form_of_prometheus(web: httpx.AsyncClient) -> None:
    """Everything that is counted can be read."""
    answer = await web.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert "award_bot_update_seconds_bucket" in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/tele gram", 405), ("POST", "/healthz", 405), ("GET", "/", 404)],
)
async def test_nothing_else_is_served(
    web: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    """Other paths and methods are refused."""
    assert (await web.request(method, path)).status_code == status


async def test_without_a_webhook_only_the_rest_is_served() -> None:
    """While polling, the server only says how the program is."""
    transport = httpx.ASGITransport(application(Door()))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as web:
        assert (await web.get("/healthz")).status_code == 200
        assert (await web.post("/tele gram")).status_code == 404


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://bot.example", "/"),
        ("https://bot.example/", "/"),
        ("https://bot.example/a/b", "/a/b"),
        ("https://bot.example:8443/a%20b", "/a b"),
    ],
)
def test_the_webhook_is_at_the_path_of_its_address(url: str, path: str) -> None:
    """Whatever follows the host in the public address."""
    assert Hook(url, "a-secret").path == path


async def test_a_server_listens_and_leaves_signals_alone(door: Door) -> None:
    """It answers at the address it gives, and the program's own signal handlers stay."""
    before = [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)]
    async with serving(application(door), Listen("127.0.0.1", 0)) as found:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{found.port}") as web:
            assert (await web.get("/healthz")).text == "alive\n"
        assert [signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)] == before


@pytest.fixture
def taken() -> Iterator[Listen]:
    """An address at which somebody listens already."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield Listen(*listener.getsockname())


@pytest.mark.parametrize("listen", [None, Listen("192.0.2.1", 80), Listen("a.invalid", 80)])
async def test_an_address_that_cannot_be_used_is_told(taken: Listen, listen: Listen | None) -> None:
    """Taken, of another machine, or none at all: the setting's name and what is expected."""
    with pytest.raises(ConfigError, match=r"^AWARD_BOT_LISTEN: expected an address of this mach"):
        async with serving(application(Door()), listen or taken):
            raise AssertionError("nothing can be served there")
