r"""A Messenger or Instagram thread of any length, made up: allotments, trains and homework, the same bytes each time.

    .venv/bin/python benchmarks/make_meta.py 1000000 10000 DIRECTORY     100 files, as the platform splits
    .venv/bin/python benchmarks/make_meta.py 1000000 1000000 DIRECTORY   one file

Newest message first, two blanks of indentation, strings as mojibake in ``\u00xx`` escapes, as the platform writes. One
text in four has something beyond ASCII; one message in eight has reactions; photos, sounds, stickers, links, calls,
unsent messages and the platform's own words stand between them. The encrypted form is written oldest first.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path
from typing import Any, Final

import orjson

SEED: Final = 20261122
NEWEST: Final = 1_790_000_000_000
FOLDER: Final = "your_activity_across_facebook/messages/inbox/allotment_7061"

_NAMES: Final = ("Priya", "Tom Ashworth", "Zoë Fraser", "Ngozi")
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
_TAILS: Final = ("", "", "", "", "", "", ".", ".", "!", "?", " 👍", " 🌱🥕", " 😂", " at the café", " José says so")
_EMOJI: Final = ("❤", "👍", "😂", "🌱")
_BEYOND: Final = re.compile("[\x7f-\xff]")


def _spoil(text: str) -> str:
    return text.encode("utf-8").decode("latin-1")


def _sentence(dice: random.Random) -> str:
    words = dice.choices(_WORDS, k=dice.choice((2, 4, 6, 9, 12, 16, 24)))
    return _spoil(" ".join(words).capitalize() + dice.choice(_TAILS))


def _file(kind: str, number: int, stamp: int, ending: str) -> list[dict[str, Any]]:
    return [{"uri": f"{FOLDER}/{kind}/{number}.{ending}", "creation_timestamp": stamp // 1000}]


def _message(dice: random.Random, number: int, stamp: int) -> dict[str, Any]:  # noqa: PLR0911  one return a kind
    base: dict[str, Any] = {"sender_name": _spoil(dice.choice(_NAMES)), "timestamp_ms": stamp}
    end: dict[str, Any] = {"is_geoblocked_for_viewer": False, "is_unsent_image_by_messenger_kid_parent": False}
    if dice.random() < 0.125:
        liked = [{"reaction": _spoil(dice.choice(_EMOJI)), "actor": _spoil(dice.choice(_NAMES))}]
        end = {"reactions": liked, **end}
    what = dice.random()
    if what < 0.86:
        return {**base, "content": _sentence(dice), **end}
    if what < 0.91:
        return {**base, "photos": _file("photos", number, stamp, "jpg"), **end}
    if what < 0.94:
        share = {"link": f"https://allotment.example/plot/{number}", "share_text": _sentence(dice)}
        return {**base, "content": _sentence(dice), "share": share, **end}
    if what < 0.96:
        return {**base, "audio_files": _file("audio", number, stamp, "mp4"), **end}
    if what < 0.98:
        return {**base, "sticker": {"uri": "messages/stickers_used/1.png", "ai_stickers": []}, **end}
    if what < 0.985:
        return {**base, "content": f"{base['sender_name']} called you.", "call_duration": number % 600, **end}
    if what < 0.99:
        return {**base, "is_unsent": True, **end}
    return {**base, "content": "Liked a message", **end}


def _spelled(value: object, indent: str) -> str:
    """JSON with the platform's escapes, each line after the first one indented."""
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    return _BEYOND.sub(lambda found: f"\\u{ord(found[0]):04x}", text).replace("\n", "\n" + indent)


def _write(path: Path, dice: random.Random, first: int, count: int, stamp: int) -> int:
    """One file of ``count`` messages from number ``first`` down; gives the next older time."""
    members = [{"name": _spoil(name)} for name in _NAMES]
    with path.open("w", encoding="ascii", newline="") as out:
        out.write('{\n  "participants": ' + _spelled(members, "  ") + ',\n  "messages": [')
        for index in range(count):
            out.write(("," if index else "") + "\n    " + _spelled(_message(dice, first - index, stamp), "    "))
            stamp -= dice.randint(1_000, 40_000) if dice.random() < 0.8 else dice.randint(41_000, 1_800_000)
        out.write('\n  ],\n  "title": "Allotment",\n  "is_still_participant": true,\n')
        out.write('  "thread_path": "inbox/allotment_7061",\n  "magic_words": []\n}')
    return stamp


def make_meta(folder: Path, messages: int, per_file: int, seed: int = SEED) -> list[Path]:
    """Write the thread's files into ``folder``, laid out as the platform does, and give them, newest first."""
    dice = random.Random(seed)
    inner = folder / FOLDER
    inner.mkdir(parents=True, exist_ok=True)
    stamp, files = NEWEST, []
    for part, left in enumerate(range(messages, 0, -per_file), 1):
        files.append(inner / f"message_{part}.json")
        stamp = _write(files[-1], dice, left, min(per_file, left), stamp)
    return files


def make_encrypted(folder: Path, messages: int, seed: int = SEED) -> Path:
    """Write one file of the encrypted form into ``folder``, and give it."""
    dice = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "Allotment_1.json"
    stamp = NEWEST - messages * 100_000
    with path.open("w", encoding="ascii", newline="") as out:
        out.write('{\n  "participants": ' + _spelled([_spoil(name) for name in _NAMES], "  ") + ",\n")
        out.write('  "threadName": "Allotment",\n  "messages": [')
        for number in range(messages):
            stamp += dice.randint(1_000, 100_000)
            out.write(("," if number else "") + "\n    " + _spelled(_encrypted(dice, number, stamp), "    "))
        out.write("\n  ]\n}")
    return path


def _encrypted(dice: random.Random, number: int, stamp: int) -> dict[str, Any]:
    what = dice.random()
    liked = [{"actor": _spoil(dice.choice(_NAMES)), "reaction": _spoil(dice.choice(_EMOJI))}]
    return {
        "isUnsent": what > 0.995,
        "media": [{"uri": f"./media/{number}.jpeg"}] if 0.9 < what < 0.96 else [],
        "reactions": liked if dice.random() < 0.125 else [],
        "senderName": _spoil(dice.choice(_NAMES)),
        "text": _sentence(dice),
        "timestamp": stamp,
        "type": "Generic",
    }


if __name__ == "__main__":
    print(len(make_meta(Path(sys.argv[3]), int(sys.argv[1]), int(sys.argv[2]))))
