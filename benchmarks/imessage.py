"""iMessage: how fast each form is read, and in how much memory (measure_reading.py says of what).

.venv/bin/python benchmarks/imessage.py --messages 1000000
"""

from __future__ import annotations

from pathlib import Path

from make_imessage import make_imessage
from make_imessage_database import make_imessage_database
from make_imessage_pages import make_imessage_pages
from measure import arguments, say, scratch_of
from measure_reading import HTML, Floor, Form, tell_growth, tell_reading

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


def main() -> None:
    options = arguments(__doc__ or "").parse_args()
    scratch, messages = scratch_of(options), options.messages
    say(f"writing {messages} messages")

    def made(count: int) -> Path:
        path = scratch / f"imessage-{count}.txt"
        if not path.exists():
            make_imessage(path, count)
        return path

    form = "iMessage, as imessage-exporter writes text"
    tell_reading(Form("imessage.text", form, made(messages), messages, RATE, LINES, PEAK_MIB))
    page = scratch / "imessage.html"
    make_imessage_pages(page, messages)
    page_form = "iMessage, as imessage-exporter writes pages"
    tell_reading(Form("imessage.page", page_form, page, messages, PAGE_RATE, HTML, PEAK_MIB))
    page.unlink()
    database = scratch / "chat.db"
    told = make_imessage_database(database, messages)
    database_form = "iMessage, the database of Messages"
    tell_reading(Form("imessage.database", database_form, database, told, DATABASE_RATE, SQLITE, DATABASE_PEAK_MIB))
    database.unlink()
    tell_growth("imessage.text", form, made, messages)


if __name__ == "__main__":
    main()
