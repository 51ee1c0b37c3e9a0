"""What several tests need: databases, processes that use them, a small regulation."""

import runpy
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

import pytest
from postgres import EMPTY, FULL, Postgres, running
from small_regulation import small_regulation
from sqlalchemy.engine import URL

from bot.app import Step
from bot.config import Settings
from bot.database import Database, open_database

pytest_plugins = ["offices"]

HERE = Path(__file__).parent / "bot"

Open = Callable[[URL], Awaitable[Database]]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, started when it is first needed. If it cannot be, the test fails."""
    with running() as server:
        yield server


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is to be, if it is a file."""
    return tmp_path / "award-bot.db"


@pytest.fixture
def file_url(file: Path) -> URL:
    """The setting that names that file."""
    return Settings(database_url=f"sqlite:///{file}").database_url


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database: whatever is stored is tried on both."""
    return str(request.param)


@contextmanager
def _made(kind: str, template: str, request: pytest.FixtureRequest) -> Iterator[URL]:
    if kind == "sqlite":
        yield request.getfixturevalue("file_url")
    else:
        server: Postgres = request.getfixturevalue("postgres")
        with server.database(template) as url:
            yield url


@pytest.fixture
def blank(kind: str, request: pytest.FixtureRequest) -> Iterator[URL]:
    """The setting that names a database without any table."""
    with _made(kind, EMPTY, request) as url:
        yield url


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest) -> Iterator[URL]:
    """The setting that names a database of either kind."""
    with _made(kind, FULL, request) as url:
        yield url


@pytest.fixture
def server_url(postgres: Postgres) -> Iterator[URL]:
    """The setting that names a database on the PostgreSQL server."""
    with postgres.database(FULL) as url:
        yield url


@pytest.fixture
async def opened() -> AsyncIterator[Open]:
    """Opens a database as one process among several does; closes all at the end."""
    async with AsyncExitStack() as ends:

        async def once(url: URL) -> Database:
            database = await open_database(url, alone=False)
            ends.push_async_callback(database.close)
            return database

        yield once


@pytest.fixture
async def database(url: URL) -> AsyncIterator[Database]:
    """An open database of either kind, as the only process has it."""
    database = await open_database(url, alone=True)
    yield database
    await database.close()


@pytest.fixture
def step() -> Step:
    """A conversation that keeps and repeats what is said."""
    made: Step = runpy.run_path(str(HERE / "talker.py"))["step"]
    return made


@pytest.fixture
def talker() -> str:
    """The script of a process that talks."""
    return str(HERE / "talker.py")


@pytest.fixture
def opener() -> str:
    """The script of a process that opens the database."""
    return str(HERE / "opener.py")


@pytest.fixture
def small() -> str:
    """The text of a regulation's file that has every kind of paragraph."""
    return small_regulation()
