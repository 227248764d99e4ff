"""TikTok: how fast its direct messages are read as text, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/tiktok_text.py --messages 1000000
"""

from __future__ import annotations

from make_tiktok_text import make_tiktok_text
from measure_reading import LINES, tell_one_form

RATE = 100_000


def main() -> None:
    what = "TikTok, its direct messages as text"
    tell_one_form(__doc__ or "", "tiktok.text", what, "Direct Messages.txt", make_tiktok_text, RATE, LINES)


if __name__ == "__main__":
    main()
