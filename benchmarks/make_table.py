"""A table of messages of any length, made up: allotments, trains and homework, the same bytes for the same seed.

.venv/bin/python benchmarks/make_table.py 1000000 /tmp/chat.csv
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from make_telegram import sentence

SEED: Final = 20261127
NAME: Final = "stated.csv"
"""What peers/read_safehand.py knows the columns of."""


def rows(messages: int, seed: int = SEED) -> Iterator[tuple[str, ...]]:
    """The rows, oldest first."""
    dice = random.Random(seed)
    moment = datetime(2023, 4, 22, 10, 0, 0, tzinfo=UTC)
    for _ in range(messages):
        moment += timedelta(seconds=dice.randint(1, 120))
        yield f"{moment:%d/%m/%Y %H:%M}", "me_user" if dice.random() < 0.5 else "account_1", sentence(dice)


def make_table(path: Path, messages: int) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(("Date", "From", "Message"))
        writer.writerows(rows(messages))


if __name__ == "__main__":
    make_table(Path(sys.argv[2]), int(sys.argv[1]))
