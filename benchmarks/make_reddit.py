"""A chat history of Reddit of any length, made up: allotments, trains and homework, the same bytes for the same seed.

.venv/bin/python benchmarks/make_reddit.py 1000000 /tmp/chat_history.csv
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
_HEADER: Final = (
    "message_id", "created_at", "updated_at", "username", "message", "thread_parent_message_id", "channel_url",
    "subreddit", "channel_name", "conversation_type",
)  # fmt: skip


def rows(messages: int, seed: int = SEED) -> Iterator[tuple[str, ...]]:
    """The rows, newest first, of several channels in turn."""
    dice = random.Random(seed)
    moment = datetime(2026, 1, 4, 19, 2, 11, tzinfo=UTC)
    for number in range(messages):
        moment -= timedelta(seconds=dice.randint(1, 60))
        chat, when = dice.randrange(_CHATS), f"{moment:%Y-%m-%d %H:%M:%S} UTC"
        who = "me_user" if dice.random() < 0.5 else f"account_{chat}"
        room = f"https://chat.reddit.com/room/{chat}"
        yield f"${number:09d}", when, when, who, sentence(dice), "", room, "", f"account_{chat}", "direct"


def make_reddit(path: Path, messages: int) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_HEADER)
        writer.writerows(rows(messages))


if __name__ == "__main__":
    make_reddit(Path(sys.argv[2]), int(sys.argv[1]))
