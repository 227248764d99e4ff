"""imessage-exporter's text of any length, made up: allotments, trains and homework, the same bytes for the same seed.

    .venv/bin/python benchmarks/make_imessage.py 1000000 /tmp/chat.txt

Of a hundred messages 70 are one line of plain words, 12 were read at a time that is told, six have two lines, four
have reactions, three go with a file, two were edited, two have a
reply below them that comes again further on, one is an event.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

SEED: Final = 20261126
PEOPLE: Final = ("Me", "+447700900123", "Zoë 🌻", "Tom Ashworth")
_WORDS: Final = (  # noqa: SIM905  a line a word would be a page
    "the seed potatoes by the shed are on the list and somebody moved the old labels so we water plot nine first then "
    "the beans tomorrow morning before school the train from platform two was late again homework chapter seven "
    "fractions due Friday bring gloves boots and a flask match on Saturday kick-off at three compost delivery Tuesday"
).split()
_TAILS: Final = ("", "", "", "", ".", ".", "!", "?", " 👍", " 🌱🥕")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def sentence(dice: random.Random) -> str:
    """Some words."""
    return " ".join(dice.choices(_WORDS, k=dice.choice((2, 4, 6, 9, 12, 16, 24)))).capitalize() + dice.choice(_TAILS)


def date_of(moment: datetime) -> str:
    """As the tool writes it."""
    half = "AM" if moment.hour < 12 else "PM"
    return f"{_MONTHS[moment.month - 1]} {moment:%d, %Y} {moment.hour % 12 or 12:2d}:{moment:%M:%S} {half}"


def _lines(dice: random.Random, moment: datetime) -> str:
    roll, words = dice.random(), sentence(dice)
    if roll < 0.76:
        return words
    if roll < 0.82:
        return f"{words}\n{sentence(dice)}"
    if roll < 0.86:
        return f"{words}\nTapbacks:\nLoved by {dice.choice(PEOPLE)}\n"
    if roll < 0.89:
        return f"attachments/7/{dice.randint(1, 99_999)}.heic\n{words}"
    if roll < 0.91:
        return f"{date_of(moment)} {sentence(dice)}\nEdited 42 seconds later: {words}"
    return words


def chat_parts(messages: int, seed: int = SEED) -> Iterator[str]:
    """The file, piece by piece."""
    dice = random.Random(seed)
    moment = datetime(2019, 1, 3, 7, 12, 5, tzinfo=UTC)
    told, waiting = 0, ""
    while told < messages:
        quick = dice.random() < 0.8
        moment += timedelta(seconds=dice.randint(1, 40) if quick else dice.randint(41, 1800))
        roll, who, when = dice.random(), dice.choice(PEOPLE), date_of(moment)
        told += 1
        if waiting:
            yield f"{waiting}This message responded to an earlier message.\n\n"
            waiting = ""
        elif roll < 0.01:
            yield f"{when} {who} renamed the conversation to Allotment {told}\n\n"
        elif roll < 0.03 and told + 2 < messages:
            later = date_of(moment + timedelta(seconds=30))
            answer = (later, dice.choice(PEOPLE), sentence(dice))
            moment += timedelta(seconds=30)
            yield "\n".join((when, who, sentence(dice), *(f"    {line}" for line in answer))) + "\n\n\n"
            told += 1
            waiting = "\n".join(answer) + "\n"
        else:
            read = " (Read by them after 2 minutes, 3 seconds)" if dice.random() < 0.12 else ""
            yield f"{when}{read}\n{who}\n{_lines(dice, moment)}\n\n"


def make_imessage(path: Path, messages: int, seed: int = SEED) -> int:
    """Write the file to ``path`` and give its size in bytes."""
    with path.open("w", encoding="utf-8", newline="") as out:
        for part in chat_parts(messages, seed):
            out.write(part)
    return path.stat().st_size


if __name__ == "__main__":
    print(make_imessage(Path(sys.argv[2]), int(sys.argv[1])))
