"""A Telegram Desktop export of any length, made up: allotments, trains and homework, the same bytes for the same seed.

    .venv/bin/python benchmarks/make_telegram.py 1000000 /tmp/result.json

In the layout of Telegram Desktop's own writer: one blank a level, ``text`` beside ``text_entities``, both times. Of a
thousand messages about 870 are plain text (one in twelve of them answers another), 45 have links or bold words, 45 go
with a file, 15 were edited, 10 have reactions, 10 are service messages, five are forwarded; one text in seven has
something beyond ASCII.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

from make_json import laid_out

SEED: Final = 20261122
_PEOPLE: Final = (("Priya", "user300000001"), ("Tom Ashworth", "user300000002"), ("Zoë 🌻", "user300000003"))
_WORDS: Final = [
    "the",
    "seed",
    "potatoes",
    "by",
    "the",
    "shed",
    "are",
    "on",
    "the",
    "list",
    "and",
    "somebody",
    "moved",
    "the",
    "old",
    "labels",
    "so",
    "we",
    "water",
    "plot",
    "nine",
    "first",
    "then",
    "the",
    "beans",
    "tomorrow",
    "morning",
    "before",
    "school",
    "the",
    "10:15",
    "train",
    "from",
    "platform",
    "two",
    "was",
    "late",
    "again",
    "homework",
    "chapter",
    "seven",
    "fractions",
    "due",
    "Friday",
    "bring",
    "gloves",
    "boots",
    "and",
    "a",
    "flask",
    "match",
    "on",
    "Saturday",
    "kick-off",
    "at",
    "three",
    "compost",
    "delivery",
    "Tuesday",
    "please",
    "open",
    "the",
    "gate",
    "who",
    "has",
    "the",
    "key",
    "for",
    "the",
    "tool",
    "store",
]
_TAILS: Final = ("", "", "", "", "", "", ".", ".", "!", "?", " 👍", " 🌱🥕", "\nand so on", ' "as ever"')
_LEFT_OUT: Final = "(File not included. Change data exporting settings to download.)"
_LONDON: Final = (timezone(timedelta(0)), timezone(timedelta(hours=1)))


def sentence(dice: random.Random) -> str:
    """Something somebody may say."""
    return " ".join(dice.choices(_WORDS, k=dice.choice((2, 4, 6, 9, 12, 16, 24)))).capitalize() + dice.choice(_TAILS)


def _times(name: str, moment: datetime) -> dict[str, Any]:
    clock = moment.astimezone(_LONDON[4 <= moment.month <= 10])
    return {name: clock.strftime("%Y-%m-%dT%H:%M:%S"), f"{name}_unixtime": str(int(moment.timestamp()))}


def _plain(text: str) -> dict[str, Any]:
    return {"text": text, "text_entities": [{"type": "plain", "text": text}] if text else []}


def _marked(dice: random.Random) -> dict[str, Any]:
    before, after = sentence(dice) + " ", " " + sentence(dice)
    link = dice.choice(({"type": "link", "text": "https://example.org/plots"}, {"type": "bold", "text": "plot nine"}))
    parts = [{"type": "plain", "text": before}, link, {"type": "plain", "text": after}]
    return {"text": [before, link, after], "text_entities": parts}


def _file(dice: random.Random, number: int) -> dict[str, Any]:
    roll = dice.random()
    if roll < 0.5:
        return {"photo": f"photos/photo_{number}@03-01-2019_07-12-05.jpg", "width": 960, "height": 1280}
    if roll < 0.7:
        return {"photo": _LEFT_OUT, "width": 960, "height": 1280}
    if roll < 0.85:
        return {"file": _LEFT_OUT, "thumbnail": _LEFT_OUT, "media_type": "sticker", "sticker_emoji": "🌱"}
    return {
        "file": f"voice_messages/audio_{number}@03-01-2019_07-12-05.ogg",
        "media_type": "voice_message",
        "mime_type": "audio/ogg",
        "duration_seconds": dice.randint(1, 90),
    }


def _message(dice: random.Random, number: int, moment: datetime) -> dict[str, Any]:  # noqa: PLR0911  a return a kind
    name, account = dice.choice(_PEOPLE)
    start = {"id": number, "type": "message", **_times("date", moment)}
    author = {"from": name, "from_id": account}
    roll = dice.random()
    if roll < 0.87:
        reply = {"reply_to_message_id": number - dice.randint(1, 40)} if number > 50 and dice.random() < 0.083 else {}
        return {**start, **author, **reply, **_plain(sentence(dice))}
    if roll < 0.915:
        return {**start, **author, **_marked(dice)}
    if roll < 0.96:
        return {**start, **author, **_file(dice, number), **_plain(sentence(dice) if dice.random() < 0.3 else "")}
    if roll < 0.975:
        return {**start, **_times("edited", moment + timedelta(seconds=90)), **author, **_plain(sentence(dice))}
    if roll < 0.985:
        clock = _times("date", moment + timedelta(seconds=30))["date"]
        recent = [{"from": _PEOPLE[0][0], "from_id": _PEOPLE[0][1], "date": clock}]
        thumb = [{"type": "emoji", "count": 1, "emoji": "👍", "recent": recent}]
        return {**start, **author, **_plain(sentence(dice)), "reactions": thumb}
    if roll < 0.99:
        return {**start, **author, "forwarded_from": "Allotment News", **_plain(sentence(dice))}
    act: dict[str, Any] = {"actor": name, "actor_id": account, "action": "pin_message", "message_id": number - 1}
    if dice.random() < 0.5:
        act = {"actor": name, "actor_id": account, "action": "phone_call", "duration_seconds": 56}
        act["discard_reason"] = "hangup"
    return {**start, "type": "service", **act, "text": "", "text_entities": []}


def chat_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The export, piece by piece."""
    dice = random.Random(seed)
    moment = datetime(2019, 1, 3, 7, 12, 5, tzinfo=UTC)
    yield '{\n "name": "Allotment",\n "type": "private_supergroup",\n "id": 700000001,\n "messages": ['
    for number in range(1, messages + 1):
        quick = dice.random() < 0.8
        moment += timedelta(seconds=dice.randint(1, 40) if quick else dice.randint(41, 1800))
        spelled = laid_out(_message(dice, number, moment), "  ", 1)
        yield ("," if number > 1 else "") + "\n  " + spelled
    yield "\n ]\n}"


def make_telegram(path: Path, messages: int, seed: int = SEED) -> int:
    """Write the export to ``path`` and give its size in bytes."""
    with path.open("w", encoding="utf-8", newline="") as out:
        for part in chat_parts(messages, seed):
            out.write(part)
    return path.stat().st_size


if __name__ == "__main__":
    print(make_telegram(Path(sys.argv[2]), int(sys.argv[1])))
