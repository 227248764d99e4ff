"""Signal's forms of any length, made up: allotments, trains and homework, the same bytes for the same seed.

.venv/bin/python benchmarks/make_signal.py 1000000 /tmp/data.json

Of a hundred messages 85 are plain words, six are answers, five have reactions, three go with a file, one is a call.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from make_telegram import sentence

SEED: Final = 20261127
_PEOPLE: Final = ("Me", "Priya", "Zoë", "TomAshworth")


def said(messages: int, seed: int = SEED) -> Iterator[dict[str, object]]:
    """The messages, as signal-export has them before it writes them."""
    dice = random.Random(seed)
    moment = datetime(2019, 1, 3, 7, 12, 5)  # noqa: DTZ001  the form names no zone
    for number in range(messages):
        moment += timedelta(milliseconds=dice.randint(1_000, 600_000))
        roll = dice.random()
        yield {
            "date": moment.isoformat(),
            "sender": dice.choice(_PEOPLE),
            "body": ("Missed voice call" if roll > 0.99 else sentence(dice)) + "  ",
            "quote": f"\n\n> {sentence(dice)}\n\n" if roll < 0.06 else "",
            "sticker": None,
            "reactions": [[dice.choice(_PEOPLE), "👍"]] if 0.06 <= roll < 0.11 else [],
            "attachments": [{"name": f"{number}.jpg", "path": f"media/{number}.jpg"}] if 0.11 <= roll < 0.14 else [],
            "deleted": False,
            "call": roll > 0.99,
            "missed": roll > 0.99,
        }


def make_data_json(path: Path, messages: int) -> None:
    """Write signal-export's data.json."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in said(messages))


def make_chat_md(path: Path, messages: int) -> None:
    """Write signal-export's chat.md."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(map(_block, said(messages)))


def _block(one: dict[str, object]) -> str:
    date = str(one["date"]).partition(".")[0].replace("T", " ")
    reactions = "".join(f"\n(- {name}: {emoji} -)" for name, emoji in _list(one["reactions"]))
    files = "".join(f"![{file['name']}](./{file['path']})  " for file in _list(one["attachments"]))
    return f"[{date}] {one['sender']}: {one['quote']}{one['body']}{reactions}{files}\n\n"


def _list(value: object) -> list[dict[str, str]]:
    return value if isinstance(value, list) else []


if __name__ == "__main__":
    make_data_json(Path(sys.argv[2]), int(sys.argv[1]))
