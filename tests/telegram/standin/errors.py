"""What the stand-in refuses, in the words of the real Bot API."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook "
    "first"
)
_PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a bot must never do; a test asserts that there is none.

    ``kind`` is ``unknown method``, ``unknown parameter``, ``wrong type``, ``missing parameter``,
    ``refused`` (a message that no Bot API takes: too long, broken HTML, a wrong keyboard …),
    ``careless`` (taken, but not as meant) or ``stand-in`` (it is broken itself).
    """

    kind: str
    method: str
    detail: str


class ApiError(Exception):
    """An answer that is not ok. ``careless``: a bot can know beforehand that it is refused."""

    def __init__(
        self,
        code: int,
        text: str = "",
        *,
        careless: str | None = None,
        parameters: Mapping[str, Any] | None = None,
    ) -> None:
        prefix = _PREFIXES.get(code, "Error")
        self.code = code
        self.description = f"{prefix}: {text}" if text else prefix
        self.careless = careless
        self.parameters = dict(parameters or {})
        super().__init__(self.description)

    def to_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return body | {"parameters": self.parameters} if self.parameters else body


def refused(text: str) -> ApiError:
    """A 400 that is the bot's own fault."""
    return ApiError(400, text, careless="refused")


def too_many(seconds: int) -> ApiError:
    """A 429 that says how long to wait."""
    return ApiError(429, f"retry after {seconds}", parameters={"retry_after": seconds})
