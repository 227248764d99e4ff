"""Telegram: how fast an export is read, and in how much memory (measure_reading.py says of what).

    .venv/bin/python benchmarks/telegram.py --messages 1000000

One chat as Telegram Desktop writes it, and the same chat in one line, as other tools do: there the layout says nothing
and each element is scanned. And one chat as a page.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from make_telegram import make_telegram
from make_telegram_pages import make_telegram_pages
from measure import arguments, say, scratch_of
from measure_reading import HTML, ORJSON, Form, tell_growth, tell_reading

RATE = 120_000
ONE_LINE_RATE = 100_000
PAGE_RATE = 40_000
PEAK_MIB = 60


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    say(f"writing {messages} messages twice")

    def made(count: int) -> Path:
        path = scratch / f"result-{count}.json"
        if not path.exists():
            make_telegram(path, count)
        return path

    own = made(messages)
    tell_reading(Form("telegram.own", "Telegram, as Telegram Desktop writes it", own, messages, RATE, ORJSON, PEAK_MIB))
    one_line = scratch / "one-line.json"
    one_line.write_bytes(orjson.dumps(orjson.loads(own.read_bytes())))
    tell_reading(
        Form("telegram.one-line", "Telegram, the same in one line", one_line, messages, ONE_LINE_RATE, ORJSON, PEAK_MIB)
    )
    one_line.unlink()
    page = scratch / "messages.html"
    make_telegram_pages(page, messages)
    tell_reading(Form("telegram.page", "Telegram, as a page", page, messages, PAGE_RATE, HTML, PEAK_MIB))
    page.unlink()
    tell_growth("telegram.own", "Telegram, as Telegram Desktop writes it", made, messages)


if __name__ == "__main__":
    main()
