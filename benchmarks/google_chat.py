"""Google Chat: how fast a conversation is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/google_chat.py --messages 1000000
"""

from __future__ import annotations

from make_google_chat import make_google_chat
from measure_reading import ORJSON, tell_one_form

RATE = 100_000

if __name__ == "__main__":
    tell_one_form(
        __doc__ or "",
        "google-chat",
        "Google Chat, as Google Takeout writes it",
        "messages.json",
        make_google_chat,
        RATE,
        ORJSON,
    )
