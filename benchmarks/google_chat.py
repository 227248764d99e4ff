"""Google Chat: how fast a conversation is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/google_chat.py --messages 1000000
"""

from __future__ import annotations

from make_google_chat import make_google_chat
from measure_reading import ORJSON, Made, tell_forms

RATE = 100_000
FORM = Made("google-chat", "Google Chat, as Google Takeout writes it", "messages.json", make_google_chat, RATE, ORJSON)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
