"""TikTok: how fast its own data are read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/tiktok.py --messages 1000000
"""

from __future__ import annotations

from pathlib import Path

from make_tiktok import make_tiktok
from measure import arguments, say, scratch_of
from measure_reading import ORJSON, Form, tell_growth, tell_reading

RATE = 100_000


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    say(f"writing {messages} messages")

    def made(count: int) -> Path:
        path = scratch / str(count) / "user_data_tiktok.json"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            make_tiktok(path, count)
        return path

    what = "TikTok, its own data as JSON"
    tell_reading(Form("tiktok.chats", what, made(messages), messages, RATE, ORJSON))
    tell_growth("tiktok.chats", what, made, messages)


if __name__ == "__main__":
    main()
