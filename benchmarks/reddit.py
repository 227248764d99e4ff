"""Reddit: how fast a chat history is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/reddit.py --messages 1000000
"""

from __future__ import annotations

from make_reddit import make_reddit
from measure_reading import CSV, Made, tell_forms

RATE = 100_000
FORM = Made("reddit.chats", "Reddit, its own chat history as a table", "chat_history.csv", make_reddit, RATE, CSV)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
