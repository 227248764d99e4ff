"""Snapchat: how fast the conversations of a return are read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/snapchat_return.py --messages 1000000
"""

from __future__ import annotations

from make_snapchat_return import make_snapchat_return
from measure_reading import CSV, Made, tell_forms

RATE = 100_000
FORM = Made(
    "snapchat_return.conversations",
    "A return of Snapchat, its conversations",
    "conversations.csv",
    make_snapchat_return,
    RATE,
    CSV,
)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
