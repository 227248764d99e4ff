"""A table whose columns were stated: how fast it is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/table.py --messages 1000000
"""

from __future__ import annotations

from make_table import NAME, make_table
from measure_reading import CSV, Made, tell_forms

RATE = 100_000
FORM = Made("table.stated", "a table whose columns were stated", NAME, make_table, RATE, CSV)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
