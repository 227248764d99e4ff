"""Skype: how fast its own data are read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/skype.py --messages 1000000
"""

from __future__ import annotations

from make_skype import make_skype
from measure_reading import ORJSON, Made, tell_forms

RATE = 100_000
FORM = Made("skype.own", "Skype, its own data as JSON", "messages.json", make_skype, RATE, ORJSON)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
