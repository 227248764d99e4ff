"""Google Hangouts: how fast a file is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/hangouts.py --messages 1000000
"""

from __future__ import annotations

from make_hangouts import make_hangouts
from measure_reading import ORJSON, Made, tell_forms

RATE = 100_000
FORM = Made("hangouts", "Google Hangouts, as Google Takeout writes it", "Hangouts.json", make_hangouts, RATE, ORJSON)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
