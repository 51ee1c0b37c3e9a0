"""Metrics: what Prometheus reads."""

import re

from bot import metrics


def test_everything_that_is_measured_has_its_name() -> None:
    """The names and labels are those that a dashboard is built on."""
    metrics.UPDATES.labels("said", "done").inc()
    metrics.SENDS.labels("sent").inc()
    metrics.UPDATE_SECONDS.observe(0.01)
    metrics.REPLY_SECONDS.observe(0.02)
    metrics.BACKLOG.set(3)
    metrics.OLDEST.set(4.5)
    shown = metrics.exposition().decode()
    for line in (
        r'award_bot_updates_total{kind="said",result="done"} \d',
        r'award_bot_sends_total{result="sent"} \d',
        r'award_bot_update_seconds_bucket{le="0.05"} \d',
        r"award_bot_update_seconds_count \d",
        r'award_bot_reply_seconds_bucket{le="0.05"} \d',
        r"award_bot_backlog 3.0$",
        r"award_bot_oldest_seconds 4.5$",
    ):
        assert re.search(f"^{line}", shown, re.MULTILINE), line
