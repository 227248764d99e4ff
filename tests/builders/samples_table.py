"""Samples of tables whose columns were stated (table_made.STATED), for test_promises.py."""

from __future__ import annotations

from sample import Builder, Sample, moment, name, text
from table_made import table


def plain(messages: int) -> Sample:
    rows = [(f"{moment(n):%d/%m/%Y %H:%M:%S}", name(n), text(n)) for n in range(messages)]
    return Sample("table", "three columns", {"allotment.csv": table(("Date", "From", "Message"), rows)}, messages)


def several(messages: int) -> Sample:
    half = messages // 2
    rows = [
        (f"room {n // max(half, 1)}", name(n), f"m{n}", moment(n).isoformat(), name(n + 1), text(n))
        for n in range(messages)
    ]
    header = ("Room", "From", "Id", "Sent", "To", "Words")
    data = b"\xef\xbb\xbf" + table(header, [*rows[:half], *rows[half:][::-1]], "\t", "\r\n")
    return Sample("table", "conversations", {"allotment.tsv": data}, messages)


SAMPLES: dict[str, Builder] = {"table, three columns": plain, "table, conversations": several}
