"""A table whose columns were stated: how fast it is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/table.py --messages 1000000
"""

from __future__ import annotations

from make_table import NAME, make_table
from measure_reading import CSV, tell_one_form

RATE = 100_000


def main() -> None:
    what = "a table whose columns were stated"
    tell_one_form(__doc__ or "", "table.stated", what, NAME, make_table, RATE, CSV)


if __name__ == "__main__":
    main()
