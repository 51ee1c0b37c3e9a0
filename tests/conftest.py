"""What several tests need: a database in a file, processes that use it, a small regulation."""

import runpy
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from small_regulation import small_regulation
from sqlalchemy.engine import URL

from bot.app import Step
from bot.config import Settings
from bot.database import Database, open_database

HERE = Path(__file__).parent / "bot"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the database is to be."""
    return tmp_path / "award-bot.db"


@pytest.fixture
def url(file: Path) -> URL:
    """The setting that names that file."""
    return Settings(database_url=f"sqlite:///{file}").database_url


@pytest.fixture
async def database(url: URL) -> AsyncIterator[Database]:
    """An open database."""
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
