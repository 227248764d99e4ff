"""A WhatsApp text export of any length, made up: allotments, trains and homework, the same bytes for the same seed.

    .venv/bin/python benchmarks/make_whatsapp.py android 1000000 /tmp/chat.txt

What is in it, because readers stumble over it: messages of several lines, emoji, a name with ``: `` inside, names that
are numbers, the words left, added and removed in ordinary sentences, platform lines, files with captions, edited and
deleted marks, a paste that looks like a header. Times come in bursts, as people write; a day has a few hundred.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

SEED: Final = 20261122

_NAMES: Final = {
    "Priya": 24,
    "Tom Ashworth": 20,
    "Plot 9: Water": 5,
    "+44 7700 900123": 9,
    "Zoë 🌻": 14,
    "Mr. O'Neill - Trains": 8,
    "José María": 12,
    "Ngozi": 8,
}
"""Who writes, and how much: in a group a few write most."""

_VOCABULARY: Final = """
the seed potatoes left by the shed were added to the list and nobody removed the old labels so we water plot nine first
then the beans tomorrow morning before school the 10:15 train from platform two was late again homework chapter seven
fractions due Friday bring gloves boots and a flask match on Saturday kick-off at three compost delivery Tuesday please
open the gate who has the key for the tool store café straße naïve jardín is it still raining over there because the
path by the pond floods and my boots have a hole again the runner beans need canes about two metres tall ask at the
garden centre they had some last week with a discount could someone check the water butt near the greenhouse its tap
drips also the committee meets on the first Monday of the month in the library upstairs bring your own cup there will be
tea and probably carrot cake if Ruth bakes
"""
_WORDS: Final = tuple(_VOCABULARY.split())
_TAILS: Final = ("", "", "", "", ".", ".", "!", "?", " 👍", " 🌱🥕", " 😂", " ❤️")
_ANDROID: Final = {
    "media": "<Media omitted>",
    "deleted": "This message was deleted",
    "edited": " <This message was edited>",
    "file": "IMG-20230104-WA{:04d}.jpg (file attached)",
    "mark": "",
}
_IOS: Final = {
    "media": "\u200eimage omitted",
    "deleted": "\u200eThis message was deleted.",
    "edited": " \u200e<This message was edited>",
    "file": "\u200e<attached: {:08d}-PHOTO-2023-01-04-19-03-00.jpg>",
    "mark": "\u200e",
}


def _sentence(random_: random.Random) -> str:
    words = random_.choices(_WORDS, k=random_.choice((2, 4, 6, 9, 13, 18, 26)))
    return " ".join(words).capitalize() + random_.choice(_TAILS)


def _body(random_: random.Random, number: int, words: dict[str, str]) -> str:
    """What one message says: mostly a sentence, now and then what readers stumble over."""
    rare: tuple[tuple[float, Callable[[], str]], ...] = (
        (0.04, lambda: "\n".join(_sentence(random_) for _ in range(random_.randint(2, 5)))),
        (0.02, lambda: words["media"]),
        (0.005, lambda: words["file"].format(number % 10_000) + "\n" + _sentence(random_)),
        (0.005, lambda: _sentence(random_) + words["edited"]),
        (0.004, lambda: words["deleted"]),
        (0.004, lambda: "Remember: " + _sentence(random_)),
        (0.002, lambda: "I copied this:\n4/1/23, 7:30 snacks and water\n\nthat was all"),
    )
    dice = random_.random()
    for share, body in rare:
        if dice < share:
            return body()
        dice -= share
    return _sentence(random_)


def _moments(random_: random.Random, messages: int) -> Iterator[datetime]:
    moment = datetime(2019, 1, 3, 7, 12, 5, tzinfo=UTC)
    for _ in range(messages):
        gap = random_.random()
        moment += timedelta(seconds=random_.randint(1, 40) if gap < 0.8 else random_.randint(41, 1800))
        yield moment


def chat_lines(form: str, messages: int, seed: int = SEED) -> Iterator[str]:
    """The export, one message at a time, each with its line end."""
    random_ = random.Random(seed)
    people, shares = list(_NAMES), list(_NAMES.values())
    words = _IOS if form == "ios" else _ANDROID
    for number, moment in enumerate(_moments(random_, messages), 1):
        dice = random_.random()
        name, other = random_.choices(people, shares, k=2)
        if form == "ios":
            if dice < 0.01:
                body = f"\u200e{name} added {other}"
                name = "Allotment"
            else:
                body = _body(random_, number, words)
            lead = "\u200e" if body.startswith("\u200e") else ""
            yield f"{lead}[{moment:%d/%m/%Y, %H:%M:%S}] {name}: {body}\r\n"
        elif dice < 0.01:
            yield f"{moment:%d/%m/%Y, %H:%M} - {name} added {other}\n"
        else:
            yield f"{moment:%d/%m/%Y, %H:%M} - {name}: {_body(random_, number, words)}\n"


def make_whatsapp(path: Path, form: str, messages: int, seed: int = SEED) -> int:
    """Write the export to ``path`` and give its size in bytes."""
    with path.open("w", encoding="utf-8", newline="") as out:
        for line in chat_lines(form, messages, seed):
            out.write(line)
    return path.stat().st_size


if __name__ == "__main__":
    print(make_whatsapp(Path(sys.argv[3]), sys.argv[1], int(sys.argv[2])))
