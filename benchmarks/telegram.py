"""Telegram: how fast an export is read, and in how much memory (measure_reading.py says of what).

    .venv/bin/python benchmarks/telegram.py --messages 1000000

One chat as Telegram Desktop writes it, and the same chat in one line, as other tools do: there the layout says nothing
and each element is scanned. And one chat as a page.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from make_telegram import chat_parts, make_telegram
from make_telegram_pages import make_telegram_pages
from measure_reading import HTML, ORJSON, Made, tell_forms

RATE = 120_000
ONE_LINE_RATE = 100_000
PAGE_RATE = 40_000
PEAK_MIB = 60


def make_one_line(path: Path, messages: int) -> None:
    """The export of ``make_telegram`` without its layout."""
    parts = chat_parts(messages)
    with path.open("wb") as out:
        out.write(orjson.dumps(orjson.loads(next(parts) + "]}"))[:-2])
        for part in parts:
            element = part.lstrip(",")
            whole = element.startswith("\n  {")
            out.write(b"," * (len(part) - len(element)))
            out.write(orjson.dumps(orjson.loads(element)) if whole else b"]}")


ONE_LINE = "Telegram, the same in one line"
OWN = "Telegram, as Telegram Desktop writes it"
FORMS = (
    Made("telegram.own", OWN, "result.json", make_telegram, RATE, ORJSON, PEAK_MIB),
    Made(
        "telegram.one-line",
        "Telegram, the same in one line",
        "result.json",
        make_one_line,
        ONE_LINE_RATE,
        ORJSON,
        PEAK_MIB,
    ),
    Made("telegram.page", "Telegram, as a page", "messages.html", make_telegram_pages, PAGE_RATE, HTML, PEAK_MIB),
)

if __name__ == "__main__":
    tell_forms(__doc__ or "", *FORMS)
