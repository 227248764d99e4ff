"""Skype's own data of any length, made up: allotments, trains and homework, the same bytes for the same seed.

.venv/bin/python benchmarks/make_skype.py 1000000 /tmp/messages.json

Of a hundred messages 88 are plain words, five have marks in them, three answer, two go with a file, two are calls.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Final

from make_json import in_one_line
from make_telegram import sentence

SEED: Final = 20261127
_CHATS: Final = 8


def file_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The file, piece by piece: the newest first in each conversation."""
    dice = random.Random(seed)
    yield '{"userId": "8:live:me", "exportDate": "2021-02-01T12:00:00Z", "conversations": ['
    for chat in range(_CHATS):
        whom, moment = f"8:live:account_{chat}", datetime(2020, 1, 3, 7, 12, 5, tzinfo=UTC)
        head = {"id": whom, "displayName": f"Account {chat}", "version": 1, "properties": {}, "threadProperties": None}
        yield ("," if chat else "") + json.dumps(head)[:-1] + ', "MessageList": ['
        first, last = messages * chat // _CHATS, messages * (chat + 1) // _CHATS
        for number in range(first, last):
            moment -= timedelta(milliseconds=dice.randint(1_000, 600_000))
            yield (", " if number > first else "") + in_one_line(_message(dice, moment, whom))
        yield "]}"
    yield "]}"


def _message(dice: random.Random, moment: datetime, whom: str) -> dict[str, object]:
    stamp = int(moment.timestamp() * 1000)
    kind, content = _content(dice, stamp)
    return {
        "id": str(stamp),
        "displayName": None,
        "originalarrivaltime": f"{moment:%Y-%m-%dT%H:%M:%S}.{stamp % 1000:03d}Z",
        "messagetype": kind,
        "version": stamp,
        "content": content,
        "conversationid": whom,
        "from": "8:live:me" if dice.random() < 0.5 else whom,
        "properties": None,
        "amsreferences": None,
    }


def _content(dice: random.Random, stamp: int) -> tuple[str, str]:
    roll, words = dice.random(), escape(sentence(dice), quote=False)
    if roll < 0.05:
        return "RichText", f'<b raw_pre="*" raw_post="*">{words}</b> <ss type="smile">:)</ss>'
    if roll < 0.08:
        return "RichText", f'<quote author="live:me" messageid="{stamp - 5000}">{words}</quote>yes'
    if roll < 0.1:
        return "RichText/UriObject", f'<URIObject type="Picture.1"><OriginalName v="{stamp}.jpg"/></URIObject>'
    if roll < 0.12:
        part = '<part identity="live:me"><name>live:me</name><duration>12.5</duration></part>'
        return "Event/Call", f'<partlist alt="" type="ended">{part}</partlist>'
    return "RichText", words


def make_skype(path: Path, messages: int) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(file_parts(messages))


if __name__ == "__main__":
    make_skype(Path(sys.argv[2]), int(sys.argv[1]))
