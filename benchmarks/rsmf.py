"""RSMF: how fast a manifest is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/rsmf.py --messages 1000000
"""

from __future__ import annotations

from make_rsmf import make_rsmf
from measure_reading import ORJSON, tell_one_form

RATE = 100_000

if __name__ == "__main__":
    tell_one_form(
        __doc__ or "", "rsmf", "RSMF, a manifest of mixed conversations", "rsmf_manifest.json", make_rsmf, RATE, ORJSON
    )
