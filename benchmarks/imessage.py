"""iMessage: how fast each form is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/imessage.py --messages 1000000
"""

from __future__ import annotations

from pathlib import Path

from make_imessage import make_imessage
from make_imessage_database import make_imessage_database
from make_imessage_pages import make_imessage_pages
from measure import arguments, scratch_of
from measure_reading import HTML, USUAL, Floor, Form, Made, making, tell_form, tell_growth, tell_reading

RATE = 100_000
PAGE_RATE = 40_000
DATABASE_RATE = 10_000
DATABASE_PEAK_MIB = 150
PEAK_MIB = 80
LINES = Floor("lines", "every line of the same file, as bytes", "", "for line in open(path, 'rb'): pass")
SQLITE = Floor(
    "sqlite3",
    "SELECT * FROM message of the same file",
    "import sqlite3",
    "for row in sqlite3.connect(path).execute('SELECT * FROM message'): pass",
)


FORMS = (
    Made("imessage.text", "iMessage, as imessage-exporter writes text", "a.txt", make_imessage, RATE, LINES, PEAK_MIB),
    Made(
        "imessage.page",
        "iMessage, as imessage-exporter writes pages",
        "a.html",
        make_imessage_pages,
        PAGE_RATE,
        HTML,
        PEAK_MIB,
    ),
)


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    for form in FORMS:
        tell_form(form, scratch, messages)
    told: dict[Path, int] = {}

    def make(path: Path, count: int) -> None:
        told[path] = make_imessage_database(path, count)

    figure, what = "imessage.database", "iMessage, the database of Messages"
    made = making(figure, "chat.db", make, scratch)
    if messages <= USUAL:
        path = made(messages)
        tell_reading(Form(figure, what, path, told[path], DATABASE_RATE, SQLITE, DATABASE_PEAK_MIB))
    tell_growth(figure, what, made, messages)


if __name__ == "__main__":
    main()
