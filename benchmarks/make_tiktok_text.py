"""TikTok's direct messages as text of any length, made up: allotments and homework, the same bytes for the same seed.

.venv/bin/python benchmarks/make_tiktok_text.py 1000000 "/tmp/Direct Messages.txt"
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from make_telegram import sentence

SEED: Final = 20261127
_CHATS: Final = 8


def file_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The file, piece by piece: newest first in each conversation."""
    dice = random.Random(seed)
    for chat in range(_CHATS):
        moment = datetime(2026, 7, 3, 23, 0, 11, tzinfo=UTC)
        yield f">>> Chat History with account_{chat}::\n\n"
        for _ in range(messages * chat // _CHATS, messages * (chat + 1) // _CHATS):
            moment -= timedelta(seconds=dice.randint(1, 600))
            who = "me_user" if dice.random() < 0.5 else f"account_{chat}"
            text = sentence(dice) if dice.random() < 0.95 else "https://www.tiktokv.com/share/video/1/"
            yield f"{moment:%Y-%m-%d %H:%M:%S} UTC {who}: {text}\n"
        yield "\n"


def make_tiktok_text(path: Path, messages: int) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(file_parts(messages))


if __name__ == "__main__":
    make_tiktok_text(Path(sys.argv[2]), int(sys.argv[1]))
