"""The assistant on Telegram."""

import os

# Said before python-telegram-bot is used: lengths of time are timedelta, as its next version has
# them; otherwise every "too many requests" would come with a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")
