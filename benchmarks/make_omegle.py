"""An Omegle log of any length, made up: allotments, trains and homework, the same bytes for the same seed.

    .venv/bin/python benchmarks/make_omegle.py 1000000 /tmp/omegle.txt

Longer than any real log: it measures the reader. One message in twelve has two lines.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from make_telegram import sentence

SEED: Final = 20261126


def log_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The log, line by line. Its first and last lines are messages of Omegle's own."""
    dice = random.Random(seed)
    yield "Omegle conversation log\n2014-06-25\n\nYou're now chatting with a random stranger. Say hi!\n"
    for _ in range(messages - 2):
        yield f"{dice.choice(('You', 'Stranger'))}: {sentence(dice)}\n"
    yield "Stranger has disconnected.\n"


def make_omegle(path: Path, messages: int, seed: int = SEED) -> int:
    """Write the log to ``path`` and give its size in bytes."""
    with path.open("w", encoding="utf-8", newline="") as out:
        for part in log_parts(messages, seed):
            out.write(part)
    return path.stat().st_size


if __name__ == "__main__":
    print(make_omegle(Path(sys.argv[2]), int(sys.argv[1])))
