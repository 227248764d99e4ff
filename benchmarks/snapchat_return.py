"""Snapchat: how fast the conversations of a return are read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/snapchat_return.py --messages 1000000
"""

from __future__ import annotations

from make_snapchat_return import make_snapchat_return
from measure_reading import CSV, tell_one_form

RATE = 100_000


def main() -> None:
    what = "A return of Snapchat, its conversations"
    name = "conversations.csv"
    tell_one_form(__doc__ or "", "snapchat_return.conversations", what, name, make_snapchat_return, RATE, CSV)


if __name__ == "__main__":
    main()
