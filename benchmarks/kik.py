"""Kik: how fast the messages of a return are read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/kik.py --messages 1000000
"""

from __future__ import annotations

from make_kik import make_kik
from measure_reading import CSV, Made, tell_forms

RATE = 100_000
FORM = Made("kik.content", "A return of Kik, its messages", "data-text.csv", make_kik, RATE, CSV)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
