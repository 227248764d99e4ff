"""A Google Chat conversation of any length, made up: allotments, trains and homework, the same bytes for the same seed.

    .venv/bin/python benchmarks/make_google_chat.py 1000000 /tmp/messages.json

In the layout of Google Takeout: two blanks a level, moments in words with the narrow space before AM and PM. Of a
thousand messages about 880 are plain, 40 have links, 30 files, 20 were edited, 15 have reactions, 10 quote another, 5
were deleted.
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
_PEOPLE: Final = tuple(
    {"name": name, "email": email, "user_type": "Human"}
    for name, email in (
        ("Priya", "priya@example.org"), ("Tom Ashworth", "tom.ashworth@example.org"), ("Zoë 🌻", "zoe@example.org"),
    )
)  # fmt: skip
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_WRAPPED: Final = "private_do_not_access_or_else_safe_url_wrapped_value"


def _in_words(at: datetime) -> str:
    half = "PM" if at.hour > 11 else "AM"
    clock = f"{at.hour % 12 or 12}:{at.minute:02d}:{at.second:02d}\u202f{half} UTC"
    return f"{_WEEKDAYS[at.weekday()]}, {_MONTHS[at.month - 1]} {at.day}, {at.year} at {clock}"


def _others(dice: random.Random, at: datetime, number: int) -> dict[str, Any]:  # noqa: PLR0911  a return a kind
    """What a message has beside its words."""
    roll = dice.random()
    if roll < 0.88:
        return {}
    if roll < 0.92:
        beside = {"title": "Plots", "snippet": "All of them", "image_url": "", "url": {_WRAPPED: "https://example.org"}}
        return {"annotations": [{"start_index": 0, "length": 3, "url_metadata": beside}]}
    if roll < 0.95:
        return {"attached_files": [{"original_name": f"{number}.jpg", "export_name": f"File-{number}.jpg"}]}
    if roll < 0.97:
        return {"updated_date": _in_words(at + timedelta(seconds=90))}
    if roll < 0.985:
        return {"reactions": [{"emoji": {"unicode": "👍"}, "reactor_emails": [dice.choice(_PEOPLE)["email"]]}]}
    if roll < 0.995:
        return {"quoted_message_metadata": {"creator": dice.choice(_PEOPLE), "text": sentence(dice)}}
    return {"deleted_date": _in_words(at), "message_state": "DELETED"}


def conversation_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The file of messages, piece by piece."""
    dice = random.Random(seed)
    moment = datetime(2019, 1, 3, 7, 12, 5, tzinfo=UTC)
    yield '{\n  "messages": ['
    for number in range(messages):
        moment += timedelta(seconds=dice.randint(1, 40) if dice.random() < 0.8 else dice.randint(41, 1800))
        topic = f"{dice.getrandbits(64):016x}"
        row: dict[str, Any] = {"creator": dice.choice(_PEOPLE), "created_date": _in_words(moment)}
        row |= {"text": sentence(dice), **_others(dice, moment, number)}
        if "message_state" in row:
            del row["created_date"], row["text"]
        row |= {"topic_id": topic, "message_id": f"k6oxHQAAAAE/{topic}/{topic}"}
        spelled = laid_out(row, "    ")
        yield ("," if number else "") + "\n    " + spelled
    yield "\n  ]\n}"


def make_google_chat(path: Path, messages: int, seed: int = SEED) -> int:
    """Write the file to ``path`` and give its size in bytes."""
    with path.open("w", encoding="utf-8", newline="") as out:
        for part in conversation_parts(messages, seed):
            out.write(part)
    return path.stat().st_size


if __name__ == "__main__":
    print(make_google_chat(Path(sys.argv[2]), int(sys.argv[1])))
