"""TikTok's own data of any length, made up: allotments, trains and homework, the same bytes for the same seed.

.venv/bin/python benchmarks/make_tiktok.py 1000000 /tmp/user_data_tiktok.json
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from make_json import in_one_line
from make_telegram import sentence

SEED: Final = 20261126
_CHATS: Final = 8


def file_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The file, piece by piece: oldest first in each conversation."""
    dice = random.Random(seed)
    yield '{"Direct Message": {"Direct Messages": {"ChatHistory": {'
    for chat in range(_CHATS):
        moment = datetime(2019, 1, 3, 7, 12, 5)  # noqa: DTZ001  the form names no zone
        yield ("," if chat else "") + f'"Chat History with account_{chat}:": ['
        first, last = messages * chat // _CHATS, messages * (chat + 1) // _CHATS
        for number in range(first, last):
            moment += timedelta(seconds=dice.randint(1, 600))
            made = {
                "Date": f"{moment:%Y-%m-%d %H:%M:%S}",
                "From": "me_user" if dice.random() < 0.5 else f"account_{chat}",
                "Content": sentence(dice) if dice.random() < 0.95 else "https://www.tiktokv.com/share/video/1/",
            }
            yield (", " if number > first else "") + in_one_line(made)
        yield "]"
    yield "}}}}"


def make_tiktok(path: Path, messages: int) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(file_parts(messages))


if __name__ == "__main__":
    make_tiktok(Path(sys.argv[2]), int(sys.argv[1]))
