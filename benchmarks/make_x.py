"""Direct messages of X's archive of any length, made up: the same bytes for the same seed.

.venv/bin/python benchmarks/make_x.py 1000000 /tmp/direct-messages.js
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from make_json import laid_out
from make_telegram import sentence

SEED: Final = 20261126
_TALKS: Final = 8


def _message(dice: random.Random, number: int, moment: datetime) -> dict[str, Any]:
    """X's ids hold the time: a later message has the larger one, and the file is newest first."""
    text = sentence(dice)
    links: list[dict[str, str]] = []
    if dice.random() < 0.05:
        links = [{"url": "https://t.co/x", "expanded": "https://example.org", "display": "example.org"}]
        text += " https://t.co/x"
    return {
        "messageCreate": {
            "recipientId": "67890", "reactions": [], "urls": links, "text": text, "mediaUrls": [],
            "senderId": dice.choice(("12345", "67890")), "id": str(2 * 10**18 - number),
            "createdAt": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
    }  # fmt: skip


def file_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The file, piece by piece: newest first in each conversation."""
    dice = random.Random(seed)
    yield "window.YTD.direct_messages.part0 = ["
    for talk in range(_TALKS):
        moment = datetime(2026, 1, 4, 19, 2, 11, 414_000, tzinfo=UTC)
        head = f'\n  {{\n    "dmConversation" : {{\n      "conversationId" : "12345-{talk}",\n      "messages" : ['
        yield ("," if talk else "") + head
        first, last = messages * talk // _TALKS, messages * (talk + 1) // _TALKS
        for number in range(first, last):
            moment -= timedelta(milliseconds=dice.randint(1_000, 60_000))
            spelled = laid_out(_message(dice, number, moment), "        ")
            yield ("," if number > first else "") + "\n        " + spelled
        yield "\n      ]\n    }\n  }"
    yield "\n]"


def make_x(path: Path, messages: int) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(file_parts(messages))


if __name__ == "__main__":
    make_x(Path(sys.argv[2]), int(sys.argv[1]))
