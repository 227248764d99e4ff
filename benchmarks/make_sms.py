"""A backup of text messages of any length, made up: allotments, trains and homework, the same bytes for the same seed.

    .venv/bin/python benchmarks/make_sms.py 1000000 /tmp/sms.xml

In the layout of SMS Backup & Restore: eight conversations mixed, a third of the messages sent by the owner.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from make_telegram import sentence

SEED: Final = 20261126
_PEOPLE: Final = tuple((f"+4477009001{n:02d}", f"Plot {n}") for n in range(8))
_HEAD: Final = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
_RECORD: Final = (
    '  <sms protocol="0" address="{address}" date="{date}" type="{kind}" subject="null" body="{body}" toa="null" '
    'sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="{sent}" sub_id="1" '
    'readable_date="{readable}" contact_name="{name}" />\n'
)


def file_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The file, piece by piece."""
    dice = random.Random(seed)
    millis = 1_546_500_000_123
    yield f'{_HEAD}<smses count="{messages}" backup_set="a1" backup_date="{millis}">\n'
    for _ in range(messages):
        millis += dice.randint(1_000, 600_000)
        address, name = dice.choice(_PEOPLE)
        kind = dice.choice("112")
        body = escape(sentence(dice), {'"': "&quot;", "\n": "&#10;"})
        sent = millis - 900 if kind == "1" else 0
        readable = f"4 Jan 2026 19:{millis // 60_000 % 60:02d}:{millis // 1000 % 60:02d}"
        yield _RECORD.format(
            address=address, date=millis, kind=kind, body=body, sent=sent, name=name, readable=readable
        )
    yield "</smses>"


def make_sms(path: Path, messages: int) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(file_parts(messages))


if __name__ == "__main__":
    make_sms(Path(sys.argv[2]), int(sys.argv[1]))
