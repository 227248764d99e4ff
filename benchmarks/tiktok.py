"""TikTok: how fast its own data are read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/tiktok.py --messages 1000000
"""

from __future__ import annotations

from make_tiktok import make_tiktok
from measure_reading import ORJSON, Made, tell_forms

RATE = 100_000
FORM = Made("tiktok.chats", "TikTok, its own data as JSON", "user_data_tiktok.json", make_tiktok, RATE, ORJSON)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
