"""What is counted and measured, for ``GET /metrics``. No label says who or what was written."""

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

UPDATES = Counter(
    "award_bot_updates",
    "Updates received, by kind of event and what came of it",
    ["kind", "result"],
)
REFUSED = Counter(
    "award_bot_refused", "Requests to the webhook that were no updates, by status", ["status"]
)
UPDATE_SECONDS = Histogram(
    "award_bot_update_seconds", "From receiving an update to its commit", buckets=_SECONDS
)
REPLY_SECONDS = Histogram(
    "award_bot_reply_seconds", "From receiving an update to its first reply sent", buckets=_SECONDS
)
SENDS = Counter(
    "award_bot_sends",
    "Attempts to send a part of a message: sent, limited, later, left, moved, failed",
    ["result"],
)
BACKLOG = Gauge("award_bot_backlog", "Messages that wait to be sent")
OLDEST = Gauge("award_bot_oldest_seconds", "How long the oldest of them has waited")

CONTENT_TYPE = CONTENT_TYPE_LATEST


def exposition() -> bytes:
    """All of it as Prometheus reads it, in ``CONTENT_TYPE``."""
    return generate_latest()
