"""The other forms of a channel of Discord, of any length, made up: the same bytes for the same seed.

    .venv/bin/python benchmarks/make_discord_forms.py package-json 1000000 /tmp/messages.json

What DiscordChatExporter writes as JSON is in make_discord.py.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from make_discord import SEED
from make_telegram import sentence

_EPOCH: Final = 1_420_070_400_000


def _moments(messages: int, dice: random.Random) -> Iterator[tuple[int, datetime, str]]:
    """Id, moment and words of each message, oldest first."""
    moment = datetime(2019, 1, 3, 7, 12, 5, 123_000, tzinfo=UTC)
    for number in range(messages):
        moment += timedelta(milliseconds=dice.randint(1_000, 60_000))
        yield ((int(moment.timestamp() * 1000) - _EPOCH) << 22) + number % 4096, moment, sentence(dice)


def make_package(path: Path, messages: int, seed: int = SEED) -> None:
    """Discord's own package, newest first. Of a hundred messages three have a file."""
    dice = random.Random(seed)
    places, at = [], 0
    with path.open("wb") as out:  # written oldest first with its places, and turned round: nothing is held but those
        for native, moment, words in _moments(messages, dice):
            address = f"https://cdn.example.org/attachments/{native}/plan.png" if dice.random() < 0.03 else ""
            made = {"ID": native, "Timestamp": f"{moment:%Y-%m-%d %H:%M:%S}", "Contents": words, "Attachments": address}
            piece = json.dumps(made, ensure_ascii=False).encode()
            places.append((at, len(piece)))
            at += out.write(piece)
    data = path.read_bytes()
    with path.open("wb") as out:
        out.write(b"[")
        for number, (begin, size) in enumerate(reversed(places)):
            out.write((b", " if number else b"") + data[begin : begin + size])
        out.write(b"]")


MAKERS: Final = {"package-json": make_package}

if __name__ == "__main__":
    MAKERS[sys.argv[1]](Path(sys.argv[3]), int(sys.argv[2]))
