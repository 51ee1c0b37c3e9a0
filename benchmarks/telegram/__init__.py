"""Updates a second and latency of Telegram bots by webhook; see README.md."""
