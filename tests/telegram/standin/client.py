"""A bare client: what a bot sends and how it is answered, without a library between."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from standin.control import StandIn

Json = dict[str, Any]


def ask(telegram: StandIn, method: str, **given: object) -> Json:
    """Call a method with parameters as JSON; gives the whole answer."""
    return ask_as(telegram, telegram.token, method, json.dumps(given).encode())


def ask_as(
    telegram: StandIn,
    token: str,
    method: str,
    body: bytes,
    content_type: str = "application/json",
) -> Json:
    """Call a method with this token and body. Raises OSError or HTTPException if it is dropped."""
    place = urlsplit(telegram.base)
    assert place.hostname is not None
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
    try:
        headers = {"Content-Type": content_type}
        connection.request("POST", f"{place.path}{token}/{method}", body, headers)
        answer = connection.getresponse()
        found: Json = json.loads(answer.read())
        assert answer.status == found.get("error_code", 200)
        return found
    finally:
        connection.close()


def said(telegram: StandIn, method: str, **given: object) -> str:
    """What a call is refused with, or ``ok``."""
    answer = ask(telegram, method, **given)
    return "ok" if answer["ok"] else str(answer["description"])
