"""Roblox: how fast the chat records of a return are read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/roblox.py --messages 1000000
"""

from __future__ import annotations

from make_roblox import make_roblox
from measure_reading import CSV, tell_one_form

RATE = 100_000


def main() -> None:
    what = "A return of Roblox, its chat records"
    name = "Chat records of the Roblox user 1.csv"
    tell_one_form(__doc__ or "", "roblox.chat", what, name, make_roblox, RATE, CSV)


if __name__ == "__main__":
    main()
