"""Cases of a test that run several at a time, because each of them mostly waits."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

AT_ONCE = 4


@contextmanager
def under_way(
    request: pytest.FixtureRequest, test: Callable[..., None], run: Callable[[Any], None]
) -> Iterator[dict[Any, Future[None]]]:
    """The cases (the argument ``case``) for which this test was asked for; ``run`` is begun."""
    chosen = [
        item.callspec.params["case"]
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.originalname == test.__name__
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {case: pool.submit(run, case) for case in chosen}
