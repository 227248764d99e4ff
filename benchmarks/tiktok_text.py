"""TikTok: how fast its direct messages are read as text, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/tiktok_text.py --messages 1000000
"""

from __future__ import annotations

from make_tiktok_text import make_tiktok_text
from measure_reading import LINES, Made, tell_forms

RATE = 100_000
FORM = Made("tiktok.text", "TikTok, its direct messages as text", "Direct Messages.txt", make_tiktok_text, RATE, LINES)

if __name__ == "__main__":
    tell_forms(__doc__ or "", FORM)
