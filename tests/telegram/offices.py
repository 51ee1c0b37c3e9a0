"""What several tests of the program as a process need."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from nursery import Nursery
from office import Office, opened
from program import MODES, Environment, free_port, settings
from standin import StandIn


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Begins processes of the program at once."""
    with Nursery() as nursery:
        yield nursery


@pytest.fixture
def telegram() -> Iterator[StandIn]:
    """Telegram; at the end the bot must have done nothing that it must not do."""
    with StandIn() as telegram:
        yield telegram
        assert telegram.faults == []


@pytest.fixture
def environment(telegram: StandIn, file: Path) -> Environment:
    """The settings for polling."""
    return settings(telegram, file, free_port())


@pytest.fixture(scope="module", params=MODES)
def office(
    request: pytest.FixtureRequest, nursery: Nursery, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """The program, by polling and by webhook, with as many visitors as the tests of a file need."""
    folder = tmp_path_factory.mktemp("office")
    with opened(nursery, folder, mode=request.param) as office:
        yield office
