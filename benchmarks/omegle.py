"""Omegle: how fast a log is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/omegle.py --messages 1000000
"""

from __future__ import annotations

from make_omegle import make_omegle
from measure_reading import LINES, Made, tell_forms

RATE = 100_000
FORM = Made("omegle", "Omegle, a saved log", "omegle.txt", make_omegle, RATE, LINES)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
