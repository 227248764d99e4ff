"""X: how fast the direct messages of its archive are read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/x.py --messages 1000000
"""

from __future__ import annotations

from make_x import make_x
from measure_reading import Floor, Made, tell_forms

RATE = 100_000
AFTER_SIGN = Floor(
    "orjson",
    "orjson.loads of the same file behind its assignment",
    "import orjson",
    "data = open(path, 'rb').read(); orjson.loads(data[data.index(b'=') + 1:])",
)
FORM = Made("x.direct-messages", "X, direct messages of its archive", "direct-messages.js", make_x, RATE, AFTER_SIGN)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
