"""Chat records of a return of Roblox of any length, made up: allotments and homework, the same bytes for the same seed.

.venv/bin/python benchmarks/make_roblox.py 1000000 "/tmp/Chat records of the Roblox user 1.csv"
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
_CHATS: Final = 8
_COLUMNS: Final = (
    "ts,ds,conversation_id,convo_type,user_id,name,text,is_filtered_o13,is_filtered_u13,is_rewritten,request_user_id"
)


def rows(messages: int, seed: int = SEED) -> Iterator[list[str]]:
    """The rows: a conversation after another, an empty row between two."""
    dice = random.Random(seed)
    yield _COLUMNS.split(",")
    for chat in range(_CHATS):
        if chat:
            yield [""] * 11
        moment = datetime(2024, 1, 3, 7, 12, 5, tzinfo=UTC)
        for _ in range(messages * chat // _CHATS, messages * (chat + 1) // _CHATS):
            moment += timedelta(milliseconds=dice.randint(1_000, 600_000))
            user = dice.choice(("1", str(100 + chat)))
            text = sentence(dice) if dice.random() < 0.95 else "####"
            ts = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
            yield [ts, ts[:10], f"c{chat}", "chat/app", user, f"plot_{user}", text, "0", "0", "0", "1"]


def make_roblox(path: Path, messages: int) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows(messages))


if __name__ == "__main__":
    make_roblox(Path(sys.argv[2]), int(sys.argv[1]))
