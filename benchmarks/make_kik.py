"""Messages of a return of Kik of any length, made up: allotments and homework, the same bytes for the same seed.

.venv/bin/python benchmarks/make_kik.py 1000000 /tmp/data-text.csv
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from make_telegram import sentence

SEED: Final = 20261127
_CHATS: Final = 8
_COLUMNS: Final = "id,content_id,filename,message,sender_id,receiver_id,ip,port,parent_id,sent_at,sent_at_ts,app_name"
_ME: Final = "me_abc@talk.kik.com"


def rows(messages: int, seed: int = SEED) -> Iterator[list[str]]:
    """The rows: eight conversations mixed, in the order of time."""
    dice = random.Random(seed)
    yield _COLUMNS.split(",")
    millis = 1_704_265_925_414
    for number in range(messages):
        millis += dice.randint(1_000, 600_000)
        both = [_ME, f"plot{dice.randrange(_CHATS)}_xyz@talk.kik.com"]
        dice.shuffle(both)
        when = datetime.fromtimestamp(millis // 1000, UTC)
        written = f"{when:%Y-%m-%d %H:%M:%S}"
        ip = f"203.0.113.{dice.randrange(9)}"
        yield [str(number), "", "", sentence(dice), *both, ip, "5222", "", written, str(millis), ""]


def make_kik(path: Path, messages: int) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows(messages))


if __name__ == "__main__":
    make_kik(Path(sys.argv[2]), int(sys.argv[1]))
