"""Roblox: how fast the chat records of a return are read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/roblox.py --messages 1000000
"""

from __future__ import annotations

from make_roblox import make_roblox
from measure_reading import CSV, Made, tell_forms

RATE = 100_000
FORM = Made(
    "roblox.chat",
    "A return of Roblox, its chat records",
    "Chat records of the Roblox user 1.csv",
    make_roblox,
    RATE,
    CSV,
)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
